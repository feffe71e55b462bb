/** Rows of one file that are kept for testing, once or in turn. */
import { Rehearsal, createLearner, type LearnerConfig } from '../host/index.js';
import { Measures } from '../host/measures.js';
import { randomFrom, shuffle } from '../host/shuffle.js';
import { hearing } from '../host/sound/silence.js';
import type { CsvFile } from '../host/sources/csv.js';
import type { Sample } from '../host/sources/sample.js';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { byRecording, lastRecordings, type RecordingOf } from './recordings.js';
import type { SoundTable } from './sound.js';
import type { TableInput } from './table-input.js';
import { count, jsonText, percent, table } from './terminal.js';

export const SPLIT_OPTIONS: Record<string, Option> = {
  shuffle: { help: 'rows in a random order, which --seed decides; the file is held in memory for that, and for what follows' },
  'test-share': { value: 'P', help: 'share of the rows of each label that is kept for testing (default 0, with --tasks 0.2 of every task)' },
  'in-order': { help: 'with --test-share: the rows that come last are tested, not random ones' },
  folds: { value: 'K', help: 'K learners, each tested on another part of the rows: the mean, and by how much they differ' },
};

interface Split {
  samples: AsyncIterable<Sample> | Iterable<Sample>;
  /** Those kept for testing, where any are. */
  held: Sample[] | undefined;
}

/** Parts of a file: one is learned, the other held out. */
export async function splitOf(source: AsyncIterable<Sample>, args: Arguments, recordingOf: RecordingOf | undefined): Promise<Split> {
  const share = args.number('test-share', 0.01, 0.9);
  if (args.has('in-order') && share === undefined) throw new UsageError('--in-order needs --test-share P');
  if (share !== undefined && args.has('test')) throw new UsageError('give --test or --test-share, not both');
  if (share === undefined && !args.has('shuffle')) return { samples: source, held: undefined };
  const samples = await gathered(source);
  const random = randomFrom(args.whole('seed', 0, 0xffff_ffff) ?? 1);
  const isHeld = share === undefined ? undefined : args.has('in-order') ? lastOf(samples, share, recordingOf) : shareOf(samples, share, random, recordingOf);
  if (recordingOf && isHeld?.size === 0) throw new Error('--test-share: of no label are there two recordings, and windows of one overlap; give other recordings with --test FILE');
  const learned = isHeld ? samples.filter((_, i) => !isHeld.has(i)) : samples;
  if (args.has('shuffle')) shuffle(learned, random);
  return { samples: learned, held: isHeld && samples.filter((_, i) => isHeld.has(i)) };
}

async function gathered(source: AsyncIterable<Sample>): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const sample of source) samples.push(sample);
  return samples;
}

function lastOf(samples: readonly Sample[], share: number, recordingOf: RecordingOf | undefined): Set<number> {
  const recordings = byRecording([...samples.keys()], (i) => samples[i]!, recordingOf);
  return new Set(lastRecordings(recordings, Math.max(1, Math.round(share * samples.length))).tested);
}

/** Of every label the same share, at random, but for one of it at least. */
function shareOf(samples: readonly Sample[], share: number, random: () => number, recordingOf: RecordingOf | undefined): Set<number> {
  return new Set([...byLabel(samples).values()].flatMap((same) => {
    const recordings = byRecording(shuffle(same, random), (i) => samples[i]!, recordingOf);
    return lastRecordings(recordings.reverse(), Math.max(1, Math.round(share * same.length))).tested;
  }));
}

/** The places of the samples of each label; those without one are never tested. */
function byLabel(samples: readonly Sample[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  samples.forEach(({ y }, i) => {
    if (y === undefined) return;
    const same = places.get(y);
    if (same) same.push(i);
    else places.set(y, [i]);
  });
  return places;
}

/** `onward eval --folds`. */
export async function evaluateFolds(path: string, file: CsvFile, feed: TableInput, config: LearnerConfig, args: Arguments, heard: SoundTable | undefined): Promise<void> {
  for (const name of ['test', 'test-share', 'in-order', 'passes', 'save', 'out', 'delay', 'adapt', 'label-every']) if (args.has(name)) throw new UsageError(`give --folds or --${name}, not both`);
  const folds = args.whole('folds', 2, 100)!;
  const samples = await gathered(feed.samples);
  const random = randomFrom(config.seed ?? 1);
  const foldOf = new Map<number, number>();
  let next = 0;
  for (const same of byLabel(samples).values()) {
    for (const recording of byRecording(shuffle(same, random), (i) => samples[i]!, heard?.recordingOf)) {
      for (const i of recording) foldOf.set(i, next % folds);
      next++;
    }
  }
  const start = performance.now();
  const results = [];
  for (let fold = 0; fold < folds; fold++) {
    const learner = await createLearner(config);
    if (heard) hearing(learner);
    const rehearsal = new Rehearsal(learner, { seconds: Infinity });
    const order = samples.flatMap((sample, i) => (foldOf.has(i) && foldOf.get(i) !== fold ? [sample] : []));
    for (const { x, y } of args.has('shuffle') ? shuffle(order, random) : order) learner.learn(x, y!);
    rehearsal.finish();
    const measures = new Measures(file.labels);
    samples.forEach(({ x, y }, i) => {
      if (foldOf.get(i) !== fold) return;
      const { label, probability } = learner.predict(x);
      measures.add(y!, label, false, probability);
    });
    learner.dispose();
    results.push({ samples: measures.samples, accuracy: measures.accuracy, balancedAccuracy: measures.balancedAccuracy });
  }
  const seconds = (performance.now() - start) / 1000;
  const [accuracy, balanced] = [spread(results.map((r) => r.accuracy)), spread(results.map((r) => r.balancedAccuracy))];
  const result = { file: path, folds: results, accuracy: accuracy.mean, deviation: accuracy.deviation, balancedAccuracy: balanced.mean, seconds, label: file.labelName, inputs: file.names, warnings: file.warnings };
  const text = table([
    ['folds', count(folds), `${count(foldOf.size)} ${feed.unit}, each tested once by a learner that did not learn it`],
    ['accuracy', percent(accuracy.mean), `deviation ${percent(accuracy.deviation)}, from ${percent(accuracy.least)} to ${percent(accuracy.most)}`],
    ['balanced accuracy', percent(balanced.mean), `deviation ${percent(balanced.deviation)}`],
    ['time', `${seconds.toFixed(2)} s`, ''],
  ]);
  process.stdout.write(args.has('json') ? `${jsonText(result)}\n` : `${text}\n`);
}

function spread(values: readonly number[]): { mean: number; deviation: number; least: number; most: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
  return { mean, deviation, least: Math.min(...values), most: Math.max(...values) };
}
