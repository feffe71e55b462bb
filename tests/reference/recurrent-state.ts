// The state bytes of the recurrent core, from the reference's plain arrays and back: FORMAT.md as one walk over the fields.

import { padded } from './layer.js';
import type { RecurrentReference } from './recurrent.js';
import { walkChannel, type Field } from './state.js';
import type { Rows } from './two-pass-layer.js';

type Kind = Parameters<Field>[1];
const BYTES: Record<Kind, number> = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, u64: 8 };

/** The bytes of a network, padding included. */
export function stateOf(network: RecurrentReference): Uint8Array {
  const bytes = new Uint8Array(walk(network, (_, __, value) => value));
  const view = new DataView(bytes.buffer);
  let at = 0;
  walk(network, (_, kind, value) => {
    if (BYTES[kind] === 1) view.setInt8(at, value);
    else if (BYTES[kind] === 2) view.setInt16(at, value, true);
    else if (BYTES[kind] === 4) view.setInt32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += BYTES[kind];
    return value;
  });
  return bytes;
}

/** What the byte at `offset` belongs to: for the message of a test that found two bytes different. */
export function fieldAt(network: RecurrentReference, offset: number): string {
  let at = 0;
  let found = 'nothing: it lies behind the state';
  walk(network, (name, kind, value) => {
    if (at <= offset && offset < at + BYTES[kind]) found = `${name} (${kind} at byte ${at})`;
    at += BYTES[kind];
    return value;
  });
  return found;
}

/** Every field in the order of the bytes; returns how many bytes they are. */
function walk(network: RecurrentReference, visit: Field): number {
  let at = 0;
  const field: Field = (name, kind, value) => {
    at += BYTES[kind];
    return visit(name, kind, value);
  };
  const align = (): void => {
    while (at % 16 !== 0) field('padding', 'i8', 0);
  };
  const weights = (name: string, { W, bits, n }: Rows): void => {
    for (let j = 0; j < Math.ceil(W.length / 4) * 4; j++) {
      for (let i = 0; i < padded(n); i++) {
        if (j >= W.length || i >= n) field(`${name} padding`, bits === 8 ? 'i8' : 'i16', 0);
        else W[j][i] = field(`${name}[${j}][${i}]`, bits === 8 ? 'i8' : 'i16', W[j][i]);
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
  if (!network.config.carry) return at;
  network.samples = field('samples', 'u64', network.samples);
  field('reserved', 'u64', 0);
  network.layers.forEach(({ s }, l) => vector(`layer ${l} state`, 'i16', s));
  return at;
}

/** Makes a network of the same configuration go on from these bytes. */
export function restore(network: RecurrentReference, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  walk(network, (_, kind) => {
    const from = at;
    at += BYTES[kind];
    if (kind === 'u8') return view.getUint8(from);
    if (kind === 'i8') return view.getInt8(from);
    if (kind === 'u16') return view.getUint16(from, true);
    if (kind === 'i16') return view.getInt16(from, true);
    if (kind === 'u32') return view.getUint32(from, true);
    if (kind === 'i32') return view.getInt32(from, true);
    return Number(view.getBigUint64(from, true));
  });
}
