import { owned } from '../bytes.js';
import type { ResolvedConfig } from '../config.js';
import { packedLayout } from '../parameters.js';
import { limitOf, valuesOf } from './average.js';

/** A model with what a learner has come to since `mark`: model + (now - mark), saturated; running means are the model's. */
export function withOwn(config: ResolvedConfig, model: Uint8Array, now: Uint8Array, mark: Uint8Array): Uint8Array {
  const result = owned(model);
  for (const run of packedLayout(config).runs) {
    const limit = limitOf(run);
    const values = valuesOf(model, run);
    const after = valuesOf(now, run);
    const before = valuesOf(mark, run);
    values.forEach((value, i) => (values[i] = Math.max(-limit, Math.min(limit, value + after[i]! - before[i]!))));
    result.set(new Uint8Array(values.buffer), run.at);
  }
  return result;
}
