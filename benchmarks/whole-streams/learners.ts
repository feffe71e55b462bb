/** Who is measured: each with one setting for all streams, as its paper or the library has it by default. */
import { createLearner, type LearnerMemory, type LearnerSettings } from '../../host/index.js';
import { Backprop } from '../everyday/rivals/backprop.js';
import { HoeffdingTree } from '../everyday/rivals/hoeffding-tree.js';
import { StreamingLda } from '../everyday/rivals/lda.js';
import { NaiveBayes } from '../everyday/rivals/naive-bayes.js';
import { Neighbours } from '../everyday/rivals/neighbours.js';
import type { Contestant } from '../everyday/script.js';
import type { Stream } from '../streams/data.js';
import { AdaptiveForest } from '../streams/rivals/adaptive-forest.js';

/** Hulten's and MOA's defaults: a leaf looks after 200 samples, sure to 1 in 10 million; a forest's trees after 50, to 1 in 100 (Gomes and others, 2017). */
const TREE = { grace: 200, delta: 1e-7, limit: 8 << 20, mostLeaves: 5000 };
const FOREST = { grace: 50, delta: 0.01, limit: 8 << 20, mostLeaves: 5000 };

type Make = (stream: Stream, seed: number) => Contestant | Promise<Contestant>;

export interface Contender {
  name: string;
  make: Make;
}

export const LEARNERS: readonly Contender[] = [
  { name: 'onward', make: onward({}) },
  { name: 'onward, full', make: onward({ secondOrder: 'full' }) },
  { name: 'onward, 200 exemplars', make: onward({ exemplars: 200 }) },
  { name: 'logistic', make: ({ inputs, labels }, seed) => new Backprop(inputs, [], labels.length, seed) },
  { name: 'MLP 64', make: ({ inputs, labels }, seed) => new Backprop(inputs, [64], labels.length, seed) },
  { name: 'LDA', make: ({ inputs }) => new StreamingLda(inputs) },
  { name: 'naive Bayes', make: ({ inputs }) => new NaiveBayes(inputs) },
  { name: '5-NN of 1,000', make: ({ inputs }) => new Neighbours(inputs, 5) },
  { name: 'Hoeffding tree', make: ({ inputs, labels }) => new HoeffdingTree(inputs, labels.length, TREE) },
  forest(10),
];

/** An adaptive random forest of so many trees. */
export function forest(trees: number): Contender {
  return { name: `ARF ${trees}`, make: ({ inputs, labels }, seed) => new AdaptiveForest(inputs, labels.length, trees, FOREST, seed) };
}

/** The library with its defaults. */
function onward(settings: Partial<LearnerSettings> & LearnerMemory): Make {
  return async ({ inputs, labels }, seed) => {
    const learner = await createLearner({ inputs, labels, seed, ...settings } as Parameters<typeof createLearner>[0]);
    const index = new Map(labels.map((label, c) => [label, c]));
    return {
      answer: (x) => index.get(learner.predict(x).label ?? '') ?? -1,
      teach: (x, label) => void learner.learn(x, labels[label]),
      bytes: () => learner.stats().bytes.arena,
    };
  };
}
