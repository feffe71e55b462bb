// The state bytes of the recurrent core, from the reference's plain arrays and back: FORMAT.md as one walk over the fields.

import { padded } from './layer.js';
import type { RecurrentReference } from './recurrent.js';
import { walkChannel } from './state.js';
import { bytesOf, counted, fieldOf, restoreBytes, type Field, type Kind } from './state-bytes.js';
import type { Rows } from './two-pass-layer.js';

export const stateOf = (network: RecurrentReference): Uint8Array => bytesOf(walk, network);
export const restore = (network: RecurrentReference, bytes: Uint8Array): void => restoreBytes(walk, network, bytes);
export const fieldAt = (network: RecurrentReference, offset: number): string => fieldOf(walk, network, offset);

/** Every field in the order of the bytes; returns how many bytes they are. */
function walk(network: RecurrentReference, visit: Field): number {
  const { field, align, bytes } = counted(visit);
  const weights = (name: string, { W, bits, n }: Rows): void => {
    for (let j = 0; j < Math.ceil(W.length / 4) * 4; j++) {
      for (let i = 0; i < padded(n); i++) {
        if (j >= W.length || i >= n) field(`${name} padding`, bits === 8 ? 'i8' : 'i16', 0);
        else W[j][i] = field(name, bits === 8 ? 'i8' : 'i16', W[j][i], j, i);
      }
    }
    align();
  };
  const vector = (name: string, kind: Kind, values: Int32Array | number[], fill = 0): void => {
    for (let j = 0; j < padded(values.length); j++) {
      if (j >= values.length) field(`${name} padding`, kind, fill);
      else values[j] = field(`${name}[${j}]`, kind, values[j]);
    }
  };

  network.seen = field('seen', 'u64', network.seen);
  network.updates = field('updates', 'u64', network.updates);
  network.random.state = field('random', 'u32', network.random.state);
  network.rate = field('rate', 'i32', network.rate);
  field('boost', 'i32', 65536);
  field('labels', 'i32', network.config.labels);
  field('reserved', 'u64', 0);
  field('reserved', 'u64', 0);
  network.normaliser.channels.forEach((channel, i) => {
    walkChannel(channel, `channel ${i}`, field);
    align();
  });
  network.layers.forEach(({ below, V }, l) => {
    weights(`layer ${l} W`, below);
    vector(`layer ${l} b`, 'i32', below.b);
    V.forEach((gates, c) => vector(`layer ${l} V[${c}]`, 'i16', gates, -32767));
    align();
  });
  network.layers.forEach(({ above }, l) => {
    if (!above) return;
    weights(`layer ${l} U`, above);
    vector(`layer ${l} c`, 'i32', above.b);
  });
  if (!network.config.carry) return bytes();
  network.samples = field('samples', 'u64', network.samples);
  field('reserved', 'u64', 0);
  network.layers.forEach(({ s }, l) => vector(`layer ${l} state`, 'i16', s));
  return bytes();
}
