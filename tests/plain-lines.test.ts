// Lines without JSON, as boards and scripts print their readings: what is a sample, what names columns, what is neither.

import { JsonSamples, type JsonFields } from '../host/sources/json-sample.js';
import { assert, suite } from './suite.js';

const test = suite('plain lines');

/** What comes of these lines: values by name or place, labels, times; errors as text. */
function read(lines: readonly string[], options: JsonFields = {}): unknown[] {
  const samples = new JsonSamples(options);
  return lines.flatMap((line, i): unknown[] => {
    try {
      const item = samples.parseLine(line, `line ${i + 1}`);
      if (item === undefined) return [];
      if (!('x' in item)) return [item];
      const x: unknown[] = Array.from(item.x, (value) => (Number.isNaN(value) ? null : value));
      const named = samples.fields === undefined ? x : Object.fromEntries(samples.fields.map((name, k) => [name, x[k]]));
      return [item.y === undefined && item.t === undefined ? named : [named, item.y ?? null, ...(item.t === undefined ? [] : [item.t])]];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

test('numbers with commas, semicolons, tabs or blanks, in parentheses, behind a monitor\'s clock, with a delimiter at the end', () => {
  for (const line of ['21.5,40', '21.5, 40,', ' 21.5\t40\r', '21.5;40', '21,5;40', '21,5 40,0', '21.5   40', '(21.5, 40)', '"21.5","40"', '12:00:01.234 -> 21.5,40', '\uFEFF21.5,40']) assert.equal(read([line]), [[21.5, 40]], line);
  assert.equal(read(['7', '-1e3', '.5', 'nan', 'ON']), [[7], [-1000], [0.5], [null], [1]]);
  assert.equal(read(['1,,3', '1,-,3']), [[1, null, 3], [1, null, 3]]);
});

test('a last word is the label; a date that comes first is the time', () => {
  assert.equal(read(['1 2 walk', '1 2', '3,4,stand still']), [[[1, 2], 'walk'], [1, 2], [[3, 4], 'stand still']]);
  assert.equal(read(['2026-01-01T00:00:01Z,5']), [[[5], null, 1767225601]]);
  assert.equal(read(['1,2,on foot'], { label: 'mode' }), [[[1, 2], 'on foot']]);
});

test('names and values, with units or without', () => {
  for (const line of ['temp:21.5,hum:40', 'temp: 21.5 hum: 40', 'temp=21.5\thum=40', 'temp: 21.5 *C  hum: 40.00 %', 'temp:21.5C hum:40%']) assert.equal(read([line]), [{ temp: 21.5, hum: 40 }], line);
  assert.equal(read(['a:1 b:2 y:idle', 'b:4 a:3', 'a:5,b:6,walk', 'a:5 b:6 Hz']), [[{ a: 1, b: 2 }, 'idle'], { a: 3, b: 4 }, [{ a: 5, b: 6 }, 'walk'], { a: 5, b: 6 }]);
});

test('a line of names gives them to what follows, also once the form is forgotten', () => {
  assert.equal(read(['temp,hum', '21.5,40', '22,41,', '22,41,wet', '22,']), [{ temp: 21.5, hum: 40 }, { temp: 22, hum: 41 }, [{ temp: 22, hum: 41 }, 'wet'], { temp: 22, hum: null }]);
  assert.equal(read(['temp,hum,y,', '21.5,40,', '21.5,40,wet']), [{ temp: 21.5, hum: 40 }, [{ temp: 21.5, hum: 40 }, 'wet']]);
  assert.equal(read(['time,temp,state', '2026-01-01 00:00:01,5,idle'], { label: 'state' }), [[{ temp: 5 }, 'idle', 1767225601]]);
  assert.equal(read(['temp,hum', '1,2', '1,2,3']), [{ temp: 1, hum: 2 }, 'line 3 holds 3 values, its columns are "temp", "hum"']);
  assert.equal(read(['hello, world', '1,2,3', '1,2,3']), [[1, 2, 3], [1, 2, 3]], 'talk is no line of names where the numbers are more');
  assert.equal(read(['1,2', '1,2,3'], { fields: ['a', 'b'] }), [{ a: 1, b: 2 }, 'line 2 holds 3 values, its columns are "a", "b"']);
  const told: string[] = [];
  const samples = new JsonSamples({ onDoubt: (text) => told.push(text) });
  assert.equal([samples.parseLine('a;b', 'a line'), samples.parseLine('a;b', 'a line'), told], [undefined, undefined, ['a line names the columns: "a", "b"']]);
  samples.restart();
  assert.equal(Array.from((samples.parseLine('1;2', 'a line') as { x: ArrayLike<number> }).x), [1, 2]);
  assert.equal(samples.fields, ['a', 'b']);
});

test('columns that were named once are known from then on, in the order of the board', () => {
  const first = new JsonSamples({ fields: ['hum', 'temp'] });
  first.parseLine('time,temp,hum', 'a line');
  first.parseLine('2026-01-01 00:00:01,21.5,40', 'a line');
  assert.equal(first.form!.columns, ['time', 'temp', 'hum']);
  const { columns, fields, time } = JSON.parse(JSON.stringify(first.form)) as { columns: string[]; fields: string[]; time: string };
  assert.equal(read(['22,41', '2026-01-01 00:00:02,22,41', 'hum,temp', '42,23'], { columns, fields, time }), [{ hum: 41, temp: 22 }, [{ hum: 41, temp: 22 }, null, 1767225602], { hum: 42, temp: 23 }], 'with the time or without');
  assert.match(String(read(['1,2,3,4'], { columns, fields })[0]), 'holds 4 values, its columns are "time", "temp", "hum"');
  assert.equal(read(['22,41', '23,42,dry'], { columns: ['hum', 'temp', 'y'], fields: ['temp', 'hum'] }), [{ temp: 41, hum: 22 }, [{ temp: 42, hum: 23 }, 'dry']], 'with the label or without');
  assert.equal(read(['1,2'], { columns: ['a', 'b'], arrays: true }), [[1, 2]]);
  const told: string[] = [];
  const again = new JsonSamples({ columns, fields, onDoubt: (text) => told.push(text) });
  again.parseLine('22,41', 'a line');
  assert.equal(told, ['a line is read by "time", "temp", "hum", as before: a line of names changes it']);
  const talk = new JsonSamples();
  talk.parseLine('hello, world', 'a line');
  talk.parseLine('{"temp": 1, "hum": 2}', 'a line');
  assert.is(talk.form!.columns, undefined, 'by which nothing was read');
});

test('what a board says while it starts, or in between, is no sample and names nothing', () => {
  const boot = ['ets Jun  8 2016 00:22:57', 'rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)', 'configsip: 0, SPIWP:0xee', 'clk_drv:0x00,q_drv:0x00,d_drv:0x00,cs0_drv:0x00,hd_drv:0x00,wp_drv:0x00', 'mode:DIO, clock div:2', 'load:0x3fff0018,len:4', 'load:0x3fff001c,len:1044', 'entry 0x400805ac', 'Ready', 'Retry: 3 times', 'IP: 192.168.1.7', 'sensor:DHT22', 'Connecting to WiFi...', 'sensor ok', '0.1,0.2,abc,0.4', '-', '1 2\u00003'];
  const told = read([...boot, '1,2', '1,2,3']);
  assert.equal(told.slice(0, boot.length).map((each) => /is not JSON, nor plain numbers/.test(String(each))), boot.map(() => true), String(told));
  assert.equal(told.slice(-2), [[1, 2], `line ${boot.length + 2} holds 3 values, the lines before it 2`]);
  for (const talk of ['WiFi lost, reconnecting', 'ovf,ovf', 'temp,hum']) assert.equal(read(['1,2', talk, '3,4']).map((each) => (typeof each === 'string' ? 'refused' : each)), [[1, 2], 'refused', [3, 4]], talk);
  assert.equal(read(['temp,hum', '1,2', 'WiFi lost, reconnecting', '3,4', 'temp,hum', '5,6']).map((each) => (typeof each === 'string' ? 'refused' : each)), [{ temp: 1, hum: 2 }, 'refused', { temp: 3, hum: 4 }, { temp: 5, hum: 6 }]);
});

test('in doubt a line is none: half a number, a time, a comment, a unit that is none', () => {
  for (const line of ['21,5 °C', '21,5 idle', 'Temperatur: 21,5', '21.5,40 idle', '21.5,40 # ok', '21.5,40,12:30:15', '21.5,40,2024-01-01 12:30', 'temp,temp']) assert.match(String(read([line])[0]), /is not JSON, nor plain numbers/, line);
  for (const line of ['21.5 °C', '21.5C', '21.5 V', '21.5V']) assert.equal(read([line]), [[21.5]], line);
  assert.equal(read(['21.5,40%', '21.5 40%', '21.5,-67dBm', 'I (1234) app: temp=21.5', '\x1b[0;32mI (1) app: temp=21.5\x1b[0m', 'T:21.5 H:40'].slice(0, 3)), [[21.5, 40], [21.5, 40], [21.5, -67]]);
  assert.equal(read(['I (1234) app: temp=21.5', '\x1b[0;32mI (1) app: temp=22\x1b[0m']), [{ temp: 21.5 }, { temp: 22 }]);
  assert.equal(read(['T:21.5 H:40']), [{ T: 21.5, H: 40 }]);
  assert.equal(read(['21.5,40,on', '21.5,40'], { label: 'state' }), [[[21.5, 40], 'on'], [21.5, 40]]);
  const told: string[] = [];
  new JsonSamples({ onDoubt: (text) => told.push(text) }).parseLine('21,5', 'a line');
  assert.match(told[0]!, 'is two values, 21 and 5: if it is one with a decimal comma, print a point');
  new JsonSamples({ onDoubt: (text) => told.push(text) }).parseLine('21.5,40,on', 'a line');
  assert.match(told[1]!, 'ends with "on", a 1: if it is the label');
});

test('a line of a million characters is refused; were it read in quadratic time, it would take hours', () => {
  const many = 1_000_000;
  for (const line of [`a:${'1'.repeat(many)}!`, `${'1'.repeat(many)}!`, `a${' '.repeat(many)}b`, `${'1 '.repeat(many / 2)}!`, `{"x":["${'1'.repeat(many)}!"]}`]) assert.is(typeof read([line])[0], 'string', line.slice(0, 8));
});

test('objects of JSON are read among them as ever', () => {
  assert.equal(read(['{"x": [1, 2], "y": "a"}', '3,4,b', '{"x": [1, ', '[1, 2]', '{"y": "c", "id": 7}'], { id: 'id' }).map((each) => (typeof each === 'string' ? each.slice(0, 18) : each)), [[[1, 2], 'a'], [[3, 4], 'b'], 'line 3 is not JSON', 'line 4 must be a J', { id: 7, y: 'c' }]);
});

test.run();
