/**
 * The drift generators that papers on data streams use, by their published definitions, seeded. Each stream has four quarters; where the definition is of an abrupt drift,
 * the concept changes between them. Labels are `0`, `1`, ...
 *
 * - SEA: Street and Kim, A streaming ensemble algorithm, 2001. Three inputs in [0, 10]; x0 + x1 <= 8, 9, 7, 9.5; every tenth label is wrong.
 * - RBF: fifty centroids in ten dimensions, five labels, each centroid moves by 0.0001 a sample and turns at the walls (MOA's RandomRBFGeneratorDrift; RBF_m of Gomes and others, 2017).
 * - hyperplane: Hulten, Spencer and Domingos, 2001. Ten inputs, all weights move by 0.001 a sample and turn with probability 0.1; every twentieth label is wrong.
 * - LED: Breiman and others, 1984. Seven segments of a digit, each wrong with probability 0.1, and seventeen inputs by chance; one, three, five and seven segments have swapped places with those.
 * - Agrawal: Agrawal, Imielinski and Swami, 1993. Nine inputs of a loan, functions 1 to 4, values perturbed by 5 %.
 */
import { Random } from '../rivals/random.js';
import type { Stream } from '../streams/data.js';

type Draw = () => readonly [x: readonly number[], y: number];

/** Draws for the sample number `at` of `samples`. */
type Generator = (random: Random, quarter: () => number) => Draw;

export const GENERATORS: Readonly<Record<string, { inputs: number; labels: number; make: Generator }>> = {
  SEA: { inputs: 3, labels: 2, make: sea },
  RBF: { inputs: 10, labels: 5, make: rbf },
  hyperplane: { inputs: 10, labels: 2, make: hyperplane },
  LED: { inputs: 24, labels: 10, make: led },
  Agrawal: { inputs: 9, labels: 2, make: agrawal },
};

export function generated(name: string, samples: number, seed: number): Stream {
  const { inputs, labels, make } = GENERATORS[name];
  let s = 0;
  const draw = make(new Random(seed), () => Math.floor((4 * s) / samples));
  const x = new Float32Array(samples * inputs);
  const y = new Int32Array(samples);
  for (; s < samples; s++) {
    const [values, label] = draw();
    x.set(values, s * inputs);
    y[s] = label;
  }
  return { name, samples, inputs, labels: Array.from({ length: labels }, (_, c) => String(c)), x, y };
}

const wrongly = (random: Random, share: number, label: number): number => (random.uniform() < share ? 1 - label : label);

export const SEA_LIMITS = [8, 9, 7, 9.5];

function sea(random: Random, quarter: () => number): Draw {
  return () => {
    const x = [10 * random.uniform(), 10 * random.uniform(), 10 * random.uniform()];
    return [x, wrongly(random, 0.1, x[0] + x[1] <= SEA_LIMITS[quarter()] ? 1 : 0)];
  };
}

function rbf(random: Random): Draw {
  const SPEED = 0.0001;
  const centroids = Array.from({ length: 50 }, () => {
    const way = Array.from(random.normals(10, 1));
    const length = Math.hypot(...way);
    return { at: Array.from({ length: 10 }, () => random.uniform()), way: way.map((v) => (v / length) * SPEED), label: random.below(5), deviation: random.uniform(), weight: random.uniform() };
  });
  const all = centroids.reduce((sum, { weight }) => sum + weight, 0);
  return () => {
    for (const { at, way } of centroids) {
      for (let i = 0; i < at.length; i++) {
        at[i] += way[i];
        if (at[i] < 0 || at[i] > 1) way[i] = -way[i];
      }
    }
    let rest = all * random.uniform();
    const { at, label, deviation } = centroids.find(({ weight }) => (rest -= weight) <= 0) ?? centroids[0];
    const offset = at.map(() => 2 * random.uniform() - 1);
    const scale = (random.normal() * deviation) / Math.hypot(...offset);
    return [at.map((v, i) => v + offset[i] * scale), label];
  };
}

function hyperplane(random: Random): Draw {
  const weights = Array.from({ length: 10 }, () => random.uniform());
  const ways = weights.map(() => 1);
  return () => {
    const x = weights.map(() => random.uniform());
    const sum = x.reduce((total, v, i) => total + v * weights[i], 0);
    const label = sum >= weights.reduce((total, w) => total + w, 0) / 2 ? 1 : 0;
    for (let i = 0; i < weights.length; i++) {
      weights[i] += 0.001 * ways[i];
      if (random.uniform() < 0.1) ways[i] = -ways[i];
    }
    return [x, wrongly(random, 0.05, label)];
  };
}

/** Upper left to lower middle, as on a pocket calculator: top, upper left, upper right, middle, lower left, lower right, bottom. */
export const SEGMENTS = ['1110111', '0010010', '1011101', '1011011', '0111010', '1101011', '1101111', '1010010', '1111111', '1111011'];

function led(random: Random, quarter: () => number): Draw {
  return () => {
    const digit = random.below(10);
    const x = [...SEGMENTS[digit]].map((on) => (random.uniform() < 0.1 ? 1 - Number(on) : Number(on)));
    while (x.length < 24) x.push(random.below(2));
    for (let i = 0; i < 1 + 2 * quarter(); i++) [x[i], x[i + 7]] = [x[i + 7], x[i]];
    return [x, digit];
  };
}

interface Loan {
  salary: number;
  commission: number;
  age: number;
  level: number;
  car: number;
  zip: number;
  house: number;
  years: number;
  loan: number;
}

const within = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high;
const byAge = <T>({ age }: Loan, young: T, middle: T, old: T): T => (age < 40 ? young : age < 60 ? middle : old);
type Range = readonly [low: number, high: number];
const LOW: Range = [25_000, 75_000];
const MIDDLE: Range = [50_000, 100_000];
const HIGH: Range = [75_000, 125_000];

/** Functions 1 to 4: is it group A? */
export const LOANS: readonly ((loan: Loan) => boolean)[] = [
  ({ age }) => age < 40 || age >= 60,
  (loan) => within(loan.salary, byAge(loan, MIDDLE, HIGH, LOW)),
  (loan) => byAge(loan, [0, 1], [1, 2, 3], [2, 3, 4]).includes(loan.level),
  (loan) => within(loan.salary, byAge(loan, [0, 1], [1, 2, 3], [2, 3, 4]).includes(loan.level) ? byAge(loan, LOW, MIDDLE, MIDDLE) : byAge(loan, MIDDLE, HIGH, LOW)),
];

function agrawal(random: Random, quarter: () => number): Draw {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const perturbed = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value + 0.05 * (high - low) * (2 * random.uniform() - 1)));
  return () => {
    const salary = between(20_000, 150_000);
    const zip = random.below(9);
    const loan: Loan = {
      salary,
      commission: salary >= 75_000 ? 0 : between(10_000, 75_000),
      age: 20 + random.below(61),
      level: random.below(5),
      car: 1 + random.below(20),
      zip,
      house: (9 - zip) * 100_000 * between(0.5, 1.5),
      years: 1 + random.below(30),
      loan: between(0, 500_000),
    };
    const label = LOANS[quarter()](loan) ? 0 : 1;
    return [
      [
        perturbed(loan.salary, 20_000, 150_000), loan.commission > 0 ? perturbed(loan.commission, 10_000, 75_000) : 0, Math.round(perturbed(loan.age, 20, 80)), loan.level, loan.car, loan.zip,
        perturbed(loan.house, 0, 1_350_000), Math.round(perturbed(loan.years, 1, 30)), perturbed(loan.loan, 0, 500_000),
      ],
      label,
    ];
  };
}
