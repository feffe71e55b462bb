// One interface over two detectors that must agree: the reference, and the core through its raw ABI (FORMAT.md).

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { detectorWordsOf, resolveDetectorConfig } from '../host/detector/config.js';
import { ReferenceDetector, type DetectorIntegers } from './reference/detector.js';
import { stateOf } from './reference/detector/state.js';

export interface DetectorImplementation {
  readonly name: string;
  /** Binary32 bit patterns; whether it is an alarm. */
  observe(x: Uint32Array): boolean;
  score(): number;
  parts(): ArrayLike<number>;
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
    commission: () => detector.commission(),
    state: () => stateOf(detector),
  };
}

interface Exports {
  memory: WebAssembly.Memory;
  config(): number;
  plan(): number;
  create(): number;
  commission(): void;
  arena(): number;
  stateBytes(): number;
  input(): number;
  observe(): number;
  score(): number;
  parts(): number;
}

/** The configuration words of FORMAT.md. */
export function detectorWords(c: DetectorIntegers): Int32Array {
  return Int32Array.of(c.mode === 'streaming' ? 0 : 1, c.channels, c.units, c.bits, c.seed, c.warmup, c.hold, c.threshold, c.rise, c.every, c.rate, c.alpha);
}

let module: WebAssembly.Module | undefined;

export function detectorCore(config: DetectorIntegers): DetectorImplementation & { bytes: number; pageBytes: number } {
  module ??= new WebAssembly.Module(readFileSync(fileURLToPath(new URL('../build/detector.wasm', import.meta.url))));
  const core = new WebAssembly.Instance(module).exports as unknown as Exports;
  const { memory } = core;
  const words = detectorWords(config);
  new Int32Array(memory.buffer, core.config(), words.length).set(words);
  const bytes = core.plan();
  if (bytes < 0) throw new RangeError(`plan: ${bytes}`);
  const missing = core.arena() + bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  const status = core.create();
  if (status !== 0) throw new RangeError(`create: ${status}`);
  const input = new Uint32Array(memory.buffer, core.input(), config.channels);
  const parts = new Int32Array(memory.buffer, core.parts(), config.channels);
  const state = new Uint8Array(memory.buffer, core.arena(), core.stateBytes());
  return {
    name: 'core',
    bytes,
    pageBytes: memory.buffer.byteLength,
    observe(x) {
      input.set(x);
      return core.observe() === 1;
    },
    score: () => core.score(),
    parts: () => parts,
    commission: () => core.commission(),
    state: () => state.slice(),
    load: (from) => state.set(from),
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
