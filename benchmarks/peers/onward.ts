/** onward through its public API. Where the data is standardised already, it is told so, as the peers are; layers see only the layer before. */
import { createLearner } from '../../host/index.js';
import type { Make } from './learner.js';

export const onward = (build: 'simd' | 'scalar', bits: 8 | 16): Make => async (task) => {
  const { inputs, units, labels: count } = task;
  const labels = Array.from({ length: count }, (_, c) => `${c}`);
  const learner = await createLearner({ inputs, units, labels, bits, skipInput: false, inputScale: 1 }, { build });
  const { arena, tables } = learner.stats().bytes;
  return {
    reset: () => learner.reset(),
    learn: (x, y) => learner.learn(x, labels[y]!),
    predict: (x) => Number(learner.predict(x).label),
    bytes: arena + tables,
  };
};
