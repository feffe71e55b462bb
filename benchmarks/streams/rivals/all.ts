/**
 * The rivals that hurt: what is known to learn well from a stream in one pass. Each is tuned per stream over the settings named here, chosen on its first seed by hindsight, as backpropagation's
 * rate is; where chance has a part, the mean of three seeds is counted.
 */
import { HoeffdingTree } from '../../everyday/rivals/hoeffding-tree.js';
import { StreamingLda } from '../../everyday/rivals/lda.js';
import { NaiveBayes } from '../../everyday/rivals/naive-bayes.js';
import { Neighbours } from '../../everyday/rivals/neighbours.js';
import { Ridge } from '../../everyday/rivals/ridge.js';
import type { Contestant } from '../../everyday/script.js';
import type { Stream } from '../data.js';
import { Mlp } from '../../rivals/mlp.js';
import { mean, prequential, type Online } from '../prequential.js';
import type { Tuned } from '../tune.js';
import { AdaptiveForest } from './adaptive-forest.js';
import { RandomFeatures } from './random-features.js';

interface Rival {
  name: string;
  /** Settings to choose from, in words and as a learner. */
  settings: readonly (readonly [says: string, make: (stream: Stream, seed: number) => Contestant])[];
  isRandom?: true;
}

const each = <T>(values: readonly T[], says: (value: T) => string, make: (value: T, stream: Stream, seed: number) => Contestant): Rival['settings'] =>
  values.map((value) => [says(value), (stream: Stream, seed: number) => make(value, stream, seed)] as const);

/** Ridge, and the share of what was learned that is kept with each sample. */
const SQUARES = [0.1, 1, 10].flatMap((ridge) => [1, 0.999].map((keeps) => ({ ridge, keeps })));
const squares = ({ ridge, keeps }: (typeof SQUARES)[number]): string => `ridge ${ridge}, keeps ${keeps}`;
const TREES = [[50, 0.01], [200, 1e-5]].map(([grace, delta]) => ({ grace, delta, limit: 1 << 20, mostLeaves: 1000 }));

export const RIVALS: readonly Rival[] = [
  { name: 'elm', settings: each(SQUARES, squares, ({ ridge, keeps }, { inputs }, seed) => new RandomFeatures(inputs, 100, ridge, keeps, seed)), isRandom: true },
  { name: 'RLS', settings: each(SQUARES, squares, ({ ridge, keeps }, { inputs }) => new Ridge(inputs, ridge, keeps)) },
  { name: 'LDA', settings: each([0.001, 0.01, 0.1], (shrink) => `shrunk by ${shrink}`, (shrink, { inputs }) => new StreamingLda(inputs, shrink)) },
  { name: 'naive Bayes', settings: each(['Gaussian'], (says) => says, (_, { inputs }) => new NaiveBayes(inputs)) },
  { name: 'k-NN', settings: each([1, 3, 5, 9], (k) => `${k} of 1,000`, (k, { inputs }) => new Neighbours(inputs, k)) },
  { name: 'tree', settings: each(TREES, ({ grace, delta }) => `grace ${grace}, delta ${delta}`, (settings, { inputs, labels }) => new HoeffdingTree(inputs, labels.length, settings)) },
  { name: 'forest', settings: each(TREES, ({ grace, delta }) => `grace ${grace}, delta ${delta}`, (settings, { inputs, labels }, seed) => new AdaptiveForest(inputs, labels.length, 10, settings, seed)), isRandom: true },
];

const SEEDS = [1, 2, 3];

export interface Met {
  name: string;
  setting: string;
  accuracy: number;
  bytes: number; // at the end of the stream
  microseconds: number; // of processor a sample: answered and taught
}

/** A rival on a stream, with the best of its settings. */
export function meet({ name, settings, isRandom }: Rival, stream: Stream): Met {
  const runs = settings.map(([setting, make]) => ({ setting, make, ...walk(stream, make(stream, SEEDS[0])) }));
  const { setting, make, bytes, microseconds, accuracy } = runs.reduce((best, run) => (run.accuracy > best.accuracy ? run : best));
  const others = isRandom ? SEEDS.slice(1).map((seed) => walk(stream, make(stream, seed)).accuracy) : [];
  return { name, setting, accuracy: mean([accuracy, ...others]), bytes, microseconds };
}

/** Backpropagation, tuned before, once more for its bytes and its time. */
export function timed(stream: Stream, { hidden, accuracy, choice }: Tuned): Met {
  const { inputs, labels } = stream;
  const mlp = new Mlp({ inputs, labels: labels.length, hidden, seed: SEEDS[0], ...choice });
  const { microseconds } = measured(stream, mlp);
  const sizes = [inputs, ...hidden, labels.length];
  const values = sizes.slice(1).reduce((sum, size, l) => sum + size * (sizes[l] + 3), 2 * inputs); // weights, biases, activities, deltas; mean and variance
  return { name: hidden.length === 0 ? 'logistic' : `MLP ${hidden.join('-')}`, setting: `rate ${choice.rate.toPrecision(2)}, clip ${choice.clip}, margin ${choice.margin}`, accuracy, bytes: 4 * values, microseconds };
}

function walk(stream: Stream, contestant: Contestant): Omit<Met, 'name' | 'setting'> {
  const step = (x: Float32Array, y: number): number => {
    const answer = contestant.answer(x);
    contestant.teach(x, y);
    return answer;
  };
  return { ...measured(stream, { step }), bytes: contestant.bytes() };
}

function measured(stream: Stream, online: Online): { accuracy: number; microseconds: number } {
  const start = process.cpuUsage();
  const accuracy = prequential(stream, online);
  const { user, system } = process.cpuUsage(start);
  return { accuracy, microseconds: (user + system) / stream.samples };
}
