// The state bytes of the two-pass core, from the reference's plain arrays and back: FORMAT.md as one walk over the fields.

import { walkChannel } from './state.js';
import { bytesOf, counted, fieldOf, restoreBytes, type Field } from './state-bytes.js';
import { padded, type TwoPassReference } from './two-pass.js';
import type { Rows } from './two-pass-layer.js';

export const stateOf = (network: TwoPassReference): Uint8Array => bytesOf(walk, network);
export const restore = (network: TwoPassReference, bytes: Uint8Array): void => restoreBytes(walk, network, bytes);
export const fieldAt = (network: TwoPassReference, offset: number): string => fieldOf(walk, network, offset);

/** Every field in the order of the bytes; returns how many bytes they are. */
function walk(network: TwoPassReference, visit: Field): number {
  const { field, align, bytes } = counted(visit);
  const weights = (name: string, { W, bits, n, column }: Rows, stride: number): void => {
    const [none, weight] = [`${name} padding of W`, `${name} W`];
    const inputs = Array.from({ length: stride }, () => -1); // which input stands in which column
    for (let i = 0; i < n; i++) inputs[column(i)] = i;
    for (let j = 0; j < Math.ceil(W.length / 4) * 4; j++) {
      for (const i of inputs) {
        if (j >= W.length || i < 0) field(none, bits === 8 ? 'i8' : 'i16', 0);
        else W[j][i] = field(weight, bits === 8 ? 'i8' : 'i16', W[j][i], j, i);
      }
    }
  };
  const vector = (name: string, values: Int32Array): void => {
    for (let j = 0; j < padded(values.length); j++) {
      if (j >= values.length) field(`${name} padding`, 'i32', 0);
      else values[j] = field(`${name}[${j}]`, 'i32', values[j]);
    }
  };

  network.seen = field('seen', 'u64', network.seen);
  network.updates = field('updates', 'u64', network.updates);
  network.random.state = field('random', 'u32', network.random.state);
  network.rate = field('rate', 'i32', network.rate);
  network.readoutRate = field('readout rate', 'i32', network.readoutRate);
  field('reserved', 'i32', 0);
  network.readouts = field('readouts', 'u64', network.readouts);
  field('reserved', 'u64', 0);
  network.normaliser.channels.forEach((channel, i) => {
    walkChannel(channel, `channel ${i}`, field);
    align();
  });
  network.layers.forEach((layer, l) => {
    const { start, labels } = layer.shape;
    layer.patches.forEach((rows, p) => weights(`layer ${l} patch ${p}`, rows, start + padded(labels)));
    align();
    layer.patches.forEach((rows, p) => vector(`layer ${l} patch ${p} b`, rows.b));
    align();
    if (layer.settings.peers > 0) vector(`layer ${l} means`, layer.means);
    align();
  });
  if (network.readout) {
    const stride = network.layers.slice(network.config.readoutFrom).reduce((sum, layer) => sum + padded(layer.units), 0);
    weights('readout', network.readout, stride);
    align();
    vector('readout b', network.readout.b);
    align();
  }
  return bytes();
}
