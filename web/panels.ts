/** Figures of a session: accuracy, probabilities, bytes. */
import { planOf, type MemoryPlan } from '../host/plan.js';
import { History } from './history.js';
import { count, element, paint, percent, the, write } from './page.js';
import type { Session } from './session.js';
import { Weights } from './weights.js';
import { words } from './words.js';
import type { Words } from './words/en.js';

const history = new History('history');
const weights = new Weights('weights');

/** A table of more labels is no picture any more. */
const CONFUSED = 12;

export function showAccuracy(session: Session): void {
  const { measures, history: line } = session;
  const { samples } = measures;
  write(the('accuracy'), samples === 0 ? '–' : percent(measures.accuracy));
  write(the('accuracy-about'), samples === 0 ? words.accuracy.none : words.accuracy.of(samples, Math.min(50, samples), percent(measures.recent), percent(measures.persistence)));
  history.show(line);
  showConfusion(session);
}

let confused = '';

function showConfusion({ confusion, learner: { labels } }: Session): void {
  const state = JSON.stringify([labels, confusion]);
  if (state === confused) return;
  confused = state;
  const table = the<HTMLTableElement>('confusion');
  const taught = confusion.some((row) => row.some((n) => n > 0));
  table.hidden = !taught || labels.length > CONFUSED;
  if (table.hidden) return;
  table.tHead!.replaceChildren(rowOf([element('td'), ...labels.map((label) => element('th', label, { scope: 'col' }))]));
  table.tBodies[0]!.replaceChildren(
    ...confusion.map((counts, truth) => {
      const all = Math.max(1, counts.reduce((sum, n) => sum + n, 0));
      const cells = counts.map((n, answer) => {
        const cell = element('td', n === 0 ? '' : count(n));
        cell.style.setProperty('--cell', answer === truth ? 'var(--accent)' : 'var(--wrong)');
        cell.style.setProperty('--share', `${n === 0 ? 0 : 8 + (answer === truth ? 40 : 60) * (n / all)}%`);
        return cell;
      });
      return rowOf([element('th', labels[truth]!, { scope: 'row' }), ...cells]);
    }),
  );
}

function rowOf(cells: HTMLElement[]): HTMLElement {
  const row = element('tr');
  row.append(...cells);
  return row;
}

let bars: { label: string; row: HTMLElement; bar: HTMLElement; value: HTMLElement }[] = [];

/** @param winner place of the answer among the labels; -1 where it is none of them */
export function showProbabilities({ learner, answer }: Session, winner: number): void {
  const { labels } = learner;
  if (labels.length !== bars.length || labels.some((label, i) => label !== bars[i]!.label)) {
    bars = labels.map((label, i) => {
      const row = element('li');
      paint(row, i);
      const bar = element('i', '', { 'aria-hidden': 'true' });
      const value = element('b');
      row.append(element('span', label), bar, value);
      return { label, row, bar, value };
    });
    the('bars').replaceChildren(...bars.map(({ row }) => row));
  }
  const probabilities = answer?.label === undefined ? [] : answer.probabilities;
  bars.forEach(({ row, bar, value }, i) => {
    const probability = probabilities[i] ?? 0;
    row.classList.toggle('wins', i === winner);
    bar.style.setProperty('--share', String(probability));
    write(value, `${Math.round(100 * probability)} %`);
  });
}

/** The parts of an arena that a visitor can make sense of, and their colours. */
const PARTS: [keyof Words['network']['parts'], (plan: MemoryPlan) => number, string][] = [
  ['weights', ({ weights, biases }) => weights + biases, '--label-0'],
  ['gates', ({ gates }) => gates, '--label-1'],
  ['remembered', ({ exemplars, prototypes, memory }) => exemplars + prototypes + memory, '--label-2'],
  ['standardiser', ({ normaliser }) => normaliser, '--label-4'],
  ['rate', ({ rate, labels, header }) => rate + labels + header, '--label-5'],
  ['scratch', ({ scratch }) => scratch, '--edge'],
];

export function showNetwork({ learner }: Session): void {
  const { config } = learner;
  const plan = planOf(config);
  const input = config.window === null ? words.network.values(config.inputs) : words.network.windows(config.window.samples, config.window.axes, config.inputs);
  the('shape').textContent = words.network.shape(input, config.units.join(' → '), config.bits, config.labelCapacity);
  the('bytes').textContent = count(plan.arena);
  const shown = PARTS.map(([name, bytes, hue]) => ({ name, bytes: bytes(plan), hue })).filter(({ bytes }) => bytes > 0);
  the('stack').replaceChildren(
    ...shown.map(({ bytes, hue }) => {
      const part = element('i');
      part.style.flexGrow = String(bytes);
      part.style.setProperty('--part', `var(${hue})`);
      return part;
    }),
  );
  the('memory').replaceChildren(
    ...shown.map(({ name, bytes, hue }) => {
      const row = element('div');
      row.style.setProperty('--part', `var(${hue})`);
      row.append(element('dt', words.network.parts[name]), element('dd', count(bytes)));
      return row;
    }),
  );
  weights.show(learner);
}

/** There is no network now. */
export function showNothing(): void {
  bars = [];
  for (const id of ['bars', 'stack', 'memory']) the(id).replaceChildren();
  the('shape').textContent = '';
  the('accuracy').textContent = the('bytes').textContent = '–';
  the('accuracy-about').textContent = words.accuracy.none;
  the('confusion').hidden = true;
  confused = '';
  history.show([]);
  weights.show(undefined);
}

export function glow(): void {
  weights.look();
}
