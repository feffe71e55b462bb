// Every kind of table that goes wrong in the field, through everything that reads tables: `eval FILE`, `detect FILE`, `follow:FILE` and the page
// mean the same by it. With ONWARD_FIELD_DATA, the tables of that folder too.

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCsv } from '../host/sources/csv.js';
import { LineSplitter } from '../host/sources/lines.js';
import type { Sample } from '../host/sources/sample.js';
import { StreamTable } from '../host/sources/stream-table.js';
import { openTable } from '../web/recording.js';
import { buildCli, runCommand } from './command.js';
import { KINDS, type Kind } from './field/kinds.js';
import { assert, suite } from './suite.js';

const test = suite('field tables');
let folder = '';

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-field-'));
  await buildCli();
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

interface Reading {
  names: readonly string[];
  labels: readonly string[];
  rows: string[];
  told: string;
}

const shown = ({ x, y }: Sample): string => `${Array.from(x).join(' ')}${y === undefined ? '' : ` ${y}`}`;
const bytesOf = (data: string | Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(typeof data === 'string' ? Buffer.from(data) : data);

/** As eval, run, detect and learn read a file. */
async function whole(bytes: Uint8Array, options: Kind['options'] = {}): Promise<Reading> {
  const file = await openCsv(bytes, options);
  const rows: string[] = [];
  for await (const sample of file) rows.push(shown(sample));
  return { names: file.names, labels: file.labels, rows, told: file.warnings.join('\n') };
}

/** As the page reads one. */
async function onThePage(bytes: Uint8Array<ArrayBuffer>): Promise<Reading> {
  const file = await (await openTable(new File([bytes], 'some.csv')))('');
  const rows: string[] = [];
  for await (const sample of file) rows.push(shown(sample));
  return { names: file.names, labels: file.labels, rows, told: file.warnings.join('\n') };
}

/** As a file that grows is read. */
function growing(bytes: Uint8Array, options: Kind['options'] = {}): Reading {
  const said: string[] = [];
  const table = new StreamTable<undefined>(options, undefined, undefined, (text) => said.push(text));
  const splitter = new LineSplitter(1 << 16);
  for (const line of [...splitter.push(bytes), ...splitter.end()]) table.add(line, undefined);
  table.decide();
  const rows: string[] = [];
  for (const { sample, error } of table.take()) {
    if (error) throw error;
    rows.push(shown(sample!));
  }
  return { names: table.fields!, labels: table.layout!.labels, rows, told: said.join('\n') };
}

async function failure(read: () => unknown): Promise<string> {
  try {
    await read();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was read');
}

for (const kind of KINDS) {
  test(kind.name, async () => {
    const bytes = bytesOf(kind.data);
    const readers: [string, () => Promise<Reading> | Reading][] = [['whole', () => whole(bytes, kind.options)]];
    if (!kind.whole) readers.push(['growing', () => growing(bytes, kind.options)]);
    if (!kind.options) readers.push(['page', () => onThePage(bytes)]);
    for (const [name, read] of readers) {
      if (kind.refused) {
        assert.match(await failure(read), kind.refused, name);
        continue;
      }
      const found = await read();
      assert.equal([found.names, found.labels, found.rows.length], [kind.inputs, kind.labels, kind.rows], name);
      assert.equal(found.rows.slice(0, kind.first!.length), kind.first!, name);
      assert.equal(found.rows, (await whole(bytes, kind.options)).rows, name);
      if (kind.told) assert.match(found.told, kind.told, name);
    }
  });
}

test('a row of libsvm that grows with an index beyond the first lines is refused as that, however far beyond', () => {
  const table = new StreamTable<number>({}, undefined, undefined, () => {});
  const rows = [...Array.from({ length: 20 }, (_, i) => `${i % 2 ? 'a' : 'b'} 1:${i}.5 2:7`), 'a 1:2 9:1', 'a 1:2 5000:1', 'b 1:2 4294967296:1', 'a 1:3 2:8'];
  for (const text of rows) table.add({ text, bytes: text.length + 1 }, 0);
  table.resume(rows.slice(0, 20));
  const taken = [...table.take()].slice(20);
  assert.equal(taken.map(({ error }) => error?.message), [...Array.from({ length: 3 }, () => 'the row has an index that is none of those of the first lines: 1 to 2'), undefined]);
});

test('a table that grows goes on where it was, by its layout; a new file may have its columns in another order', () => {
  const row = (i: number): string => `2024-05-01 10:${10 + (i % 50)},${i % 9},${i % 2 ? 'ON' : 'OFF'},${i % 2 ? 'Full' : 'low'}`;
  const line = (text: string) => ({ text, bytes: text.length + 1 });
  const head = ['when,level,pump,tank', ...Array.from({ length: 30 }, (_, i) => row(i))];
  const said: string[] = [];
  const first = new StreamTable<number>({}, undefined, undefined, (text) => said.push(text));
  head.forEach((text, i) => first.add(line(text), i));
  first.decide();
  const taken = [...first.take()];
  assert.equal([taken.length, taken.at(-1)!.place, first.fields], [30, 30, ['level', 'pump']]);

  const again = new StreamTable<number>({}, undefined, JSON.parse(JSON.stringify(first.layout)), (text) => said.push(text));
  again.resume(head);
  const taking = (text: string) => {
    again.add(line(text), 0);
    return [...again.take()];
  };
  const [[same], [short]] = [taking(row(31)), taking('when,level')];
  again.restart();
  assert.equal(taking('tank,pump,level,when'), []);
  const [[moved], [other]] = [taking('FULL,OFF,4,2024-05-02 10:00'), taking('new,ON,5,2024-05-02 10:01')];
  assert.equal([shown(same!.sample!), same!.sample!.row], ['4 1 Full', 32]);
  assert.match(short!.error!.message, 'the row has 2 fields, the header 4');
  assert.equal([shown(moved!.sample!), shown(other!.sample!), other!.sample!.row], ['4 0 Full', '5 1 new', 3]);
  assert.is(other!.sample!.t! - moved!.sample!.t!, 60);
  assert.match(said.at(-1)!, 'columns in another order');
});

/** Two at a time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const lanes = await Promise.allSettled([0, 1].map(async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  }));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
}

const optionsOf = ({ options = {} }: Kind): string[] =>
  Object.entries(options).flatMap(([name, value]) => [`--${name}`, Array.isArray(value) ? value.join(',') || 'none' : String(value)]);

test('the commands: eval, detect (whole and as a source) and learn follow: mean the same by each', async () => {
  const commands = new Set<string>();
  let files = 0;
  await each([...KINDS.entries()], async ([i, kind]) => {
    const path = join(folder, `${i}.csv`);
    writeFileSync(path, bytesOf(kind.data));
    files++;
    const evaluated = await runCommand(['eval', path, '--json', ...optionsOf(kind)]);
    commands.add('eval');
    if (kind.refused) {
      assert.is(evaluated.code, 1, kind.name);
      assert.match(evaluated.err, kind.refused, kind.name);
    } else {
      assert.is(evaluated.code, 0, `${kind.name}: ${evaluated.err}`);
      const { inputs, samples, labelNames } = JSON.parse(evaluated.out);
      assert.equal([inputs, samples, labelNames], [kind.inputs, kind.rows, kind.labels], kind.name);
      if (kind.told) assert.match(evaluated.err, kind.told, kind.name);
    }
    if (!kind.refused && !kind.options) {
      const detected = await runCommand(['detect', path, '--json']);
      commands.add('detect');
      assert.is(detected.code, 0, `${kind.name}: ${detected.err}`);
      const channels: string[] = JSON.parse(detected.out).channels;
      for (const name of kind.inputs!.filter((each) => !each.includes('='))) assert.ok(channels.includes(name), `${kind.name}: detect has ${channels}`);
      const live = await runCommand(['detect', '--source', path, '--scores']);
      commands.add('detect --source');
      assert.equal([live.code, live.out.trim().split('\n').length], [0, kind.rows], `${kind.name}: ${live.err}`);
    }
    if (kind.whole) return;
    const learning = ['learn', '--source', `follow:${path}`, '--store', `${path}.store`, '--exemplars', '0', ...optionsOf(kind)];
    const followed = await runCommand(learning, '', kind.rows);
    commands.add('learn follow:');
    if (kind.refused) {
      assert.is(followed.code, 1, kind.name);
      return assert.match(followed.err, kind.refused, kind.name);
    }
    assert.is(followed.code, 0, `${kind.name}: ${followed.err}`);
    const answers = followed.out.trim().split('\n').map((line) => JSON.parse(line).y);
    assert.equal([answers.length, [...new Set(answers)].sort()], [kind.rows, [...kind.labels!].sort()], kind.name);
  });
  console.log(`    ${files} files in ${commands.size} commands (${[...commands].join(', ')}), and by the page's reader`);
});

/** A folder of tables from elsewhere: each is read alike by all readers, or refused by all of them with a sentence. */
const elsewhere = process.env.ONWARD_FIELD_DATA;
if (elsewhere !== undefined) {
  test('the tables of ONWARD_FIELD_DATA are read alike, or refused with a sentence', async () => {
    const names = readdirSync(elsewhere).filter((name) => /\.(csv|txt|tsv|arff|dat)$/.test(name));
    let read = 0;
    const different: string[] = [];
    for (const name of names) {
      const bytes = Uint8Array.from(readFileSync(join(elsewhere, name)));
      const outcomes = await Promise.all([() => whole(bytes), () => growing(bytes), () => onThePage(bytes)].map(async (reader) => {
        try {
          const { names: inputs, rows } = await reader();
          return JSON.stringify([inputs, rows]);
        } catch (error) {
          const { message } = error as Error;
          assert.ok(message.length > 20 && !/is not a function|undefined|Cannot read/.test(message), `${name}: ${message}`);
          return message;
        }
      }));
      if (new Set(outcomes).size > 1) different.push(`${name}: ${outcomes.map((outcome) => outcome.slice(0, 300)).join('\n')}`);
      if (outcomes[0]!.startsWith('[')) read++;
    }
    assert.equal(different, []);
    console.log(`    ${names.length} files of ${elsewhere} by 3 readers: ${read} read, ${names.length - read} refused`);
  });
}

test.run();
