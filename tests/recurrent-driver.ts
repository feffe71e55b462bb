// One interface over networks that must agree: the reference, and the recurrent cores through their raw ABI (FORMAT.md).

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecurrentExports } from '../host/recurrent/core.js';
import { RecurrentReference, type RecurrentIntegers } from './reference/recurrent.js';
import { stateOf } from './reference/recurrent-state.js';

/** Samples are binary32 bit patterns. */
export interface RecurrentImplementation {
  readonly name: string;
  learn(x: Uint32Array, label: number): number;
  predict(x: Uint32Array): number;
  reset(): void;
  /** [labels] Q16 */
  scores(): ArrayLike<number>;
  state(): Uint8Array;
  load(state: Uint8Array): void;
}

export function recurrentReference(config: RecurrentIntegers): Omit<RecurrentImplementation, 'load'> & { network: RecurrentReference } {
  const network = new RecurrentReference(config);
  return {
    name: 'reference',
    network,
    learn: (x, label) => network.learn(x, label),
    predict: (x) => network.predict(x),
    reset: () => network.reset(),
    scores: () => network.scores,
    state: () => stateOf(network),
  };
}

/** The configuration words of FORMAT.md. */
export function recurrentWords(c: RecurrentIntegers): Int32Array {
  const words = new Int32Array(24);
  words.set([
    c.inputs, c.labels, c.units.length, c.bits, c.scale === undefined ? 0 : 4, c.seed, c.rate, c.alpha, c.margin, c.clip, c.scale ?? 0, 0, 0, c.gateDivisor,
    c.iterations + 256 * c.countFrom + (c.carry ? 65536 : 0), c.stateDrop, ...c.units,
  ]);
  return words;
}

/** A configuration from its words. */
export function recurrentIntegers(words: Int32Array): RecurrentIntegers {
  return {
    inputs: words[0], labels: words[1], units: [...words.subarray(16, 16 + words[2])], bits: words[3] as 8 | 16, seed: words[5] >>> 0, rate: words[6],
    alpha: words[7], margin: words[8], clip: words[9], ...(words[4] === 4 ? { scale: words[10] >>> 0 } : {}), gateDivisor: words[13],
    iterations: words[14] % 256, countFrom: Math.floor(words[14] / 256) % 256, carry: words[14] >= 65536, stateDrop: words[15],
  };
}

const modules = new Map<string, WebAssembly.Module>();

export type RecurrentBuild = 'scalar' | 'simd' | 'debug.scalar' | 'debug.simd';

export function recurrentCore(config: RecurrentIntegers, build: RecurrentBuild): RecurrentImplementation & { bytes: number; arenaStart: number } {
  const module = modules.get(build) ?? new WebAssembly.Module(readFileSync(fileURLToPath(new URL(`../build/recurrent.${build}.wasm`, import.meta.url))));
  modules.set(build, module);
  const env = { abort: () => { throw new Error(`recurrent.${build}: an assertion failed`); } };
  const core = new WebAssembly.Instance(module, { env }).exports as unknown as RecurrentExports;
  const { memory } = core;
  const words = recurrentWords(config);
  new Int32Array(memory.buffer, core.config(), words.length).set(words);
  const bytes = core.plan();
  if (bytes < 0) throw new RangeError(`plan: ${bytes}`);
  const missing = core.arena() + bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  const status = core.create();
  if (status !== 0) throw new RangeError(`create: ${status}`);
  const sample = new Uint32Array(memory.buffer, core.input(), config.inputs);
  const state = new Uint8Array(memory.buffer, core.arena(), core.stateBytes());
  const taking = (x: Uint32Array): RecurrentExports => {
    sample.set(x);
    return core;
  };
  return {
    name: build,
    bytes,
    arenaStart: core.arena(),
    learn: (x, label) => taking(x).learn(label),
    predict: (x) => taking(x).predict(),
    reset: () => core.reset(),
    scores: () => new Int32Array(memory.buffer, core.scores(), config.labels),
    state: () => state.slice(),
    load: (from) => state.set(from),
  };
}
