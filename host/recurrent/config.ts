import { describe, number, whole } from '../config-values.js';
import { decode, encode } from '../words.js';
import { USUAL, WORDS } from './words.generated.js';

/** What a recurrent network is made of. Only `inputs` and `labels` have no default. */
export interface RecurrentConfig {
  /** Values per sample, 1 to 4096. */
  inputs: number;
  /** Labels, 2 to 256, known by their index. */
  labels: number;
  /** Units of the layers from the sample up, 2 to 8 layers of 1 to 4096. Default [64, 64]. */
  units?: readonly number[];
  /** How often the layers look at one another for every sample, 1 to 16. Default 5. */
  iterations?: number;
  /** First iteration, from 1, whose goodness counts in a prediction; layers x iterations that count may be 31 at most. Default 3, or the last if there are fewer. */
  countFrom?: number;
  /**
   * true: the states go on from one sample to the next, as for the frames of a stream, until `reset()`. false: every sample is a still image that they are
   * made anew for. Default false.
   */
  carry?: boolean;
  /** Share of the states that the other layers do not see while learning, drawn anew for every iteration, 0 to 0.9. Default 0.3. */
  stateDrop?: number;
  /** Learning rate eta, 0 to 2. Default 0.05. */
  rate?: number;
  /** Sharpness of the softmax over goodness, 1/64 to 64. Default 10. */
  alpha?: number;
  /** A layer whose error 1 - p(label) is below this is left alone, 0 to 0.5. Default 0.02. */
  margin?: number;
  /** Multiplies every input instead of the running standardisation. */
  inputScale?: number;
  /** Bits of a weight. Default 16. */
  bits?: 8 | 16;
  /** Decides every random bit. Unsigned 32-bit integer, default 1. */
  seed?: number;
}

/** A configuration with every default filled in and every value checked. */
export type ResolvedRecurrentConfig = Readonly<Required<Omit<RecurrentConfig, 'inputScale'>> & { inputScale: number | null }>;

/** Layers times counted iterations whose goodness fits the 32 bits of a score. */
const MOST_GOODNESS = 31;

const KNOWN = ['inputs', 'labels', 'units', 'iterations', 'countFrom', 'carry', 'stateDrop', 'rate', 'alpha', 'margin', 'inputScale', 'bits', 'seed'];

/**
 * Fills in defaults and checks everything.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range; both name the field.
 */
export function resolveRecurrentConfig(config: RecurrentConfig): ResolvedRecurrentConfig {
  if (typeof config !== 'object' || config === null) {
    throw new TypeError(`config: expected an object such as { inputs: 64, labels: 10 }, got ${describe(config)}`);
  }
  for (const key of Object.keys(config)) {
    if (!KNOWN.includes(key)) throw new TypeError(`config.${key}: no such field; there are ${KNOWN.join(', ')}`);
  }
  const units = config.units ?? [64, 64];
  if (!Array.isArray(units)) throw new TypeError(`config.units: expected an array such as [64, 64], got ${describe(units)}`);
  if (units.length < 2 || units.length > 8) throw new RangeError(`config.units: ${units.length} layers; expected 2 to 8, since a layer looks at its neighbours`);
  const iterations = whole('iterations', config.iterations ?? 5, 1, 16);
  const countFrom = whole('countFrom', config.countFrom ?? Math.min(3, iterations), 1, iterations);
  if ((iterations - countFrom + 1) * units.length > MOST_GOODNESS) {
    throw new RangeError(`config.countFrom: ${iterations - countFrom + 1} iterations of ${units.length} layers count; ${MOST_GOODNESS} layers x iterations at most: raise it`);
  }
  const carry = config.carry ?? false;
  if (typeof carry !== 'boolean') throw new TypeError(`config.carry: expected true or false, got ${describe(carry)}`);
  const bits = config.bits ?? USUAL.bits;
  if (bits !== 8 && bits !== 16) throw new RangeError(`config.bits: got ${describe(bits)}; expected 8 or 16`);
  const inputScale = config.inputScale === undefined ? null : number('inputScale', config.inputScale, -1e30, 1e30);
  if (inputScale !== null && Math.abs(inputScale) < 1e-30) {
    throw new RangeError(`config.inputScale: ${inputScale} would erase every input; leave it out to standardise`);
  }
  return Object.freeze({
    inputs: whole('inputs', config.inputs, 1, 4096),
    labels: whole('labels', config.labels, 2, 256),
    units: Object.freeze((units as readonly unknown[]).map((count, index) => whole(`units[${index}]`, count, 1, 4096))),
    iterations,
    countFrom,
    carry,
    stateDrop: number('stateDrop', config.stateDrop ?? 0.3, 0, 0.9),
    rate: resolveRecurrentRate('config.rate', config.rate ?? USUAL.rate),
    alpha: number('alpha', config.alpha ?? USUAL.alpha, 1 / 64, 64),
    margin: number('margin', config.margin ?? USUAL.margin, 0, 0.5),
    inputScale,
    bits,
    seed: whole('seed', config.seed ?? USUAL.seed, 0, 0xffffffff),
  });
}

/** A learning rate, 0 to 2. */
export function resolveRecurrentRate(name: string, rate: unknown): number {
  if (typeof rate !== 'number') throw new TypeError(`${name}: expected a number, got ${describe(rate)}`);
  if (!(rate >= 0 && rate <= 2)) throw new RangeError(`${name}: got ${rate}; expected 0 to 2`);
  return rate;
}

/** The configuration block of the core. */
export function recurrentWordsOf(config: ResolvedRecurrentConfig): Int32Array {
  const { units, inputScale, carry } = config;
  return encode(
    WORDS,
    { ...config, layers: units.length, clip: USUAL.clip, gateDivisor: USUAL.gateDivisor, fixedScale: inputScale !== null, carry: Number(carry) },
    units.map((count) => ({ units: count })),
  );
}

/** The configuration that a block of words stands for; what `recurrentWordsOf` wrote. */
export function recurrentFromWords(words: Int32Array): RecurrentConfig {
  const { values, layers } = decode(WORDS, words);
  const { fixedScale, inputScale, clip, gateDivisor, layers: _, bits, carry, ...plain } = values;
  return { ...plain, bits: bits as 8 | 16, carry: carry !== 0, units: layers.map(({ units }) => units), ...(fixedScale ? { inputScale } : {}) };
}
