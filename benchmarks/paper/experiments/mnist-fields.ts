/**
 * MNIST with labels through local receptive fields, by rule 1: 4 x 4 patches of 64 units over fields of 10 x 10 (the paper's first grid, with half of its channels),
 * then 3 x 3 of 128 over 2 x 2. The paper's own experiment with such fields has no labels.
 */
import { imageRun, TEST_ERROR } from '../images.js';
import type { Experiment } from '../harness/experiment.js';

const COMMON = {
  grid: { height: 28, width: 28, channels: 1 },
  units: [{ field: 10, stride: 6, channels: 64 }, { field: 2, stride: 1, channels: 128 }],
  bits: 16, rate: 0.05, constantFor: 0.5, dropped: 0.2, shift: 0, validation: 0,
} as const;

export const experiment: Experiment = {
  title: 'MNIST supervised, local receptive fields',
  place: 1.1,
  figures: [{ name: TEST_ERROR, better: 'lower', quickTarget: 2.5 }],
  seeds: 1,
  start: (options) => imageRun({ ...COMMON, passes: options.quick ? 4 : 24 }, options),
};
