import { describe, number, whole } from '../config-values.js';

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

/** Words of the core's configuration block (assembly/layout.ts, assembly/recurrent/layout.ts). */
export const RECURRENT_WORDS = 24;
const FIRST_UNITS_WORD = 16;
const FIXED_SCALE = 4;
/** Inputs saturate at +-this; a running standardisation clips there too. */
const CLIP = 2047;
/** Gates learn so much slower than weights. */
const GATE_DIVISOR = 20;
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
  const bits = config.bits ?? 16;
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
    rate: resolveRecurrentRate('config.rate', config.rate ?? 0.05),
    alpha: number('alpha', config.alpha ?? 10, 1 / 64, 64),
    margin: number('margin', config.margin ?? 0.02, 0, 0.5),
    inputScale,
    bits,
    seed: whole('seed', config.seed ?? 1, 0, 0xffffffff),
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
  const words = new Int32Array(RECURRENT_WORDS);
  const scale = new Int32Array(Float32Array.of(config.inputScale ?? 0).buffer);
  words.set([
    config.inputs,
    config.labels,
    config.units.length,
    config.bits,
    config.inputScale === null ? 0 : FIXED_SCALE,
    config.seed,
    Math.round(config.rate * 65536), // Q16
    Math.round(config.alpha * 256), // Q8
    Math.round(config.margin * 32768), // Q15
    CLIP, // Q8
    scale[0]!,
    0,
    0,
    GATE_DIVISOR,
    config.iterations | (config.countFrom << 8) | (config.carry ? 1 << 16 : 0),
    Math.round(config.stateDrop * 65536), // Q16
  ]);
  words.set(config.units, FIRST_UNITS_WORD);
  return words;
}

/** The configuration that a block of words stands for; what `recurrentWordsOf` wrote. */
export function recurrentFromWords(words: Int32Array): RecurrentConfig {
  const word = (index: number): number => words[index] ?? 0;
  const count = Math.min(Math.max(word(2), 0), 8);
  return {
    inputs: word(0),
    labels: word(1),
    units: Array.from(words.subarray(FIRST_UNITS_WORD, FIRST_UNITS_WORD + count)),
    iterations: word(14) & 255,
    countFrom: (word(14) >> 8) & 255,
    carry: word(14) >> 16 !== 0,
    stateDrop: shortest(word(15), 65536),
    rate: shortest(word(6), 65536),
    alpha: shortest(word(7), 256),
    margin: shortest(word(8), 32768),
    ...((word(4) & FIXED_SCALE) !== 0 ? { inputScale: new Float32Array(Int32Array.of(word(10)).buffer)[0]! } : {}),
    bits: word(3) as 8 | 16,
    seed: word(5) >>> 0,
  };
}

/** The shortest decimal that rounds to `word` / `scale`: 0.05 and not 0.0500030517578125. */
function shortest(word: number, scale: number): number {
  for (let digits = 1; ; digits++) {
    const value = Number((word / scale).toPrecision(digits));
    if (digits === 17 || Math.round(value * scale) === word) return value;
  }
}
