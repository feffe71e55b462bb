/** The page of the suite: one small plot a cell, with the fault shaded, our score below it and who found it. */
import { createDetector } from '../../host/index.js';
import { CARRIERS } from './carriers.js';
import { FAULTS } from './faults.js';
import { scenario } from './scenario.js';

export interface Cell {
  carrier: string;
  fault: string;
  plain: boolean;
  /** Of so many streams. */
  found: number;
  of: number;
  /** Mean rows from the beginning of the fault to the alarm, and the views that gave it. */
  delay?: number;
  views: string[];
  /** Share of its streams that each found. */
  rivals: Record<string, number>;
}

const BEFORE = 150;
const [WIDTH, HEIGHT, SCORE] = [150, 54, 18];

export async function signalsPage(cells: readonly Cell[], seed: number): Promise<string> {
  const heads = FAULTS.map(({ name, plain }) => `<th${plain ? '' : ' class="soft"'}>${name}</th>`).join('');
  const lines: string[] = [];
  for (const carrier of CARRIERS) {
    const plots: string[] = [];
    for (const fault of FAULTS) {
      const cell = cells.find((each) => each.carrier === carrier.name && each.fault === fault.name);
      plots.push(cell === undefined ? '<td></td>' : `<td>${await plot(cell, seed)}</td>`);
    }
    lines.push(`<tr><th>${carrier.name}</th>${plots.join('')}</tr>`);
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Elementary faults</title>
<style>
body { font: 13px system-ui, sans-serif; margin: 24px; color: #1c2733; background: #fff; }
table { border-collapse: collapse; } th, td { padding: 4px; border-top: 1px solid #dde3ea; text-align: left; vertical-align: top; } .soft { color: #8593a3; font-weight: 400; }
svg { display: block; } .miss { color: #c2402f; } small { color: #5b6b7c; }
@media (prefers-color-scheme: dark) { body { background: #10161d; color: #d7dfe8; } th, td { border-color: #2a3542; } }
</style>
</head>
<body>
<h1>Elementary faults on signals as sensors give them</h1>
<p>The first seed of each cell: the signal before and in the fault (shaded), our score below (the line is the threshold), and how many of the streams were found, with the mean delay in rows.
Faults in grey are below six sigma or partial: they show where it ends. By <code>npm run bench:signals</code>.</p>
<table><tr><th></th>${heads}</tr>${lines.join('\n')}</table>
</body>
</html>
`;
}

async function plot(cell: Cell, seed: number): Promise<string> {
  const carrier = CARRIERS.find(({ name }) => name === cell.carrier)!;
  const { rows, from, until } = scenario(carrier, FAULTS.find(({ name }) => name === cell.fault)!, seed);
  const detector = await createDetector({ channels: carrier.channels });
  const scores = rows.slice(0, until).map((row) => detector.observe(row).score);
  detector.dispose();
  const first = from - BEFORE;
  const x = (t: number): string => (((t - first) / (until - first)) * WIDTH).toFixed(1);
  const lines = Array.from({ length: carrier.channels }, (_, c) => {
    const values = rows.slice(first, until).map((row) => row[c]!);
    const sorted = values.filter((value) => !Number.isNaN(value) && value > -5000).sort((a, b) => a - b);
    const [low, high] = [sorted[0]!, sorted.at(-1)!];
    const y = (value: number): string => (HEIGHT - 2 - ((Math.max(value, low) - low) / (high - low || 1)) * (HEIGHT - 4)).toFixed(1);
    let path = '';
    values.forEach((value, i) => { path += Number.isNaN(value) ? '' : `${path === '' || Number.isNaN(values[i - 1]!) ? 'M' : 'L'}${x(first + i)} ${y(value)}`; });
    return `<path d="${path}" fill="none" stroke="${['#2f6fde', '#2a9d72', '#8a63d2'][c]}" stroke-width="0.8"/>`;
  });
  const score = scores.slice(first).map((value, i) => `${i === 0 ? 'M' : 'L'}${x(first + i)} ${(HEIGHT + SCORE - Math.min(value, 2) * (SCORE / 2)).toFixed(1)}`).join('');
  const told = `${cell.found} of ${cell.of}${cell.delay === undefined ? '' : `, ${cell.delay}`}`;
  return `<svg width="${WIDTH}" height="${HEIGHT + SCORE}" role="img" aria-label="${cell.fault} on ${cell.carrier}: ${told}"><rect x="${x(from)}" width="${(WIDTH - Number(x(from))).toFixed(1)}" height="${HEIGHT}" fill="#e8a33d" opacity="0.25"/>${lines.join('')}<path d="M0 ${HEIGHT + SCORE / 2}H${WIDTH}" stroke="#8593a3" stroke-dasharray="3 3" stroke-width="0.6"/><path d="${score}" fill="none" stroke="#c2402f" stroke-width="0.8"/></svg><small${cell.found < cell.of && cell.plain ? ' class="miss"' : ''}>${told}<br>${cell.views.join(', ')}</small>`;
}
