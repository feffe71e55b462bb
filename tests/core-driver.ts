// One driver for every implementation of the learner: the reference, and the cores through their raw ABI (FORMAT.md).

import type { CoreExports } from '../host/core.js';
import { Lockstep } from './lockstep.js';
import { create, openCore, wasmOf, type OpenCore } from './open-core.js';
import { ReferenceLearner, type IntegerConfig } from './reference.js';
import { ContinualReference } from './reference/continual.js';
import { fieldAt } from './reference/state.js';

/** Samples and windows are binary32 bit patterns, so that a NaN stays the NaN that it is. */
export interface Implementation {
  readonly name: string;
  /** Layers updated. */
  learn(x: Uint32Array, label: number): number;
  /** Index of the label. */
  predict(x: Uint32Array): number;
  adapt(x: Uint32Array): void;
  extract(window: Uint32Array): Uint32Array;
  /** Takes a free label into use; -1 when there is none. */
  addLabel(): number;
  /** `into` (or -1): of a continual learner only. */
  removeLabel(label: number, into: number): void;
  /** Of a continual learner only. */
  sleep(steps: number): void;
  /** Of a continual learner only: loss of the newest exemplars, octaves in Q10. */
  newestLoss(): number;
  /** Of a label in Q15, after `predict`. */
  probability(label: number): number;
  /** Of a sample as one of a label, in Q15, after its `predict`; -1 where nothing can be said. */
  familiarity(x: Uint32Array, label: number): number;
  /** Goodness per label in use after `learn` or `predict`, Q16; valid until the next call. */
  scores(): ArrayLike<number>;
  /** A copy of the state bytes. */
  state(): Uint8Array;
  load(state: Uint8Array): void;
}

export type CoreName = 'scalar' | 'simd' | 'relaxed';

/** The builds that every process can run; `relaxed` has a file of its own (relaxed-equality.test.ts). */
const COMMON: readonly CoreName[] = ['scalar', 'simd'];

export function reference(config: IntegerConfig): Implementation & { learner: ReferenceLearner } {
  const learner = config.continual ? new ContinualReference(config) : new ReferenceLearner(config);
  return {
    name: 'reference',
    learner,
    learn: (x, label) => learner.learn(x, label),
    predict: (x) => learner.predict(x),
    adapt: (x) => learner.adapt(x),
    extract: (window) => learner.extract(window),
    addLabel: () => learner.addLabel(),
    removeLabel: (label, into) => (learner instanceof ContinualReference ? learner.removeLabel(label, into) : learner.removeLabel(label)),
    sleep(steps) {
      if (learner instanceof ContinualReference) learner.sleep(steps);
    },
    newestLoss: () => (learner instanceof ContinualReference ? learner.newestLoss() : 0),
    probability: (label) => learner.probability(label),
    familiarity: (x, label) => learner.familiarity(x, label),
    scores: () => learner.scores,
    state: () => learner.state(),
    load: (state) => learner.load(state),
  };
}

/** The reference, and the cores that it judges. */
export function learners(config: IntegerConfig, seed: number, builds = COMMON): Lockstep<Implementation, ReturnType<typeof reference>> {
  const judge = reference(config);
  return new Lockstep<Implementation, typeof judge>(judge, builds.map((build) => () => core(build, config)), (at) => fieldAt(judge.learner, at), { seed, config });
}

/** Answer, scores, probability and familiarity of a sample. */
export function comparePredictions(all: ReturnType<typeof learners>, x: Uint32Array): void {
  const label = all.same('prediction', (each) => each.predict(x));
  all.same('score', (each) => each.scores());
  all.same('probability', (each) => each.probability(label));
  all.same('familiarity', (each) => each.familiarity(x, label));
}

/** A core by what it is built with. */
export type Parts = 'core' | 'continual' | 'fields' | 'vision';

/** The core that has the parts of a configuration. */
export const partsOf = ({ grid, continual }: IntegerConfig): Parts => (grid ? (continual ? 'vision' : 'fields') : continual ? 'continual' : 'core');

export interface Core extends Implementation {
  readonly exports: CoreExports;
  /** Bytes of arena. */
  readonly bytes: number;
}

export function core(name: CoreName, config: IntegerConfig): Core {
  return driven(name, openCore(`${partsOf(config)}.${name}`, configWords(config)), config);
}

/** Creates a learner in an instance of a core. */
export const drive = (name: string, exports: CoreExports, config: IntegerConfig): Core => driven(name, create(exports, configWords(config)), config);

function driven(name: string, { core: exports, bytes, arenaStart, bits, integers, state, load }: OpenCore<CoreExports>, config: IntegerConfig): Core {
  const { inputs, labels, window = { axes: 0, samples: 0 } } = config;
  const input = bits(exports.input(), inputs);
  const rawWindow = bits(exports.window?.() ?? 0, window.axes * window.samples);
  const scores = integers(exports.scores(), labels);
  const header = integers(arenaStart, 12);
  const taking = (x: Uint32Array): CoreExports => {
    input.set(x);
    return exports;
  };
  return {
    name,
    exports,
    bytes,
    state,
    load,
    learn: (x, label) => taking(x).learn(label),
    predict: (x) => taking(x).predict(),
    adapt: (x) => taking(x).adapt(),
    extract(values) {
      rawWindow.set(values);
      exports.extract!();
      return input.slice();
    },
    addLabel: () => exports.addLabel(),
    removeLabel: (label, into) => exports.removeLabel(label, into),
    sleep: (steps) => exports.sleep?.(steps),
    newestLoss: () => exports.newestLoss?.() ?? 0,
    probability: (label) => exports.probability(label),
    familiarity: (_, label) => exports.familiarity(label),
    scores: () => scores.subarray(0, header[LABELS_IN_USE]),
  };
}

/** Word of the header. */
const LABELS_IN_USE = 7;
const DRIFTS = ['none', 'two-rates', 'page-hinkley', 'adwin', 'ddm', 'input'];

/** The configuration words of FORMAT.md. */
export function configWords(config: IntegerConfig): Int32Array {
  const { inputs, labels, units, bits, skipInput, selfRate, seed, rate, alpha, margin, clip, scale, window, gateDivisor } = config;
  const flags = (skipInput ? 1 : 0) | (selfRate ? 2 : 0) | (scale === undefined ? 0 : 4) | (['off', 'input', 'full'].indexOf(config.secondOrder ?? 'off') << 5) | (config.familiar ? 16 : 0);
  const words = new Int32Array(24);
  words.set([
    inputs, labels, units.length, bits, flags, seed, rate, alpha, margin, clip, scale ?? 0, window?.axes ?? 0, window?.samples ?? 0, gateDivisor,
  ]);
  if (config.continual) {
    const { exemplars, exemplarBits, prototypes, replays, spread, drift } = config.continual;
    words[14] = exemplars;
    words[4] |= spread ? 8 : 0;
    words[15] = exemplarBits | (prototypes << 8) | (replays << 16) | (DRIFTS.indexOf(drift) << 24);
  }
  words.set(units.slice(0, 8).map((layer) => (typeof layer === 'number' ? layer : layer.channels | (layer.stride << 16) | (layer.field << 24))), 16);
  if (config.grid) words[11] = config.grid.height | (config.grid.width << 16);
  return words;
}

export function writeConfig(exports: CoreExports, config: IntegerConfig): void {
  const words = configWords(config);
  new Int32Array(exports.memory.buffer, exports.config(), words.length).set(words);
}

export { wasmOf };

/** Binary32 bit patterns of values. */
export const bitsOf = (values: Iterable<number>): Uint32Array => new Uint32Array(Float32Array.from(values).buffer);

/** The default setting as integers. */
export function defaults(shape: Partial<IntegerConfig> & { inputs: number; labels: number }): IntegerConfig {
  return {
    units: [64, 64],
    bits: 16,
    skipInput: true,
    selfRate: true,
    seed: 1,
    rate: Math.round(0.05 * 65536),
    alpha: 10 * 256,
    margin: Math.round(0.05 * 32768),
    clip: 5 * 256,
    gateDivisor: 20,
    ...shape,
  };
}
