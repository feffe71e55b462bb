/// <reference lib="esnext.disposable" preserve="true" />
import type { Build, LearnerConfig, LearnerMemory, LearnerSettings } from './config.js';
import { namesOf } from './label-names.js';
import { describe } from './config-values.js';
import { LearnerError } from './errors.js';
import { createLearner, loadLearner } from './create-learner.js';
import type { Learner, LearnerOptions, Stats } from './learner.js';
import { bytesNeeded, type MemoryPlan } from './plan.js';

/** Configuration of a predictor: symbols, and a learner's settings. Only `symbols` has no default. */
export type PredictorConfig<S extends string = string> = PredictorSettings<S> & LearnerMemory;

/** Settings that every kind of memory shares. */
export interface PredictorSettings<S extends string = string> extends Omit<LearnerSettings, 'labels' | 'labelCapacity' | 'inputScale'> {
  /** Names of all symbols there will ever be, distinct, 2 to 256: characters, states of a machine, kinds of event. */
  symbols: readonly S[];
  /** How many of the last symbols are looked at, 1 or more; at most 4096 / symbols. Default 10. */
  window?: number;
  /** As in a learner, but default false: on text the self-finding rate falls to its lower limit and costs a point. */
  selfRate?: boolean;
}

/** The answer of `predict`. */
export interface NextSymbol<S extends string = string> {
  /** The symbol of greatest goodness. */
  symbol: S;
  /** How likely it is, 0 to 1. */
  probability: number;
  /** Goodness of that symbol minus the second best. */
  margin: number;
  /** Goodness of every symbol, in the order of `symbols`; a fresh array. */
  scores: Float64Array;
  /** How likely each symbol is, in the same order; they sum to 1. */
  probabilities: Float64Array;
}

/**
 * A symbol of age k (0 for the newest) is written as FADING^k. Aesop's fables, every fifth of the 248 strings held out, 200-200 units, ten passes, 16 bits:
 * all ages alike 46.1 % right on those held out, 0.8 51.3, 0.7 54.0, 0.6 54.1.
 */
const FADING = 0.7;
const WINDOW = 10;

/**
 * Learns which symbol follows the last few, one symbol at a time: a learner whose sample is the window, one-hot, older symbols fainter, and whose label is
 * the symbol that comes. `createPredictor` and `loadPredictor` make one; everything after that is synchronous.
 */
export class Predictor<S extends string = string> {
  readonly symbols: readonly S[];
  /** How many of the last symbols are looked at. */
  readonly window: number;
  /** The learner inside: for its rate, its counters and its snapshot. Samples are the predictor's business. */
  readonly learner: Learner;
  readonly #index: ReadonlyMap<string, number>;
  /** [window, symbols], newest symbol first; what the sample is. */
  readonly #sample: Float32Array;
  /** [window], how each age is written. */
  readonly #strengths: readonly number[];
  /** Indices of the symbols in the window, newest first. */
  #seen: number[] = [];

  /** @internal Use `createPredictor` or `loadPredictor`. */
  constructor(learner: Learner) {
    this.learner = learner;
    this.symbols = learner.config.labels as readonly S[];
    this.window = learner.inputs / this.symbols.length;
    this.#index = new Map(this.symbols.map((symbol, index) => [symbol, index]));
    this.#sample = new Float32Array(learner.inputs);
    this.#strengths = strengthsOf(this.window);
  }

  /**
   * One step: learns that `symbol` follows the window, which then moves on to it. Call `predict` before it for test-then-train.
   * @throws TypeError, RangeError: not a string, none of `symbols`.
   */
  learn(symbol: S): void {
    const index = this.#indexOf(symbol);
    this.learner.learn(this.#sample, symbol);
    this.#moveOn(index);
  }

  /** Lets the window move on to `symbol` without learning. */
  see(symbol: S): void {
    this.#moveOn(this.#indexOf(symbol));
  }

  /** Predicts the next symbol. Changes nothing. */
  predict(): NextSymbol<S> {
    const { label, ...answer } = this.learner.predict(this.#sample);
    return { symbol: label as S, ...answer };
  }

  /** The symbols in the window, oldest first: fewer than `window` at the start of a sequence. */
  get seen(): S[] {
    return this.#seen.map((index) => this.symbols[index]!).reverse();
  }

  /** A new sequence begins: the window is empty, what was learned stays. */
  begin(): void {
    this.#seen = [];
    this.#sample.fill(0);
  }

  /** Back to the first moment, with the same seed: nothing learned, an empty window. */
  reset(): void {
    this.learner.reset();
    this.begin();
  }

  /** The build of the core that runs. */
  get build(): Build {
    return this.learner.build;
  }

  /** Counters and sizes, as the learner's. */
  stats(): Stats {
    return this.learner.stats();
  }

  /** A second predictor that has learned the same, with the same symbols in its window, and goes its own way from here. */
  clone(): Predictor<S> {
    const copy = new Predictor<S>(this.learner.clone());
    for (const symbol of this.seen) copy.see(symbol);
    return copy;
  }

  /** Everything learned, as the learner's snapshot. The window is not in it: keep `seen` beside it where a sequence is to go on. */
  save(): Uint8Array {
    return this.learner.save();
  }

  /** Gives the memory back; every later call throws. */
  dispose(): void {
    this.learner.dispose();
  }

  /** `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #indexOf(symbol: string): number {
    const index = this.#index.get(symbol);
    if (index !== undefined) return index;
    if (typeof symbol !== 'string') throw new TypeError(`symbol: expected one of the names in config.symbols, got ${describe(symbol)}`);
    const known = this.symbols.slice(0, 8).map((name) => `'${name}'`).join(', ');
    const more = this.symbols.length > 8 ? ', ...' : '';
    throw new RangeError(`symbol: '${symbol}' is unknown; this predictor has ${known}${more}: map it to one of these, or name it in config.symbols`);
  }

  #moveOn(index: number): void {
    this.#seen.unshift(index);
    if (this.#seen.length > this.window) this.#seen.pop();
    this.#sample.fill(0);
    this.#seen.forEach((symbol, age) => (this.#sample[age * this.symbols.length + symbol] = this.#strengths[age]!));
  }
}

/**
 * Makes a predictor.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createPredictor<const S extends string>(config: PredictorConfig<S>, options: LearnerOptions = {}): Promise<Predictor<S>> {
  return new Predictor(await createLearner(learnerConfigOf(config), options));
}

/**
 * A predictor that has learned what the one that was saved had. Its window is empty: let it `see` what the other's `seen` was, and it goes on to the same
 * bytes; otherwise its first predictions know less than a window.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot, and for one of another kind of learner.
 */
export async function loadPredictor(snapshot: Uint8Array, options: LearnerOptions = {}): Promise<Predictor> {
  const learner = await loadLearner(snapshot, options);
  const { inputs, labels, inputScale } = learner.config;
  const window = inputs / labels.length;
  if (!Number.isInteger(window) || inputScale !== scaleOf(window, labels.length)) {
    learner.dispose();
    throw new LearnerError('ESNAPSHOT_SHAPE', 'snapshot: this is a learner, but not a predictor; loadLearner reads it');
  }
  return new Predictor(learner);
}

/** Bytes that a predictor of this configuration needs, known before anything is created. */
export function predictorBytesNeeded(config: PredictorConfig): Promise<MemoryPlan> {
  return bytesNeeded(learnerConfigOf(config));
}

/** The scale at which a full window has an RMS of 1, but for what is clipped: symbols that are written as more than 5. */
function scaleOf(window: number, symbols: number): number {
  const energy = strengthsOf(window).reduce((sum, strength) => sum + strength * strength, 0);
  return Math.fround(Math.sqrt((window * symbols) / energy));
}

/** Powers by repeated multiplication: Math.pow may differ in its last bit from engine to engine. */
function strengthsOf(window: number): number[] {
  const strengths = [1];
  while (strengths.length < window) strengths.push(strengths.at(-1)! * FADING);
  return strengths;
}

function learnerConfigOf(config: PredictorConfig): LearnerConfig {
  if (typeof config !== 'object' || config === null) {
    throw new TypeError(`config: expected an object such as { symbols: ['a', 'b', 'c'] }, got ${describe(config)}`);
  }
  const { symbols, window = WINDOW, ...settings } = config;
  for (const key of ['inputs', 'grid', 'labels', 'labelCapacity', 'inputScale']) {
    if (key in settings) throw new TypeError(`config.${key}: a predictor has no such field; its samples are made from symbols and window`);
  }
  namesOf('symbols', symbols, 2);
  const longest = Math.floor(4096 / symbols.length);
  if (!Number.isInteger(window) || window < 1 || window > longest) {
    throw new RangeError(`config.window: got ${describe(window)}; expected a whole number, 1 to ${longest} with ${symbols.length} symbols`);
  }
  return { selfRate: false, ...settings, inputs: window * symbols.length, labels: symbols, inputScale: scaleOf(window, symbols.length) };
}
