import { checkConfig, choice, number, whole } from '../config-values.js';
import { decode, encode, shortest } from '../words.js';
import { USUAL, WORDS } from './words.generated.js';

/** Settings of a detector, fixed at its creation. Everything has a default. */
export interface DetectorConfig {
  /** Values per sample, 1 to 256. Default 1. */
  channels?: number;
  /**
   * `streaming`, the default: each channel for itself and all together, learning for ever; what stays becomes the new normal.
   * `commissioned`: all channels together, learning for `warmup` samples and then no more: for a machine of several channels whose first samples are known to be
   * good, and whose faults are to be alarms for as long as they last.
   */
  mode?: 'streaming' | 'commissioned';
  /** Samples without alarms, 0 to 1e9; in commissioned mode the ones that are learned, at least 40. Default 32, commissioned 400. */
  warmup?: number;
  /** Samples after an alarm in which there is no other, but where the score is at least twice the greatest since then, which fades as the hold passes; 0 to 1e9. Default 96; commissioned 0: an alarm lasts as long as its cause. */
  hold?: number;
  /**
   * The score that is an alarm, 0.1 to 16. Streaming: as a multiple of what a view reaches once in 29,000 to 580,000 samples, by view; default 1. Commissioned: of the 99 %
   * quantile of what is usual; default 2.
   */
  threshold?: number;
  /**
   * Alarm-rate control: an alarm raises the threshold by 1/16, which fades in this many samples; more frequent ones must be ever clearer. 0 to 1e6,
   * default 0: off.
   */
  alarmEvery?: number;
  /** Bits of a weight. Default 8: no worse than 16. */
  bits?: 8 | 16;
  /** Units of the net over all channels, 1 to 64, default 16. Streaming: 0 does without it, and for one channel there is none. */
  units?: number;
  /** Learning rate eta, 0 to 1; 0 learns no weights. Default 0.02, commissioned 0.1. */
  rate?: number;
  /** Decides every random bit. Unsigned 32-bit integer, default 1. */
  seed?: number;
}

/** A configuration with every default filled in and every value checked. */
export type ResolvedDetectorConfig = Readonly<Required<DetectorConfig>>;

/** Sharpness of the net's probability, of goodness against 1. */
const ALPHA = 2;
/** An alarm adds so much to the threshold, if alarms are controlled. */
const RISE = 1 / 16;
const KNOWN = ['channels', 'mode', 'warmup', 'hold', 'threshold', 'alarmEvery', 'bits', 'units', 'rate', 'seed'];

/**
 * Fills in defaults and checks everything.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range; both name the field.
 */
export function resolveDetectorConfig(config: DetectorConfig): ResolvedDetectorConfig {
  checkConfig(config, KNOWN, "{ channels: 8, mode: 'commissioned' }");
  const channels = whole('channels', config.channels ?? 1, 1, 256);
  const mode = choice('mode', config.mode ?? 'streaming', ['streaming', 'commissioned']);
  const streaming = mode === 'streaming';
  if (streaming && channels === 1 && config.units !== undefined && config.units !== 0) {
    number('units', config.units, 0, 64);
    throw new RangeError(`config.units: got ${config.units}; expected 0, for one channel has no net: leave it out, or use mode 'commissioned'`);
  }
  return Object.freeze({
    channels,
    mode,
    warmup: whole('warmup', config.warmup ?? (streaming ? 32 : 400), streaming ? 0 : 40, 1e9),
    hold: whole('hold', config.hold ?? (streaming ? 96 : 0), 0, 1e9),
    threshold: number('threshold', config.threshold ?? (streaming ? 1 : 2), 0.1, 16),
    alarmEvery: whole('alarmEvery', config.alarmEvery ?? 0, 0, 1e6),
    bits: choice('bits', config.bits ?? USUAL.bits, [8, 16]),
    units: whole('units', config.units ?? (channels === 1 && streaming ? 0 : 16), streaming ? 0 : 1, 64),
    rate: number('rate', config.rate ?? (streaming ? 0.02 : 0.1), 0, 1),
    seed: whole('seed', config.seed ?? USUAL.seed, 0, 0xffffffff),
  });
}

/** The configuration block of the core. */
export function detectorWordsOf(config: ResolvedDetectorConfig): Int32Array {
  return encode(WORDS, { ...config, rise: RISE, rate: config.rate * ALPHA, alpha: ALPHA });
}

/** The configuration that a block of words stands for; what `detectorWordsOf` wrote. */
export function detectorFromWords(words: Int32Array): DetectorConfig {
  const { rise, alpha, rate, bits, ...plain } = decode(WORDS, words).values;
  return { ...plain, bits: bits as 8 | 16, rate: shortest(Math.round(rate * 65536), ALPHA * 65536) };
}
