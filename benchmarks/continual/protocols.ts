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
  figure: string; // what is measured, with its unit
  data: string; // protocols with the same data differ in the memory only
  target?: Target;
  seeds: number;
  /** What onward gets beyond its defaults; of the rivals only backpropagation uses it. */
  memory(labels: number): Options;
  /** Other settings of onward that are shown beside. */
  beside: Record<string, (labels: number) => Options>;
  rivals: readonly RivalName[];
  /** The rivals' settings are chosen on the first seed: all seeds of all of them would take hours. */
  long?: boolean;
  /** Prepares the data once. */
  prepare(quick: boolean): Promise<Measure>;
}

export type Target = ({ atLeast: number } | { atMost: number }) & { memoryBytes?: number };
export type RivalName = 'backprop' | 'slda' | 'ncm';

/** One learner from one seed. */
export type Measure = (maker: Maker, seed: number) => Promise<Measured>;

export interface Measured {
  figure: number;
  /** By what a rival's setting is chosen (more is better), where the figure would not do. */
  chosenBy?: number;
  memoryBytes?: number;
  parts?: Record<string, Record<string, number>>; // by stream
}

const QUICK_MNIST = 6000;
const DETECTORS = ['two-rates', 'page-hinkley', 'adwin', 'ddm', 'input'] as const;
const NOTHING: Options = { exemplars: 0, prototypes: 0, drift: 'none' };
const ALL_RIVALS: readonly RivalName[] = ['backprop', 'slda', 'ncm'];
const FULL_STORE = 392_512; // 500 images of 784 bytes, and their labels: coarser images and their labels fit into the same bytes
const mnist = (quick: boolean) => splitMnist(quick ? QUICK_MNIST : undefined);

export const protocols: readonly Protocol[] = [
  tasks('digits', 'digits 8x8, two classes at a time, 20 exemplars a class', { atLeast: 94.5 }, 10, { exemplars: 200 }, digits),
  tasks('wand', 'magic wand, hard split, two at a time, 20 exemplars a class', { atLeast: 91 }, 10, { exemplars: 200 }, () => wand('by distance')),
  tasks('wand-time', 'magic wand, the same with points at equal times', { atLeast: 91 }, 10, { exemplars: 200 }, () => wand('by time')),
  tasks('fan', "fan, four speed bands in turn, 240 exemplars, keep: 'spread'", { atLeast: 86 }, 5, { exemplars: 240, keep: 'spread' }, () => fan('core')),
  tasks('fan-log', 'fan, the same with the log spectrum in float', { atLeast: 86 }, 5, { exemplars: 240, keep: 'spread' }, () => fan('log')),
  change('labels', 'label y becomes y + 1 halfway, 20 exemplars a label'),
  change('inputs', 'inputs swap places halfway, 20 exemplars a label'),
  prequentialFan('fan-alarm', 'fan', 'the fan stream with the drift alarm, nothing stored'),
  prequentialFan('fan-log-alarm', 'fan-log', 'the same, log spectrum in float'),
  shuffledStreams(),
  splitMnistTask('mnist', '500 exemplars of 8 bits', { atLeast: 92, memoryBytes: FULL_STORE }, { exemplars: 500, exemplarBits: 8 }),
  splitMnistTask('mnist-4-bit', '998 exemplars of 4 bits', { atLeast: 95, memoryBytes: FULL_STORE }, { exemplars: 998, exemplarBits: 4 }),
  splitMnistTask('mnist-2-bit', '1,952 exemplars of 2 bits', { atLeast: 95, memoryBytes: FULL_STORE }, { exemplars: 1952, exemplarBits: 2 }),
  splitMnistTask('mnist-157k', 'no samples stored, 157 KB', { atLeast: 91, memoryBytes: 157_000 }, { prototypes: 9 }),
  splitMnistTask('mnist-16k', 'no samples stored, 16 KB', { atLeast: 85, memoryBytes: 16_000 }, { prototypes: 1 }),
];

function tasks(
  name: string, title: string, target: Target, seeds: number, memory: Options,
  load: (quick: boolean) => ((seed: number) => Episode) | Promise<(seed: number) => Episode>,
): Protocol {
  const newest: Protocol['beside'] = memory.keep === 'spread' ? { "keep: 'recent'": () => ({ ...memory, keep: 'recent' }) } : {};
  return {
    name, data: name, title, target, seeds, figure: 'final accuracy, %', memory: () => memory, beside: { 'no memory': () => NOTHING, ...newest }, rivals: ALL_RIVALS,
    async prepare(quick) {
      const episodeOf = await load(quick);
      return async (maker, seed) => {
        const episode = episodeOf(seed);
        const learner = await maker(episode, seed);
        const figure = finalAccuracy(episode, learner);
        return { figure, memoryBytes: learner.memoryBytes?.() };
      };
    },
  };
}

function splitMnistTask(name: string, title: string, target: Target, memory: Options): Protocol {
  const rivals = memory.exemplars ? ALL_RIVALS : ALL_RIVALS.slice(1);
  return { ...tasks(name, `split-MNIST, ${title}`, target, 3, memory, mnist), data: 'mnist', rivals, long: true };
}

/**
 * Mean over the streams: short ones count as much as long ones. Settings are chosen by accuracy over the whole streams: who has little to lose is
 * soon back at 95 % of it (backpropagation at rate 0.3).
 */
function change(kind: Change, title: string): Protocol {
  const memory = (labels: number): Options => ({ exemplars: 20 * labels });
  return {
    name: `change-${kind}`, data: `change-${kind}`, title, seeds: 3, figure: 'samples until back at 95 %, mean of the streams', target: { atMost: 150 }, memory, rivals: ALL_RIVALS,
    beside: { 'no memory': () => NOTHING, 'store without alarm': (labels) => ({ ...memory(labels), drift: 'none' }), 'alarm without store': () => ({ drift: 'two-rates' }), ...byDetector((drift) => (labels) => ({ ...memory(labels), drift }), 'store and') },
    async prepare() {
      const streams = await countedStreams();
      return async (maker, seed) => {
        const parts = await each(streams, async (stream) => {
          const right = answers(changedHalfway(stream, kind, seed), await maker(shapeOf(stream), seed));
          return { ...recovery(right), accuracy: 100 * mean([...right]) };
        });
        const over = (key: keyof (typeof parts)[string]) => mean(Object.values(parts).map((part) => part[key]));
        return { figure: over('samplesUntilBack'), chosenBy: over('accuracy'), parts };
      };
    },
  };
}

/** The detector alone, without a store: it is the alarm that is asked about. */
function prequentialFan(name: string, source: string, title: string): Protocol {
  return {
    name, data: name, title, seeds: 10, figure: 'prequential accuracy, %', target: { atLeast: 91.5 }, memory: () => ({ drift: 'two-rates' }), rivals: ALL_RIVALS,
    beside: { 'no memory': () => NOTHING, 'alarm and 60 exemplars': () => ({ exemplars: 60 }) },
    async prepare() {
      const stream = await sources.find((one) => one.name === source)!.load();
      return async (maker, seed) => {
        const learner = await maker(shapeOf(stream), seed);
        return { figure: 100 * mean([...answers(stream, learner)]), parts: { [source]: { alarms: learner.alarms?.() ?? 0 } } };
      };
    },
  };
}

function shuffledStreams(): Protocol {
  return {
    name: 'alarms', data: 'alarms', title: 'alarms on shuffled streams, 20 exemplars a label', seeds: 3, figure: 'alarms in one pass over all streams', target: { atMost: 0 }, memory: (labels) => ({ exemplars: 20 * labels }), rivals: [],
    beside: byDetector((drift) => () => ({ drift }), 'nothing stored,'),
    async prepare() {
      const streams = await countedStreams();
      return async (maker, seed) => {
        const parts = await each(streams, async (stream) => {
          const learner = await maker(shapeOf(stream), seed);
          answers(shuffled(stream, seed), learner);
          return { alarms: learner.alarms?.() ?? 0 };
        });
        return { figure: Object.values(parts).reduce((sum, { alarms }) => sum + alarms, 0), parts };
      };
    },
  };
}

function byDetector(options: (drift: (typeof DETECTORS)[number]) => Protocol['memory'], title: string): Protocol['beside'] {
  return Object.fromEntries(DETECTORS.map((drift) => [`${title} ${drift}`, options(drift)]));
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
