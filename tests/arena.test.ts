// The one description of the arenas (host/arena/) before its judge: the references, which write every field by hand. Bytes that they call padding or reserved,
// and those that follow from others, may hold nothing else; a state that was really reached must pass.

import { numbered } from '../host/label-names.js';
import { Random } from '../benchmarks/rivals/random.js';
import { arenaOf, stateFault } from '../host/arena/learner.js';
import { recurrentArena } from '../host/arena/recurrent.js';
import { regressorArena } from '../host/arena/regressor.js';
import { faultOf, stateBytesOf, type Arena } from '../host/arena/regions.js';
import { twoPassArena } from '../host/arena/two-pass.js';
import { configFromWords, resolveConfig } from '../host/config.js';
import { detectorWordsOf, resolveDetectorConfig } from '../host/detector/config.js';
import { limitedArena } from '../host/detector/limits.js';
import { createDetector, createLearner } from '../host/index.js';
import { recurrentWordsOf, resolveRecurrentConfig } from '../host/recurrent/config.js';
import { regressorWordsOf, resolveRegressorConfig } from '../host/regressor/config.js';
import { resolveTwoPassConfig, twoPassWordsOf } from '../host/two-pass/config.js';
import { configWords, reference } from './core-driver.js';
import { integersOf, referenceDetector } from './detector-driver.js';
import { SECOND_ORDER, Stream, randomConfig, randomLocalConfig } from './random-learners.js';
import { recurrentIntegers, recurrentReference } from './recurrent-driver.js';
import type { IntegerConfig } from './reference.js';
import { fieldAt as detectorField } from './reference/detector/state.js';
import { fieldAt as recurrentField } from './reference/recurrent-state.js';
import { fieldAt as regressorField } from './reference/regressor-state.js';
import { fieldAt as learnerField } from './reference/state.js';
import { fieldAt as twoPassField } from './reference/two-pass-state.js';
import { regressorIntegers, regressorReference } from './regressor-driver.js';
import { assert, suite } from './suite.js';
import { twoPassIntegers, twoPassReference } from './two-pass-driver.js';

const test = suite('arena');

/** Flips each bit of a state whose field is padding, reserved or derived; how many there were. Those that are let through fail the test. */
function flip(what: string, arena: Arena, state: Uint8Array, fieldAt: (at: number) => string, derived = /^$/): number {
  assert.is(stateBytesOf(arena), state.length, what);
  assert.is(faultOf(arena, state), undefined, what);
  let flipped = 0;
  const accepted = new Set<string>();
  for (let at = 0; at < state.length; at++) {
    const field = fieldAt(at);
    if (!/padding|reserved/.test(field) && !derived.test(field)) continue;
    for (let bit = 0; bit < 8; bit++) {
      const faulty = state.slice();
      faulty[at]! ^= 1 << bit;
      if (faultOf(arena, faulty) === undefined) accepted.add(`bit ${bit} of ${field}`);
      flipped++;
    }
  }
  assert.equal([...accepted], [], what);
  return flipped;
}

test('a learner: single-bit faults in bytes that are padding, reserved or derived are all found, in 30 random ones', () => {
  const random = new Random(31);
  let flipped = 0;
  for (let k = 0; k < 30; k++) {
    const shape: IntegerConfig = { ...(k % 5 === 4 ? randomLocalConfig(random, 300) : randomConfig(random, { inputs: 11, units: 7, layers: 2, labels: 5, cost: 90 })), clip: 1280, gateDivisor: 20 };
    const memory = { exemplars: 0, exemplarBits: 8, prototypes: 0, replays: 1, spread: false, drift: 'none' } as const;
    const config: IntegerConfig = k % 6 === 0 ? shape : {
      ...shape, window: undefined,
      ...(k % 6 === 1 ? SECOND_ORDER : {
        ...(k % 3 === 0 ? { secondOrder: undefined } : {}), // not with prototypes
        continual: {
          ...memory, ...(k % 3 === 0 ? { prototypes: 2 } : k % 6 === 5 ? { replays: 0 } : { exemplars: 5, exemplarBits: ([8, 4, 2] as const)[k % 3]! }),
          drift: (['two-rates', 'page-hinkley', 'adwin', 'ddm', 'input'] as const)[k % 5]!,
        },
      }),
      ...(shape.window ? { inputs: 6 } : {}),
    };
    const { learner, learn, state } = reference(config);
    learner.labels = Math.max(2, config.labels - 1);
    const stream = new Stream(config, random, learner.labels);
    for (let t = 0; t < 40; t++) {
      stream.next();
      const x = config.window ? learner.extract(stream.bits) : stream.bits;
      learn(x as Uint32Array, stream.label);
    }
    const resolved = resolveConfig(configFromWords(configWords(config), Array.from({ length: learner.labels }, (_, c) => `${c}`)));
    const free = learner.labels;
    flipped += flip(JSON.stringify(config), arenaOf(resolved), state(), (at) => learnerField(learner, at), new RegExp(`^(labels in use|label \\d+ kept|(samples of|usual \\w+( \\d+)? of) label ${free} )`));
  }
  assert.ok(flipped > 20_000, `${flipped} bits`);
});

test('networks and detectors: the same', () => {
  const random = new Random(32);
  let flipped = 0;
  for (let k = 0; k < 12; k++) {
    const inputs = 1 + random.below(9);
    const bits = k % 2 === 0 ? 8 : 16;
    const sample = (count = inputs): Uint32Array => new Uint32Array(Float32Array.from({ length: count }, () => random.normal()).buffer);
    const twoPass = resolveTwoPassConfig({ inputs, labels: numbered(3), units: [5, 3], labelInput: k % 3 === 0, readout: true, peers: k % 2 === 0 ? 0.1 : 0, bits });
    const pair = twoPassReference(twoPassIntegers(twoPassWordsOf(twoPass)));
    const recurrent = resolveRecurrentConfig({ inputs, labels: numbered(3), units: [5, 3], iterations: 3, countFrom: 2, carry: k % 3 === 0, bits });
    const loop = recurrentReference(recurrentIntegers(recurrentWordsOf(recurrent)));
    const regressing = resolveRegressorConfig({ inputs, lags: k % 3, horizon: 1 + (k % 2), units: [5, 3], bins: 5, bits });
    const regressor = regressorReference(regressorIntegers(regressorWordsOf(regressing)));
    const detecting = resolveDetectorConfig({ channels: 1 + random.below(3), mode: k % 2 === 0 ? 'streaming' : 'commissioned', bits, warmup: 40 });
    const detector = referenceDetector(integersOf(detectorWordsOf(detecting)));
    for (let t = 0; t < 30; t++) {
      pair.learnOne(sample(), twoPass.labelInput ? t % 3 : -1, t % 2 === 0);
      pair.learnReadout(sample(), t % 3);
      loop.learn(sample(), t % 3);
      regressor.learn(sample(), sample(1)[0]!);
      detector.observe(sample(detecting.channels));
    }
    flipped += flip('two-pass', twoPassArena(twoPass), pair.state(), (at) => twoPassField(pair.network, at));
    flipped += flip('recurrent', recurrentArena(recurrent), loop.state(), (at) => recurrentField(loop.network, at), /^(boost|labels)/);
    flipped += flip('regressor', regressorArena(regressing), regressor.state(), (at) => regressorField(regressor.network, at), /^bins/);
    flipped += flip('detector', limitedArena(detecting), detector.state(), (at) => detectorField(detector.detector, at));
  }
  assert.ok(flipped > 20_000, `${flipped} bits`);
});

test('a detector and its plan see the same records', async () => {
  for (const mode of ['streaming', 'commissioned'] as const) {
    const detector = await createDetector({ channels: 3, mode, units: 5 });
    const { arena, scratch } = detector.stats().bytes;
    assert.is(stateBytesOf(limitedArena(detector.config)), arena - scratch);
  }
});

test('a learner takes its own parameters, with a memory and without, after 5,000 samples', async () => {
  for (const memory of [{}, { exemplars: 20 }, { prototypes: 2 }, { drift: 'two-rates' }] as const) {
    const learner = await createLearner({ inputs: 3, labels: ['a', 'b'], ...memory });
    for (let t = 0; t < 5000; t++) learner.learn([Math.sin(t), t % 7, t % 2], t % 2 === 0 ? 'a' : 'b');
    const copy = learner.clone();
    copy.setParameters(learner.parameters());
    assert.equal(copy.save(), learner.save());
  }
});

test('the checks of a state read no weights: a learner of 32 MB is looked at in a moment', () => {
  const config = resolveConfig({ inputs: 4096, units: [4096], labels: ['a', 'b'], bits: 16, familiar: false });
  const arena = arenaOf(config);
  const state = new Uint8Array(stateBytesOf(arena));
  const start = performance.now();
  assert.ok(stateFault(config, state)); // no learner has a random state of 0
  const view = new DataView(state.buffer);
  view.setUint32(16, 1, true);
  view.setInt32(20, 100, true);
  view.setUint32(28, 2, true);
  for (let channel = 0; channel < 4096; channel++) view.setUint32(48 + 32 * channel + 24, 2 ** 31 - 1, true);
  assert.is(stateFault(config, state), undefined);
  assert.ok(performance.now() - start < 2000);
});

test.run();
