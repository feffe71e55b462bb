import { writeFileSync } from 'node:fs';
import { Adaptation, Rehearsal, createLearner, type Adapt, type Learner } from '../host/index.js';
import { Measures } from '../host/measures.js';
import { progressive } from '../host/progressive.js';
import type { Sample } from '../host/sources/sample.js';
import { UsageError, section, type Command } from './arguments.js';
import { hearing } from '../host/sound/silence.js';
import { SOUND_OPTIONS, soundOf, soundTable } from './sound.js';
import { TARGET_NOTES, TARGET_OPTIONS, evaluateTarget } from './eval-target.js';
import { TASK_NOTES, TASK_OPTIONS, evaluateTasks, streamOptions } from './eval-tasks.js';
import { WINDOW_OPTION, inputOf } from './table-input.js';
import { figures } from './figures.js';
import { Giveaways } from './giveaways.js';
import { doubtsAbout } from './doubts.js';
import { CSV_OPTIONS, checkWritable, openTable, tellUnits, tellWarnings } from './files.js';
import { SPLIT_OPTIONS, evaluateFolds, splitOf } from './held-out.js';
import { ADAPT_OPTION, LEARNER_OPTIONS, TAUGHT_MEMORY_OPTIONS, adaptOf, learnerConfig, rememberByHand } from './learner-options.js';
import { noteText, tableShape } from './model-note.js';
import { PredictionFile } from './prediction-file.js';
import { count, jsonText, percent, plain, statusLine, table } from './terminal.js';

/** Labels of a test that are printed. */
const MOST_LABELS = 12;

export const evaluate: Command = {
  name: 'eval',
  operands: 'FILE',
  about: 'Learn a CSV file in one pass, each row predicted before it is learned, and say how well that went.',
  options: {
    ...section('The file', {
      ...CSV_OPTIONS,
      ...WINDOW_OPTION,
      ...SOUND_OPTIONS,
    }),
    ...section('The learner', LEARNER_OPTIONS),
    ...section('What it remembers', TAUGHT_MEMORY_OPTIONS),
    ...section('How it is measured', {
      passes: { value: 'N', help: 'passes over the file; the figures are of the first, the test follows the last (default 1)' },
      'label-every': { value: 'K', help: 'only every K-th label is given to the learner; all are scored (default 1)' },
      ...ADAPT_OPTION,
      delay: { value: 'D', help: 'a label comes D rows late: the row is predicted at once and learned then (default 0)' },
      test: { value: 'FILE', help: 'rows that are only predicted, after everything is learned and rehearsed' },
      ...SPLIT_OPTIONS,
    }),
    ...section('In tasks', TASK_OPTIONS),
    ...section('A number in place of a label', TARGET_OPTIONS),
    ...section('Output', {
      out: { value: 'FILE', help: 'write a line of CSV for every row: y is its label, label the answer, with how likely and how familiar that is' },
      save: { value: 'FILE', help: 'write a snapshot of the learner at the end' },
      quiet: { help: 'no progress and no warnings' },
      json: { help: 'one JSON object instead of the table' },
    }),
  },
  notes: [
    'FILE is CSV, plain or gzipped, with or without a header, or - for standard input. It is read twice, once to find its columns\nand labels; a pipe is held in memory for that. A WAV file, or a folder of them, is sound: a row is a second of it, with the\nlabel that the folder in the folder, or the name up to a number, says (docs/sound.md).',
    ...TASK_NOTES,
    ...TARGET_NOTES,
    'Accuracies in the JSON are fractions from 0 to 1. updates counts layer updates over all passes; alarmsAt the samples learned\nwhen drift was noticed.',
    'Examples:\n  onward eval rows.csv --label state --exemplars 200 --label-every 10\n  onward eval digits.csv --tasks label --labels-per-task 2\n  onward eval machine.csv --label state --tasks speed --bands 4 --json\n  onward eval power.csv --target load --horizon 4 --lags 0 --save load\n  onward eval words/ --exemplars 500 --shuffle --test-share 0.2 --save words.onward',
  ],

  async run(args) {
    if (args.has('target')) return evaluateTarget(args);
    for (const name of Object.keys(TARGET_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} needs --target COLUMN`);
    if (args.has('tasks')) return evaluateTasks(args);
    for (const name of Object.keys(TASK_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} needs --tasks COLUMN`);
    const path = args.operand('FILE');
    const passes = args.whole('passes', 1, 1e6) ?? 1;
    const options = { ...streamOptions(args), adapt: adaptOf(args) };
    const asked = learnerConfig(args);
    const testPath = args.text('test');
    const [save, out] = [checkWritable('save', args), checkWritable('out', args)];

    const sound = soundOf(path, args);
    const heard = sound && (await soundTable(path, sound, args));
    const read = await openTable(path, args, {}, heard?.text);
    tellWarnings(path, read, args);
    const file = heard ? { ...read, warnings: [...heard.warnings, ...read.warnings] } : read;
    const testFile = testPath === undefined ? undefined : await openTable(testPath, args, { like: file }, (sound && (await soundTable(testPath, sound, args, true)))?.text);
    if (testPath !== undefined && testFile) tellWarnings(testPath, testFile, args);
    if (testFile && testFile.unlabelled === testFile.rows) throw new Error(`--test ${testPath}: no row has a label in column ${JSON.stringify(file.labelName)}, and without there is nothing to compare an answer with`);

    const feed = inputOf(file, args);
    const config = rememberByHand(asked);
    const wanted = { ...config, ...feed.shape, labels: file.labels };
    if (args.has('folds')) return evaluateFolds(path, file, feed, wanted, args, heard);
    const { unit, most } = feed;
    const { samples, held } = await splitOf(feed.samples, args, heard?.recordingOf);
    const alarmsAt: number[] = [];
    const learner = await createLearner(wanted, { onDrift: ({ seen }) => alarmsAt.push(seen) });
    if (sound) hearing(learner);
    tellUnits(learner, args);
    const rehearsal = new Rehearsal(learner, { seconds: Infinity });
    const measures = new Measures(file.labels);
    const predictions = new PredictionFile(out, file.layout.time !== undefined);
    const giveaways = new Giveaways(file);
    const gaps: Gap[] = [];
    const status = statusLine(args.has('quiet') || args.has('json'));
    const start = performance.now();
    for await (const { n, sample, prediction, accuracy, gap } of progressive(learner, samples, { ...options, every: 1, measures })) {
      if (gap !== undefined) gaps.push({ n, row: (sample as Sample & { row?: number }).row ?? n, gap });
      predictions.add('learned', sample, prediction);
      giveaways.add(sample);
      if (n % 500 === 0) status.say(`${count(n)} of ${count(most)} ${unit}, ${percent(accuracy)} so far`);
    }
    for (let pass = 2; pass <= passes; pass++) {
      status.say(`pass ${pass} of ${passes}`);
      await learnAgain(learner, samples, options);
    }
    const tested = held ?? (testFile && inputOf(testFile, args).samples);
    if (tested) rehearsal.finish();
    const test = tested ? await predictAll(learner, tested, predictions) : undefined;
    const seconds = (performance.now() - start) / 1000;
    status.clear();
    predictions.close();
    const doubts = doubtsAbout({ file, measures, test, giveaways: giveaways.found, shuffled: args.has('shuffle'), overlaps: heard?.overlaps ?? false });

    learner.note = noteText({ ...tableShape(file), ...(sound ? { sound } : {}) });
    if (save !== undefined) writeFileSync(save, learner.save());

    const result = {
      file: path,
      ...figures(learner, measures),
      alarmsAt,
      testAccuracy: test ? test.accuracy : null,
      testSamples: test ? test.samples : null,
      testBalancedAccuracy: test ? test.balancedAccuracy : null,
      testCalibrationError: test?.calibrationError ?? null,
      testRecall: test ? Object.fromEntries(test.labels.map((label) => [label, test.recall(label) ?? null])) : null,
      seconds,
      passes,
      ...options,
      gaps: file.layout.time ? gapFigures(gaps) : null,
      label: file.labelName,
      inputs: file.names,
      config: learner.config,
      warnings: file.warnings,
      doubts,
    };
    process.stdout.write(args.has('json') ? `${jsonText(result)}\n` : `${summary(result)}\n${doubts.length > 0 ? `\n${doubts.map(plain).join('\n')}\n` : ''}`);
    learner.dispose();
  },
};

interface Gap {
  /** Samples before it, itself included. */
  n: number;
  /** Its line in the file. */
  row: number;
  gap: number;
}

/** Times that are backwards, and times that come late by more than 5 times what is usual; the longest of those. */
function gapFigures(gaps: readonly Gap[]) {
  const forwards = gaps.filter(({ gap }) => gap > 0);
  const longest = forwards.reduce<Gap | null>((most, next) => (most && most.gap >= next.gap ? most : next), null);
  return { count: forwards.length, longest: longest ? longest.gap : null, longestAt: longest ? longest.n : null, longestRow: longest ? longest.row : null, backwards: gaps.length - forwards.length };
}

async function learnAgain(learner: Learner, source: AsyncIterable<Sample> | Iterable<Sample>, { labelEvery, adapt }: { labelEvery: number; adapt: Adapt }): Promise<void> {
  const adaptation = new Adaptation(learner, { adapt });
  let labelled = 0;
  for await (const { x, y } of source) {
    if (y !== undefined && labelled++ % labelEvery === 0) adaptation.learn(x, y);
    else adaptation.adapt(x);
  }
}

/** Asked about every sample, the learner changes nothing; those with a label count. */
async function predictAll(learner: Learner, source: AsyncIterable<Sample> | Iterable<Sample>, predictions: PredictionFile): Promise<Measures> {
  const measures = new Measures(learner.labels);
  for await (const sample of source) {
    const { x, y } = sample;
    const prediction = learner.predict(x);
    predictions.add('tested', sample, prediction);
    if (y !== undefined) measures.add(y, prediction.label, false, prediction.probability);
  }
  return measures;
}

interface Result extends ReturnType<typeof figures> {
  alarmsAt: readonly number[];
  testAccuracy: number | null;
  testSamples: number | null;
  testBalancedAccuracy: number | null;
  testCalibrationError: number | null;
  testRecall: Readonly<Record<string, number | null>> | null;
  seconds: number;
  gaps: ReturnType<typeof gapFigures> | null;
  label: string;
  inputs: readonly string[];
  config: Learner['config'];
}

function summary(r: Result): string {
  const remembers = r.exemplars > 0;
  return table([
    ['samples', count(r.samples), `${r.inputs.length} inputs, ${r.labels} labels in column ${JSON.stringify(r.label)}`],
    ['accuracy', percent(r.accuracy), 'each predicted before it is learned'],
    ['last 200', percent(r.recentAccuracy), ''],
    ['balanced accuracy', percent(r.balancedAccuracy), 'mean over the labels'],
    ...recallLines('by label', r.recall),
    ['repeat the last label', percent(r.persistence), 'what knowing nothing else would give'],
    ['most frequent label', percent(r.majority), 'always answering the label seen most so far'],
    ['kappa', r.kappa.toFixed(3), '0: chance, 1: always right'],
    ['kappa, temporal', r.kappaTemporal.toFixed(3), '0: no better than repeating the last label'],
    ['kappa, majority', r.kappaM.toFixed(3), '0: no better than the most frequent label'],
    ...(r.calibrationError === null ? [] : [['calibration error', percent(r.calibrationError), 'by how much probabilities miss the share that is right']]),
    ...testLines(r),
    ['arena', `${count(r.arenaBytes)} B`, 'everything that is learned or remembered'],
    ...(remembers ? [['exemplars', count(r.exemplars), 'past samples kept now']] : []),
    ...(r.config.drift === 'none' ? [] : [['alarms of drift', count(r.alarmsAt.length), atSamples(r.alarmsAt)]]),
    ...(r.gaps === null ? [] : [['gaps in time', count(r.gaps.count), `${r.gaps.longest === null ? '' : `the longest ${count(r.gaps.longest)} before row ${count(r.gaps.longestRow!)}; `}${count(r.gaps.backwards)} times backwards`]]),
    ['layer updates', count(r.updates), `${count(r.saturations)} weights are at their limit now`],
    ['time', `${r.seconds.toFixed(2)} s`, ''],
  ]);
}

/** Lines about the test that follows the learning. */
function testLines({ testAccuracy, testSamples, testBalancedAccuracy, testCalibrationError, testRecall, exemplars }: Result): string[][] {
  if (testAccuracy === null) return [];
  return [
    ['test accuracy', percent(testAccuracy), `${count(testSamples!)} rows, only predicted${exemplars > 0 ? ', after a rehearsal' : ''}`],
    ['test, balanced', percent(testBalancedAccuracy!), 'mean over the labels'],
    ...(testCalibrationError === null ? [] : [['test, calibration', percent(testCalibrationError), 'by how much probabilities miss the share that is right']]),
    ...recallLines('test, by label', testRecall!),
  ];
}

/** The share of right answers of each label, the lowest first. */
function recallLines(title: string, recall: Readonly<Record<string, number | null>>): string[][] {
  const recalls = Object.entries(recall).flatMap(([label, share]) => (share === null ? [] : [{ label, share }])).sort((a, b) => a.share - b.share);
  return recalls.slice(0, MOST_LABELS).map(({ label, share }, i) => [i === 0 ? title : '', percent(share), `${JSON.stringify(label)}${i === MOST_LABELS - 1 && recalls.length > MOST_LABELS ? `; ${count(recalls.length - MOST_LABELS)} more in --json` : ''}`]);
}

function atSamples(positions: readonly number[]): string {
  return positions.length === 0 ? '' : `at sample ${positions.slice(0, 8).map(count).join(' ')}${positions.length > 8 ? ' ...' : ''}`;
}
