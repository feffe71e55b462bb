import { createWriteStream } from 'node:fs';
import { loadRegressor } from '../host/regressor/index.js';
import { UsageError, type Arguments } from './arguments.js';
import { figure } from './eval-target.js';
import { openTable, rereadable, tellWarnings, titleOf } from './files.js';
import { readModel } from './model.js';
import { inOrder, likeOf, noteOf } from './model-note.js';
import { count, counted, jsonLine, plain } from './terminal.js';

/** Of a model whose table is known, the columns are found as that had them; of others the options say which they are. */
const TAKEN = ['series', 'out', 'json', 'quiet'];
const TAKEN_OF_COLUMNS = [...TAKEN, 'drop', 'time', 'take', 'missing', 'differences'];

/** `onward predict` of a regressor: a number for each row of a table, without the help of numbers that were known before it. */
export async function predictNumbers(args: Arguments, path: string, file: string | undefined, out: string | undefined): Promise<void> {
  if (file === undefined) throw new UsageError(`${path} is a regressor: give a FILE; sources are for labels`);
  const regressor = await loadRegressor((await readModel(path)).bytes);
  const note = noteOf(regressor.note);
  const { inputs, lags } = regressor.config;
  const taken = note.layout === undefined ? TAKEN_OF_COLUMNS : args.has('series') ? [...TAKEN, 'time'] : TAKEN;
  const idle = args.names.find((name) => !taken.includes(name));
  if (idle !== undefined) throw new UsageError(`--${idle} has no effect here, leave it out: ${path} is a regressor${note.layout === undefined ? '' : ', and its columns are found by name'}`);
  if (lags > 0) throw new Error(`${path} foresees its target from ${counted(lags, 'lag')}, numbers that must be learned as they come: load it in a program (loadRegressor), run eval --target on the whole file, or teach one with eval --lags 0 --save`);
  const source = await rereadable(file);
  const rows = await openTable(file, args, { label: null, ...likeOf(note) }, source);
  tellWarnings(file, rows, args);
  regressor.begin();
  const to = out === undefined ? process.stdout : createWriteStream(out);
  let answers = 0;
  for await (const { x, row, t } of inOrder(rows, note) as typeof rows) {
    if (x.length !== inputs) throw new Error(`${titleOf(file)}: ${x.length} columns of numbers, the model takes ${inputs}: ${x.length > inputs ? 'leave others out with --drop COLUMN,..' : 'what was left out becomes an input with --take COLUMN,..'}`);
    const { value, low, high } = regressor.predict(x);
    const answer = { row, ...(t === undefined ? {} : { t }), value: figure(value), low: figure(low), high: figure(high) };
    if (answers++ === 0 && !args.has('json')) to.write(`${Object.keys(answer).join(',')}\n`);
    to.write(`${args.has('json') ? jsonLine(answer) : Object.values(answer).map((cell) => cell ?? '').join(',')}\n`);
  }
  if (answers === 0) throw new Error(`${titleOf(file)} held no row of this model`);
  if (to !== process.stdout) await new Promise<void>((resolve, reject) => to.on('error', reject).end(resolve));
  if (!args.has('quiet')) process.stderr.write(`onward: ${count(answers)} answers${note.target === undefined ? '' : ` of ${plain(note.target)}`}${note.ahead ? `, ${counted(note.ahead, 'row')} later` : ''}\n`);
  regressor.dispose();
}
