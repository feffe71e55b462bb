// The detector: reference = core, byte for byte, after any number of samples, in both modes.

import { inspect } from 'node:util';
import { Random } from '../benchmarks/rivals/random.js';
import { detectorCore, detectorDefaults, referenceDetector } from './detector-driver.js';
import { Stream, randomConfig } from './random-learners.js';
import type { DetectorIntegers } from './reference/detector.js';
import { fieldAt } from './reference/detector/state.js';
import { suite } from './suite.js';

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
    ...(often(0.5) ? { hold: between(0, 100), threshold: between(1, 50_000_000), rise: between(0, 5_000_000), fall: between(0, 10_000) } : {}),
    ...(often(0.3) ? { rate: between(0, 65536), alpha: between(64, 64 * 256) } : {}),
  });
}

function compare(config: DetectorIntegers, seed: number, steps: number, reload: number): void {
  const judge = referenceDetector(config);
  let core = detectorCore(config);
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

test.run();
