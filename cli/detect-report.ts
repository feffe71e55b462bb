/** The report of a detector: one HTML page with the readings, the score and the alarms, readable offline, in light and dark. */
import type { View } from '../host/index.js';
import { escape, STYLE } from './report.js';
import { count } from './terminal.js';
import { uplotScript, uplotStyle } from './uplot.generated.js';

/** Alarms in rows that follow one another, or in one row; rows are counted from 0. */
export interface Alarm {
  first: number;
  last: number;
  /** The row in which the score has fallen below 1; none: it had not when the file ended. */
  over?: number;
  /** When the first row was, and the one in which it was over: a date, or a number of the file's own. */
  time?: string | number;
  overTime?: string | number;
  /** The greatest score in it, and the channel that had the most to do with it. */
  score: number;
  channel: string;
  /** The view that named it. */
  view: View;
  /** Channels that had stood still until then. */
  moved: string[];
}

/** The lines of an alarm's rows, as a person finds them in the file. */
export function rowsOf({ first, last }: Alarm, firstLine: number): string {
  return last > first ? `${firstLine + first} to ${firstLine + last}` : String(firstLine + first);
}

/** Every channel that an alarm names; those that had stood still are named once. */
export function channelsOf({ channel, moved }: Alarm): string {
  return [...new Set([channel, ...moved])].join(', ');
}

interface Findings {
  title: string;
  mode: string;
  names: readonly string[];
  rows: readonly Float64Array[];
  /** The line of the first row. */
  firstLine: number;
  scores: Float64Array;
  alarms: readonly Alarm[];
  alarmRows: number;
  arenaBytes: number;
  warmup: number;
  clock: Clock | undefined;
  /** Ranges that were learned as normal; empty: the detector never stops learning. */
  normal: string;
}

/** The times of a file's rows, where they only grow: seconds since 1970, or a number that is the file's own. */
export interface Clock {
  times: readonly number[];
  isDate: boolean;
}

/** Epochs from 1973 to 5138 in seconds, and in milliseconds. */
const SECONDS = [1e8, 1e11] as const;

/** @returns undefined where a row has no time or is not later than the one before: a plot needs an order */
export function clockOf(times: readonly number[] | undefined): Clock | undefined {
  if (times === undefined || times.length === 0 || !times.every((t, i) => Number.isFinite(t) && (i === 0 || t > times[i - 1]!))) return undefined;
  const [first, last] = [times[0]!, times.at(-1)!];
  const within = (unit: number): boolean => first / unit >= SECONDS[0] && last / unit < SECONDS[1];
  if (within(1)) return { times, isDate: true };
  return within(1000) ? { times: times.map((t) => t / 1000), isDate: true } : { times, isDate: false };
}

/** Text of a moment, for people. */
export function momentOf({ times, isDate }: Clock, row: number): string | number {
  return isDate ? new Date(times[row]! * 1000).toISOString().replace('.000Z', 'Z') : times[row]!;
}

/** A page of more points is slow to draw: neighbouring rows are put together, the greatest score of each lot kept. */
const MOST_POINTS = 20_000;
/** Above this many channels, curves are a tangle: the first ones are drawn and the page says so. */
const CURVES = 8;

export function detectReport({ title, mode, names, rows, firstLine, scores, alarms, alarmRows, arenaBytes, warmup, clock, normal }: Findings): string {
  const lot = Math.ceil(rows.length / MOST_POINTS);
  const starts = Array.from({ length: Math.ceil(rows.length / lot) }, (_, i) => i * lot);
  const drawn = names.slice(0, CURVES);
  const placeOf = (row: number): number => clock?.times[row] ?? firstLine + row;
  const data = {
    x: starts.map(placeOf),
    isDate: clock?.isDate ?? false,
    unit: clock ? 'time' : 'row',
    readings: drawn.map((label, c) => ({ label, values: starts.map((at) => finite(rows[at]![c]!)) })),
    score: starts.map((at) => finite(scores.subarray(at, at + lot).reduce((most, score) => Math.max(most, score), 0))),
    alarms: alarms.map(({ first, last, over }) => [first, Math.max(last, (over ?? rows.length) - 1)].map(placeOf)),
    warmup: placeOf(Math.min(warmup, rows.length - 1)),
  };
  const cards: [string, string, string][] = [
    ['learning', count(rows.length), 'rows'],
    ['repeat', mode, mode === 'streaming' ? 'never stops learning' : `learned ${count(warmup)} rows, then no more`],
    ['frozen', count(alarms.length), alarmRows === alarms.length ? 'alarms' : `alarms, ${count(alarmRows)} rows`],
    ['standardiser', `${count(arenaBytes)} B`, 'learned or remembered'],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${uplotStyle}${STYLE}.cards { grid-template-columns: repeat(4, 1fr); }</style>
</head>
<body>
<main>
<header>
<h1>${escape(title)}</h1>
<p>What is normal was learned from the rows themselves, without labels; the score of a row rests on the rows before it only.${normal === '' ? '' : ` It is ${escape(normal)}, and how channels go together within that.`}</p>
</header>
<section class="cards">${cards.map(([hue, value, text]) => `<div class="card ${hue}"><b>${escape(value)}</b><span>${escape(text)}</span></div>`).join('')}</section>
<section>
<h2>Readings</h2>
<p>Shaded: alarms, until the score is below 1; grey: the warm-up, in which there are none.${names.length > CURVES ? ` The first ${CURVES} of ${names.length} channels, each over its own range.` : drawn.length > 1 ? ' Each channel over its own range.' : ''}</p>
<div class="plot" id="readings"></div>
</section>
<section>
<h2>Score</h2>
<p>Alarms begin at 1 (dashed line).</p>
<div class="plot" id="score"></div>
</section>
<section>
<h2>Alarms</h2>
${alarmTable(alarms, firstLine)}
</section>
<footer>Written by onward. Plots: uPlot (MIT).</footer>
</main>
<script>${uplotScript}</script>
<script>const DATA = ${JSON.stringify(data).replace(/</g, '\\u003c')};${SCRIPT}</script>
</body>
</html>
`;
}

function alarmTable(alarms: readonly Alarm[], firstLine: number): string {
  if (alarms.length === 0) return '<p>None.</p>';
  const hasTime = alarms.some(({ time }) => time !== undefined);
  const moment = (time: string | number | undefined): string => (hasTime ? `<td>${time ?? ''}</td>` : '');
  const rows = alarms.map((alarm) => `<tr><th>${rowsOf(alarm, firstLine)}</th>${moment(alarm.time)}<td>${alarm.score.toPrecision(3)}</td><td>${escape(channelsOf(alarm))}</td><td>${alarm.view}</td><td>${alarm.over === undefined ? 'not yet' : firstLine + alarm.over}</td>${moment(alarm.overTime)}</tr>`);
  const head = hasTime ? '<td>time</td>' : '';
  return `<div class="scroll"><table class="figures"><tr><th>row</th>${head}<td>score</td><td>channel</td><td>view</td><td>over in row</td>${head}</tr>${rows.join('')}</table></div>`;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : null;
}

const SCRIPT = `
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const HUES = ['learning', 'standardiser', 'repeat'].map(css).concat(['#2a9d72', '#8a63d2', '#c2569b', '#6d7f1f', '#1fa3b5']);
const alarms = { hooks: { drawClear: [(u) => {
  u.ctx.save();
  u.ctx.fillStyle = css('line');
  const start = Math.max(u.bbox.left, u.valToPos(DATA.x[0], 'x', true));
  u.ctx.fillRect(start, u.bbox.top, Math.max(0, u.valToPos(DATA.warmup, 'x', true) - start), u.bbox.height);
  u.ctx.fillStyle = css('frozen'); u.ctx.globalAlpha = 0.35;
  for (const [first, last] of DATA.alarms) {
    const [from, to] = [u.valToPos(first, 'x', true), u.valToPos(last, 'x', true)];
    u.ctx.fillRect(from - 1, u.bbox.top, Math.max(3, to - from), u.bbox.height);
  }
  u.ctx.restore();
}] } };
const line = { hooks: { draw: [(u) => {
  const y = Math.round(u.valToPos(1, 'y', true));
  u.ctx.save();
  u.ctx.strokeStyle = css('soft'); u.ctx.setLineDash([6, 6]); u.ctx.lineWidth = 1.5;
  u.ctx.beginPath(); u.ctx.moveTo(u.bbox.left, y); u.ctx.lineTo(u.bbox.left + u.bbox.width, y); u.ctx.stroke();
  u.ctx.restore();
}] } };
function draw(id, series, columns, plugins, scales, axes) {
  const box = document.getElementById(id);
  const axis = { stroke: css('soft'), grid: { stroke: css('line'), width: 1 }, ticks: { stroke: css('line'), width: 1 } };
  const size = () => ({ width: box.clientWidth, height: 280 });
  const plot = new uPlot({
    ...size(), plugins, scales: { x: { time: DATA.isDate }, ...scales }, cursor: { sync: { key: 'rows' } },
    axes: [axis, ...axes.map((own) => ({ ...axis, ...own }))],
    series: [{ label: DATA.unit }, ...series.map((s) => ({ width: 1.5, points: { show: false }, ...s }))],
  }, [DATA.x, ...columns], box);
  addEventListener('resize', () => plot.setSize(size()));
}
const many = DATA.readings.length > 1;
draw('readings', DATA.readings.map((s, i) => ({ label: s.label, stroke: HUES[i], scale: many ? 'y' + i : 'y' })), DATA.readings.map((s) => s.values), [alarms],
  {}, many ? [] : [{ scale: 'y' }]);
draw('score', [{ label: 'score', stroke: HUES[0] }], [DATA.score], [alarms, line], { y: { range: (u, low, high) => [0, Math.max(1.2, high * 1.05)] } }, [{ scale: 'y' }]);
`;
