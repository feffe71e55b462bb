// What the core promises beyond equality: it learns, a seed decides every bit, predicting changes nothing, bad values do no
// harm, and the arena is as small as the README says.

import { Random } from '../benchmarks/rivals/random.js';
import { ERRORS as CORE_ERRORS } from '../host/errors.generated.js';
import { bitsOf, core, defaults, writeConfig, type Core, type CoreName } from './core-driver.js';
import { Stream, randomConfig } from './random-learners.js';
import { assert, suite } from './suite.js';

const BUILDS: readonly CoreName[] = ['scalar', 'simd'];
const test = suite('core');

/** Share of the last 2,000 of 20,000 samples answered rightly before they were learned: the parity of the first `of` of random bits. */
function parity(of: number, bits: number): number {
  const learner = core('simd', defaults({ inputs: bits, labels: 2, units: [64] }));
  const random = new Random(of * 100 + bits);
  let right = 0;
  for (let t = 0; t < 20_000; t++) {
    const values = Array.from({ length: bits }, () => random.below(2));
    const label = values.slice(0, of).reduce((sum, bit) => sum + bit) % 2;
    const x = bitsOf(values);
    if (t >= 18_000 && learner.predict(x) === label) right++;
    learner.learn(x, label);
  }
  return right / 2000;
}

test('learns the parity of 2 of 10 random bits', () => {
  const share = parity(2, 10);
  assert.ok(share >= 0.99, `${share}`);
});

test('learns the parity of 3 of 20 random bits, where a plain Forward-Forward network stays at chance', () => {
  const share = parity(3, 20);
  assert.ok(share >= 0.99, `${share}`);
});

/** A learner with some steps behind it. */
function trained(build: CoreName, seed: number, steps = 200): { learner: Core; stream: Stream } {
  const config = defaults({ inputs: 9, labels: 3, units: [12, 7], seed, margin: 0 });
  const learner = core(build, config);
  const stream = new Stream(config, new Random(1));
  for (let t = 0; t < steps; t++) {
    stream.next();
    learner.learn(stream.bits, stream.label);
  }
  return { learner, stream };
}

for (const build of BUILDS) {
  test(`${build}: the seed decides every bit`, () => {
    const states = [5, 5, 6].map((seed) => trained(build, seed).learner.state());
    assert.is(Buffer.compare(states[0], states[1]), 0);
    assert.is.not(Buffer.compare(states[0], states[2]), 0);
  });

  test(`${build}: creating again gives the bytes of a new instance, whatever was learned`, () => {
    const used = trained(build, 5).learner;
    used.exports.create();
    assert.is(Buffer.compare(used.state(), trained(build, 5, 0).learner.state()), 0);
  });

  test(`${build}: predicting changes no byte of the state, and asks the same twice the same`, () => {
    const { learner, stream } = trained(build, 5);
    const before = learner.state();
    for (let t = 0; t < 100; t++) {
      stream.next();
      const label = learner.predict(stream.bits);
      const scores = Array.from(learner.scores());
      assert.is(learner.predict(stream.bits), label);
      assert.equal(Array.from(learner.scores()), scores);
      assert.is(scores[label], Math.max(...scores));
    }
    assert.is(Buffer.compare(learner.state(), before), 0);
  });

  test(`${build}: predicting between steps leaves learning alone`, () => {
    const { learner, stream } = trained(build, 5);
    const twin = trained(build, 5).learner;
    for (let t = 0; t < 100; t++) {
      stream.next();
      learner.predict(stream.bits);
      learner.learn(stream.bits, stream.label);
      twin.learn(stream.bits, stream.label);
    }
    assert.is(Buffer.compare(learner.state(), twin.state()), 0);
  });

  test(`${build}: rows in one call are steps one by one`, () => {
    const config = defaults({ inputs: 5, labels: 3, units: [8] });
    const [many, one] = [core(build, config), core(build, config)];
    const random = new Random(4);
    const rows = Array.from({ length: 40 }, () => bitsOf(Array.from({ length: 5 }, () => random.normal())));
    const labels = rows.map(() => random.below(3));
    const { memory, arena, learnRows } = many.exports;
    const at = arena() + many.bytes; // free memory behind the arena
    new Uint32Array(memory.buffer, at, 200).set(rows.flatMap((row) => [...row]));
    new Int32Array(memory.buffer, at + 800, 40).set(labels);
    learnRows!(at, at + 800, 40);
    rows.forEach((row, i) => one.learn(row, labels[i]));
    assert.is(Buffer.compare(many.state(), one.state()), 0);
  });

  test(`${build}: a missing value and an infinity are the channel's mean`, () => {
    const { learner, stream } = trained(build, 5);
    stream.next();
    const answers = [NaN, Infinity, -Infinity].map((missing) => {
      const x = stream.bits.slice();
      x[0] = bitsOf([missing])[0];
      learner.predict(x);
      return Array.from(learner.scores());
    });
    assert.equal(answers[0], answers[1]);
    assert.equal(answers[0], answers[2]);
  });

  test(`${build}: a constant channel says nothing`, () => {
    const config = defaults({ inputs: 2, labels: 2, units: [16] });
    const learner = core(build, config);
    const random = new Random(2);
    for (let t = 0; t < 500; t++) learner.learn(bitsOf([random.normal() + (t % 2) * 4, 42]), t % 2);
    assert.is(learner.predict(bitsOf([0, 42])), 0);
    assert.is(learner.predict(bitsOf([4, 42])), 1);
    const scores = Array.from(learner.scores());
    learner.predict(bitsOf([4, 43]));
    assert.equal(Array.from(learner.scores()), scores);
  });

  test(`${build}: extremes saturate and never turn around`, () => {
    const config = defaults({ inputs: 16, labels: 2, units: [64, 64], rate: 65536, alpha: 64 * 256, margin: 0 });
    for (const bits of [8, 16] as const) {
      const learner = core(build, { ...config, bits });
      const random = new Random(3);
      const { exports } = learner;
      const row = bits === 16 ? new Int16Array(exports.memory.buffer, exports.weights(0), 64 * 16) : new Int8Array(exports.memory.buffer, exports.weights(0), 64 * 16);
      // one step moves a weight by a coefficient and an input of at most 2^15 and 2^11, so by a bounded part of its range
      for (let t = 0; t < 3000; t++) {
        const before = row.slice();
        const sign = random.below(2) * 2 - 1;
        learner.learn(bitsOf(Array.from({ length: 16 }, () => sign * 32767)), random.below(10) === 0 ? 1 : 0);
        const limit = 2 ** (bits - 1);
        const turned = row.findIndex((weight, i) => Math.abs(weight - before[i]) > 1.5 * limit);
        assert.is(turned, -1, `weight ${turned} went from ${before[turned]} to ${row[turned]} in step ${t}`);
      }
      assert.ok(Array.from(learner.scores()).every((score) => score >= 0));
    }
  });
}

test('no state of a random learner holds a weight or gate beyond its format after the wildest samples', () => {
  const random = new Random(8);
  for (let k = 0; k < 30; k++) {
    const config = { ...randomConfig(random, { inputs: 10, units: 10, layers: 3, labels: 5, cost: 300 }), rate: 65536, alpha: 16384, margin: 0, window: undefined };
    const learner = core('simd', config);
    const stream = new Stream(config, new Random(k));
    for (let t = 0; t < 500; t++) {
      stream.next();
      learner.learn(stream.bits, stream.label);
      const most = config.units.length * 8191 ** 2;
      for (const score of Array.from(learner.scores())) assert.ok(score >= 0 && score <= most, `score ${score} of ${JSON.stringify(config)}`);
    }
  }
});

const BUDGETS = [
  { bits: 16, options: false, bytes: 5120 },
  { bits: 8, options: false, bytes: 3584 },
  { bits: 16, options: true, bytes: 6656 },
  { bits: 8, options: true, bytes: 4608 },
] as const;

for (const { bits, options, bytes } of BUDGETS) {
  test(`16-32-32-4 with ${bits} bits${options ? ', skip input and self-finding rate' : ''} has an arena of at most ${bytes} bytes`, () => {
    for (const build of BUILDS) {
      const learner = core(build, defaults({ inputs: 16, labels: 4, units: [32, 32], bits, skipInput: options, selfRate: options }));
      assert.ok(learner.bytes <= bytes, `${build}: ${learner.bytes} bytes`);
    }
  });
}

test('constant tables and configuration take at most 1536 bytes: everything below the arena', () => {
  for (const build of BUILDS) {
    const start = core(build, defaults({ inputs: 1, labels: 2 })).exports.arena();
    assert.ok(start <= 1536, `${build}: the arena begins at ${start}`);
  }
});

test('scratch does not grow with depth', () => {
  const scratch = (layers: number): number => {
    const learner = core('simd', defaults({ inputs: 20, labels: 4, units: new Array(layers).fill(32) }));
    return learner.bytes - learner.state().length;
  };
  const table = (scratch(8) - scratch(2)) / 6; // what is left is a layer's entry in the layer table
  assert.ok(table <= 96, `${table} bytes a layer`);
});

test('every impossible configuration has an error code of its own, and create refuses it too', () => {
  const { exports } = core('scalar', defaults({ inputs: 1, labels: 2 }));
  const codes = [
    { inputs: 0 }, { labels: 1 }, { units: [] }, { units: [0] }, { bits: 4 as 8 }, { inputs: 12, window: { axes: 2, samples: 7 } },
  ].map((change) => {
    writeConfig(exports, { ...defaults({ inputs: 3, labels: 2 }), ...change });
    const code = exports.plan();
    assert.is(exports.create(), code);
    return code;
  });
  assert.equal(codes, [-1, -2, -3, -4, -5, -6]);
  assert.is(CORE_ERRORS.length, codes.length + 4); // two are of a memory, two of local fields
  for (const change of [{ inputs: 4097 }, { labels: 257 }, { units: new Array(9).fill(1) }, { units: [4097] }, { inputs: 13, window: { axes: 2, samples: 8 } }]) {
    writeConfig(exports, { ...defaults({ inputs: 3, labels: 2 }), ...change });
    assert.ok(exports.plan() < 0, JSON.stringify(change));
  }
});

test.run();
