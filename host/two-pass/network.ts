/// <reference lib="esnext.disposable" preserve="true" />
import { marginOf, scoresOf, type Choice } from '../choice.js';
import type { Build } from '../config.js';
import { describe, inRange } from '../config-values.js';
import { supportedBuild } from '../core.js';
import { LabelNames } from '../label-names.js';
import { Network, buildOf, type BuildOptions } from '../network.js';
import { fill, labelledRows, rowsOf } from '../samples.js';
import { MOST_RATE, resolveTwoPassConfig, twoPassWordsOf, type ResolvedTwoPassConfig, type TwoPassConfig } from './config.js';
import { compileTwoPass, placeTwoPass, type TwoPassExports } from './core.js';
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
  /** Weights of the layers that stand at the limit of their format now. */
  saturations: number;
  /** Bytes by kind. */
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
 * standardisation. Where the label is input and none is given, every label's column holds its share.
 */
export class TwoPass<L extends string = string> extends Network<TwoPassExports> {
  readonly config: ResolvedTwoPassConfig;
  readonly #labels: LabelNames;

  /** @internal Use `createTwoPass` or `loadTwoPass`. */
  constructor(module: WebAssembly.Module, build: Build, config: ResolvedTwoPassConfig, state?: Uint8Array) {
    const place = placeTwoPass(module, twoPassWordsOf(config));
    const { core } = place;
    super('network', { module, build, place, sampleAt: core.input(), inputs: config.inputs }, state);
    this.config = config;
    this.#labels = new LabelNames(config.labels, 'network');
  }

  /** Names of the labels, in the order of `scores`; none where the data has none. */
  get labels(): readonly L[] {
    return this.#labels.all as readonly L[];
  }

  /** Raises (sign -1: lowers) the goodness of a positive sample by the threshold loss. Returns how many layers were updated. */
  learnPositive(x: ArrayLike<number>, label?: L): number {
    const shown = this.#shown('label', label);
    return this.take(x).learnPositive(shown);
  }

  /** Lowers the goodness of a negative sample; whenever you like, with whatever was learned in between. */
  learnNegative(x: ArrayLike<number>, label?: L): number {
    const shown = this.#shown('label', label);
    return this.take(x).learnNegative(shown);
  }

  /**
   * A positive and a negative sample at once: in each layer both forward passes, then both updates, by the loss of the configuration.
   * Returns how many updates there were, at most two a layer.
   */
  learnPair(positive: ArrayLike<number>, negative: ArrayLike<number>, label?: L, negativeLabel?: L): number {
    const core = this.take(positive, 'positive');
    fill(this.#negative, negative, 'network', 'negative');
    return core.learnPair(this.#shown('label', label), this.#shown('negativeLabel', negativeLabel));
  }

  /**
   * `learnPair` for every row.
   * @param positives rows of `inputs` values each
   * @param negatives as many rows
   */
  learnPairs(positives: Float32Array, negatives: Float32Array): void {
    const { inputs } = this.config;
    const rows = rowsOf('positives', positives, inputs);
    if (rowsOf('negatives', negatives, inputs) !== rows) {
      throw new RangeError(`negatives: ${negatives.length} values; there are ${positives.length} in positives, and a pair is one row of each`);
    }
    const into = this.#negative;
    for (let at = 0; at < rows * inputs; at += inputs) {
      into.set(negatives.subarray(at, at + inputs));
      this.take(positives.subarray(at, at + inputs)).learnPair(-1, -1);
    }
  }

  /** The sample under its label is positive, under a wrong one of the network's own choice negative (`hardness`). Needs `labelInput`. */
  learnLabelled(x: ArrayLike<number>, label: L): number {
    const number = this.#labelled('learnLabelled').#labels.numberOf(label);
    return this.take(x).learnLabelled(number);
  }

  /** `learnLabelled` for every row; one index into `labels` a row. */
  learnLabelledMany(xs: Float32Array, labels: ArrayLike<number>): void {
    this.#labelled('learnLabelledMany').#each(xs, labels, (core, label) => core.learnLabelled(label));
  }

  /** The readout learns the label of a sample; the layers stay as they are. Returns the label that it would have given. */
  learnReadout(x: ArrayLike<number>, label: L): L {
    const { all } = this.#readable('learnReadout').#labels;
    const number = this.#labels.numberOf(label);
    return all[this.take(x).learnReadout(number)] as L;
  }

  /** `learnReadout` for every row; one index into `labels` a row. */
  learnReadoutMany(xs: Float32Array, labels: ArrayLike<number>): void {
    this.#readable('learnReadoutMany').#each(xs, labels, (core, label) => core.learnReadout(label));
  }

  /** The label of a sample: by the logits of the readout, in one pass, where there is one; otherwise by goodness. Changes nothing. */
  predict(x: ArrayLike<number>): Choice<L> {
    return this.config.readout ? this.#choice((core) => core.predict(), x) : this.predictByGoodness(x);
  }

  /** The label under which goodness, summed over the layers from `goodnessFrom` on, is best. Needs `labelInput`. Changes nothing. */
  predictByGoodness(x: ArrayLike<number>): Choice<L> {
    return this.#labelled('predictByGoodness').#choice((core) => core.predictByGoodness(), x);
  }

  /** Goodness of every layer for a sample, [layers]. Changes nothing. */
  goodness(x: ArrayLike<number>, label?: L): Float64Array {
    const shown = this.#shown('label', label);
    const core = this.take(x);
    core.sense(shown);
    return Float64Array.from(new Int32Array(core.memory.buffer, core.goodness(), this.config.layers.length), (goodness) => goodness / 65536);
  }

  /** How much a sample is like the positive ones: the sum of goodness over the layers from `goodnessFrom` on, times the sign. Changes nothing. */
  score(x: ArrayLike<number>, label?: L): number {
    const { sign, goodnessFrom } = this.config;
    return sign * this.goodness(x, label).subarray(goodnessFrom).reduce((sum, goodness) => sum + goodness, 0);
  }

  /**
   * Output of the last layer for a network behind this one: its activities scaled to RMS 1, [units], as they were when the last sample or pair was
   * learned or its `goodness` taken. Whole 256ths up to 2047, which a network with `inputScale: 1` and `normalise: false` takes in without rounding.
   * @param side of a pair; `positive` after a single sample of either kind
   * @param into where to write them; default: a new array
   */
  handedOn(side: 'positive' | 'negative' = 'positive', into?: Float32Array): Float32Array {
    const { core } = this;
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
    const { header } = this;
    if (rate !== undefined) header.setInt32(RATE, Math.round(inRange('rate', rate, 0, MOST_RATE) * 65536), true);
    if (readoutRate !== undefined) header.setInt32(READOUT_RATE, Math.round(inRange('readoutRate', readoutRate, 0, MOST_RATE) * 65536), true);
  }

  /** A copy of one layer's weights, [patches, channels, window] row-major in the units of the float they stand for; a dense layer is one patch. */
  weights(layer: number): Float32Array {
    const { core } = this;
    const { layers, bits, labelInput } = this.config;
    if (!Number.isInteger(layer) || layer < 0 || layer >= layers.length) {
      throw new RangeError(`layer: got ${describe(layer)}; expected 0 to ${layers.length - 1}`);
    }
    const { patches, channels, window } = layers[layer]!;
    const labelColumns = layer === 0 && labelInput ? this.#labels.count : 0;
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
    const { core, header } = this;
    const count = (at: number): number => Number(header.getBigUint64(at, true));
    return {
      seen: count(SEEN),
      updates: count(UPDATES),
      readouts: count(READOUTS),
      saturations: core.saturated(),
      bytes: twoPassPlanOf(this.config),
    };
  }

  /** Everything learned, as bytes that `loadTwoPass` takes, on any machine and either build. */
  save(): Uint8Array {
    return encodeTwoPass(this.config, this.state);
  }

  /** A second network that has learned the same and goes its own way from here. */
  clone(): TwoPass<L> {
    return new TwoPass(this.module, this.build, this.config, this.state);
  }

  /** Back to the first moment, with the same seed: nothing learned. */
  reset(): void {
    this.create(twoPassWordsOf(this.config));
  }

  /** Address of the negative sample of a pair. */
  get #negative(): Float32Array {
    const { memory, negativeInput } = this.core;
    return new Float32Array(memory.buffer, negativeInput(), this.config.inputs);
  }

  #labelled(method: string): this {
    if (!this.config.labelInput) throw new TypeError(`${method}: the label is no input of this network; create it with labels and labelInput: true`);
    return this;
  }

  #readable(method: string): this {
    if (!this.config.readout) throw new TypeError(`${method}: this network has no readout; create it with labels and readout: true`);
    return this;
  }

  /** A label for the input columns; -1 where there is none. */
  #shown(name: string, label: L | undefined): number {
    if (label === undefined) return -1;
    if (!this.config.labelInput) throw new TypeError(`${name}: the label is no input of this network; leave it out`);
    return this.#labels.numberOf(label, name);
  }

  #choice(predict: (core: TwoPassExports) => number, x: ArrayLike<number>): Choice<L> {
    const core = this.take(x);
    const winner = predict(core);
    const { count, all } = this.#labels;
    const scores = scoresOf(new Int32Array(core.memory.buffer, core.scores(), count), count);
    return { label: all[winner] as L, margin: marginOf(scores, winner), scores };
  }

  #each(xs: Float32Array, labels: ArrayLike<number>, learn: (core: TwoPassExports, label: number) => void): void {
    const { inputs } = this.config;
    const rows = labelledRows(xs, labels, inputs, this.#labels.count);
    for (let row = 0; row < rows; row++) learn(this.take(xs.subarray(row * inputs, (row + 1) * inputs)), labels[row]!);
  }
}

/** Behind `createTwoPass`, `loadTwoPass` and `twoPassBytesNeeded`. */
export async function makeTwoPass<L extends string>(config: TwoPassConfig<L>, options: BuildOptions): Promise<TwoPass<L>> {
  const build = buildOf(options, supportedBuild);
  const resolved = resolveTwoPassConfig(config);
  return new TwoPass(await compileTwoPass(build), build, resolved);
}

export async function restoreTwoPass(snapshot: Uint8Array, options: BuildOptions): Promise<TwoPass> {
  const build = buildOf(options, supportedBuild);
  const { config, state } = decodeTwoPass(snapshot);
  return new TwoPass(await compileTwoPass(build), build, config, state);
}

export function planTwoPass(config: TwoPassConfig): TwoPassPlan {
  return twoPassPlanOf(resolveTwoPassConfig(config));
}
