/** What the project has set out to reach in everyday use, each with what is measured today: the second, short table. */
import { cells, type Cell } from './cell.js';
import type { Outcome } from './matrix.js';
import type { Column, Options } from './onward.js';
import { asRecorded } from './regimes/drift.js';
import { gesturesOf } from './regimes/gestures.js';
import { fault, six, taught } from './regimes/labels.js';
import { few, forty, mixed, twoHundred } from './regimes/shapes.js';
import { farOff } from './regimes/strange.js';
import { oneStateOnly } from './regimes/teaching.js';
import { climate, decades, four, plug, sentinels } from './regimes/values.js';
import { inOrder, recorded } from './tasks.js';

/** Outcomes of one cell, by seed. */
export type Outcomes = readonly Outcome[];

export interface Target {
  what: string;
  wanted: string;
  cells: readonly Cell[];
  columns: readonly Column[];
  rivals: readonly string[];
  /** Of the cells that could be measured: today's figure in words, and whether it is enough. */
  judge(results: readonly Outcomes[]): { today: string; met: boolean };
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const own = (outcomes: Outcomes, name: string): number[] => outcomes.map((outcome) => outcome.own[name]!.figure);
const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(2)}`;

/** The mean over cells and seeds, and where it is asked for the worst seed; beside it what a rival reaches, where one is named. */
function atLeast(what: string, list: readonly Cell[], options: Options, bound: number, { worstSeed, rival }: { worstSeed?: number; rival?: string } = {}): Target {
  return {
    what,
    wanted: `at least ${bound}${worstSeed === undefined ? '' : `, worst seed ${worstSeed}`}`,
    cells: list,
    columns: [{ name: 'own', options }],
    rivals: rival === undefined ? [] : [rival],
    judge(results) {
      const figures = results.map((outcomes) => own(outcomes, 'own'));
      const [middle, worst] = [mean(figures.map(mean)), Math.min(...figures.flat())];
      const beside = rival === undefined ? '' : `; ${rival} ${mean(results.map((outcomes) => mean(outcomes.flatMap(({ rivals }) => rivals[rival]?.figure ?? [])))).toFixed(1)}`;
      return { today: `${middle.toFixed(1)}, worst seed ${worst.toFixed(0)}${beside}`, met: middle >= bound && (worstSeed === undefined || worst >= worstSeed) };
    },
  };
}

/** One setting against another: the mean difference over the cells, and the worst cell. */
function against(what: string, list: readonly Cell[], first: Column, second: Column, meanBound: number, worstBound: number): Target {
  return {
    what,
    wanted: `mean at least ${signed(meanBound)}, worst ${signed(worstBound)}`,
    cells: list,
    columns: [first, second],
    rivals: [],
    judge(results) {
      const differences = results.map((outcomes) => mean(own(outcomes, first.name)) - mean(own(outcomes, second.name)));
      return { ...told(list, results, differences), met: mean(differences) >= meanBound && Math.min(...differences) >= worstBound };
    },
  };
}

/** The mean difference over the cells and the worst, which is named. */
function told(list: readonly Cell[], results: readonly Outcomes[], differences: readonly number[]): { today: string } {
  const present = list.filter(({ present }) => present);
  const worst = differences.indexOf(Math.min(...differences));
  return { today: `${signed(mean(differences))}, worst ${signed(differences[worst])} (${present[worst].data}), ${results.length} sets` };
}

/** The setting against the best of some rivals: no cell may be further below. */
function besideRivals(what: string, list: readonly Cell[], column: Column, rivals: readonly string[], bound: number): Target {
  return {
    what,
    wanted: `at most ${-bound} points below the best of ${rivals.join(', ')}`,
    cells: list,
    columns: [column],
    rivals,
    judge(results) {
      const best = (outcomes: Outcomes): number => Math.max(...rivals.map((name) => mean(outcomes.flatMap((outcome) => outcome.rivals[name]?.figure ?? []))));
      const differences = results.map((outcomes) => mean(own(outcomes, column.name)) - best(outcomes));
      return { ...told(list, results, differences), met: Math.min(...differences) >= bound };
    },
  };
}

const NONE: Column = { name: 'default', options: {} };
const MEMORY: Column = { name: 'memory 200', options: { exemplars: 200 } };
const nine = ['digits', 'wand', 'fan', 'letter', 'robot', 'satellite', 'keystroke', 'outdoor', 'elec2'];
/** The nine streams and the others for tuning, in their order; that of eeg_eye is one long state after the other, so it is mixed. */
const streams = [...[...nine, 'room_occupancy', 'pendigits', 'frogs', 'wifi_rooms', 'moving_squares', 'chessboard', 'two_classes_diagonal'].map(inOrder), recorded('eeg_eye')];
const eight = ['digits', 'wand', 'letter', 'satellite', 'keystroke', 'pendigits', 'frogs', 'wifi_rooms'].map((name) => recorded(name));
const ten = [...eight.map(({ name }) => recorded(name, 10)), recorded('fan'), plug];
const asTheyCome = cells('Targets', asRecorded, streams);
const lowFanIn = [...cells('Targets', asRecorded, ['moving_squares', 'chessboard', 'two_classes_diagonal'].map(inOrder)), ...cells('Targets', mixed, [forty])];
const wide = (units: number[]): Options => ({ units });

export const TARGETS: readonly Target[] = [
  against('taught, then only one state without labels: against predicting only', oneStateOnly, NONE, { name: 'predict only', options: {}, predictOnly: true }, -0.5, -0.5),
  atLeast('blocks of 5 a label, six sets, 200 exemplars, sleep', cells('Targets', taught(5, true), six), MEMORY.options, 76),
  atLeast('blocks of 20 a label, six sets, 200 exemplars, sleep', cells('Targets', taught(20, true), six), MEMORY.options, 83.5),
  atLeast('gestures, 6 windows each in turn, 60 exemplars as on the page', gesturesOf(6), { exemplars: 60 }, 96, { worstSeed: 90 }),
  atLeast('smart plug', cells('Targets', decades, [plug]), {}, 99),
  atLeast('four levels with 20 % noise', cells('Targets', decades, [four]), {}, 80),
  atLeast('-9999 in 3 % of the cells', cells('Targets', sentinels, [climate]), {}, 93),
  against('200 exemplars against none, streams as they come', asTheyCome, MEMORY, NONE, 0.2, -1.8),
  atLeast('one label in a hundred, balanced accuracy, eight streams', cells('Targets', fault, eight), {}, 66, { rival: 'LDA' }),
  atLeast('200 labels, 60 samples each, 64-64', cells('Targets', few(60), [twoHundred]), wide([64, 64]), 88),
  atLeast('200 labels, 60 samples each, 128-128', cells('Targets', few(60), [twoHundred]), wide([128, 128]), 93),
  besideRivals('5 samples a label, mixed, 200 exemplars, sleep', cells('Targets', taught(5, false), ['pendigits', 'frogs', 'wifi_rooms'].map((name) => recorded(name))), MEMORY, ['1-NN', 'LDA', 'naive Bayes'], -2),
  atLeast('readings far off called unknown, 2 % of ordinary ones lost', cells('Targets', farOff(false), ten), {}, 95, { rival: '1-NN' }),
  atLeast('the same taught in turn, 200 exemplars, sleep', cells('Targets', farOff(true), ten), MEMORY.options, 95, { rival: '1-NN' }),
  against('8 bits against 16, few inputs', lowFanIn, NONE, { name: '16 bits', options: { bits: 16 } }, -0.5, -0.5),
  against('the same with 200 exemplars', lowFanIn, MEMORY, { name: '16 bits', options: { ...MEMORY.options, bits: 16 } }, -0.5, -0.5),
  against("drift 'two-rates' against none, streams as they come", asTheyCome, { name: 'two-rates', options: { drift: 'two-rates' } }, NONE, 0.2, -0.5),
];

export interface TargetResult {
  what: string;
  wanted: string;
  today: string;
  met: boolean | null; // null: nothing to measure it on
}

export function resultOfTarget(target: Target, results: readonly Outcomes[]): TargetResult {
  const { what, wanted } = target;
  return results.length === 0 ? { what, wanted, today: 'no data', met: null } : { what, wanted, ...target.judge(results) };
}

export function targetTable(results: readonly TargetResult[]): string {
  const rows = results.map(({ what, wanted, today, met }) => [what, today, wanted, met === null ? '' : met ? 'met' : 'missed']);
  return [['what', 'today', 'target', ''], ['---', '---:', '---:', '---'], ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
