// Two-pass networks: reference = scalar = SIMD, byte for byte, after any number of steps of every kind.

import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { Random } from '../benchmarks/rivals/random.js';
import { resolveTwoPassConfig, twoPassFromWords, twoPassWordsOf, type TwoPassConfig } from '../host/two-pass/config.js';
import { twoPassPlanOf } from '../host/two-pass/plan.js';
import { bitsOf } from './core-driver.js';
import { Stream, randomConfig } from './random-learners.js';
import type { TwoPassIntegers, TwoPassReference } from './reference/two-pass.js';
import { fieldAt, restore } from './reference/two-pass-state.js';
import { assert, suite } from './suite.js';
import { twoPassCore, twoPassIntegers, twoPassReference, twoPassWords, type TwoPassBuild, type TwoPassImplementation } from './two-pass-driver.js';

const BUILDS: readonly TwoPassBuild[] = ['scalar', 'simd'];

function randomNetwork(random: Random): TwoPassIntegers {
  const between = (low: number, high: number): number => low + random.below(high - low + 1);
  const often = (share: number): boolean => random.uniform() < share;
  const local = often(0.5);
  const grid = local ? ([between(1, 9), between(1, 9), between(1, 3)] as const) : ([1, 1, often(0.2) ? between(200, 300) : between(1, 50)] as const);
  let [height, width] = grid;
  const group = often(0.3) ? 8 : 0;
  const layers = Array.from({ length: between(1, 3) }, () => {
    const field = local && often(0.7) ? between(1, Math.min(height, width)) : 0;
    const stride = field === 0 ? 0 : between(1, 4);
    [height, width] = field === 0 ? [1, 1] : [Math.floor((height - field) / stride) + 1, Math.floor((width - field) / stride) + 1];
    const units = field === 0 ? between(1, 40) : between(1, 11);
    return { units: group === 0 ? units : Math.ceil(units / 8) * 8, field, stride };
  });
  const labelInput = layers[0].field === 0 && often(0.4);
  const readout = often(0.5);
  return {
    grid,
    layers,
    labels: labelInput || readout ? between(2, often(0.2) ? 20 : 6) : 0,
    bits: often(0.5) ? 8 : 16,
    sign: often(0.5) ? 1 : -1,
    meanActivity: often(0.4),
    normalise: often(0.6),
    labelInput,
    pairwise: often(0.6),
    readout,
    seed: random.u32(),
    rate: often(0.5) ? 6554 : between(0, 8 * 65536),
    alpha: often(0.5) ? 1024 : often(0.2) ? between(4, 4096 * 256) : between(4, 5000),
    margin: often(0.5) ? 0 : between(1, 8000),
    clip: often(0.7) ? 2047 : between(1, 4096),
    ...(often(0.3) ? { scale: bitsOf([(often(0.2) ? -1 : 1) * 2 ** (12 * random.uniform() - 10)])[0] } : {}),
    readoutRate: often(0.5) ? 65536 : between(0, 8 * 65536),
    theta: often(0.6) ? 65536 : between(0, 64 * 65536),
    peers: often(0.5) ? 0 : often(0.6) ? 123 : between(1, 4096),
    readoutFrom: random.below(layers.length),
    goodnessFrom: random.below(layers.length),
    strength: often(0.6) ? 1536 : between(0, 2047),
    hardness: often(0.6) ? 1024 : between(0, 64 * 256),
    group,
    readoutDrop: often(0.6) ? 0 : between(1, 60000),
  };
}

/** `prepare` may change the network before the first step. Reloads every implementation now and then from its own bytes. */
function compare(config: TwoPassIntegers, seed: number, steps: number, prepare?: (network: TwoPassReference) => void, builds = BUILDS): void {
  const judge = twoPassReference(config);
  let cores = builds.map((build) => twoPassCore(config, build));
  const random = new Random(seed);
  const inputs = config.grid[0] * config.grid[1] * config.grid[2];
  // the hardest signals there are
  const shape = { ...randomConfig(new Random(seed), { inputs: 1, units: 1, layers: 1, labels: 2, cost: 1e9 }), inputs, labels: Math.max(config.labels, 2), window: undefined };
  const stream = new Stream(shape, new Random(seed));
  const other = new Stream(shape, new Random(seed + 1));
  const fail = (t: number, what: string): never => {
    throw new Error(`${what} at step ${t}; stream seed ${seed}, configuration ${inspect(config, { breakLength: Infinity, depth: 4 })}`);
  };
  const compareStates = (t: number): void => {
    const expected = judge.state();
    for (const core of cores) {
      const state = core.state();
      if (state.length !== expected.length) fail(t, `${core.name}: ${state.length} state bytes, ${expected.length} expected`);
      const at = state.findIndex((byte, i) => byte !== expected[i]);
      if (at >= 0) fail(t, `${core.name}: state differs in ${fieldAt(judge.network, at)}`);
    }
  };
  compareStates(-1);
  if (prepare) {
    prepare(judge.network);
    for (const core of cores) core.load(judge.state());
  }
  type Kind = [name: string, take: (network: Omit<TwoPassImplementation, 'load'>, label: number) => number | void];
  const shown = (label: number): number => (config.labelInput && label >= 0 ? label : -1);
  const kinds: Kind[] = [
    ['learnPositive', (network, label) => network.learnOne(stream.bits, shown(label), true)],
    ['learnNegative', (network, label) => network.learnOne(stream.bits, shown(label), false)],
    ['learnPair', (network, label) => network.learnPair(stream.bits, other.bits, shown(label), shown(label - 1))],
    ['goodness', (network, label) => network.judge(stream.bits, shown(label))],
  ];
  if (config.labelInput) {
    kinds.push(['learnLabelled', (network, label) => network.learnLabelled(stream.bits, Math.max(label, 0))]);
    kinds.push(['predictByGoodness', (network) => network.predictByGoodness(stream.bits)]);
  }
  if (config.readout) {
    kinds.push(['learnReadout', (network, label) => network.learnReadout(stream.bits, Math.max(label, 0))]);
    kinds.push(['predict', (network) => network.predict(stream.bits)]);
  }
  for (let t = 0; t < steps; t++) {
    stream.next();
    other.next();
    const label = random.below(config.labels + 1) - 1;
    const [name, take] = kinds[random.below(kinds.length)];
    const answer = take(judge, label);
    for (const core of cores) {
      const got = take(core, label);
      if (got !== answer) fail(t, `${core.name}: ${name} answers ${got}, ${answer} expected`);
      for (const [what, values, expected] of [['goodness', core.goodness(), judge.goodness()], ['score', core.scores(), judge.scores()]] as const) {
        for (let i = 0; i < expected.length; i++) {
          if (values[i] !== expected[i]) fail(t, `${core.name}: ${what} ${i} after ${name} is ${values[i]}, ${expected[i]} expected`);
        }
      }
    }
    if (t % 50 === 49 || t === steps - 1) compareStates(t);
    if (t % 90 === 89) {
      cores = cores.map((core, k) => {
        const fresh = twoPassCore(config, builds[k]);
        fresh.load(core.state());
        fresh.judge(stream.bits, -1);
        return fresh;
      });
      judge.network.judge(stream.bits, -1);
      for (const core of [...cores]) {
        // what a fresh core has not noted yet
        const negative = core.goodness() as Int32Array;
        negative.set(judge.goodness() as number[]);
        (core.scores() as Int32Array).set(judge.scores() as number[]);
      }
    }
  }
}

const test = suite('two-pass equality');

test('reference = scalar = SIMD: 120 random networks, 150 steps each, saved and loaded on the way', () => {
  const random = new Random(6);
  for (let k = 0; k < 120; k++) compare(randomNetwork(random), random.u32(), 150);
});

test('reference = scalar = SIMD from 120 states at the limits of every format, 20 steps each', () => {
  const random = new Random(7);
  const limit = (low: number, high: number): number => [low, high, 0, low + random.below(high - low + 1)][random.below(4)];
  for (let k = 0; k < 120; k++) {
    const config = randomNetwork(random);
    compare(config, k, 20, (network) => {
      const rows = [...network.layers.flatMap(({ patches }) => patches), ...(network.readout ? [network.readout] : [])];
      for (const { W, b, bits } of rows) {
        const all = random.uniform() < 0.3;
        for (const row of W) row.forEach((_, i) => { row[i] = all ? -(2 ** (bits - 1)) : limit(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1); });
        b.forEach((_, j) => { b[j] = limit(-(2 ** 30), 2 ** 30); });
      }
      for (const layer of network.layers) {
        if (config.peers > 0) layer.means.forEach((_, j) => { layer.means[j] = limit(0, 8191 * 16); });
      }
    });
  }
});

test('reference = scalar = SIMD at the greatest widths there are', () => {
  const wide = (bits: 8 | 16): TwoPassIntegers => ({
    ...twoPassIntegers(twoPassWordsOf(resolveTwoPassConfig({ inputs: 4096, layers: [12, 4096, 8], labels: 256, labelInput: true, readout: true, bits, peers: 0.03 }))),
    seed: bits,
  });
  for (const bits of [8, 16] as const) {
    compare(wide(bits), bits, 3, (network) => {
      for (const { patches } of network.layers) {
        for (const { W } of patches) for (const row of W) row.fill(-(2 ** (bits - 1)));
      }
    });
  }
});

const NETWORKS: readonly TwoPassConfig[] = [
  { inputs: 7, layers: [5] },
  { inputs: 20, layers: [16, 9], labels: 4, labelInput: true, readout: true, bits: 8, peers: 0.03 },
  { grid: [7, 6, 2], layers: [{ field: 3, stride: 2, channels: 5 }, { field: 2, stride: 1, channels: 9 }, 11], labels: 3, peers: 0.03, inputScale: 0.5 },
];

test('bytes are known before creation, and words carry a configuration both ways', () => {
  for (const config of NETWORKS) {
    const resolved = resolveTwoPassConfig(config);
    const words = twoPassWordsOf(resolved);
    assert.equal(twoPassWords(twoPassIntegers(words)), words);
    assert.equal(resolveTwoPassConfig(twoPassFromWords(words)), resolved);
    const plan = twoPassPlanOf(resolved);
    for (const build of BUILDS) {
      const core = twoPassCore(twoPassIntegers(words), build);
      assert.is(plan.arena, core.bytes);
      assert.is(plan.tables, core.arenaStart);
      assert.is(plan.arena - plan.scratch, core.state().length);
    }
  }
});

test('the debug builds learn the same bytes, every assert holding', () => {
  const random = new Random(21);
  for (let k = 0; k < 12; k++) compare(randomNetwork(random), k, 30, undefined, ['debug.scalar', 'debug.simd']);
});

test('a reference goes on from the bytes of a core', () => {
  const config = twoPassIntegers(twoPassWordsOf(resolveTwoPassConfig(NETWORKS[1])));
  const core = twoPassCore(config, 'scalar');
  const judge = twoPassReference({ ...config, seed: 5 });
  const random = new Random(3);
  const sample = (): Uint32Array => bitsOf(Array.from({ length: 20 }, () => random.normal()));
  for (let t = 0; t < 20; t++) core.learnLabelled(sample(), t % 4);
  restore(judge.network, core.state());
  for (let t = 0; t < 20; t++) {
    const x = sample();
    assert.is(judge.learnLabelled(x, t % 4), core.learnLabelled(x, t % 4));
  }
  assert.equal(judge.state(), core.state());
});

/** Everything that a network is after 300 steps. */
const GOLDEN = ['5c7a14f5f581f7b0', '6f7fb11fe97ef0b1', 'a7d07070d840c1bd'];
test('the bytes of earlier versions: if others are meant, bump `arithmetic` in host/two-pass/snapshot.ts', () => {
  NETWORKS.forEach((config, k) => {
    const integers = twoPassIntegers(twoPassWordsOf(resolveTwoPassConfig(config)));
    const core = twoPassCore(integers, 'simd');
    const inputs = integers.grid[0] * integers.grid[1] * integers.grid[2];
    const random = new Random(99);
    for (let t = 0; t < 300; t++) {
      const x = bitsOf(Array.from({ length: inputs }, (_, i) => random.normal() + (i % 3 === t % 3 ? 1 : 0)));
      if (integers.labelInput) core.learnLabelled(x, t % 3);
      else core.learnPair(x, bitsOf(Array.from({ length: inputs }, () => random.normal())), -1, -1);
      if (integers.readout) core.learnReadout(x, t % 3);
    }
    assert.is(createHash('sha256').update(core.state()).digest('hex').slice(0, 16), GOLDEN[k], JSON.stringify(config));
  });
});

test.run();
