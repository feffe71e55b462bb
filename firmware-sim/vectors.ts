// The same samples for Node and for every board: what each must turn into the same bytes.

import type { Outcome, Session } from './device.js';
import { encodeFrame, sampleFrame, type Frame } from '../host/sources/slip.js';
import type { ResolvedConfig } from '../host/config.js';
import { Random } from './random.js';

export interface LabelledSample {
  readonly x: Float32Array;
  readonly label: number;
}

/** Clusters that overlap, with missing values and extremes among them. */
export function samplesFor(config: ResolvedConfig, count: number, seed: number): LabelledSample[] {
  const random = new Random(seed);
  const values = config.window ? config.window.axes * config.window.samples : config.inputs;
  return Array.from({ length: count }, () => {
    const label = random.below(config.labels.length);
    const x = Float32Array.from({ length: values }, (_, index) => {
      const kind = random.next();
      if (kind < 0.01) return NaN;
      if (kind < 0.015) return random.next() < 0.5 ? -1e9 : 1e9;
      return (index % config.labels.length === label ? 1.5 : 0) + 4 * random.next() - 2;
    });
    return { x, label };
  });
}

/** Bytes that the link carries in a tick, at 115,200 baud. */
const TICK_BYTES = 230;

/** The samples over the link, each with a tick to spare, or more, then the question what has become of them. */
export function vectorSession(samples: readonly { readonly x: ArrayLike<number>; readonly label: number | null }[], spare = 1): Session {
  let tick = 1 + spare; // a large board takes a while to start
  const messages = samples.map(({ x, label }, index) => {
    const message = { tick, bytes: sampleFrame((index + 1) & 0xffff, x, label) };
    tick += Math.ceil(message.bytes.length / TICK_BYTES) + spare;
    return message;
  });
  messages.push({ tick: tick + 1 + spare, bytes: encodeFrame('?', 0) });
  return { recording: null, messages, ticks: tick + spare + 19 };
}

export interface Status {
  readonly hash: number;
  readonly damaged: number;
  readonly late: number;
  readonly stack: number;
}

/** The last answer to "?". */
export function statusOf(outcome: Outcome): Status {
  const frame = outcome.frames.findLast(({ type }) => type === 'H');
  if (!frame) throw new Error(`the board gave no status; it ended with "${outcome.end}" after ${outcome.frames.length} frames`);
  const [hash, damaged, late, stack] = [0, 4, 8, 12].map((at) => frame.body.getUint32(at, true));
  return { hash: hash!, damaged: damaged!, late: late!, stack: stack! };
}

/** Costs that the board reported, in cycles or instructions: "P" predictions, "T" learned samples, "O" observed ones. */
export function costsOf(frames: readonly Frame[], type: 'P' | 'T' | 'O', countsEach: number): number[] {
  return frames.filter((frame) => frame.type === type).map(({ body }) => body.getUint32(1, true) * countsEach);
}
