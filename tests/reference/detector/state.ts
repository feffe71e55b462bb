// The state bytes of the detector's core, from the reference's plain arrays: FORMAT.md as one walk over the fields.

import type { ReferenceDetector } from '../detector.js';
import type { Rows } from './net.js';
import type { Moments } from './standardiser.js';

type Kind = 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'i64';
const BYTES: Record<Kind, number> = { i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, i64: 8 };

interface Field {
  name: string;
  kind: Kind;
  value: number;
  at: number;
}

/** Every field in the order of the arena, with its place. */
function* fieldsOf(detector: ReferenceDetector): Generator<Field> {
  const { config, machine, streams } = detector;
  let at = 0;
  const field = (name: string, kind: Kind, value: number): Field => {
    const here = { name, kind, value, at };
    at += BYTES[kind];
    return here;
  };
  const align = (): void => { at = Math.ceil(at / 16) * 16; };

  yield field('seen', 'i64', detector.seen);
  yield field('alarms', 'u32', detector.alarms);
  yield field('random', 'u32', detector.random.state);
  yield field('threshold', 'i32', detector.threshold);
  yield field('held', 'i32', detector.held);
  yield field('learned', 'u32', machine?.count ?? 0);
  yield field('quantile', 'i32', machine?.quantile.at ?? 0);

  function* moments(name: string, m: Moments, exponent: number, smoothed: number): Generator<Field> {
    yield field(`${name}.mean`, 'i64', m.mean);
    yield field(`${name}.variance`, 'i32', m.variance);
    yield field(`${name}.inverse`, 'u16', m.inverse);
    yield field(`${name}.count`, 'u16', m.count);
    yield field(`${name}.shift`, 'i8', m.shift);
    yield field(`${name}.exponent`, 'i8', exponent);
    at += 2;
    yield field(`${name}.smoothed`, 'i32', smoothed);
  }
  function* weights(name: string, rows: Rows): Generator<Field> {
    for (const [j, row] of rows.W.entries()) {
      for (const [i, w] of row.entries()) yield field(`${name}.W[${j}][${i}]`, config.bits === 16 ? 'i16' : 'i8', w);
    }
    align();
  }

  for (const [c, stream] of streams.entries()) {
    const name = `stream ${c}`;
    yield* moments(name, stream.channel.moments, stream.channel.exponent, stream.smoothed);
    yield field(`${name}.quantile`, 'i32', stream.quantile.at);
    yield field(`${name}.count`, 'u32', stream.count);
    yield field(`${name}.surprise`, 'i32', stream.surprise);
    for (const size of stream.sizes) yield field(`${name}.size`, 'i32', size);
    for (const mean of stream.means) yield field(`${name}.means`, 'i32', mean);
    for (const lag of stream.lags) yield field(`${name}.lag`, 'i16', lag);
  }
  align();
  for (const [c, stream] of streams.entries()) {
    for (const [k, net] of stream.nets.entries()) {
      const name = `stream ${c}, net ${k}`;
      yield* weights(name, net.rows);
      for (const [label, gates] of net.V.entries()) for (const gate of gates) yield field(`${name}.V[${label}]`, 'i16', gate);
      align();
    }
  }
  if (machine) {
    for (const [c, { channel, smoothed }] of machine.channels.entries()) yield* moments(`channel ${c}`, channel.moments, channel.exponent, smoothed);
    align();
    for (const [c, { moments: smooth }] of machine.channels.entries()) yield* moments(`smoothed ${c}`, smooth, 0, 0);
    align();
    yield* weights('net', machine.rows);
  }
  yield { name: 'end', kind: 'i8', value: 0, at };
}

/** The bytes of a detector, padding included. */
export function stateOf(detector: ReferenceDetector): Uint8Array {
  const fields = [...fieldsOf(detector)];
  const end = fields.pop()!;
  const bytes = new Uint8Array(end.at);
  const view = new DataView(bytes.buffer);
  for (const { kind, value, at } of fields) {
    if (kind === 'i8') view.setInt8(at, value);
    else if (BYTES[kind] === 2) view.setInt16(at, value, true);
    else if (BYTES[kind] === 4) view.setInt32(at, value, true);
    else view.setBigInt64(at, BigInt(value), true);
  }
  return bytes;
}

/** What the byte at `offset` belongs to: for the message of a test that found two bytes different. */
export function fieldAt(detector: ReferenceDetector, offset: number): string {
  for (const { name, kind, at } of fieldsOf(detector)) {
    if (at <= offset && offset < at + BYTES[kind]) return `${name} (${kind} at byte ${at})`;
  }
  return 'nothing: padding, or behind the state';
}
