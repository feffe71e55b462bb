// One interface over regressors that must agree: the reference, and the cores through their raw ABI (FORMAT.md).

import type { RegressorExports } from '../host/regressor/core.js';
import { openCore, type OpenCore } from './open-core.js';
import { RegressorReference, type RegressorIntegers } from './reference/regressor.js';
import { stateOf } from './reference/regressor-state.js';

/** Samples and targets are binary32 bit patterns. */
export interface RegressorImplementation {
  readonly name: string;
  learn(x: Uint32Array, y: number): number;
  /** Value, low and high, and the power of two of their unit. */
  predict(x: Uint32Array): ArrayLike<number>;
  begin(): void;
  state(): Uint8Array;
  load(state: Uint8Array): void;
}

export function regressorReference(config: RegressorIntegers): Omit<RegressorImplementation, 'load'> & { network: RegressorReference } {
  const network = new RegressorReference(config);
  return {
    name: 'reference',
    network,
    learn: (x, y) => network.learn(x, y),
    predict: (x) => [...network.predict(x), network.target.exponent],
    begin: () => network.begin(),
    state: () => stateOf(network),
  };
}

/** The configuration words of FORMAT.md. */
export function regressorWords(c: RegressorIntegers): Int32Array {
  const words = new Int32Array(24);
  words.set([c.inputs, c.bins, c.units.length, c.bits, 35, c.seed, c.rate, c.alpha, c.margin, c.clip, 0, 0, 0, c.gateDivisor, c.horizon, c.lags, ...c.units]);
  return words;
}

/** A configuration from its words. */
export function regressorIntegers(words: Int32Array): RegressorIntegers {
  return {
    inputs: words[0], bins: words[1], units: [...words.subarray(16, 16 + words[2])], bits: words[3] as 8 | 16, seed: words[5] >>> 0, rate: words[6],
    alpha: words[7], margin: words[8], clip: words[9], gateDivisor: words[13], horizon: words[14], lags: words[15],
  };
}

export type RegressorBuild = 'scalar' | 'simd' | 'debug.scalar' | 'debug.simd';

export function regressorCore(config: RegressorIntegers, build: RegressorBuild): RegressorImplementation & Pick<OpenCore<unknown>, 'bytes' | 'arenaStart'> {
  const { core, bytes, arenaStart, bits, integers, state, load } = openCore<RegressorExports>(`regressor.${build}`, regressorWords(config));
  const sample = bits(core.input(), config.inputs - config.lags);
  const answer = integers(core.prediction(), 3);
  const taking = (x: Uint32Array): RegressorExports => {
    sample.set(x);
    return core;
  };
  return {
    name: build,
    bytes,
    arenaStart,
    state,
    load,
    learn: (x, y) => taking(x).learn(y),
    predict: (x) => {
      taking(x).predict();
      return [...answer, core.exponent()];
    },
    begin: () => core.begin(),
  };
}
