import { owned } from '../bytes.js';
import type { ResolvedConfig } from '../config.js';
import { packedLayout } from '../parameters.js';
import type { KeptUpdate } from './distance.js';
import { ExactAverage, limitOf, moved, valuesOf } from './average.js';
import { poolChannels, readChannel, rounded, writeChannel } from './channels.js';

export interface RobustRules {
  /** In 1/256. */
  step: number;
  /** A change longer than so many times the median change of the round is shortened to that, each tensor apart; 0 leaves all as they are. */
  clip: number;
  /** Share of the devices left out at either end, value by value; 0 for the mean by examples. */
  trim: number;
}

/** Of means and deviations where only weights are clipped: one device that says 10^30 would be enough to ruin the standardisation of all. */
const CHANNELS_TRIM = 0.25;

/**
 * An average that a few bad devices cannot take over, in integers and so, like `ExactAverage`, the same bytes for every order of arrival. It keeps the updates
 * of the round: memory grows with the devices.
 *
 * - clip: norms are compared with their median, not with a number to be guessed (norm bounding: Sun et al. 2019, arXiv 1911.07963);
 * - trim: the coordinate-wise trimmed mean (Yin et al. 2018, arXiv 1803.01498). Every device counts alike, whatever examples it claims, so equal values are equal
 *   and no tie needs breaking. What only few devices know is trimmed away too: with labels that differ from device to device, clip.
 */
export class RobustAverage {
  readonly #config: ResolvedConfig;
  readonly #base: Uint8Array;
  readonly #rules: RobustRules;
  readonly #updates: Omit<KeptUpdate, 'device'>[] = [];
  #examples = 0;

  /** @param base packed parameters of the model that was sent */
  constructor(config: ResolvedConfig, base: Uint8Array, rules: RobustRules) {
    this.#config = config;
    this.#base = base;
    this.#rules = rules;
  }

  /** Examples folded in. */
  get examples(): number {
    return this.#examples;
  }

  /** As `ExactAverage.add`. */
  add(packed: Uint8Array, examples: number, only?: number): void {
    this.#updates.push({ packed: owned(packed), examples, only });
    this.#examples += examples;
  }

  /** The new parameters; those that were sent where nothing was added. */
  result(): Uint8Array {
    const { clip, step, trim } = this.#rules;
    const packed = this.#updates.map((update) => update.packed);
    if (packed.length === 0) return owned(this.#base);
    if (clip > 0) this.#clip();
    const result = trim > 0 ? this.#trimmed() : this.#weighted(step);
    trimChannels(result, packed, packedLayout(this.#config).channels, Math.floor((trim || CHANNELS_TRIM) * packed.length));
    return result;
  }

  #weighted(step: number): Uint8Array {
    const average = new ExactAverage(this.#config, this.#base, step, false); // they are trimmed
    for (const { packed, examples, only } of this.#updates) average.add(packed, examples, only);
    return average.result();
  }

  /** Updates that have something to say of a layer. */
  #of(layer: number): Uint8Array[] {
    return this.#updates.filter(({ only }) => (only ?? layer) === layer).map(({ packed }) => packed);
  }

  /** Shortens what is too long, in place: each is a copy of this object's own. */
  #clip(): void {
    for (const run of packedLayout(this.#config).runs) {
      const packed = this.#of(run.layer);
      if (packed.length === 0) continue;
      const base = valuesOf(this.#base, run);
      const lengths = packed.map((each) => lengthOf(valuesOf(each, run), base));
      const median = [...lengths].sort((a, b) => (a < b ? -1 : 1))[(lengths.length - 1) >> 1]!;
      const most = (median * BigInt(Math.round(this.#rules.clip * 256))) / 256n;
      packed.forEach((each, k) => {
        const length = lengths[k]!;
        if (length <= most) return;
        const values = valuesOf(each, run);
        values.forEach((value, i) => (values[i] = base[i]! + shortened(value - base[i]!, most, length)));
        each.set(new Uint8Array(values.buffer), run.at);
      });
    }
  }

  #trimmed(): Uint8Array {
    const result = owned(this.#base);
    const step = BigInt(this.#rules.step);
    for (const run of packedLayout(this.#config).runs) {
      const packed = this.#of(run.layer);
      if (packed.length === 0) continue;
      const out = Math.floor(this.#rules.trim * packed.length);
      const kept = BigInt(packed.length - 2 * out);
      const column = new Float64Array(packed.length); // changes of a bias take 32 bits
      const all = packed.map((each) => valuesOf(each, run));
      const values = valuesOf(this.#base, run);
      values.forEach((value, i) => {
        all.forEach((each, k) => (column[k] = each[i]! - value));
        column.sort();
        let sum = 0;
        for (let k = out; k < column.length - out; k++) sum += column[k]!;
        values[i] = moved(value, BigInt(sum), kept, step, limitOf(run));
      });
      result.set(new Uint8Array(values.buffer), run.at);
    }
    return result;
  }
}

/** change x most / length, rounded half up: in doubles where all of it is below 2^53. */
function shortened(change: number, most: bigint, length: bigint): number {
  const [m, l] = [Number(most), Number(length)];
  if (change === 0) return 0;
  if (2 * Math.abs(change) * m + l > 2 ** 52) return Number(rounded(BigInt(change) * most, length));
  const numerator = 2 * change * m + l;
  const quotient = Math.floor(numerator / (2 * l));
  const left = numerator - quotient * 2 * l; // the division may round up to a whole number
  return left < 0 ? quotient - 1 : left >= 2 * l ? quotient + 1 : quotient;
}

/** floor of the Euclidean length of a change. Squares of weights and gates stay below 2^53 summed; those of biases may not. */
function lengthOf(values: Int8Array | Int16Array | Int32Array, base: Int8Array | Int16Array | Int32Array): bigint {
  let small = 0;
  let sum = 0n;
  values.forEach((value, i) => {
    const change = value - base[i]!;
    if (Math.abs(change) < 2 ** 16 && small < 2 ** 52) small += change * change;
    else sum += BigInt(change) * BigInt(change);
  });
  return squareRoot(sum + BigInt(small));
}

/** floor(sqrt(n)), Newton's method from above. */
export function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/**
 * Compression: medians over devices, each counting alike, and the trimmed mean of the tails. Means: the trimmed mean of the devices'. Variances: the trimmed mean of the devices' second moments about it. Exponents and counts: the largest but `out`, and the mean
 * fits: at most `out` devices have a coarser unit, and a mean that needs one is at an end of the order and left out.
 */
function trimChannels(result: Uint8Array, packed: readonly Uint8Array[], channels: number, out: number): void {
  const view = new DataView(result.buffer, result.byteOffset);
  const views = packed.map((each) => new DataView(each.buffer, each.byteOffset));
  for (let c = 0; c < channels; c++) {
    const all = views.map((each) => ({ ...readChannel(each, c), weight: 1n })).filter(({ seen }) => seen > 0);
    if (all.length === 0) continue;
    const left = Math.min(out, (all.length - 1) >> 1);
    const kept = BigInt(all.length - 2 * left);
    const largest = (values: number[]): number => values.sort((a, b) => a - b)[values.length - 1 - left]!;
    const exponent = largest(all.map((each) => each.exponent));
    const { compression, moments } = poolChannels(all, exponent, (values) => trimmedMean(values, left), largest(all.map((each) => each.compression.moved)));
    const mean = trimmedSum(moments.map((each) => each.mean), left);
    // times kept^2, in units of 2^-282
    const squares = moments.map((each) => each.variance * kept * kept + ((each.mean * kept - mean) ** 2n << 30n));
    writeChannel(view, c, { seen: largest(all.map((each) => each.seen)), exponent, mean: [mean, kept], variance: [trimmedSum(squares, left), kept ** 3n], compression });
  }
}

function trimmedMean(values: readonly bigint[], out: number): bigint {
  const left = Math.min(out, (values.length - 1) >> 1);
  return trimmedSum(values, left) / BigInt(values.length - 2 * left);
}

function trimmedSum(values: readonly bigint[], left: number): bigint {
  // doubles decide where they can: they keep the order of what they round, and compare ten times as fast
  const keyed = values.map((value) => ({ value, key: Number(value) }));
  keyed.sort((a, b) => a.key - b.key || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  let sum = 0n;
  for (let k = left; k < keyed.length - left; k++) sum += keyed[k]!.value;
  return sum;
}
