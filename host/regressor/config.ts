import { checkConfig, checkLayers, choice, number, whole } from '../config-values.js';
import { decode, encode } from '../words.js';
import { USUAL, WORDS } from './words.generated.js';

/** Settings of a regressor, fixed at its creation. Only `inputs` has no default. */
export interface RegressorConfig {
  /** Values per sample, beside the lags, 1 to 512; 0 where there are lags. Lags count, too. */
  inputs: number;
  /** So many known targets are inputs beside the values of a sample, the newest first, 0 to 256. Default 0. */
  lags?: number;
  /**
   * How late a target is known: with 1 before the next sample is asked about, with 3 while two more samples have been. A forecast of three steps has 3.
   * 1 to 256, default 1.
   */
  horizon?: number;
  /** Bins of the target that the layers tell apart, 2 to 64. Default 8. */
  bins?: number;
  /** Units of the layers from the sample up, 1 to 8 layers of 1 to 4096. Default [64, 64]. */
  units?: readonly number[];
  /** Learning rate eta of the layers, 0 to 1. Default 0.1. */
  rate?: number;
  /** Sharpness of the softmax over goodness, 1/4 to 64. Default 10. */
  alpha?: number;
  /** A layer that is nowhere farther off than this is left alone, 0 to 0.5. Default 0.02. */
  margin?: number;
  /** Bits of a weight. Default 16. */
  bits?: 8 | 16;
  /** Decides every random bit. Unsigned 32-bit integer, default 1. */
  seed?: number;
}

/** A configuration with every default filled in and every value checked. */
export type ResolvedRegressorConfig = Readonly<Required<RegressorConfig>>;

const KNOWN = ['inputs', 'lags', 'horizon', 'bins', 'units', 'rate', 'alpha', 'margin', 'bits', 'seed'];
/** A whitening factor has so many values. */
const MOST_INPUTS = 512;

/**
 * Fills in defaults and checks everything.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range; both name the field.
 */
export function resolveRegressorConfig(config: RegressorConfig): ResolvedRegressorConfig {
  checkConfig(config, KNOWN, '{ inputs: 6 }');
  const units = config.units ?? [64, 64];
  checkLayers(units, 1);
  const lags = whole('lags', config.lags ?? USUAL.lags, 0, 256);
  const inputs = whole('inputs', config.inputs, lags > 0 ? 0 : 1, MOST_INPUTS);
  if (inputs + lags > MOST_INPUTS) throw new RangeError(`config.lags: ${inputs} inputs and ${lags} lags; expected at most ${MOST_INPUTS} together`);
  return Object.freeze({
    inputs,
    lags,
    horizon: whole('horizon', config.horizon ?? USUAL.horizon, 1, 256),
    bins: whole('bins', config.bins ?? USUAL.bins, 2, 64),
    units: Object.freeze((units as readonly unknown[]).map((count, index) => whole(`units[${index}]`, count, 1, 4096))),
    rate: number('rate', config.rate ?? USUAL.rate, 1 / 65536, 1),
    alpha: number('alpha', config.alpha ?? USUAL.alpha, 1 / 4, 64),
    margin: number('margin', config.margin ?? USUAL.margin, 0, 0.5),
    bits: choice('bits', config.bits ?? USUAL.bits, [8, 16]),
    seed: whole('seed', config.seed ?? USUAL.seed, 0, 0xffffffff),
  });
}

/** The configuration block of the core, where lags are inputs. */
export function regressorWordsOf(config: ResolvedRegressorConfig): Int32Array {
  const { inputs, lags, units } = config;
  return encode(
    WORDS,
    { ...config, inputs: inputs + lags, layers: units.length, clip: USUAL.clip, gateDivisor: USUAL.gateDivisor, skipInput: true, selfRate: true, secondOrder: 'input' },
    units.map((count) => ({ units: count })),
  );
}

/** The configuration that a block of words stands for; what `regressorWordsOf` wrote. */
export function regressorFromWords(words: Int32Array): RegressorConfig {
  const { values, layers } = decode(WORDS, words);
  const { clip, gateDivisor, skipInput, selfRate, secondOrder, layers: _, inputs, bits, ...plain } = values;
  return { ...plain, inputs: inputs - plain.lags, bits: bits as 8 | 16, units: layers.map(({ units }) => units) };
}
