import { arenaOf } from './arena/learner.js';
import { bitsOf, type ResolvedConfig } from './config.js';
import { describe } from './config-values.js';
import type { CoreExports } from './core.js';

/** One layer's weights as `Learner.weights` gives them. @throws RangeError for a layer that there is not */
export function weightsOf(core: CoreExports, config: ResolvedConfig, layer: number): Float32Array {
  const region = arenaOf(config).regions.find((each) => each.kind === 'weights' && each.layer === layer);
  if (region === undefined) throw new RangeError(`layer: got ${describe(layer)}; expected 0 to ${config.units.length - 1}`);
  const { columns, rows } = region;
  const [inputs, stride] = columns.reduce(([all, padded], { count, of }) => [all + count, padded + of], [0, 0] as [number, number]);
  const bits = bitsOf(config, layer);
  const fraction = bits === 16 ? 12 : inputs < 256 ? 6 : 7;
  const raw = new (bits === 16 ? Int16Array : Int8Array)(core.memory.buffer, core.weights(layer), rows! * stride);
  return Float32Array.from(raw, (value) => value / 2 ** fraction);
}
