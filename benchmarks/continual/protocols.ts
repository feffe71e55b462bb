/** Every protocol: its target, its seeds, the memory that learners may use in it, and how a learner is measured. */
import { existsSync } from 'node:fs';
import { mean } from '../streams/prequential.js';
import { sources, type Stream } from '../streams/data.js';
import { answers, changedHalfway, recovery, shapeOf, shuffled, type Change } from './change.js';
import { digits, fan, finalAccuracy, splitMnist, wand, type Episode } from './episodes.js';
import type { Maker } from './learner.js';
import type { Options } from './onward.js';

export interface Protocol {
  name: string;
  title: string;
  kind: 'tasks' | 'change' | 'prequential' | 'alarms';
  figure: string;
  target?: { atLeast: number } | { atMost: number };
  seeds: number;
  /** What onward gets beyond its defaults; of the rivals only those with a store use it. */
  memory(labels: number): Options;
  /** Prepares the data once. */
  prepare(quick: boolean): Promise<Measure>;
}

/** One learner from one seed. */
export type Measure = (maker: Maker, seed: number) => Promise<Measured>;

export interface Measured {
  figure: number;
  parts?: Record<string, unknown>; // by stream
}

const QUICK_MNIST = 6000;
const exemplars = (count: number, exemplarBits = 8) => () => ({ exemplars: count, exemplarBits });
const mnist = (quick: boolean) => splitMnist(quick ? QUICK_MNIST : undefined);

export const protocols: readonly Protocol[] = [
  tasks('digits', 'digits 8x8, five steps of two classes, 20 exemplars a class', 94.5, 10, exemplars(200), digits),
  tasks('wand', 'magic wand, hard split, 20 exemplars a class', 91, 10, exemplars(200), wand),
  tasks('fan', 'fan, four speed bands in turn, 240 exemplars', 86, 5, exemplars(240), () => fan('core')),
  tasks('fan-log', 'the same, log spectrum in float instead of the core\'s features', undefined, 5, exemplars(240), () => fan('log')),
  change('labels', 'labels y -> y+1 at half of the stream, 20 exemplars a label'),
  change('inputs', 'inputs swap places at half of the stream, 20 exemplars a label'),
  prequentialFan('fan-alarm', 'fan', 'the fan stream with the drift alarm, nothing stored'),
  prequentialFan('fan-log-alarm', 'fan-log', 'the same, log spectrum in float'),
  shuffledStreams(),
  tasks('mnist', 'split-MNIST, 500 exemplars of 8 bits (392 KB)', 92, 3, exemplars(500), mnist),
  tasks('mnist-4-bit', 'split-MNIST, 1,000 exemplars of 4 bits (392 KB)', 95, 3, exemplars(1000, 4), mnist),
  tasks('mnist-2-bit', 'split-MNIST, 2,000 exemplars of 2 bits (392 KB)', 95, 3, exemplars(2000, 2), mnist),
  tasks('mnist-157k', 'split-MNIST, no samples stored, at most 157 KB', 91, 3, () => ({ prototypes: 5 }), mnist),
  tasks('mnist-16k', 'split-MNIST, no samples stored, at most 16 KB beside the weights', 85, 3, () => ({ prototypes: 1 }), mnist),
];

function tasks(
  name: string, title: string, atLeast: number | undefined, seeds: number, memory: () => Options,
  load: (quick: boolean) => ((seed: number) => Episode) | Promise<(seed: number) => Episode>,
): Protocol {
  return {
    name, title, seeds, memory, kind: 'tasks', figure: 'final accuracy, %',
    ...(atLeast === undefined ? {} : { target: { atLeast } }),
    async prepare(quick) {
      const episodeOf = await load(quick);
      return async (maker, seed) => {
        const episode = episodeOf(seed);
        return { figure: finalAccuracy(episode, await maker(episode, seed)) };
      };
    },
  };
}

/** Mean over the streams: short ones count as much as long ones. */
function change(kind: Change, title: string): Protocol {
  return {
    name: `change-${kind}`, title, seeds: 3, kind: 'change', figure: 'samples until back at 95 %, mean of the streams', target: { atMost: 150 }, memory: (labels) => ({ exemplars: 20 * labels }),
    async prepare() {
      const streams = await countedStreams();
      return async (maker, seed) => {
        const parts = await each(streams, async (stream) => recovery(answers(changedHalfway(stream, kind, seed), await maker(shapeOf(stream), seed))));
        return { figure: mean(Object.values(parts).map((part) => part.samplesUntilBack)), parts };
      };
    },
  };
}

/** The detector alone, without a store: it is the alarm that is asked about. */
function prequentialFan(name: string, source: string, title: string): Protocol {
  return {
    name, title, seeds: 10, kind: 'prequential', figure: 'prequential accuracy, %', target: { atLeast: 91.5 }, memory: () => ({ drift: 'two-rates' }),
    async prepare() {
      const stream = await sources.find((one) => one.name === source)!.load();
      return async (maker, seed) => {
        const learner = await maker(shapeOf(stream), seed);
        return { figure: 100 * mean([...answers(stream, learner)]), parts: { alarms: learner.alarms?.() } };
      };
    },
  };
}

function shuffledStreams(): Protocol {
  return {
    name: 'alarms', title: 'alarms on shuffled streams, 20 exemplars a label', seeds: 3, kind: 'alarms', figure: 'alarms, all streams', target: { atMost: 0 }, memory: (labels) => ({ exemplars: 20 * labels }),
    async prepare() {
      const streams = await countedStreams();
      return async (maker, seed) => {
        const parts = await each(streams, async (stream) => {
          const learner = await maker(shapeOf(stream), seed);
          answers(shuffled(stream, seed), learner);
          return learner.alarms?.() ?? 0;
        });
        return { figure: Object.values(parts).reduce((sum, count) => sum + count, 0), parts };
      };
    },
  };
}

async function each<T>(streams: readonly Stream[], measure: (stream: Stream) => Promise<T>): Promise<Record<string, T>> {
  const parts: Record<string, T> = {};
  for (const stream of streams) parts[stream.name] = await measure(stream);
  return parts;
}

async function countedStreams(): Promise<Stream[]> {
  const found = sources.filter((source) => source.counted && existsSync(source.file));
  return Promise.all(found.map((source) => source.load()));
}
