/**
 * MNIST with labels, permutation-invariant: no shifts, nothing that knows where a pixel is. The paper paints the label over ten pixels and runs one pass
 * for each of ten labels (4 x 2000, 60 epochs, batch 100); here the label is a gate (rule 1), one pass serves all labels, batch 1.
 */
import { imageRun, TEST_ERROR } from '../images.js';
import type { Experiment } from '../harness/experiment.js';

const COMMON = { bits: 16, rate: 0.05, constantFor: 0.5, shift: 0, validation: 0 } as const;

export const experiment: Experiment = {
  title: 'MNIST supervised, permutation-invariant',
  place: 1,
  figures: [{ name: TEST_ERROR, better: 'lower', paper: 1.36, target: 1.3, quickTarget: 1.5 }],
  seeds: 3,
  start: (options) =>
    options.quick
      ? imageRun({ ...COMMON, units: [500, 500], passes: 10, dropped: 0.1 }, options)
      : imageRun({ ...COMMON, units: [1000, 1000], passes: 30, dropped: 0.3 }, options),
};
