/**
 * The tasks-in-turn protocols: samples that come task by task, one pass, and a test set over all tasks that is asked at the end, after one sleep.
 * No learner is told that there are tasks. The seed decides the split where that is random, the order of samples inside a task, and the learner.
 */
import { join } from 'node:path';
import { IMAGES } from '../mnist/onward.js';
import { image, loadMnist, PIXELS, type Images } from '../mnist/data.js';
import { Random } from '../rivals/random.js';
import { ROOT } from '../streams/data.js';
import { fanSamples } from '../streams/fan.js';
import { readCsv } from '../streams/tables.js';
import { POINTS, recordedStrokes } from '../streams/wand.js';
import { accuracy, type ContinualLearner, type Shape } from './learner.js';
import { byLabel, fromArrays, select, type Samples } from './samples.js';

export interface Episode extends Shape {
  train: Samples; // in the order of learning
  test: Samples;
}

/** Everything learned once, a sleep where the learner can, then the accuracy over all tasks in percent. */
export function finalAccuracy(episode: Episode, learner: ContinualLearner): number {
  const { train, test } = episode;
  for (let k = 0; k < train.length; k++) learner.learn(train.x(k), train.y(k));
  learner.sleep?.();
  return accuracy(learner, test);
}

/** Labels two at a time, in their own order; the samples of a pair are shuffled. */
function pairs(train: Samples, labels: number, random: Random): Samples {
  const groups = byLabel(train, labels);
  const order: number[] = [];
  for (let c = 0; c < labels; c += 2) order.push(...random.shuffle([...groups[c], ...(groups[c + 1] ?? [])]));
  return select(train, order);
}

const SMALL = [64, 64];

/** 1,797 digits of 8x8 pixels, a random fifth held out. */
export function digits(): (seed: number) => Episode {
  const rows = readCsv(join(ROOT, 'data/digits_8x8.csv.gz')).map((row) => row.map(Number));
  const all = fromArrays(rows.map((row) => row.slice(0, 64)), rows.map((row) => row[64]));
  return (seed) => {
    const random = new Random(seed);
    const order = random.shuffle(Array.from({ length: all.length }, (_, k) => k));
    const held = Math.round(all.length / 5);
    return { inputs: 64, labels: 10, units: SMALL, train: pairs(select(all, order.slice(held)), 10, random), test: select(all, order.slice(0, held)) };
  };
}

/**
 * Magic wand, the hard split: of each digit the first 80 strokes of the recording train, the last 20 test. The 20 points of a stroke stand at equal
 * distances along its path, or at equal times as in the prototype that the target comes from; the second is harder for everyone.
 */
export function wand(points: 'by distance' | 'by time'): (seed: number) => Episode {
  const strokes = recordedStrokes(join(ROOT, 'data/magic_wand_digits.tar.gz'), points);
  const all = fromArrays(strokes.map((s) => s.features), strokes.map((s) => Number(s.label)));
  const groups = byLabel(all, 10);
  const train = select(all, groups.flatMap((group) => group.slice(0, -20)));
  const test = select(all, groups.flatMap((group) => group.slice(-20)));
  return (seed) => ({ inputs: 2 * POINTS, labels: 10, units: SMALL, train: pairs(train, 10, new Random(seed)), test });
}

/** Speeds at which the second, third and fourth band of the fan begin, in percent: 20 to 35, 40 to 55, 60 to 75, 80 to 100. */
const BANDS = [40, 60, 80];

/** The fan at rising speed, four bands in turn, the same three labels in each: a random fifth of the windows of each band is held out. */
export async function fan(kind: 'core' | 'log'): Promise<(seed: number) => Episode> {
  const { xs, ys, speeds } = await fanSamples(kind);
  const names = [...new Set(ys)].sort();
  const all = fromArrays(xs, ys.map((y) => names.indexOf(y)));
  const bandOf = (speed: number) => BANDS.filter((from) => speed >= from).length;
  return (seed) => {
    const random = new Random(seed);
    const order = random.shuffle(xs.map((_, k) => k));
    const train: number[] = [];
    const test: number[] = [];
    for (let band = 0; band <= BANDS.length; band++) {
      const own = order.filter((k) => bandOf(speeds[k]) === band);
      const held = Math.round(own.length / 5);
      test.push(...own.slice(0, held));
      train.push(...own.slice(held).sort((a, b) => speeds[a] - speeds[b])); // a stable sort: shuffled inside a speed
    }
    return { inputs: xs[0].length, labels: names.length, units: SMALL, train: select(all, train), test: select(all, test) };
  };
}

/** MNIST, digits in pairs, 784-200-200 without the skip input; the whole test set at the end. `samples` cuts the training set for a quick look. */
export function splitMnist(samples?: number): (seed: number) => Episode {
  const train = asSamples(loadMnist('train'), samples);
  const test = asSamples(loadMnist('t10k'));
  return (seed) => ({ inputs: PIXELS, labels: 10, units: [200, 200], inputScale: IMAGES.inputScale, train: pairs(train, 10, new Random(seed)), test });
}

function asSamples(images: Images, length = images.count): Samples {
  const x = new Float32Array(PIXELS);
  return { length, x: (k) => image(images, k, x), y: (k) => images.labels[k] };
}
