import { writeFileSync } from 'node:fs';
import { createLearner, type Learner } from '../index.js';
import { Measures } from '../measures.js';
import { progressive } from '../progressive.js';
import type { Sample } from '../sources/sample.js';
import type { Command } from './arguments.js';
import { CSV_OPTIONS, checkWritable, openTable, tellUnits, tellWarnings } from './files.js';
import { LEARNER_OPTIONS, learnerConfig } from './learner-options.js';
import { count, percent, statusLine, table } from './terminal.js';

export const evaluate: Command = {
  name: 'eval',
  operands: 'FILE',
  about: 'Learn a CSV file in one pass, each row predicted before it is learned, and say how well that went.',
  options: {
    ...CSV_OPTIONS,
    ...LEARNER_OPTIONS,
    passes: { value: 'N', help: 'passes over the file; the figures are of the first, the test follows the last (default 1)' },
    'label-every': { value: 'K', help: 'only every K-th label is given to the learner; all are scored (default 1)' },
    test: { value: 'FILE', help: 'rows that are only predicted, after everything is learned' },
    save: { value: 'FILE', help: 'write a snapshot of the learner at the end' },
    quiet: { help: 'no progress and no warnings' },
    json: { help: 'one JSON object instead of the table' },
  },
  notes: [
    'FILE is CSV, plain or gzipped, with or without a header, or - for standard input. It is read twice, once to find its columns\nand labels; a pipe is held in memory for that.',
    'Accuracies in the JSON are fractions from 0 to 1. updates counts layer updates over all passes.',
  ],

  async run(args) {
    const path = args.operand('FILE');
    const passes = args.whole('passes', 1, 1e6) ?? 1;
    const labelEvery = args.whole('label-every', 1, 1e9) ?? 1;
    const config = learnerConfig(args);
    const testPath = args.text('test');
    const save = args.text('save');
    checkWritable('save', save);

    const file = await openTable(path, args);
    tellWarnings(path, file, args);
    const testFile = testPath === undefined ? undefined : await openTable(testPath, args, { like: file });
    if (testPath !== undefined && testFile) tellWarnings(testPath, testFile, args);

    const learner = await createLearner({ ...config, inputs: file.inputs, labels: file.labels });
    tellUnits(learner, args);
    const measures = new Measures(file.labels);
    const status = statusLine(args.has('quiet') || args.has('json'));
    const start = performance.now();
    for await (const { n, accuracy } of progressive(learner, file, { every: 500, labelEvery, measures })) {
      status.say(`${count(n)} of ${count(file.rows)} rows, ${percent(accuracy)} so far`);
    }
    for (let pass = 2; pass <= passes; pass++) {
      status.say(`pass ${pass} of ${passes}`);
      await learnAgain(learner, file, labelEvery);
    }
    const test = testFile ? await predictAll(learner, testFile) : undefined;
    const seconds = (performance.now() - start) / 1000;
    status.clear();

    if (save !== undefined) writeFileSync(save, learner.save());

    const result = {
      file: path,
      ...figures(learner, measures),
      testAccuracy: test ? test.accuracy : null,
      testSamples: test ? test.samples : null,
      seconds,
      passes,
      labelEvery,
      label: file.labelName,
      inputs: file.names,
      config: learner.config,
      warnings: file.warnings,
    };
    process.stdout.write(args.has('json') ? `${JSON.stringify(result, null, 2)}\n` : `${summary(result)}\n`);
    learner.dispose();
  },
};

/** The figures that `eval` and `run` share; fractions from 0 to 1. */
export function figures(learner: Learner, measures: Measures) {
  const { updates, saturations, bytes } = learner.stats();
  return {
    samples: measures.samples,
    labels: learner.labels.length,
    labelNames: learner.labels,
    accuracy: measures.accuracy,
    balancedAccuracy: measures.balancedAccuracy,
    persistence: measures.persistence,
    kappa: measures.kappa,
    kappaTemporal: measures.kappaTemporal,
    arenaBytes: bytes.arena,
    updates,
    saturations,
  };
}

async function learnAgain(learner: Learner, source: AsyncIterable<Sample>, labelEvery: number): Promise<void> {
  let labelled = 0;
  for await (const { x, y } of source) {
    if (y !== undefined && labelled++ % labelEvery === 0) learner.learn(x, y);
    else learner.adapt(x);
  }
}

async function predictAll(learner: Learner, source: AsyncIterable<Sample>): Promise<{ samples: number; accuracy: number }> {
  let samples = 0;
  let right = 0;
  for await (const { x, y } of source) {
    if (y === undefined) continue;
    samples++;
    if (learner.predict(x).label === y) right++;
  }
  return { samples, accuracy: samples > 0 ? right / samples : 0 };
}

function summary(r: ReturnType<typeof figures> & { testAccuracy: number | null; testSamples: number | null; seconds: number; label: string; inputs: readonly string[] }): string {
  return table([
    ['samples', count(r.samples), `${r.inputs.length} inputs, ${r.labels} labels in column ${JSON.stringify(r.label)}`],
    ['accuracy', percent(r.accuracy), 'each row predicted before it is learned'],
    ['balanced accuracy', percent(r.balancedAccuracy), 'mean over the labels'],
    ['repeat the last label', percent(r.persistence), 'what knowing nothing else would give'],
    ['kappa', r.kappa.toFixed(3), '0: chance, 1: always right'],
    ['kappa, temporal', r.kappaTemporal.toFixed(3), '0: no better than repeating the last label'],
    ...(r.testAccuracy === null ? [] : [['test accuracy', percent(r.testAccuracy), `${count(r.testSamples!)} rows, only predicted`]]),
    ['arena', `${count(r.arenaBytes)} B`, 'everything that is learned or remembered'],
    ['layer updates', count(r.updates), `${count(r.saturations)} weights are at their limit now`],
    ['time', `${r.seconds.toFixed(2)} s`, ''],
  ]);
}
