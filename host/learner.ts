/// <reference lib="esnext.disposable" preserve="true" />
import { describe, configWords, resolveConfig, resolveRate, type Build, type LearnerConfig, type ResolvedConfig } from './config.js';
import { compile, instantiate, supportedBuild, type CoreExports } from './core.js';
import { LearnerError } from './errors.js';
import { planOf, type MemoryPlan } from './plan.js';
import { decodeSnapshot, encodeSnapshot } from './snapshot.js';

/** What `predict` answers. */
export interface Prediction {
  /** The label of greatest goodness. */
  label: string;
  /** Goodness of that label minus the second best: how far the decision is from turning. */
  margin: number;
  /** Goodness of every label, summed over layers, in the order of `labels`; a fresh array. */
  scores: Float64Array;
}

/** Counters and sizes of a learner. */
export interface Stats {
  /** Samples learned. */
  seen: number;
  /** Layer updates done: less than layers x seen, because confident samples are skipped. */
  updates: number;
  /** Weights that stand at the limit of their format now. */
  saturations: number;
  /** What each layer's self-finding rate has become, as a multiple of `rate`; 1 where it is off. */
  rates: number[];
  /** Bytes by kind. */
  bytes: MemoryPlan;
}

/** How to run a learner. */
export interface LearnerOptions {
  /** The build of the core; by default the fastest that the runtime has. Both learn the same bytes. */
  build?: Build;
}

/**
 * A network that learns one sample at a time. `createLearner` and `loadLearner` make one; everything after that is synchronous
 * and allocates nothing in the core.
 *
 * A sample is any array-like of `inputs` numbers in whatever units the sensor has. They are rounded to binary32; NaN and
 * infinities (and numbers beyond 3.4e38) count as missing: the channel's running mean stands in.
 */
export class Learner {
  readonly config: ResolvedConfig;
  /** Names of the labels, in the order of `scores`. */
  readonly labels: readonly string[];
  /** Length of a sample: features, or axes x samples of a window. */
  readonly inputs: number;
  readonly #module: WebAssembly.Module;
  readonly #index: ReadonlyMap<string, number>;
  #core: CoreExports | null;
  #sample: Float32Array;
  #scores: Int32Array;

  /** @internal Use `createLearner` or `loadLearner`. */
  constructor(module: WebAssembly.Module, config: ResolvedConfig, state?: Uint8Array) {
    const core = instantiate(module, configWords(config));
    this.config = config;
    this.labels = config.labels;
    this.inputs = config.window === null ? config.inputs : config.window.axes * config.window.samples;
    this.#module = module;
    this.#index = new Map(config.labels.map((label, index) => [label, index]));
    this.#core = core;
    const at = config.window === null ? core.input() : core.window();
    this.#sample = new Float32Array(core.memory.buffer, at, this.inputs);
    this.#scores = new Int32Array(core.memory.buffer, core.scores(), config.labels.length);
    if (state === undefined) return;
    const own = stateOf(core);
    if (state.length !== own.length) {
      throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: ${state.length} bytes of state; this configuration has ${own.length}`);
    }
    own.set(state);
  }

  /**
   * One step: learns that `x` belongs to `label`. A sample that is already answered with confidence costs no update.
   * @throws TypeError, RangeError: not an array of numbers, another length, a label that is not in `labels`.
   */
  learn(x: ArrayLike<number>, label: string): void {
    const index = this.#labelIndex(label);
    this.#take(x).learn(index);
  }

  /**
   * `rows` samples, one after the other, in calls that stay inside the core.
   * @param xs rows of `inputs` values each
   * @param labels one index into `labels` per row
   */
  learnMany(xs: Float32Array, labels: ArrayLike<number>): void {
    const core = this.#alive();
    if (!(xs instanceof Float32Array)) throw new TypeError(`xs: expected a Float32Array of rows, got ${describe(xs)}`);
    const rows = labels.length;
    if (xs.length !== rows * this.inputs) {
      throw new RangeError(`xs: ${xs.length} values for ${rows} labels; expected ${rows} x ${this.inputs} = ${rows * this.inputs}`);
    }
    for (let row = 0; row < rows; row++) {
      const index = labels[row]!;
      if (!Number.isInteger(index) || index < 0 || index >= this.labels.length) {
        throw new RangeError(`labels[${row}]: got ${describe(index)}; expected an index, 0 to ${this.labels.length - 1}`);
      }
    }
    // what is left of the last wasm page carries the rows over
    const { arena, tables, page } = planOf(this.config);
    const spare = Math.ceil((tables + arena) / 16) * 16;
    const chunk = this.config.window === null ? Math.floor((page - spare) / ((this.inputs + 1) * 4)) : 0;
    for (let row = 0; row < rows; ) {
      const count = Math.min(chunk, rows - row);
      if (count > 0) {
        const values = new Float32Array(core.memory.buffer, spare, count * this.inputs);
        values.set(xs.subarray(row * this.inputs, (row + count) * this.inputs));
        const indices = new Int32Array(core.memory.buffer, spare + values.byteLength, count);
        for (let i = 0; i < count; i++) indices[i] = labels[row + i]!;
        core.learnRows(values.byteOffset, indices.byteOffset, count);
        row += count;
      } else {
        this.#take(xs.subarray(row * this.inputs, (row + 1) * this.inputs)).learn(labels[row]!);
        row++;
      }
    }
  }

  /** The label of `x`. Changes nothing. */
  predict(x: ArrayLike<number>): Prediction {
    const winner = this.#take(x).predict();
    const scores = this.#goodness();
    let second = -Infinity;
    for (let c = 0; c < scores.length; c++) if (c !== winner && scores[c]! > second) second = scores[c]!;
    return { label: this.labels[winner]!, margin: scores[winner]! - second, scores };
  }

  /** Goodness of every label for `x`, summed over layers, in the order of `labels`. Changes nothing. */
  score(x: ArrayLike<number>): Float64Array {
    this.#take(x).predict();
    return this.#goodness();
  }

  /** Lets only the running standardisation see `x`; no weight changes. */
  adapt(x: ArrayLike<number>): void {
    this.#take(x).adapt();
  }

  /** The features of a window: per axis mean, deviation and amplitude spectrum, in the unit of the signal. */
  features(x: ArrayLike<number>): Float32Array {
    if (this.config.window === null) throw new TypeError('features: this learner has no window; its samples are features already');
    const core = this.#take(x);
    return new Float32Array(core.memory.buffer, core.input(), this.config.inputs).slice();
  }

  /** Sets the learning rate eta from the next sample on, for schedules. */
  setRate(rate: number): void {
    new DataView(this.#alive().memory.buffer).setInt32(this.#alive().arena() + RATE_OFFSET, Math.round(resolveRate(rate) * 65536), true);
  }

  /** A copy of one layer's weights, [units, columns] row-major in the units of the float they stand for; columns are padded to 8. */
  weights(layer: number): Float32Array {
    const core = this.#alive();
    const { units, bits, inputs, skipInput } = this.config;
    if (!Number.isInteger(layer) || layer < 0 || layer >= units.length) {
      throw new RangeError(`layer: got ${describe(layer)}; expected 0 to ${units.length - 1}`);
    }
    const lanes = (count: number): number => Math.ceil(count / 8) * 8;
    const columns = layer === 0 ? lanes(inputs) : lanes(units[layer - 1]!) + (skipInput ? lanes(inputs) : 0);
    const wide = layer === 0 ? inputs : units[layer - 1]! + (skipInput ? inputs : 0);
    const fraction = bits === 16 ? 12 : wide < 256 ? 6 : 7;
    const raw = new (bits === 16 ? Int16Array : Int8Array)(core.memory.buffer, core.weights(layer), units[layer]! * columns);
    return Float32Array.from(raw, (value) => value / 2 ** fraction);
  }

  /** Samples learned: `stats().seen` without the work for the rest. */
  get seen(): number {
    const core = this.#alive();
    return Number(new DataView(core.memory.buffer, core.arena()).getBigUint64(0, true));
  }

  /** Counters and sizes. */
  stats(): Stats {
    const core = this.#alive();
    const header = new DataView(core.memory.buffer, core.arena());
    return {
      seen: Number(header.getBigUint64(0, true)),
      updates: Number(header.getBigUint64(8, true)),
      saturations: core.saturated(),
      rates: this.config.units.map((_, layer) => Math.exp(core.logRate(layer) / 256)),
      bytes: planOf(this.config),
    };
  }

  /** Everything learned, as bytes that `loadLearner` takes back: self-describing, with a checksum. */
  save(): Uint8Array {
    return encodeSnapshot(this.config, stateOf(this.#alive()));
  }

  /** A second learner that has learned the same and goes its own way from here. */
  clone(): Learner {
    return new Learner(this.#module, this.config, stateOf(this.#alive()));
  }

  /** Back to the first moment, with the same seed. */
  reset(): void {
    this.#alive().create();
  }

  /** Gives the memory back; every later call throws. */
  dispose(): void {
    this.#core = null;
    this.#sample = this.#sample.subarray(0, 0).slice();
    this.#scores = this.#scores.subarray(0, 0).slice();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #alive(): CoreExports {
    if (this.#core === null) throw new LearnerError('EDISPOSED', 'this learner was disposed of; create or load another');
    return this.#core;
  }

  /** The sample into the core's memory, where features are made from a window. */
  #take(x: ArrayLike<number>): CoreExports {
    const core = this.#alive();
    if (typeof x !== 'object' || x === null || typeof x.length !== 'number') {
      throw new TypeError(`x: expected an array of ${this.inputs} numbers, got ${describe(x)}`);
    }
    if (x.length !== this.inputs) throw new RangeError(`x: ${x.length} values; this learner takes ${this.inputs}`);
    if (!ArrayBuffer.isView(x)) {
      for (let i = 0; i < x.length; i++) {
        if (typeof x[i] !== 'number') throw new TypeError(`x[${i}]: expected a number, got ${describe(x[i])}; NaN stands for a missing value`);
      }
    }
    this.#sample.set(x);
    if (this.config.window !== null) core.extract();
    return core;
  }

  #labelIndex(label: string): number {
    const index = this.#index.get(label);
    if (index !== undefined) return index;
    if (typeof label !== 'string') throw new TypeError(`label: expected one of the names in config.labels, got ${describe(label)}`);
    const known = this.labels.slice(0, 8).join(', ');
    throw new RangeError(`label: '${label}' is unknown; this learner has ${known}${this.labels.length > 8 ? ', ...' : ''}`);
  }

  #goodness(): Float64Array {
    // Float64Array.from with a function takes 0.6 us: more than the prediction of a small net
    const scores = new Float64Array(this.#scores.length);
    for (let c = 0; c < scores.length; c++) scores[c] = this.#scores[c]! / 65536;
    return scores;
  }
}

/** Byte offset of the learning rate in the arena's header (assembly/layout.ts). */
const RATE_OFFSET = 20;

function stateOf(core: CoreExports): Uint8Array {
  return new Uint8Array(core.memory.buffer, core.arena(), core.stateBytes());
}

/**
 * Makes a learner.
 * @throws TypeError, RangeError for a configuration that cannot be; the message names the field, the value and what it may be.
 */
export async function createLearner(config: LearnerConfig, options: LearnerOptions = {}): Promise<Learner> {
  const resolved = resolveConfig(config);
  return new Learner(await compile(buildOf(options)), resolved);
}

/**
 * A learner as it was when `save` wrote the snapshot; it goes on to the same bytes.
 * @throws LearnerError with the reason for a foreign, truncated, damaged or newer snapshot.
 */
export async function loadLearner(snapshot: Uint8Array, options: LearnerOptions = {}): Promise<Learner> {
  const { config, state } = decodeSnapshot(snapshot);
  return new Learner(await compile(buildOf(options)), config, state);
}

function buildOf({ build = supportedBuild() }: LearnerOptions): Build {
  if (build !== 'simd' && build !== 'scalar') {
    throw new RangeError(`options.build: got ${describe(build)}; expected 'simd' or 'scalar'`);
  }
  return build;
}
