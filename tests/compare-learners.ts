// The spine of the project: reference = scalar = SIMD, byte for byte, after any number of steps. Two suites walk it, so that both cores of a machine do.

import { Random } from '../benchmarks/rivals/random.js';
import { comparePredictions, learners, type CoreName } from './core-driver.js';
import { Stream, maybeSecondOrder, randomConfig, type Size } from './random-learners.js';
import type { IntegerConfig, ReferenceLearner } from './reference.js';

export const SMALL: Size = { inputs: 20, units: 20, layers: 8, labels: 40, cost: 700 };
export const LARGE: Size = { inputs: 700, units: 300, layers: 3, labels: 256, cost: 150_000 };
/** Steps between two comparisons of all state bytes; scores and counts are compared at every step. */
const STRIDE = 1000;

/**
 * The same stream through all implementations; a new instance takes over from a copy of the bytes at every `reload`th step.
 * `prepare` may change the learner before the first.
 */
export function compare(config: IntegerConfig, seed: number, steps: number, reload: number, prepare?: (learner: ReferenceLearner) => void, builds?: readonly CoreName[]): void {
  const all = learners(config, seed, builds);
  if (prepare) all.prepare(({ learner }) => prepare(learner));
  const stream = new Stream(config, new Random(seed));
  for (let t = 0; t < steps; t++) {
    all.step = t;
    stream.next();
    const x = config.window ? all.same('feature', (each) => each.extract(stream.bits)) : stream.bits;
    if (t % 50 === 0) comparePredictions(all, x);
    if (t % 97 === 96) all.same('adapt', (each) => each.adapt(x));
    all.same('number of updated layers', (each) => each.learn(x, stream.label));
    all.same('score', (each) => each.scores());
    if (t % STRIDE === STRIDE - 1 || t === steps - 1) all.compareStates();
    if (t % reload === reload - 1) all.reload();
  }
}

/** Small learners that every step of a long life is compared of. */
const LONG = { count: 200, steps: 10_000, reload: 3500 };

/** Those of `count` random small learners whose number is odd, or even. */
export function compareLongLives(parity: 0 | 1): void {
  const { count, steps, reload } = LONG;
  const random = new Random(count);
  for (let k = 0; k < count; k++) {
    const config = maybeSecondOrder(randomConfig(random, SMALL));
    const seed = random.u32();
    if (k % 2 === parity) compare(config, seed, steps, reload);
  }
  console.log(`\nequality: ${count / 2} small learners x ${steps} steps, ${(count / 2) * steps} steps of each of 3 implementations compared`);
}
