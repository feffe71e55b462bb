// One interface over two detectors that must agree: the reference, and the core through its raw ABI (FORMAT.md).

import type { DetectorExports } from '../host/detector/core.js';
import { detectorWordsOf, resolveDetectorConfig } from '../host/detector/config.js';
import { openCore } from './open-core.js';
import { ReferenceDetector, type DetectorIntegers } from './reference/detector.js';
import { stateOf } from './reference/detector/state.js';

export interface DetectorImplementation {
  readonly name: string;
  /** Binary32 bit patterns; whether it is an alarm. */
  observe(x: Uint32Array): boolean;
  score(): number;
  parts(): ArrayLike<number>;
  views(): ArrayLike<number>;
  commission(): void;
  state(): Uint8Array;
  load(state: Uint8Array): void;
}

export function referenceDetector(config: DetectorIntegers): Omit<DetectorImplementation, 'load'> & { detector: ReferenceDetector } {
  const detector = new ReferenceDetector(config);
  return {
    name: 'reference',
    detector,
    observe: (x) => detector.observe(x),
    score: () => detector.score,
    parts: () => detector.parts(),
    views: () => detector.views(),
    commission: () => detector.commission(),
    state: () => stateOf(detector),
  };
}

/** The configuration words of FORMAT.md. */
export function detectorWords(c: DetectorIntegers): Int32Array {
  return Int32Array.of(c.mode === 'streaming' ? 0 : 1, c.channels, c.units, c.bits, c.seed, c.warmup, c.hold, c.threshold, c.rise, c.every, c.rate, c.alpha);
}

export function detectorCore(config: DetectorIntegers): DetectorImplementation & { bytes: number; pageBytes: number } {
  const { core, bytes, pageBytes, bits, integers, state, load } = openCore<DetectorExports>('detector', detectorWords(config));
  const input = bits(core.input(), config.channels);
  const parts = integers(core.parts(), config.channels);
  const views = integers(core.views(), config.channels);
  return {
    name: 'core',
    bytes,
    pageBytes,
    state,
    load,
    observe(x) {
      input.set(x);
      return core.observe() === 1;
    },
    score: () => core.score(),
    parts: () => parts,
    views: () => views,
    commission: () => core.commission(),
  };
}

/** The default setting of a mode as integers. */
export function detectorDefaults(shape: Partial<DetectorIntegers> & { mode: DetectorIntegers['mode'] }): DetectorIntegers {
  return { ...integersOf(detectorWordsOf(resolveDetectorConfig({ mode: shape.mode, channels: shape.channels ?? 1 }))), ...shape };
}

/** A configuration from its words. */
export function integersOf(words: Int32Array): DetectorIntegers {
  const [mode, channels, units, bits, seed, warmup, hold, threshold, rise, every, rate, alpha] = words;
  return { mode: mode === 0 ? 'streaming' : 'commissioned', channels, units, bits: bits as 8 | 16, seed: seed >>> 0, warmup, hold, threshold, rise, every, rate, alpha };
}
