/** How labels come: in blocks, few, sparse, late, wrong, unequal, new. */
import { cells, type Cell, type Regime } from '../cell.js';
import { askAndTeach, idle, pass, teach, test, type Step } from '../script.js';
import { byLabel, clouds, raised, recorded } from '../tasks.js';

const STREAM = 3000; // samples of a stream
const ASKED = 30; // test samples a label
const FAULTY = 2000; // samples in which one in a hundred is a fault
const DELAY = 50;

export const six = ['digits', 'wand', 'fan', 'satellite', 'keystroke', 'letter'].map((name) => recorded(name, 10));
const few = ['digits', 'wand', 'fan', 'pendigits', 'frogs', 'wifi_rooms'].map((name) => recorded(name, 10));
const usual = ['digits', 'pendigits', 'frogs', 'keystroke'].map((name) => recorded(name));

/** `each` samples of every label, label after label or mixed, with idle time after each stretch; then questions. */
export function taught(each: number, inTurn: boolean): Regime {
  return {
    regime: `${each} a label, ${inTurn ? 'in blocks' : 'mixed'}`,
    steps(task, random) {
      const groups = byLabel(task.draw(random, Infinity), task.labels);
      const train = groups.map((group, y) => group.slice(0, each).map((x) => teach(x, y)));
      const questions = groups.flatMap((group, y) => group.slice(each, each + ASKED).map((x) => test(x, y)));
      return [...(inTurn ? train.flatMap((block) => [...block, idle]) : [...random.shuffle(train.flat()), idle]), ...questions];
    },
  };
}

/** A hundred samples of two labels, mixed, then of the next two, without a pause; then questions. */
const inPairs: Regime = {
  regime: 'two labels at a time, 100 of each',
  steps(task, random) {
    const groups = byLabel(task.draw(random, Infinity), task.labels);
    const train = groups.map((group, y) => group.slice(0, 100).map((x) => teach(x, y)));
    const pairs = train.flatMap((block, y) => (y % 2 === 0 ? random.shuffle([...block, ...(train[y + 1] ?? [])]) : []));
    return [...pairs, ...groups.flatMap((group, y) => group.slice(100, 100 + ASKED).map((x) => test(x, y)))];
  },
};

const sparse: Regime = {
  regime: 'one label in 20',
  steps(task, random, length) {
    const { x, y } = task.draw(random, length(2 * STREAM));
    return x.map((sample, s) => (s % 20 === 0 ? askAndTeach(sample, y[s]) : pass(sample, y[s])));
  },
};

const late: Regime = {
  regime: `labels ${DELAY} samples late`,
  steps(task, random, length) {
    const { x, y } = task.draw(random, length(STREAM));
    return x.flatMap((sample, s) => [test(sample, y[s]), ...(s < DELAY ? [] : [teach(x[s - DELAY], y[s - DELAY])])]);
  },
};

function wrong(share: number): Regime {
  return {
    regime: `${100 * share} % wrong labels`,
    steps(task, random, length) {
      const { x, y } = task.draw(random, length(STREAM));
      return x.map((sample, s) => {
        const other = (y[s] + 1 + random.below(task.labels - 1)) % task.labels;
        return askAndTeach(sample, y[s], random.uniform() < share ? other : y[s]);
      });
    },
  };
}

/** The first label is one in `rarity`; a few hundred questions after it, labels alike. */
function rare(rarity: number, samples: number): Regime {
  return {
    regime: `one label in ${rarity.toLocaleString('en')} samples`,
    figure: 'balanced accuracy',
    steps(task, random, length) {
      const groups = byLabel(task.draw(random, 10_000), task.labels).map((group) => ({ asked: group.slice(0, group.length / 3), train: group.slice(group.length / 3) }));
      const train = Array.from({ length: length(samples) }, (_, s): Step => {
        const y = s % rarity === rarity >> 1 ? 0 : 1 + random.below(task.labels - 1);
        return teach(groups[y].train[random.below(groups[y].train.length)], y);
      });
      return [...train, ...groups.flatMap(({ asked }, y) => asked.slice(0, 100).map((x) => test(x, y)))];
    },
  };
}

/** Two labels: one of the task's, the seed says which, is the fault and comes once in a hundred; all the others are in order. Prequential; twenty faults in all. */
export const fault: Regime = {
  regime: 'one fault in 100 samples, two labels',
  figure: 'balanced accuracy',
  steps(task, random, length, seed) {
    const groups = byLabel(task.draw(random, 10_000), task.labels);
    const [wrong] = groups.splice(seed % task.labels, 1);
    const right = random.shuffle(groups.flat());
    const samples = Math.min(length(FAULTY), right.length, 100 * wrong.length);
    return right.slice(0, samples).map((x, s) => (s % 100 === 50 ? askAndTeach(wrong[(s - 50) / 100], 1) : askAndTeach(x, 0)));
  },
};

/** One label is first seen after half of the samples; what counts is the last quarter. */
const newcomer: Regime = {
  regime: 'a new label late',
  figure: 'balanced accuracy',
  steps(task, random, length) {
    const { x, y } = task.draw(random, length(STREAM));
    return x.flatMap((sample, s) => {
      if (y[s] === 0 && s < x.length / 2) return [];
      return [s < 0.75 * x.length ? teach(sample, y[s]) : askAndTeach(sample, y[s])];
    });
  },
};

export const labels: readonly Cell[] = [
  ...[5, 20].flatMap((each) => cells('Labels one after the other', taught(each, true), six)),
  ...cells('Labels one after the other', inPairs, [recorded('digits'), raised('digits', -5.7), raised('digits', 3), recorded('pendigits')]),
  ...[1, 2, 5, 10, 20].flatMap((each) => cells('Few samples', taught(each, false), few)),
  ...[sparse, late, wrong(0.05), wrong(0.2)].flatMap((regime) => cells('Sparse, late and wrong labels', regime, usual)),
  ...[rare(100, 5000), rare(1000, 10_000)].flatMap((regime) => cells('Rare and new labels', regime, [clouds(6, 3, 5), ...usual])),
  ...cells('Rare and new labels', fault, usual),
  ...cells('Rare and new labels', newcomer, usual),
];
