/** The rivals, each with one setting for every cell. */
import type { Contestant } from '../script.js';
import { Backprop } from './backprop.js';
import { HoeffdingTree } from './hoeffding-tree.js';
import { LastLabel } from './last-label.js';
import { StreamingLda } from './lda.js';
import { NaiveBayes } from './naive-bayes.js';
import { NearestMean } from './nearest-mean.js';
import { Neighbours } from './neighbours.js';
import { Ridge } from './ridge.js';

export interface Rival {
  name: string;
  setting: string;
  make(inputs: number, labels: number, seed: number): Contestant | undefined; // undefined: not run at such a size
}

/** A covariance of more inputs takes more than three times the 16 kB that count, and most of the time of the benchmark. */
const MOST_SQUARED = 128;

export const RIVALS: readonly Rival[] = [
  { name: 'last label', setting: 'repeats the label taught last', make: () => new LastLabel() },
  { name: 'nearest mean', setting: 'distances in deviations of the inputs', make: (inputs) => new NearestMean(inputs) },
  { name: '1-NN', setting: 'of the last 1,000 samples, distances in deviations of the inputs', make: (inputs) => new Neighbours(inputs, 1) },
  { name: '5-NN', setting: 'of the last 1,000 samples, distances in deviations of the inputs', make: (inputs) => new Neighbours(inputs, 5) },
  { name: 'naive Bayes', setting: "Gaussian; one sample's worth of the overall variance in each", make: (inputs) => new NaiveBayes(inputs) },
  { name: 'ridge', setting: 'recursive least squares on one-hot labels, ridge 1; standardised online, clipped at 5', make: (inputs) => (inputs > MOST_SQUARED ? undefined : new Ridge(inputs)) },
  { name: 'LDA', setting: 'streaming, shrunk by 0.01 towards the variances of the inputs', make: (inputs) => (inputs > MOST_SQUARED ? undefined : new StreamingLda(inputs)) },
  { name: 'logistic', setting: 'rate 0.064, batch 1; standardised online, clipped at 5', make: (inputs, labels, seed) => new Backprop(inputs, [], labels, seed) },
  { name: 'MLP', setting: '64 units, rate 0.032, batch 1; standardised online, clipped at 5', make: (inputs, labels, seed) => new Backprop(inputs, [64], labels, seed) },
  { name: 'tree', setting: 'Hoeffding, naive Bayes in the leaves, as many leaves as 16 kB hold', make: (inputs, labels) => new HoeffdingTree(inputs, labels) },
];
