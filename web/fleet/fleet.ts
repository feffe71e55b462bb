// The page of `onward fleet watch --http`: how a fleet stands, redrawn whenever its aggregator tells. Names come from devices, so they are text and never markup.

import { times } from '../../cli/fleet/aside.js';
import type { Standing } from '../../host/fleet/standing.js';

const MOST_DEVICES = 100;

const part = (id: string): HTMLElement => document.getElementById(id)!;
const count = (n: number): string => n.toLocaleString('en');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The first cell of a row names it. */
function row(cells: readonly string[], marked = false): HTMLTableRowElement {
  const made = document.createElement('tr');
  made.className = marked ? 'aside' : '';
  made.append(...cells.map((text, column) => Object.assign(document.createElement(column === 0 ? 'th' : 'td'), { textContent: text, ...(column === 0 ? { scope: 'row' } : {}) })));
  return made;
}

function summaryOf({ round, online, modelBytes, accuracy, before, samples, private: spent }: Standing): string {
  const change = accuracy !== null && before !== null ? `, ${accuracy >= before ? '+' : ''}${(100 * (accuracy - before)).toFixed(1)} on the model before` : '';
  const right = accuracy === null ? 'No device has tested a model yet.' : `The newest model is right on ${percent(accuracy)} of the devices' last ${count(samples)} samples${change}.`;
  return `Round ${round}, ${count(online)} online, a model of ${count(modelBytes)} B. ${spent === undefined ? right : budgetOf(spent)}`;
}

function budgetOf({ epsilon, delta, rounds, spent }: NonNullable<Standing['private']>): string {
  return `Private, epsilon ${epsilon}, delta ${delta}: ${spent < rounds ? `${count(spent)} of ${count(rounds)} rounds are spent.` : `all ${count(rounds)} rounds are spent, no other begins.`}`;
}

const MODELS = { mean: 'the mean', kept: 'the one before: the mean was worse on the canaries', 'rolled back': 'rolled back' } as const;

function draw(fleet: string, standing: Standing): void {
  const { rounds, devices, expelled, canaries, history, private: spent } = standing;
  document.title = `${fleet}: round ${standing.round}`;
  part('name').textContent = `Fleet ${fleet}`;
  part('summary').textContent = summaryOf(standing);
  document.querySelector('main')!.hidden = false;

  const most = Math.max(1, ...rounds.map((each) => each.devices));
  part('bars').replaceChildren(...rounds.map((each) => {
    const bar = document.createElement('i');
    bar.style.height = `${(100 * each.devices) / most}%`;
    bar.title = `round ${each.round}: ${each.devices} devices`;
    return bar;
  }));
  part('rounds').replaceChildren(...[...rounds].reverse().slice(0, 8).map((each) =>
    row([String(each.round), count(each.devices), spent === undefined ? count(each.examples) : '-', count(each.bytes), each.aside.join(', ') || '-', MODELS[each.model]], each.aside.length > 0)));
  part('devices').replaceChildren(...devices.slice(0, MOST_DEVICES).map(({ id, round, examples, distance, aside, online, report, bytes }) => row([
    `${id}${aside ? ' (set aside)' : ''}${online ? '' : ' (gone)'}`, round < 0 ? '-' : String(round), count(examples), distance ? `${times(distance.channels)} x` : '-', distance ? `${times(distance.weights)} x` : '-',
    report && report.samples > 0 ? percent(report.right / report.samples) : '-', count(bytes),
  ], aside)));
  part('more').textContent = devices.length > MOST_DEVICES ? `And ${count(devices.length - MOST_DEVICES)} more.` : '';
  part('acts').textContent = [
    history.length > 0 ? `Models of rounds ${history[0]} to ${history.at(-1)} are kept: onward fleet rollback ROUND hands one of them out again.` : 'onward fleet rollback ROUND hands out an earlier model, once there is one.',
    expelled.length > 0 ? `Expelled: ${expelled.join(', ')}; onward fleet readmit DEVICE takes one back.` : 'onward fleet expel DEVICE takes no update of a device any more.',
    canaries.length > 0 ? `Canaries: ${canaries.join(', ')}.` : 'onward fleet canary DEVICES has models tried on some devices before they go to all.',
  ].join(' ');
}

const events = new EventSource('standing');
events.addEventListener('message', ({ data }) => {
  const { fleet, standing } = JSON.parse(data as string) as { fleet: string; standing: Standing };
  draw(fleet, standing);
});
events.addEventListener('error', () => {
  part('summary').textContent = 'onward fleet watch does not answer: what stands here is old. The page goes on once it runs again.';
});
