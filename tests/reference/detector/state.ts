// The state bytes of the detector's core, from the reference's plain arrays: FORMAT.md as one walk over the fields.

import type { ReferenceDetector } from '../detector.js';
import type { Rows } from './net.js';
import type { Moments } from './standardiser.js';
import type { Tail } from './tail.js';
import { VIEWS, type Channel } from './views.js';

type Kind = 'i8' | 'u8' | 'u16' | 'i16' | 'u32' | 'i32' | 'i64';
const BYTES: Record<Kind, number> = { i8: 1, u8: 1, u16: 2, i16: 2, u32: 4, i32: 4, i64: 8 };

interface Field {
  name: string;
  kind: Kind;
  value: number;
  at: number;
}

type Placing = (name: string, kind: Kind, value: number) => Field;

/** A channel of streaming mode. */
function* streamFields(field: Placing, name: string, stream: Channel): Generator<Field> {
  const { extremes, history } = stream;
  const each = function* (kind: Kind, values: Readonly<Record<string, number>>): Generator<Field> {
    for (const [key, value] of Object.entries(values)) yield field(`${name}.${key}`, kind, value);
  };
  const { mean, deviation, drift, step, resolution, wrong, loud, active, trend, away, season, seasonMean } = stream;
  yield* each('i64', { mean, deviation, drift, step, resolution, wrong, loud, active, trend, away, season, seasonMean });
  yield* each('u32', { count: stream.count });
  yield* each('i32', { previous: stream.previous, change: stream.change, score: stream.score });
  for (const bound of ['low', 'high'] as const) for (let i = 0; i < 3; i++) yield* each('i32', { [`${bound}${i}`]: extremes[bound][i] });
  yield* each('i32', { width: extremes.width, reach: extremes.reach, base: history.base });
  for (const [k, weight] of history.weights.entries()) yield* each('i32', { [`weight${k}`]: weight });
  const { centre, power, best, own, head, filled, period, lag, bestLag, ownLag } = history;
  yield* each('i32', { centre });
  yield* each('u32', { power });
  yield* each('i32', { best, own });
  const { stayed, states: [low, high], between, isHigh } = stream.stay;
  yield* each('i32', { stayed, mean0: low.mean, distance0: low.distance, longest0: low.longest, mean1: high.mean, distance1: high.distance, longest1: high.longest });
  const { seasons, run, gap, alarms } = stream;
  yield* each('u16', { seasons, run, gap, alarms, blocks: extremes.blocks, head, filled, period, lag, bestLag, ownLag, times0: low.times, times1: high.times, between });
  yield* each('u8', { inBlock: stream.inBlock, block: stream.block, view: stream.view });
  yield* each('i8', { exponent: stream.exponent });
  yield* each('u8', { shift: history.shift, left: history.left ? 1 : 0, isHigh, reserved: 0 });
  yield* each('u32', { padding: 0 });
  for (const [k, tail] of stream.tails.entries()) yield* tailFields(field, `${name}.${VIEWS[k]}`, tail);
}

function* tailFields(field: Placing, name: string, tail: Tail): Generator<Field> {
  const { current, late, mean, upper, far, top, threshold, upperShare, farShare, blocks } = tail;
  for (const [key, value] of Object.entries({ current, late, mean, upper, far, top, threshold })) yield field(`${name}.${key}`, 'i32', value);
  for (const [key, value] of Object.entries({ upperShare, farShare, blocks, reserved: 0 })) yield field(`${name}.${key}`, 'u16', value);
}

/** Every field in the order of the arena, with its place. */
function* fieldsOf(detector: ReferenceDetector): Generator<Field> {
  const { config, joint, machine, streams } = detector;
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
  yield field('learned', 'u32', (machine ?? joint)?.count ?? 0);
  yield field('quantile', 'i32', machine?.quantile.at ?? joint?.alarms ?? 0);
  yield field('told', 'i32', detector.told);
  yield field('recent', 'i32', detector.recent);
  align();

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

  for (const [c, stream] of streams.entries()) yield* streamFields(field, `stream ${c}`, stream);
  align();
  if (joint) {
    for (const [c, channel] of joint.channels.entries()) yield* moments(`joint ${c}`, channel.moments, channel.exponent, 0);
    align();
    yield* tailFields(field, 'joint', joint.tail);
    align();
  }
  for (const [c, { history }] of streams.entries()) {
    for (const [i, code] of history.codes.entries()) yield field(`stream ${c}.codes[${i}]`, 'i16', code);
  }
  align();
  if (joint) yield* weights('net', joint.net.rows);
  if (machine) {
    for (const [c, { channel, smoothed }] of machine.channels.entries()) yield* moments(`channel ${c}`, channel.moments, channel.exponent, smoothed);
    align();
    for (const [c, { moments: smooth }] of machine.channels.entries()) yield* moments(`smoothed ${c}`, smooth, 0, 0);
    align();
    yield* weights('net', machine.net.rows);
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
    if (BYTES[kind] === 1) view.setInt8(at, value);
    else if (BYTES[kind] === 2) view.setInt16(at, value, true);
    else if (BYTES[kind] === 4) view.setInt32(at, value, true);
    else view.setBigInt64(at, BigInt(value), true);
  }
  return bytes;
}

/** Name of what the byte at `offset` belongs to: for the message of a test that found two bytes different. */
export function fieldAt(detector: ReferenceDetector, offset: number): string {
  for (const { name, kind, at } of fieldsOf(detector)) {
    if (at <= offset && offset < at + BYTES[kind]) return `${name} (${kind} at byte ${at})`;
  }
  return 'nothing: padding, or behind the state';
}
