/// <reference lib="esnext.disposable" preserve="true" />
import { checkFields } from '../config-values.js';
import { Network } from '../network.js';
import { detectorWordsOf, resolveDetectorConfig, type DetectorConfig, type ResolvedDetectorConfig } from './config.js';
import { compileDetector, placeDetector, type DetectorExports } from './core.js';
import { detectorPlanOf, type DetectorPlan } from './plan.js';
import { decodeDetector, encodeDetector } from './snapshot.js';

/**
 * One way to look at a channel. `level`: above, below or for long away from where values usually are. `change`: a step. `rhythm`: not what the values before, or a
 * period ago, let expect. `spread`: livelier or quieter than usual. `trend`: it moves one way. `stuck`: it stands still, or one of two states lasts for too long. `missing`: no value for longer than
 * usual. `joint`: channels do not go together as usual; all that commissioned mode looks at.
 */
export type View = 'level' | 'change' | 'rhythm' | 'spread' | 'trend' | 'stuck' | 'missing' | 'joint';

/** In the order of the core's views (assembly/detector/layout.ts). */
const VIEWS: readonly View[] = ['level', 'level', 'change', 'rhythm', 'spread', 'trend', 'rhythm', 'level', 'spread', 'stuck', 'missing', 'stuck', 'joint'];

/** The answer of `observe`. */
export interface Observation {
  /** How unusual this sample is; 1 is where alarms begin (`threshold` of the configuration). 0 while the detector is still warming up. */
  score: number;
  /**
   * How unusual it has lately been: the greatest score, of which a 96th fades with each sample. To draw, and to tell stretches that are odd from others; alarms
   * go by `score`.
   */
  recent: number;
  /** True if this is an alarm: the score is above the threshold as it stands now, and no alarm was given within `hold` samples, or the score is at least twice the greatest since then, which fades over the hold. */
  alarm: boolean;
  /**
   * The part of each channel in the score, in the same units; a fresh array. Streaming: each channel's own score, of which the greatest is the
   * score. Commissioned: its part of the score; they sum to the score but for what the biases have in it, and can be below 0.
   */
  channels: Float64Array;
  /** The view of each channel that gave its score. A fresh array. */
  views: View[];
}

/** Counters and sizes of a detector. */
export interface DetectorStats {
  /** Samples observed. */
  seen: number;
  alarms: number;
  /** The threshold now, in units of the score: 1 or, shortly after alarms, more. */
  threshold: number;
  /** Commissioned mode: samples that are still to be learned; 0 in streaming mode, which never stops. */
  toLearn: number;
  bytes: DetectorPlan;
}

/** Byte offsets in the arena's header (assembly/detector/layout.ts). */
const ALARMS = 8;
const THRESHOLD = 16;
const LEARNED = 24;

/**
 * Learns what is normal from samples without labels, and says how unusual each new one is. `createDetector` and `loadDetector` make one;
 * everything after that is synchronous and allocates nothing in the core.
 */
export class Detector extends Network<DetectorExports> {
  readonly config: ResolvedDetectorConfig;
  /** Any text that the snapshot is to keep: what its channels are called, say. No core reads it. */
  note = '';
  #parts: Int32Array;
  #views: Int32Array;

  /** @internal Use `createDetector` or `loadDetector`. */
  constructor(module: WebAssembly.Module, config: ResolvedDetectorConfig, state?: Uint8Array) {
    const place = placeDetector(module, detectorWordsOf(config));
    const { core } = place;
    super('detector', { module, build: 'scalar', place, sampleAt: core.input(), inputs: config.channels }, state);
    this.config = config;
    this.#parts = new Int32Array(core.memory.buffer, core.parts(), config.channels);
    this.#views = new Int32Array(core.memory.buffer, core.views(), config.channels);
  }

  /**
   * One sample: scored by what was learned before it, then learned (in commissioned mode only during the warm-up).
   * @param x `channels` numbers in whatever units the sensors have, or the number itself for one channel. They are rounded to binary32; NaN and
   * infinities are missing: the channel has no part in this sample.
   * @throws TypeError, RangeError: not an array of numbers, another length.
   */
  observe(x: ArrayLike<number> | number): Observation {
    const core = this.#take(x);
    const alarm = core.observe() === 1;
    const { mode, threshold } = this.config;
    const raw = core.score() / 65536;
    const channels = new Float64Array(this.#parts.length);
    if (mode === 'streaming') {
      for (let i = 0; i < channels.length; i++) channels[i] = this.#parts[i]! / 65536 / threshold;
    } else if (raw > 0) {
      // the parts are of goodness, whose root the score is: the same shares
      let goodness = 0;
      for (let i = 0; i < channels.length; i++) goodness += Math.abs(this.#parts[i]!);
      for (let i = 0; i < channels.length; i++) channels[i] = goodness === 0 ? 0 : ((this.#parts[i]! / goodness) * raw) / threshold;
    }
    const views = Array.from(this.#views, (view): View => (mode === 'streaming' ? VIEWS[view]! : 'joint'));
    return { score: raw / threshold, recent: core.recent() / 65536 / threshold, alarm, channels, views };
  }

  /** Forgets what is normal, and learns it anew from what comes: after a repair, a move, a change of product. Counters go on. */
  commission(): void {
    this.core.commission();
  }

  /** Samples observed. */
  get seen(): number {
    return Number(this.header.getBigUint64(0, true));
  }

  /** Counters and sizes. */
  stats(): DetectorStats {
    const { mode, warmup, threshold } = this.config;
    const { header } = this;
    return {
      seen: this.seen,
      alarms: header.getUint32(ALARMS, true),
      threshold: header.getInt32(THRESHOLD, true) / Math.round(threshold * 2 ** 24),
      toLearn: mode === 'streaming' ? 0 : Math.max(0, warmup - header.getUint32(LEARNED, true)),
      bytes: detectorPlanOf(this.config),
    };
  }

  /** Everything learned, as bytes that `loadDetector` takes back: self-describing, with a checksum. */
  save(): Uint8Array {
    return encodeDetector(this.config, this.state, this.note);
  }

  /** A second detector that has learned the same and goes its own way from here. */
  clone(): Detector {
    const copy = new Detector(this.module, this.config, this.state.slice());
    copy.note = this.note;
    return copy;
  }

  /** Back to the first moment, with the same seed, counters included. `commission` keeps them. */
  reset(): void {
    this.create(detectorWordsOf(this.config));
  }

  /** @internal */
  protected override view(core: DetectorExports): void {
    super.view(core);
    this.#parts = new Int32Array(core.memory.buffer, core.parts(), this.config.channels);
    this.#views = new Int32Array(core.memory.buffer, core.views(), this.config.channels);
  }

  override dispose(): void {
    super.dispose();
    this.#parts = new Int32Array(0);
    this.#views = new Int32Array(0);
  }

  #take(x: ArrayLike<number> | number): DetectorExports {
    const { channels } = this.config;
    if (typeof x !== 'number') return this.take(x);
    if (channels !== 1) throw new RangeError(`x: one number; this detector takes an array of ${channels}`);
    return this.take([x]);
  }
}

/** @internal Behind `createDetector`. */
export async function makeDetector(config: DetectorConfig, options: object): Promise<Detector> {
  checkFields('options', options, []);
  const resolved = resolveDetectorConfig(config);
  return new Detector(await compileDetector(), resolved);
}

/** @internal Behind `loadDetector`. */
export async function restoreDetector(snapshot: Uint8Array, options: object): Promise<Detector> {
  checkFields('options', options, []);
  const { config, state, note } = decodeDetector(snapshot);
  const detector = new Detector(await compileDetector(), config, state);
  detector.note = note;
  return detector;
}

/** @internal Behind `detectorBytesNeeded`. */
export function planDetector(config: DetectorConfig): DetectorPlan {
  return detectorPlanOf(resolveDetectorConfig(config));
}
