// One interface over networks that must agree: the reference, and the recurrent cores through their raw ABI (FORMAT.md).

import type { RecurrentExports } from '../host/recurrent/core.js';
import { openCore, type OpenCore } from './open-core.js';
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

export type RecurrentBuild = 'scalar' | 'simd' | 'debug.scalar' | 'debug.simd';

export function recurrentCore(config: RecurrentIntegers, build: RecurrentBuild): RecurrentImplementation & Pick<OpenCore<unknown>, 'bytes' | 'arenaStart'> {
  const { core, bytes, arenaStart, bits, integers, state, load } = openCore<RecurrentExports>(`recurrent.${build}`, recurrentWords(config));
  const sample = bits(core.input(), config.inputs);
  const taking = (x: Uint32Array): RecurrentExports => {
    sample.set(x);
    return core;
  };
  return {
    name: build,
    bytes,
    arenaStart,
    state,
    load,
    learn: (x, label) => taking(x).learn(label),
    predict: (x) => taking(x).predict(),
    reset: () => core.reset(),
    scores: () => integers(core.scores(), config.labels),
  };
}
