/**
 * MNIST, a still image as video: layers look at the image and at each other for some iterations. The paper clamps the label on top, and its consequences
 * travel down (2 or 3 x 2000, 60 epochs, 8 iterations, 3 to 5 counted). Here the label is a gate in every layer and what travels down is label-free, so all
 * labels share every product (docs/recurrent.md): the system of the paper, not its way to show the label.
 */
import { PIXELS } from '../../mnist/data.js';
import { DIGITS, IMAGES } from '../../mnist/onward.js';
import { imageNetwork, showImages, TEST_ERROR, type Showing } from '../images.js';
import type { Experiment, Run, StartOptions } from '../harness/experiment.js';

const CONFIG = { units: [512, 512], iterations: 5, countFrom: 3, stateDrop: 0.3, rate: 0.05, alpha: 10, margin: 0.02, bits: 16, inputScale: IMAGES.inputScale } as const;
const SHOWING = { rate: CONFIG.rate, constantFor: 0.5, dropped: 0.3, shift: 0, validation: 0 } as const;

async function start(passes: number, { seed, saved }: StartOptions): Promise<Run> {
  const { createRecurrent, loadRecurrent } = await import('../../../host/index.js');
  const network = saved ? await loadRecurrent(saved) : await createRecurrent({ inputs: PIXELS, labels: DIGITS, ...CONFIG, seed });
  const showing: Showing = { ...SHOWING, passes };
  const summary = `${[PIXELS, ...CONFIG.units].join('-')}, label gates, ${CONFIG.iterations} iterations, 30 % of the states dropped, int${CONFIG.bits}`;
  return showImages(imageNetwork(network), summary, CONFIG, showing, seed);
}

export const experiment: Experiment = {
  title: 'MNIST recurrent, top-down',
  place: 5,
  figures: [{ name: TEST_ERROR, better: 'lower', paper: 1.31, target: 1.35, quickTarget: 1.8 }],
  seeds: 1,
  start: (options) => start(options.quick ? 4 : 20, options),
};
