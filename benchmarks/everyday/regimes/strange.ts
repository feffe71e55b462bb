/** What is like nothing that was taught: readings far off in every channel, and a label that nobody taught. */
import { cells, type Cell, type Regime } from '../cell.js';
import { STRANGE, idle, teach, test, type Step } from '../script.js';
import { byLabel, recorded } from '../tasks.js';
import { plug } from './values.js';

const TAUGHT = 1500; // samples at most
const ASKED = 300; // ordinary ones, and as many strange ones

const strange = (x: Float32Array): Step => test(x, STRANGE);

/** Every channel off by a normal number of 2 to 10 of its deviations. */
export function farOff(inTurn: boolean): Regime {
  return {
    regime: `readings 2 to 10 deviations off${inTurn ? ', taught in turn' : ''}`,
    figure: 'found at 2 % lost',
    steps(task, random, length) {
      const { x, y } = task.draw(random, length(TAUGHT) + ASKED);
      const [asked, train] = [x.slice(0, ASKED), x.slice(ASKED)];
      const labels = y.slice(ASKED);
      const order = [...train.keys()].sort((a, b) => (inTurn ? labels[a] - labels[b] : 0) || a - b);
      const deviations = Float64Array.from(x[0], (_, i) => {
        const mean = train.reduce((sum, values) => sum + values[i], 0) / train.length;
        return Math.sqrt(train.reduce((sum, values) => sum + (values[i] - mean) ** 2, 0) / train.length);
      });
      const off = asked.map((values) => {
        const by = 2 + 8 * random.uniform();
        return strange(values.map((value, i) => value + by * deviations[i] * random.normal()));
      });
      return [...order.map((s) => teach(train[s], labels[s])), idle, ...asked.map((values, s) => test(values, y[s])), ...off];
    },
  };
}

/** One label is never taught; the seed says which. */
const untaught: Regime = {
  regime: 'a label that nobody taught',
  figure: 'found at 2 % lost',
  steps(task, random, length, seed) {
    const missing = seed % task.labels;
    const groups = byLabel(task.draw(random, 10_000), task.labels);
    const others = random.shuffle(groups.flatMap((group, y) => (y === missing ? [] : group.map((x) => ({ x, y })))));
    const asked = others.slice(0, ASKED);
    const train = others.slice(ASKED, ASKED + length(TAUGHT));
    return [...train.map(({ x, y }) => teach(x, y)), idle, ...asked.map(({ x, y }) => test(x, y)), ...groups[missing].slice(0, ASKED).map(strange)];
  },
};

const sets = [...['digits', 'wand', 'keystroke', 'satellite', 'letter', 'fan', 'pendigits', 'wifi_rooms'].map((name) => recorded(name, 10)), plug];

export const unfamiliar: readonly Cell[] = [...cells('Like nothing that was taught', farOff(false), sets), ...cells('Like nothing that was taught', farOff(true), sets), ...cells('Like nothing that was taught', untaught, sets)];
