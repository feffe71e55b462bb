/**
 * CIFAR-10 with local receptive fields. The paper: two or three layers of some 3072 units with fields of 11 x 11, top-down input and ten iterations, and the
 * goodness of every label. Here: rule 1, one sweep, no top-down input; two local layers, none of their weights shared. What the host does to an image:
 * mean and deviation of all its values out (the picture's own, no other picture's), and while learning a mirror image half of the time and a shift by up
 * to two pixels each way, with the edges repeated. Settings were chosen in float on 5,000 training images; the test images are looked at once, at the end.
 */
import { CLASSES, SIDE, VALUES, type ColourImages } from '../../cifar/data.js';
import { Random } from '../../rivals/random.js';
import type { Experiment, Run, StartOptions } from '../harness/experiment.js';

const TEST_ERROR = 'test error, %';
const MIRRORED = 'test error with the mirror image, %';
const TRAINING_ERROR = 'error on 1,000 training images, %';
/** Samples of a step: the steps in which the rate falls. */
const CHUNK = 250;
const SMALLEST_RATE = 1 / 65536;

const NET = {
  grid: { height: SIDE, width: SIDE, channels: 3 },
  units: [{ field: 8, stride: 3, channels: 32 }, { field: 3, stride: 1, channels: 64 }],
  bits: 16, selfRate: false, inputScale: 1, rate: 0.05, alpha: 5, margin: 0.02,
} as const;
const AUGMENTED = { mirror: true, shift: 2 };
/** Share of the passes before the rate falls, in a straight line to zero. */
const CONSTANT_FOR = 0.5;

export const experiment: Experiment = {
  title: 'CIFAR-10, local receptive fields',
  place: 6,
  figures: [
    { name: TEST_ERROR, better: 'lower', paper: 41, target: 41, quickTarget: 45 },
    { name: MIRRORED, better: 'lower' },
  ],
  seeds: 1,
  start: (options) => cifarRun(options.quick ? 2 : 24, options),
};

async function cifarRun(passes: number, { seed, saved }: StartOptions): Promise<Run> {
  const { createLearner, loadLearner } = await import('../../../host/index.js');
  const { loadCifar } = await import('../../cifar/data.js');
  const learner = saved ? await loadLearner(saved) : await createLearner({ ...NET, labels: CLASSES, seed });
  const all = loadCifar('train');
  const stepsPerPass = all.count / CHUNK;
  const steps = passes * stepsPerPass;
  const rows = new Float32Array(CHUNK * VALUES);
  const labels = new Uint8Array(CHUNK);
  let order = { pass: -1, images: new Array<number>() };
  let done = 0;
  return {
    summary: `32x32x3, local layers 9x9x32 (8x8 fields) and 7x7x64 (3x3), int16, mirrored and shifted by up to 2 pixels, ${passes} passes`,
    settings: { ...NET, ...AUGMENTED, passes, constantFor: CONSTANT_FOR, chunk: CHUNK },
    steps,
    stepsPerPass,
    step(k) {
      const pass = Math.floor(k / stepsPerPass);
      if (pass !== order.pass) order = { pass, images: new Random(1000 * seed + pass).shuffle(Array.from({ length: all.count }, (_, i) => i)) };
      const random = new Random(1_000_000 * seed + k);
      const from = (k % stepsPerPass) * CHUNK;
      for (let s = 0; s < CHUNK; s++) {
        const at = order.images[from + s]!;
        const { shift } = AUGMENTED;
        standardised(all, at, rows.subarray(s * VALUES, (s + 1) * VALUES), random.below(2) === 1, random.below(2 * shift + 1) - shift, random.below(2 * shift + 1) - shift);
        labels[s] = all.labels[at]!;
      }
      learner.setRate(Math.max(SMALLEST_RATE, NET.rate * Math.min(1, (1 - k / steps) / (1 - CONSTANT_FOR))));
      learner.learnMany(rows, labels);
      done = k + 1;
    },
    measure: () => (done === steps ? errorsOf(learner, loadCifar('test')) : { [TRAINING_ERROR]: shareWrong(learner, all, 1000) }),
    save: () => learner.save(),
    dispose: () => learner.dispose(),
  };
}

interface Scorer {
  scores(x: Float32Array): Float64Array;
}

/** In %: by the goodness of the image, and of the image and its mirror image together. */
function errorsOf(learner: Scorer, test: ColourImages): Record<string, number> {
  const x = new Float32Array(VALUES);
  let plain = 0;
  let both = 0;
  for (let k = 0; k < test.count; k++) {
    const scores = learner.scores(standardised(test, k, x));
    const mirrored = learner.scores(standardised(test, k, x, true));
    if (greatest(scores) !== test.labels[k]) plain++;
    if (greatest(scores.map((score, c) => score + mirrored[c]!)) !== test.labels[k]) both++;
  }
  return { [TEST_ERROR]: (100 * plain) / test.count, [MIRRORED]: (100 * both) / test.count };
}

/** Of the first `count` training images, in %. */
function shareWrong(learner: Scorer, images: ColourImages, count: number): number {
  const x = new Float32Array(VALUES);
  let wrong = 0;
  for (let k = 0; k < count; k++) if (greatest(learner.scores(standardised(images, k, x))) !== images.labels[k]) wrong++;
  return (100 * wrong) / count;
}

function greatest(scores: Float64Array): number {
  return scores.indexOf(Math.max(...scores));
}

/** Image k with mean 0 and deviation 1 over all its values; 10 grey levels of noise keep an empty picture from being blown up. */
function standardised({ pixels }: ColourImages, k: number, into: Float32Array, mirror = false, down = 0, right = 0): Float32Array {
  const image = pixels.subarray(k * VALUES, (k + 1) * VALUES);
  let sum = 0;
  let squares = 0;
  let at = 0;
  for (let y = 0; y < SIDE; y++) {
    const line = inside(y + down) * SIDE;
    for (let x = 0; x < SIDE; x++) {
      const column = inside(mirror ? SIDE - 1 - x - right : x + right);
      for (let from = (line + column) * 3, end = from + 3; from < end; from++) {
        const value = image[from]!;
        into[at++] = value;
        sum += value;
        squares += value * value;
      }
    }
  }
  const mean = sum / VALUES;
  const inverse = 1 / Math.sqrt(squares / VALUES - mean * mean + 100);
  for (let i = 0; i < VALUES; i++) into[i] = (into[i]! - mean) * inverse;
  return into;
}

const inside = (place: number): number => Math.min(Math.max(place, 0), SIDE - 1);
