import type { Sample } from './sample.js';

/** How windows are cut from a stream. */
export interface WindowOptions {
  /** Moments in a window, 1 or more; 8 to 256 for a learner with `window`. */
  samples: number;
  /** Moments from the start of one window to the start of the next, 1 or more. Default: `samples`, no overlap. */
  hop?: number;
  /** Values of the raw sample that are the axes, by index from 0. Default: all of them. */
  axes?: readonly number[];
  /** A window never straddles a change of this value (a session, a device, a speed). Default: none. */
  group?: (sample: Sample) => unknown;
  /** Ends the reading. */
  signal?: AbortSignal;
}

/** A window of raw samples: `x` is t-major (x0 y0 z0 x1 y1 z1 ...), as the core's feature extractor reads it. */
export interface Window extends Sample {
  x: Float32Array;
  /** The result of `group`, the same for every sample of this window. */
  group: unknown;
}

/**
 * Cuts a stream of single moments into windows. A window carries one label and one group: where either changes,
 * the moments gathered so far are dropped and a new window begins.
 */
export async function* windows(
  source: AsyncIterable<Sample> | Iterable<Sample>,
  { samples, hop = samples, axes, group = () => undefined, signal }: WindowOptions,
): AsyncGenerator<Window> {
  if (!Number.isInteger(samples) || samples < 1) throw new RangeError(`"samples" must be a whole number of at least 1, got ${samples}`);
  if (!Number.isInteger(hop) || hop < 1) throw new RangeError(`"hop" must be a whole number of at least 1, got ${hop}`);

  let held: Sample[] = [];
  let skip = 0; // moments between two windows, when hop > samples
  let label: string | undefined;
  let place: unknown;
  for await (const sample of source) {
    signal?.throwIfAborted();
    const here = group(sample);
    if (sample.y !== label || here !== place) {
      held = [];
      skip = 0;
      label = sample.y;
      place = here;
    }
    if (skip > 0) {
      skip--;
      continue;
    }
    held.push(sample);
    if (held.length < samples) continue;

    const window: Window = { x: flatten(held, axes), group: place };
    if (label !== undefined) window.y = label;
    if (held[0]!.t !== undefined) window.t = held[0]!.t;
    yield window;
    held = held.slice(hop);
    skip = Math.max(0, hop - samples);
  }
}

function flatten(held: readonly Sample[], axes?: readonly number[]): Float32Array {
  const width = axes?.length ?? held[0]!.x.length;
  const x = new Float32Array(held.length * width);
  held.forEach((moment, t) => {
    for (let axis = 0; axis < width; axis++) x[t * width + axis] = moment.x[axes ? axes[axis]! : axis] ?? NaN;
  });
  return x;
}
