/**
 * MNIST with labels, every image shifted by up to two pixels in each direction while it is learned (25 places, drawn anew each time); tested on the
 * unshifted test images, as they are in the set. The paper: 4 x 2000, 500 epochs, no dropout named.
 */
import { imageRun, TEST_ERROR } from '../images.js';
import type { Experiment } from '../harness/experiment.js';

const COMMON = { bits: 16, rate: 0.05, constantFor: 0.5, shift: 2, validation: 0 } as const;

export const experiment: Experiment = {
  title: 'MNIST supervised, with jitter',
  place: 4,
  figures: [{ name: TEST_ERROR, better: 'lower', paper: 0.64, target: 0.75, quickTarget: 1.1 }],
  seeds: 1,
  start: (options) =>
    options.quick
      ? imageRun({ ...COMMON, units: [500, 500], passes: 15, dropped: 0 }, options)
      : imageRun({ ...COMMON, units: [1000, 1000], passes: 80, dropped: 0.1 }, options),
};
