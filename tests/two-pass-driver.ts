// One interface over networks that must agree: the reference, and the two-pass cores through their raw ABI (FORMAT.md).

import type { TwoPassExports } from '../host/two-pass/core.js';
import { openCore, type OpenCore } from './open-core.js';
import { TwoPassReference, type TwoPassIntegers } from './reference/two-pass.js';
import { stateOf } from './reference/two-pass-state.js';

/** Samples are binary32 bit patterns; a label of -1 is none. */
export interface TwoPassImplementation {
  readonly name: string;
  learnOne(x: Uint32Array, label: number, positive: boolean): number;
  learnPair(positive: Uint32Array, negative: Uint32Array, label: number, negativeLabel: number): number;
  learnLabelled(x: Uint32Array, label: number): number;
  learnReadout(x: Uint32Array, label: number): number;
  judge(x: Uint32Array, label: number): void;
  predict(x: Uint32Array): number;
  predictByGoodness(x: Uint32Array): number;
  /** [labels] Q16 */
  scores(): ArrayLike<number>;
  /** [2 x layers] Q16 */
  goodness(): ArrayLike<number>;
  state(): Uint8Array;
  load(state: Uint8Array): void;
}

export function twoPassReference(config: TwoPassIntegers): Omit<TwoPassImplementation, 'load'> & { network: TwoPassReference } {
  const network = new TwoPassReference(config);
  return {
    name: 'reference',
    network,
    learnOne: (x, label, positive) => network.learnOne(x, label, positive),
    learnPair: (positive, negative, label, negativeLabel) => network.learnPair(positive, negative, label, negativeLabel),
    learnLabelled: (x, label) => network.learnLabelled(x, label),
    learnReadout: (x, label) => network.learnReadout(x, label),
    judge: (x, label) => network.judge(x, label),
    predict: (x) => network.predict(x),
    predictByGoodness: (x) => network.predictByGoodness(x),
    scores: () => network.scores,
    goodness: () => network.goodness.flat(),
    state: () => stateOf(network),
  };
}

/** The configuration words of FORMAT.md. */
export function twoPassWords(c: TwoPassIntegers): Int32Array {
  const words = new Int32Array(48);
  const flags = [c.sign < 0, c.meanActivity, c.scale !== undefined, c.normalise, c.labelInput, c.pairwise, c.readout];
  words.set([
    c.grid[0] * c.grid[1] * c.grid[2], c.labels, c.layers.length, c.bits, flags.reduce((sum, set, bit) => sum + (set ? 2 ** bit : 0), 0), c.seed,
    c.rate, c.alpha, c.margin, c.clip, c.scale ?? 0, c.readoutRate, c.theta, c.peers, c.readoutFrom, c.goodnessFrom, c.strength, c.hardness,
    c.grid[0], c.grid[1], c.group, c.readoutDrop,
  ]);
  c.layers.forEach(({ units, field, stride }, l) => words.set([units, field, stride], 24 + 3 * l));
  return words;
}

/** A configuration from its words. */
export function twoPassIntegers(words: Int32Array): TwoPassIntegers {
  const has = (bit: number): boolean => (words[4] & (2 ** bit)) !== 0;
  return {
    grid: [words[18], words[19], words[0] / (words[18] * words[19])],
    layers: Array.from({ length: words[2] }, (_, l) => ({ units: words[24 + 3 * l], field: words[25 + 3 * l], stride: words[26 + 3 * l] })),
    labels: words[1], bits: words[3] as 8 | 16, seed: words[5] >>> 0, rate: words[6], alpha: words[7], margin: words[8], clip: words[9],
    ...(has(2) ? { scale: words[10] >>> 0 } : {}),
    sign: has(0) ? -1 : 1, meanActivity: has(1), normalise: has(3), labelInput: has(4), pairwise: has(5), readout: has(6),
    readoutRate: words[11], theta: words[12], peers: words[13], readoutFrom: words[14], goodnessFrom: words[15], strength: words[16], hardness: words[17], group: words[20], readoutDrop: words[21],
  };
}

export type TwoPassBuild = 'scalar' | 'simd' | 'debug.scalar' | 'debug.simd';

export function twoPassCore(config: TwoPassIntegers, build: TwoPassBuild): TwoPassImplementation & Pick<OpenCore<unknown>, 'bytes' | 'arenaStart'> {
  const words = twoPassWords(config);
  const { core, bytes, arenaStart, bits, integers, state, load } = openCore<TwoPassExports>(`two-pass.${build}`, words);
  const sample = bits(core.input(), words[0]);
  const negative = bits(core.negativeInput(), words[0]);
  const taking = (x: Uint32Array): TwoPassExports => {
    sample.set(x);
    return core;
  };
  return {
    name: build,
    bytes,
    arenaStart,
    state,
    load,
    learnOne: (x, label, positive) => (positive ? taking(x).learnPositive(label) : taking(x).learnNegative(label)),
    learnPair(x, other, label, negativeLabel) {
      negative.set(other);
      return taking(x).learnPair(label, negativeLabel);
    },
    learnLabelled: (x, label) => taking(x).learnLabelled(label),
    learnReadout: (x, label) => taking(x).learnReadout(label),
    judge: (x, label) => taking(x).sense(label),
    predict: (x) => taking(x).predict(),
    predictByGoodness: (x) => taking(x).predictByGoodness(),
    scores: () => integers(core.scores(), config.labels),
    goodness: () => integers(core.goodness(), 2 * config.layers.length),
  };
}
