/** Small tables that go wrong in the field, one of each kind, with what is right for each. Made up: own words, own values. */

export interface Kind {
  name: string;
  /** As it stands in the file. */
  data: string | Uint8Array;
  options?: { label?: string; drop?: string[]; missing?: number[]; series?: string; differences?: string[]; time?: string };
  /** The names of the inputs, in order, the labels, and how many rows are samples. */
  inputs?: string[];
  labels?: string[];
  rows?: number;
  /** The first samples: values, then the label. */
  first?: string[];
  /** What the reader says of it. */
  told?: RegExp;
  /** Or why nobody can read it. */
  refused?: RegExp;
  /** A file that grows cannot be read so, and says why. */
  whole?: true;
}

/** 40 rows: a level that tells two labels apart, another number beside it. */
const level = (i: number): number => (i % 2 ? 71 : 12) + (i % 5) / 4;
const flow = (i: number): number => ((i * 7) % 11) + 0.5;
const state = (i: number): string => (i % 2 ? 'full' : 'low');
const lines = (row: (i: number) => string, n = 40): string => Array.from({ length: n }, (_, i) => `${row(i)}\n`).join('');
const plain = (i: number): string => `${level(i)},${flow(i)},${state(i)}`;
const HEAD = 'level,flow,tank\n';
const two = { inputs: ['level', 'flow'], labels: ['full', 'low'], rows: 40, first: ['12 0.5 low', '71.25 7.5 full'] };
const comma = (value: number): string => String(value).replace('.', ',');
const latin = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const minute = (i: number, h = 9): string => `${h + Math.floor(i / 60)}:${String(i % 60).padStart(2, '0')}:00`;

export const KINDS: Kind[] = [
  { name: 'sep line', data: `sep=;\n"level";"flow";"tank"\n${lines(plain).replaceAll(',', ';')}`, ...two },
  { name: 'sep line of bars', data: `"sep=|"\r\nlevel|flow|tank\r\n${lines(plain).replaceAll(',', '|').replaceAll('\n', '\r\n')}`, ...two },
  { name: 'decimal comma, tab', data: `level\tflow\ttank\n${lines((i) => `${comma(level(i))}\t${comma(flow(i))}\t${state(i)}`)}`, ...two, told: /decimal comma/ },
  { name: 'decimal comma, semicolon', data: `level;flow;tank\n${lines((i) => `${comma(level(i))};${comma(flow(i))};${state(i)}`)}`, ...two },
  { name: 'decimal comma in quotes', data: `${HEAD}${lines((i) => `"${comma(level(i))}","${comma(flow(i))}",${state(i)}`)}`, ...two, told: /decimal comma/ },
  { name: 'decimal comma with thousands', data: `level;flow;tank\n${lines((i) => `1.${200 + ((i * 37) % 100)},5;${comma(flow(i))};${state(i)}`)}`, ...two, first: ['1200.5 0.5 low', '1237.5 7.5 full'] },
  { name: 'thousands in quotes', data: `${HEAD}${lines((i) => `"1,${200 + ((i * 37) % 100)}.5",${flow(i)},${state(i)}`)}`, ...two, first: ['1200.5 0.5 low', '1237.5 7.5 full'] },
  { name: 'UTF-8 with a mark', data: `\uFEFF${HEAD}${lines(plain)}`, ...two },
  { name: 'UTF-16, little first', data: utf16(HEAD + lines(plain), false, true), ...two },
  { name: 'UTF-16, big first', data: utf16(HEAD + lines(plain), true, true), ...two },
  { name: 'UTF-16 without a mark', data: utf16(HEAD + lines(plain), false, false), ...two },
  { name: 'Latin-1', data: latin(`F\xfcllung,flow,tank\n${lines(plain)}`), ...two, inputs: ['Füllung', 'flow'] },
  { name: 'facts above the table', data: `Logger: shed 3\nSerial;99812;rev B;x\nStart;2024-05-01\n\nlevel;flow;tank\n${lines(plain).replaceAll(',', ';')}`, ...two, told: /above the table/ },
  { name: 'header behind a hash', data: `# shed 3\n# level, flow, tank\n${lines(plain)}`, ...two },
  { name: 'row of units', data: `${HEAD}cm,l/min,\n${lines(plain)}`, ...two, told: /holds units \(cm, l\/min\)/ },
  { name: 'row of units in brackets', data: `level;flow;tank\n[cm];[l/min];[-]\n${lines(plain).replaceAll(',', ';')}`, ...two, told: /holds units/ },
  { name: 'header and units again', data: `${HEAD}cm,l/min,\n${lines(plain, 20)}${HEAD}cm,l/min,\n${lines(plain, 20)}`, ...two, told: /holds units \(cm, l\/min\)/ },
  { name: 'a minus that is no hyphen', data: `${HEAD}${lines((i) => `\u2212${level(i)},${i % 3 ? `\u2212${flow(i)}` : flow(i)} l,${state(i)}`)}`, ...two, first: ['-12 0.5 low', '-71.25 -7.5 full'] },
  { name: 'header again', data: `${HEAD}${lines(plain, 20)}${HEAD}${lines(plain, 20)}`, ...two, told: /header comes again/ },
  { name: 'header of numbers', data: `410,440.5,470,500,fruit\n${lines((i) => `${100 + (i % 9)},${(i % 2 ? 480 : 320) + (i % 3)},${(i % 2 ? 90 : 310) + (i % 5)},${i % 7},${i % 2 ? 'plum' : 'pear'}`)}`, inputs: ['410', '440.5', '470', '500'], labels: ['pear', 'plum'], rows: 40, first: ['100 320 310 0 pear'] },
  { name: 'names that come twice', data: `probe,probe,tank\n${lines(plain)}`, ...two, inputs: ['probe', 'probe (2)'], told: /more than one column is called "probe"/ },
  { name: 'delimiter at the end of rows', data: `${HEAD}${lines((i) => `${plain(i)},`)}`, ...two },
  { name: 'delimiter at the end of some rows', data: `${HEAD}${lines((i) => plain(i) + (i % 3 ? ',' : ''))}`, ...two },
  { name: 'delimiter at the end of all lines', data: `level;flow;tank;\n${lines((i) => `${plain(i)},`).replaceAll(',', ';')}`, ...two },
  ...['NA', 'null', '-', '--', '#N/A', 'unavailable', 'unknown', 'NaN'].map((word) => ({ name: `absent: ${word}`, data: `${HEAD}${lines((i) => (i % 4 === 0 ? `${level(i)},${word},${state(i)}` : plain(i)))}`, ...two, first: ['12 NaN low', '71.25 7.5 full'] })),
  { name: 'absent at first', data: `${HEAD}unavailable,unavailable,low\n${lines(plain)}`, ...two, rows: 41, first: ['NaN NaN low', '12 0.5 low'] },
  { name: 'a word of absence of its own', data: `${HEAD}${lines((i) => (i % 5 === 1 ? `${level(i)},gone,${state(i)}` : plain(i)))}`, ...two, first: ['12 0.5 low', '71.25 NaN full'], told: /"gone"/ },
  { name: 'a number for no value', data: `${HEAD}${lines((i) => (i % 9 === 1 ? `${level(i)},-999.0,${state(i)}` : plain(i)))}`, ...two, first: ['12 0.5 low', '71.25 NaN full'], told: /-999 comes 5 times.*--missing/ },
  { name: 'a number for no value, as it stands', data: `${HEAD}${lines((i) => (i % 9 === 1 ? `${level(i)},-999.0,${state(i)}` : plain(i)))}`, options: { missing: [] }, ...two, first: ['12 0.5 low', '71.25 -999 full'] },
  { name: 'open and closed', data: `level,valve,tank\n${lines((i) => `${level(i)},${i % 3 ? 'closed' : 'Open'},${state(i)}`)}`, ...two, inputs: ['level', 'valve'], first: ['12 1 low', '71.25 0 full'], told: /valve.*Open is 1, closed is 0/ },
  { name: 'units in cells', data: `${HEAD}${lines((i) => `${level(i)} cm,${flow(i)}l/min,${state(i)}`)}`, ...two, told: /cm stands in 40 cells/ },
  { name: 'units with prefixes', data: `power,flow,tank\n${lines((i) => `${i % 8 ? `${level(i)} W` : '1.2 kW'},${flow(i)},${state(i)}`)}`, ...two, inputs: ['power', 'flow'], first: ['1200 0.5 low', '71.25 7.5 full'] },
  { name: 'categories', data: `mode,level,tank\n${lines((i) => `${['eco', 'fast', 'night'][i % 3]},${level(i)},${state(i)}`)}`, inputs: ['mode=eco', 'mode=fast', 'mode=night', 'level'], labels: two.labels, rows: 40, first: ['1 0 0 12 low', '0 1 0 71.25 full'], told: /"mode" is a category/ },
  { name: 'dates, day first', data: `when,${HEAD}${lines((i) => `${String(1 + (i >> 1)).padStart(2, '0')}.03.2024 ${i % 2 ? '12' : '00'}:00,${plain(i)}`)}`, ...two, told: /dates with the day first/ },
  { name: 'dates, month first', data: `when,${HEAD}${lines((i) => `3/${1 + (i >> 1)}/2024 ${i % 2 ? '12' : '1'}:00 ${i % 2 ? 'PM' : 'AM'},${plain(i)}`)}`, ...two, told: /dates with the month first/ },
  { name: 'clock times', data: `at,${HEAD}${lines((i) => `${minute(i)},${plain(i)}`)}`, ...two, told: /left out: at \(a clock\)/ },
  { name: 'a clock of another name', data: `q,${HEAD}${lines((i) => `${(1000 + i * 20 + (i % 3)).toFixed(0)},${plain(i)}`)}`, ...two, told: /left out: q \(it rises evenly/ },
  { name: 'a clock that steps back', data: `timestamp,${HEAD}${lines((i) => `${1_700_000_000 + 60 * i - (i > 25 ? 300 : 0)},${plain(i)}`)}`, ...two, told: /left out: timestamp \(a clock\)/ },
  { name: 'a counter', data: `pulse_count,level,tank\n${lines((i) => `${60_000 + i * i},${level(i)},${state(i)}`)}`, ...two, inputs: ['pulse_count', 'level'], first: ['60000 12 low'], told: /is a counter: it only grows; --differences pulse_count/ },
  { name: 'a counter that wraps', data: `ticks_total,level,tank\n${lines((i) => `${(65_000 + i * 97 + (i % 4)) % 65_536},${level(i)},${state(i)}`)}`, options: { differences: ['ticks_total'] }, ...two, inputs: ['ticks_total', 'level'], first: ['NaN 12 low', '98 71.25 full'] },
  { name: 'ids', data: `device_id,${HEAD}${lines((i) => `${7000 + ((i * 31) % 17)},${plain(i)}`)}`, ...two, told: /left out: device_id \(an id\)/ },
  { name: 'several labels', data: `level,flow,label_leak,label_tank\n${lines((i) => `${level(i)},${flow(i)},${i % 3 ? 'dry' : 'wet'},${state(i)}`)}`, ...two, told: /label_leak \(another label: --label label_leak takes it instead\)/ },
  { name: 'labels in several spellings', data: `${HEAD}${lines((i) => `${level(i)},${flow(i)},${[' low', 'FULL', 'Low ', 'full', 'low', 'Full'][i % 6]}`)}`, ...two, labels: ['FULL', 'low'], told: /are one label, "low"/, first: ['12 0.5 low', '71.25 7.5 FULL'] },
  { name: 'labels in two forms of Unicode', data: `${HEAD}${lines((i) => `${level(i)},${flow(i)},${i % 2 ? (i % 4 === 1 ? 'caf\u00e9' : 'cafe\u0301') : 'tea'}`)}`, ...two, labels: ['caf\u00e9', 'tea'], first: ['12 0.5 tea', '71.25 7.5 caf\u00e9'] },
  { name: 'label first', data: `state,level,rssi\n${lines((i) => `${state(i)},${level(i)},${-70 - (i % 9)}`)}`, ...two, inputs: ['level', 'rssi'], first: ['12 -70 low', '71.25 -71 full'], told: /label: state, the first column, because rssi/ },
  { name: 'the last column is a measurement', data: `level,flow,humidity\n${lines((i) => `${level(i)},${flow(i)},${40 + flow(i) / 3}`)}`, refused: /column "humidity", the last one, holds numbers from .*a measurement is no label; --label COLUMN/ },
  { name: 'remarks last', data: `level,flow,tank,note\n${lines((i) => `${plain(i)},${i === 7 ? 'pump serviced' : i === 31 ? 'lid open' : ''}`)}`, ...two, told: /label: tank, because behind it there is only note \(remarks\)/ },
  { name: 'hash inside', data: `${HEAD}${lines((i) => (i === 20 ? `# battery changed\n${plain(i)}` : plain(i)))}`, ...two, told: /begin with # and were left out/ },
  { name: 'hash in labels', data: `${HEAD}${lines((i) => `${level(i)},${flow(i)},"#${state(i)}"`)}`, ...two, labels: ['#full', '#low'], first: ['12 0.5 #low'] },
  { name: 'stacked series', data: `entity_id,value,when\n${['a', 'b'].map((key) => lines((i) => `sensor.${key},${key === 'a' ? level(i) : flow(i)},2024-05-01T${minute(i, 10)}Z`)).join('')}`, refused: /2 series that are stacked in one column \(sensor\.a, sensor\.b\): --series entity_id/ },
  { name: 'ARFF', data: `% made up\n@relation tank\n\n@attribute 'the level' numeric\n@attribute flow real\n@attribute tank {low, full}\n\n@data\n${lines(plain)}`, ...two, inputs: ['the level', 'flow'], told: /ARFF/ },
  { name: 'libsvm', data: lines((i) => `${i % 2} 1:${level(i)} 2:${flow(i)}`), inputs: ['1', '2'], labels: ['0', '1'], rows: 40, first: ['12 0.5 0', '71.25 7.5 1'], told: /libsvm format: columns 1 to 2/ },
  { name: 'libsvm, sparse, with remarks and groups', data: `# made up\n${lines((i) => `${i % 2 ? '+1' : '-1'} qid:${i >> 2} ${i % 2 ? `2:${flow(i)} ` : ''}4:${level(i)} # row ${i}`)}`, inputs: ['1', '2', '3', '4'], labels: ['-1', '1'], rows: 40, first: ['0 0 0 12 -1', '0 7.5 0 71.25 1'], told: /0 where a row does not have it; qid is left out/ },
  { name: 'libsvm, names, from 0, a row of zeros', data: lines((i) => (i === 6 ? 'low' : `${state(i)} 0:${level(i)}${i === 7 ? ' 3:1e-3' : ''}`)), inputs: ['0', '1', '2', '3'], labels: ['full', 'low'], rows: 40, first: ['12 0 0 0 low', '71.25 0 0 0 full'] },
  { name: 'libsvm, too wide', data: lines((i) => `${i % 2} 1:${level(i)} 70000:1`), refused: /has the index 70000: at most 4096/ },
  { name: 'Edge Impulse', data: JSON.stringify({ protected: { ver: 'v1', alg: 'none' }, signature: '0', payload: { device_type: 'X', interval_ms: 20, sensors: [{ name: 'level', units: 'cm' }, { name: 'flow', units: 'N/A' }], values: Array.from({ length: 40 }, (_, i) => [level(i), flow(i)]) } }), refused: /a measurement is no label/, whole: true },
  { name: 'HTML', data: `<!DOCTYPE html>\n<html><body><table>${lines(plain)}</table></body></html>`, refused: /an HTML page/ },
  { name: 'JSON lines', data: lines((i) => JSON.stringify({ level: level(i), y: state(i) })), refused: /this is JSON/ },
  { name: 'a workbook', data: latin(`PK\x03\x04\x14\0\0\0\x08\0[Content_Types].xml\0\xff\xfe${'\x01\x9c'.repeat(400)}`), refused: /an Excel workbook \(xlsx\)/, whole: true },
  { name: 'a zip archive', data: latin(`PK\x03\x04\x14\0\0\0\x08\0data.csv\0\xff\xfe${'\x01\x9c'.repeat(400)}`), refused: /a zip archive/, whole: true },
  { name: 'a picture', data: latin(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${'\x01\x9c'.repeat(400)}`), refused: /a PNG picture/, whole: true },
  { name: 'bytes', data: latin('\x00\x9c\x01\xff'.repeat(400)), refused: /not a text file/, whole: true },
];

export const SERIES: Kind = {
  name: 'stacked series, split', data: `entity_id,value,when,phase\n${['a', 'b'].map((key) => lines((i) => `sensor.${key},${key === 'a' ? level(i) : flow(i)},2024-05-01T${minute(i, 10)}Z,${state(i)}`)).join('')}`,
  options: { series: 'entity_id' }, inputs: ['sensor.a', 'sensor.b'], labels: two.labels, rows: 40, first: two.first, told: /2 series by entity_id/, whole: true,
};
KINDS.push(SERIES);
