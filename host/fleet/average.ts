import { owned } from '../bytes.js';
import type { ResolvedConfig } from '../config.js';
import { packedLayout, parametersFault, type PackedRun } from '../parameters.js';
import { PooledChannels, rounded } from './channels.js';

/** Most examples that one average may weigh: a bias of 2^30 times this fits 64 bits, a weight of 2^15 times this the 53 of a double. */
export const MOST_EXAMPLES = 2 ** 31;

/**
 * The federated average of a round, in integers: exact, and so the same bytes for every order of arrival. Per value, with the model that was sent, w,
 * and what n_k examples made of it on device k, w_k:
 *
 *     new w = w + step * sum n_k (w_k - w) / N,  N = sum n_k         rounded half up, saturated to the value's own format
 *
 * With a step of 1 that is federated averaging (McMahan et al. 2017, arXiv 1602.05629): floor((2 sum n_k w_k + N) / 2N). A larger step makes up for devices that move few
 * weights each (a server learning rate, Reddi et al. 2021, arXiv 2003.00295).
 */
export class ExactAverage {
  readonly #layout: ReturnType<typeof packedLayout>;
  readonly #base: Uint8Array;
  readonly #step: bigint;
  readonly #sums: (Float64Array | BigInt64Array)[];
  readonly #channels: PooledChannels | undefined;
  /** Of each layer: those that sent it. */
  readonly #weights: number[];
  #examples = 0;

  /**
   * @param base packed parameters of the model that was sent
   * @param step in 1/256, 1 to 2048
   * @param channels whether means and deviations are pooled, too; else they stay those of `base`
   */
  constructor(config: ResolvedConfig, base: Uint8Array, step = 256, channels = true) {
    const fault = parametersFault(config, base);
    if (fault !== undefined) throw new RangeError(`base: ${fault}`);
    if (!Number.isInteger(step) || step < 1 || step > 2048) throw new RangeError(`step: got ${step}; expected a whole number of 1/256, 1 to 2048`);
    this.#layout = packedLayout(config);
    this.#base = base;
    this.#step = BigInt(step);
    // doubles add whole numbers exactly up to 2^53, and 20 times as fast as BigInt; a bias may need more
    this.#sums = this.#layout.runs.map(({ count, bytes }) => (bytes === 4 ? new BigInt64Array(count) : new Float64Array(count)));
    this.#channels = channels ? new PooledChannels(this.#layout.channels) : undefined;
    this.#weights = config.units.map(() => 0);
  }

  /** Examples folded in. */
  get examples(): number {
    return this.#examples;
  }

  /**
   * Packed parameters that `parametersFault` has passed, and how many examples made them.
   * @param only the one layer of them that counts, beside the channels; each layer's mean is that of those that sent it
   */
  add(packed: Uint8Array, examples: number, only?: number): void {
    if (!Number.isInteger(examples) || examples < 1 || this.#examples + examples > MOST_EXAMPLES) {
      throw new RangeError(`examples: got ${examples} beside ${this.#examples}; expected a whole number from 1, and ${MOST_EXAMPLES} in all: cap them`);
    }
    this.#examples += examples;
    this.#channels?.add(packed, examples);
    this.#weights.forEach((_, layer, weights) => (only ?? layer) === layer && (weights[layer]! += examples));
    this.#layout.runs.forEach((run, r) => {
      if ((only ?? run.layer) !== run.layer) return;
      const sums = this.#sums[r]!;
      const values = valuesOf(packed, run);
      if (sums instanceof Float64Array) for (let i = 0; i < values.length; i++) sums[i]! += examples * values[i]!;
      else for (let i = 0; i < values.length; i++) sums[i]! += BigInt(examples) * BigInt(values[i]!);
    });
  }

  /**
   * Adds the contents of other sums: of each run, n_k w_k of several devices.
   * @param examples of all of them, N
   */
  addSums(sums: readonly Float64Array[], examples: number): void {
    this.#examples += examples;
    this.#weights.forEach((_, layer, weights) => (weights[layer]! += examples));
    sums.forEach((from, r) => {
      const to = this.#sums[r]!;
      if (to instanceof Float64Array) for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
      else for (let i = 0; i < to.length; i++) to[i]! += BigInt(from[i]!);
    });
  }

  /** The new parameters; those that were sent where nothing was added. */
  result(): Uint8Array {
    const result = owned(this.#base);
    if (this.#examples === 0) return result;
    this.#channels?.write(result);
    this.#layout.runs.forEach((run, r) => {
      const examples = BigInt(this.#weights[run.layer]!);
      const values = valuesOf(this.#base, run);
      const sums = this.#sums[r]!;
      values.forEach((value, i) => (values[i] = moved(value, BigInt(sums[i]!) - examples * BigInt(value), examples, this.#step, limitOf(run))));
      result.set(new Uint8Array(values.buffer, 0, values.byteLength), run.at);
    });
    return result;
  }
}

/** value + step / 256 x change / weight, rounded half up, within +-limit. */
export function moved(value: number, change: bigint, weight: bigint, step: bigint, limit: number): number {
  if (change === 0n) return value;
  return Math.max(-limit, Math.min(limit, Number(BigInt(value) + rounded(step * change, 256n * weight))));
}

/** Largest value of a run's format, up and down. */
export function limitOf({ bytes }: PackedRun): number {
  return bytes === 4 ? 2 ** 30 : 2 ** (8 * bytes - 1) - 1;
}

/** A copy: what comes in a message may lie at any offset, and an Int16Array may not. */
export function valuesOf(packed: Uint8Array, { at, count, bytes }: PackedRun): Int8Array | Int16Array | Int32Array {
  const copy = owned(packed.subarray(at, at + count * bytes)).buffer;
  return bytes === 1 ? new Int8Array(copy) : bytes === 2 ? new Int16Array(copy) : new Int32Array(copy);
}
