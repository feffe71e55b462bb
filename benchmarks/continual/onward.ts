/** The integer learner behind the benchmark's interface, through the library's public API. */
import { createLearner, type LearnerWishes } from '../../host/index.js';
import { IMAGES } from '../mnist/onward.js';
import type { ContinualLearner, Maker } from './learner.js';

/** Beyond the shape: exemplars, prototypes, drift ... One setting for all protocols but for the size of the memory. */
export type Options = LearnerWishes;

/** Weights of 16 bits in every protocol. */
export const COMMON = { bits: 16 } as const;

/** No label is named in advance: each takes its place when it is first seen. */
export function onward(options: Options): Maker {
  return async ({ inputs, labels, units, inputScale }, seed): Promise<ContinualLearner> => {
    const images = inputScale === undefined ? {} : { ...IMAGES, inputScale };
    const learner = await createLearner({ inputs, labels: [], labelCapacity: labels, units, seed, ...COMMON, ...images, ...options });
    return {
      learn: (x, y) => learner.learn(x, `${y}`),
      predict: (x) => (learner.labels.length > 0 ? Number(learner.predict(x).label) : -1),
      sleep: () => learner.sleep(),
      alarms: () => learner.stats().alarms,
      memoryBytes: () => learner.stats().bytes.exemplars + learner.stats().bytes.prototypes,
    };
  };
}
