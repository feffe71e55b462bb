/**
 * A recording cut into tasks that are learned one after the other, each once, and tested on all of them after each:
 * class-incremental (a task is a group of labels) or domain-incremental (a task is a speed, a device, a season, and every
 * label may come in each). The learner is told neither where a task ends nor which labels are to come.
 */
import { AccuracyMatrix } from '../host/accuracy-matrix.js';
import { progressive, type Online, type ProgressiveOptions } from '../host/progressive.js';
import { randomFrom, shuffle } from '../host/shuffle.js';
import type { Sample } from '../host/sources/sample.js';
import { byRecording, lastRecordings, type RecordingOf } from './recordings.js';

export interface Task {
  name: string;
  train: Sample[];
  test: Sample[];
}

/** The tasks in the order they are learned, and the one that a sample belongs to. */
export interface Protocol {
  names: readonly string[];
  taskOf(sample: Sample): string | undefined;
}

/** Class-incremental: `perTask` labels a task, in the order of `labels`. */
export function labelTasks(labels: readonly string[], perTask: number): Protocol {
  const task = new Map<string, string>();
  for (let i = 0; i < labels.length; i += perTask) {
    const together = labels.slice(i, i + perTask);
    for (const label of together) task.set(label, together.join(' '));
  }
  return { names: [...new Set(task.values())], taskOf: ({ y }) => (y === undefined ? undefined : task.get(y)) };
}

/** Domain-incremental: one task for every value of `group`, in the order of `values`. */
export function groupTasks(values: readonly string[]): Protocol {
  const names = new Set(values);
  return { names: values, taskOf: ({ group }) => (names.has(String(group)) ? String(group) : undefined) };
}

/** Domain-incremental: about `bands` tasks of about as many samples each, by rising numbers in `group`; equal numbers stay together. */
export function bandTasks(samples: Iterable<Sample>, bands: number): Protocol {
  const numbers = Array.from(samples, ({ group }) => Number(group ?? NaN)).filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const starts = [...new Set(Array.from({ length: bands }, (_, i) => numbers[Math.ceil((i * numbers.length) / bands)]!))];
  const names = starts.map((start, i) => {
    const last = numbers.findLast((value) => i === starts.length - 1 || value < starts[i + 1]!)!;
    return start === last ? String(start) : `${start} to ${Number(last.toPrecision(6))}`;
  });
  return { names, taskOf: ({ group }) => names[starts.findLastIndex((start) => start <= Number(group ?? NaN))] };
}

export interface CutOptions {
  /** Of the samples of every label of every task, the share that is kept for testing. Default 0.2. */
  testShare?: number;
  /** Decides which samples those are, and the order of the others inside their task. Default 1. */
  seed?: number;
  /** Inside a task samples keep their order, and of every label the last are tested. Default false. */
  inOrder?: boolean;
  /** The recording that a sample was cut from: all of it is tested, or nothing. Default: each sample stands for itself. */
  recordingOf?: RecordingOf | undefined;
}

/**
 * The samples of every task, some kept for testing. Samples without a label or without a task are left out. Of every label
 * of a task at least one sample is tested and at least one trained; a single one is trained.
 * @throws Error for a task in which nothing is left to test.
 */
export function cutTasks(samples: Iterable<Sample>, { names, taskOf }: Protocol, options: CutOptions = {}): Task[] {
  const { testShare = 0.2, seed = 1, inOrder = false, recordingOf } = options;
  if (!(testShare > 0 && testShare < 1)) throw new RangeError(`"testShare" must be above 0 and below 1, got ${testShare}`);
  const byTask = new Map(names.map((name) => [name, new Map<string, Sample[]>()]));
  const position = new Map<Sample, number>();
  for (const sample of samples) {
    const name = taskOf(sample);
    const byLabel = name === undefined ? undefined : byTask.get(name);
    if (sample.y === undefined || !byLabel) continue;
    position.set(sample, position.size);
    const same = byLabel.get(sample.y);
    if (same) same.push(sample);
    else byLabel.set(sample.y, [sample]);
  }
  const random = randomFrom(seed);
  return [...byTask].map(([name, byLabel]) => {
    const train: Sample[] = [];
    const test: Sample[] = [];
    for (const same of byLabel.values()) {
      if (!inOrder) shuffle(same, random);
      const cut = lastRecordings(byRecording(same, (sample) => sample, recordingOf), Math.max(1, Math.round(same.length * testShare)));
      train.push(...cut.taught);
      test.push(...cut.tested);
    }
    if (test.length === 0) throw new Error(`task "${name}" has ${train.length} samples, none of a label that comes ${recordingOf ? 'in two recordings' : 'twice'}: nothing can be kept for testing`);
    if (inOrder) train.sort((a, b) => position.get(a)! - position.get(b)!);
    else shuffle(train, random);
    return { name, train, test };
  });
}

export interface LearnTasksOptions extends Omit<ProgressiveOptions, 'every'> {
  /** After each task: how many are learned, and the accuracy on each. */
  onTask?: (learned: number, row: readonly number[]) => void;
}

/** One pass over all tasks as one stream; after each task a row of the matrix. */
export async function learnTasks(learner: Online, tasks: readonly Task[], { onTask, ...options }: LearnTasksOptions = {}): Promise<AccuracyMatrix> {
  let matrix = new AccuracyMatrix();
  const measure = () => {
    matrix = matrix.with(testTasks(learner, tasks));
    onTask?.(matrix.rows.length, matrix.rows.at(-1)!);
  };
  let end = tasks[0]?.train.length ?? 0;
  for await (const { n } of progressive(learner, tasks.flatMap(({ train }) => train), options)) {
    if (n < end || matrix.rows.length === tasks.length - 1) continue;
    measure();
    end += tasks[matrix.rows.length]!.train.length;
  }
  measure(); // the last one when every late label has arrived
  return matrix;
}

/** Share answered rightly of the held-out samples of every task. */
export function testTasks(learner: Pick<Online, 'predict'>, tasks: readonly Task[]): number[] {
  return tasks.map(({ test }) => test.filter(({ x, y }) => learner.predict(x).label === y).length / test.length);
}

/** Share answered rightly of all held-out samples together, from a row of the matrix: every sample counts alike. */
export function accuracyOver(tasks: readonly Task[], row: readonly number[]): number {
  const samples = tasks.reduce((sum, { test }) => sum + test.length, 0);
  return tasks.reduce((sum, { test }, i) => sum + row[i]! * test.length, 0) / samples;
}
