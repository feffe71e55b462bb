// What a JSON object says as a sample: names and paths, words for numbers, what is missing, what is a label and what is none.

import fc from 'fast-check';
import { at, leaves } from '../host/sources/json-path.js';
import { JsonSamples, isLateLabel, type JsonFields } from '../host/sources/json-sample.js';
import { dateOf, labelOf, numberOf } from '../host/sources/words.js';
import { assert, suite } from './suite.js';

const test = suite('JSON samples');

/** Values and label of each text, or why it was refused; and what was told. */
function read(texts: readonly unknown[], options: JsonFields = {}): { got: unknown[]; told: string[]; samples: JsonSamples } {
  const told: string[] = [];
  const samples = new JsonSamples({ id: 'id', onDoubt: (text) => told.push(text), ...options });
  const got = texts.map((text) => {
    try {
      const item = samples.parse(typeof text === 'string' ? text : JSON.stringify(text), 'it');
      if (isLateLabel(item)) return item;
      const { x, y, ...rest } = item;
      return [...[...(x as Float64Array)].map((value) => (Number.isNaN(value) ? null : value)), ...(y === undefined ? [] : [y]), ...(Object.keys(rest).length > 0 ? [rest] : [])];
    } catch (error) {
      return (error as Error).message;
    }
  });
  return { got, told, samples };
}

test('numbers inside of objects and arrays are fields, by their paths; text and times are left out and told of', () => {
  const first = { Time: '2024-05-01T10:00:00', ENERGY: { Power: 3, Voltage: 230, acc: [1, 2] }, Status: 'ok', y: 'off' };
  const { got, told, samples } = read([first, { ENERGY: { acc: [4, 5], Power: 6, Voltage: 7 }, y: 'on' }]);
  assert.equal(got, [[3, 230, 1, 2, 'off', { t: 1714557600 }], [6, 7, 4, 5, 'on']]);
  assert.equal(samples.fields, ['ENERGY.Power', 'ENERGY.Voltage', 'ENERGY.acc.0', 'ENERGY.acc.1']);
  assert.equal(told, ['it: left out: "Time" (a time), "Status" (text); "fields" names what is to be read']);
  assert.equal(read([first], { fields: ['ENERGY.Power', 'ENERGY.acc[1]'] }).got, [[3, 2, 'off', { t: 1714557600 }]]);
  assert.equal(read([{ 'a.b': 1, a: { b: 2 } }], { fields: ['a.b'] }).got, [[1]]);
  assert.equal(read([{ d: { state: 'on', v: 5 } }], { label: 'd.state' }).got, [[5, 'on']]);
  assert.match(read([first], { fields: ['ENERGY'] }).got[0] as string, '"ENERGY" is no number but holds "ENERGY.Power", "ENERGY.Voltage", "ENERGY.acc"');
});

test('a clock is no field, whatever it is called; its time is carried through', () => {
  for (const [name, value, t] of [['ts', 1714557600, 1714557600], ['received', 1714557600123, 1714557600123], ['timestamp', 12.5, 12.5], ['last_seen', '2024-05-01 10:00', 1714557600], ['data.measured_at', 3, 3], ['x1', 1714557600123456, 1714557600123456]] as const) {
    const object = name.includes('.') ? { data: { measured_at: value }, temp: 1 } : { [name]: value, temp: 1 };
    assert.equal(read([object]).got, [[1, { t }]], name);
  }
  assert.equal(read([{ pressure: 101325, uptime_ratio: 0.5, energy: 2.1e8 }]).got, [[101325, 0.5, 2.1e8]]);
  assert.equal(read([{ ts: 1714557600, temp: 1 }], { fields: ['ts', 'temp'] }).got, [[1714557600, 1]]);
});

test('quoted numbers and words for on and off are numbers; words for nothing are missing and told of once', () => {
  const { got, told } = read([
    { a: '21.5', b: 'ON', c: 'open', d: true, y: 'k' },
    { a: ' -3e2 ', b: 'off', c: 'Closed', d: 'false' },
    { a: 'unavailable', b: 'unknown', c: 'NA', d: null },
    { a: 'NULL', b: '', c: '-', d: '#N/A' },
    '{"a": NaN, "b": -Infinity, "c": 1, "d": 0, "y": "NaN or Infinity"}',
    { a: 'ERR', b: 1, c: 1, d: 1 },
  ]);
  assert.equal(got.slice(0, 5), [[21.5, 1, 1, 1, 'k'], [-300, 0, 0, 0], [null, null, null, null], [null, null, null, null], [null, null, 1, 0, 'NaN or Infinity']]);
  assert.match(got[5] as string, '"a" must be a number, got "ERR"');
  assert.equal(told.filter((text) => text.includes('counts as missing')).length, 4);
  const late = read([{ a: 1, mode: 'unavailable', later: null }, { a: 2, mode: 'playing', later: 5 }, { a: 3, mode: 'paused', later: 'ERR' }]);
  assert.equal(late.got.slice(0, 2), [[1, null, null], [2, null, 5]]);
  assert.match(late.got[2] as string, '"later" must be a number');
  assert.equal(read([{ x: ['1', true, null, 'unavailable', 'OFF'] }]).got, [[1, 1, null, null, 0]]);
  assert.match(read([{ x: [1, 'ERR'] }]).got[0] as string, 'x[1] must be a number');
  assert.equal(['0x10', '1,5', '1 2', 'C', '12C', 'online'].map(numberOf), new Array(6).fill(undefined));
});

test('a field that is not there is missing and told of; an object with none of them is refused; so is another form', () => {
  const { got, told } = read([{ temp: 1, hum: 2, y: 'a' }, { temp: 3, humidity: 4 }, { temperature: 1, humidity: 2, y: 'b' }, { x: [1, 2] }, { temp: null }, { y: 'a' }, { hum: 5 }]);
  assert.equal(got, [[1, 2, 'a'], [3, null], 'it has none of the fields "temp", "hum"; there are "temperature", "humidity"', 'it has none of the fields "temp", "hum"; there are "x"', [null, null], 'it has none of the fields "temp", "hum"', [null, 5]]);
  assert.equal(told, ['it: "humidity" is not read: the fields are those of the first sample, "temp", "hum"']);
  assert.equal(read([{ temp: 1 }, { temp: 2 }, { hum: 1 }], { fields: ['temp', 'hum'] }).told, ['it: there is no "hum", which counts as missing; there are "temp"', 'it: there is no "temp", which counts as missing; there are "hum"']);
  assert.equal(read([{ x: [1, 2] }, { a: 1, b: 2 }]).got, [[1, 2], 'it has no array "x", as the samples before it had; there are "a", "b"']);
  assert.equal(read([{ a: 1, b: 2 }], { arrays: true }).got, ['it has no array "x", as the samples before it had; there are "a", "b"']);
});

test('y beside x and z is an axis unless it is named; a fraction is no label', () => {
  const axes = { x: 0.1, y: 1, z: 9.8 };
  assert.equal(read([axes, { ...axes, y: 2 }]).got, [[0.1, 1, 9.8], [0.1, 2, 9.8]]);
  assert.match(read([axes]).told.join(), '"y" is an axis');
  assert.match(read([{ ...axes, activity: 'walk' }]).told.join(), '("label"): is it "activity"?');
  assert.equal(read([axes], { label: 'y' }).got, [[0.1, 9.8, '1']]);
  assert.equal(read([{ ...axes, state: 'on' }], { label: 'state' }).got, [[0.1, 1, 9.8, 'on']]);
  assert.equal(read([axes], { fields: ['x', 'y', 'z'] }).got, [[0.1, 1, 9.8]]);
  assert.equal(read([{ x: 0.1, y: '0.5' }]).got, [[0.1, 0.5]]);
  for (const [object, got] of [[{ x: 0.1, y: 'walk', z: 9.8 }, [0.1, 9.8, 'walk']], [{ x: 0.1, y: 'on', z: 1 }, [0.1, 1, 'on']], [{ x: 0.1, z: 1 }, [0.1, 1]], [{ x: [1, 2], y: 3, z: 4 }, [1, 2, '3']], [{ temp: 1, y: 3 }, [1, '3']], [{ acc: axes, y: 3 }, [0.1, 1, 9.8, '3']]] as const) {
    assert.equal(read([object]).got, [got], JSON.stringify(object));
  }
  assert.match(read([{ temp: 1, y: 0.53 }]).got[0] as string, 'the label "y" is 0.53, a measurement and no name');
  assert.equal(read([{ temp: 1, y: 0.53 }], { label: 'y' }).got, [[1, '0.53']]);
});

test('an empty label is none, and so are words for nothing; others lose the blanks around them', () => {
  assert.equal(['', ' ', 'null', 'N/A', 'unavailable', '?', ' idle ', 'unknown', 'none', '0'].map(labelOf), [undefined, undefined, undefined, undefined, undefined, undefined, 'idle', 'unknown', 'none', '0']);
  assert.equal(read([{ a: 1, y: '' }, { a: 1, y: null }, { a: 1, y: false }, { a: 1, y: 0 }, { a: 1, y: [] }]).got, [[1], [1], [1, 'false'], [1, '0'], 'it: the label "y" must be a string or a number']);
  assert.match(read([{ a: 1, state: 'on' }]).told.join(), 'there is no label "y": is it "state"?');
});

test('labels that come alone: by id, and of a stretch of time where somebody takes them', () => {
  const texts = [{ id: 7, a: 1 }, { id: 7, y: 'up' }, { id: '', a: 1 }, { y: 'up' }];
  assert.equal(read(texts).got, [[1, { id: 7 }], { id: 7, y: 'up' }, [1], 'it has none of the fields "a"']);
  const { got } = read([{ y: 'up' }, { y: 'up', seconds: 2, t: 9 }, { y: 'up', seconds: '0.5' }, { y: 'up', a: 1, seconds: 2 }], { onSpan: () => {} });
  assert.equal(got, [{ y: 'up' }, { y: 'up', seconds: 2, t: 9 }, { y: 'up', seconds: 0.5 }, [1, 2, 'up']]);
});

test('what is refused leaves no trace, and the first good object decides', () => {
  const { got, samples } = read(['[1]', 'nope', '{"a":', { y: 'a' }, { speed: 'fast', y: 'a' }, { a: {}, y: 'a' }, { x: new Array(5000).fill(1) }, { x: [[1]] }, { b: 1, y: 'a' }, { a: 1, y: 'a' }]);
  assert.equal(got.map((each) => typeof each), [...new Array(8).fill('string'), 'object', 'string']);
  assert.equal(samples.form, { form: 'fields', fields: ['b'], label: 'y', time: 't' });
  samples.restart();
  assert.is(samples.form, undefined);
});

test('paths: only what is an object\'s own, and no deeper than is sound', () => {
  assert.is(at(JSON.parse('{"__proto__":{"a":1}}'), '__proto__.a'), 1);
  for (const path of ['__proto__.toString', 'constructor.name', 'list.length', 'list.-1', 'a..b', '', '.']) assert.is(at({ list: [1], a: {} }, path), undefined, path);
  const deep = JSON.parse(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`);
  assert.equal([...leaves(deep)], []);
  assert.match(read([deep]).got[0] as string, 'holds no numbers');
});

test('whatever comes, a sample has as many finite or missing numbers as the first one, or an error says why', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(fc.property(fc.array(value, { maxLength: 12 }), (objects) => {
    const samples = new JsonSamples({ id: 'id', onSpan: () => {} });
    let inputs: number | undefined;
    for (const object of objects) {
      try {
        const item = samples.parse(JSON.stringify(object), 'it');
        if (isLateLabel(item)) continue;
        inputs ??= item.x.length;
        assert.is(item.x.length, inputs);
        assert.ok(item.y === undefined || (typeof item.y === 'string' && item.y !== ''));
      } catch (error) {
        assert.ok(error instanceof Error && error.message.startsWith('it'), String(error));
      }
    }
  }), { numRuns: 300 });
});

test('dates are UTC where they name no zone; other text is none', () => {
  assert.equal([dateOf('2024-05-01 10:00'), dateOf('2024-05-01T10:00:00.5'), dateOf('2024-05-01T12:00:00+02:00'), dateOf('2024-05-01')], [1714557600, 1714557600.5, 1714557600, 1714521600]);
  assert.equal(['5', 'May', '2024', '2024-99-99 10:00'].map(dateOf), new Array(4).fill(undefined));
});

test.run();
