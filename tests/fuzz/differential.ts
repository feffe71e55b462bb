// Differential fuzzing: random learners and detectors of every kind live a short life in the reference and in the cores, and are compared at every step, byte for byte.

import { Random } from '../../benchmarks/rivals/random.js';
import { compareDetectors } from '../compare-detectors.js';
import { compare } from '../compare-learners.js';
import { continualConfig, localConfig } from '../random-continual.js';
import { maybeSecondOrder, randomConfig, randomLocalConfig, type Size } from '../random-learners.js';
import { randomDetector } from '../random-networks.js';

const SIZE: Size = { inputs: 16, units: 14, layers: 4, labels: 10, cost: 400 };
/** Weights of local layers, at the most. */
const LOCAL = 400;

type Live = (random: Random, k: number, seed: number, steps: number) => void;

/** A life of each kind; they take turns. It is loaded anew three times on the way. */
export const LIVES: Record<string, Live> = {
  dense: (random, _, seed, steps) => compare(maybeSecondOrder(randomConfig(random, SIZE)), seed, steps, steps >> 2),
  'dense with a memory': (random, k, seed, steps) => compare(continualConfig(random, SIZE, k), seed, steps, steps >> 2),
  local: (random, _, seed, steps) => compare(randomLocalConfig(random, LOCAL), seed, steps, steps >> 2),
  'local with a memory': (random, k, seed, steps) => compare(localConfig(random, LOCAL, k), seed, steps, steps >> 2),
  detector: (random, _, seed, steps) => compareDetectors(randomDetector(random), seed, 4 * steps, steps),
};

export interface DifferentialCounts {
  configurations: number;
  /** Of every implementation. */
  steps: number;
  /** The first twenty, with seed and configuration. */
  findings: string[];
}

/** @param goes false ends it early; asked after every configuration */
export function fuzzDifferential(configurations: number, seed: number, goes: (done: number) => boolean = () => true): DifferentialCounts {
  const random = new Random(seed);
  const lives = Object.entries(LIVES);
  const counts: DifferentialCounts = { configurations: 0, steps: 0, findings: [] };
  for (let k = 0; k < configurations && goes(k); k++) {
    const [kind, live] = lives[k % lives.length]!;
    const steps = 24 + random.below(80);
    const own = random.u32();
    try {
      live(new Random(own), Math.floor(k / lives.length), own, steps);
    } catch (error) {
      if (counts.findings.length < 20) counts.findings.push(`${kind}, configuration ${k} of seed ${seed}: ${(error as Error).message.slice(0, 2000)}`);
    }
    counts.configurations++;
    counts.steps += steps;
  }
  return counts;
}
