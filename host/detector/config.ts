import { checkConfig, choice, number, whole } from '../config-values.js';
import { decode, encode, shortest } from '../words.js';
import { USUAL, WORDS } from './words.generated.js';

/** What a detector is made of. Everything has a default. */
export interface DetectorConfig {
  /** Values per sample, 1 to 256. Default 1. */
  channels?: number;
  /**
   * `streaming`: each channel for itself, learning for ever: spikes, shifts and broken patterns in a signal that nobody watches.
   * `commissioned`: all channels together, learning for `warmup` samples and then no more: faults of a machine, however long they last.
   * Default: `streaming` for one channel, `commissioned` for more.
   */
  mode?: 'streaming' | 'commissioned';
  /** Samples without alarms, 0 to 1e9; in commissioned mode the ones that are learned, at least 40. Default 128, commissioned 400. */
  warmup?: number;
  /** Samples after an alarm in which there is no other, 0 to 1e9. Default 96; commissioned 0: an alarm lasts as long as its cause. */
  hold?: number;
  /** The score that is an alarm, as a multiple of the 99 % quantile of what is usual, 0.1 to 16. Default 1.1, commissioned 2. */
  threshold?: number;
  /**
   * Alarm-rate control: an alarm raises the threshold by 1/16, which fades in this many samples; more frequent ones must be ever clearer. 0 to 1e6,
   * 0: off. Default 1024, commissioned 0.
   */
  alarmEvery?: number;
  /** Bits of a weight. Default 8: no worse than 16 in either mode. */
  bits?: 8 | 16;
  /** Units of a net, 1 to 64. Default 32, commissioned 16. 0 in streaming mode: no nets, nothing is learned but what is usual. */
  units?: number;
  /** Learning rate eta, 0 to 1; 0 learns no weights. Default 0.05, commissioned 0.1. */
  rate?: number;
  /** Decides every random bit. Unsigned 32-bit integer, default 1. */
  seed?: number;
}

/** A configuration with every default filled in and every value checked. */
export type ResolvedDetectorConfig = Readonly<Required<DetectorConfig>>;

/** Sharpness of the nets' probabilities: of bins, and of goodness against 1. */
const ALPHA = { streaming: 10, commissioned: 2 } as const;
/** What an alarm adds to the threshold, where alarms are controlled. */
const RISE = 1 / 16;
const KNOWN = ['channels', 'mode', 'warmup', 'hold', 'threshold', 'alarmEvery', 'bits', 'units', 'rate', 'seed'];

/**
 * Fills in defaults and checks everything.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range; both name the field.
 */
export function resolveDetectorConfig(config: DetectorConfig): ResolvedDetectorConfig {
  checkConfig(config, KNOWN, "{ channels: 8, mode: 'commissioned' }");
  const channels = whole('channels', config.channels ?? 1, 1, 256);
  const mode = choice('mode', config.mode ?? (channels === 1 ? 'streaming' : 'commissioned'), ['streaming', 'commissioned']);
  const streaming = mode === 'streaming';
  return Object.freeze({
    channels,
    mode,
    warmup: whole('warmup', config.warmup ?? (streaming ? 128 : 400), streaming ? 0 : 40, 1e9),
    hold: whole('hold', config.hold ?? (streaming ? 96 : 0), 0, 1e9),
    threshold: number('threshold', config.threshold ?? (streaming ? 1.1 : 2), 0.1, 16),
    alarmEvery: whole('alarmEvery', config.alarmEvery ?? (streaming ? 1024 : 0), 0, 1e6),
    bits: choice('bits', config.bits ?? USUAL.bits, [8, 16]),
    units: whole('units', config.units ?? (streaming ? 32 : 16), streaming ? 0 : 1, 64),
    rate: number('rate', config.rate ?? (streaming ? 0.05 : 0.1), 0, 1),
    seed: whole('seed', config.seed ?? USUAL.seed, 0, 0xffffffff),
  });
}

/** The configuration block of the core. */
export function detectorWordsOf(config: ResolvedDetectorConfig): Int32Array {
  const alpha = ALPHA[config.mode];
  return encode(WORDS, { ...config, rise: RISE, rate: config.rate * alpha, alpha });
}

/** The configuration that a block of words stands for; what `detectorWordsOf` wrote. */
export function detectorFromWords(words: Int32Array): DetectorConfig {
  const { rise, alpha, rate, bits, ...plain } = decode(WORDS, words).values;
  return { ...plain, bits: bits as 8 | 16, rate: shortest(Math.round(rate * 65536), ALPHA[plain.mode] * 65536) };
}
