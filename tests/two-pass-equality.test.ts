// Two-pass networks: reference = scalar = SIMD, byte for byte, after any number of steps of every kind.

import { createHash } from 'node:crypto';
import { Random } from '../benchmarks/rivals/random.js';
import { numbered } from '../host/label-names.js';
import { resolveTwoPassConfig, twoPassFromWords, twoPassWordsOf, type TwoPassConfig } from '../host/two-pass/config.js';
import { twoPassPlanOf } from '../host/two-pass/plan.js';
import { bitsOf } from './core-driver.js';
import { Lockstep } from './lockstep.js';
import { limit } from './random-learners.js';
import { hardestStream, randomTwoPass } from './random-networks.js';
import type { TwoPassIntegers, TwoPassReference } from './reference/two-pass.js';
import { fieldAt, restore } from './reference/two-pass-state.js';
import { assert, suite } from './suite.js';
import { twoPassCore, twoPassIntegers, twoPassReference, twoPassWords, type TwoPassBuild, type TwoPassImplementation } from './two-pass-driver.js';

const BUILDS: readonly TwoPassBuild[] = ['scalar', 'simd'];
type Taking = Omit<TwoPassImplementation, 'load'>;

/** `prepare` may change the network before the first step. Reloads every implementation now and then from its own bytes. */
function compare(config: TwoPassIntegers, seed: number, steps: number, prepare?: (network: TwoPassReference) => void, builds = BUILDS): void {
  const judge = twoPassReference(config);
  const all = new Lockstep<Taking, typeof judge>(judge, builds.map((build) => () => twoPassCore(config, build)), (at) => fieldAt(judge.network, at), { seed, config });
  const random = new Random(seed);
  const inputs = config.grid[0] * config.grid[1] * config.grid[2];
  const [stream, other] = [hardestStream(seed, inputs, Math.max(config.labels, 2), seed), hardestStream(seed, inputs, Math.max(config.labels, 2), seed + 1)];
  all.compareStates('the start');
  if (prepare) all.prepare(({ network }) => prepare(network));
  type Kind = [name: string, take: (network: Taking, label: number) => number | void];
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
    all.step = t;
    stream.next();
    other.next();
    const label = random.below(config.labels + 1) - 1;
    const [name, take] = kinds[random.below(kinds.length)];
    all.same(name, (each) => take(each, label));
    all.same(`goodness after ${name}`, (each) => each.goodness());
    all.same(`score after ${name}`, (each) => each.scores());
    if (t % 50 === 49 || t === steps - 1) all.compareStates();
    if (t % 90 !== 89) continue;
    all.reload();
    all.same('goodness', (each) => each.judge(stream.bits, -1));
    for (const each of all.judged) {
      // what a fresh core has not noted yet
      (each.goodness() as Int32Array).set(judge.goodness());
      (each.scores() as Int32Array).set(judge.scores() as number[]);
    }
  }
}

const test = suite('two-pass equality');

test('reference = scalar = SIMD: 120 random networks, 150 steps each, saved and loaded on the way', () => {
  const random = new Random(6);
  for (let k = 0; k < 120; k++) compare(randomTwoPass(random), random.u32(), 150);
});

test('reference = scalar = SIMD from 120 states at the limits of every format, 20 steps each', () => {
  const random = new Random(7);
  for (let k = 0; k < 120; k++) {
    const config = randomTwoPass(random);
    compare(config, k, 20, (network) => {
      const rows = [...network.layers.flatMap(({ patches }) => patches), ...(network.readout ? [network.readout] : [])];
      for (const { W, b, bits } of rows) {
        const all = random.uniform() < 0.3;
        for (const row of W) row.forEach((_, i) => { row[i] = all ? -(2 ** (bits - 1)) : limit(random, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1); });
        b.forEach((_, j) => { b[j] = limit(random, -(2 ** 30), 2 ** 30); });
      }
      for (const layer of network.layers) {
        if (config.peers > 0) layer.means.forEach((_, j) => { layer.means[j] = limit(random, 0, 8191 * 16); });
      }
    });
  }
});

test('reference = scalar = SIMD at the greatest widths there are', () => {
  const wide = (bits: 8 | 16): TwoPassIntegers => ({
    ...twoPassIntegers(twoPassWordsOf(resolveTwoPassConfig({ inputs: 4096, units: [12, 4096, 8], labels: numbered(256), labelInput: true, readout: true, bits, peers: 0.03 }))),
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
  { inputs: 7, units: [5] },
  { inputs: 20, units: [16, 9], labels: numbered(4), labelInput: true, readout: true, bits: 8, peers: 0.03 },
  { grid: { height: 7, width: 6, channels: 2 }, units: [{ field: 3, stride: 2, channels: 5 }, { field: 2, stride: 1, channels: 9 }, 11], labels: numbered(3), peers: 0.03, inputScale: 0.5 },
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
  for (let k = 0; k < 12; k++) compare(randomTwoPass(random), k, 30, undefined, ['debug.scalar', 'debug.simd']);
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
const GOLDEN = ['f1cfc84208295173', 'd2b59cfa18d3ec0e', 'a7d07070d840c1bd'];
test('the bytes of earlier versions: if others are meant, bump `arithmetic` in schema/formats.ts', () => {
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
