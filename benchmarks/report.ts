/** Every result file on one page: self-contained, readable offline, in light and dark, like the report of a run. */
import { escape, STYLE } from '../cli/report.js';
import { uplotScript, uplotStyle } from '../cli/uplot.generated.js';
import { resultOf, targets } from './targets.js';

interface PeerRow {
  task: string;
  peer: string;
  learnedPerSecond: number;
  predictedPerSecond: number;
  bytes: number;
  accuracy: number;
  settings: { shape: string; samples: number; bytesAre: string };
}
interface Peers {
  quick: boolean;
  results: PeerRow[];
  missing: { peer: string; install: string }[];
}
interface Scale {
  exponents: Record<string, number>;
  points: { bits: number; weights: number; microseconds: number }[];
  cold: { name: string; imported: number; created: number; learned: number }[];
  tierUp: { until: number; microseconds: number }[];
  learners: { rows: { learners: number; createdMicroseconds: number; bytesEach: number; microseconds: number }[] };
  threads: { threads: number; learnedPerSecond: number }[];
}
interface FootprintRow {
  group: string;
  inputs: number;
  units: number[];
  labels: number;
  bits: number;
  plan: Record<string, number>;
  total: number;
  backprop: { same: number; float32: number; adam: number };
}
interface Footprint {
  findings: string[];
  rows: FootprintRow[];
}
interface Kernels {
  lines: { candidate: string; claim: string; applies: boolean; same: boolean; steps: { shape: string; bits: number; learn: number; predict: number }[] }[];
}

interface Chart {
  id: string;
  x: { label: string; values: number[] };
  series: { label: string; values: (number | null)[] }[];
}

const count = (value: number): string => Math.round(value).toLocaleString('en');

export function benchmarkPage(): string {
  const peers = resultOf<Peers>('peers');
  const scale = resultOf<Scale>('scale');
  const footprint = resultOf<Footprint>('footprint');
  const kernels = resultOf<Kernels>('kernels');
  const speed = resultOf<{ machine: { cpu: string; node: string } }>('speed');
  const charts: Chart[] = [];
  const sections = [
    section('Targets', 'Ratios within one run. Ours is the slower of 8-bit and 16-bit weights, the peer the faster where there are two.', targetTable()),
    ...(peers ? peerSections(peers) : []),
    ...(footprint ? footprintSections(footprint, charts) : []),
    ...(scale ? scaleSections(scale, charts) : []),
    ...(kernels ? [kernelSection(kernels)] : []),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>onward: benchmarks</title>
<style>${uplotStyle}${STYLE}${MORE_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>onward beside what one would otherwise pick</h1>
<p>${escape([speed?.machine.cpu, speed && `Node ${speed.machine.node}`, peers?.quick ? 'quick run: expect 10 to 20 % of noise' : undefined].filter(Boolean).join(', '))}. Ratios count; single times are this machine's.</p>
</header>
${sections.join('\n')}
<footer>Written by onward from benchmarks/results. Plots: uPlot (MIT).</footer>
</main>
<script>${uplotScript}</script>
<script>const CHARTS = ${JSON.stringify(charts).replace(/</g, '\\u003c')};${SCRIPT}</script>
</body>
</html>
`;
}

function section(title: string, text: string, body: string): string {
  return `<section><h2>${escape(title)}</h2><p>${escape(text)}</p>${body}</section>`;
}

function table(heads: string[], rows: string[][], marked: (row: number) => string = () => ''): string {
  const line = (cells: string[], tag: 'th' | 'td'): string => cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('');
  return `<div class="scroll"><table class="grid"><tr>${line(heads, 'th')}</tr>${rows.map((row, k) => `<tr class="${marked(k)}">${line(row, 'td')}</tr>`).join('')}</table></div>`;
}

function targetTable(): string {
  const all = targets();
  const rows = all.map(({ task, against, target, measured, met }) => [task, against, target, measured === undefined ? 'not measured' : measured.toFixed(measured < 10 ? 2 : 0), met === undefined ? '' : met ? 'met' : 'missed']);
  return table(['task', 'against', 'target', 'measured', ''], rows, (k) => (all[k]!.met === false ? 'missed' : all[k]!.met ? 'met' : ''));
}

function peerSections({ results, missing }: Peers): string[] {
  const tasks = [...new Set(results.map(({ task }) => task))];
  const sections = tasks.map((task) => {
    const rows = results.filter((row) => row.task === task);
    const { shape, samples } = rows[0]!.settings;
    const text = `${count(samples)} samples, one at a time, in the same order for everyone. Bars: learned samples per second, logarithmic.`;
    const heads = ['', 'learned / s', 'answered / s', 'accuracy', 'bytes', 'bytes are'];
    const cells = rows.map((row) => [row.peer, count(row.learnedPerSecond), count(row.predictedPerSecond), `${(100 * row.accuracy).toFixed(1)} %`, row.bytes > 0 ? count(row.bytes) : 'not seen', row.settings.bytesAre]);
    return section(`Task ${task}: ${shape}`, text, bars(rows.map(({ peer, learnedPerSecond }) => ({ name: peer, value: learnedPerSecond }))) + table(heads, cells, (k) => (rows[k]!.peer.startsWith('onward simd') ? 'own' : '')));
  });
  if (missing.length > 0) sections.push(section('Not measured', 'These peers were not installed.', table(['peer', 'install'], missing.map(({ peer, install }) => [peer, install]))));
  return sections;
}

/** Horizontal bars on a logarithmic axis from a tenth of the smallest value. */
function bars(items: { name: string; value: number }[]): string {
  const [width, row, left] = [960, 20, 330];
  const values = items.map(({ value }) => value);
  const [low, high] = [Math.log10(Math.min(...values)) - 0.5, Math.log10(Math.max(...values))];
  const lines = items.map(({ name, value }, k) => {
    const length = ((width - left - 80) * (Math.log10(value) - low)) / (high - low);
    const own = name.startsWith('onward') ? 'learning' : 'repeat';
    return `<text x="${left - 8}" y="${k * row + 14}" text-anchor="end">${escape(name)}</text><rect class="${own}" x="${left}" y="${k * row + 3}" width="${length.toFixed(1)}" height="${row - 6}"/><text x="${(left + length + 6).toFixed(1)}" y="${k * row + 14}">${count(value)}</text>`;
  });
  return `<svg class="bars" viewBox="0 0 ${width} ${items.length * row + 6}" role="img" aria-label="learned samples per second">${lines.join('')}</svg>`;
}

function footprintSections({ rows, findings }: Footprint, charts: Chart[]): string[] {
  const of = (group: string): FootprintRow[] => rows.filter((row) => row.group === group && row.bits === 8);
  const chart = (id: string, group: string, label: string, x: (row: FootprintRow) => number): void => {
    const lines = of(group);
    charts.push({
      id,
      x: { label, values: lines.map(x) },
      series: [
        { label: 'onward int8, B', values: lines.map(({ total }) => total) },
        { label: 'backprop, same int8', values: lines.map(({ backprop }) => backprop.same) },
        { label: 'backprop, float32', values: lines.map(({ backprop }) => backprop.float32) },
        { label: 'float32, Adam, batch 32', values: lines.map(({ backprop }) => backprop.adam) },
      ],
    });
  };
  chart('width', 'width', 'units of both layers', ({ units }) => units[0]!);
  chart('depth', 'depth', 'layers of 64 units', ({ units }) => units.length);
  chart('labels', 'labels', 'labels', ({ labels }) => labels);
  const kinds = ['weights', 'gates', 'biases', 'rate', 'normaliser', 'header', 'scratch', 'tables'];
  const cells = rows.filter(({ group }) => group.startsWith('tasks')).map((row) => [
    `${[row.inputs, ...row.units, row.labels].join('-')}, int${row.bits}`, ...kinds.map((kind) => count(row.plan[kind]!)), count(row.total), count(row.backprop.same), count(row.backprop.float32), count(row.backprop.adam),
  ]);
  const plots = ['width', 'depth', 'labels'].map((id) => `<div class="plot" id="${id}"></div>`).join('');
  return [
    section('Bytes while training', 'onward: its memory plan. Backpropagation: the formulas in benchmarks/footprint.ts; backprop in the same integers, in float32 and with Adam at batch 32.', table(['shape', ...kinds, 'total', 'same int', 'float32', 'Adam 32'], cells) + `<ul>${findings.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>${plots}`),
  ];
}

function scaleSections({ exponents, points, cold, tierUp, learners, threads }: Scale, charts: Chart[]): string[] {
  const of = (bits: number) => points.filter((point) => point.bits === bits);
  charts.push({
    id: 'growth',
    x: { label: 'weights', values: of(8).map(({ weights }) => weights) },
    series: [8, 16].map((bits) => ({ label: `int${bits}, \u00b5s a learned sample`, values: of(bits).map(({ microseconds }) => microseconds) })),
  });
  charts.push({ id: 'tier', x: { label: 'samples learned', values: tierUp.map(({ until }) => until) }, series: [{ label: '\u00b5s a learned sample', values: tierUp.map(({ microseconds }) => microseconds) }] });
  return [
    section('Time against the number of weights', `Two square layers, every layer updated at every step. Exponent from 16 K to 4 M weights: ${exponents.int8} with 8 bits, ${exponents.int16} with 16.`, '<div class="plot" id="growth"></div>'),
    section('The first samples', '64-64, in a fresh process, while the engine still compiles.', '<div class="plot" id="tier"></div>'),
    section('From import to the first learned sample', 'Milliseconds, each in fresh processes.', table(['', 'imported', 'created', 'learned'], cold.map((line) => [line.name, ...[line.imported, line.created, line.learned].map((value) => value.toFixed(1))]))),
    section('Many learners, several threads', 'Learners of 16-32-32-4 that take turns, a sample each; threads with one of 64-64-64-10 each. 8 bits.', table(['learners in a process', '\u00b5s to create one', 'bytes of one', '\u00b5s a learned sample'], learners.rows.map((line) => [line.learners, line.createdMicroseconds, line.bytesEach, line.microseconds].map((value) => value.toLocaleString('en')))) + table(['threads', 'learned / s'], threads.map((line) => [`${line.threads}`, count(line.learnedPerSecond)]))),
  ];
}

function kernelSection({ lines }: Kernels): string {
  const shapes = [...new Set(lines.flatMap(({ steps }) => steps.map(({ shape, bits }) => `${shape} int${bits}`)))];
  const cells = lines.map(({ candidate, applies, same, steps }) => [
    candidate, !applies ? 'core has moved on' : same ? 'same bytes' : 'OTHER BYTES', ...shapes.map((shape) => steps.find((step) => `${step.shape} int${step.bits}` === shape)?.learn.toFixed(2) ?? ''),
  ]);
  return section('Kernel laboratory', 'Time of a learning step with the candidate over that of the core; below 1 is faster.', table(['candidate', '', ...shapes], cells));
}

const MORE_STYLE = `
.grid { width: 100%; font-size: 13px; margin: 10px 0; } .grid th, .grid td { text-align: right; padding: 3px 8px; white-space: nowrap; } .grid th { color: var(--soft); font-weight: 500; }
.grid th:first-child, .grid td:first-child { text-align: left; } .grid tr + tr { border-top: 1px solid var(--line); } .grid .own td { font-weight: 600; }
.grid .met td:last-child { color: #2a9d72; } .grid .missed td:last-child { color: var(--frozen); } .plot { margin: 18px 0; } li { color: var(--soft); }
`;

const SCRIPT = `
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const HUES = ['learning', 'standardiser', 'frozen', 'repeat'].map(css);
const short = (v) => v == null ? '' : v >= 1e6 ? +(v / 1e6).toPrecision(3) + ' M' : v >= 1e3 ? +(v / 1e3).toPrecision(3) + ' K' : +v.toPrecision(3);
for (const { id, x, series } of CHARTS) {
  const box = document.getElementById(id);
  const axis = { stroke: css('soft'), grid: { stroke: css('line'), width: 1 }, ticks: { stroke: css('line'), width: 1 }, values: (u, ticks) => ticks.map((v) => v == null ? '' : short(v)) };
  const size = () => ({ width: box.clientWidth, height: 300 });
  const plot = new uPlot({
    ...size(), scales: { x: { time: false, distr: 3 }, y: { distr: 3 } }, axes: [{ ...axis, label: x.label, labelSize: 20 }, axis],
    series: [{ label: x.label, value: (u, v) => short(v) }, ...series.map((s, k) => ({ label: s.label, stroke: HUES[k], width: 2, points: { show: true, size: 6 }, value: (u, v) => short(v) }))],
  }, [x.values, ...series.map((s) => s.values)], box);
  addEventListener('resize', () => plot.setSize(size()));
}
`;
