// The state bytes of the core, from the reference's plain arrays and back: FORMAT.md as one walk over the fields.

import type { ReferenceLearner } from '../reference.js';
import { walkMemory } from './continual-state.js';
import { padded } from './layer.js';
import type { Channel } from './normaliser.js';

type Kind = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64';
const BYTES: Record<Kind, number> = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, u64: 8 };

/** Hands a field with its value now to a visitor; what comes back becomes the value. */
export type Field = (name: string, kind: Kind, value: number) => number;

/** Given each field in turn with its value now; what it returns becomes the value. */
interface Visitor {
  field: Field;
}

/** The bytes of a learner, padding included. */
export function stateOf(learner: ReferenceLearner): Uint8Array {
  const bytes = new Uint8Array(walk(learner, { field: (_, __, value) => value }));
  const view = new DataView(bytes.buffer);
  let at = 0;
  walk(learner, {
    field(_, kind, value) {
      if (BYTES[kind] === 1) view.setInt8(at, value);
      else if (BYTES[kind] === 2) view.setInt16(at, value, true);
      else if (BYTES[kind] === 4) view.setInt32(at, value, true);
      else view.setBigUint64(at, BigInt(value), true);
      at += BYTES[kind];
      return value;
    },
  });
  return bytes;
}

/** Makes a learner of the same configuration go on from these bytes. */
export function restore(learner: ReferenceLearner, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  walk(learner, {
    field(_, kind) {
      const from = at;
      at += BYTES[kind];
      if (kind === 'u8') return view.getUint8(from);
      if (kind === 'i8') return view.getInt8(from);
      if (kind === 'u16') return view.getUint16(from, true);
      if (kind === 'i16') return view.getInt16(from, true);
      if (kind === 'u32') return view.getUint32(from, true);
      if (kind === 'i32') return view.getInt32(from, true);
      return Number(view.getBigUint64(from, true));
    },
  });
}

/** What the byte at `offset` belongs to: for the message of a test that found two bytes different. */
export function fieldAt(learner: ReferenceLearner, offset: number): string {
  let at = 0;
  let found = 'nothing: it lies behind the state';
  walk(learner, {
    field(name, kind, value) {
      if (at <= offset && offset < at + BYTES[kind]) found = `${name} (${kind} at byte ${at})`;
      at += BYTES[kind];
      return value;
    },
  });
  return found;
}

/** Every field in the order of the bytes; returns how many bytes they are. */
function walk(learner: ReferenceLearner, visitor: Visitor): number {
  let at = 0;
  const field: Field = (name, kind, value) => {
    at += BYTES[kind];
    return visitor.field(name, kind, value);
  };
  /** Padding up to a multiple of 16: every region starts at one. */
  const align = (): void => {
    while (at % 16 !== 0) field('padding', 'i8', 0);
  };

  learner.seen = field('seen', 'u64', learner.seen);
  learner.updates = field('updates', 'u64', learner.updates);
  learner.random.state = field('random', 'u32', learner.random.state);
  learner.rate = field('rate', 'i32', learner.rate);
  learner.boost = field('boost', 'i32', learner.boost);
  learner.labels = field('labels in use', 'i32', learner.labels);
  for (let i = 0; i < 4; i++) field('reserved', 'i32', 0);

  learner.normaliser.channels.forEach((channel, i) => {
    walkChannel(channel, `channel ${i}`, field);
    align();
  });

  learner.layers.forEach((layer, l) => {
    const { own, skipped, bits, local } = layer.config;
    const whole = padded(own) + padded(skipped);
    const lanes = padded(layer.m);
    const columns = Array.from({ length: local ? padded(layer.n) : whole }, () => -1); // which input stands in which column
    for (let i = 0; i < layer.n; i++) columns[layer.column(i)] = i;
    const places = Array.from({ length: whole }, () => -1); // the same of all inputs of the layer
    for (let i = 0; i < own + skipped; i++) places[layer.column(i)] = i;

    const weight = bits === 8 ? 'i8' : 'i16';
    for (let j = 0; j < Math.ceil(layer.m / 4) * 4; j++) {
      for (const i of columns) {
        if (j >= layer.m || i < 0) field(`layer ${l} padding of W`, weight, 0);
        else layer.W[j][i] = field(`layer ${l} W[${j}][${i}]`, weight, layer.W[j][i]);
      }
    }
    align();
    for (let j = 0; j < lanes; j++) {
      if (j >= layer.m) field(`layer ${l} padding of b`, 'i32', 0);
      else layer.b[j] = field(`layer ${l} b[${j}]`, 'i32', layer.b[j]);
    }
    align();
    layer.V.forEach((gates, c) => {
      for (let j = 0; j < lanes; j++) {
        if (j >= layer.m) field(`layer ${l} padding of V`, 'i16', -32767); // no activity under any label
        else gates[j] = field(`layer ${l} V[${j}][${c}]`, 'i16', gates[j]);
      }
    });
    align();
    if (!layer.config.selfRate) return;
    for (let j = 0; j < lanes; j++) {
      if (j >= layer.m) field(`layer ${l} padding of rbar`, 'i16', 0);
      else layer.rbar[j] = field(`layer ${l} rbar[${j}]`, 'i16', layer.rbar[j]);
    }
    align();
    for (const i of places) {
      if (i < 0) field(`layer ${l} padding of zbar`, 'i16', 0);
      else layer.zbar[i] = field(`layer ${l} zbar[${i}]`, 'i16', layer.zbar[i]);
    }
    align();
    layer.logRate = field(`layer ${l} log rate`, 'i32', layer.logRate);
    align();
  });
  if (learner.memory) walkMemory(learner.memory, field, align);
  return at;
}

/** The first 14 of 16 bytes. */
export function walkChannel(channel: Channel, name: string, field: Field): void {
  channel.mean = field(`${name} mean`, 'i32', channel.mean);
  channel.variance = field(`${name} variance`, 'u32', channel.variance);
  channel.inverse = field(`${name} inverse`, 'u16', channel.inverse);
  channel.count = field(`${name} count`, 'u16', channel.count);
  channel.shift = field(`${name} shift`, 'i8', channel.shift);
  channel.exponent = field(`${name} exponent`, 'i8', channel.exponent);
}
