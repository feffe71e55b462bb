// The detector: reference = core, byte for byte, after any number of samples, in both modes.

import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf } from './core-driver.js';
import { detectorCore, detectorDefaults, referenceDetector } from './detector-driver.js';
import { Stream, randomConfig } from './random-learners.js';
import type { DetectorIntegers, ReferenceDetector } from './reference/detector.js';
import { fieldAt } from './reference/detector/state.js';
import { assert, suite } from './suite.js';

function randomDetector(random: Random): DetectorIntegers {
  const between = (low: number, high: number): number => low + random.below(high - low + 1);
  const often = (share: number): boolean => random.uniform() < share;
  const mode = often(0.5) ? 'streaming' : 'commissioned';
  return detectorDefaults({
    mode,
    channels: mode === 'streaming' ? between(1, 3) : between(1, 12),
    units: often(0.5) ? 16 : between(mode === 'streaming' ? 0 : 1, 24),
    bits: often(0.5) ? 8 : 16,
    seed: random.u32(),
    warmup: between(0, 300),
    ...(often(0.5) ? { hold: between(0, 100), threshold: between(1, 50_000_000), rise: between(0, 5_000_000), every: often(0.2) ? 0 : between(1, 3000) } : {}),
    ...(often(0.3) ? { rate: between(0, 65536), alpha: between(64, 64 * 256) } : {}),
  });
}

/** `prepare` may change the detector before the first sample. */
function compare(config: DetectorIntegers, seed: number, steps: number, reload: number, prepare?: (detector: ReferenceDetector) => void): void {
  const judge = referenceDetector(config);
  let core = detectorCore(config);
  if (prepare) {
    prepare(judge.detector);
    core.load(judge.state());
  }
  // the hardest signals there are, as many as there are channels
  const shape = { ...randomConfig(new Random(seed), { inputs: 1, units: 1, layers: 1, labels: 2, cost: 1e9 }), inputs: config.channels, window: undefined };
  const stream = new Stream(shape, new Random(seed));
  const fail = (t: number, what: string): never => {
    throw new Error(`${what} at sample ${t}; stream seed ${seed}, configuration ${inspect(config, { breakLength: Infinity })}`);
  };
  for (let t = 0; t < steps; t++) {
    stream.next();
    if (t % 997 === 996) for (const each of [judge, core]) each.commission();
    const alarm = judge.observe(stream.bits);
    if (core.observe(stream.bits) !== alarm) fail(t, 'alarm differs');
    if (core.score() !== judge.score()) fail(t, `score differs: ${core.score()}, ${judge.score()} expected`);
    const parts = core.parts();
    judge.parts().length === parts.length || fail(t, 'number of parts differs');
    for (let i = 0; i < parts.length; i++) if (parts[i] !== judge.parts()[i]) fail(t, `part ${i} differs: ${parts[i]}, ${judge.parts()[i]} expected`);
    if (t % 500 === 499 || t === steps - 1) {
      const state = core.state();
      const expected = judge.state();
      if (state.length !== expected.length) fail(t, `${state.length} state bytes, ${expected.length} expected`);
      const at = state.findIndex((byte, i) => byte !== expected[i]);
      if (at >= 0) fail(t, `state differs in ${fieldAt(judge.detector, at)}`);
    }
    if (t % reload === reload - 1) {
      const fresh = detectorCore(config);
      fresh.load(core.state());
      core = fresh;
    }
  }
}

const test = suite('detector equality');

test('reference = core: 60 random detectors, 2,500 samples each, saved and loaded on the way', () => {
  const random = new Random(60);
  for (let k = 0; k < 60; k++) compare(randomDetector(random), random.u32(), 2500, 900);
});

test('reference = core from 80 states at the limits of every format, 60 samples each', () => {
  const random = new Random(17);
  const limit = (low: number, high: number): number => [low, high, 0, low + random.below(high - low + 1)][random.below(4)];
  for (let k = 0; k < 80; k++) {
    const config = { ...randomDetector(random), warmup: random.below(40) };
    compare(config, k, 60, 25, ({ streams, machine }) => {
      const weight = 2 ** (config.bits - 1);
      const rows = machine ? [machine.rows] : streams.flatMap(({ nets }) => nets.map((net) => net.rows));
      for (const { W } of rows) for (const row of W) row.forEach((_, i) => { row[i] = limit(-weight, weight - 1); });
      for (const stream of streams) {
        stream.count = limit(0, 2 ** 31 - 1);
        for (const { V } of stream.nets) for (const gates of V) gates.forEach((_, j) => { gates[j] = limit(-32768, 32767); });
        stream.lags.forEach((_, i) => { stream.lags[i] = limit(-7680, 7680); });
        stream.means.forEach((_, i) => { stream.means[i] = limit(-7680 * 256, 7680 * 256); });
        stream.sizes.forEach((_, i) => { stream.sizes[i] = limit(0, 7680 * 512); });
      }
    });
  }
});

/** Everything that a detector is after 1,500 samples of noise with faults in it. */
const GOLDEN: [Parameters<typeof detectorDefaults>[0], string][] = [
  [{ mode: 'streaming' }, '34601f0ade3ffdbb'],
  [{ mode: 'streaming', channels: 2, bits: 16 }, '697ab25941adf1af'],
  [{ mode: 'commissioned', channels: 5 }, '28e7abd2c96d6916'],
  [{ mode: 'commissioned', channels: 5, bits: 16 }, '14fe139cc827b891'],
];
test('the bytes of earlier versions: if others are meant, bump `arithmetic` in host/detector/snapshot.ts', () => {
  for (const [shape, expected] of GOLDEN) {
    const core = detectorCore(detectorDefaults(shape));
    const random = new Random(99);
    for (let i = 0; i < 1500; i++) {
      core.observe(bitsOf(Array.from({ length: shape.channels ?? 1 }, (_, c) => random.normal() * (c + 1) + (i % 300 > 280 ? 9 : 0))));
    }
    assert.is(createHash('sha256').update(core.state()).digest('hex').slice(0, 16), expected, JSON.stringify(shape));
  }
});

test.run();
