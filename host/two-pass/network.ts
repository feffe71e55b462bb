/// <reference lib="esnext.disposable" preserve="true" />
import type { Build } from '../config.js';
import { describe } from '../config-values.js';
import { supportedBuild } from '../core.js';
import { LearnerError } from '../errors.js';
import { resolveTwoPassConfig, resolveTwoPassRate, twoPassWordsOf, type ResolvedTwoPassConfig, type TwoPassConfig } from './config.js';
import { compileTwoPass, instantiateTwoPass, type TwoPassExports } from './core.js';
import { twoPassPlanOf, type TwoPassPlan } from './plan.js';
import { decodeTwoPass, encodeTwoPass } from './snapshot.js';

/** Counters and sizes of a two-pass network. */
export interface TwoPassStats {
  /** Positive samples and pairs learned. */
  seen: number;
  /** Layer updates done: at most two a layer and pair, fewer where a layer was confident. */
  updates: number;
  /** Samples that the readout learned. */
  readouts: number;
  /** Weights of the layers that stand at the limit of their format. */
  saturated: number;
  build: Build;
  bytes: TwoPassPlan;
}

/** Byte offsets in the arena's header (assembly/two-pass/layout.ts). */
const SEEN = 0;
const UPDATES = 8;
const RATE = 20;
const READOUT_RATE = 24;
const READOUTS = 32;

/**
 * Two-pass Forward-Forward: learns to tell positive data from negative. `createTwoPass` and `loadTwoPass` make one; everything after that is
 * synchronous and allocates nothing in the core.
 *
 * A sample is `inputs` numbers in whatever unit, rounded to binary32; NaN and infinities are missing. Only positive samples move the running
 * standardisation. Labels are indices, 0 to labels - 1; where the label is input and none is given, every label's column holds its share.
 */
export class TwoPass {
  readonly config: ResolvedTwoPassConfig;
  readonly build: Build;
  #core: TwoPassExports | null;
  #sample: Float32Array;
  #negative: Float32Array;
  #header: DataView;

  /** @internal Use `createTwoPass` or `loadTwoPass`. */
  constructor(module: WebAssembly.Module, build: Build, config: ResolvedTwoPassConfig, state?: Uint8Array) {
    const core = instantiateTwoPass(module, twoPassWordsOf(config));
    this.config = config;
    this.build = build;
    this.#core = core;
    this.#sample = new Float32Array(core.memory.buffer, core.input(), config.inputs);
    this.#negative = new Float32Array(core.memory.buffer, core.negativeInput(), config.inputs);
    this.#header = new DataView(core.memory.buffer, core.arena());
    if (state !== undefined) stateOf(core).set(state);
  }

  /** Raises (sign -1: lowers) the goodness of a positive sample by the threshold loss. Returns how many layers were updated. */
  learnPositive(x: ArrayLike<number>, label?: number): number {
    return this.#take(x).learnPositive(this.#shown('label', label));
  }

  /** Lowers the goodness of a negative sample; whenever you like, with whatever was learned in between. */
  learnNegative(x: ArrayLike<number>, label?: number): number {
    return this.#take(x).learnNegative(this.#shown('label', label));
  }

  /**
   * A positive and a negative sample at once: in each layer both forward passes, then both updates, by the loss of the configuration.
   * Returns how many updates there were, at most two a layer.
   */
  learnPair(positive: ArrayLike<number>, negative: ArrayLike<number>, label?: number, negativeLabel?: number): number {
    const core = this.#alive();
    this.#fill(this.#sample, 'positive', positive);
    this.#fill(this.#negative, 'negative', negative);
    return core.learnPair(this.#shown('label', label), this.#shown('negativeLabel', negativeLabel));
  }

  /**
   * `learnPair` for every row.
   * @param positives rows of `inputs` values each
   * @param negatives as many rows
   */
  learnPairs(positives: Float32Array, negatives: Float32Array): void {
    const core = this.#alive();
    const rows = this.#rows('positives', positives);
    if (this.#rows('negatives', negatives) !== rows) {
      throw new RangeError(`negatives: ${negatives.length} values; there are ${positives.length} in positives, and a pair is one row of each`);
    }
    const { inputs } = this.config;
    for (let at = 0; at < rows * inputs; at += inputs) {
      this.#sample.set(positives.subarray(at, at + inputs));
      this.#negative.set(negatives.subarray(at, at + inputs));
      core.learnPair(-1, -1);
    }
  }

  /** The sample under its label is positive, under a wrong one of the network's own choice negative (`hardness`). Needs `labelInput`. */
  learnLabelled(x: ArrayLike<number>, label: number): number {
    return this.#labelled('learnLabelled').#take(x).learnLabelled(this.#index('label', label));
  }

  /** `learnLabelled` for every row; one label a row. */
  learnLabelledMany(xs: Float32Array, labels: ArrayLike<number>): void {
    const core = this.#labelled('learnLabelledMany').#alive();
    this.#each(xs, labels, (label) => core.learnLabelled(label));
  }

  /** The readout learns the label of a sample; the layers stay as they are. Returns the label that it would have given. */
  learnReadout(x: ArrayLike<number>, label: number): number {
    return this.#readable('learnReadout').#take(x).learnReadout(this.#index('label', label));
  }

  /** `learnReadout` for every row; one label a row. */
  learnReadoutMany(xs: Float32Array, labels: ArrayLike<number>): void {
    const core = this.#readable('learnReadoutMany').#alive();
    this.#each(xs, labels, (label) => core.learnReadout(label));
  }

  /** The label of a sample: by the readout, in one pass, where there is one; otherwise by goodness. Changes nothing. */
  predict(x: ArrayLike<number>): number {
    return this.config.readout ? this.#take(x).predict() : this.predictByGoodness(x);
  }

  /** The label under which goodness, summed over the layers from `goodnessFrom` on, is best. Needs `labelInput`. Changes nothing. */
  predictByGoodness(x: ArrayLike<number>): number {
    return this.#labelled('predictByGoodness').#take(x).predictByGoodness();
  }

  /** What the last `predict` or `predictByGoodness` chose by: a logit, or summed goodness, of every label. */
  scores(): Float64Array {
    const core = this.#alive();
    return Float64Array.from(new Int32Array(core.memory.buffer, core.scores(), this.config.labels), (score) => score / 65536);
  }

  /** Goodness of every layer for a sample, [layers]. Changes nothing. */
  goodness(x: ArrayLike<number>, label?: number): Float64Array {
    const core = this.#take(x);
    core.sense(this.#shown('label', label));
    return Float64Array.from(new Int32Array(core.memory.buffer, core.goodness(), this.config.layers.length), (goodness) => goodness / 65536);
  }

  /** How much a sample is like the positive ones: the sum of goodness over the layers from `goodnessFrom` on, times the sign. Changes nothing. */
  score(x: ArrayLike<number>, label?: number): number {
    const { sign, goodnessFrom } = this.config;
    return sign * this.goodness(x, label).subarray(goodnessFrom).reduce((sum, goodness) => sum + goodness, 0);
  }

  /**
   * What the last layer hands on to a network behind this one: its activities scaled to RMS 1, [units], as they were when the last sample or pair was
   * learned or its `goodness` taken. Whole 256ths up to 2047, which a network with `inputScale: 1` and `normalise: false` takes in without rounding.
   * @param side of a pair; `positive` after a single sample of either kind
   * @param into where to write them; default: a new array
   */
  handedOn(side: 'positive' | 'negative' = 'positive', into?: Float32Array): Float32Array {
    const core = this.#alive();
    const { units } = this.config.layers.at(-1)!;
    if (side !== 'positive' && side !== 'negative') throw new RangeError(`side: got ${describe(side)}; expected 'positive' or 'negative'`);
    if (into !== undefined && !(into instanceof Float32Array)) throw new TypeError(`into: expected a Float32Array of ${units} values, got ${describe(into)}`);
    const values = into ?? new Float32Array(units);
    if (values.length !== units) throw new RangeError(`into: ${values.length} values; the last layer has ${units} units`);
    const raw = new Int16Array(core.memory.buffer, core.handedOn(side === 'positive' ? 0 : 1), units);
    for (let i = 0; i < units; i++) values[i] = raw[i]! / 256;
    return values;
  }

  /** Sets the learning rates from the next sample on, for schedules; 0 to 8, what is left out stays. */
  setRate(rate?: number, readoutRate?: number): void {
    this.#alive();
    if (rate !== undefined) this.#header.setInt32(RATE, Math.round(resolveTwoPassRate('rate', rate) * 65536), true);
    if (readoutRate !== undefined) this.#header.setInt32(READOUT_RATE, Math.round(resolveTwoPassRate('readoutRate', readoutRate) * 65536), true);
  }

  /** A copy of one layer's weights, [patches, channels, window] row-major in the units of the float they stand for; a dense layer is one patch. */
  weights(layer: number): Float32Array {
    const core = this.#alive();
    const { layers, bits, labelInput, labels } = this.config;
    if (!Number.isInteger(layer) || layer < 0 || layer >= layers.length) {
      throw new RangeError(`layer: got ${describe(layer)}; expected 0 to ${layers.length - 1}`);
    }
    const { patches, channels, window } = layers[layer]!;
    const labelColumns = layer === 0 && labelInput ? labels : 0;
    const fraction = bits === 16 ? 12 : window + labelColumns < 256 ? 6 : 7;
    const stride = Math.ceil(window / 8) * 8 + Math.ceil(labelColumns / 8) * 8;
    const rows = Math.ceil(channels / 4) * 4;
    const raw = new (bits === 16 ? Int16Array : Int8Array)(core.memory.buffer, core.weights(layer), patches * rows * stride);
    const weights = new Float32Array(patches * channels * window);
    let at = 0;
    for (let p = 0; p < patches; p++) {
      for (let c = 0; c < channels; c++) {
        for (let i = 0; i < window; i++) weights[at++] = raw[(p * rows + c) * stride + i]! / 2 ** fraction;
      }
    }
    return weights;
  }

  /** Counters and sizes. */
  stats(): TwoPassStats {
    const core = this.#alive();
    const count = (at: number): number => Number(this.#header.getBigUint64(at, true));
    return {
      seen: count(SEEN),
      updates: count(UPDATES),
      readouts: count(READOUTS),
      saturated: core.saturated(),
      build: this.build,
      bytes: twoPassPlanOf(this.config),
    };
  }

  /** Everything learned, as bytes that `loadTwoPass` takes, on any machine and either build. */
  save(): Uint8Array {
    return encodeTwoPass(this.config, stateOf(this.#alive()));
  }

  /** Gives the memory back; every later call throws. */
  dispose(): void {
    this.#core = null;
    this.#sample = new Float32Array(0);
    this.#negative = new Float32Array(0);
    this.#header = new DataView(new ArrayBuffer(0));
  }

  /** For `using`: disposes. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #alive(): TwoPassExports {
    if (this.#core === null) throw new LearnerError('EDISPOSED', 'this network was disposed of; create or load another');
    return this.#core;
  }

  #labelled(method: string): this {
    if (!this.config.labelInput) throw new TypeError(`${method}: the label is no input of this network; create it with labels and labelInput: true`);
    return this;
  }

  #readable(method: string): this {
    if (!this.config.readout) throw new TypeError(`${method}: this network has no readout; create it with labels and readout: true`);
    return this;
  }

  #index(name: string, label: unknown): number {
    if (!Number.isInteger(label) || (label as number) < 0 || (label as number) >= this.config.labels) {
      throw new RangeError(`${name}: got ${describe(label)}; expected an index, 0 to ${this.config.labels - 1}`);
    }
    return label as number;
  }

  /** A label for the input columns; -1 where there is none. */
  #shown(name: string, label: number | undefined): number {
    if (label === undefined) return -1;
    if (!this.config.labelInput) throw new TypeError(`${name}: the label is no input of this network; leave it out`);
    return this.#index(name, label);
  }

  #rows(name: string, xs: Float32Array): number {
    if (!(xs instanceof Float32Array)) throw new TypeError(`${name}: expected a Float32Array of rows, got ${describe(xs)}`);
    const { inputs } = this.config;
    if (xs.length % inputs !== 0) throw new RangeError(`${name}: ${xs.length} values; expected rows of ${inputs}`);
    return xs.length / inputs;
  }

  #each(xs: Float32Array, labels: ArrayLike<number>, learn: (label: number) => void): void {
    const rows = this.#rows('xs', xs);
    if (labels.length !== rows) throw new RangeError(`labels: ${labels.length} for ${rows} rows of xs; expected one a row`);
    for (let row = 0; row < rows; row++) this.#index(`labels[${row}]`, labels[row]);
    const { inputs } = this.config;
    for (let row = 0; row < rows; row++) {
      this.#sample.set(xs.subarray(row * inputs, (row + 1) * inputs));
      learn(labels[row]!);
    }
  }

  #take(x: ArrayLike<number>): TwoPassExports {
    const core = this.#alive();
    this.#fill(this.#sample, 'x', x);
    return core;
  }

  #fill(into: Float32Array, name: string, x: ArrayLike<number>): void {
    const { inputs } = this.config;
    if (typeof x !== 'object' || x === null || typeof x.length !== 'number') {
      throw new TypeError(`${name}: expected an array of ${inputs} numbers, got ${describe(x)}`);
    }
    if (x.length !== inputs) throw new RangeError(`${name}: ${x.length} values; this network takes ${inputs}`);
    if (!ArrayBuffer.isView(x)) {
      for (let i = 0; i < x.length; i++) {
        if (typeof x[i] !== 'number') throw new TypeError(`${name}[${i}]: expected a number, got ${describe(x[i])}; NaN stands for a missing value`);
      }
    }
    into.set(x);
  }
}

function stateOf(core: TwoPassExports): Uint8Array {
  return new Uint8Array(core.memory.buffer, core.arena(), core.stateBytes());
}

/** What `createTwoPass` and `loadTwoPass` do once they are loaded. */
export async function makeTwoPass(config: TwoPassConfig, build: Build = supportedBuild()): Promise<TwoPass> {
  const resolved = resolveTwoPassConfig(config);
  return new TwoPass(await compileTwoPass(build), build, resolved);
}

export async function restoreTwoPass(snapshot: Uint8Array, build: Build = supportedBuild()): Promise<TwoPass> {
  const { config, state } = decodeTwoPass(snapshot);
  return new TwoPass(await compileTwoPass(build), build, config, state);
}

export function planTwoPass(config: TwoPassConfig): TwoPassPlan {
  return twoPassPlanOf(resolveTwoPassConfig(config));
}
