import { MEMORY_AT } from '../arena/learner.js';
import { to8 } from '../arena/regions.js';
import type { ResolvedConfig } from '../config.js';
import { regionOf, type Coordinate } from './coordinates.js';
import type { Random } from './random.js';

/** Samples of a label, as far as they are known, in coordinates: a normal distribution within the range that was seen. */
export interface Likeness {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** A draw of what differs from the mean. */
  differences(random: Random): Float64Array;
}

/** Fewer stored samples than this say less of how values move together than usual deviations say of each. */
const FEWEST = 5;
/** Of a normal distribution a deviation is so many mean deviations. */
const DEVIATION = 1.25;
/**
 * Values stay within so many mean deviations of what some label usually is, where no stored samples tell the range. (Digits, pixels of 0 to 16: with 1 within -2 and 17, with 1.5 within -11 and 23, with
 * 2.5 of the label itself within -10 and 36.)
 */
const REACH = 1;

/** From the label's stored samples where there are some, else from its usual values; undefined where neither is known. */
export function likenessOf(config: ResolvedConfig, state: DataView, label: number, coordinates: readonly Coordinate[]): Likeness | undefined {
  const usual = usualOf(config, state, label, coordinates);
  const { samples, ends } = storedOf(config, state);
  const own = samples.filter((sample) => sample.label === label).map(({ values }) => values);
  if (own.length < FEWEST) return usual;
  const stored = likenessOfSamples(own, samples.map(({ values }) => values), coordinates);
  const isCut = coordinates.map((_, i) => own.some((values) => ends.includes(values[i]!)));
  return usual !== undefined && isCut.includes(true) ? mended(stored, usual, isCut) : stored;
}

/** Usual values: each input by itself. */
function usualOf(config: ResolvedConfig, state: DataView, label: number, coordinates: readonly Coordinate[]): Likeness | undefined {
  const counts = regionOf(config, 'a usual count');
  if (counts === undefined || state.getUint8(counts.at + label) === 0) return undefined;
  const lanes = to8(config.inputs);
  const means = regionOf(config, 'a usual mean')!.at;
  const deviations = regionOf(config, 'a usual deviation')!.at;
  const meanOf = (c: number): Float64Array => Float64Array.from(coordinates, ({ ofPlace }, i) => ofPlace(state.getInt8(means + c * lanes + i)));
  // halves of a place; a channel that never varied still has the deviation that labels begin with
  const apartOf = (c: number): Float64Array => Float64Array.from(coordinates, ({ place, varies }, i) => (varies ? (state.getUint8(deviations + c * lanes + i) / 2) * place : 0));
  const taught = config.labels.flatMap((_, c) => (state.getUint8(counts.at + c) > 0 ? [{ mean: meanOf(c), apart: apartOf(c) }] : []));
  const mean = meanOf(label);
  const deviation = apartOf(label).map((apart) => DEVIATION * apart);
  return {
    mean,
    deviation,
    low: mean.map((_, i) => Math.min(...taught.map((each) => each.mean[i]! - REACH * each.apart[i]!))),
    high: mean.map((_, i) => Math.max(...taught.map((each) => each.mean[i]! + REACH * each.apart[i]!))),
    differences: (random) => deviation.map((value) => value * random.normal()),
  };
}

/** Stored samples: a draw mixes what differs between them at random, so that what moves together in them does so in it. */
function likenessOfSamples(own: readonly Float64Array[], all: readonly Float64Array[], coordinates: readonly Coordinate[]): Likeness {
  const share = 1 / Math.sqrt(own.length - 1);
  // no code need stand for where a channel rests that never varied
  const overAll = (samples: readonly Float64Array[], of: (total: number, value: number) => number, from: number): Float64Array => Float64Array.from(coordinates, ({ varies }, i) => (varies ? samples.reduce((total, values) => of(total, values[i]!), from) : 0));
  const mean = overAll(own, (sum, value) => sum + value, 0).map((sum) => sum / own.length);
  const apart = own.map((values) => values.map((value, i) => (coordinates[i]!.varies ? share * (value - mean[i]!) : 0)));
  return {
    mean,
    deviation: mean.map((_, i) => Math.sqrt(apart.reduce((sum, values) => sum + values[i]! ** 2, 0))),
    low: overAll(all, Math.min, Infinity),
    high: overAll(all, Math.max, -Infinity),
    differences(random) {
      const drawn = new Float64Array(mean.length);
      for (const values of apart) {
        const weight = random.normal();
        for (let i = 0; i < drawn.length; i++) drawn[i]! += weight * values[i]!;
      }
      return drawn;
    },
  };
}

/** The same, but for channels that are cut, of which no code tells how far they go: they are moved and stretched to what is usual. (A load of 5 with codes of 4 bits: 1.7 without, 5.0 with.) */
function mended(stored: Likeness, usual: Likeness, isCut: readonly boolean[]): Likeness {
  const either = (of: 'mean' | 'deviation' | 'low' | 'high'): Float64Array => stored[of].map((value, i) => (isCut[i] ? usual[of][i]! : value));
  return {
    mean: either('mean'),
    deviation: either('deviation'),
    low: either('low'),
    high: either('high'),
    differences(random) {
      const [drawn, alone] = [stored.differences(random), usual.differences(random)];
      return drawn.map((value, i) => (!isCut[i] ? value : stored.deviation[i]! > 0 ? (value * usual.deviation[i]!) / stored.deviation[i]! : alone[i]!));
    },
  };
}

/** Exemplars, with the numbers of their labels, and the values of the first and the last code, which stand for whatever is beyond. Codes of a fixed scale reach as far as the samples do. */
function storedOf(config: ResolvedConfig, state: DataView): { samples: { label: number; values: Float64Array }[]; ends: number[] } {
  const { inputs, inputScale, exemplars, exemplarBits: bits } = config;
  if (exemplars === 0) return { samples: [], ends: [] };
  const memory = regionOf(config, 'age')!.at;
  const stored = state.getInt32(memory + MEMORY_AT.stored!, true);
  const low = state.getInt16(memory + MEMORY_AT['lowest code']!, true);
  const step = state.getInt16(memory + MEMORY_AT.step!, true);
  const labels = regionOf(config, 'label')!.at;
  const codes = regionOf(config, 'code')!;
  const rowBytes = codes.columns[0]!.of;
  const one = inputScale === null ? 64 : 256;
  const samples = Array.from({ length: stored }, (_, k) => ({
    label: state.getUint8(labels + k),
    values: Float64Array.from({ length: inputs }, (__, i) => {
      // groups of 8 bytes hold 64 / bits values: value v of one in byte v mod 8, from bit b x floor(v / 8) on
      const byte = state.getUint8(codes.at + k * rowBytes + Math.floor((i * bits) / 64) * 8 + (i % 8));
      const code = (byte >> (((i >> 3) * bits) % 8)) & (2 ** bits - 1);
      return (low + code * step) / one;
    }),
  }));
  return { samples, ends: inputScale === null ? [low / one, (low + (2 ** bits - 1) * step) / one] : [] };
}
