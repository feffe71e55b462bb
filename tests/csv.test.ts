import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { assert, suite } from './suite.js';
import { LabelNeeded, openCsv, type CsvOptions } from '../host/sources/csv.js';

const test = suite('csv');

async function read(source: string | Uint8Array, options?: CsvOptions) {
  const file = await openCsv(source, options);
  const rows: string[] = [];
  for await (const { x, y } of file) rows.push(`${[...(x as Float64Array)].join(' ')}${y === undefined ? '' : ` ${y}`}`);
  assert.is(rows.length, file.rows);
  return { ...file, read: rows };
}

async function failure(source: string | Uint8Array, options?: CsvOptions): Promise<string> {
  try {
    await read(source, options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

test('with a header: names, label in the last column', async () => {
  const file = await read('temp,fan,state\n21.5,3,on\n20,-4e1,off\n');
  assert.equal([file.names, file.labelName, file.labels], [['temp', 'fan'], 'state', ['off', 'on']]);
  assert.equal(file.read, ['21.5 3 on', '20 -40 off']);
  assert.equal(file.warnings, []);
});

test('without a header, and with columns named by number', async () => {
  assert.equal((await read('1,2,a\n3,4,b\n')).read, ['1 2 a', '3 4 b']);
  assert.equal((await read('1,2,0\n3,4,1\n')).read, ['1 2 0', '3 4 1']);
  assert.equal((await read('0,1,2,y\n5,6,7,a\n8,9,8,b\n')).read, ['5 6 7 a', '8 9 8 b']);
  assert.equal((await read('0,1,2,3\n5,6,7,1\n8,9,8,2\n')).read, ['5 6 7 1', '8 9 8 2']);
});

test('CRLF, BOM, blanks around fields, empty lines, no newline at the end, quotes', async () => {
  const text = '\uFEFFa, "b, c" ,y\r\n 1 ,"2", "on, off"\r\n\r\n3,4,"say ""so"""\r\n\r\n\r\n';
  for (const source of [text, new TextEncoder().encode(text), gzipSync(text)]) {
    const file = await read(source);
    assert.equal(file.names, ['a', 'b, c']);
    assert.equal(file.read, ['1 2 on, off', '3 4 say "so"']);
  }
});

test('semicolons with decimal commas, tabs, bars, runs of blanks, UTF-16', async () => {
  assert.equal((await read('a;b;y\n1,5;2;x\n-3,25;4;z\n')).read, ['1.5 2 x', '-3.25 4 z']);
  assert.equal((await read('a\tb\ty\n1\t\tx\n3\t4\tz\n')).read, ['1 NaN x', '3 4 z']);
  assert.equal((await read('1|2|x\n3|4|z\n')).read, ['1 2 x', '3 4 z']);
  assert.equal((await read('  1   2 x\n 3  4   z \n')).read, ['1 2 x', '3 4 z']);
  const utf16 = Buffer.from('\uFEFFa\ty\n1\tx\n2\tz\n', 'utf16le');
  assert.equal((await read(utf16)).read, ['1 x', '2 z']);
});

test('missing numbers are NaN; a missing label is a sample without one', async () => {
  const file = await read('a,b,y\n,1,p\nNA,2,q\nNaN,?,p\nnull,3,\ninf,none,q\n1,1e99,?\n');
  assert.equal(file.read, ['NaN 1 p', 'NaN 2 q', 'NaN NaN p', 'NaN 3', 'NaN NaN q', '1 NaN']);
  assert.is(file.unlabelled, 2);
  assert.match(file.warnings.join(), '2 rows have no label');
});

test('a label is named by name or index; 1, 1.0 and "1" are one label; true and false are numbers', async () => {
  const text = 'class,a,b\n1,5,true\n"2",6,False\n1.0,7,TRUE\n';
  for (const label of ['class', 0, '0']) assert.equal((await read(text, { label })).read, ['5 1 1', '6 0 2', '7 1 1']);
  assert.equal((await read('x,y\n1,10\n2,9\n3,1e1\n')).labels, ['9', '10']);
  assert.equal((await read('x,y\n1,c10\n2,c9\n3,b\n4,c\n')).labels, ['b', 'c', 'c9', 'c10']);
});

test('a wrong label column gets a suggestion', async () => {
  assert.match(await failure('temp,state\n1,a\n2,b\n', { label: 'stat' }), 'no column "stat", did you mean "state"; the columns are "temp", "state"; or give an index from 0 to 1');
  assert.match(await failure('1,a\n2,b\n', { label: 7 }), 'no column "7"; the file has no header');
  for (const label of ['9', 'z']) assert.match(await failure('a,y\n1,p\n2,q\n', { label }), `no column "${label}"; the columns are "a", "y"`);
});

test('row numbers and dates are left out with a warning, as in the occupancy files', async () => {
  const text = '"date","Light","CO2","Occupancy"\n"140","2015-02-02 14:19:00",585.2,749,1\n"141","2015-02-02 14:19:59",578.4,760,0\n';
  const file = await read(text);
  assert.equal(file.names, ['Light', 'CO2']);
  assert.equal(file.read, ['585.2 749 1', '578.4 760 0']);
  assert.equal(file.warnings, ['label: Occupancy; left out: 0 (it has no name: a row number), date (a date)']);

  const counted = Array.from({ length: 12 }, (_, i) => `${i + 5},${i % 3},${i % 2 ? 'a' : 'b'}`).join('\n');
  assert.equal((await read(`no,v,y\n${counted}`)).names, ['v']);
  assert.equal((await read(`,v,y\n${counted}`)).names, ['v']);
  assert.equal((await read(counted)).read[0], '0 b');
});

test('a delimiter at the end of every row is no column', async () => {
  for (const text of ['a,b,y,\n1,2,p,\n3,4,q,\n', 'a,b,y\n1,2,p,\n3,4,q,\n', '1,2,p,\n3,4,q,\n']) {
    assert.equal((await read(text)).read, ['1 2 p', '3 4 q']);
    if (text.startsWith('a')) assert.equal((await read(text, { label: 'b' })).read.length, 2);
  }
});

test('rare text in a column of numbers is missing, told once a column', async () => {
  const rows = Array.from({ length: 100 }, (_, i) => `${i % 2},${i % 25 === 3 ? 'ERR' : i % 3},${i % 2 ? 'p' : 'q'}`);
  const file = await read(`a,b,y\n${rows.join('\n')}\n`);
  assert.equal(file.warnings, ['column "b": 4 cells of text taken as missing, the first is "ERR" in row 5']);
  assert.equal([file.rows, file.read[3]], [100, '1 NaN p']);
  rows[50] = '0,???,q';
  assert.match(await failure(`a,b,y\n${rows.join('\n')}\n`), 'row 5, column "b": "ERR" is not a number (5 % of the column is text); correct it, take its text for missing (--take b), or leave the column out (--drop b)');
  assert.equal((await read('a,b,y\n1,x,p\n3,4,q\n', { take: ['b'] })).read, ['1 NaN p', '3 4 q']);
  const odd = 'a,b c,y\n1,x,p\n3,4,q\n';
  assert.match(await failure(odd), '--drop 1');
  assert.equal((await read(odd, { drop: ['1'] })).read, ['1 p', '3 q']);
  const like = await openCsv('a,b,y\n1,2,p\n3,4,q\n');
  const slip = await read('b,a,y\nx,1,p\n2,3,q\n', { like }); // of a column that is known text is missing at any share
  assert.equal([slip.read, slip.warnings], [['1 NaN p', '3 2 q'], ['column "b": 1 cell of text taken as missing, the first is "x" in row 2']]);
  assert.match(await failure('b,a,y\nx,1,p\ny,3,q\nx,3,q\n', { like }), 'column "b" holds text alone, "x" in row 2, and numbers in the file that was learned: correct it, or leave its cells empty');
});

test('comments at the top are skipped, or are the header; further down # is text', async () => {
  for (const newline of ['\n', '\r\n']) {
    const text = (lines: string[]) => lines.join(newline);
    const file = await read(text(['# made by "logger', '  # 2024, 5', 'a,b,y', '1,2,p', '', 'x,4,q']), { drop: ['a'] });
    assert.equal([file.names, file.read], [['b'], ['2 p', '4 q']]);
    assert.match(await failure(text(['# c', 'a,b,y', '1,2,p', 'x,4,q'])), 'row 4, column "a": "x"');
    assert.equal((await read(text(['# x, y', '#a,b,y', '1,2,p', '3,4,q']))).names, ['a', 'b']);
    assert.equal((await read(text(['# a b y', '1 2 p', '3 4 q']))).names, ['a', 'b']);
    assert.equal((await read(text(['# lab, Friday', 'temp,y', '1,#p', '2,#q']))).labels, ['#p', '#q']);
  }
  assert.match(await failure('# a\n# b\n'), 'the file holds comments only');
});

test('a source that can be read once only is no silent nothing', async () => {
  const once = (rows: number) => (async function* () { yield `a,y\n${'1,p\n2,q\n'.repeat(rows / 2)}`; })();
  const [few, many] = [once(2), once(600_000)];
  assert.equal((await read((() => few) as never)).read, ['1 p', '2 q']); // held
  assert.match(await failure((() => many) as never), 'the second reading gave 0 rows, the first 600000');
});

test('text in a column of numbers is an error that names row and column; drop leaves it out', async () => {
  const text = 'a,b,y\n1,2,p\n3,4,q\n\n5,oops,p\n';
  assert.match(await failure(text), 'row 5, column "b": "oops" is not a number');
  assert.equal((await read(text, { drop: ['b'] })).read, ['1 p', '3 q', '5 p']);
  assert.match(await failure('1,p\n2,q\nx,p\n'), 'row 3, column 0: "x" is not a number');
});

test('rows of another length are left out and counted', async () => {
  const file = await read('a,b,y\n1,2,p\n3,q\n4,5,q\n6,7,8,p\n');
  assert.equal(file.read, ['1 2 p', '4 5 q']);
  assert.match(file.warnings.join(), '2 of 4 rows do not have 3 fields and were left out, the first is row 3 with 2');
});

test('256 labels are possible, 257 are not; a continuous column is called so', async () => {
  const rows = (n: number, label: (i: number) => string) => Array.from({ length: n }, (_, i) => `${(i * 7) % 13},${label(i)}`).join('\n');
  assert.is((await read(rows(1024, (i) => `c${i % 256}`))).labels.length, 256);
  assert.match(await failure(rows(1028, (i) => `c${i % 257}`)), 'column 1 holds 257 different labels, at most 256 are possible. Name another');
  assert.match(await failure(rows(900, (i) => String(i / 7))), /column 1, the last one, holds numbers from 0 to 128\.4.*, 900 different ones: a measurement is no label; --label COLUMN/);
});

test('files with nothing to learn are refused with the reason', async () => {
  assert.match(await failure(''), 'the file is empty');
  assert.match(await failure('\n\n'), 'the file is empty');
  for (const header of ['a,b,y', 'a', 'a,,y\n\n']) assert.match(await failure(header), 'the file has a header and no rows');
  assert.match(await failure(`${'1,'.repeat(5000)}p\n${'2,'.repeat(5000)}q`), '5000 columns of numbers, at most 4096 can be inputs');
  assert.match(await failure('a,b\n1,x\n2,x\n'), 'column "b" holds one label only, "x"');
  assert.match(await failure('a,b\np,x\nq,z\n'), 'no column of numbers is left beside the label');
  assert.match(await failure('1,2,\n3,4,?\n', { label: 2 }), 'column 2 holds no label');
  assert.match(await failure('a,y\n1,x\n2,"z\n'), 'a quote is opened and never closed');
  assert.match(await failure(Uint8Array.of(1, 0, 2)), 'this is not a text file');
  assert.match(await failure('a,b,c,y\n1,x\n2,z\n'), 'the header names 4 columns, the rows have 2');
});

test('a group and a time are columns beside the inputs; the group may be the label', async () => {
  const text = 'at,a,speed,b,y\n2015-02-04 17:51:00,1,20,2,p\n2015-02-04 17:52:30,3,?,4,q\nsoon,5,25,6,p\n';
  const file = await openCsv(text, { group: 'speed', time: 'at' });
  assert.equal([file.names, file.warnings], [['a', 'b'], []]);
  const samples = [];
  for await (const { x: _, ...rest } of file) samples.push(rest);
  const t = Date.UTC(2015, 1, 4, 17, 51) / 1000;
  assert.equal(samples, [{ row: 2, y: 'p', group: '20', t }, { row: 3, y: 'q', t: t + 90 }, { row: 4, y: 'p', group: '25' }]);
  const own = await openCsv('1,2,a\n3,4,b\n', { group: 2, time: 0 });
  for await (const sample of own) assert.equal([sample.group, sample.t, sample.x.length], [sample.y, sample.y === 'a' ? 1 : 3, 1]);
  assert.match(await failure('1,2,a\n3,4,b\n', { time: 2 }), 'column 2 is the label and cannot be the time too');
  assert.match(await failure(text, { group: 'sped' }), 'no column "sped", did you mean "speed"');
});

test('a test file is read like the training file: by name, else by place', async () => {
  const like = await openCsv('a,b,y\n1,2,p\n3,4,q\n');
  assert.equal((await read('y,b,a\nq,8,9\n', { like })).read, ['9 8 q']);
  assert.equal((await read('5,6,p\n7,8,q\n', { like })).read, ['5 6 p', '7 8 q']);
  const renamed = await read('a,c,y\n5,6,p\n7,8,q\n', { like });
  assert.equal([renamed.read[0], renamed.warnings.length], ['5 6 p', 1]);
  assert.match(renamed.warnings[0]!, '("c" for "b"): matched by place');
  const twins = await openCsv('a,a,y\n1,2,p\n3,4,q\n');
  assert.equal((await read('a,a,y\n5,6,p\n7,8,q\n', { like: twins })).read, ['5 6 p', '7 8 q']);
  const odd = await read('a,b,y\n1,2,r\n', { like });
  assert.match(odd.warnings.join(), '1 label was not in the file that was learned (r): no answer names it before it is learned');
  const bare = await read('1,2\n3,4\n', { like });
  assert.equal([bare.read, bare.unlabelled], [['1 2', '3 4'], 2]);
  assert.match(bare.warnings.join(), 'one column less than in the file that was learned: no row has a label');
  assert.match(await failure('1\n3\n', { like }), 'this file has 1 columns, the file that was learned 3');
});

test('a layout is plain JSON, and reads a file without labels, in another order, with other columns besides', async () => {
  const learned = await openCsv('when,mode,temp,pump,state\n' + Array.from({ length: 30 }, (_, i) => `2024-05-01 10:${10 + i},${['eco', 'boost', 'off-peak'][i % 3]},${20 + (i % 7)},${i % 2 ? 'ON' : 'OFF'},${i % 2 ? 'Hot' : 'cold'}\n`).join(''));
  assert.equal(learned.names, ['mode=boost', 'mode=eco', 'mode=off-peak', 'temp', 'pump']);
  const like = JSON.parse(JSON.stringify(learned.layout)) as typeof learned.layout;
  assert.equal(like, { ...learned.layout });
  const other = await read('note,pump,temp,mode,when\nx,off,1.5,Eco,2024-06-01 00:00\ny,on,2.5,turbo,2024-06-01 00:01\n', { like });
  assert.equal([other.read, other.names, other.unlabelled, other.labels], [['0 1 0 1.5 0', '0 0 0 2.5 1'], learned.names, 2, ['Hot', 'cold']]);
  assert.match(other.warnings.join(), 'no column "state": no row has a label');
  assert.equal((await read('temp,pump,mode,state\n1,ON,eco,HOT\n2,OFF,eco,cold\n', { like })).read, ['0 1 0 1 1 Hot', '0 1 0 2 0 cold']);
  assert.match(await failure('temp,pump,state\n1,ON,Hot\n', { like }), 'no column "mode" as in the file that was learned; the columns here are "temp", "pump", "state"');
});

test('it can be iterated again, left early and aborted', async () => {
  const path = fileURLToPath(new URL('../data/digits_8x8.csv.gz', import.meta.url));
  const abort = new AbortController();
  const file = await openCsv(() => createReadStream(path), { signal: abort.signal });
  assert.equal([file.rows, file.inputs, file.labels.join('')], [1797, 64, '0123456789']);
  for (let pass = 0; pass < 2; pass++) {
    let n = 0;
    for await (const sample of file) if ((n += sample.x.length / 64) === 10) break;
    assert.is(n, 10);
  }
  try {
    for await (const _ of file) abort.abort();
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).name, 'AbortError');
  }
});

test('any table of numbers comes back as it was written', async () => {
  const value = fc.double({ noNaN: true, min: -1e30, max: 1e30 });
  const table = fc.integer({ min: 1, max: 5 }).chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 30 }));
  await fc.assert(fc.asyncProperty(table, fc.constantFrom(',', ';', '\t', '|'), fc.boolean(), async (rows, delimiter, header) => {
    const lines = rows.map((row, i) => [...row, i % 2 ? 'on' : 'off'].join(delimiter));
    if (header) lines.unshift([...rows[0]!.map((_, i) => `column ${i}`), 'y'].join(delimiter));
    const file = await openCsv(lines.join('\n'));
    const back: number[][] = [];
    for await (const { x } of file) back.push([...(x as Float64Array)]);
    const counter = file.inputs < rows[0]!.length; // rows that count by one from the first to the last
    if (!counter) assert.equal(back, rows.map((row) => row.map((v) => v + 0)));
  }), { numRuns: 100, seed: 1 });
});

test('any text is read or refused with a sentence, never by accident', async () => {
  const cell = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('1', '2.5', '-3', 'a', 'b', '7', '0', '12', '"x"', '4', ' 7 ') }, fc.constantFrom('', '"', 'NA', 'none', 'true'), fc.string({ maxLength: 6 }));
  const text = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(',', ';', '\t', ' '), fc.constantFrom('\n', '\r\n')).chain(([width, delimiter, newline]) => {
    const line = fc.array(cell, { minLength: width, maxLength: width }).map((cells) => cells.join(delimiter));
    return fc.array(line, { maxLength: 8 }).map((lines) => lines.join(newline));
  });
  let readable = 0;
  await fc.assert(fc.asyncProperty(text, async (csv) => {
    try {
      const file = await openCsv(csv);
      let rows = 0;
      for await (const { x, y } of file) {
        rows++;
        assert.is(x.length, file.inputs);
        assert.ok(y === undefined || file.labels.includes(y), y);
      }
      assert.is(rows, file.rows);
      readable++;
    } catch (error) {
      assert.ok(error instanceof LabelNeeded || (error as Error).constructor === Error, String(error));
    }
  }), { numRuns: 500, seed: 2 });
  assert.ok(readable > 20, `${readable} of 500 were readable`);
});

test('a label and a clock are no libsvm; a label and one number are', async () => {
  const table = (cell: (i: number) => string): string => Array.from({ length: 40 }, (_, i) => `${i % 2 ? 'idle' : 'walk'} ${cell(i)}\n`).join('');
  for (const clock of [(i: number) => `12:${10 + i}`, (i: number) => `0${i % 10}:00`, (i: number) => `${i % 24}:59`, (i: number) => `${i}:30`]) {
    const told = await openCsv(table(clock), { label: null }).then(({ names, warnings }) => [...names, ...warnings].join('\n'), (error: Error) => error.message);
    assert.not.match(told, 'libsvm');
  }
  for (const cell of [(i: number) => `1:${10 + ((i * 7) % 40)}.0`, (i: number) => `1:${(i * 5) % 12}`, (i: number) => `1:${10 + ((i * 7) % 40)} 2:12`, (i: number) => (i === 7 ? '1:20 2:30' : `1:${10 + ((i * 7) % 40)}`)]) {
    assert.match((await openCsv(table(cell))).warnings.join('\n'), 'libsvm', cell(1));
  }
});

test('libsvm: indices that come late widen the table, a test file has the columns of what was learned, a detector takes no label', async () => {
  const row = (i: number): string => `${i % 2 ? 'a' : 'b'} 1:${i % 7} 2:${(i % 2) * 3 + 0.5}`;
  const long = Array.from({ length: 9000 }, (_, i) => (i === 8000 ? `${row(i)} 5:4.25` : row(i))).join('\n');
  const file = await openCsv(long);
  assert.equal([file.names, file.rows, file.labels], [['1', '2', '3', '4', '5'], 9000, ['a', 'b']]);
  assert.match(file.warnings[0]!, 'columns 1 to 5');
  const rows: number[][] = [];
  for await (const { x } of file) rows.push([...x]);
  assert.equal([rows.length, rows[8000], rows[1]], [9000, [8000 % 7, 0.5, 0, 0, 4.25], [1, 3.5, 0, 0, 0]]);
  const other = await openCsv('a 2:7\nb 3:1 9:5\na 1:1\n', { like: JSON.parse(JSON.stringify(file.layout)) });
  const samples: [number[], string | undefined][] = [];
  for await (const { x, y } of other) samples.push([[...x], y]);
  assert.equal(samples, [[[0, 7, 0, 0, 0], 'a'], [[0, 0, 1, 0, 0], 'b'], [[1, 0, 0, 0, 0], 'a']]);
  const { names } = await openCsv(long, { label: null });
  assert.equal(names, ['1', '2', '3', '4', '5']);
});

test('one column of more different numbers than are kept as words, with blank lines between, is read whole', async () => {
  for (const columns of [1, 2]) {
    const rows = Array.from({ length: 3000 }, (_, i) => Array.from({ length: columns }, (_, c) => (((i + c) * 7919) % 3001) / 7).join(','));
    const file = await read(`${['v', 'w'].slice(0, columns).join(',')}\n${rows.map((row, i) => (i % 500 === 0 ? `${row}\n` : row)).join('\n')}\n`, { label: null });
    assert.equal(file.read, rows.map((row) => row.split(',').join(' ')));
  }
});

test('007 and 7, 0x10 and 16, ids of 20 digits are names; 1.1 and 1.10 are one number, and that is told', async () => {
  const labelled = (...labels: string[]): string => `a,v\n${Array.from({ length: 40 }, (_, i) => `${i % 7},${labels[i % labels.length]}\n`).join('')}`;
  for (const names of [['007', '7'], ['0x10', '16'], ['12345678901234567890', '12345678901234567891']]) assert.equal([...(await openCsv(labelled(...names))).labels].sort(), [...names].sort());
  const file = await openCsv(labelled('1.1', '1.10', '1.2'), { label: 'v' });
  assert.equal(file.labels, ['1.1', '1.2']);
  assert.match(file.warnings.join('\n'), '"1.1", "1.10" are one number, and one label, "1.1"');
});

test('Windows-1252 has the euro sign where Latin-1 has controls', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i % 5},${i % 2 ? '10\u20ac' : '\u017d'}\n`).join('');
  const bytes = Uint8Array.from(`a,v\n${rows}`, (letter) => ({ '\u20ac': 0x80, '\u017d': 0x8e })[letter] ?? letter.charCodeAt(0));
  assert.equal((await openCsv(bytes)).labels, ['10\u20ac', '\u017d']);
});

test.run();
