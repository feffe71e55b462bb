// What the fleet on bad links learns: the same for the hosts in their namespaces and for the judge.

import { createLearner, type Learner } from '../../host/index.js';
import { generator } from '../random.js';

/** 16,384 B of parameters. */
export const SHAPE = { inputs: 64, labels: Array.from({ length: 10 }, (_, k) => String(k)), units: [64, 64] };
/** Server step of the aggregator, 1/256. */
export const STEP = 512;

export const learnerOf = (d: number): Promise<Learner> => createLearner({ ...SHAPE, seed: 100 + d });

/** What host d learns when the model of a round comes. */
export function lesson(d: number, round: number): { x: Float32Array; y: string }[] {
  const random = generator(1000 * round + d);
  return Array.from({ length: 8 + (d % 3) }, (_, k) => ({ x: Float32Array.from({ length: 64 }, () => 3 * random() + ((d + k) % 3)), y: SHAPE.labels[(3 * d + k) % 10]! }));
}
