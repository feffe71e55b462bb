// Every parser against tables it must read right, and against damage it must survive: an answer in good order, or an `Error` that is
// meant (never a TypeError out of the parser's own inside), and no endless reading.

import { parseArguments, UsageError, type Command } from '../../cli/arguments.js';
import { LEARNER_OPTIONS } from '../../cli/learner-options.js';
import { CSV_OPTIONS } from '../../cli/files.js';
import { cellLabel, cellNumber, isMissing, nearest, orderLabels } from '../../host/sources/columns.js';
import { isHeader } from '../../host/sources/head.js';
import { LabelNeeded, openCsv } from '../../host/sources/csv.js';
import { ndjson } from '../../host/sources/ndjson.js';
import type { Sample } from '../../host/sources/sample.js';
import { windows } from '../../host/sources/window.js';
import { gzipSync } from 'node:zlib';
import { generator } from '../random.js';
import { DAMAGES, below, pick, splice, type Random } from './mutate.js';

/** Round `i` of a property: throws where it does not hold. */
type Property = (random: Random) => Promise<void> | void;

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (string: string): Uint8Array => new TextEncoder().encode(string);

function must(holds: unknown, message: () => string): void {
  if (!holds) throw new Error(`property broken: ${message()}`);
}

/** Runs a parser on damaged input: what it throws must be a plain Error that says something. */
async function survives(parse: () => Promise<void>, input: Uint8Array | string): Promise<void> {
  try {
    await parse();
  } catch (error) {
    const shown = (): string => `${String((error as Error)?.stack ?? error).slice(0, 600)} on ${JSON.stringify(typeof input === 'string' ? input : text(input)).slice(0, 600)}`;
    must(error instanceof Error && !(error as Error).message.startsWith('property broken'), shown);
    must((error as Error).constructor === Error || error instanceof UsageError || error instanceof LabelNeeded, shown);
    must((error as Error).message.length > 5, shown);
  }
}

const NAMES = ['a', 'temp', 'x y', 'fan_1', 'Z', 'col-9', 'B2', 'q'];
const CELLS = ['0', '1', '-1.5', '3e4', '1e39', '', '?', 'NA', 'NaN', 'inf', 'ERR', 'true', '0x10', '1,5', ' 7 ', '"8"', '1e-50', '--1', '\u00bd'];
const LABELS = ['on', 'off', 'idle', 'c2', 'c10', 'x,y', 'a "b"', '\u{1F7E5}', '5'];

interface Table {
  delimiter: string;
  names: string[];
  rows: { x: number[]; y: string }[];
  text: string;
}

/** A table that any spreadsheet could have written. */
function table(random: Random): Table {
  const delimiter = pick(random, [',', ';', '\t', '|']);
  const width = 1 + below(random, 5);
  const names = NAMES.slice(0, width);
  const labels = LABELS.slice(0, 2 + below(random, 6));
  const quote = (cell: string): string => (/[",;\t|\s]/.test(cell) || random() < 0.1 ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = Array.from({ length: 8 + below(random, 20) }, (_, i) => ({
    x: names.map(() => (random() < 0.05 ? NaN : Math.round((random() - 0.5) * 10 ** (1 + below(random, 5))) / pick(random, [1, 4, 100]))),
    y: i < labels.length ? labels[i]! : pick(random, labels),
  }));
  rows.forEach(({ x }, i) => {
    if (i < 3) x.forEach((value, j) => Number.isNaN(value) && (x[j] = 0.5)); // every column shows a number early: it is one of numbers
    x[0] = [3, 1, 4, 1.5, 9, 2, 6][i % 7]! + 0.5; // and the first is no row number, nor a clock
  });
  const end = pick(random, ['\n', '\r\n']);
  const lines = [[...names, 'label'].map(quote), ...rows.map(({ x, y }) => [...x.map((value) => (Number.isNaN(value) ? '' : String(value))), quote(y)])];
  return { delimiter, names, rows, text: lines.map((cells) => cells.join(delimiter)).join(end) + (random() < 0.5 ? end : '') };
}

async function readCsv(source: string | Uint8Array): Promise<void> {
  const file = await openCsv(source);
  must(file.inputs > 0 && file.names.length === file.inputs, () => 'no inputs');
  let rows = 0;
  for await (const { x, y } of file) {
    rows++;
    must(x.length === file.inputs, () => `row ${rows} has ${x.length} values`);
    for (let i = 0; i < x.length; i++) must(typeof x[i] === 'number' && (Number.isNaN(x[i]) || Number.isFinite(Math.fround(x[i]!))), () => `row ${rows} has ${x[i]}`);
    must(y === undefined || file.labels.includes(y), () => `row ${rows} has the unknown label ${y}`);
  }
  must(rows === file.rows, () => `${rows} rows, announced ${file.rows}`);
}

/** Bytes damaged once to three times, by damage of bytes or by lines and cells that do not belong. */
function damaged(random: Random, good: Uint8Array): Uint8Array {
  let bytes = good;
  for (let n = 1 + below(random, 3); n > 0 && bytes.length > 8; n--) {
    if (random() < 0.5) bytes = pick(random, Object.values(DAMAGES))(random, bytes);
    else if (random() < 0.3) bytes = splice(random, bytes, good);
    else {
      const at = below(random, bytes.length);
      const insert = bytesOf(pick(random, [...CELLS, '"', '\n', '\r', '\0', ',,,,', '\uFEFF', '#', '\n#c\n', '{', '}', '[', ']', ':', 'null', '\\u', '1e999']));
      bytes = Uint8Array.from([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at)]);
    }
  }
  return bytes;
}

const COMMAND: Command = { name: 'eval', operands: 'FILE', about: '', options: { ...LEARNER_OPTIONS, ...CSV_OPTIONS, json: { help: '' } }, run: async () => {} };

export const PROPERTIES: Record<string, Property> = {
  async 'csv: a table comes back as it was'(random) {
    const { names, rows, text: source } = table(random);
    const packed = random() < 0.2 ? new Uint8Array(gzipSync(source)) : random() < 0.5 ? bytesOf(source) : source;
    const file = await openCsv(packed);
    must(file.names.join() === names.join() && file.labelName === 'label', () => `columns ${file.names} of ${source}`);
    let i = 0;
    for await (const { x, y } of file) {
      must(y === rows[i]!.y && rows[i]!.x.every((value, j) => Object.is(value + 0, x[j]! + 0)), () => `row ${i}: ${Array.from(x)} ${y} of ${source}`);
      i++;
    }
    must(i === rows.length, () => `${i} rows of ${rows.length}`);
    must(file.labels.length === new Set(rows.map(({ y }) => y)).size, () => `labels ${file.labels}`);
  },

  async 'csv: damage'(random) {
    let bytes = damaged(random, bytesOf(table(random).text));
    if (random() < 0.2) bytes = damaged(random, new Uint8Array(gzipSync(bytes)));
    await survives(() => readCsv(bytes), bytes);
  },

  async 'ndjson: samples come back as they were, however the text is cut into chunks'(random) {
    const flat = random() < 0.5;
    const width = 1 + below(random, 4);
    const samples = Array.from({ length: 1 + below(random, 20) }, (_, t) => ({
      x: Array.from({ length: width }, () => (random() < 0.1 ? null : random() * 10 ** below(random, 9))),
      ...(random() < 0.8 ? { y: pick(random, LABELS) } : {}),
      ...(random() < 0.5 ? { t } : {}),
    }));
    const source = samples.map(({ x, ...rest }) => JSON.stringify(flat ? { ...Object.fromEntries(x.map((value, i) => [NAMES[i]!, value])), ...rest } : { x, ...rest })).join(pick(random, ['\n', '\r\n', '\n\n'])) + '\n';
    const all = bytesOf(source);
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < all.length; ) {
      const next = at + 1 + below(random, 40);
      chunks.push(all.subarray(at, next));
      at = next;
    }
    let i = 0;
    for await (const { x, y, t } of ndjson((async function* () { yield* chunks; })())) {
      const sample = samples[i++]!;
      must(y === sample.y && t === sample.t && sample.x.every((value, j) => (value === null ? Number.isNaN(x[j]) : value === x[j])), () => `line ${i}: ${Array.from(x)} ${y} ${t} of ${source}`);
    }
    must(i === samples.length, () => `${i} of ${samples.length}`);
  },

  async 'ndjson: damage'(random) {
    const good = bytesOf(Array.from({ length: 6 }, (_, i) => (random() < 0.5 ? `{"x": [${i}, 2.5, null], "y": "on"}` : `{"x": [1e3, ${i}, 0], "y": 7, "t": ${i}}`)).join('\n'));
    const bytes = damaged(random, good);
    await survives(async () => {
      let width: number | undefined;
      for await (const { x, y, t } of ndjson(bytes)) {
        width ??= x.length;
        must(x.length === width && width > 0, () => `${x.length} values after ${width}`);
        for (let i = 0; i < x.length; i++) must(typeof x[i] === 'number', () => `value ${x[i]}`);
        must(y === undefined || typeof y === 'string', () => `label ${String(y)}`);
        must(t === undefined || typeof t === 'number', () => `time ${String(t)}`);
      }
    }, bytes);
  },

  async 'window: the same windows as by hand, none across a change'(random) {
    const samples = 1 + below(random, 6);
    const hop = 1 + below(random, 8);
    const width = 1 + below(random, 3);
    const stream: (Sample & { g: number })[] = [];
    let y: string | undefined = 'a';
    let g = 0;
    for (let t = 0; t < 60; t++) {
      if (random() < 0.08) y = pick(random, ['a', 'b', undefined]);
      if (random() < 0.05) g++;
      stream.push({ x: Array.from({ length: width }, () => below(random, 1000)), t, g, ...(y === undefined ? {} : { y }) });
    }
    // by hand: cut into runs of one label and group, then every `hop` moments one window that fits
    const expected: { start: number; y: string | undefined }[] = [];
    for (let start = 0; start < stream.length; ) {
      let end = start;
      while (end < stream.length && stream[end]!.y === stream[start]!.y && stream[end]!.g === stream[start]!.g) end++;
      for (let at = start; at + samples <= end; at += hop) expected.push({ start: at, y: stream[start]!.y });
      start = end;
    }
    let i = 0;
    for await (const window of windows(stream, { samples, hop, group: (sample) => (sample as Sample & { g: number }).g })) {
      const { start, y: label } = expected[i++] ?? { start: -1, y: undefined };
      const values = stream.slice(start, start + samples).flatMap(({ x }) => Array.from(x));
      must(window.t === start && window.y === label && values.join() === Array.from(window.x).join(), () => `window ${i} at ${window.t}, expected ${start}`);
    }
    must(i === expected.length, () => `${i} windows, expected ${expected.length}`);
  },

  'columns: cells of any text'(random) {
    const cell = random() < 0.4 ? pick(random, CELLS) : text(damaged(random, bytesOf(pick(random, CELLS).padEnd(10, pick(random, CELLS) || '9'))));
    const number = cellNumber(cell, random() < 0.5);
    must(number === undefined || Number.isNaN(number) || Number.isFinite(Math.fround(number)), () => `${cell} is ${number}`);
    must(!isMissing(cell) || Number.isNaN(number), () => `${cell} is missing, but ${number}`);
    const value = (random() - 0.5) * 10 ** (below(random, 70) - 32);
    must(cellNumber(String(value)) === value, () => String(value));
    must(cellNumber(String(value).replace('.', ','), true) === value, () => `${value} with a comma`);
    must(cellLabel(cell, false) === undefined || cellLabel(cell, false) === cell, () => cell);
    const labels = orderLabels([cell, ...LABELS, cell], false);
    must(new Set(labels).size === labels.length && orderLabels(labels.toReversed(), false).join('\0') === labels.join('\0'), () => labels.join());
    const near = nearest(cell, NAMES);
    must(near === undefined || NAMES.includes(near), () => `${near}`);
    isHeader([cell, ...NAMES], [[cell, '1', '2'], [], CELLS], 1 + below(random, 12));
  },

  async 'arguments: any words'(random) {
    const words = ['--units', '--bits', '--seed', '--rate', '--margin', '--label', '--drop', '--json', '--help', '-h', '--', '-', '--no-self-rate', '--units=8,8', '--rate=', '--=', '--__proto__', '--constructor', '--toString=1', '-x', '-bits', '--Units', '8', '8,x', '1e99', '-5', 'NaN', '', ' ', 'file.csv', '\0', '--seed=-1', '--bits', '16', '--unit'];
    const argv = Array.from({ length: below(random, 7) }, () => (random() < 0.9 ? pick(random, words) : text(damaged(random, bytesOf(`--${pick(random, NAMES)}=valuevalue`)))));
    await survives(async () => {
      const args = parseArguments(COMMAND, argv);
      must(args.operands.length <= 1 || args.has('help'), () => 'operands');
      const bits = args.whole('bits', 8, 16);
      must(bits === undefined || (Number.isInteger(bits) && bits >= 8 && bits <= 16), () => `bits ${bits}`);
      const rate = args.number('rate', 0.1, 1);
      must(rate === undefined || (rate >= 0.1 && rate <= 1), () => `rate ${rate}`);
      for (const units of args.list('units', 1, 4096) ?? []) must(Number.isInteger(units) && units >= 1 && units <= 4096, () => `units ${units}`);
    }, JSON.stringify(argv));
  },
};

/** Longest that one small input may take: a parser that hangs, or grows with the square, is a finding. */
const PATIENCE_MS = 5000;

/** `rounds` rounds of every property; throws at the first that does not hold, with the seed and round that show it. */
export async function fuzzParsers(rounds: number, seed: number): Promise<void> {
  for (const [name, property] of Object.entries(PROPERTIES)) {
    for (let round = 0; round < rounds; round++) {
      let timer: NodeJS.Timeout | undefined;
      try {
        const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`takes longer than ${PATIENCE_MS} ms`)), PATIENCE_MS)));
        await Promise.race([property(generator(seed * 1_000_003 + round)), late]);
      } catch (cause) {
        throw new Error(`${name}, seed ${seed}, round ${round}: ${(cause as Error).message}`, { cause });
      } finally {
        clearTimeout(timer);
      }
    }
  }
}
