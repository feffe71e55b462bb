import { writeFileSync } from 'node:fs';
import { AccuracyMatrix } from '../host/accuracy-matrix.js';
import { createLearner, type Learner, type LearnerConfig } from '../host/index.js';
import { Measures } from '../host/measures.js';
import { NearestMean } from './nearest-mean.js';
import type { Online } from '../host/progressive.js';
import { cellLabel, orderLabels } from '../host/sources/columns.js';
import type { CsvFile } from '../host/sources/csv.js';
import type { Sample } from '../host/sources/sample.js';
import { accuracyOver, bandTasks, cutTasks, groupTasks, labelTasks, learnTasks, testTasks, type LearnTasksOptions, type Protocol, type Task } from './tasks.js';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { inputOf, type TableInput } from './table-input.js';
import { figures } from './figures.js';
import { checkWritable, openTable, rereadable, tellUnits, tellWarnings, titleOf } from './files.js';
import { learnerConfig } from './learner-options.js';
import { noteText, tableShape } from './model-note.js';
import type { RecordingOf } from './recordings.js';
import { hearing } from '../host/sound/silence.js';
import { soundOf, soundTable } from './sound.js';
import { count, grid, jsonText, paint, percent, statusLine } from './terminal.js';

/** Kept for each label where the command line says nothing about memory. */
const EXEMPLARS_PER_LABEL = 20;
/** More tasks than this are no longer read as a table. */
const MOST_TASKS = 64;
const MOST_COLUMNS = 20;

export const TASK_OPTIONS: Record<string, Option> = {
  tasks: { value: 'COLUMN', help: 'one after the other: groups of labels (COLUMN is label), or the values of another column' },
  'labels-per-task': { value: 'N', help: 'with --tasks label (default 2)' },
  bands: { value: 'N', help: 'with --tasks COLUMN: its numbers in N bands of about equally many rows, one task each' },
  'task-order': { value: 'ORDER', help: 'sorted: by number or spelling; first: as they appear in the file (default sorted)' },
};

export const TASK_NOTES = [
  `--tasks: the tasks of the file are learned one after the other, each in one pass, and after each all of them are tested on
rows kept aside. The learner is not told where a task ends, nor which labels are to come. COLUMN is label (or the label's own
name), or another column, which is then no input. Where no memory is asked for, it keeps ${EXEMPLARS_PER_LABEL} exemplars a label. At the end it sleeps:
it replays its exemplars, with no new data. Beside it: the same learner without memory, and the nearest class mean.`,
];

/** `onward eval --tasks`. */
export async function evaluateTasks(args: Arguments): Promise<void> {
  for (const name of ['passes', 'test', 'time', 'adapt', 'shuffle', 'folds', 'out']) if (args.has(name)) throw new UsageError(`give --tasks or --${name}, not both`);
  if (args.operands.length === 0) throw new UsageError(`FILE is missing; --tasks takes a column: --tasks label ${args.text('tasks')}`);
  const path = args.operand('FILE');
  const save = checkWritable('save', args);
  const options = streamOptions(args);
  const seed = args.whole('seed', 0, 0xffff_ffff) ?? 1;
  const testShare = args.number('test-share', 0.01, 0.9) ?? 0.2;

  const start = performance.now();
  const { file, feed, samples, protocol, kind, warnings, recordingOf } = await readTasks(path, args);
  if (protocol.names.length < 2) throw new Error(`${titleOf(path)}: one task only, "${protocol.names[0]}"; two are needed. ${kind === 'class-incremental' ? `Give --labels-per-task ${Math.max(1, file.labels.length >> 1)}` : 'Name another column'}`);
  const tasks = cutTasks(samples, protocol, { testShare, seed, inOrder: args.has('in-order'), recordingOf });
  const status = statusLine(args.has('quiet') || args.has('json'));

  const asked = learnerConfig(args);
  const memory = asked.exemplars === undefined && asked.prototypes === undefined ? { exemplars: EXEMPLARS_PER_LABEL * file.labels.length } : {};
  const config = { ...asked, ...memory, ...feed.shape, labels: [], labelCapacity: file.labels.length } as LearnerConfig;
  const remembers = (config.exemplars ?? 0) + (config.prototypes ?? 0) > 0;
  const name = !remembers ? 'no memory' : config.prototypes ? `${config.prototypes} prototypes a label` : `${count(config.exemplars!)} exemplars`;

  const alarmsAt: number[] = [];
  const learner = await createLearner(config, { onDrift: ({ seen }) => alarmsAt.push(seen) });
  const sound = soundOf(path, args);
  if (sound) hearing(learner);
  tellUnits(learner, args);
  const measures = new Measures();
  const play = (who: string, online: Online, more: LearnTasksOptions = {}) =>
    learnTasks(online, tasks, { ...options, ...more, onTask: (learned) => status.say(`${who}: ${learned} of ${tasks.length} tasks`) });
  const awake = await play(name, learner, { measures });
  let rested = awake;
  const sleeps = (config.exemplars ?? 0) > 0; // prototypes are not replayed without a new sample
  if (sleeps) {
    status.say(`${name}: asleep`);
    learner.sleep();
    rested = awake.withLast(testTasks(learner, tasks));
  }

  const untrained = kind === 'domain-incremental' ? await untrainedRow({ ...asked, ...feed.shape, labels: file.labels }, tasks, sound !== undefined) : undefined;
  const summaryOf = (matrix: AccuracyMatrix) => taskFigures(matrix, tasks, untrained);
  const baselines = [];
  if (remembers) {
    const naive = await createLearner({ ...config, exemplars: 0, prototypes: 0, keep: 'recent', replays: 0, exemplarBits: 8, drift: 'none' });
    if (sound) hearing(naive);
    baselines.push({ name: 'no memory', ...summaryOf(await play('no memory', naive)), arenaBytes: naive.stats().bytes.arena });
    naive.dispose();
  }
  baselines.push({ name: 'nearest class mean', ...summaryOf(await play('nearest class mean', nearestMean(learner))) });
  const seconds = (performance.now() - start) / 1000;
  status.clear();
  learner.note = noteText({ ...tableShape(file), ...(sound ? { sound } : {}) });
  if (save !== undefined) writeFileSync(save, learner.save());

  const result = {
    file: path,
    protocol: kind,
    unit: feed.unit,
    tasks: tasks.map((task) => ({ name: task.name, train: task.train.length, test: task.test.length })),
    ...figures(learner, measures),
    alarmsAt,
    learner: name,
    ...summaryOf(rested),
    beforeSleep: sleeps ? summaryOf(awake) : null,
    baselines,
    seconds,
    ...options,
    testShare,
    label: file.labelName,
    inputs: file.names,
    config: learner.config,
    warnings,
  };
  process.stdout.write(args.has('json') ? `${jsonText(result)}\n` : `${report(result)}\n`);
  learner.dispose();
}

export function streamOptions(args: Arguments): { labelEvery: number; delay: number } {
  return { labelEvery: args.whole('label-every', 1, 1e9) ?? 1, delay: args.whole('delay', 0, 1e6) ?? 0 };
}

/** Published measures of a matrix; `final` is over all held-out rows alike. */
function taskFigures(matrix: AccuracyMatrix, tasks: readonly Task[], untrained: readonly number[] | undefined) {
  return {
    finalAccuracy: accuracyOver(tasks, matrix.rows.at(-1)!),
    averageAccuracy: matrix.averageAccuracy,
    incrementalAccuracy: matrix.incrementalAccuracy,
    forgetting: matrix.forgetting,
    backwardTransfer: matrix.backwardTransfer,
    forwardTransfer: untrained ? matrix.forwardTransfer(untrained) : null,
    matrix: matrix.rows,
  };
}

/** Baseline of forward transfer: the accuracies at random initialisation, all labels known. */
async function untrainedRow(config: LearnerConfig, tasks: readonly Task[], isSound: boolean): Promise<number[]> {
  const learner = await createLearner(config);
  if (isSound) hearing(learner);
  const row = testTasks(learner, tasks);
  learner.dispose();
  return row;
}

/** Nearest means of what the learner sees: of windows, their features. */
function nearestMean(learner: Learner): Online {
  const means = new NearestMean(learner.config.inputs);
  const see = (x: ArrayLike<number>) => (learner.config.window ? learner.features(x) : x);
  return { labels: means.labels, predict: (x) => means.predict(see(x)), learn: (x, label) => means.learn(see(x), label) };
}

interface Read {
  file: CsvFile;
  feed: TableInput;
  samples: Sample[];
  kind: 'class-incremental' | 'domain-incremental';
  protocol: Protocol;
  warnings: string[];
  /** Of sound. */
  recordingOf: RecordingOf | undefined;
}

/** The file in memory, and what its tasks are. */
async function readTasks(path: string, args: Arguments): Promise<Read> {
  const column = args.text('tasks')!;
  const order = args.text('task-order') ?? 'sorted';
  if (order !== 'sorted' && order !== 'first') throw new UsageError(`--task-order must be sorted or first, got ${order}`);
  const sound = soundOf(path, args);
  const heard = sound && (await soundTable(path, sound, args));
  const recordingOf = heard?.recordingOf;
  const source = heard?.text ?? (await rereadable(path));
  let file = await openTable(path, args, {}, source);
  const warnings = [...file.warnings];
  const { names, label } = file.layout;
  let byLabel = column === 'label' || column === file.labelName || column === String(label);
  if (!byLabel && !names && !/^\d+$/.test(column)) {
    // Nothing in the file has a name, so a name can only be what the user calls the label.
    warnings.push(`the file has no header: --tasks ${column} is taken for the label, column ${label}`);
    byLabel = true;
  }
  if (byLabel && args.has('bands')) throw new UsageError('--bands needs --tasks with a column of numbers other than the label');
  if (!byLabel && args.has('labels-per-task')) throw new UsageError('--labels-per-task needs --tasks label');
  if (!byLabel) {
    file = await openTable(path, args, { group: column }, source);
    warnings.splice(0, Infinity, ...file.warnings);
  }
  tellWarnings(path, { ...file, warnings }, args);
  if (heard) warnings.unshift(...heard.warnings);

  const samples: Sample[] = [];
  const feed = inputOf(file, args);
  for await (const sample of feed.samples) samples.push(sample);
  if (byLabel) {
    const labels = order === 'sorted' ? file.labels : [...new Set(samples.flatMap(({ y }) => y ?? []))];
    return { file, feed, samples, kind: 'class-incremental', protocol: labelTasks(labels, args.whole('labels-per-task', 1, 255) ?? 2), warnings, recordingOf };
  }
  return { file, feed, samples, kind: 'domain-incremental', protocol: domains(samples, column, order, args), warnings, recordingOf };
}

function domains(samples: Sample[], column: string, order: 'sorted' | 'first', args: Arguments): Protocol {
  const cells = [...new Set(samples.flatMap(({ group }) => (group === undefined ? [] : [String(group)])))];
  const numeric = cells.every((cell) => !Number.isNaN(Number(cell)));
  const bands = args.whole('bands', 2, MOST_TASKS);
  if (bands !== undefined) {
    if (!numeric) throw new Error(`--bands: column ${JSON.stringify(column)} holds text ("${cells.find((cell) => Number.isNaN(Number(cell)))}"); leave --bands out for one task a value`);
    return bandTasks(samples, bands);
  }
  for (const sample of samples) if (sample.group !== undefined) sample.group = cellLabel(String(sample.group), numeric);
  const values = order === 'sorted' ? orderLabels(cells, numeric) : [...new Set(cells.map((cell) => cellLabel(cell, numeric)!))];
  if (values.length > MOST_TASKS) {
    throw new Error(`--tasks: column ${JSON.stringify(column)} holds ${count(values.length)} different values, at most ${MOST_TASKS} can be tasks${numeric ? '; cut them into bands: --bands 4' : ''}`);
  }
  return groupTasks(values);
}

type TaskFigures = ReturnType<typeof taskFigures>;

interface Result extends TaskFigures {
  protocol: string;
  unit: string;
  tasks: readonly { name: string; train: number; test: number }[];
  learner: string;
  alarmsAt: readonly number[];
  arenaBytes: number;
  accuracy: number;
  beforeSleep: TaskFigures | null;
  baselines: readonly ({ name: string } & TaskFigures)[];
  seconds: number;
}

function report(r: Result): string {
  const total = (key: 'train' | 'test') => count(r.tasks.reduce((sum, task) => sum + task[key], 0));
  const points = (fraction: number | null) => (fraction === null ? '-' : `${fraction > 0 ? '+' : ''}${(100 * fraction).toFixed(1)}`);
  const line = (name: string, f: TaskFigures) =>
    [name, percent(f.finalAccuracy), percent(f.averageAccuracy), points(f.forgetting), points(f.backwardTransfer), points(f.forwardTransfer)];
  const rows = [
    line(r.beforeSleep ? `${r.learner}, after sleep` : r.learner, r).map((cell) => paint('bold', cell)),
    ...(r.beforeSleep ? [line(`${r.learner}, before sleep`, r.beforeSleep)] : []),
    ...r.baselines.map((baseline) => line(baseline.name, baseline)),
  ];
  return [
    `${r.protocol}: ${r.tasks.length} tasks, ${total('train')} ${r.unit} learned once, ${total('test')} kept for testing`,
    '',
    ...matrixLines(r),
    grid([['in the end', `all ${r.unit}`, 'mean of tasks', 'forgetting', 'backward transfer', 'forward transfer'].map((cell) => paint('grey', cell)), ...rows]),
    '',
    `arena ${count(r.arenaBytes)} B; while learning, each predicted first, ${percent(r.accuracy)}; ${r.alarmsAt.length === 0 ? 'no alarm of drift' : `alarms of drift at sample ${r.alarmsAt.map(count).join(' ')}`}; ${r.seconds.toFixed(2)} s`,
  ].join('\n');
}

/** The accuracies in percent: a line for each task learned, a column for each task tested. */
function matrixLines({ tasks, learner, matrix, beforeSleep }: Result): string[] {
  if (tasks.length > MOST_COLUMNS) return [`(${tasks.length} tasks are too many for a table: --json has the matrix)`, ''];
  const digits = tasks.length > 10 ? 0 : 1;
  const cells = (row: readonly number[], learned: number) => row.map((value, j) => heat((100 * value).toFixed(digits), value, j < learned));
  const rows = (beforeSleep ?? { matrix }).matrix.map((row, i) => [`after ${tasks[i]!.name}`, ...cells(row, i + 1)]);
  if (beforeSleep) rows.push(['after sleep', ...cells(matrix.at(-1)!, tasks.length)]);
  const heading = [`${learner}, % right of`, ...tasks.map(({ name }, i) => (name.length <= 7 ? name : `#${i + 1}`))].map((cell) => paint('grey', cell));
  return [grid([heading, ...rows], 2), ''];
}

/** A task that is not learned yet is grey; the others by how well they are known. */
function heat(text: string, value: number, learned: boolean): string {
  return paint(!learned ? 'grey' : value >= 0.9 ? 'blue' : value >= 0.7 ? 'orange' : 'red', text);
}
