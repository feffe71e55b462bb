// `onward detect`, run as a user runs it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { Random } from '../benchmarks/rivals/random.js';
import { rangeMeasures } from '../cli/range-measures.js';
import { loadDetector } from '../host/index.js';
import { buildCli, runCommand, type Ended } from './command.js';
import { assert, suite } from './suite.js';

const test = suite('cli detect');
const root = fileURLToPath(new URL('..', import.meta.url));
const temperature = join(root, 'data/nab_machine_temperature_system_failure.csv.gz');
let folder = '';

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-detect-'));
  await buildCli();
  process.chdir(folder); // commands run in threads of this process
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

const detect = (args: string[], input = ''): Promise<Ended> => runCommand(['detect', ...args], input);

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** 700 quiet rows of three columns, then 100 in which the second has moved; a time, a name and a label beside them. */
function plant(): string {
  const random = new Random(1);
  const rows = Array.from({ length: 800 }, (_, i) => {
    const load = random.normal();
    return [`2026-01-01 00:${i}`, 40 + load, (i < 700 ? 3 : 9) + load / 2 + random.normal(), 100 + random.normal(), 'pump', i < 700 ? 0 : 1].join(',');
  });
  return ['time,load,flow,"volt, mean",name,fault', ...rows, ''].join('\n');
}

test('the temperature of the machine: scores for every row, a report, the same figures in all of them', async () => {
  const { code, out, err } = await detect([temperature, '--warmup', '2016', '--out', 'scores.csv', '--report', 'page.html', '--save', 'end.onward', '--json']);
  assert.is(code, 0, err);
  const result = JSON.parse(out);
  assert.is(result.rows, 22_695);
  assert.is(result.firstLine, 2);
  assert.is(result.mode, 'streaming');
  assert.equal(result.channels, ['value']);
  assert.match(err, /left out: timestamp \(a date\)/);
  const lines = readFileSync(join(folder, 'scores.csv'), 'utf8').trimEnd().split('\n');
  assert.is(lines[0], 'index,score,alarm');
  assert.is(lines.length, 22_696);
  const alarms = lines.slice(1).map((line, i) => {
    const [index, score, alarm] = line.split(',').map(Number);
    assert.is(index, i);
    assert.ok(score! >= 0 && (alarm === 0 || score! > 0));
    return alarm === 1 ? i : -1;
  }).filter((i) => i >= 0);
  assert.equal(alarms, result.alarms.map(({ first }: { first: number }) => first));
  assert.is(alarms.length, result.alarmRows);
  assert.ok(alarms.every((row) => row >= 2016));
  const html = readFileSync(join(folder, 'page.html'), 'utf8');
  assert.not.match(html, /<(link|img|iframe|script)[^>]*\b(src|href)=/i);
  for (const [, script] of html.matchAll(/<script>([\s\S]*?)<\/script>/g)) new Script(script!);
  for (const row of alarms.map((index) => index + 2)) assert.ok(html.includes(`<th>${row}</th>`), `row ${row} is not in the report`);
  assert.is((await loadDetector(readFileSync(join(folder, 'end.onward')))).stats().seen, 22_695);
});

test('of several columns the fault is found and its column named, in either mode; --skip leaves columns out', async () => {
  const file = write('plant.csv', plant());
  const streaming = JSON.parse((await detect([file, '--skip', 'fault', '--json'])).out);
  assert.is(streaming.mode, 'streaming');
  assert.ok(streaming.alarms.length <= 3 && streaming.alarms.some(({ first, channel, view }: { first: number; channel: string; view: string }) => first >= 700 && first < 710 && channel === 'flow' && view !== undefined), JSON.stringify(streaming.alarms));
  const { code, out, err } = await detect([file, '--skip', 'fault', '--json', '--mode', 'commissioned']);
  assert.is(code, 0, err);
  const result = JSON.parse(out);
  assert.is(result.mode, 'commissioned');
  assert.equal(result.channels, ['load', 'flow', 'volt, mean']);
  assert.equal(result.warnings, ['left out: time (a date), name (text, such as "pump")']);
  const inFault = result.alarms.filter(({ last }: { last: number }) => last >= 700);
  assert.ok(inFault.length > 0 && inFault.every(({ channel }: { channel: string }) => channel === 'flow'), JSON.stringify(result.alarms));
  const table = await detect([file, '--skip', 'fault,2', '--mode', 'streaming', '--quiet']);
  assert.is(table.code, 0);
  assert.is(table.err, '');
  assert.match(table.out, /channels +2 +load, volt, mean/);
  assert.match(table.out, /streaming +never stops learning/);
});

test('a pipe, no header, missing cells, rows of another width: one line of scores a row', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => (i === 50 ? 'NA' : i === 60 ? '1,2,3' : String(Math.sin(i))));
  const { code, out, err } = await detect(['-', '--out', 'pipe.csv', '--json'], rows.join('\n'));
  assert.is(code, 0, err);
  assert.is(JSON.parse(out).rows, 300);
  assert.match(err, /1 of 300 rows do not have 1 fields and were left out, the first is row 61 with 3/);
  assert.is(readFileSync(join(folder, 'pipe.csv'), 'utf8').trimEnd().split('\n').length, 301);
});

test('a file that is shorter than the warm-up says that nothing was scored', async () => {
  const { code, err } = await detect([write('short.csv', `a\n${'1.5\n2.5\n'.repeat(10)}`)]);
  assert.is(code, 0);
  assert.match(err, /20 rows are not more than the warm-up of 32: none was scored; give --warmup N/);
});

test('a time of any step is no channel when it is called so and rises; --time names one that is called otherwise', async () => {
  const channels = async (head: string, row: (i: number) => string, ...args: string[]): Promise<string[]> => {
    const { code, out, err } = await detect([write('timed.csv', [head, ...Array.from({ length: 200 }, (_, i) => row(i)), ''].join('\n')), '--json', ...args]);
    assert.is(code, 0, err);
    return JSON.parse(out).channels;
  };
  const wave = (i: number): string => Math.sin(i).toFixed(3);
  assert.equal(await channels('time_s,flow', (i) => `${(0.02 * i).toFixed(2)},${wave(i)}`), ['flow']);
  assert.equal(await channels('flow,Timestamp (ms)', (i) => `${wave(i)},${1_700_000_000_000 + 300 * i}`), ['flow']);
  assert.equal(await channels('time,flow', (i) => `${i % 50},${wave(i)}`), ['time', 'flow']); // a time that does not rise is something else
  assert.equal(await channels('total,flow', (i) => `${3 * i},${wave(i)}`), ['total', 'flow']); // what rises may be a meter
  assert.equal(await channels('total,flow', (i) => `${3 * i},${wave(i)}`, '--time', 'total'), ['flow']);
  const { code, err } = await detect([join(folder, 'timed.csv'), '--time', 'totl']);
  assert.is(code, 1);
  assert.match(err, 'no column "totl", did you mean "total"');
});

test('a blank line is a row of missing values: the rows after it keep their number', async () => {
  const value = (i: number): string => (i === 250 ? '99' : Math.sin(i).toFixed(3));
  const rows = Array.from({ length: 300 }, (_, i) => `${value(i)},1`);
  rows[100] = '';
  rows[101] = '';
  const { code, out, err } = await detect([write('blank.csv', `a,b\n${rows.join('\n')}\n\n\n`), '--skip', 'b', '--json']);
  assert.is(code, 0, err);
  const { rows: count, alarms } = JSON.parse(out);
  assert.is(count, 300); // those at the end are none
  assert.ok(alarms.some(({ first }: { first: number }) => first === 250), out);
  assert.match(err, '2 blank lines between rows');
});

test('a channel that stood still while it learned is one alarm when it moves, and no more; a truth among the channels is told', async () => {
  const row = (i: number): string => `${(12 + Math.sin(i)).toFixed(3)},${i < 600 ? 3.3 : 3.29},${i > 700 && i < 720 ? 1 : 0}`;
  const file = write('still.csv', ['temp,battery,fault', ...Array.from({ length: 900 }, (_, i) => row(i)), ''].join('\n'));
  const { code, out, err } = await detect([file, '--json', '--mode', 'commissioned']);
  assert.is(code, 0, err);
  const { alarms } = JSON.parse(out);
  assert.equal(alarms.map(({ first, last, channel }: { first: number; last: number; channel: string }) => [first, last, channel]), [[600, 600, 'battery'], [701, 701, 'fault']]);
  assert.match(err, 'column battery stands still at 3.3 in the rows that are learned: its first change, in row 602, is one alarm and no more');
  assert.match(err, 'it hardly ever moves (97.9 % of the rows are 0): if it is a truth and no sensor, --skip fault');
  const { out: streamed, err: told } = await detect([file, '--json']);
  assert.equal(JSON.parse(streamed).alarms.map(({ first, channel }: { first: number; channel: string }) => [first, channel]), [[600, 'battery'], [701, 'fault']]);
  assert.match(told, 'column battery stands still at 3.3 in the first 450 rows');
  assert.match(told, 'hardly ever moves (97.9 % of the rows are 0)');
});

test('channels that stood still and move together are all told, in an alarm that is there already too; a snapshot keeps units and layout', async () => {
  const row = (i: number): string => `${(12 + Math.sin(i)).toFixed(3)},${i < 600 ? 3.3 : 3.29},${i < 600 ? 7 : 8},${i < 601 ? 0 : 1}`;
  const file = write('stills.csv', ['temp [C],battery [V],gear,door', ...Array.from({ length: 900 }, (_, i) => row(i)), ''].join('\n'));
  const { code, out, err } = await detect([file, '--json', '--mode', 'commissioned', '--report', join(folder, 'stills.html'), '--save', join(folder, 'stills.onward')]);
  assert.is(code, 0, err);
  assert.equal(JSON.parse(out).alarms.map(({ first, last, moved }: { first: number; last: number; moved: string[] }) => [first, last, moved]), [[600, 601, ['battery [V]', 'gear', 'door']]]);
  assert.match((await detect([file, '--mode', 'commissioned'])).out, /602 to 603 +score 1 +change +battery \[V\], gear, door/);
  assert.match(readFileSync(join(folder, 'stills.html'), 'utf8'), 'battery [V], gear, door');
  const note = JSON.parse((await loadDetector(readFileSync(join(folder, 'stills.onward')))).note);
  assert.equal([note.form, note.fields, note.units, note.layout.inputs.map(({ column }: { column: number }) => column), note.moved], ['table', ['temp [C]', 'battery [V]', 'gear', 'door'], ['C', 'V', '', ''], [0, 1, 2, 3], [1, 2, 3]]);
});

test('--labels: the truth is no channel, and what the scores are worth against it is told', async () => {
  const file = write('truth.csv', plant());
  const { code, out, err } = await detect([file, '--labels', 'fault', '--mode', 'commissioned', '--json']);
  assert.is(code, 0, err);
  const { channels, measures } = JSON.parse(out);
  assert.equal(channels, ['load', 'flow', 'volt, mean']);
  assert.ok(measures.vusPr > 0.8 && measures.f1 > 0.8 && measures.recall > 0.9, JSON.stringify(measures));
  assert.match((await detect([file, '--labels', 'fault'])).out, /VUS-PR +[01]\.\d{3}/);
  assert.match((await detect([file, '--labels', 'volt, mean'])).err, /a truth is 0 or 1/);
  assert.match((await detect([file, '--labels', 'nope'])).err, /--labels: no column of numbers "nope"/);
});

test('the measures: perfect scores have 1, scores at random the share of faults, a late alarm in the buffer counts for something', () => {
  const truth = Uint8Array.from({ length: 2000 }, (_, i) => (i >= 500 && i < 600) || (i >= 1400 && i < 1450) ? 1 : 0);
  const random = new Random(1);
  const noise = Float64Array.from(truth, () => random.uniform());
  const of = (scores: Float64Array) => rangeMeasures(truth, scores, scores.map((score) => (score > 0.5 ? 1 : 0))).vusPr;
  assert.ok(of(Float64Array.from(truth, (y, i) => y + noise[i]! / 10)) > 0.95);
  assert.ok(Math.abs(of(noise) - 0.1) < 0.08, String(of(noise)));
  const late = Float64Array.from(truth, (_, i) => (truth[i - 20] ? 1 : 0) + noise[i]! / 10);
  const wrong = Float64Array.from(truth, (_, i) => (truth[i - 300] ? 1 : 0) + noise[i]! / 10);
  assert.ok(of(late) > 0.6 && of(wrong) < 0.2, `${of(late)} ${of(wrong)}`);
  assert.throws(() => rangeMeasures(new Uint8Array(9), new Float64Array(9), new Uint8Array(9)), /0 of 9 rows are faults/);
});

test('a truth of one kind only costs the measures, not the result; options that do not go together are named', async () => {
  const one = write('one.csv', ['flow,fault', ...Array.from({ length: 200 }, (_, i) => `${i % 5},0`), ''].join('\n'));
  const { code, out, err } = await detect([one, '--labels', 'fault', '--json', '--out', 'one-scores.csv']);
  assert.is(code, 0, err);
  assert.match(err, '--labels fault: every row is 0, so there is nothing to measure: no VUS-PR and no F1');
  const result = JSON.parse(out);
  assert.equal([result.rows, result.channels, 'measures' in result], [200, ['flow'], false]);
  assert.is(readFileSync(join(folder, 'one-scores.csv'), 'utf8').trimEnd().split('\n').length, 201);
  for (const args of [[one, '--drop', 'fault', '--units', '8'], ['--source', '-', '--units', '8', '--inputs', '1'], ['--source', '-', '--units', '8']]) {
    const wrong = await detect(args, '{"flow": 1}\n');
    assert.is(wrong.code, 2, args.join(' ') + wrong.err);
    assert.match(wrong.err, "--units: got 8; expected 0, for one channel has no net: leave it out, or use mode 'commissioned'");
  }
  const live = await detect(['--source', '-'], '{"flow": 1}\n');
  assert.match(live.err, 'a new detector of 1 channel (flow), streaming');
  assert.match((await detect(['--help'])).out, 'A score of 1 is where alarms begin, 16 is the greatest');
});

test('a folder with a learner and a detector: each says that the other is there, and inspect shows both', async () => {
  const run = (command: string, store: string, line: string) => runCommand([command, '--source', '-', '--store', join(folder, store)], `${line}\n`);
  for (const [store, first, second, said] of [['detector-first', 'detect', 'learn', 'holds a detector (onward detect goes on with it) and no learner'], ['learner-first', 'learn', 'detect', 'holds a learner (onward learn goes on with it) and no detector']] as const) {
    assert.not.match((await run(first, store, '{"a": 1, "y": "ok"}')).err, 'holds a');
    const other = await run(second, store, '{"a": 2, "y": "ok"}');
    assert.is(other.code, 0, other.err);
    assert.match(other.err, said);
    assert.not.match((await run(second, store, '{"a": 3, "y": "ok"}')).err, 'holds a');
    const show = async (...args: string[]): Promise<string> => (await runCommand(['inspect', join(folder, store), ...args])).out;
    assert.match(await show(), /labels +1[^]*a detector; header/);
    const { labels, beside } = JSON.parse(await show('--json'));
    assert.equal([labels, beside.map(({ detector, seen }: { detector: boolean; seen: number }) => [detector, seen > 0])], [['ok'], [[true, true]]]);
  }
});

test('a file of other columns than the stored detector: the message names what there is, and no label', async () => {
  const other = write('other.csv', 'temp,load\n1,2\n3,4\n5,6\n');
  const first = await detect(['--source', '-', '--store', 'own'], '{"flow": 1, "load": 2}\n');
  assert.is(first.code, 0, first.err);
  const second = await detect(['--source', other, '--store', 'own']);
  assert.is.not(second.code, 0);
  assert.match(second.err, "the model's field flow is no input column; there are temp, load\n");
});

test('inspect says what a detector holds', async () => {
  const { code } = await detect([write('kept.csv', plant()), '--save', 'kept.onward', '--skip', 'fault', '--mode', 'commissioned']);
  assert.is(code, 0);
  const run = async (...args: string[]): Promise<string> => (await runCommand(['inspect', join(folder, 'kept.onward'), ...args])).out;
  assert.match(await run(), /a detector; header, version and CRC are right\nmode +commissioned/);
  const values = plant().trim().split('\n').slice(1, 401).map((line) => Number(line.split(',')[1]));
  const told = JSON.parse(await run('--json'));
  assert.equal([told.detector, told.seen, told.config.channels, told.toLearn, told.normal[0]], [true, 800, 3, 0, [Math.min(...values), Math.max(...values)]]);
  assert.match(await run(), new RegExp(`normal +${told.fields[0]} `));
});

test('--load goes on with what was saved, column by name: two halves are scored as the whole is', async () => {
  const random = new Random(5);
  const rows = Array.from({ length: 1200 }, (_, i) => [(20 + random.normal() + (i === 900 ? 40 : 0)).toFixed(3), (5 + random.normal()).toFixed(3)]);
  const csv = (name: string, head: string, lines: string[]): string => write(name, [head, ...lines, ''].join('\n'));
  const whole = csv('whole.csv', 'flow,load', rows.map((row) => row.join(',')));
  const first = csv('first.csv', 'flow,load', rows.slice(0, 700).map((row) => row.join(',')));
  const second = csv('second.csv', 'load,volt,flow', rows.slice(700).map(([flow, load], i) => `${load},${(i * i) % 7},${flow}`));
  await detect([whole, '--out', 'whole.scores']);
  await detect([first, '--save', 'half.onward']);
  const { code, out, err } = await detect([second, '--load', 'half.onward', '--out', 'second.scores', '--save', 'end.onward', '--json']);
  assert.is(code, 0, err);
  assert.equal(JSON.parse(out).channels, ['flow', 'load']);
  const scores = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').slice(1).join());
  assert.equal(scores('second.scores'), scores('whole.scores').slice(700));
  assert.is((await loadDetector(readFileSync(join(folder, 'end.onward')))).seen, 1200);
  assert.match((await detect([first, '--load', 'half.onward'])).out, /none of them to warm up: the detector is loaded/);
  const refused = async (...args: string[]) => { const { code: end, err: why } = await detect(args); return `${end} ${why}`; };
  assert.match(await refused(csv('other.csv', 'flow,volt', ['1,2', '3,4']), '--load', 'half.onward'), /^1 .*no column of numbers "load", which the loaded detector watches; there are flow, volt/s);
  assert.match(await refused(first, '--load', 'half.onward', '--mode', 'commissioned'), /^2 .*has mode streaming, not commissioned/s);
  assert.match(await refused(first, '--load', 'first.csv'), /^1 .*first\.csv: this is no detector/s);
  assert.match(await refused(first, '--load', 'nowhere'), /^1 .*there is no file nowhere/s);
});

test('an alarm says when it began and when it was over, in rows and in the times of the file; a report draws over time', async () => {
  const random = new Random(6);
  const at = (i: number): string => new Date(Date.UTC(2026, 2, 1, 0, i)).toISOString().slice(0, 19).replace('T', ' ');
  const value = (i: number): number => 10 + random.normal() + (i >= 800 && i < 812 ? 60 : 0);
  const file = write('times.csv', ['time,flow', ...Array.from({ length: 1000 }, (_, i) => `${at(i)},${value(i).toFixed(3)}`), ''].join('\n'));
  const { code, out, err } = await detect([file, '--report', 'times.html', '--json']);
  assert.is(code, 0, err);
  const alarm = JSON.parse(out).alarms.find(({ first }: { first: number }) => first === 800);
  assert.is(alarm.time, '2026-03-01T13:20:00Z');
  assert.ok(alarm.over >= 812 && alarm.over < 850, JSON.stringify(alarm));
  assert.is(alarm.overTime, new Date(Date.UTC(2026, 2, 1, 0, alarm.over)).toISOString().replace('.000Z', 'Z'));
  const page = readFileSync(join(folder, 'times.html'), 'utf8');
  assert.match(page, new RegExp(`<th>802</th><td>2026-03-01T13:20:00Z</td>.*<td>${alarm.over + 2}</td><td>${alarm.overTime}</td>`));
  assert.match(page, '"isDate":true');
  assert.match((await detect([file])).out, /802 +score .*2026-03-01T13:20:00Z +over in row 8\d\d/);
});

test('the mode says why: a channel that wanders needs a detector that goes on learning', async () => {
  const random = new Random(7);
  let walk = 0;
  const lines = Array.from({ length: 1500 }, (_, i) => `${(walk += i < 400 ? 0 : 0.05).toFixed(3)},${random.normal().toFixed(3)},${random.normal().toFixed(3)}`);
  const file = write('walk.csv', ['tank,a,b', ...lines.map((line, i) => (i < 400 ? line.replace('0.000', random.normal().toFixed(3)) : line)), ''].join('\n'));
  assert.match((await detect([file])).out, /streaming +never stops learning; [\d.]+ % of the later rows of tank are far outside of what the first 400 had, which --mode commissioned would tell for good/);
  assert.match((await detect([file, '--skip', 'tank'])).out, /streaming +never stops learning; for long faults of a machine that is known to be well/);
  assert.match((await detect([file, '--mode', 'commissioned'])).out, /learned the warm-up, then no more; but [\d.]+ % of the later rows of tank .*--mode streaming/);
});

test('the same seed gives the same scores', async () => {
  const scores = async (...args: string[]): Promise<string> => {
    await detect([write('plant.csv', plant()), '--skip', 'fault', '--out', 'seed.csv', ...args]);
    return readFileSync(join(folder, 'seed.csv'), 'utf8');
  };
  const first = await scores();
  assert.is(await scores(), first);
  assert.is.not(await scores('--seed', '2'), first);
});

test('a wrong command line is exit 2, bad data exit 1, each with one line that says why', async () => {
  const file = write('one.csv', 'a\n1\n2\n3\n');
  const refused = async (exit: number, message: RegExp, ...args: string[]): Promise<void> => {
    const { code, err } = await detect(args);
    assert.is(code, exit, err);
    assert.match(err, message);
    assert.is(err.trimEnd().split('\n').length, 1);
  };
  await refused(2, /FILE is missing/);
  await refused(2, /--mode must be streaming or commissioned, got batch/, file, '--mode', 'batch');
  await refused(2, /--bits must be 8 or 16, got 12/, file, '--bits', '12');
  await refused(2, /--warmup must be a whole number/, file, '--warmup', '1.5');
  await refused(1, /there is no file nowhere\.csv/, 'nowhere.csv');
  await refused(1, /is a directory/, folder);
  await refused(1, /the file is empty/, write('empty.csv', ''));
  await refused(1, /the file has a header and no rows/, write('head.csv', 'a,b\n'));
  await refused(1, /no column "b"; the columns are "a"/, file, '--skip', 'b');
  await refused(1, /no column of numbers is left/, file, '--skip', 'a');
  await refused(1, /--out .*\/none\/x: there is no folder/, file, '--out', join(folder, 'none/x'));
  await refused(1, /300 columns of numbers, at most 256/, write('wide.csv', `${'1.5,'.repeat(299)}1\n${'2.5,'.repeat(299)}2\n`));
});

test.run();
