import { owned } from '../bytes.js';
import type { ResolvedConfig } from '../config.js';
import { packedLayout, type PackedRun } from '../parameters.js';
import { limitOf, moved, valuesOf } from './average.js';
import { DiscreteGaussian } from './discrete-gaussian.js';
import { noiseFor } from './privacy-loss.js';
import type { PrivateOptions } from './private-options.js';

/** Parts of a step of a weight, in which changes are cut and noise is drawn. */
export const PARTS = 256;
/** A device's change is cut to this root mean square, in steps of a weight of 16 bits. Of seven digits the median change has 52; 10 and 24 lose a point or two (docs/decisions/fleets.md). */
export const MEAN_LENGTH = 16;

/** The cut and the noise that hide a device in a sum, in parts of a step: whole numbers. */
export interface Noise {
  /** Euclidean length that no change exceeds. */
  length: number;
  /** Of the noise in each weight of the sum; 0 is none. */
  deviation: bigint;
}

/** Noise for every round of a fleet with this budget. */
export function noiseOf(config: ResolvedConfig, { epsilon, delta, rounds }: Required<PrivateOptions>): Noise {
  const count = weightsOf(config).reduce((sum, run) => sum + run.count, 0);
  const length = Math.floor(PARTS * MEAN_LENGTH * Math.sqrt(count));
  return { length, deviation: BigInt(Math.ceil(length * noiseFor(epsilon, delta, rounds))) };
}

/**
 * A mean of changes that tells little of any one device (McMahan et al. 2018, arXiv 1710.06963): each is cut to one length, all of a device's weights together, each device counts alike,
 * and discrete Gaussian noise goes into the sum. Biases and gates stay those of the model: noise in them costs more than they gain.
 */
export class NoisyAverage {
  readonly #base: Uint8Array;
  readonly #step: bigint;
  readonly #noise: Noise;
  readonly #weights: readonly PackedRun[];
  readonly #sums: readonly Float64Array[];
  #devices = 0;

  /**
   * @param base packed parameters of the model that was sent
   * @param step in 1/256
   */
  constructor(config: ResolvedConfig, base: Uint8Array, step: number, noise: Noise) {
    this.#base = base;
    this.#step = BigInt(step);
    this.#noise = noise;
    this.#weights = weightsOf(config);
    this.#sums = this.#weights.map(({ count }) => new Float64Array(count));
  }

  /** Packed parameters that `parametersFault` has passed. */
  add(packed: Uint8Array): void {
    const changes = this.#weights.map((run) => changesOf(valuesOf(packed, run), valuesOf(this.#base, run)));
    const { length } = this.#noise;
    const own = PARTS * lengthOf(changes);
    changes.forEach((each, r) => {
      const sums = this.#sums[r]!;
      if (own <= length) each.forEach((change, i) => (sums[i]! += PARTS * change));
      else each.forEach((change, i) => (sums[i]! += Math.trunc((PARTS * change * length) / own))); // towards 0: never longer
    });
    this.#devices++;
  }

  /** The new parameters, with other noise each time it is asked. */
  result(): Uint8Array {
    const result = owned(this.#base);
    const { deviation } = this.#noise;
    const noise = deviation > 0n ? new DiscreteGaussian(deviation) : undefined;
    const weight = BigInt(PARTS * Math.max(1, this.#devices));
    this.#weights.forEach((run, r) => {
      const values = valuesOf(this.#base, run);
      const sums = this.#sums[r]!;
      values.forEach((value, i) => (values[i] = moved(value, BigInt(sums[i]!) + (noise?.draw() ?? 0n), weight, this.#step, limitOf(run))));
      result.set(new Uint8Array(values.buffer), run.at);
    });
    return result;
  }
}

/** Of each layer the first run. */
function weightsOf(config: ResolvedConfig): PackedRun[] {
  return packedLayout(config).runs.filter(({ layer }, k, runs) => runs[k - 1]?.layer !== layer);
}

function changesOf(values: ArrayLike<number>, base: ArrayLike<number>): Float64Array {
  const changes = new Float64Array(values.length);
  for (let i = 0; i < changes.length; i++) changes[i] = values[i]! - base[i]!;
  return changes;
}

/** Never too short: one more makes up for what doubles round off. */
function lengthOf(changes: readonly Float64Array[]): number {
  let squares = 0;
  for (const each of changes) for (const change of each) squares += change * change;
  return Math.ceil(Math.sqrt(squares)) + 1;
}
