/// <reference lib="esnext.disposable" preserve="true" />
import type { Build } from '../config.js';
import { describe } from '../config-values.js';
import { supportedBuild } from '../core.js';
import { LearnerError } from '../errors.js';
import { recurrentWordsOf, resolveRecurrentConfig, resolveRecurrentRate, type RecurrentConfig, type ResolvedRecurrentConfig } from './config.js';
import { compileRecurrent, instantiateRecurrent, type RecurrentExports } from './core.js';
import { recurrentPlanOf, type RecurrentPlan } from './plan.js';
import { decodeRecurrent, encodeRecurrent } from './snapshot.js';

/** Counters and sizes of a recurrent network. */
export interface RecurrentStats {
  /** Samples learned. */
  seen: number;
  /** Layer updates done: at most layers x iterations a sample, fewer where a layer was confident. */
  updates: number;
  /** Weights that stand at the limit of their format. */
  saturated: number;
  build: Build;
  bytes: RecurrentPlan;
}

/** Byte offsets in the arena's header (assembly/layout.ts). */
const SEEN = 0;
const UPDATES = 8;
const RATE = 20;

/**
 * Label-gated Forward-Forward (docs/how-it-learns.md) made recurrent: each layer sees the layer below, or the sample, and the state of the layer above, for some
 * iterations a sample. What travels down is label-free; the label is a gate in every layer. `createRecurrent` and `loadRecurrent` make one; everything
 * after that is synchronous and allocates nothing in the core.
 *
 * A sample is `inputs` numbers in whatever unit, rounded to binary32; NaN and infinities are missing. Labels are indices, 0 to labels - 1.
 */
export class Recurrent {
  readonly config: ResolvedRecurrentConfig;
  readonly build: Build;
  #core: RecurrentExports | null;
  #sample: Float32Array;
  #header: DataView;

  /** @internal Use `createRecurrent` or `loadRecurrent`. */
  constructor(module: WebAssembly.Module, build: Build, config: ResolvedRecurrentConfig, state?: Uint8Array) {
    const core = instantiateRecurrent(module, recurrentWordsOf(config));
    this.config = config;
    this.build = build;
    this.#core = core;
    this.#sample = new Float32Array(core.memory.buffer, core.input(), config.inputs);
    this.#header = new DataView(core.memory.buffer, core.arena());
    if (state !== undefined) stateOf(core).set(state);
  }

  /** One step: all iterations over the sample, learning in each. Returns how many layer updates there were. With `carry` the states move on. */
  learn(x: ArrayLike<number>, label: number): number {
    return this.#take(x).learn(this.#index('label', label));
  }

  /**
   * `learn` for every row.
   * @param xs rows of `inputs` values each
   * @param labels one a row
   */
  learnMany(xs: Float32Array, labels: ArrayLike<number>): void {
    const core = this.#alive();
    if (!(xs instanceof Float32Array)) throw new TypeError(`xs: expected a Float32Array of rows, got ${describe(xs)}`);
    const { inputs } = this.config;
    if (xs.length % inputs !== 0) throw new RangeError(`xs: ${xs.length} values; expected rows of ${inputs}`);
    const rows = xs.length / inputs;
    if (labels.length !== rows) throw new RangeError(`labels: ${labels.length} for ${rows} rows of xs; expected one a row`);
    for (let row = 0; row < rows; row++) this.#index(`labels[${row}]`, labels[row]);
    for (let row = 0; row < rows; row++) {
      this.#sample.set(xs.subarray(row * inputs, (row + 1) * inputs));
      core.learn(labels[row]!);
    }
  }

  /**
   * The label of greatest goodness, summed over layers and the iterations from `countFrom` on. Changes nothing that is learned; with `carry` the states
   * move on, as they do when learning: show each frame once.
   */
  predict(x: ArrayLike<number>): number {
    return this.#take(x).predict();
  }

  /** What the last `predict` chose by: summed goodness of every label. */
  scores(): Float64Array {
    const core = this.#alive();
    return Float64Array.from(new Int32Array(core.memory.buffer, core.scores(), this.config.labels), (score) => score / 65536);
  }

  /** Forgets the states that are carried on: the next sample is the first of a stream. Without `carry` every sample is. */
  reset(): void {
    this.#alive().reset();
  }

  /** Sets the learning rate from the next sample on, for schedules; 0 to 2. */
  setRate(rate: number): void {
    this.#alive();
    this.#header.setInt32(RATE, Math.round(resolveRecurrentRate('rate', rate) * 65536), true);
  }

  /** Counters and sizes. */
  stats(): RecurrentStats {
    const core = this.#alive();
    const count = (at: number): number => Number(this.#header.getBigUint64(at, true));
    return { seen: count(SEEN), updates: count(UPDATES), saturated: core.saturated(), build: this.build, bytes: recurrentPlanOf(this.config) };
  }

  /** Everything learned, and the states that are carried on, as bytes that `loadRecurrent` takes, on any machine and either build. */
  save(): Uint8Array {
    return encodeRecurrent(this.config, stateOf(this.#alive()));
  }

  /** Gives the memory back; every later call throws. */
  dispose(): void {
    this.#core = null;
    this.#sample = new Float32Array(0);
    this.#header = new DataView(new ArrayBuffer(0));
  }

  /** For `using`: disposes. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #alive(): RecurrentExports {
    if (this.#core === null) throw new LearnerError('EDISPOSED', 'this network was disposed of; create or load another');
    return this.#core;
  }

  #index(name: string, label: unknown): number {
    if (!Number.isInteger(label) || (label as number) < 0 || (label as number) >= this.config.labels) {
      throw new RangeError(`${name}: got ${describe(label)}; expected an index, 0 to ${this.config.labels - 1}`);
    }
    return label as number;
  }

  #take(x: ArrayLike<number>): RecurrentExports {
    const core = this.#alive();
    const { inputs } = this.config;
    if (typeof x !== 'object' || x === null || typeof x.length !== 'number') {
      throw new TypeError(`x: expected an array of ${inputs} numbers, got ${describe(x)}`);
    }
    if (x.length !== inputs) throw new RangeError(`x: ${x.length} values; this network takes ${inputs}`);
    if (!ArrayBuffer.isView(x)) {
      for (let i = 0; i < x.length; i++) {
        if (typeof x[i] !== 'number') throw new TypeError(`x[${i}]: expected a number, got ${describe(x[i])}; NaN stands for a missing value`);
      }
    }
    this.#sample.set(x);
    return core;
  }
}

function stateOf(core: RecurrentExports): Uint8Array {
  return new Uint8Array(core.memory.buffer, core.arena(), core.stateBytes());
}

/** What `createRecurrent` and `loadRecurrent` do once they are loaded. */
export async function makeRecurrent(config: RecurrentConfig, build: Build = supportedBuild()): Promise<Recurrent> {
  const resolved = resolveRecurrentConfig(config);
  return new Recurrent(await compileRecurrent(build), build, resolved);
}

export async function restoreRecurrent(snapshot: Uint8Array, build: Build = supportedBuild()): Promise<Recurrent> {
  const { config, state } = decodeRecurrent(snapshot);
  return new Recurrent(await compileRecurrent(build), build, config, state);
}

export function planRecurrent(config: RecurrentConfig): RecurrentPlan {
  return recurrentPlanOf(resolveRecurrentConfig(config));
}
