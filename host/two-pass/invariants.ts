import { CHANNEL_BYTES, channelsFault } from '../channel.js';
import type { ResolvedTwoPassConfig } from './config.js';

/**
 * What holds of every state that a network can have reached. A snapshot whose checksum fits may still have been made by a broken writer or an
 * enemy, and the core takes its state as it is. Mirrors assembly/two-pass/layout.ts. Weights may be anything that their type holds, and where there
 * is no such unit or input they multiply zeros.
 */

const HEADER_BYTES = 48;
const RANDOM_AT = 16;
const RATE_AT = 20;
const READOUT_RATE_AT = 24;
const GREATEST_RATE = 8 * 65536;
const BIAS_LIMIT = 2 ** 30;
/** Activities are at most 32.0, Q12. */
const MEAN_LIMIT = 8191 * 16;

const to = (multiple: number) => (count: number) => Math.ceil(count / multiple) * multiple;
const to4 = to(4);
const to8 = to(8);
const to16 = to(16);

/**
 * The first field outside of its range, in words; undefined where all is well.
 * @param state the state bytes of `config`, of the length that its plan has
 */
export function twoPassFault(config: ResolvedTwoPassConfig, state: Uint8Array): string | undefined {
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  const { inputs, layers, labels, labelInput, bits, peers, readout, readoutFrom, inputScale } = config;
  if (view.getUint32(RANDOM_AT, true) === 0) return 'random state 0';
  for (const at of [RATE_AT, READOUT_RATE_AT]) {
    const rate = view.getInt32(at, true);
    if (rate < 0 || rate > GREATEST_RATE) return `rate ${rate}, expected 0 to ${GREATEST_RATE}`;
  }
  let at = HEADER_BYTES;
  const channels = inputScale === null ? inputs : 0;
  const wrong = channelsFault(view, at, channels);
  if (wrong !== undefined) return wrong;
  at += channels * CHANNEL_BYTES;
  /** [count] i32, 0 in lanes that do not exist; `at` goes on behind them. */
  const vector = (name: string, count: number, low: number, high: number): string | undefined => {
    for (let i = 0; i < to8(count); i++, at += 4) {
      const value = view.getInt32(at, true);
      if (i < count ? value < low || value > high : value !== 0) return `${name} ${value}`;
    }
    return undefined;
  };
  let features = 0;
  for (const [index, { channels, patches, window, units }] of layers.entries()) {
    const stride = to8(window) + (index === 0 && labelInput ? to8(labels) : 0);
    at += to16((patches * to4(channels) * stride * bits) / 8);
    for (let p = 0; p < patches; p++) {
      const fault = vector('bias', channels, -BIAS_LIMIT, BIAS_LIMIT);
      if (fault !== undefined) return `layer ${index} with ${fault}`;
    }
    const fault = peers > 0 ? vector('mean activity', units, 0, MEAN_LIMIT) : undefined;
    if (fault !== undefined) return `layer ${index} with ${fault}`;
    if (index >= readoutFrom) features += to8(units);
  }
  if (!readout) return undefined;
  at += to16(to4(labels) * features * 2);
  const fault = vector('bias', labels, -BIAS_LIMIT, BIAS_LIMIT);
  return fault === undefined ? undefined : `the readout with ${fault}`;
}
