/**
 * MNIST with 600 labels, 60 of each digit, by rule 1 through local fields: as the images are; shifted as they are learned; deformed as they are learned. Then the last network answers the other 59,400
 * images, and what it is sure of teaches a new one beside the 600, deformed again; that one answers them anew, and so on. Beside them the nearest of the 600 and a linear readout of pixels.
 */
import type { Learner } from '../../../host/index.js';
import { TEST_ERROR } from '../images.js';
import type { Deformation } from '../deformed.js';
import { joinBytes, splitBytes } from '../harness/checkpoint.js';
import type { Experiment, Figure, Run, StartOptions } from '../harness/experiment.js';

const NETWORK = {
  grid: { height: 28, width: 28, channels: 1 },
  units: [{ field: 10, stride: 6, channels: 64 }, { field: 2, stride: 1, channels: 128 }],
  bits: 16,
  rate: 0.05,
} as const;
const STILL: Deformation = { shift: 0, turn: 0, stretch: 0, slant: 0 };
const SHIFTED: Deformation = { ...STILL, shift: 2 };
const DEFORMED: Deformation = { shift: 2, turn: 10, stretch: 0.1, slant: 0.1 };

interface Phase {
  name: string;
  deformation: Deformation;
  /** Passes over the labelled images; in a phase that a network teaches, over what it teaches. */
  passes: number;
  isTaught: boolean;
}

const LABELS = 600;
/** Of all labels, what sureness is: the softmax of rule 1's scores at this sharpness. */
const SHARPNESS = 10;
const SURE = 0.99;
/** Share of the samples of a taught phase that are the labelled ones. */
const LABELLED_SHARE = 0.1;
const DROPPED = 0.2;
/** Samples handed over at once. */
const CHUNK = 500;
/** A rate of zero is none that a learner takes. */
const SMALLEST_RATE = 1 / 65536;
/** Settings were chosen with 10,000: the last training images, tested on and not learned. */
const VALIDATION = 0;

const errorOf = (name: string): string => (name === 'taught by its answers' ? TEST_ERROR : `${name}: ${TEST_ERROR}`);

function phasesOf(quick: boolean): Phase[] {
  const passes = quick ? 50 : 200;
  const rounds = quick ? 1 : 2;
  return [
    { name: 'as they are', deformation: STILL, passes, isTaught: false },
    { name: 'shifted', deformation: SHIFTED, passes, isTaught: false },
    { name: 'deformed', deformation: DEFORMED, passes, isTaught: false },
    ...Array.from({ length: rounds }, (_, k) => ({ name: k + 1 < rounds ? 'taught once' : 'taught by its answers', deformation: DEFORMED, passes: quick ? 2 : 3, isTaught: true })),
  ];
}

async function start({ seed, quick, saved }: StartOptions): Promise<Run> {
  const { createLearner, loadLearner } = await import('../../../host/index.js');
  const { image, loadMnist, PIXELS } = await import('../../mnist/data.js');
  const { DIGITS, IMAGES } = await import('../../mnist/onward.js');
  const { testError } = await import('../../mnist/pass.js');
  const { Random } = await import('../../rivals/random.js');
  const { deform } = await import('../deformed.js');
  const { pixelsError } = await import('../pixels-readout.js');

  const all = loadMnist('train');
  const count = all.count - VALIDATION;
  const test = VALIDATION > 0 ? { count: VALIDATION, pixels: all.pixels.subarray(count * PIXELS), labels: all.labels.subarray(count) } : loadMnist('t10k');
  const order = new Random(5000 + seed).shuffle(Array.from({ length: count }, (_, k) => k));
  const seen = new Uint32Array(DIGITS.length);
  const labelled = order.filter((k) => seen[all.labels[k]!]!++ < LABELS / DIGITS.length);
  const isLabelled = new Set(labelled);
  const others = order.filter((k) => !isLabelled.has(k));

  const phases = phasesOf(quick);
  const states = saved ? splitBytes(saved) : [];
  const learners: Learner[] = [];
  for (const p of phases.keys()) learners.push(states[p] ? await loadLearner(states[p]) : ((await createLearner({ ...NETWORK, ...IMAGES, labels: DIGITS, seed: 10 * seed + p })) as Learner));
  const stepsOf = phases.map(({ passes, isTaught }) => Math.ceil((passes * (isTaught ? others.length / (1 - LABELLED_SHARE) : LABELS)) / CHUNK));
  const steps = stepsOf.reduce((sum, count) => sum + count, 0);

  let taught = { phase: -1, images: new Array<number>(), labels: new Array<number>(), right: 0 };

  /** What the network of the phase before is sure of: the same whenever it is asked. */
  function teach(phase: number): void {
    const teacher = learners[phase - 1]!;
    const x = new Float32Array(PIXELS);
    taught = { phase, images: [], labels: [], right: 0 };
    for (const k of others) {
      const scores = teacher.scores(image(all, k, x));
      const best = scores.indexOf(Math.max(...scores));
      if (1 / scores.reduce((sum, score) => sum + Math.exp(SHARPNESS * (score - scores[best]!)), 0) < SURE) continue;
      taught.images.push(k);
      taught.labels.push(best);
      if (all.labels[k] === best) taught.right++; // for the record only
    }
  }

  /** How many of the other images a phase was taught, and how many of these under their label. */
  function sureness(phase: number): Record<string, number> {
    teach(phase);
    const { images, right } = taught;
    return { [`${phases[phase]!.name}: sure, %`]: (100 * images.length) / others.length, [`${phases[phase]!.name}: of these right, %`]: (100 * right) / images.length };
  }

  const rows = new Float32Array(CHUNK * PIXELS);
  const labels = new Uint8Array(CHUNK);
  const source = new Float32Array(PIXELS);

  function learn(phase: number, step: number, random: InstanceType<typeof Random>): void {
    const { deformation, isTaught } = phases[phase]!;
    if (isTaught && taught.phase !== phase) teach(phase);
    for (let s = 0; s < CHUNK; s++) {
      const isOwn = !isTaught || taught.images.length === 0 || random.uniform() < LABELLED_SHARE;
      const drawn = random.below(isOwn ? labelled.length : taught.images.length);
      const at = isOwn ? labelled[drawn]! : taught.images[drawn]!;
      labels[s] = isOwn ? all.labels[at]! : taught.labels[drawn]!;
      const row = rows.subarray(s * PIXELS, (s + 1) * PIXELS);
      deform(image(all, at, source), row, deformation, random);
      for (let i = 0; i < PIXELS; i++) if (row[i] !== 0 && random.uniform() < DROPPED) row[i] = 0;
    }
    const learner = learners[phase]!;
    learner.setRate(Math.max(SMALLEST_RATE, NETWORK.rate * Math.min(1, 2 * (1 - step / stepsOf[phase]!))));
    learner.learnMany(rows, labels);
  }

  /** The label of the nearest of the labelled images. */
  function nearest(x: Float32Array): number {
    let [least, label] = [Infinity, 0];
    for (const k of labelled) {
      let distance = 0;
      for (let i = 0, at = k * PIXELS; i < PIXELS && distance < least; i++) distance += (x[i]! - all.pixels[at + i]!) ** 2;
      if (distance < least) [least, label] = [distance, all.labels[k]!];
    }
    return label;
  }

  return {
    summary: `int16, local fields, ${phases[0]!.passes} passes over 600 images, ${stepsOf.length - 3} rounds of ${phases.at(-1)!.passes} passes over what it is sure of`,
    settings: { ...NETWORK, ...IMAGES, labels: LABELS, phases, sharpness: SHARPNESS, sure: SURE, labelledShare: LABELLED_SHARE, dropped: DROPPED, validation: VALIDATION, chunk: CHUNK },
    steps,
    stepsPerPass: steps,
    step(k) {
      let [phase, at] = [0, k];
      while (at >= stepsOf[phase]!) at -= stepsOf[phase++]!;
      learn(phase, at, new Random(1_000_000 * seed + k));
    },
    measure: () => ({
      [errorOf('nearest of the 600')]: testError(nearest, test),
      [errorOf('pixels, linear')]: pixelsError(all, labelled, test, { passes: 20, seed }),
      ...Object.fromEntries(phases.map(({ name }, p) => [errorOf(name), testError((x) => Number(learners[p]!.predict(x).label), test)])),
      ...Object.assign({}, ...phases.map(({ isTaught }, p) => (isTaught ? sureness(p) : {}))),
    }),
    save: () => joinBytes(learners.map((learner) => learner.save())),
    dispose: () => learners.forEach((learner) => learner.dispose()),
  };
}

const figure = (name: string): Figure => ({ name: errorOf(name), better: 'lower' });

export const experiment: Experiment = {
  title: 'MNIST, 600 labels',
  place: 1.2,
  figures: [{ name: TEST_ERROR, better: 'lower', target: 4, quickTarget: 4 }, ...['nearest of the 600', 'pixels, linear', 'as they are', 'shifted', 'deformed'].map(figure)],
  seeds: 3,
  start,
};
