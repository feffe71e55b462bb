/** What sensors say: decades, sentinels, gaps, offsets, constants, counters. Prequential; the first third only teaches. */
import { cells, type Cell, type Regime } from '../cell.js';
import type { Random } from '../../rivals/random.js';
import { askAndTeach, idle, teach, test } from '../script.js';
import { byLabel, clouds, made, recorded } from '../tasks.js';

const SAMPLES = 3000;

/** Watts and other levels, each with a share of noise, beside inputs that tell nothing. */
function levels(name: string, values: readonly number[], noise: number, beside: readonly number[], shares: readonly number[] = values.map(() => 1 / values.length)) {
  const bounds = shares.map((_, y) => (y === shares.length - 1 ? 1 : shares.slice(0, y + 1).reduce((a, b) => a + b, 0)));
  return made(name, 1 + beside.length, values.length, () => (random) => {
    const u = random.uniform();
    const y = bounds.findIndex((bound) => u < bound);
    return { x: [values[y] * (1 + noise * random.normal()), ...beside.map((v) => v + random.normal())], y };
  });
}

export const plug = levels('smart plug', [0.2, 12, 900], 0.15, []);
export const plugVoltage = levels('smart plug and voltage', [0.2, 12, 900], 0.15, [230]);
export const four = levels('four levels, 20 % noise', [0.3, 5, 80, 1500], 0.2, [230, 20]);
const mostlyOff = levels('plug, 90 % off', [0.2, 12, 900], 0.15, [0], [0.9, 0.05, 0.05]);
/** Temperature, humidity and a third reading of two states. */
export const climate = made('climate', 3, 2, () => (random) => {
  const y = random.below(2);
  return { x: [20 + 3 * y + random.normal(), 50 - 5 * y + 2 * random.normal(), 1 + random.normal()], y };
});

/** Four contacts that are on or off, each with a share of its own for a label, and a code that is 0 most of the time. */
const switches = made('switches and a code', 5, 3, (prepare) => {
  const shares = Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => prepare.uniform()));
  return (random) => {
    const y = random.below(3);
    return { x: [...shares[y].map((share) => (random.uniform() < share ? 1 : 0)), random.uniform() < 0.8 ? 0 : 1 + y + random.below(3)], y };
  };
});

/** Samples as they are drawn, each cell through `change` first. */
export function stream(regime: string, change: (random: Random, inputs: number) => (x: Float32Array, s: number) => ArrayLike<number> = () => (x) => x, added = 0): Regime {
  return {
    regime,
    added,
    steps(task, random, length) {
      const { x, y } = task.draw(random, length(SAMPLES));
      const changed = change(random, task.inputs);
      return x.map((sample, s) => (s < x.length / 3 ? teach : askAndTeach)(Float32Array.from(changed(sample, s)), y[s]));
    },
  };
}

const replaced = (share: number, by: number) => (random: Random) => (x: Float32Array) => x.map((v) => (random.uniform() < share ? by : v));
export const sentinels = stream('-9999 in 3 % of the cells', replaced(0.03, -9999));
export const decades = stream('over decades');
const failing = stream('every input at 65535 in 1 % of the samples', (random) => (x) => (random.uniform() < 0.01 ? x.map(() => 65_535) : x));
const missing = [0.1, 0.3].map((share) => stream(`${100 * share} % of the cells missing`, replaced(share, NaN)));
const offset = stream('offset of 10,000', () => (x) => x.map((v) => v + 10_000));
const first = stream('the first reading is 1e10', () => (x, s) => (s === 0 ? x.map(() => 1e10) : x));
const constants = stream('4 constants beside', () => (x) => [...x, 0, 1, -40, 1e6], 4);
const counter = stream('a counter beside', () => (x, s) => [...x, 1000 + s], 1);
const wrapping = stream('a counter that wraps beside', () => (x, s) => [...x, (37 * s) % 65536], 1);
const units = stream('inputs in units from 1e-6 to 1e6', (_random, inputs) => (x) => x.map((v, i) => v * 10 ** (-6 + (12 * i) / Math.max(1, inputs - 1))));
const rounded = stream('rounded to whole numbers', () => (x) => x.map(Math.round));

/** The first three hundred samples are all of the highest level: who sets a thing up teaches one state, and the others when they come. */
const highFirst: Regime = {
  regime: 'over decades, 300 of the highest first',
  steps(task, random, length) {
    const { x, y } = task.draw(random, length(SAMPLES) + 3 * length(300) * task.labels);
    const high = [...y.keys()].filter((s) => y[s] === task.labels - 1).slice(0, length(300));
    const rest = [...y.keys()].filter((s) => !high.includes(s)).slice(0, length(SAMPLES));
    return [...high.map((s) => teach(x[s], y[s])), ...rest.map((s, k) => (k < rest.length / 3 ? teach : askAndTeach)(x[s], y[s]))];
  },
};

/** Each level once, one after the other, as somebody goes through the states of a machine: the highest first, or in an order of the seed's. Then all of them are asked. */
const inTurn = (regime: string, first: (levels: number[], random: Random) => number[]): Regime => ({
  regime,
  steps(task, random, length) {
    const { x, y } = task.draw(random, length(60) * task.labels * 3);
    const groups = byLabel({ x, y }, task.labels).map((group) => group.slice(0, length(60)));
    const order = first([...groups.keys()].reverse(), random);
    const asked = task.draw(random, length(600));
    return [...order.flatMap((level) => [...groups[level]!.map((sample) => teach(sample, level)), idle]), ...asked.x.map((sample, k) => test(sample, asked.y[k]!))];
  },
});
const highestFirst = inTurn('over decades, each once, the highest first', (levels) => levels);
const anyOrder = inTurn('over decades, each once, in any order', (levels, random) => random.shuffle(levels));
const five = levels('plug with five states, one of them 0 W', [0, 0.5, 3, 150, 2200], 0.05, []);
const loads = levels('plug with 0, 3, 900, 1,400 and 2,200 W', [0, 3, 900, 1400, 2200], 0.01, []);
const three = levels('plug with three states, one of them 0 W', [0, 3, 2200], 0.05, []);

const real = [recorded('digits'), recorded('wifi_rooms'), recorded('pendigits')];
const gauss = clouds(4, 3, 4);

export const values: readonly Cell[] = [
  ...cells('Values', decades, [plug, plugVoltage, four, mostlyOff]),
  ...cells('Values', highFirst, [plug, plugVoltage, four, mostlyOff]),
  ...cells('Values', highestFirst, [plug, four, three, five, loads]),
  ...cells('Values', anyOrder, [plug, four, three, five, loads]),
  ...cells('Values', stream('on, off and codes'), [switches]),
  ...cells('Values', sentinels, [climate, ...real]),
  ...cells('Values', failing, [climate, real[1]]),
  ...missing.flatMap((regime) => cells('Values', regime, [climate, real[0], real[2]])),
  ...[offset, first, constants, counter, wrapping, units, rounded].flatMap((regime) => cells('Values', regime, [gauss, real[1]])),
];
