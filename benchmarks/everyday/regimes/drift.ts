/** Worlds that change: slowly, at once, and back again. Prequential. */
import { cells, type Cell, type Regime } from '../cell.js';
import { Random } from '../../rivals/random.js';
import { askAndTeach } from '../script.js';
import { clouds, inOrder, made, recorded } from '../tasks.js';

const SAMPLES = 4000;
const SEASONS = 8;

export const asRecorded: Regime = {
  regime: 'as recorded',
  steps(task, random, length) {
    const { x, y } = task.draw(random, length(20_000));
    return x.map((sample, s) => askAndTeach(sample, y[s]));
  },
};

/** Each input goes through `changed` before it is seen; `at` runs from 0 to 1. */
function changing(regime: string, change: (random: Random, inputs: number, labels: number) => (x: Float32Array, y: number, at: number) => [Float32Array, number]): Regime {
  return {
    regime,
    steps(task, random, length) {
      const { x, y } = task.draw(random, length(SAMPLES));
      const changed = change(random, task.inputs, task.labels);
      return x.map((sample, s) => askAndTeach(...changed(sample, y[s], s / x.length)));
    },
  };
}

const order = (random: Random, count: number): number[] => random.shuffle(Array.from({ length: count }, (_, i) => i));

const gain = changing('every gain drifts to half or double', (random, inputs) => {
  const exponents = Array.from({ length: inputs }, () => 2 * random.uniform() - 1);
  return (x, y, at) => [x.map((v, i) => v * 2 ** (at * exponents[i])), y];
});
const abrupt = changing('inputs change places halfway', (random, inputs) => {
  const places = order(random, inputs);
  return (x, y, at) => [at < 0.5 ? x : x.map((_, i) => x[places[i]]), y];
});
const swapped = changing('labels change places halfway', (random, _inputs, labels) => {
  const places = order(random, labels);
  return (x, y, at) => [x, at < 0.5 ? y : places[y]];
});
const recurring = changing('two worlds by turns', (random, inputs) => {
  const signs = Array.from({ length: inputs }, () => (random.uniform() < 0.5 ? -1 : 1));
  return (x, y, at) => [Math.floor(at * SEASONS) % 2 === 0 ? x : x.map((v, i) => v * signs[i]), y];
});

/** Four clouds on a circle that turns once around while it is watched: each label comes to stand where its neighbours stood. */
const turning = made('turning clouds', 2, 4, () => (random) => ({ x: [random.normal(), random.normal()], y: random.below(4) }));
const turn: Regime = {
  regime: 'gradual',
  steps(task, random, length) {
    const { x, y } = task.draw(random, length(SAMPLES));
    return x.map((sample, s) => {
      const angle = 2 * Math.PI * (y[s] / 4 + s / x.length);
      return askAndTeach(Float32Array.of(sample[0] + 4 * Math.cos(angle), sample[1] + 4 * Math.sin(angle)), y[s]);
    });
  },
};

const both = [clouds(6, 4, 5), recorded('digits'), recorded('pendigits')];

export const drift: readonly Cell[] = [
  ...cells('Drift', turn, [turning]),
  ...[gain, abrupt, swapped, recurring].flatMap((regime) => cells('Drift', regime, both)),
  ...cells('Drift', asRecorded, ['moving_squares', 'chessboard', 'two_classes_diagonal', 'robot', 'outdoor', 'elec2'].map(inOrder)),
];
