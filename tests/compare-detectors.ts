// The detector's spine: reference = core, byte for byte, after any number of samples.

import { detectorCore, referenceDetector, type DetectorImplementation } from './detector-driver.js';
import { Lockstep } from './lockstep.js';
import { hardestStream } from './random-networks.js';
import type { DetectorIntegers, ReferenceDetector } from './reference/detector.js';
import { fieldAt } from './reference/detector/state.js';

export type Taking = Omit<DetectorImplementation, 'load'>;

/** `prepare` may change the detector before the first sample. */
export function compareDetectors(config: DetectorIntegers, seed: number, steps: number, reload: number, prepare?: (detector: ReferenceDetector) => void): void {
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
    all.same('view', (each) => each.views());
    if (t % 500 === 499 || t === steps - 1) all.compareStates();
    if (t % reload === reload - 1) all.reload();
  }
}
