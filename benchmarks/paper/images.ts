/** MNIST for many passes, the pixels changed by the host while a network learns: some dropped, the image shifted. */
import type { Grid, LearnerWishes, LocalLayer } from '../../host/index.js';
import { image, loadMnist, PIXELS, type Images } from '../mnist/data.js';
import { DIGITS, IMAGES } from '../mnist/onward.js';
import { testError } from '../mnist/pass.js';
import { Random } from '../rivals/random.js';
import type { Run, StartOptions } from './harness/experiment.js';

/** How the images are shown. */
export interface Showing {
  rate: number;
  passes: number;
  /** Share of the passes before the rate begins to fall, in a straight line to zero. */
  constantFor: number;
  /** Share of the pixels that are zero while learning, drawn anew for every sample; none when answering. */
  dropped: number;
  /** Each image is moved by up to so many pixels in each direction while learning, blank where nothing comes in. */
  shift: number;
  /** Training images from the end on that are not learned but tested on: for choosing settings. */
  validation: number;
}

export type ImageSettings = Showing & LearnerWishes & { units: readonly (number | LocalLayer)[]; grid?: Grid };

/** What learns images: labels are indices. */
export interface ImageNetwork {
  learnMany(rows: Float32Array, labels: Uint8Array): void;
  predict(x: Float32Array): number;
  setRate(rate: number): void;
  save(): Uint8Array;
  dispose(): void;
}

const SIDE = 28;
/** Samples handed over at once: the steps in which the rate falls. */
const CHUNK = 500;

/** Rule 1. */
export async function imageRun(settings: ImageSettings, { seed, saved }: StartOptions): Promise<Run> {
  const { createLearner, loadLearner } = await import('../../host/index.js');
  const { passes, constantFor, dropped, shift, validation, grid, ...own } = settings;
  const config = { ...IMAGES, ...own };
  const learner = saved ? await loadLearner(saved) : await createLearner({ ...(grid ? { grid } : { inputs: PIXELS }), labels: DIGITS, ...config, seed });
  return showImages(imageNetwork(learner), `${[PIXELS, ...learner.config.units].join('-')}${grid ? ', local fields' : ''}, int${config.bits}`, { ...config, ...(grid ? { grid } : {}) }, settings, seed);
}

/** A network whose labels are the digits. */
export function imageNetwork(network: Omit<ImageNetwork, 'predict'> & { predict(x: Float32Array): { label: string | undefined } }): ImageNetwork {
  return {
    learnMany: (rows, labels) => network.learnMany(rows, labels),
    predict: (x) => Number(network.predict(x).label),
    setRate: (rate) => network.setRate(rate),
    save: () => network.save(),
    dispose: () => network.dispose(),
  };
}

/** `config` is the network's, for the results file. */
export function showImages(network: ImageNetwork, summary: string, config: { rate: number }, showing: Showing, seed: number): Run {
  const { passes, constantFor, dropped, shift, validation } = showing;
  const all = loadMnist('train');
  const count = all.count - validation;
  const test: Images = validation > 0 ? { count: validation, pixels: all.pixels.subarray(count * PIXELS), labels: all.labels.subarray(count) } : loadMnist('t10k');
  const stepsPerPass = Math.floor(count / CHUNK);
  const steps = passes * stepsPerPass;
  const rows = new Float32Array(CHUNK * PIXELS);
  const labels = new Uint8Array(CHUNK);
  let order = { pass: -1, images: new Array<number>() };
  const part = (amount: number): string => `${Math.round(100 * amount)} %`;
  return {
    summary:
      `${summary}, ${passes} passes` +
      (shift > 0 ? `, shifted by up to ${shift} pixels` : '') +
      (dropped > 0 ? `, ${part(dropped)} of the pixels dropped` : ''),
    settings: { ...config, passes, constantFor, dropped, shift, validation, chunk: CHUNK },
    steps,
    stepsPerPass,
    step(k) {
      const pass = Math.floor(k / stepsPerPass);
      if (pass !== order.pass) order = { pass, images: new Random(1000 * seed + pass).shuffle(Array.from({ length: count }, (_, i) => i)) };
      const random = new Random(1_000_000 * seed + k);
      const from = (k % stepsPerPass) * CHUNK;
      for (let s = 0; s < CHUNK; s++) {
        const at = order.images[from + s]!;
        const row = rows.subarray(s * PIXELS, (s + 1) * PIXELS);
        image(all, at, row);
        if (shift > 0) moved(row, random.below(2 * shift + 1) - shift, random.below(2 * shift + 1) - shift);
        if (dropped > 0) drop(row, dropped, random);
        labels[s] = all.labels[at]!;
      }
      network.setRate(Math.max(SMALLEST_RATE, config.rate * Math.min(1, (1 - k / steps) / (1 - constantFor))));
      network.learnMany(rows, labels);
    },
    measure: () => ({ [TEST_ERROR]: testError((x) => network.predict(x), test) }),
    save: () => network.save(),
    dispose: () => network.dispose(),
  };
}

export const TEST_ERROR = 'test error, %';
/** A rate of zero is none that a learner takes. */
const SMALLEST_RATE = 1 / 65536;

/** Zeroes pixels, each with this probability. Blank ones are passed over: they are blank either way. */
function drop(row: Float32Array, probability: number, random: Random): void {
  for (let i = 0; i < row.length; i++) if (row[i] !== 0 && random.uniform() < probability) row[i] = 0;
}

/** Moves an image down and right, in place, by whole pixels. */
function moved(row: Float32Array, down: number, right: number): void {
  const source = row.slice();
  row.fill(0);
  for (let y = Math.max(0, down); y < SIDE + Math.min(0, down); y++) {
    for (let x = Math.max(0, right); x < SIDE + Math.min(0, right); x++) row[y * SIDE + x] = source[(y - down) * SIDE + x - right]!;
  }
}

