import { statSync } from 'node:fs';
import { Measures, type Learner } from '../host/index.js';
import { JsonSamples } from '../host/sources/json-sample.js';
import { UNLABELLED } from '../host/sources/like.js';
import { readReadings } from './readings.js';
import type { Sample } from '../host/sources/sample.js';
import { UsageError, section, type Arguments, type Command } from './arguments.js';
import { BROKER_OPTIONS } from './broker.js';
import { Complaints } from './complaints.js';
import { CSV_OPTIONS, beginning, checkWritable, openTable, rereadable, tellWarnings, titleOf, type Rereadable } from './files.js';
import { isJson, samplesOfLines } from './sources/json-lines.js';
import { Clock } from './late-labels.js';
import { UNKNOWN_OPTION, familiarFigure, runOf } from './learner-options.js';
import { openSource } from './sources/open.js';
import { OPTIONS_OF_SOURCES } from './sources/options.js';
import { maxBytes } from './sources/source.js';
import { damageOf, openModel, readModel, type Model } from './model.js';
import { SOUND_OPTIONS, checkNoTable, checkSound, isSound, soundSamples, tellUnheard } from './sound.js';
import { isRegressor } from '../host/regressor/snapshot.js';
import { predictNumbers } from './predict-target.js';
import { inOrder, likeOf } from './model-note.js';
import { Outlet } from './outlet.js';
import { cut } from './moments.js';
import { jsonFields } from './sources/json.js';
import { checkShape } from './stored-learner.js';
import { count, jsonLine, percent, plain } from './terminal.js';

/** Labels that the summary counts. */
const MOST_LABELS = 12;
const { label: _, drop: __, inputs: ___, ...SOURCE_OPTIONS } = OPTIONS_OF_SOURCES;

export const predict: Command = {
  name: 'predict',
  operands: 'MODEL [FILE]',
  about: `The labels of new rows, or the numbers, by a model that was taught before; it learns nothing from them.
MODEL is a snapshot, the file of eval --save, a project of the page, or a store: the folder of onward learn --store, or the path that a program gave to FileStore.open. FILE is a CSV or lines of JSON, - standard input; for a model of sound a WAV file, or a folder of them.`,
  options: {
    ...section('The rows', { ...CSV_OPTIONS, ...SOURCE_OPTIONS }),
    ...section('Broker', BROKER_OPTIONS),
    ...section('Answers', {
      hop: { value: 'H', help: 'of a model with windows: moments from the start of a window to that of the next (default: no overlap)' },
      ...UNKNOWN_OPTION,
    }),
    ...section('Output', {
      out: { value: 'FILE', help: 'where the answers go (default standard output)' },
      json: { help: 'lines of JSON instead of CSV' },
      quiet: { help: 'nothing on stderr but errors' },
    }),
  },
  notes: [
    'Columns are found by the names that the model was taught with, whatever their order and whatever stands beside them; there need be no column of labels.',
    'row is the line of the file, counted from 1 as a text editor does, the header included; of another source than a file or lines of JSON, samples are counted from 1; of a window it is the last row. t and id are those of the sample. Where rows have labels, how many were answered right is said at the end.',
    'A model of eval --target answers each row with value, low and high, without the numbers before it, which helped it while it learned: fewer than four\nof five may lie from low to high. One with lags has them from the column of its target in FILE, and learns from it in the run; MODEL stays as it is.\nRows before which fewer numbers are known than it has lags have no answer.',
    '',
    'Examples:',
    '  onward eval taught.csv --save model && onward predict model new.csv > answers.csv',
    '  onward predict pump new.csv --json --out answers.jsonl        # pump is the folder of onward learn --store pump',
    '  onward predict pump --source mqtt://localhost/plant/pump --publish plant/pump/state',
  ],

  async run(args) {
    const path = args.operand('MODEL');
    const file = args.operands[1];
    if ((file === undefined) === !args.has('source')) throw new UsageError('give either a FILE or --source SOURCE');
    if (file !== undefined) for (const name of [...Object.keys(BROKER_OPTIONS), 'topic', 'queue']) if (args.has(name)) throw new UsageError(`--${name} needs --source SOURCE`);
    const out = checkWritable('out', args);
    if (isRegressor((await readModel(path, 'predict')).bytes)) return predictNumbers(args, path, file, out);
    const model = await openModel(path, 'predict', runOf(args));
    const { learner, note } = model;
    const say = (text: string): void => void (args.has('quiet') || process.stderr.write(`onward: ${plain(text).slice(0, 500)}\n`));
    for (const text of [...damageOf(path, model), ...checkShape(note, args)]) say(text);
    if (learner.labels.length === 0) throw new Error(`${path} was taught no label: there is nothing to answer`);
    const refusals = new Complaints(say);
    const refuse = refusals.take;

    const live = file === undefined ? await openSource(args, { fields: note.fields, shape: note, inputs: axesOf(learner), place: undefined, onLabel: () => {}, onRefused: refuse, say }) : undefined;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) if (live) process.once(signal, () => live.stop());
    const samples = live?.samples ?? (await fileRows(file!, model, args, refuse));
    const answers = new Answers(new Outlet(out), args.has('json'));
    const measures = new Measures(learner.labels);
    let row = 0;
    const numbered = async function* (): AsyncGenerator<Sample> {
      for await (const sample of samples) {
        row = (sample as Sample & { row?: number }).row ?? row + 1; // a table knows its own
        yield model.learner.config.window ? { ...sample, y: undefined as never } : sample; // a window is one whatever its labels are
      }
    };
    try {
      for await (const sample of cut(numbered(), { samples: learner.config.window?.samples, hop: args.whole('hop', 1, 1e6), axes: () => axesOf(learner), clock: new Clock(args), refuse: (error) => refuse(error, 'a sample') })) {
        const { x, y, t, id, group } = sample;
        if (x.length !== learner.inputs) {
          refuse(new Error(`the sample has ${x.length} values, the model takes ${learner.inputs}`), 'a sample');
          continue;
        }
        const { label, probability, margin, familiar } = learner.predict(x);
        if (y !== undefined) measures.add(y, label, false);
        const answer = { row, ...(t === undefined ? {} : { t }), ...(id === undefined ? {} : { id }), ...(group === undefined ? {} : { topic: group }), label: label ?? '', probability: figure(probability), margin: figure(margin), familiar: familiarFigure(familiar) };
        await answers.write(answer);
        live?.publish(answer);
      }
      await answers.end();
    } finally {
      await live?.close();
    }
    refusals.rest();
    if (answers.count === 0) throw new Error(`${file === undefined ? 'the source' : titleOf(file)} held no sample of this model${refusals.count > 0 ? `; ${count(refusals.count)} were refused` : learner.config.window ? `: a window has ${learner.config.window.samples} rows` : ''}`);
    say(summary(answers, measures, refusals.count));
    learner.dispose();
  },
};

/** Rows of a CSV, or objects of lines of JSON. */
async function fileRows(path: string, model: Model, args: Arguments, refuse: (error: Error, from: string) => void): Promise<AsyncIterable<Sample>> {
  if (isSound(path)) return soundRows(path, model, args);
  for (const name of Object.keys(SOUND_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} is of WAV files, or a folder of them`);
  if (/\.(png|jpe?g|webp|gif|bmp|avif)$/i.test(path)) throw new Error(`${path} is a picture; this command takes rows of numbers${model.note.picture ? `: of each picture ${PICTURE_ROWS}` : ''}`);
  const source = await rereadable(path);
  if (isJson(await beginning(source))) return jsonRows(source, model, args, titleOf(path), refuse);
  const { note, learner } = model;
  if (note.layout !== undefined) {
    const file = await openTable(path, args, likeOf(note), source);
    tellWarnings(path, { warnings: file.warnings.filter((warning) => !warning.endsWith(UNLABELLED)) }, args);
    return inOrder(file, note);
  }
  return columnRows(source, model, args, titleOf(path), axesOf(learner));
}

/** Windows of sound as the model was taught them; a name that is none of its labels is only a name. */
async function* soundRows(path: string, { note: { sound, picture }, learner }: Model, args: Arguments): AsyncGenerator<Sample> {
  if (sound === undefined && statSync(path).isDirectory()) throw new Error(`${path} is a folder, of which WAV files are read, and this model was taught no sound: it takes rows of numbers${picture ? `, of each picture ${PICTURE_ROWS}` : ''}`);
  if (sound === undefined) throw new Error(`${path} is sound, and this model was taught none: teach one with onward eval FOLDER --save MODEL`);
  checkSound(sound, args, 'the model');
  checkNoTable(args);
  for await (const { x, y, id } of soundSamples(path, sound, tellUnheard(args))) yield { x, id, ...(learner.labels.includes(y) ? { y } : {}) };
}

function jsonRows(source: Rereadable, { note, learner }: Model, args: Arguments, title: string, refuse: (error: Error, from: string) => void): AsyncIterable<Sample> {
  const say = (text: string): void => void (args.has('quiet') || process.stderr.write(`onward: ${plain(text)}\n`));
  const json = new JsonSamples({ id: 'id', ...jsonFields(args, { fields: note.fields, shape: note, inputs: axesOf(learner), say }) });
  return samplesOfLines(source instanceof Uint8Array ? [source] : source(), (text, where) => json.parse(text, where), maxBytes(args), (error) => refuse(error, title));
}

/** Numbers that stand for a picture. */
const PICTURE_ROWS = 'the features that pictureFeatures of onward/sources/camera makes of it';

/** For a model that was taught no table: columns by the names of its fields, or, where it has none, all columns of numbers in their order. */
async function* columnRows(source: Rereadable, { note: { fields, picture } }: Model, args: Arguments, title: string, axes: number): AsyncGenerator<Sample & { row: number }> {
  const drop = [...(args.text('drop')?.split(',') ?? []), ...(args.has('label') ? [args.text('label')!] : [])];
  const read = (take: readonly string[]) => readReadings(source, { drop, take });
  const { names, rows, firstLine, warnings } = await (fields ? read(fields).catch(() => read([])) : read([])); // of a field that is gone more is to be said
  if (fields) tellWarnings(title, { warnings: warnings.filter((warning) => / text taken as missing/.test(warning)) }, args);
  const columns = fields?.map((name) => names.indexOf(name)) ?? names.map((_, i) => i);
  const gone = fields?.filter((_, i) => columns[i]! < 0) ?? [];
  if (gone.length > 0) throw new Error(`${title}: there is no column ${gone.slice(0, 10).join(', ')}, which the model needs; there are ${names.slice(0, 20).join(', ')}`);
  if (picture !== undefined && columns.length !== axes) throw new Error(`${title}: ${columns.length} columns of numbers (${names.slice(0, 20).join(', ')}); the model was taught pictures of a camera: give it of each a row of ${PICTURE_ROWS}`);
  if (columns.length !== axes) throw new Error(`${title}: ${columns.length} columns of numbers (${names.slice(0, 20).join(', ')}), the model takes ${axes} and does not know their names: ${columns.length > axes ? 'leave others out with --drop COLUMN,..' : 'give it a file with so many'}`);
  for (const [index, values] of rows.entries()) yield { x: Float64Array.from(columns, (column) => values[column]!), row: firstLine + index };
}

/** The answers on their way out, one line each. */
class Answers {
  count = 0;
  /** How often each label was answered. */
  readonly labels = new Map<string, number>();
  readonly #json: boolean;
  readonly #to: Outlet;
  #columns: readonly string[] | undefined;

  constructor(to: Outlet, json: boolean) {
    this.#to = to;
    this.#json = json;
  }

  async write(answer: { label: string }): Promise<void> {
    this.count++;
    this.labels.set(answer.label, (this.labels.get(answer.label) ?? 0) + 1);
    const first = this.#columns === undefined;
    this.#columns ??= Object.keys(answer);
    const line = this.#json ? jsonLine(answer) : this.#columns.map((column) => cell(answer[column as never], this.#to.isTerminal)).join(',');
    await this.#to.write(`${first && !this.#json ? `${this.#columns.join(',')}\n` : ''}${line}\n`);
  }

  end(): Promise<void> {
    return this.#to.end();
  }
}

function summary({ count: rows, labels }: Answers, measures: Measures, refused: number): string {
  const most = [...labels].sort((a, b) => b[1] - a[1]);
  const counts = most.slice(0, MOST_LABELS).map(([label, n]) => `${label} ${count(n)}`).join(', ');
  return [
    `${count(rows)} answers: ${counts}${most.length > MOST_LABELS ? `, and ${most.length - MOST_LABELS} more` : ''}`,
    ...(measures.samples > 0 ? [`${percent(measures.accuracy)} of the ${count(measures.samples)} with a label are right`] : []),
    ...(refused > 0 ? [`${count(refused)} refused`] : []),
  ].join('; ');
}

/** Values of a moment. */
function axesOf({ config, inputs }: Learner): number {
  return config.window?.axes ?? inputs;
}

function cell(value: string | number | null | undefined, seen: boolean): string {
  const text = value === null || value === undefined ? '' : seen ? plain(String(value)) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function figure(value: number): number {
  return Number(value.toFixed(4));
}
