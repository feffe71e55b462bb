/**
 * MNIST without labels, by the paper's hybrid images: the positive sample is an image, the negative one the same image with patches of another. The layers never see
 * a label; then a linear softmax learns to read their activities, and the layers stay as they are.
 */
import type { TwoPassConfig, TwoPassSettings } from '../../host/index.js';
import { image, loadMnist, PIXELS, type Images } from '../mnist/data.js';
import { DIGITS } from '../mnist/onward.js';
import { testError } from '../mnist/pass.js';
import { Random } from '../rivals/random.js';
import type { Run, StartOptions } from './harness/experiment.js';
import { TEST_ERROR } from './images.js';

export interface HybridSettings extends Partial<TwoPassSettings> {
  units: TwoPassConfig['units'];
  rate: number;
  /** Rate of the readout at first. */
  readoutRate: number;
  /** Passes over the images in pairs, without labels, the rate constant for `constantFor` of them, then in a straight line to zero. */
  passes: number;
  constantFor: number;
  /** Passes of the readout, its rate likewise. */
  readoutPasses: number;
  /** How often a mask of random bits is blurred with [1/4 1/2 1/4] both ways before it is cut at 1/2. */
  blurs: number;
  /** Training images from the end on that are not learned but tested on: for choosing settings. */
  validation: number;
}

const SIDE = 28;
/** Samples handed over at once. */
const CHUNK = 250;

export async function hybridRun(settings: HybridSettings, { seed, saved }: StartOptions): Promise<Run> {
  const { createTwoPass, loadTwoPass } = await import('../../host/index.js');
  const { passes, constantFor, readoutPasses, blurs, validation, ...own } = settings;
  const config = { inputScale: 3 / 255, labels: DIGITS, bits: 16 as const, ...own };
  const network = saved ? await loadTwoPass(saved) : await createTwoPass({ grid: { height: SIDE, width: SIDE, channels: 1 }, ...config, seed });
  const all = loadMnist('train');
  const count = all.count - validation;
  const test: Images = validation > 0 ? { count: validation, pixels: all.pixels.subarray(count * PIXELS), labels: all.labels.subarray(count) } : loadMnist('t10k');
  const stepsPerPass = Math.floor(count / CHUNK);
  const pairSteps = passes * stepsPerPass;
  const readoutSteps = readoutPasses * stepsPerPass;
  const rows = new Float32Array(CHUNK * PIXELS);
  const negatives = new Float32Array(CHUNK * PIXELS);
  const labels = new Uint8Array(CHUNK);
  const other = new Float32Array(PIXELS);
  let order = { pass: -1, images: new Array<number>() };
  return {
    summary: `int${config.bits}, ${passes} passes without labels, ${readoutPasses} of the readout`,
    settings: { ...config, passes, constantFor, readoutPasses, blurs, validation, chunk: CHUNK },
    steps: pairSteps + readoutSteps,
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
        labels[s] = all.labels[at]!;
        if (k >= pairSteps) continue;
        image(all, random.below(count), other);
        const mask = smoothMask(random, blurs);
        const negative = negatives.subarray(s * PIXELS, (s + 1) * PIXELS);
        for (let i = 0; i < PIXELS; i++) negative[i] = mask[i] ? row[i]! : other[i]!;
      }
      if (k < pairSteps) {
        network.setRate(config.rate * Math.min(1, (1 - k / pairSteps) / (1 - constantFor)));
        network.learnPairs(rows, negatives);
      } else {
        network.setRate(undefined, config.readoutRate * Math.min(1, (1 - (k - pairSteps) / readoutSteps) / (1 - constantFor)));
        network.learnReadoutMany(rows, labels);
      }
    },
    measure: () => ({ [TEST_ERROR]: testError((x) => Number(network.predict(x).label), test) }),
    save: () => network.save(),
    dispose: () => network.dispose(),
  };
}

/** Random bits, blurred, cut at one half: smooth regions of 1 and 0, [28, 28]. At the rim the pixel itself stands in for what is missing. */
export function smoothMask(random: Random, blurs: number): Uint8Array {
  const mask = Float32Array.from({ length: PIXELS }, () => (random.uniform() < 0.5 ? 0 : 1));
  for (let blur = 0; blur < blurs; blur++) {
    for (let line = 0; line < SIDE; line++) blurLine(mask, line * SIDE, 1);
    for (let line = 0; line < SIDE; line++) blurLine(mask, line, SIDE);
  }
  return Uint8Array.from(mask, (value) => (value > 0.5 ? 1 : 0));
}

/** 28 values, `step` apart, from `start` on. */
function blurLine(mask: Float32Array, start: number, step: number): void {
  let before = mask[start]!;
  for (let k = 0, at = start; k < SIDE; k++, at += step) {
    const own = mask[at]!;
    const after = k < SIDE - 1 ? mask[at + step]! : own;
    mask[at] = before / 4 + own / 2 + after / 4;
    before = own;
  }
}
