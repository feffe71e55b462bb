import { writeFileSync } from 'node:fs';
import { readReadings, type Readings } from './readings.js';
import { UsageError, section, type Arguments, type Command, type Option } from './arguments.js';
import { BROKER_OPTIONS } from './broker.js';
import { MOST_CHANNELS, detectLive } from './detect-live.js';
import { channelsOf, clockOf, detectReport, momentOf, rowsOf, type Alarm } from './detect-report.js';
import { loadedDetector, type Loaded } from './detect-loaded.js';
import { DETECTOR_OPTIONS, detectorConfig, mostlyAlarms, newDetector } from './detector-options.js';
import { TABLE_OPTIONS, checkWritable, rereadable, tableOptions, titleOf } from './files.js';
import { STORE_OPTIONS } from './keeper.js';
import { OPTIONS_OF_SOURCES } from './sources/options.js';
import { METRICS_OPTION } from './metrics.js';
import { unitsOf } from './model-note.js';
import { rangeMeasures, type RangeMeasures } from './range-measures.js';
import { StillChannels } from './still-channels.js';
import { UsualRanges } from './usual-ranges.js';
import { FIRST, wandering } from './wandering.js';
import { count, jsonText, percent, statusLine, table } from './terminal.js';

/** The summary lists so many alarms; the JSON has all. */
const LISTED = 12;

/** Options of a source, and those of a FILE. */
const SOURCE_OPTIONS: Record<string, Option> = {
  ...section('A live source, instead of FILE', {
    ...pick(OPTIONS_OF_SOURCES, ['source', 'topic', 'label', 'fields', 'inputs', 'queue', 'max-bytes']),
    label: { value: 'NAME', help: 'of JSON: the field of a truth, which is no channel; it is handed through (default y)' },
    scores: { help: 'a line for every sample, not only where an alarm begins and where it is over' },
    ...METRICS_OPTION,
  }),
  ...section('Where a detector on a source is kept', STORE_OPTIONS),
  ...section('Broker', { ...BROKER_OPTIONS, publish: { value: 'TOPIC', help: 'publish the lines there; with another source than MQTT: mqtt://host/topic' } }),
};
const FILE_OPTIONS: Record<string, Option> = section('What is written of a FILE', {
  out: { value: 'FILE', help: 'write index,score,alarm for every row; the index of the first is 0' },
  report: { value: 'FILE', help: 'write a page with the readings, the score and the alarms, readable offline' },
  load: { value: 'MODEL', help: 'go on with what a detector has learned: the file of --save, or the folder of a --store, which stays as it is' },
  save: { value: 'FILE', help: 'write a snapshot of the detector at the end' },
  labels: { value: 'COLUMN', help: 'a column that is the truth, 0 or 1, and no channel: VUS-PR, and F1 of rows (no point adjustment)' },
  json: { help: 'one JSON object instead of the table' },
});

export const detect: Command = {
  name: 'detect',
  operands: '[FILE]',
  about: `Learn what is normal without labels, and say how unusual each row of a FILE or each sample of a live --source is, and when that is an alarm.`,
  options: {
    ...section('The detector', DETECTOR_OPTIONS),
    ...section('Tables', {
      skip: { value: 'COLUMN,..', help: 'columns to leave out, by name or by number from 0; columns without numbers are left out anyway' },
      drop: { value: 'COLUMN,..', help: 'the same, as other commands call it' },
      ...TABLE_OPTIONS,
    }),
    ...FILE_OPTIONS,
    ...SOURCE_OPTIONS,
    quiet: { help: 'no progress and no warnings', heading: 'Both' },
  },
  notes: [
    'FILE is a table, plain or gzipped, with or without a header, or - for standard input. A score of 1 is where alarms begin, 16 is the greatest.',
    'A row is called by its line in the file, counted from 1 as a text editor does, the header included. In the JSON and in --out rows are counted from 0 instead, for programs; firstLine is the line of that one.',
    'The score of a row rests on the rows before it only.',
    'A view says what is odd: level, change, rhythm, spread, trend, stuck, missing, or joint: channels do not go together as usual.',
    '',
    'A source is read for ever: each alarm is a line of JSON where it begins, {"index": 812, "event": "alarm", "score": 1.8, "alarm": true, "view": "level", "channels": {"flow": 1.8, "load": 0.2}, ...}, and a line',
    'where it is over, {"index": 840, "event": "over", "since": 812, "samples": 28, "greatest": 3.1, ...}. With --store what is usual, the fields and the count go on after a restart; without it is all forgotten.',
    'SIGTERM and SIGINT save and end with code 0. Exit codes: 1 the run failed, 2 the command line was wrong.',
    '',
    'Examples:',
    '  onward detect pump.csv --report pump.html',
    '  onward detect --source mqtt://localhost/plant/pump --store pump-guard --publish plant/alarms --metrics 9465',
    '  onward detect --source follow:/var/log/pump.csv --store pump-guard --drop setpoint',
  ],

  async run(args) {
    const given = detectorConfig(args);
    const isLive = args.has('source');
    if (isLive === args.operands.length > 0) throw new UsageError(isLive ? 'give either a FILE or --source SOURCE' : 'FILE is missing, or --source SOURCE');
    for (const name of Object.keys(isLive ? FILE_OPTIONS : SOURCE_OPTIONS)) {
      if (args.has(name) && name !== 'source') throw new UsageError(isLive ? `--${name} needs a FILE` : `--${name} needs --source SOURCE`);
    }
    if (args.has('skip')) args = args.with('drop', [args.text('drop'), args.text('skip')].filter((columns) => columns !== undefined).join(','));
    if (isLive) return detectLive(args, given);
    const path = args.operand('FILE');
    const [out, page, save] = ['out', 'report', 'save'].map((name) => checkWritable(name, args));
    const status = statusLine(args.has('quiet') || args.has('json'));
    status.say(`reading ${titleOf(path)}`);
    const loaded = args.has('load') ? await loadedDetector(args.text('load')!, given) : undefined;
    const read = await readFile(path, args);
    const { layout, firstLine } = read;
    const warnings = [...read.warnings];
    const { names, rows, truth } = inOrderOf(loaded, withoutTruth(read, args.text('labels'), titleOf(path)), titleOf(path));
    const isMixed = truth !== undefined && truth.includes(0) && truth.includes(1);
    if (truth && !isMixed) warnings.push(`--labels ${args.text('labels')}: every row is ${truth[0]}, so there is nothing to measure: no VUS-PR and no F1`);
    if (names.length > MOST_CHANNELS) throw new Error(`${titleOf(path)}: ${names.length} columns of numbers, at most ${MOST_CHANNELS} can be channels: leave others out with --skip COLUMN,..`);

    const detector = loaded?.detector ?? (await newDetector({ ...given, channels: names.length }));
    const streaming = detector.config.mode === 'streaming';
    const warmup = Math.max(0, detector.config.warmup - detector.seen);
    const clock = clockOf(read.times);
    if (rows.length <= warmup) warnings.push(`${rows.length} rows are not more than the warm-up of ${warmup}: none was scored; give --warmup N`);
    const still = new StillChannels(loaded?.still);
    const early = streaming ? Math.floor(rows.length / 2) : warmup;
    const usual = new UsualRanges(loaded?.usual);
    for (const row of rows.slice(0, early)) {
      still.learn(row);
      if (!streaming) usual.learn(row);
    }
    for (const [channel, value] of still.values) {
      const moves = rows.findIndex((x) => !Number.isNaN(x[channel]!) && x[channel] !== value);
      const share = rows.reduce((sum, x) => sum + (x[channel] === value ? 1 : 0), 0) / rows.length;
      const where = streaming ? `in the first ${count(early)} rows` : 'in the rows that are learned';
      warnings.push(`column ${names[channel]} stands still at ${value} ${where}${moves < 0 ? ' and in all others: it never moves' : `: its first change, in row ${firstLine + moves}, is one alarm and no more${share > 0.9 ? `; it hardly ever moves (${percent(share)} of the rows are ${value}): if it is a truth and no sensor, --skip ${names[channel]}` : ''}`}`);
    }
    for (const [channel, value, share] of mostlyOne(rows)) {
      if (!still.values.has(channel)) warnings.push(`column ${names[channel]} hardly ever moves (${percent(share)} of the rows are ${value}): if it is a truth and no sensor, --skip ${names[channel]}`);
    }
    if (!args.has('quiet')) for (const warning of warnings) process.stderr.write(`${titleOf(path)}: ${warning}\n`);
    const start = performance.now();
    const scores = new Float64Array(rows.length);
    const recents = new Float64Array(rows.length);
    const isAlarm = new Uint8Array(rows.length);
    const alarms: Alarm[] = [];
    rows.forEach((row, index) => {
      // a stream gets used to what has changed; what was commissioned would not
      const held = streaming ? { x: row, moved: [] } : still.hold(row);
      const found = detector.observe(held.x);
      const moved = held.moved.map((channel) => names[channel]!);
      const alarm = found.alarm || moved.length > 0;
      const score = moved.length === 0 ? found.score : Math.max(found.score, 1);
      scores[index] = score;
      recents[index] = Math.max(found.recent, score);
      // a stronger alarm may have come before the one before it was over
      for (let k = alarms.length - 1; score < 1 && k >= 0 && alarms[k]!.over === undefined; k--) {
        if (alarms[k]!.last < index) Object.assign(alarms[k]!, { over: index, ...(clock ? { overTime: momentOf(clock, index) } : {}) });
      }
      if (index % 5000 === 4999) status.say(`${count(index + 1)} of ${count(rows.length)} rows, ${count(alarms.length)} alarms`);
      if (!alarm) return;
      isAlarm[index] = 1;
      const most = found.channels.indexOf(Math.max(...found.channels));
      const channel = moved[0] ?? names[most]!;
      const view = moved.length > 0 ? 'change' : found.views[most]!;
      const open = alarms.at(-1);
      if (open?.last !== index - 1) alarms.push({ first: index, last: index, ...(clock ? { time: momentOf(clock, index) } : {}), score, channel, view, moved });
      else {
        open.last = index;
        open.moved.push(...moved);
        if (score > open.score) Object.assign(open, { score, channel, view });
      }
    });
    const seconds = (performance.now() - start) / 1000;
    status.clear();

    if (out !== undefined) writeFileSync(out, ['index,score,alarm', ...Array.from(scores, (score, i) => `${i},${short(score)},${isAlarm[i]}`), ''].join('\n'));
    if (save !== undefined) {
      detector.note = JSON.stringify({ form: 'table', fields: names, ...unitsOf(layout), layout, ...(streaming ? {} : { ...still.state, usual: usual.ranges }) });
      writeFileSync(save, detector.save());
    }
    const { bytes } = detector.stats();
    const { config } = detector;
    const alarmRows = isAlarm.reduce((sum, flag) => sum + flag, 0);
    if (page !== undefined) {
      writeFileSync(page, detectReport({ title: path.replace(/^.*\//, ''), mode: config.mode, names, rows, firstLine, scores, alarms, alarmRows, arenaBytes: bytes.arena, warmup, clock, normal: usual.text(names) }));
    }
    // an alarm lasts while the score is above 1, though only its first row is called one
    const measures = isMixed && rangeMeasures(truth, recents, scores.map((score) => (score > 1 ? 1 : 0)));
    const doubt = mostlyAlarms(config, alarmRows, rows.length - warmup);
    const result = { file: path, rows: rows.length, firstLine, mode: config.mode, channels: names, alarmRows, alarms, arenaBytes: bytes.arena, seconds, config, warmup, why: whyMode(config.mode, names, rows), ...(streaming ? {} : { normal: usual.ranges }), ...(measures ? { measures } : {}), warnings, doubts: doubt === undefined ? [] : [doubt] };
    process.stdout.write(args.has('json') ? `${jsonText(result)}\n` : `${summary(result, usual.text(names))}\n`);
    detector.dispose();
  },
};

/** Says what the mode does, and what in the data speaks for the other. The data do not show if the first rows were well, so the mode is never chosen from them. */
function whyMode(mode: string, names: readonly string[], rows: readonly Float64Array[]): string {
  const [most, ...others] = wandering(rows);
  const found = most && `${percent(most.share)} of the later rows of ${names[most.channel]}${others.length > 0 ? ` (and many of ${count(others.length)} more)` : ''} are far outside of what the first ${FIRST} had`;
  if (mode === 'commissioned') return `learned the warm-up, then no more${found ? `; but ${found}: --mode streaming gets used to what changes` : ''}`;
  if (found) return `never stops learning; ${found}, which --mode commissioned would tell for good`;
  return `never stops learning${names.length > 1 ? '; for long faults of a machine that is known to be well at first: --mode commissioned' : ''}`;
}

/** When it was over, where that is not the next row. */
function overOf({ last, over }: Alarm, firstLine: number): string {
  return over === undefined ? 'not over at the end' : over === last + 1 ? '' : `over in row ${firstLine + over}`;
}

/** The loaded detector's channels in its own order, whatever stands beside them. */
function inOrderOf<Read extends { names: readonly string[]; rows: readonly Float64Array[] }>(loaded: Loaded | undefined, read: Read, title: string): Read {
  if (loaded === undefined) return read;
  const { fields, detector } = loaded;
  if (fields === undefined) {
    if (read.names.length !== detector.config.channels) throw new Error(`${title}: ${read.names.length} columns of numbers (${read.names.slice(0, 12).join(', ')}), the loaded detector has ${detector.config.channels} channels without names: leave others out with --skip COLUMN,..`);
    return read;
  }
  const places = fields.map((name) => read.names.indexOf(name));
  const missing = fields.find((_, i) => places[i]! < 0);
  if (missing !== undefined) throw new Error(`${title}: no column of numbers "${missing}", which the loaded detector watches; there are ${read.names.slice(0, 12).join(', ')}`);
  return { ...read, names: fields, rows: read.rows.map((row) => Float64Array.from(places, (place) => row[place]!)) };
}

/** Rows without the column that is the truth, and that. */
function withoutTruth({ names, rows, firstLine }: Readings, column: string | undefined, title: string): { names: readonly string[]; rows: readonly Float64Array[]; truth?: Uint8Array } {
  if (column === undefined) return { names, rows };
  const at = names.includes(column) ? names.indexOf(column) : /^\d+$/.test(column) ? Number(column) : -1;
  if (at < 0 || at >= names.length) throw new Error(`${title}: --labels: no column of numbers "${column}"; there are ${names.join(', ')}`);
  const other = rows.findIndex((row) => ![0, 1].includes(row[at]!));
  if (other >= 0) throw new Error(`${title}: --labels ${column}: ${rows[other]![at]} in row ${firstLine + other}; a truth is 0 or 1`);
  if (names.length === 1) throw new Error(`${title}: no column of numbers is left beside --labels ${column}`);
  return { names: names.filter((_, i) => i !== at), rows: rows.map((row) => row.filter((_, i) => i !== at)), truth: Uint8Array.from(rows, (row) => row[at]!) };
}

function pick(options: Record<string, Option>, names: readonly string[]): Record<string, Option> {
  return Object.fromEntries(names.map((name) => [name, options[name]!]));
}

/** Channels of two values of which one is nearly always there, which, and its share. */
function mostlyOne(rows: readonly Float64Array[]): [channel: number, value: number, share: number][] {
  return Array.from(rows[0] ?? [], (_, channel): [number, number, number] => {
    const times = new Map<number, number>();
    for (const x of rows) {
      if (!Number.isNaN(x[channel]!)) times.set(x[channel]!, (times.get(x[channel]!) ?? 0) + 1);
      if (times.size > 2) return [channel, NaN, 0];
    }
    const [value, most] = [...times].sort((a, b) => b[1] - a[1])[0] ?? [NaN, 0];
    return [channel, value, times.size === 2 ? most / rows.length : 0];
  }).filter(([, , share]) => share > 0.9);
}

async function readFile(path: string, args: Arguments) {
  const source = await rereadable(path);
  try {
    return await readReadings(source, { ...tableOptions(args), ...(args.has('drop') ? { drop: args.text('drop')!.split(',') } : {}) });
  } catch (cause) {
    throw new Error(`${titleOf(path)}: ${(cause as Error).message}`, { cause });
  }
}

function summary(r: { rows: number; firstLine: number; mode: string; channels: readonly string[]; alarmRows: number; alarms: readonly Alarm[]; arenaBytes: number; seconds: number; warmup: number; why: string; measures?: RangeMeasures | undefined; doubts: readonly string[] }, normal: string): string {
  const shown = r.channels.length > 6 ? `${r.channels.slice(0, 6).join(', ')}, ...` : r.channels.join(', ');
  const figures = table([
    ['rows', count(r.rows), r.warmup > 0 ? `${count(r.warmup)} of them to warm up` : 'none of them to warm up: the detector is loaded'],
    ['channels', count(r.channels.length), shown],
    ['mode', r.mode, r.why],
    ...(normal === '' ? [] : [['normal', '', normal]]),
    ['alarms', count(r.alarms.length), r.alarmRows === r.alarms.length ? '' : `${count(r.alarmRows)} rows`],
    ...(r.measures ? [['VUS-PR', r.measures.vusPr.toFixed(3), 'of what is recent against the truth; buffers of 0 to 100 rows'], ['F1', r.measures.f1.toFixed(3), `of rows with a score above 1: precision ${percent(r.measures.precision)}, recall ${percent(r.measures.recall)}`]] : []),
    ['arena', `${count(r.arenaBytes)} B`, 'everything that is learned or remembered'],
    ['time', `${r.seconds.toFixed(2)} s`, ''],
  ]);
  if (r.alarms.length === 0) return figures;
  const listed = [...r.alarms].sort((a, b) => b.score - a.score).slice(0, LISTED).sort((a, b) => a.first - b.first);
  const head = r.alarms.length > LISTED ? `\n\nthe ${LISTED} clearest alarms, by row:\n` : '\n\nalarms, by row:\n';
  const lines = table(listed.map((alarm) => [rowsOf(alarm, r.firstLine), `score ${short(alarm.score)}`, alarm.view, channelsOf(alarm), ...(alarm.time === undefined ? [] : [String(alarm.time)]), overOf(alarm, r.firstLine)]));
  return [figures + head + lines, ...r.doubts].join('\n\n');
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
