// Units of columns: where they are read from, which are one, and a file in another unit than the one that was learned.

import { openCsv, type CsvFile } from '../host/sources/csv.js';
import { splitUnit, unitChange } from '../host/sources/units.js';
import { assert, suite } from './suite.js';

const test = suite('units');

test('names with a unit, and names that only look so', () => {
  for (const [name, stem, unit] of [
    ['temp [C]', 'temp', 'C'], ['temp (°C)', 'temp', '°C'], ['Druck [hPa]', 'Druck', 'hPa'], ['p/kPa', 'p', 'kPa'], ['flow in l/min', 'flow', 'l/min'], ['speed (km/h)', 'speed', 'km/h'], ['hum[%RH]', 'hum', '%RH'],
    ['probe (2)', 'probe (2)', ''], ['accel (x)', 'accel (x)', ''], ['load (mean)', 'load (mean)', ''], ['wind m/s', 'wind m/s', ''], ['on/off', 'on/off', ''], ['time in use', 'time in use', ''], ['[C]', '[C]', ''], ['plain', 'plain', ''],
  ] as const) assert.equal(splitUnit(name), { name: stem, unit }, name);
});

test('spellings of one unit are one; units of a kind become one another; others do not', () => {
  const into = (value: number, from: string, to: string): number | undefined => {
    const change = unitChange(from, to);
    return change && Number((value * change.times + change.plus).toPrecision(9));
  };
  for (const [a, b] of [['°C', 'degC'], ['[C]', 'Celsius'], ['℃', '° C'], ['%', '%RH'], ['m/s²', 'm/s^2'], ['L/min', 'l/min'], ['µA', 'uA'], ['Pa', 'pa']] as const) assert.equal(unitChange(a, b), { times: 1, plus: 0 }, `${a} ${b}`);
  for (const [value, from, to, result] of [
    [68, 'F', 'C', 20], [20, '°C', '°F', 68], [300, 'K', 'C', 26.85], [1.2, 'kW', 'W', 1200], [5, 'mW', 'MW', 5e-9], [1013, 'hPa', 'kPa', 101.3], [1, 'bar', 'psi', 14.5037738], [36, 'km/h', 'm/s', 10], [1, 'g', 'm/s2', 9.80665], [3, 'cm', 'mm', 30], [2, 'kvar', 'var', 2000],
  ] as const) assert.is(into(value, from, to), result, `${from} ${to}`);
  for (const [a, b] of [['C', 'V'], ['%', 'C'], ['rpm', 'Hz'], ['nonsense', 'C'], ['kg', 'kW']] as const) assert.is(unitChange(a, b), undefined, `${a} ${b}`);
});

test('a prefix is the one that is written: every one of every base, in both cases', () => {
  const times = (from: string, to: string): number | undefined => {
    const change = unitChange(from, to);
    return change && Number((change.times).toPrecision(9));
  };
  const prefixes = { n: 1e-9, µ: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9 };
  for (const base of ['V', 'A', 'W', 'Wh', 'Pa', 'm', 'g', 'Hz', 's', 'l', 'T', 'Ω', 'rad', 'K', 'bar', 'psi', 'm/s', 'm/s2', 'l/min', 'var', 'B', 'S', 'F', 'Ah']) {
    for (const [prefix, factor] of Object.entries(prefixes)) {
      assert.is(times(prefix + base, base), factor, prefix + base);
      assert.is(times(base, prefix + base), Number((1 / factor).toPrecision(9)), `${base} in ${prefix + base}`);
    }
    assert.is(times(`m${base}`, `M${base}`), 1e-9, base);
    for (const [small, great] of [[`m${base}`, `M${base}`], [`m${base.toLowerCase()}`, `M${base.toUpperCase()}`], [`m${base.toUpperCase()}`, `M${base.toLowerCase()}`]] as const) assert.is.not(times(small, great), 1, `${small} ${great}`);
  }
  for (const letter of 'ABCDEFGHIJKMNOPQRSTUVWXYZ') assert.is.not(times(letter, letter.toLowerCase()), 1, letter); // L is l
  for (const [a, b] of [['mS', 'ms'], ['µS', 'us'], ['mG', 'mg'], ['µT', 'µt'], ['mM', 'mm'], ['nS', 'ns']] as const) assert.is(unitChange(a, b), undefined, `${a} ${b}`);
  for (const [a, b] of [['KWH', 'kWh'], ['KV', 'kV'], ['ma', 'mA'], ['KG', 'kg'], ['MHZ', 'MHz'], ['hpa', 'hPa'], ['MPA', 'MPa'], ['mL', 'ml'], ['L', 'l'], ['MIN', 'min'], ['M/S', 'm/s'], ['degc', 'C'], ['°f', 'F'], ['VAR', 'var']] as const) assert.is(times(a, b), 1, `${a} ${b}`);
  for (const [a, b, factor] of [['kohm', 'ohm', 1e3], ['kOhm', 'Ω', 1e3], ['MOhm', 'ohm', 1e6], ['MOHM', 'ohm', 1e6], ['mohm', '\u2126', 1e-3], ['Kohms', 'kΩ', 1], ['uohm', 'Ω', 1e-6], ['msec', 'sec', 1e-3], ['kwatt', 'W', 1e3], ['mm3', 'm3', 1e-9], ['mm²', 'm2', 1e-6], ['mg', 'm/s2', 9.80665e-3], ['kvar', 'Mvar', 1e-3]] as const) assert.is(times(a, b), factor, `${a} ${b}`);
});

test('a long name or unit full of blanks costs no time', () => {
  const long = `a${' '.repeat(20_000)}b`;
  const began = performance.now();
  assert.equal(splitUnit(long), { name: long, unit: '' });
  unitChange(long, 'C');
  assert.ok(performance.now() - began < 100, `${performance.now() - began} ms`);
});

const celsius = Array.from({ length: 30 }, (_, i) => (i % 2 ? 23 : 20) + (i % 5) / 10);
const rows = (cell: (c: number) => string): string => celsius.map((c, i) => `${cell(c)},${i % 7},${i % 2 ? 'on' : 'off'}\n`).join('');
const fahrenheit = (c: number): number => (c * 9) / 5 + 32;
const TABLES: Record<string, string> = {
  name: `temp [C],rest,state\n${rows(String)}`,
  row: `temp,rest,state\n°C,,\n${rows(String)}`,
  cells: `temp,rest,state\n${rows((c) => `${c} degC`)}`,
};

async function values(file: CsvFile): Promise<number[]> {
  const all: number[] = [];
  for await (const { x } of file) all.push(Number(x[0]!.toFixed(9)));
  return all;
}

test('the unit is known by the name, by a row of units and by cells; a file in another one says so and is converted', async () => {
  for (const [how, text] of Object.entries(TABLES)) {
    const { layout } = await openCsv(text);
    assert.ok(unitChange(layout.inputs[0]!.unit!, 'C')?.times === 1, how);
    const like = JSON.parse(JSON.stringify(layout));
    for (const other of [`rest,temp (F),state\n${rows((c) => String(fahrenheit(c))).replace(/^(.*?),(.*?),/gm, '$2,$1,')}`, `temp,rest,state\n°F,-,-\n${rows((c) => String(fahrenheit(c)))}`, `temp,rest,state\n${rows((c) => `${fahrenheit(c)} °F`)}`]) {
      const file = await openCsv(other, { like });
      assert.equal(await values(file), celsius.map((c) => Number(c.toFixed(9))), `${how}: ${other.slice(0, 20)}`);
      assert.match(file.warnings.join('\n'), /"temp.*F.*was learned in (°|deg)?C.*converted/, how);
    }
    for (const same of [...Object.values(TABLES), `temp,rest,state\n${rows(String)}`]) {
      const file = await openCsv(same, { like });
      assert.equal(await values(file), celsius, how);
      assert.not.match(file.warnings.join('\n'), /learned in/);
    }
    const strange = await openCsv(`temp [V],rest,state\n${rows(String)}`, { like });
    assert.equal(await values(strange), celsius);
    assert.match(strange.warnings.join('\n'), /is in V here, and was learned in .*C: nothing tells how one becomes the other/);
  }
});

test('a file with units, read as one that was learned without any, is read as it stands and says so', async () => {
  const like = JSON.parse(JSON.stringify((await openCsv(`temp,rest,state\n${rows(String)}`)).layout));
  for (const [how, text] of Object.entries(TABLES)) {
    const file = await openCsv(text, { like });
    assert.equal(await values(file), celsius, how);
    assert.match(file.warnings.join('\n'), /"temp.*is in .*C here, and was learned without a unit: its values are taken as they stand/, how);
  }
});

test('a number that stands for no value is none in either unit, and differences have no zero', async () => {
  const { layout } = await openCsv(`temp [C],rest,state\n${rows(String)}`, { missing: [-9999], differences: ['temp [C]'] });
  const file = await openCsv(`temp [F],rest,state\n68,1,on\n86,2,off\n-9999,3,on\n104,4,on\n`, { like: layout });
  assert.equal(await values(file), [NaN, 10, NaN, 10]);
});

test.run();
