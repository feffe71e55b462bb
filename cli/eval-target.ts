import { openSync, closeSync, writeFileSync } from 'node:fs';
import { columnName, findColumn } from '../host/sources/column-names.js';
import type { CsvFile, Input } from '../host/sources/csv.js';
import { createRegressor } from '../host/regressor/index.js';
import type { RegressorConfig } from '../host/regressor/config.js';
import type { Estimate, Regressor } from '../host/regressor/regressor.js';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { checkWritable, openTable, tellWarnings, titleOf } from './files.js';
import { noteText, tableShape } from './model-note.js';
import { soundOf } from './sound.js';
import { count, counted, jsonText, percent, plain, statusLine, table } from './terminal.js';

/** Lags where a series is to be foreseen and the command line says nothing. */
const LAGS_AHEAD = 12;

export const TARGET_OPTIONS: Record<string, Option> = {
  target: { value: 'COLUMN', help: 'a column of numbers to predict from the others, by name or by number from 0; there are no labels then' },
  horizon: { value: 'N', help: 'the target N rows ahead, 1 to 256 (default: that of the same row)' },
  lags: { value: 'N', help: `so many values of the target that are known when a row is asked about are inputs, too (default ${LAGS_AHEAD} with --horizon,\nelse 0)` },
};

export const TARGET_NOTES = [
  '--target: each row is answered with a number and where it lies in four of five cases, before its number is learned. Beside it: repeating the last\nnumber known, and the mean of all so far. R2 is 0 for the mean of the whole file, 1 for always right.',
];

/** Options that a regressor has, too. */
const TAKEN = ['target', 'horizon', 'lags', 'units', 'bits', 'seed', 'rate', 'margin', 'drop', 'time', 'take', 'missing', 'differences', 'series', 'out', 'save', 'quiet', 'json'];

/** A row asked about, and the number that it is asked for, which is NaN where that is missing. */
interface Asked {
  row: number;
  x: Float64Array;
  y: number;
}

/** `onward eval --target`. */
export async function evaluateTarget(args: Arguments): Promise<void> {
  for (const name of args.names) if (!TAKEN.includes(name)) throw new UsageError(`give --target or --${name}, not both`);
  const path = args.operand('FILE');
  soundOf(path, args); // which has no numbers
  const [save, out] = [checkWritable('save', args), checkWritable('out', args)];
  const { ahead, lags, given } = regressorWishes(args);

  const wantedColumn = args.text('target')!;
  const file = await openTable(path, args, { label: null, take: [...(args.text('take')?.split(',') ?? []), wantedColumn] });
  tellWarnings(path, file, args);
  const { at, input } = targetIn(path, file.layout, wantedColumn);
  const target = input.name;
  const names = file.names.filter((_, i) => i !== at);
  const asked = await rowsOf(file, at, ahead);
  if (names.length + lags === 0) throw new Error(`${titleOf(path)}: there is no column but ${target}; give --horizon N to foresee it, or --lags N`);
  const regressor = await createRegressor({ inputs: names.length, lags, horizon: Math.max(1, ahead), ...given });

  const status = statusLine(args.has('quiet') || args.has('json'));
  const start = performance.now();
  const [own, persistence, mean] = [new Errors(), new Errors(), new Errors()];
  let within = 0;
  const lines = out === undefined ? undefined : openSync(out, 'w');
  if (lines !== undefined) writeFileSync(lines, 'row,y,value,low,high\n');
  walk(regressor, asked, ahead, ({ row, y }, { value, low, high }, last, average, n) => {
    if (lines !== undefined) writeFileSync(lines, `${row},${figure(y) ?? ''},${figure(value) ?? ''},${figure(low) ?? ''},${figure(high) ?? ''}\n`);
    if (n % 500 === 0) status.say(`${count(n)} of ${count(asked.length)} rows`);
    if (Number.isNaN(y) || Number.isNaN(value) || Number.isNaN(last)) return;
    own.add(y, value);
    persistence.add(y, last);
    mean.add(y, average);
    if (y >= low && y <= high) within++;
  });
  status.clear();
  if (lines !== undefined) closeSync(lines);
  if (own.count === 0) throw new Error(`${titleOf(path)}: no row could be compared: column ${target} has ${counted(asked.filter(({ y }) => !Number.isNaN(y)).length, 'number')}${ahead > 0 ? ` ${counted(ahead, 'row')} ahead` : ''}, and two are needed`);
  const layout = { ...file.layout, inputs: file.layout.inputs.filter((_, i) => i !== at) };
  regressor.note = noteText({ ...tableShape({ ...file, names, labelName: '', layout }), target, targetInput: input, ahead });
  if (save !== undefined) writeFileSync(save, regressor.save());

  const result = {
    file: path,
    target,
    horizon: ahead,
    lags,
    inputs: names,
    samples: own.count,
    ...own.figures(),
    covered: within / own.count,
    persistence: persistence.figures(),
    mean: mean.figures(),
    arenaBytes: regressor.stats().bytes.arena,
    seconds: (performance.now() - start) / 1000,
    config: regressor.config,
    warnings: file.warnings,
  };
  process.stdout.write(args.has('json') ? `${jsonText(result)}\n` : `${summary(result)}\n`);
  regressor.dispose();
}

/** Settings of a regressor, of which the source decides the inputs. */
export interface RegressorWishes {
  /** Rows from a sample to its number; 0: the number is its own. */
  ahead: number;
  lags: number;
  /** Others that the command line gives. */
  given: Omit<RegressorConfig, 'inputs' | 'lags' | 'horizon'>;
}

export function regressorWishes(args: Arguments): RegressorWishes {
  const bits = args.whole('bits', 8, 16);
  if (bits !== undefined && bits !== 8 && bits !== 16) throw new UsageError(`--bits must be 8 or 16, got ${bits}`);
  const ahead = args.whole('horizon', 1, 256) ?? 0;
  const lags = args.whole('lags', 0, 256) ?? (ahead > 0 ? LAGS_AHEAD : 0);
  const wanted = { units: args.list('units', 1, 4096), bits, seed: args.whole('seed', 0, 0xffff_ffff), rate: args.number('rate', 1 / 65536, 1), margin: args.number('margin', 0, 0.5) };
  return { ahead, lags, given: Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) };
}

/** The input that is the target, by its name or by its number as `--label` has it. @throws where it holds no numbers */
export function targetIn(path: string, layout: CsvFile['layout'], wanted: string): { at: number; input: Input } {
  const column = findColumn(wanted, layout.names, layout.width);
  const found = layout.inputs.flatMap((input, at) => (input.column === column ? [{ at, input }] : []));
  if (found.length === 1 && found[0]!.input.as !== 'word') return found[0]!;
  throw new Error(`${titleOf(path)}: column ${columnName(layout.names, column)} is no input of numbers: it holds words, or --drop, --time or --series names it; there are numbers in ${layout.inputs.filter(({ as }) => as !== 'word').slice(0, 20).map(({ name }) => name).join(', ')}`);
}

/** Rows with the target apart, that of `ahead` rows later; for the newest nobody knows it yet. */
async function rowsOf(file: CsvFile, at: number, ahead: number): Promise<Asked[]> {
  const rows: Asked[] = [];
  for await (const { x, row } of file) rows.push({ row, x: x.filter((_, i) => i !== at), y: x[at]! });
  return rows.map(({ row, x }, i) => ({ row, x, y: rows[i + ahead]?.y ?? NaN }));
}

/** Each row is asked about before its target is learned, which is `ahead` rows later; beside it the last target known then, and the mean of those. */
function walk(regressor: Regressor, asked: readonly Asked[], ahead: number, tell: (row: Asked, estimate: Estimate, last: number, mean: number, n: number) => void): void {
  let [last, sum, known] = [NaN, 0, 0];
  const learn = ({ x, y }: Asked): void => {
    regressor.learn(x, y);
    if (Number.isNaN(y)) return;
    last = y;
    sum += y;
    known++;
  };
  asked.forEach((row, i) => {
    if (ahead > 0 && i >= ahead) learn(asked[i - ahead]!);
    tell(row, regressor.predict(row.x), last, sum / known, i + 1);
    if (ahead === 0) learn(row);
  });
}

/** Of predictions of one kind. */
export class Errors {
  count = 0;
  #squares = 0;
  #sizes = 0;
  #mean = 0;
  #variation = 0;

  add(y: number, predicted: number): void {
    this.count++;
    this.#squares += (predicted - y) ** 2;
    this.#sizes += Math.abs(predicted - y);
    const before = y - this.#mean;
    this.#mean += before / this.count;
    this.#variation += before * (y - this.#mean);
  }

  /** R2 is null for a target that never varies. */
  figures(): { r2: number | null; mae: number } {
    return { r2: this.#variation > 0 ? 1 - this.#squares / this.#variation : null, mae: this.#sizes / this.count };
  }
}

interface Result {
  target: string;
  horizon: number;
  lags: number;
  inputs: readonly string[];
  samples: number;
  r2: number | null;
  mae: number;
  covered: number;
  persistence: { r2: number | null; mae: number };
  mean: { r2: number | null; mae: number };
  arenaBytes: number;
  seconds: number;
}

function summary({ target, horizon, lags, inputs, samples, r2, mae, covered, persistence, mean, arenaBytes, seconds }: Result): string {
  const of = (value: number | null): string => (value === null ? '-' : value.toFixed(3));
  const from = [...(inputs.length > 0 ? [counted(inputs.length, 'input')] : []), ...(lags > 0 ? [counted(lags, 'lag')] : [])].join(' and ');
  return table([
    ['samples', count(samples), `column ${JSON.stringify(plain(target))}${horizon > 0 ? ` ${counted(horizon, 'row')} ahead` : ''}, from ${from}`],
    ['R2', of(r2), 'each predicted before it is learned; 1: always right'],
    ['mean error', short(mae), 'in the unit of the column'],
    ['within low to high', percent(covered), 'four of five are meant to be'],
    ['repeat the last', of(persistence.r2), `mean error ${short(persistence.mae)}`],
    ['mean so far', of(mean.r2), `mean error ${short(mean.mae)}`],
    ['arena', `${count(arenaBytes)} B`, 'everything that is learned'],
    ['time', `${seconds.toFixed(2)} s`, ''],
  ]);
}

/** Six digits, and null for what is none. */
export function figure(value: number): number | null {
  return Number.isNaN(value) ? null : Number(value.toPrecision(6));
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
