import { checkConfig, checkLayers, choice, flag, inputScaleOf, number, whole } from '../config-values.js';
import { namesOf, numbered } from '../label-names.js';
import { decode, encode } from '../words.js';
import { USUAL, WORDS } from './words.generated.js';

/** Settings of a recurrent network, fixed at its creation. Only `inputs` and `labels` have no default. */
export interface RecurrentConfig<L extends string = string> {
  /** Values per sample, 1 to 4096. */
  inputs: number;
  /** Names of the labels, distinct, 2 to 256. */
  labels: readonly L[];
  /** Units of the layers from the sample up, 2 to 8 layers of 1 to 4096. Default [64, 64]. */
  units?: readonly number[];
  /** How often the layers look at one another for every sample, 1 to 16. Default 5. */
  iterations?: number;
  /** First iteration whose goodness counts in a prediction, 1 to `iterations`; layers x iterations that count may be 31 at most. Default 3, or the last if there are fewer. */
  countFrom?: number;
  /**
   * true: the states go on from one sample to the next, as for the frames of a stream, until `begin()`. false: every sample is a still image that they are
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
  /** Multiplies every input instead of the running standardisation, 1e-30 to 1e30 in size. Set it where all inputs have one known range, as pixels do; best where the result has an RMS of about 1. Default: none, inputs are standardised. */
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

/** The learning rate's limit. */
export const MOST_RATE = 2;

const KNOWN = ['inputs', 'labels', 'units', 'iterations', 'countFrom', 'carry', 'stateDrop', 'rate', 'alpha', 'margin', 'inputScale', 'bits', 'seed'];

/**
 * Fills in defaults and checks everything.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range; both name the field.
 */
export function resolveRecurrentConfig(config: RecurrentConfig): ResolvedRecurrentConfig {
  checkConfig(config, KNOWN, "{ inputs: 64, labels: ['idle', 'walk'] }");
  const units = config.units ?? [64, 64];
  checkLayers(units, 2, ', since a layer looks at its neighbours');
  const labels = namesOf('labels', config.labels, 2);
  const iterations = whole('iterations', config.iterations ?? 5, 1, 16);
  const countFrom = whole('countFrom', config.countFrom ?? Math.min(3, iterations), 1, iterations);
  if ((iterations - countFrom + 1) * units.length > MOST_GOODNESS) {
    throw new RangeError(`config.countFrom: ${iterations - countFrom + 1} iterations of ${units.length} layers count; ${MOST_GOODNESS} layers x iterations at most: raise it`);
  }
  return Object.freeze({
    inputs: whole('inputs', config.inputs, 1, 4096),
    labels,
    units: Object.freeze((units as readonly unknown[]).map((count, index) => whole(`units[${index}]`, count, 1, 4096))),
    iterations,
    countFrom,
    carry: flag('carry', config.carry ?? false),
    stateDrop: number('stateDrop', config.stateDrop ?? 0.3, 0, 0.9),
    rate: number('rate', config.rate ?? USUAL.rate, 0, MOST_RATE),
    alpha: number('alpha', config.alpha ?? USUAL.alpha, 1 / 64, 64),
    margin: number('margin', config.margin ?? USUAL.margin, 0, 0.5),
    inputScale: inputScaleOf(config.inputScale),
    bits: choice('bits', config.bits ?? USUAL.bits, [8, 16]),
    seed: whole('seed', config.seed ?? USUAL.seed, 0, 0xffffffff),
  });
}

/** The configuration block of the core. */
export function recurrentWordsOf(config: ResolvedRecurrentConfig): Int32Array {
  const { units, labels, inputScale, carry } = config;
  return encode(
    WORDS,
    { ...config, labels: labels.length, layers: units.length, clip: USUAL.clip, gateDivisor: USUAL.gateDivisor, fixedScale: inputScale !== null, carry: Number(carry) },
    units.map((count) => ({ units: count })),
  );
}

/** The configuration that a block of words stands for; what `recurrentWordsOf` wrote. Names of labels are not in it: they are numbers. */
export function recurrentFromWords(words: Int32Array): RecurrentConfig {
  const { values, layers } = decode(WORDS, words);
  const { fixedScale, inputScale, clip, gateDivisor, layers: _, labels, bits, carry, ...plain } = values;
  return { ...plain, labels: numbered(labels), bits: bits as 8 | 16, carry: carry !== 0, units: layers.map(({ units }) => units), ...(fixedScale ? { inputScale } : {}) };
}
