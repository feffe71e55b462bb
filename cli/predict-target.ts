import { loadRegressor } from '../host/regressor/index.js';
import type { Estimate, Regressor } from '../host/regressor/regressor.js';
import type { CsvFile, TableSample } from '../host/sources/csv.js';
import { UsageError, type Arguments } from './arguments.js';
import { figure } from './eval-target.js';
import { beginning, openTable, rereadable, tellWarnings, titleOf } from './files.js';
import { damageOf, readModel } from './model.js';
import { aheadOf, inOrder, likeOf, noteOf, type ModelNote } from './model-note.js';
import { Outlet } from './outlet.js';
import { isJson } from './sources/json-lines.js';
import { count, counted, jsonLine, plain } from './terminal.js';

/** Of a model whose table is known, the columns are found as that had them; of others the options say which they are. */
const TAKEN = ['series', 'out', 'json', 'quiet'];
const TAKEN_OF_COLUMNS = [...TAKEN, 'drop', 'time', 'take', 'missing', 'differences'];

const UNANSWERED: Estimate = { value: NaN, low: NaN, high: NaN };

/** `onward predict` of a regressor: a number for each row of a table. One with lags has them from the table's own column of the target. */
export async function predictNumbers(args: Arguments, path: string, file: string | undefined, out: string | undefined): Promise<void> {
  if (file === undefined) throw new UsageError(`${path} is a regressor: give a FILE; sources are for labels`);
  const model = await readModel(path, 'predict');
  const regressor = await loadRegressor(model.bytes);
  const note = noteOf(regressor.note);
  const { inputs, lags } = regressor.config;
  const ahead = aheadOf(note, regressor.config);
  const taken = note.layout === undefined ? TAKEN_OF_COLUMNS : args.has('series') ? [...TAKEN, 'time'] : TAKEN;
  const idle = args.names.find((name) => !taken.includes(name));
  if (idle !== undefined) throw new UsageError(`--${idle} has no effect here, leave it out: ${path} is a regressor${note.layout === undefined ? '' : ', and its columns are found by name'}`);
  for (const text of args.has('quiet') ? [] : damageOf(path, model)) process.stderr.write(`onward: ${plain(text)}\n`);
  const shape = lags > 0 ? withTarget(path, note, lags) : note;
  const rows = await openRows(file, args, shape, lags);
  tellWarnings(file, rows, args);
  regressor.begin();
  const answer = lags > 0 ? withLags(regressor, ahead) : (x: Float64Array) => regressor.predict(x);
  const to = new Outlet(out);
  let asked = 0;
  let answers = 0;
  for await (const { x, row, t } of inOrder(rows, shape) as AsyncIterable<TableSample>) {
    if (lags === 0 && x.length !== inputs) throw new Error(`${titleOf(file)}: ${x.length} columns of numbers, the model takes ${inputs}: ${x.length > inputs ? 'leave others out with --drop COLUMN,..' : 'what was left out becomes an input with --take COLUMN,..'}`);
    const { value, low, high } = answer(x);
    if (!Number.isNaN(value)) answers++;
    const line = { row, ...(t === undefined ? {} : { t }), value: figure(value), low: figure(low), high: figure(high) };
    if (asked++ === 0 && !args.has('json')) await to.write(`${Object.keys(line).join(',')}\n`);
    await to.write(`${args.has('json') ? jsonLine(line) : Object.values(line).map((cell) => cell ?? '').join(',')}\n`);
  }
  if (asked === 0) throw new Error(`${titleOf(file)} held no row of this model`);
  await to.end();
  if (answers === 0 && lags > 0) throw new Error(`${titleOf(file)}: no row has an answer: the model needs ${counted(lags, 'number')} of column ${note.target} before it, and the file has no more than that`);
  const unanswered = asked === answers ? '' : `; ${counted(asked - answers, 'row')} without, before which fewer than ${counted(lags, 'number')} of ${plain(note.target ?? '')} are known`;
  if (!args.has('quiet')) process.stderr.write(`onward: ${count(answers)} answers${note.target === undefined ? '' : ` of ${plain(note.target)}`}${ahead > 0 ? `, ${counted(ahead, 'row')} later` : ''}${unanswered}\n`);
  regressor.dispose();
}

/** The shape of rows that have the target behind the inputs. @throws where the model does not know its column */
function withTarget(path: string, note: ModelNote, lags: number): ModelNote {
  const { layout, targetInput } = note;
  if (layout === undefined || targetInput === undefined) throw new Error(`${path} foresees its target from ${counted(lags, 'lag')}, numbers that it needs as they come, and does not know their column: load it in a program (loadRegressor of onward/regressor), or teach one with onward eval FILE --target COLUMN --lags ${lags} --save MODEL`);
  return { ...note, layout: { ...layout, inputs: [...layout.inputs, targetInput] } };
}

async function openRows(file: string, args: Arguments, shape: ModelNote, lags: number): Promise<CsvFile> {
  try {
    const source = await rereadable(file);
    if (isJson(await beginning(source))) throw new Error(`${titleOf(file)} holds lines of JSON: predict takes a table for a regressor; onward learn --target answers lines of JSON, and learns from them`);
    return await openTable(file, args, { label: null, ...likeOf(shape) }, source);
  } catch (cause) {
    if (lags === 0 || !(cause as Error).message.includes(': no column ')) throw cause;
    throw new Error(`${(cause as Error).message}; the model answers from the ${counted(lags, 'number')} of ${shape.target} before a row, so the file needs that column, with empty cells where a number is not known yet`, { cause });
  }
}

/** Answers of rows with the target as their last value: each before its number is learned, from those that are known by then, as `eval` does. */
function withLags(regressor: Regressor, ahead: number): (row: Float64Array) => Estimate {
  const { lags } = regressor.config;
  const waiting: Float64Array[] = []; // rows whose number is not known yet
  let known = 0;
  const learn = (x: Float64Array, y: number): void => {
    regressor.learn(x, y);
    if (!Number.isNaN(y)) known++;
  };
  return (row) => {
    const [x, y] = [row.subarray(0, -1), row[row.length - 1]!];
    if (ahead > 0 && waiting.length === ahead) learn(waiting.shift()!, y);
    const estimate = known < lags ? UNANSWERED : regressor.predict(x);
    if (ahead === 0) learn(x, y);
    else waiting.push(x);
    return estimate;
  };
}
