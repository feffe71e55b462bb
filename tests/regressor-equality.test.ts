// Regressors: reference = scalar = SIMD, byte for byte, after any number of steps.

import { createHash } from 'node:crypto';
import { Random } from '../benchmarks/rivals/random.js';
import { regressorFromWords, regressorWordsOf, resolveRegressorConfig, type RegressorConfig } from '../host/regressor/config.js';
import { regressorPlanOf } from '../host/regressor/plan.js';
import { bitsOf } from './core-driver.js';
import { Lockstep } from './lockstep.js';
import { dice, limit } from './random-learners.js';
import { hardestStream } from './random-networks.js';
import type { RegressorIntegers, RegressorReference } from './reference/regressor.js';
import { fieldAt, restore } from './reference/regressor-state.js';
import { regressorCore, regressorIntegers, regressorReference, regressorWords, type RegressorBuild, type RegressorImplementation } from './regressor-driver.js';
import { assert, suite } from './suite.js';

const BUILDS: readonly RegressorBuild[] = ['scalar', 'simd'];
type Taking = Omit<RegressorImplementation, 'load'>;

function randomRegressor(random: Random): RegressorIntegers {
  const { between, often } = dice(random);
  const lags = often(0.5) ? 0 : between(1, 12);
  return {
    inputs: lags + between(lags === 0 ? 1 : 0, often(0.1) ? 140 : 30), lags, horizon: often(0.6) ? 1 : between(1, 9), bins: often(0.5) ? 8 : between(2, 64),
    units: Array.from({ length: between(1, 3) }, () => between(1, often(0.1) ? 270 : 30)), bits: often(0.5) ? 8 : 16, seed: random.u32(),
    rate: often(0.5) ? 6554 : between(1, 65536), alpha: often(0.6) ? 2560 : between(64, 64 * 256), margin: often(0.5) ? 655 : between(0, 16384), clip: often(0.7) ? 1280 : between(1, 4096),
    gateDivisor: often(0.7) ? 20 : between(4, 100),
  };
}

/** Targets that are hard to follow: steady, jumping by powers of ten, heavy-tailed, missing, out of every range. */
function targets(random: Random): () => number {
  let [level, size] = [0, 1];
  const kind = random.below(4);
  return () => {
    const dice = random.uniform();
    if (dice < 0.03) size *= 10 ** (random.below(9) - 4);
    if (dice < 0.06) level += size * random.normal() * 100;
    if (dice > 0.97) return [NaN, Infinity, -Infinity, 1e30, -3e38, 1e-40, 0][random.below(7)]!;
    if (kind === 0) return level;
    if (kind === 1) return level + size * Math.round(random.normal());
    return level + size * random.normal() / (kind === 2 ? Math.abs(random.normal()) + 1e-3 : 1);
  };
}

/** `prepare` may change the network before the first step. Reloads every implementation now and then from its own bytes. */
function compare(config: RegressorIntegers, seed: number, steps: number, prepare?: (network: RegressorReference) => void): void {
  const judge = regressorReference(config);
  const all = new Lockstep<Taking, typeof judge>(judge, BUILDS.map((build) => () => regressorCore(config, build)), (at) => fieldAt(judge.network, at), { seed, config });
  const random = new Random(seed);
  const own = config.inputs - config.lags;
  const stream = hardestStream(seed, Math.max(1, own), 2);
  const target = targets(random);
  all.compareStates('the start');
  if (prepare) all.prepare(({ network }) => prepare(network));
  for (let t = 0; t < steps; t++) {
    all.step = t;
    stream.next();
    const x = stream.bits.subarray(0, own);
    all.same('prediction', (each) => each.predict(x));
    if (random.uniform() < 0.02) all.same('begin', (each) => each.begin());
    const [y] = bitsOf([target()]);
    all.same('learn', (each) => each.learn(x, y!));
    if (t % 20 === 19 || t === steps - 1) all.compareStates();
    if (t % 30 === 29) all.reload();
  }
}

const test = suite('regressor equality');

test('reference = scalar = SIMD: 60 random regressors, 90 samples each, saved and loaded on the way', () => {
  const random = new Random(6);
  for (let k = 0; k < 60; k++) compare(randomRegressor(random), random.u32(), 90);
});

test('reference = scalar = SIMD from 60 states at the limits of every format, 10 samples each', () => {
  const random = new Random(7);
  for (let k = 0; k < 60; k++) {
    compare(randomRegressor(random), k, 10, (network) => {
      for (const { W, V, b, config: { bits } } of network.layers) {
        for (const row of W) row.forEach((_, i) => { row[i] = limit(random, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1); });
        for (const gates of V) gates.forEach((_, j) => { gates[j] = limit(random, -32768, 32767); });
        b.forEach((_, j) => { b[j] = limit(random, -(2 ** 30), 2 ** 30); });
      }
      network.weights.forEach((_, i) => { network.weights[i] = limit(random, -(2 ** 29), 2 ** 29); });
      for (const blend of network.blends) Object.assign(blend, { agreement: limit(random, -(2 ** 45), 2 ** 45), difference: Math.max(1, limit(random, 1, 2 ** 45)) });
      network.centres = network.centres.map(() => limit(random, -16776960, 16776960)).sort((a, b) => a - b);
      network.below = Math.max(256, limit(random, 256, 2 ** 25));
      network.above = Math.max(256, limit(random, 256, 2 ** 25));
      for (const known of network.known) Object.assign(known, { target: limit(random, 1 - 2 ** 27, 2 ** 27 - 1), predicted: limit(random, -(2 ** 30) - 2 ** 27, 2 ** 30 + 2 ** 27), exponent: limit(random, -126, 102), isThere: random.below(2) === 1 });
      network.farOff = random.below(16);
      network.learned = random.below(401);
      network.boost = limit(random, 0, 65536);
    });
  }
});

test('reference = scalar = SIMD of as many inputs and lags as there can be', () => {
  for (const bits of [8, 16] as const) {
    const resolved = resolveRegressorConfig({ inputs: 256, lags: 256, horizon: 256, bins: 64, units: [40, 8], bits, seed: bits });
    compare(regressorIntegers(regressorWordsOf(resolved)), bits, 5);
  }
});

const REGRESSORS: readonly RegressorConfig[] = [
  { inputs: 7 },
  { inputs: 3, lags: 5, horizon: 4, units: [16], bins: 5, bits: 8, rate: 0.02 },
  { inputs: 0, lags: 2, horizon: 1, units: [9, 20, 3], alpha: 4, margin: 0 },
];

test('bytes are known before creation, and words carry a configuration both ways', () => {
  for (const config of REGRESSORS) {
    const resolved = resolveRegressorConfig(config);
    const words = regressorWordsOf(resolved);
    assert.equal(regressorWords(regressorIntegers(words)), words);
    assert.equal(resolveRegressorConfig(regressorFromWords(words)), resolved);
    const plan = regressorPlanOf(resolved);
    for (const build of BUILDS) {
      const core = regressorCore(regressorIntegers(words), build);
      assert.is(plan.arena, core.bytes);
      assert.is(plan.tables, core.arenaStart);
      assert.is(plan.arena - plan.scratch, core.state().length);
    }
  }
});

test('a reference goes on from the bytes of a core', () => {
  const config = regressorIntegers(regressorWordsOf(resolveRegressorConfig(REGRESSORS[1]!)));
  const core = regressorCore(config, 'scalar');
  const judge = regressorReference({ ...config, seed: 5 });
  const random = new Random(3);
  const sample = (count: number): Uint32Array => bitsOf(Array.from({ length: count }, () => random.normal()));
  for (let t = 0; t < 20; t++) core.learn(sample(3), sample(1)[0]!);
  restore(judge.network, core.state());
  for (let t = 0; t < 20; t++) {
    const [x, y] = [sample(3), sample(1)[0]!];
    assert.is(judge.learn(x, y), core.learn(x, y));
  }
  assert.equal(judge.state(), core.state());
});

/** Everything that a regressor is after 200 steps. */
const GOLDEN = ['603d18b2995c3450', 'cfca124e90a1290a', '7851cadb4a630cc0'];
test('the bytes of earlier versions: if others are meant, bump `arithmetic` in schema/formats.ts', () => {
  REGRESSORS.forEach((config, k) => {
    const core = regressorCore(regressorIntegers(regressorWordsOf(resolveRegressorConfig(config))), 'simd');
    const random = new Random(99);
    for (let t = 0; t < 200; t++) {
      const x = Array.from({ length: config.inputs }, () => random.normal());
      core.learn(bitsOf(x), bitsOf([Math.sin(t / 9) + x.reduce((sum, value) => sum + value, 0)])[0]!);
    }
    assert.is(createHash('sha256').update(core.state()).digest('hex').slice(0, 16), GOLDEN[k], JSON.stringify(config));
  });
});

test.run();
