// `npm run readme`: the numbers of README.md and the tables of BENCHMARKS.md, from the result files that the benchmark commands write, and the picture of the
// README, from the recording. A test compares, so that no number can drift from what was measured.

import { readFileSync, writeFileSync } from 'node:fs';
import { ONWARD, targetText, type Result } from '../benchmarks/continual/table.js';
import { RIVALS } from '../benchmarks/continual/rivals.js';
import { counts } from '../benchmarks/everyday/table.js';
import { signalsTables } from '../benchmarks/faults-of-signals/table.js';
import { ahead, lost, SMALL, type CellResult, type EverydayResult } from '../benchmarks/everyday/result.js';
import { hurtSentence } from '../benchmarks/streams/hurt.js';
import { boardTable, soundTables } from '../benchmarks/sound/table.js';
import { fieldsTable } from '../benchmarks/second-order/fields-table.js';
import { runsTable, sensesTable, sharesOf, soundsTable, thingsTable } from '../benchmarks/page-table.js';
import { secondOrderTable } from '../benchmarks/second-order/table.js';
import { paperTable } from '../benchmarks/paper/harness/results.js';
import { targets } from '../benchmarks/targets.js';
import { table as regressionTable } from '../benchmarks/regression/table.js';
import { forestSentence } from '../benchmarks/whole-streams/forest-sentence.js';
import { tables } from '../benchmarks/whole-streams/table.js';
import { kernelTable } from '../benchmarks/firmware-kernels.js';
import { isShipped, type Measurement } from '../firmware-sim/measure.js';
import { animation } from './animation.js';
import { commandTexts, namesTable, optionTables } from './docs/made.js';

const root = new URL('../', import.meta.url);
const result = (name: string) => JSON.parse(readFileSync(new URL(`benchmarks/results/${name}.json`, root), 'utf8'));

type Cell = string | number;

function table(heads: string[], rows: Cell[][]): string {
  const line = (cells: Cell[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const signed = (value: number, digits = 1): string => `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${Math.abs(value).toFixed(digits)}`;
const bold = (text: string): string => `**${text}**`;

function fan(): string {
  const { seeds, rows } = result('fan');
  const [int8, int16] = rows;
  return [
    `**A fan speeds up** (\`npm run bench:fan\`; ${seeds.length} seeds, ${int8.arenaBytes.toLocaleString('en')} B of arena). Each second of vibration is answered, then learned:`,
    '',
    table(
      ['accuracy, %', 'whole recording', 'above 60 % speed'],
      [
        ['**learning, 8-bit weights**', bold(int8.accuracy.toFixed(1)), bold(int8.above60.toFixed(1))],
        ['learning, 16-bit weights', int16.accuracy.toFixed(1), int16.above60.toFixed(1)],
        ['a copy frozen at 60 %, standardiser still adapting', '', int8.standardiserOnly.toFixed(1)],
        ['a copy frozen at 60 %', '', int8.frozen.toFixed(1)],
        ['repeat the last label', '', int8.persistence.toFixed(1)],
      ],
    ),
  ].join('\n');
}

interface StreamRow {
  name: string;
  counted: boolean;
  inputs: number;
  labels: number;
  rivals: { persistence: number; floatRule: number; tuned: { hidden: number[]; accuracy: number; choice: { clip: number } }[] };
  int16: { accuracy: number };
  int8: { accuracy: number };
}

function streams(): string {
  const { settings, summary, streams: rows } = result('streams');
  const name = (hidden: number[]): string => (hidden.length === 0 ? 'logistic' : `MLP ${hidden.join('-')}`);
  const best = (row: StreamRow) =>
    row.rivals.tuned.filter(({ choice }) => choice.clip === settings.clips[0]).reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  const cells = (row: StreamRow): Cell[] => {
    const rival = best(row);
    return [
      `${row.name} (${row.inputs} values, ${row.labels} labels)`,
      row.rivals.persistence.toFixed(1),
      `${rival.accuracy.toFixed(1)} ${name(rival.hidden)}`,
      bold(row.int8.accuracy.toFixed(1)),
      row.int16.accuracy.toFixed(1),
      signed(row.int8.accuracy - rival.accuracy),
      signed(row.int16.accuracy - rival.accuracy),
    ];
  };
  const { int8, int16 } = summary;
  const lines = (rows as StreamRow[]).filter(({ counted }) => counted).map(cells);
  lines.push(['mean difference', '', '', '', '', signed(int8.sameClip.mean, 2), signed(int16.sameClip.mean, 2)]);
  lines.push(['worst', '', '', '', '', signed(int8.sameClip.worst, 2), signed(int16.sameClip.worst, 2)]);
  return [
    `**Nine streams, one setting** (\`npm run bench:streams\`; prequential accuracy in %, ${settings.units.join('-')} units, one pass, batch 1, ${settings.seeds.length} seeds). The rival`,
    'of each stream is the best of online logistic regression and backpropagation with one or two layers of the same width, with its learning',
    'rate and its own skipping of confident samples tuned on that very stream; onward has its defaults. Streams are cut to 10,000 samples, and',
    'elec2 goes without its date and weekday (with `onward eval`: `--exemplars 0`, the first 10,000 rows and, for elec2, `--drop f0,f1`):',
    '',
    table(['stream', 'repeat the last label', 'best tuned rival', 'onward, 8 bits', '16 bits', '8 bits \u2212 rival', '16 bits \u2212 rival'], lines),
    '',
    `Where rivals may also choose how far inputs are clipped, the means are ${signed(int8.mean, 2)} and ${signed(int16.mean, 2)}, the worst ${signed(int8.worst, 2)} and ${signed(int16.worst, 2)}.`,
    'Where labels persist (robot, satellite, outdoor, elec2), see the column of repeating the last label before you believe any accuracy.',
    'Two cautions: the defaults were chosen while looking at these nine streams, and backpropagation given the same self-finding rate (with its',
    `base rate tuned per stream) comes to ${signed(summary.mlpFoundRateTuned.sameClip.mean, 2)} on average, so part of the lead is the rate, not the rule.`,
    `${hurtSentence(rows)} ([docs/streams.md](docs/streams.md): least squares, random features, LDA, naive Bayes, neighbours, trees and forests).`,
  ].join('\n');
}

function mnist(): string {
  const ten = result('mnist-ten').lines.map((line: { bits: number; settings: { units: number[] } }) => ({
    ...line,
    name: `onward int${line.bits}, 784-${line.settings.units.join('-')}, ten passes, rate falling in the second half`,
  }));
  const lines: { name: string; prequential?: number; testError: number; settings: { arenaBytes?: number } }[] = [...result('mnist').lines, ...ten];
  return [
    '**MNIST** (`npm run bench:mnist`, `-- --ten` for ten passes; sample by sample, float rivals with their rate tuned):',
    '',
    table(
      ['learner', 'right while learning, %', 'test error, %', 'arena, B'],
      lines.map(({ name, prequential, testError, settings }) => [
        name,
        prequential === undefined ? '' : prequential.toFixed(1),
        testError.toFixed(2),
        settings.arenaBytes?.toLocaleString('en') ?? '',
      ]),
    ),
  ].join('\n');
}

function continual(): string {
  const rows: Result[] = result('continual').protocols;
  const learners = [ONWARD, 'no memory', ...Object.values(RIVALS)];
  const line = (row: Result, learner: string) => row.lines.find((one) => one.learner === learner);
  const cells = (row: Result): Cell[] => [
    `${row.title}: ${row.figure}`,
    targetText(row.target),
    ...learners.map((learner) => {
      const own = line(row, learner);
      return own === undefined ? '' : learner === ONWARD ? bold(`${own.mean.toFixed(1)} +- ${own.deviation.toFixed(1)}`) : own.mean.toFixed(1);
    }),
  ];
  const missed = rows.filter(({ met }) => met === false).map(({ title }) => title);
  return [
    '**Learning without forgetting** (`npm run bench:continual`; one pass, batch 1, one setting, 16-bit weights, but for the size of the memory; no learner knows that there are',
    'tasks; mean and deviation over 3 to 10 seeds). Backpropagation has the same widths, store, replays and sleep, and no drift alarm; its rate, and the ridge of',
    'streaming LDA, are the best of three to five on the test set:',
    '',
    table(['protocol: figure', 'target', ...learners], rows.map(cells)),
    ...(missed.length > 0 ? ['', `Targets that are missed: ${missed.join('; ')}.`] : []),
  ].join('\n');
}

function everyday(): string {
  const all: EverydayResult = result('everyday');
  const { cells, settings } = all;
  const columns = settings.columns.map(({ name }) => name);
  const average = (values: number[]): string => (values.reduce((sum, v) => sum + v, 0) / values.length).toFixed(1);
  const bestSmall = ({ rivals }: CellResult): number => Math.max(...rivals.filter(({ bytes }) => bytes <= SMALL).map(({ mean }) => mean));
  const rows = [...new Set(cells.map(({ group }) => group))].map((group) => {
    const own = cells.filter((cell) => cell.group === group);
    const behind = own.flatMap((cell) => ahead(cell, 0)?.name ?? []);
    return [`${group} (${own.length} cells)`, ...columns.map((_, k) => average(own.map((cell) => cell.own[k]!.mean))), average(own.map(bestSmall)), behind.length];
  });
  rows.push([`all (${cells.length} cells)`, ...columns.map((_, k) => average(cells.map((cell) => cell.own[k]!.mean))), average(cells.map(bestSmall)), lost(cells, 0)]);
  return [
    `**Everyday use** (\`npm run bench:everyday\`; right answers in %, mean of the cells, ${settings.seeds.length} seeds). Taught once and left alone, labels one after the other, few, late or wrong, odd values, drift:`,
    'beside the product ten simple rivals with one setting each. The column of the best takes in each cell whichever is best there and has at most 16 kB, a rival that nobody has;',
    'every cell, the worst seeds, and who is ahead are in [docs/everyday.md](docs/everyday.md):',
    '',
    table(['regimes', ...columns, 'best small rival of each cell', 'cells where it is over a point ahead'], rows),
    '',
    counts(all),
  ].join('\n');
}

function speed(): string {
  const { machine, rows } = result('speed');
  return [
    `**Speed** (\`npm run bench:speed\`; medians, ${machine.cpu}, Node ${machine.node}; every layer updated at every step, the same bytes from both builds):`,
    '',
    table(
      ['shape', 'bits', 'learn, \u00b5s (SIMD)', 'scalar / SIMD', 'predict, \u00b5s (SIMD)', 'scalar / SIMD'],
      rows.map(({ shape, bits, learn, predict }: { shape: string; bits: number; learn: Record<string, number>; predict: Record<string, number> }) => [
        shape, bits, learn.simd!, `${learn.ratio!.toFixed(1)}x`, predict.simd!, `${predict.ratio!.toFixed(1)}x`,
      ]),
    ),
  ].join('\n');
}

interface PeerRow {
  task: string;
  peer: string;
  learnedPerSecond: number;
  bytes: number;
  accuracy: number;
  settings: { shape: string; samples: number; bytesAre: string };
}

/** A process that gave memory back while it trained has grown by less than can be seen. */
const counted = (bytes: number | undefined): string => (bytes === undefined ? '' : bytes > 0 ? bytes.toLocaleString('en') : 'not seen');

function peers(): string {
  const { results, quick } = result('peers');
  const rows: PeerRow[] = results;
  const tasks = [...new Set(rows.map(({ task }) => task))];
  const names = [...new Set(rows.map(({ peer }) => peer))];
  const cells = names.map((name) => [
    name.startsWith('onward simd') ? bold(name) : name,
    ...tasks.map((task) => {
      const row = rows.find((line) => line.task === task && line.peer === name);
      return row ? `${Math.round(row.learnedPerSecond).toLocaleString('en')} (${(100 * row.accuracy).toFixed(0)} %)` : '';
    }),
    counted(rows.find((line) => line.task === 'A' && line.peer === name)?.bytes),
  ]);
  const { cold, exponents } = result('scale');
  const [own, rival] = cold as { name: string; learned: number }[];
  const missed = targets().filter(({ met }) => met === false).map(({ task, against, target, measured }) => `${task} against ${against}: ${measured!.toFixed(2)}, wanted ${target}`);
  return [
    '**Beside what one would otherwise pick** (`npm run bench:peers`; learned samples per second and, in brackets, how many were answered rightly before they',
    'were learned; one sample at a time, the same bytes in the same order; rates of backpropagation and FANN scanned on each task, of brain.js on A and C, the others\nhave backpropagation\'s; C with `-O3 -march=native -ffast-math`; a' + (quick ? ' quick' : '') + ' run on a shared machine, +-15 % and more):',
    '',
    table(['peer', ...tasks.map((task) => `${task}: ${rows.find((row) => row.task === task)!.settings.shape}`), 'bytes on A'], cells),
    '',
    'Bytes are those of the learner; for brain.js, tfjs and scikit-learn the growth of the process. Our own rule in native float32, with vectors of 256 bits and more,',
    'is a little faster where layers are small and level or slower where they are wide; it takes twice to four times the memory. Against backpropagation in the *same*',
    'integers, updated in place, there is no advantage in memory: gates cost more than activities save (`npm run bench:footprint`). ' +
      `From \`import\` to the first learned sample: ${own!.learned.toFixed(0)} ms${rival ? `, ${rival.name} ${rival.learned.toFixed(0)} ms` : ''}. Time grows with the number of weights to the power of ${exponents.int8} (\`npm run bench:scale\`).`,
    ...(missed.length > 0 ? ['', `Targets that are missed: ${missed.join('; ')}.`] : []),
  ].join('\n');
}

interface FirmwareRow {
  board: string;
  learner: string;
  byHand: boolean;
  kernels: Measurement['kernels'];
  counts: string;
  predict: number;
  learn: number;
  flash: number;
  ram: number;
  stack: number;
  bytesEqual: boolean;
}

interface DetectorRow {
  board: string;
  detector: string;
  counts: string;
  observe: number;
  flash: number;
  ram: number;
  stack: number;
}

function firmware(): string {
  const { learners: rows, detectors }: { learners: FirmwareRow[]; detectors: DetectorRow[] } = result('firmware');
  const modes: Record<string, string> = { streaming: '1 channel, streaming', commissioned: '3 channels, commissioned' };
  const shown: Record<string, string> = { wide16: '64-64-32-4, 16 bits', wide8: '64-64-32-4, 8 bits', small: '16-32-32-4, 8 bits', decorrelating: '16-32-32-4, 8 bits, `secondOrder` input', remembering: '16-32-32-4, 8 bits, 50 exemplars', fan: 'fan, 32-32, 8 bits' };
  const count = (value: number): string => value.toLocaleString('en');
  return [
    '**As firmware** (`npm run bench:firmware`; the same wasm through C on emulated boards, nothing on silicon; every row ends with the bytes that Node learns).',
    'Cycles on the RP2040, instructions elsewhere; a prediction of the fan includes its spectrum. Bytes are those of the whole firmware:',
    '',
    table(
      ['board', 'learner', 'predict', 'learn, mean', 'flash, B', 'static RAM, B', 'stack, B'],
      rows.filter((row) => row.byHand || isShipped(row)).map((row) => [`${row.board}, ${row.counts}`, `${shown[row.learner] ?? row.learner}${row.byHand ? ', C by hand' : ''}`, ...[row.predict, row.learn, row.flash, row.ram, row.stack].map(count)]),
    ),
    '',
    'By kernels (`firmware/kernels.h`), instructions; of a prediction, everything in it, also by product of a weight and an input:',
    '',
    kernelTable(rows, shown),
    '',
    'The detector (8 bits, defaults), a machine\'s temperature from the ADC or over the link; a sample is scored and learned in one, and scores, alarms and bytes are Node\'s:',
    '',
    table(
      ['board', 'detector', 'a sample', 'flash, B', 'static RAM, B', 'stack, B'],
      detectors.map((row) => [`${row.board}, ${row.counts}`, modes[row.detector] ?? row.detector, ...[row.observe, row.flash, row.ram, row.stack].map(count)]),
    ),
    '',
    '![Cycles and instructions of a prediction and a learned sample, by board](benchmarks/results/firmware.svg)',
  ].join('\n');
}

function paper(): string {
  return [
    "**The experiments of Hinton's paper** (`npm run paper`; batch 1, integers except where it says float, the shipped core; each figure the mean of its seeds, time of one core; what each is",
    'here, and what was tried and lost, is in [docs/paper.md](docs/paper.md)):',
    '',
    paperTable(),
  ].join('\n');
}

/** Figures to remember from the tables, each with the simplest rule beside it. */
function numbers(): string {
  const { summary, streams: rows } = result('streams');
  const { cells }: EverydayResult = result('everyday');
  const average = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const nearestMean = (cell: CellResult): number[] => cell.rivals.flatMap(({ name, mean }) => (name === 'nearest mean' ? [mean] : []));
  const asked = cells.filter((cell) => nearestMean(cell).length > 0);
  const small = (result('firmware').learners as FirmwareRow[]).find(({ board, learner, byHand }) => board === 'rp2040' && learner === 'small' && !byHand)!;
  const split = (result('continual').protocols as Result[]).find(({ title }) => title.startsWith('split-MNIST, 500'))!.lines;
  const line = (learner: string): number => split.find((one) => one.learner === learner)!.mean;
  const counted = (rows as StreamRow[]).filter((row) => row.counted).length;
  return table(
    ['what', 'number', 'command'],
    [
      [`${counted} streams, one default, 8 bits: points above the best of backpropagation and logistic regression tuned for each`, `${signed(summary.int8.mean)}, worst ${signed(summary.int8.worst)}`, '`npm run bench:streams`'],
      [`right answers in ${asked.length} cells of everyday use, with 200 exemplars; nearest mean`, `${average(asked.map(({ own }) => own[1]!.mean)).toFixed(1)} %; ${average(asked.flatMap(nearestMean)).toFixed(1)} %`, '`npm run bench:everyday`'],
      ['MNIST class by class, 500 stored samples; nearest mean; without a memory', `${line(ONWARD).toFixed(1)} %; ${line('nearest mean').toFixed(1)} %; ${line('no memory').toFixed(1)} %`, '`npm run bench:continual`'],
      ['16-32-32-4 as firmware on an RP2040 at 125 MHz: a learned sample, RAM', `${(small.learn / 125_000).toFixed(1)} ms, ${((small.ram + small.stack) / 1000).toFixed(1)} kB`, '`npm run bench:firmware`'],
    ],
  );
}

/** Accuracy of a fleet by how private it is. */
function privacy(): string {
  interface Share { accuracy: number; worst: number }
  const { rows, nearestMean }: { rows: (Share & { epsilon: number | null })[]; nearestMean: Share } = result('fleet-private');
  const row = (name: string | number, { accuracy, worst }: Share): (string | number)[] => [name, accuracy.toFixed(1), worst.toFixed(1)];
  return table(['epsilon', 'right, %', 'worst seed'], [...rows.map((each) => row(each.epsilon ?? 'no noise, nothing cut', each)), row('nearest mean of all digits, no noise', nearestMean)]);
}

/** A page with what stands between two marks made anew. */
function between(page: string, name: string, made: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`"${start}" or "${end}" is missing; ${name} have no place`);
  return `${page.slice(0, from)}${start}\n${made}\n${page.slice(to)}`;
}

function nab(): string {
  const { results, vusPr } = result('nab');
  const [usual, , lower]: { standard: number; windowsFound: number; falseAlarms: number }[] = results;
  return [
    `On the ${vusPr.series} series of the Numenta Anomaly Benchmark that have windows VUS-PR is ${vusPr.mean.toFixed(2)} by \`recent\`, causal (${vusPr.scores.toFixed(2)} by the score of each row by itself); by how many deviations so far a value lies from the mean so far ${vusPr.deviations.toFixed(2)}, at random ${vusPr.random.toFixed(2)}.`,
    `NAB's own score is ${usual!.standard.toFixed(1)} with the defaults (${usual!.windowsFound} of 116 windows, ${usual!.falseAlarms} false alarms), ${lower!.standard.toFixed(1)} with \`threshold: 0.85\` (${lower!.windowsFound}, ${lower!.falseAlarms}); the best published detectors have 70 to 75 (\`npm run bench:nab\`).`,
  ].join('\n');
}

/** Parts that are made from results, types and helps, by the page that they are in. */
export const MADE: Readonly<Record<string, (page: string) => string>> = {
  'README.md': (page) => between(page, 'numbers', numbers()),
  'docs/how-it-learns.md': (page) => between(page, 'second-order', secondOrderTable(result('second-order'))),
  'docs/sound.md': (page) => between(between(page, 'sound', soundTables(result('sound'))), 'board', boardTable(result('sound-board'))),
  'docs/fleet-private.md': (page) => between(page, 'private', privacy()),
  'docs/web.md': (page) => [['motions', sharesOf(result('page-motions'))], ['runs', runsTable(result('page-runs'))], ['sounds', soundsTable(result('page-sounds'))], ['things', thingsTable(result('page-things'))], ['senses', sensesTable(result('page-senses'))]].reduce((text, [name, table]) => between(text, name!, table!), page),
  'docs/fields.md': (page) => between(page, 'fields', fieldsTable(result('fields'))),
  'docs/regression.md': (page) => between(page, 'streams', regressionTable(result('regression').streams)),
  'docs/whole-streams.md': (page) => between(between(page, 'whole', tables(result('whole-streams').results)), 'forest', forestSentence(result('forest'), result('whole-streams').results)),
  'docs/detector.md': (page) => between(between(page, 'signals', signalsTables(result('signals'))), 'nab', nab()),
  'docs/api.md': (page) => between(page, 'names', namesTable()),
  'docs/reference/cli.md': (page) => between(page, 'commands', commandTexts('one learner')),
  'docs/reference/cli-fleet.md': (page) => between(page, 'commands', commandTexts('a fleet')),
  'docs/reference/options.md': (page) => between(page, 'options', optionTables()),
  'BENCHMARKS.md': (page) => between(page, 'tables', [fan(), streams(), continual(), everyday(), mnist(), paper(), firmware(), speed(), peers()].join('\n\n')),
};

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const [name, made] of Object.entries(MADE)) {
    const path = new URL(name, root);
    writeFileSync(path, made(readFileSync(path, 'utf8')));
  }
  writeFileSync(new URL('docs/fan.svg', root), await animation());
}
