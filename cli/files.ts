import { accessSync, closeSync, constants, createReadStream, openSync, readSync, statSync, type Stats } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Learner } from '../host/index.js';
import { openCsv, type CsvFile, type CsvOptions } from '../host/sources/csv.js';
import { UsageError, type Arguments, type Option } from './arguments.js';
import { plain } from './terminal.js';

/** The options that say what the columns of a table are, for all commands that read one. */
export const TABLE_OPTIONS: Record<string, Option> = {
  time: { value: 'COLUMN', help: 'the column of the time, as numbers or dates: it is no input (default: the first of dates, or a clock)' },
  take: { value: 'COLUMN,..', help: 'columns that are inputs although they look like clocks or ids, or hold some text' },
  missing: { value: 'NUMBER,..', help: 'numbers that stand for no value, or none (default: such as -9999, where it is far from all others and comes again)' },
  differences: { value: 'COLUMN,..', help: 'columns that only grow, such as meters: learned by what they add from row to row' },
  series: { value: 'COLUMN', help: 'the column that says of which series a row is, where series are stacked: each becomes a column of its own' },
};

/** The options that say how a table with labels is read. */
export const CSV_OPTIONS: Record<string, Option> = {
  label: { value: 'COLUMN', help: 'the column of the label, by name or by number from 0 (default: the last that can be one)' },
  drop: { value: 'COLUMN,..', help: 'columns to leave out' },
  ...TABLE_OPTIONS,
};

/** TABLE_OPTIONS as the reader takes them. */
export function tableOptions(args: Arguments): CsvOptions {
  const [time, series] = [args.text('time'), args.text('series')];
  const list = (name: string) => args.text(name)?.split(',');
  const [take, differences] = [list('take'), list('differences')];
  const missing = args.text('missing') === 'none' ? [] : list('missing')?.map((text) => {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) throw new UsageError(`--missing takes numbers, got ${text}`);
    return value;
  });
  return {
    ...(time === undefined ? {} : { time }),
    ...(series === undefined ? {} : { series }),
    ...(take ? { take } : {}),
    ...(differences ? { differences } : {}),
    ...(missing ? { missing } : {}),
  };
}

/** `source`: what `rereadable` gave, where the same file is opened twice. */
export async function openTable(path: string, args: Arguments, options: CsvOptions = {}, source?: Rereadable): Promise<CsvFile> {
  source ??= await rereadable(path);
  const label = args.text('label');
  const drop = args.text('drop')?.split(',');
  try {
    return await openCsv(source, { ...tableOptions(args), ...(label === undefined ? {} : { label }), ...(drop ? { drop } : {}), ...options });
  } catch (cause) {
    throw new Error(`${titleOf(path)}: ${(cause as Error).message}`, { cause });
  }
}

/** Writes the doubts of a file's reader to stderr: stdout belongs to the answer. */
export function tellWarnings(path: string, { warnings }: Pick<CsvFile, 'warnings'>, args: Arguments): void {
  if (args.has('quiet')) return;
  for (const warning of warnings) process.stderr.write(`${plain(`${titleOf(path)}: ${warning}`)}\n`);
}

/** Narrow layers cost accuracy where labels are many: 200 labels, 10,000 samples: 64-64 89.0 %, 128-128 94.0 %. */
export function tellUnits({ labels, config }: Learner, args: Arguments): void {
  const first = config.units[0]!;
  if (args.has('quiet') || labels.length <= first) return;
  const enough = 2 ** Math.ceil(Math.log2(labels.length));
  process.stderr.write(`${labels.length} labels on ${first} units: try --units ${config.units.map((units) => Math.max(units, enough)).join(',')}\n`);
}

/**
 * Before the work begins: can the file that an option names be written at its end, and is nothing lost by that? Gives its path.
 * @throws UsageError where it is what the command reads, Error where it cannot be written, where --save would replace something else than a snapshot, or another option a snapshot
 */
export function checkWritable(option: string, args: Arguments, path = args.text(option)): string | undefined {
  if (path === undefined) return undefined;
  if ([...args.operands, args.text('test')].some((read) => read !== undefined && isSame(path, read))) throw new UsageError(`--${option} ${path} is the FILE itself, which is read: name another`);
  const store = [...args.operands, args.text('store'), args.text('load')].find((each) => each !== undefined && isGeneration(path, each));
  if (store !== undefined) throw new UsageError(`--${option} ${path} has the name of a generation of ${store}: name another`);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) throw new Error(`--${option} ${path} is a directory; name a file in it`);
  const folder = dirname(path);
  if (!stat && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`--${option} ${path}: there is no folder ${folder}; create it first`);
  try {
    accessSync(stat ? path : folder, constants.W_OK);
  } catch (cause) {
    throw new Error(`--${option} ${path}: no permission to write there`, { cause });
  }
  if (stat?.isFile() && stat.size > 0) {
    const head = headOf(path);
    if (option === 'save' && !SNAPSHOT.test(head)) throw new Error(`--save ${path} is there, and is no snapshot: name another file, or remove it first`);
    if (option !== 'save' && (SNAPSHOT.test(head) || MEMBER.test(head))) throw new Error(`--${option} ${path} is there, and is a snapshot, which would be lost: name another file, or remove it first`);
  }
  return path;
}

function isSame(path: string, other: string, isKind: 'isFile' | 'isDirectory' = 'isFile'): boolean {
  const [one, two] = [path, other].map((each) => statSync(each, { throwIfNoEntry: false }));
  return one !== undefined && two !== undefined && one[isKind]() && one.dev === two.dev && one.ino === two.ino;
}

/** Would a store take the file for one of its own? `store`: its folder, or the path that a program gave to `FileStore.open`. */
function isGeneration(path: string, store: string): boolean {
  const name = /^(.+)\.[1-9]\d{0,14}$/.exec(basename(path))?.[1];
  if (name === undefined || statSync(store, { throwIfNoEntry: false })?.isFile()) return false;
  return isSame(dirname(path), store, 'isDirectory') || (name === basename(store) && isSame(dirname(path), dirname(store), 'isDirectory'));
}

/** All kinds begin with ON and two more capitals, a fleet's member with ONW1, and then comes a small number (FORMAT.md); a column can be called ONOFF. */
const SNAPSHOT = /^ON[A-Z]{2}[\0-\x08]/;
const MEMBER = /^ONW1/;

function headOf(path: string): string {
  const head = Buffer.alloc(5);
  const file = openSync(path, 'r');
  try {
    readSync(file, head);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1');
}

/** How a file is called in messages. */
export function titleOf(path: string): string {
  return STDIN.has(path) ? 'standard input' : path;
}

const STDIN = new Set(['-', '/dev/stdin']);
let taken: typeof process.stdin | undefined;

/** A source that can be read twice: a file as it is, a pipe or a device held in memory. */
export type Rereadable = Uint8Array | (() => AsyncIterable<Uint8Array>);

export async function rereadable(path: string): Promise<Rereadable> {
  if (STDIN.has(path)) {
    if (taken === process.stdin) throw new UsageError('only one FILE can be standard input');
    taken = process.stdin;
    return gather(taken);
  }
  const stat = checkReadable(path);
  return stat.isFile() ? () => createReadStream(path) : gather(createReadStream(path));
}

/** First bytes of a source. */
export async function beginning(source: Rereadable): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  for await (const chunk of source()) return chunk;
  return new Uint8Array();
}

/** @throws where there is no such file; nothing of it is read */
export function checkReadable(path: string): Stats {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error(`there is no file ${path}`);
  if (stat.isDirectory()) throw new Error(`${path} is a directory; name a CSV file`);
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    throw new Error(`${path}: no permission to read it`, { cause });
  }
  return stat;
}

async function gather(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
