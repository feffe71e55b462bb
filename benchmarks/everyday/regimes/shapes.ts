/** Few and many inputs, few and many labels, and a million samples of a world that stays as it is. */
import { cells, type Cell, type Regime } from '../cell.js';
import { Random } from '../../rivals/random.js';
import { askAndTeach, teach, test, type Step } from '../script.js';
import { byLabel, clouds, made } from '../tasks.js';

const SAMPLES = 4000;
const MILLION = 1_000_000;
const LAST = 10_000;

export const mixed: Regime = {
  regime: 'mixed',
  steps(task, random, length) {
    const { x, y } = task.draw(random, length(SAMPLES));
    return x.map((sample, s) => askAndTeach(sample, y[s]));
  },
};

/** So many samples of each label, mixed; then 10 questions a label. */
export function few(each: number): Regime {
  return {
    regime: `${each} a label, mixed`,
    steps(task, random) {
      const groups = byLabel(task.draw(random, task.labels * (each + 10) * 2), task.labels);
      const train = random.shuffle(groups.flatMap((group, y) => group.slice(0, each).map((x) => teach(x, y))));
      return [...train, ...groups.flatMap((group, y) => group.slice(each, each + 10).map((x) => test(x, y)))];
    },
  };
}

/** The last 10,000 of a million count: what wears or saturates shows there. */
const long: Regime = {
  regime: 'a million samples, the last 10,000 count',
  long: true,
  steps(task, random, length) {
    const seed = random.u32();
    const total = length(MILLION);
    return {
      *[Symbol.iterator](): Generator<Step> {
        const own = new Random(seed);
        for (let s = 0; s < total; s++) {
          const { x, y } = task.draw(own, 1);
          yield (s < total - LAST ? teach : askAndTeach)(x[0], y[0]);
        }
      },
    };
  },
};

/** One input: six bands of values, three labels that take turns. */
const bands = made('bands', 1, 3, () => (random) => {
  const band = random.below(6);
  return { x: [10 * band + 2 * random.normal()], y: band % 3 };
});
const ring = made('ring', 2, 2, () => (random) => {
  const y = random.below(2);
  const [angle, radius] = [2 * Math.PI * random.uniform(), y === 0 ? 1 : 2.2];
  return { x: [radius * Math.cos(angle) + 0.2 * random.normal(), radius * Math.sin(angle) + 0.2 * random.normal()], y };
});
/** Squares of a board of 4 x 4, black and white. */
const board = made('board of 16', 2, 2, () => (random) => {
  const [a, b] = [4 * random.uniform(), 4 * random.uniform()];
  return { x: [a, b], y: (Math.floor(a) + Math.floor(b)) % 2 };
});
export const forty = clouds(3, 40, 16);
export const twoHundred = clouds(16, 200, 5);

export const shapes: readonly Cell[] = [
  ...cells('Shapes', mixed, [bands, ring, board, clouds(3, 5, 5), clouds(4, 8, 5), forty]),
  ...cells('Shapes', few(60), [twoHundred]),
  ...cells('Shapes', few(10), [clouds(500, 4, 1), clouds(2000, 4, 0.6)]),
  ...cells('Shapes', long, [clouds(6, 3, 5)]),
];
