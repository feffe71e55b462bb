/**
 * MNIST without labels through local receptive fields with weights of their own, peer normalisation, and a linear readout of all layers. The paper: 128, 220 and 512 channels, 60
 * epochs. Here goodness is judged place by place, in groups of 64 units, which was worth more than anything else (docs/paper.md).
 */
import { hybridRun } from '../hybrid-run.js';
import { TEST_ERROR } from '../images.js';
import type { Experiment } from '../harness/experiment.js';

const windows = (...channels: [number, number, number]) => [
  { field: 10, stride: 6, channels: channels[0] },
  { field: 2, stride: 1, channels: channels[1] },
  { field: 2, stride: 1, channels: channels[2] },
];
const COMMON = { bits: 16, group: 64, alpha: 4, rate: 0.03, peers: 0.01, constantFor: 0.5, margin: 0.02, blurs: 3, readoutFrom: 0, readoutDrop: 0.5, readoutRate: 2, validation: 0 } as const;

export const experiment: Experiment = {
  title: 'MNIST unsupervised, local receptive fields, peer normalisation',
  place: 3,
  figures: [{ name: TEST_ERROR, better: 'lower', paper: 1.16, target: 1.16, quickTarget: 3 }],
  seeds: 1,
  start: (options) =>
    options.quick
      ? hybridRun({ ...COMMON, units: windows(64, 128, 128), passes: 2, readoutPasses: 4 }, options)
      : hybridRun({ ...COMMON, units: windows(128, 192, 256), passes: 20, readoutPasses: 16 }, options),
};
