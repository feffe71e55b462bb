// reference = relaxed, byte for byte: the build of wide layers of 8 bits in the plain core, and who gets it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Random } from '../benchmarks/rivals/random.js';
import { resolveConfig, type LearnerConfig } from '../host/config.js';
import { fastestBuild } from '../host/core.js';
import { dotsAtOnce } from '../host/dots-at-once.js';
import { createLearner, loadLearner } from '../host/index.js';
import { LARGE, compare } from './compare-learners.js';
import { bitsOf, comparePredictions, core, learners, partsOf, wasmOf } from './core-driver.js';
import { randomConfig } from './random-learners.js';
import type { IntegerConfig } from './reference.js';
import { allowRelaxedSimd } from './relaxed-simd.js';
import { assert, needs, suite } from './suite.js';
import { goldenState, type Golden } from './vectors/generate.js';

const test = suite('relaxed equality', needs('relaxed SIMD', 'Node.js 22', allowRelaxedSimd()));

test('core.relaxed.wasm imports nothing and exports its own memory', () => {
  const module = new WebAssembly.Module(wasmOf('core.relaxed'));
  assert.equal(WebAssembly.Module.imports(module), []);
  assert.ok(WebAssembly.Module.exports(module).some(({ name, kind }) => name === 'memory' && kind === 'memory'));
});

test('golden vectors of 8 bits without a memory: the bytes of earlier versions', () => {
  const golden: Golden[] = JSON.parse(readFileSync(new URL('./vectors/golden.json', import.meta.url), 'utf8'));
  const own = golden.filter(({ config }) => config.bits === 8 && partsOf(config) === 'core');
  assert.ok(own.length >= 4, `${own.length} vectors`);
  for (const vector of own) assert.is(createHash('sha256').update(goldenState(vector, (config) => core('relaxed', config))).digest('hex'), vector.sha256, vector.name);
});

test('reference = scalar = SIMD = relaxed: every input from -2047 to 2047, by weights of 8 bits at their limits', () => {
  const config: IntegerConfig = {
    inputs: 24, labels: 2, units: [8], bits: 8, skipInput: false, selfRate: false, seed: 1,
    rate: 3277, alpha: 2560, margin: 0, clip: 2047, gateDivisor: 20, scale: bitsOf([1 / 256])[0],
  };
  const all = learners(config, 24, ['scalar', 'simd', 'relaxed']);
  all.prepare(({ learner: { layers: [layer] } }) => layer.W.forEach((row, j) => row.fill([1, -1, 127, -128][j % 4]).fill(0, 0, j < 4 ? 23 : 0)));
  for (let z = -2047; z <= 2047; z++) {
    // alone, and among others that cancel all of it but z
    comparePredictions(all, bitsOf(Array.from({ length: 24 }, (_, i) => (i === 23 ? z : i % 2 === 0 ? -z : z + (i === 21 ? 1 : 0)))));
  }
});

test('reference = relaxed at the widest rows: 4096 + 4096 inputs at their limits, all weights at theirs', () => {
  const config: IntegerConfig = {
    inputs: 4096, labels: 3, units: [2, 4096, 3], bits: 8, skipInput: true, selfRate: true, seed: 1,
    rate: 65536, alpha: 2560, margin: 0, clip: 2047, gateDivisor: 20, scale: bitsOf([2 ** 20])[0],
  };
  compare(config, 7, 2, 2, ({ layers }) => {
    for (const layer of layers) layer.W.forEach((row, j) => row.fill(j % 2 === 0 ? -128 : 127));
  }, ['relaxed']);
});

test('reference = SIMD = relaxed: 8 random larger learners, 40 steps each, saved and loaded on the way', () => {
  const random = new Random(25);
  for (let k = 0; k < 8; k++) compare({ ...randomConfig(random, LARGE), bits: 8 }, random.u32(), 40, 15, undefined, ['simd', 'relaxed']);
});

test('SIMD = relaxed over images: most groups of eight inputs are empty', () => {
  const random = new Random(17);
  for (const inputs of [72, 784]) {
    const config: IntegerConfig = {
      inputs, labels: 3, units: [24, 12], bits: 8, skipInput: true, selfRate: true, seed: inputs,
      rate: 3277, alpha: 2560, margin: 0, clip: 1280, gateDivisor: 20, scale: bitsOf([1 / 64])[0],
    };
    const all = learners(config, inputs, ['simd', 'relaxed']);
    for (all.step = 0; all.step < 100; all.step++) {
      const share = [0, 0.2, 0.5, 0.9][random.below(4)];
      const live = Array.from({ length: Math.ceil(inputs / 8) }, () => random.uniform() < share);
      const x = bitsOf(Array.from({ length: inputs }, (_, i) => (live[i >> 3] && random.uniform() < 0.7 ? random.below(256) : 0)));
      comparePredictions(all, x);
      const label = random.below(3);
      all.same('number of updated layers', (each) => each.learn(x, label));
    }
    all.compareStates();
  }
});

const wide = { inputs: 128, units: [6], labels: ['idle', 'walk', 'run'], bits: 8 } as const;

test('a learner goes on to the same bytes as a clone, and in another build', async () => {
  const sample = (t: number): Float32Array => Float32Array.from({ length: 128 }, (_, i) => Math.sin(i * i) + ((i * t) % 7));
  const first = await createLearner(wide, { build: 'relaxed' });
  for (let t = 0; t < 60; t++) first.learn(sample(t), wide.labels[t % 3]!);
  const saved = first.save();
  const back = await loadLearner((await loadLearner(saved, { build: 'simd' })).save(), { build: 'relaxed' });
  const others = [first.clone(), back, await loadLearner(saved, { build: 'simd' }), await loadLearner(saved, { build: 'scalar' })];
  assert.equal(others.map(({ build }) => build), ['relaxed', 'relaxed', 'simd', 'scalar']);
  for (const each of [first, ...others]) {
    for (let t = 60; t < 120; t++) each.learn(sample(t), wide.labels[t % 3]!);
    assert.equal(each.save(), first.save());
    assert.equal(each.predict(sample(120)), first.predict(sample(120)));
  }
  assert.not.equal(first.save(), saved);
});

test('wide rows of 8 bits get it where the processor has it in one instruction', async () => {
  const chosen = (change: object, isFast: boolean) => fastestBuild(resolveConfig({ ...wide, ...change } as LearnerConfig), () => isFast);
  for (const change of [{}, { inputs: 64, units: [64, 6] }, { inputs: 4, units: [128, 6], skipInput: false }]) {
    assert.is(await chosen(change, true), 'relaxed', JSON.stringify(change));
    assert.is(await chosen(change, false), 'simd', JSON.stringify(change));
  }
  for (const change of [{ bits: 16 }, { inputs: 127 }, { inputs: 4, units: [128] }, { inputs: 64, units: [63, 6] }, { inputs: 64, units: [64, 6], skipInput: false }, { exemplars: 8 }]) {
    assert.is(await chosen(change, true), 'simd', JSON.stringify(change));
  }
  assert.is((await createLearner(wide)).build, dotsAtOnce() ? 'relaxed' : 'simd');
});

test('where its file cannot be had, or the processor not be asked, simd takes its place', async () => {
  const config = resolveConfig(wide);
  const refused = (): never => { throw new WebAssembly.CompileError('nothing is compiled here'); };
  assert.is(await fastestBuild(config, () => true, async () => refused()), 'simd');
  assert.is(await fastestBuild(config, refused), 'simd');
});

test.run();
