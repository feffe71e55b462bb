// The detector: reference = core, byte for byte, after any number of samples, in both modes.

import { createHash } from 'node:crypto';
import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf } from './core-driver.js';
import { detectorCore, detectorDefaults, referenceDetector, type DetectorImplementation } from './detector-driver.js';
import { Lockstep } from './lockstep.js';
import { limit } from './random-learners.js';
import { hardestStream, randomDetector } from './random-networks.js';
import type { DetectorIntegers, ReferenceDetector } from './reference/detector.js';
import { fieldAt } from './reference/detector/state.js';
import { assert, suite } from './suite.js';

type Taking = Omit<DetectorImplementation, 'load'>;

/** `prepare` may change the detector before the first sample. */
function compare(config: DetectorIntegers, seed: number, steps: number, reload: number, prepare?: (detector: ReferenceDetector) => void): void {
  const judge = referenceDetector(config);
  const all = new Lockstep<Taking, typeof judge>(judge, [() => detectorCore(config)], (at) => fieldAt(judge.detector, at), { seed, config });
  if (prepare) all.prepare(({ detector }) => prepare(detector));
  const stream = hardestStream(seed, config.channels);
  for (let t = 0; t < steps; t++) {
    all.step = t;
    stream.next();
    if (t % 997 === 996) all.same('commission', (each) => each.commission());
    all.same('alarm', (each) => each.observe(stream.bits));
    all.same('score', (each) => each.score());
    all.same('part', (each) => each.parts());
    if (t % 500 === 499 || t === steps - 1) all.compareStates();
    if (t % reload === reload - 1) all.reload();
  }
}

const test = suite('detector equality');

test('reference = core: 60 random detectors, 2,500 samples each, saved and loaded on the way', () => {
  const random = new Random(60);
  for (let k = 0; k < 60; k++) compare(randomDetector(random), random.u32(), 2500, 900);
});

test('reference = core from 80 states at the limits of every format, 60 samples each', () => {
  const random = new Random(17);
  for (let k = 0; k < 80; k++) {
    const config = { ...randomDetector(random), warmup: random.below(40) };
    compare(config, k, 60, 25, ({ streams, machine }) => {
      const weight = 2 ** (config.bits - 1);
      const rows = machine ? [machine.rows] : streams.flatMap(({ nets }) => nets.map((net) => net.rows));
      for (const { W } of rows) for (const row of W) row.forEach((_, i) => { row[i] = limit(random, -weight, weight - 1); });
      for (const stream of streams) {
        stream.count = limit(random, 0, 2 ** 31 - 1);
        for (const { V } of stream.nets) for (const gates of V) gates.forEach((_, j) => { gates[j] = limit(random, -32768, 32767); });
        stream.lags.forEach((_, i) => { stream.lags[i] = limit(random, -7680, 7680); });
        stream.means.forEach((_, i) => { stream.means[i] = limit(random, -7680 * 256, 7680 * 256); });
        stream.sizes.forEach((_, i) => { stream.sizes[i] = limit(random, 0, 7680 * 512); });
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
test('the bytes of earlier versions: if others are meant, bump `arithmetic` in schema/formats.ts', () => {
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
