import { CHANNEL_BYTES, channelsFault } from '../channel.js';
import type { ResolvedRecurrentConfig } from './config.js';

/**
 * What holds of every state that a network can have reached. A snapshot whose checksum fits may still have been made by a broken writer or an
 * enemy, and the core takes its state as it is. Mirrors assembly/layout.ts and assembly/recurrent/layout.ts. Weights may be anything that their type
 * holds, and where there is no such unit or input they multiply zeros.
 */

const HEADER_BYTES = 48;
const RANDOM_AT = 16;
const RATE_AT = 20;
const LABELS_AT = 28;
const GREATEST_RATE = 2 * 65536;
const FLOW_BYTES = 16;
const BIAS_LIMIT = 2 ** 30;
/** Activities are below 32.0, Q8. */
const STATE_LIMIT = 8191;
/** Gates of units that do not exist. */
const NO_GATE = -32767;

const to = (multiple: number) => (count: number) => Math.ceil(count / multiple) * multiple;
const to4 = to(4);
const to8 = to(8);
const to16 = to(16);

/**
 * The first field outside of its range, in words; undefined where all is well.
 * @param state the state bytes of `config`, of the length that its plan has
 */
export function recurrentFault(config: ResolvedRecurrentConfig, state: Uint8Array): string | undefined {
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  const { inputs, labels, units, bits, carry, inputScale } = config;
  if (view.getUint32(RANDOM_AT, true) === 0) return 'random state 0';
  const rate = view.getInt32(RATE_AT, true);
  if (rate < 0 || rate > GREATEST_RATE) return `rate ${rate}, expected 0 to ${GREATEST_RATE}`;
  const inUse = view.getUint32(LABELS_AT, true);
  if (inUse !== labels) return `${inUse} labels in use, but ${labels} in its configuration`;
  let at = HEADER_BYTES;
  const channels = inputScale === null ? inputs : 0;
  const wrong = channelsFault(view, at, channels);
  if (wrong !== undefined) return wrong;
  at += channels * CHANNEL_BYTES;
  /** [lanes] i32 or i16, `fill` in lanes that do not exist; `at` goes on behind them. */
  const vector = (name: string, bytes: 2 | 4, count: number, low: number, high: number, fill = 0): string | undefined => {
    for (let i = 0; i < to8(count); i++, at += bytes) {
      const value = bytes === 2 ? view.getInt16(at, true) : view.getInt32(at, true);
      if (i < count ? value < low || value > high : value !== fill) return `${name} ${value}`;
    }
    return undefined;
  };
  const biases = (count: number): string | undefined => vector('bias', 4, count, -BIAS_LIMIT, BIAS_LIMIT);
  for (const [index, count] of units.entries()) {
    at += to16((to4(count) * to8(index === 0 ? inputs : units[index - 1]!) * bits) / 8);
    let fault = biases(count);
    for (let label = 0; label < labels; label++) fault ??= vector('gate', 2, count, -32768, 32767, NO_GATE);
    if (fault !== undefined) return `layer ${index} with ${fault}`;
    at = to16(at);
  }
  for (const [index, count] of units.slice(0, -1).entries()) {
    at += (to4(count) * to8(units[index + 1]!) * bits) / 8;
    const fault = biases(count);
    if (fault !== undefined) return `layer ${index}, from above, with ${fault}`;
  }
  if (!carry) return undefined;
  at += FLOW_BYTES;
  for (const [index, count] of units.entries()) {
    const fault = vector('state', 2, count, 0, STATE_LIMIT);
    if (fault !== undefined) return `layer ${index} with ${fault}`;
  }
  return undefined;
}
