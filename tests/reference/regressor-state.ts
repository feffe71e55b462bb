// The state bytes of the regressor's core, from the reference's plain arrays and back: FORMAT.md as one walk over the fields.

import type { RegressorReference } from './regressor.js';
import { walkChannel, walkFactor, walkLayer } from './state.js';
import { bytesOf, counted, fieldOf, restoreBytes, type Field } from './state-bytes.js';

export const stateOf = (network: RegressorReference): Uint8Array => bytesOf(walk, network);
export const restore = (network: RegressorReference, bytes: Uint8Array): void => restoreBytes(walk, network, bytes);
export const fieldAt = (network: RegressorReference, offset: number): string => fieldOf(walk, network, offset);

/** Every field in the order of the bytes; returns how many bytes they are. */
function walk(network: RegressorReference, visit: Field): number {
  const { field, align, bytes } = counted(visit);

  network.seen = field('seen', 'u64', network.seen);
  network.updates = field('updates', 'u64', network.updates);
  network.random.state = field('random', 'u32', network.random.state);
  network.rate = field('rate', 'i32', network.rate);
  network.boost = field('boost', 'i32', network.boost);
  field('bins', 'i32', network.config.bins);
  field('reserved', 'u64', 0);
  field('reserved', 'u64', 0);
  network.normaliser.channels.forEach((channel, i) => walkChannel(channel, `channel ${i}`, field));
  network.layers.forEach((layer, l) => walkLayer(layer, l, field, align));
  walkFactor(network.decorrelator, field, align);
  walkChannel(network.target, 'target', field);
  network.blends.forEach((blend, k) => {
    blend.agreement = field(`blend ${k} agreement`, 'i64', blend.agreement);
    blend.difference = field(`blend ${k} difference`, 'i64', blend.difference);
  });
  network.below = field('distance below', 'i32', network.below);
  network.above = field('distance above', 'i32', network.above);
  network.farOff = field('far off', 'i32', network.farOff);
  network.learned = field('learned', 'i32', network.learned);
  network.span = {
    lowest: field('lowest target', 'i32', network.span.lowest),
    highest: field('highest target', 'i32', network.span.highest),
    exponent: field('span exponent', 'i32', network.span.exponent),
    isThere: field('span is there', 'i32', Number(network.span.isThere)) === 1,
  };
  network.centres.forEach((centre, k) => { network.centres[k] = field(`centre ${k}`, 'i32', centre); });
  align();
  network.weights.forEach((weight, i) => { network.weights[i] = field(`linear weight ${i}`, 'i32', weight); });
  align();
  network.known = network.known.map((known, k) => ({
    target: field(`known target ${k}`, 'i32', known.target),
    predicted: field(`known prediction ${k}`, 'i32', known.predicted),
    exponent: field(`known exponent ${k}`, 'i32', known.exponent),
    isThere: field(`known ${k} is there`, 'i32', Number(known.isThere)) === 1,
  }));
  network.lags.forEach((bits, k) => { network.lags[k] = field(`lag ${k}`, 'u32', bits); });
  align();
  return bytes();
}
