/** The integer learner behind the benchmark's interface, through the library's public API. */
import { createLearner, type LearnerConfig } from '../../host/index.js';
import type { ContinualLearner, Maker } from './learner.js';

/** Beyond the shape: exemplars, prototypes, drift ... One setting for all protocols but for the size of the memory. */
export type Options = Partial<LearnerConfig> & { exemplars?: number; exemplarBits?: number; prototypes?: number; drift?: string };

export function onward(options: Options): Maker {
  return async ({ inputs, labels, units, inputScale }, seed): Promise<ContinualLearner> => {
    const names = Array.from({ length: labels }, (_, c) => `${c}`);
    const images = inputScale === undefined ? {} : { inputScale, skipInput: false };
    const learner: any = await createLearner({ inputs, labels: names, units, seed, ...images, ...options });
    const remembers = Boolean(options.exemplars || options.prototypes);
    return {
      learn: (x, y) => learner.learn(x, names[y]),
      predict: (x) => Number(learner.predict(x).label),
      sleep: remembers ? () => learner.sleep() : undefined,
      alarms: () => learner.stats().alarms,
      memoryBytes: () => learner.stats().bytes.exemplars + learner.stats().bytes.prototypes,
    };
  };
}
