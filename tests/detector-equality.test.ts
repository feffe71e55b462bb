// The detector: reference = core, byte for byte, after any number of samples, in both modes.

import { createHash } from 'node:crypto';
import { Random } from '../benchmarks/rivals/random.js';
import { compareDetectors, type Taking } from './compare-detectors.js';
import { bitsOf } from './core-driver.js';
import { detectorCore, detectorDefaults, referenceDetector } from './detector-driver.js';
import { Lockstep } from './lockstep.js';
import { limit } from './random-learners.js';
import { randomDetector } from './random-networks.js';
import { fieldAt } from './reference/detector/state.js';
import type { Channel } from './reference/detector/views.js';
import { assert, suite } from './suite.js';

/** What a channel can be at its limits, within what a snapshot may hold. */
function extreme(random: Random, stream: Channel): void {
  const AVERAGE = 2 ** 36;
  for (const name of ['deviation', 'step', 'resolution', 'wrong', 'loud', 'active', 'away', 'season', 'seasonMean'] as const) stream[name] = limit(random, 0, AVERAGE);
  for (const name of ['mean', 'drift', 'trend'] as const) stream[name] = limit(random, -(2 ** 35), 2 ** 35);
  for (const name of ['previous', 'change'] as const) stream[name] = limit(random, -(2 ** 27), 2 ** 27 - 1);
  for (const name of ['seasons', 'run', 'gap', 'alarms'] as const) stream[name] = limit(random, 0, 65535);
  for (const tail of stream.tails) {
    for (const name of ['current', 'late', 'mean', 'upper', 'far', 'top', 'threshold'] as const) tail[name] = limit(random, 0, 2 ** 30);
    for (const name of ['upperShare', 'farShare', 'blocks'] as const) tail[name] = limit(random, 0, 65535);
  }
  for (const state of stream.stay.states) {
    for (const name of ['mean', 'distance', 'longest'] as const) state[name] = limit(random, 0, 2 ** 28);
    state.times = limit(random, 0, 65535);
  }
  stream.stay.stayed = limit(random, 0, 2 ** 28);
  stream.stay.between = limit(random, 0, 65535);
  stream.stay.isHigh = random.below(2);
  stream.history.weights.forEach((_, k) => { stream.history.weights[k] = limit(random, -(2 ** 18), 2 ** 18); });
}

const test = suite('detector equality');

test('reference = core: 60 random detectors, 2,500 samples each, saved and loaded on the way', () => {
  const random = new Random(60);
  for (let k = 0; k < 60; k++) compareDetectors(randomDetector(random), random.u32(), 2500, 900);
});

test('reference = core from 80 states at the limits of every format, 60 samples each', () => {
  const random = new Random(17);
  for (let k = 0; k < 80; k++) {
    const config = { ...randomDetector(random), warmup: random.below(40) };
    compareDetectors(config, k, 60, 25, ({ streams, joint, machine }) => {
      const weight = 2 ** (config.bits - 1);
      for (const row of (machine ?? joint)?.net.rows.W ?? []) row.forEach((_, i) => { row[i] = limit(random, -weight, weight - 1); });
      for (const stream of streams) extreme(random, stream);
    });
  }
});

test('reference = core on signals with a rhythm, of one and of several channels', () => {
  for (const [seed, channels] of [[1, 1], [2, 2], [3, 3]] as const) {
    const config = detectorDefaults({ mode: 'streaming', channels, warmup: 32 });
    const judge = referenceDetector(config);
    const all = new Lockstep<Taking, typeof judge>(judge, [() => detectorCore(config)], (at) => fieldAt(judge.detector, at), { seed });
    const random = new Random(seed);
    for (let t = 0; t < 4000; t++) {
      all.step = t;
      const scale = t < 2500 ? 1 : 1e-3; // a finer unit later on
      const x = Array.from({ length: channels }, (_, c) => scale * (20 + 3 * Math.sin((2 * Math.PI * t) / (60 + 3 * c)) + 0.2 * random.normal() + (t % 700 > 690 ? 8 : 0)));
      all.same('alarm', (each) => each.observe(bitsOf(x)));
      all.same('score', (each) => each.score());
      all.same('view', (each) => each.views());
      if (t === 2400) assert.ok(judge.detector.streams.every(({ history }) => history.period >= 55 && history.period <= 200), 'no period was found: the test proves little');
      if (t % 500 === 499) all.compareStates();
      if (t % 900 === 899) all.reload();
    }
  }
});

/** Everything that a detector is after 1,500 samples of noise with faults in it. */
const GOLDEN: [Parameters<typeof detectorDefaults>[0], string][] = [
  [{ mode: 'streaming' }, '5f61218c2a7dc8c0'],
  [{ mode: 'streaming', channels: 2 }, '55f62c867d350e15'],
  [{ mode: 'commissioned', channels: 5 }, '016080557f064316'],
  [{ mode: 'commissioned', channels: 5, bits: 16 }, 'f806a4faf8afe590'],
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
