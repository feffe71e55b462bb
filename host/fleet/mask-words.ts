import { owned } from '../bytes.js';
import type { ResolvedConfig } from '../config.js';
import { packedLayout, type PackedRun } from '../parameters.js';
import { valuesOf } from './average.js';

/** Examples of a round whose sums still fit: a part of a value is within 2^15, and that times so many is below 2^31. It is 255 devices with 256 each, and 255 to spare. */
export const MOST_SUMMED = 2 ** 16 - 1;
/** A bias is in two words: what is below 2^15 of it, and how many times that. */
const PART = 2 ** 15;

/** Parameters times their examples, as words of 32 bits that a mask hides: sums of them wrap around, so a word that a random one was added to says nothing. */
export class MaskWords {
  readonly #layout: Layout;
  readonly #words: Int32Array;

  /** Zeros, to add to. */
  constructor(config: ResolvedConfig) {
    this.#layout = layoutOf(config);
    this.#words = new Int32Array(this.#layout.words);
  }

  /** `packed` times `examples`. */
  static weighted(config: ResolvedConfig, packed: Uint8Array, examples: number): MaskWords {
    const words = new MaskWords(config);
    words.#eachRun((run, high, low) => {
      valuesOf(packed, run).forEach((value, i) => {
        high[i] = examples * (low === undefined ? value : Math.floor(value / PART));
        if (low !== undefined) low[i] = examples * (value - PART * Math.floor(value / PART));
      });
    });
    return words;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#words.buffer.slice(0));
  }

  /** Adds other words, or takes them away. @param bytes as many as there are here */
  add(bytes: Uint8Array, sign: 1 | -1): void {
    const to = this.#words;
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : owned(bytes);
    const from = new Int32Array(aligned.buffer, aligned.byteOffset, to.length);
    if (sign === 1) for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
    else for (let i = 0; i < to.length; i++) to[i]! -= from[i]!;
  }

  /** Run by run, for `ExactAverage.addSums`. */
  sums(): Float64Array[] {
    const sums: Float64Array[] = [];
    this.#eachRun((_, high, low) => sums.push(Float64Array.from(high, (value, i) => (low === undefined ? value : PART * value + low[i]!))));
    return sums;
  }

  #eachRun(then: (run: PackedRun, high: Int32Array, low: Int32Array | undefined) => void): void {
    let at = 0;
    const next = (count: number): Int32Array => this.#words.subarray(at, (at += count));
    for (const run of this.#layout.runs) then(run, next(run.count), run.bytes === 4 ? next(run.count) : undefined);
  }
}

/** Length of the words of a configuration. */
export function bytesOf(config: ResolvedConfig): number {
  return 4 * layoutOf(config).words;
}

interface Layout {
  readonly runs: readonly PackedRun[];
  readonly words: number;
}

/** Each is worked out once: it takes as long as ten masks. */
const LAYOUTS = new WeakMap<ResolvedConfig, Layout>();

function layoutOf(config: ResolvedConfig): Layout {
  const known = LAYOUTS.get(config);
  if (known !== undefined) return known;
  const { runs } = packedLayout(config);
  const layout = { runs, words: runs.reduce((sum, { bytes, count }) => sum + (bytes === 4 ? 2 : 1) * count, 0) };
  LAYOUTS.set(config, layout);
  return layout;
}
