/** The report of a run: one HTML page with everything inside, readable offline, in light and dark. */
import { CONTENDERS, type Contender, type Contest } from './contest.js';
import type { figures } from './figures.js';
import type { Scene } from './frame.js';
import { count, percent } from './terminal.js';
import { uplotScript, uplotStyle } from './uplot.generated.js';

type Result = ReturnType<typeof figures> & { seconds: number; config: object };

/** Above this many labels, curves per label are a tangle: the first ones are drawn and the page says so. */
const LABEL_CURVES = 8;

export function reportPage(scene: Scene, contest: Contest, result: Result): string {
  const { history, learner, frozenAt } = contest;
  const curves = learner.labels.slice(0, LABEL_CURVES);
  const data = {
    unit: scene.unit,
    n: history.map(({ n }) => n),
    frozenAt: frozenAt ?? null,
    accuracy: CONTENDERS.map((name) => ({ name, label: scene.names[name], values: history.map(({ recent }) => recent[name] ?? null) })),
    goodness: curves.map((label, i) => ({
      label,
      own: history.map(({ goodness }) => finite(goodness[i]!)),
      best: history.map(({ goodnessOfBest }) => finite(goodnessOfBest[i]!)),
    })),
    drift: learner.config.units.map((units, layer) => ({ label: `layer ${layer + 1} (${units} units)`, values: history.map(({ drift }) => drift[layer]!) })),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(scene.title)}</title>
<style>${uplotStyle}${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escape(scene.title)}</h1>
<p>${escape(scene.subtitle)}.</p>
</header>
<section class="cards">${cards(scene, contest)}</section>
<section>
<h2>Accuracy over the last 200 ${escape(scene.unit)}</h2>
<p>Every answer is given before the label is shown. ${frozenAt === undefined ? '' : `The weights of the copies stand still from ${escape(scene.unit.replace(/s$/, ''))} ${count(frozenAt)} on (dashed line).`}</p>
<div class="plot" id="accuracy"></div>
</section>
${scene.groups ? `<section><h2>Accuracy per ${escape(scene.groups.name)}</h2>${legend(scene)}${groupBars(scene, contest)}</section>` : ''}
<div class="pair">
<section>
<h2>What was answered for what</h2>
<p>Rows: the true label. Columns: the answer. Share of the row.</p>
${confusion(contest)}
</section>
<section>
<h2>All figures</h2>
${figureTable(scene, contest, result)}
</section>
</div>
<section>
<h2>Goodness per label</h2>
<p>On samples of each label, mean of about 50, summed over the layers: a solid line for the goodness of that label, a dashed line for the best of the others. The gap is what an answer rests on.${learner.labels.length > LABEL_CURVES ? ` The first ${LABEL_CURVES} of ${learner.labels.length} labels.` : ''}</p>
<div class="plot" id="goodness"></div>
</section>
<section>
<h2>How far the weights have moved</h2>
<p>Per layer, the distance of the weights from where they started, over their size at the start.</p>
<div class="plot" id="drift"></div>
</section>
<details><summary>Configuration</summary><pre>${escape(JSON.stringify({ ...result.config, labels: learner.labels }, null, 2))}</pre></details>
<footer>Written by onward. Plots: uPlot (MIT).${scene.groups ? ' Recording: Sampaio, Vallim Filho, Silva, Silva, "Accelerometer", UCI Machine Learning Repository, doi 10.24432/C5Q61V, CC BY 4.0, cut into windows.' : ''}</footer>
</main>
<script>${uplotScript}</script>
<script>const DATA = ${JSON.stringify(data).replace(/</g, '\\u003c')};${SCRIPT}</script>
</body>
</html>
`;
}

function cards(scene: Scene, { whole, after, frozenAt }: Contest): string {
  const later = (name: Contender) => (frozenAt === undefined ? undefined : after[name].accuracy);
  const items: [Contender, string, number | undefined][] = [
    ['learning', 'learning, all', whole.learning.accuracy],
    ['learning', `learning, ${scene.stretch}`, later('learning')],
    ['standardiser', `${scene.names.standardiser}, ${scene.stretch}`, later('standardiser')],
    ['frozen', `${scene.names.frozen}, ${scene.stretch}`, later('frozen')],
    ['repeat', `${scene.names.repeat}, all`, whole.repeat.accuracy],
  ];
  return items.map(([name, text, value]) => `<div class="card ${name}"><b>${percent(value)}</b><span>${escape(text)}</span></div>`).join('');
}

function legend(scene: Scene): string {
  return `<p class="legend">${CONTENDERS.map((name) => `<span class="${name}">${escape(scene.names[name])}</span>`).join('')}</p>`;
}

/** One cluster of bars for every group. */
function groupBars(scene: Scene, { groups }: Contest): string {
  const [width, height, left, bottom] = [960, 260, 40, 24]; // units of the view box; 8 above the highest bar
  const cluster = (width - left) / groups.size;
  const y = (v: number) => (height - bottom) * (1 - v) + 8;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((v) => `<line x1="${left}" x2="${width}" y1="${y(v)}" y2="${y(v)}"/><text x="${left - 6}" y="${y(v) + 4}" text-anchor="end">${v * 100}</text>`);
  const bars = [...groups].map(([place, group], g) => {
    const x = left + g * cluster;
    const present = CONTENDERS.filter((name) => group.accuracy(name) !== undefined);
    const thickness = (cluster * 0.8) / CONTENDERS.length;
    const first = x + (cluster - present.length * thickness) / 2;
    const one = present.map((name, i) => {
      const value = group.accuracy(name)!;
      const title = `${scene.groups!.name} ${place}${scene.groups!.unit}, ${scene.names[name]}: ${percent(value)}`;
      return `<rect class="${name}" x="${(first + i * thickness).toFixed(1)}" y="${y(value).toFixed(1)}" width="${(thickness * 0.9).toFixed(1)}" height="${(y(0) - y(value)).toFixed(1)}"><title>${escape(title)}</title></rect>`;
    });
    return `${one.join('')}<text x="${(x + cluster / 2).toFixed(1)}" y="${height + 2}" text-anchor="middle">${escape(place)}</text>`;
  });
  return `<svg class="bars" viewBox="0 0 ${width} ${height + 8}" role="img" aria-label="accuracy per ${escape(scene.groups!.name)}">${grid.join('')}${bars.join('')}</svg>`;
}

function confusion({ whole }: Contest): string {
  const { labels, counts } = whole.learning.confusion;
  const dense = labels.length > 12;
  const cell = (truth: number, predicted: number, n: number, total: number) => {
    const share = total > 0 ? n / total : 0;
    const text = dense || n === 0 ? '' : percent(share).replace(' %', '');
    const strength = (0.06 + 0.94 * share).toFixed(3);
    return `<td class="${truth === predicted ? 'right' : 'wrong'}${share > 0.55 ? ' strong' : ''}" style="--share:${n === 0 ? 0 : strength}" title="${escape(`${labels[truth]} answered as ${labels[predicted]}: ${count(n)} of ${count(total)}`)}">${text}</td>`;
  };
  const heading = (label: string) => (labels.length > 20 ? '' : escape(label)); // no room; each cell has a tooltip
  const rows = labels.map((label, truth) => {
    const values = counts[truth]!;
    const total = values.reduce((sum, n) => sum + n, 0);
    return `<tr><th>${heading(label)}</th>${values.map((n, predicted) => cell(truth, predicted, n, total)).join('')}</tr>`;
  });
  return `<div class="scroll"><table class="confusion${dense ? ' dense' : ''}" style="--row:${Math.max(4, Math.floor(420 / labels.length))}px"><tr><th></th>${labels.map((label) => `<th>${heading(label)}</th>`).join('')}</tr>${rows.join('')}</table></div>`;
}

function figureTable(scene: Scene, { whole, after, frozenAt }: Contest, result: Result): string {
  const later = (name: Contender) => percent(frozenAt === undefined ? undefined : after[name].accuracy);
  const rows: [string, string][] = [
    [scene.unit, count(result.samples)],
    ['accuracy', percent(result.accuracy)],
    ['balanced accuracy', percent(result.balancedAccuracy)],
    ['kappa / temporal', `${result.kappa.toFixed(3)} / ${result.kappaTemporal.toFixed(3)}`],
    [scene.names.repeat, percent(whole.repeat.accuracy)],
    [`learning, ${scene.stretch}`, later('learning')],
    [`${scene.names.standardiser}, ${scene.stretch}`, later('standardiser')],
    [`${scene.names.frozen}, ${scene.stretch}`, later('frozen')],
    ['arena', `${count(result.arenaBytes)} B`],
    ['layer updates', count(result.updates)],
    ['weights at their limit', count(result.saturations)],
    ['time', `${result.seconds.toFixed(2)} s`],
  ];
  return `<table class="figures">${rows.map(([name, value]) => `<tr><th>${escape(name)}</th><td>${escape(value)}</td></tr>`).join('')}</table>`;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : null;
}

export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Of every page that the project writes. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6b7c; --page: #f6f7f9; --sheet: #fff; --line: #e2e6eb;
  --learning: #1273d0; --standardiser: #d98a00; --frozen: #d1423a; --repeat: #98a3af; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #97a3b2; --page: #10151c; --sheet: #18202a; --line: #2a3441;
  --learning: #4da3ff; --standardiser: #f0aa2f; --frozen: #ff6f66; --repeat: #77828f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 20px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 0; }
p { margin: 2px 0 12px; color: var(--soft); }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin: 16px 0; min-width: 0; }
.cards { display: grid; grid-template-columns: repeat(5, 1fr); gap: 12px; background: none; border: 0; padding: 0; }
.card { background: var(--sheet); border: 1px solid var(--line); border-top: 4px solid var(--colour); border-radius: 10px; padding: 12px 14px; }
.card b { display: block; font-size: 24px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.card span { color: var(--soft); font-size: 13px; line-height: 1.3; display: block; }
.learning { --colour: var(--learning); } .standardiser { --colour: var(--standardiser); } .frozen { --colour: var(--frozen); } .repeat { --colour: var(--repeat); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; } .pair section { margin: 0; }
@media (max-width: 760px) { .cards { grid-template-columns: 1fr 1fr; } .pair { grid-template-columns: 1fr; } }
.legend span { margin-right: 18px; } .legend span::before { content: ""; display: inline-block; width: 10px; height: 10px; border-radius: 2px; background: var(--colour); margin-right: 6px; }
.bars { width: 100%; height: auto; } .bars rect { fill: var(--colour); } .bars line { stroke: var(--line); } .bars text { fill: var(--soft); font-size: 12px; }
.scroll { overflow: auto; max-height: 480px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.confusion { width: 100%; table-layout: fixed; } .confusion th { color: var(--soft); font-weight: 500; font-size: 13px; padding: 4px; overflow: hidden; text-overflow: ellipsis; }
.confusion td { text-align: center; height: 40px; border: 2px solid var(--sheet); border-radius: 4px; font-size: 13px; }
.confusion td.right { background: color-mix(in srgb, var(--learning) calc(var(--share) * 100%), var(--page)); }
.confusion td.wrong { background: color-mix(in srgb, var(--frozen) calc(var(--share) * 100%), var(--page)); }
.confusion td.strong { color: #fff; } .confusion.dense td { height: var(--row); padding: 0; border-width: 1px; border-radius: 2px; } .confusion.dense th { font-size: 9px; padding: 0; }
.figures { width: 100%; } .figures th { text-align: left; font-weight: 400; color: var(--soft); padding: 3px 0; } .figures td { text-align: right; }
.figures tr + tr { border-top: 1px solid var(--line); }
.plot { width: 100%; } .u-legend { color: var(--soft); font-size: 13px; text-align: left; } .u-legend th { font-weight: 400; }
details { margin: 16px 0; color: var(--soft); } pre { overflow: auto; }
footer { color: var(--soft); font-size: 13px; margin-top: 24px; }
`;

const SCRIPT = `
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const HUES = ['learning', 'standardiser', 'frozen'].map(css).concat(['#2a9d72', '#8a63d2', '#c2569b', '#6d7f1f', '#1fa3b5']);
const percent = (v) => v == null ? '-' : (100 * v).toFixed(1) + ' %';
const plain = (v) => v == null ? '-' : v.toFixed(3);
const freezeLine = { hooks: { draw: [(u) => {
  if (DATA.frozenAt == null) return;
  const x = Math.round(u.valToPos(DATA.frozenAt, 'x', true));
  u.ctx.save();
  u.ctx.strokeStyle = css('soft'); u.ctx.setLineDash([6, 6]); u.ctx.lineWidth = 1.5;
  u.ctx.beginPath(); u.ctx.moveTo(x, u.bbox.top); u.ctx.lineTo(x, u.bbox.top + u.bbox.height); u.ctx.stroke();
  u.ctx.restore();
}] } };
function draw(id, series, columns, show, range) {
  const box = document.getElementById(id);
  const axis = { stroke: css('soft'), grid: { stroke: css('line'), width: 1 }, ticks: { stroke: css('line'), width: 1 } };
  const size = () => ({ width: box.clientWidth, height: 280 });
  const plot = new uPlot({
    ...size(), plugins: [freezeLine], scales: { x: { time: false }, y: range ? { range } : {} },
    axes: [axis, { ...axis, values: (u, ticks) => ticks.map(range ? (v) => Math.round(100 * v) + ' %' : (v) => +v.toPrecision(3)) }],
    series: [{ label: DATA.unit }, ...series.map((s) => ({ width: 2, points: { show: false }, spanGaps: true, value: (u, v) => show(v), ...s }))],
  }, [DATA.n, ...columns], box);
  addEventListener('resize', () => plot.setSize(size()));
}
draw('accuracy', DATA.accuracy.map((s) => ({ label: s.label, stroke: css(s.name) })), DATA.accuracy.map((s) => s.values), percent, [0, 1]);
draw('goodness', DATA.goodness.flatMap((s, i) => [{ label: s.label, stroke: HUES[i] }, { label: s.label + ', best other', stroke: HUES[i], dash: [5, 5], width: 1.5 }]),
  DATA.goodness.flatMap((s) => [s.own, s.best]), plain);
draw('drift', DATA.drift.map((s, i) => ({ label: s.label, stroke: HUES[i] })), DATA.drift.map((s) => s.values), plain);
`;
