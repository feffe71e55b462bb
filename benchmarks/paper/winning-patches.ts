/**
 * Units of a local layer, learned without labels in one pass, in float: every window has units of its own, and of each whitened patch the unit that is most like it moves towards it (winner takes all).
 * A unit that has won often stands back. Then they become weights and biases of the core's layer: whitening is linear, so it is multiplied in.
 */
import { Random } from '../rivals/random.js';
import { Whitening } from './whitening.js';

export interface WinningSettings {
  field: number;
  stride: number;
  channels: number;
  /** Of the whitening. */
  ridge: number;
  /** How far a unit stands back that wins twice its share, in cosines. */
  conscience: number;
  /** Share of the images at which a unit of the layer is to be active. */
  active: number;
}

const SIDE = 28;
/** Patches with less energy, 1 being that of the mean pixel, are blank and teach nothing. */
const BLANK = 0.05;

export class WinningPatches {
  /** [windows, channels, window], each of length 1. */
  readonly weights: Float32Array;
  /** [windows, channels] how often each won lately, [windows] patches that taught. */
  readonly wins: Float32Array;
  readonly taught: Float32Array;
  readonly windows: number;
  readonly size: number;
  readonly #whitening: Whitening;
  readonly #patch: Float64Array;
  readonly #white: Float64Array;

  /** @param first images, RMS 1, that the whitening is taken from: eight patches of each */
  constructor(
    readonly settings: WinningSettings,
    first: Iterable<Float32Array>,
    seed: number,
  ) {
    const { field, stride, channels, ridge } = settings;
    this.windows = (Math.floor((SIDE - field) / stride) + 1) ** 2;
    this.size = field * field;
    this.#patch = new Float64Array(this.size);
    this.#white = new Float64Array(this.size);
    const random = new Random(seed);
    const patches: Float64Array[] = [];
    for (const image of first) for (let k = 0; k < 8; k++) if (this.#look(image, random.below(this.windows))) patches.push(this.#patch.slice());
    this.#whitening = new Whitening(patches, ridge);
    this.weights = Float32Array.from({ length: this.windows * channels * this.size }, () => random.normal());
    for (let at = 0; at < this.weights.length; at += this.size) this.#normalise(at);
    this.wins = new Float32Array(this.windows * channels).fill(1 / channels);
    this.taught = new Float32Array(this.windows);
  }

  /** @param gone share of the pass that is done */
  learn(image: Float32Array, gone: number): void {
    const { channels, conscience } = this.settings;
    const { weights, wins, size } = this;
    const white = this.#white;
    for (let window = 0; window < this.windows; window++) {
      if (!this.#look(image, window)) continue;
      this.#whitening.apply(this.#patch, white);
      const first = window * channels;
      let [best, winner] = [-Infinity, first];
      for (let unit = first, at = first * size; unit < first + channels; unit++) {
        let sum = conscience * (1 - wins[unit]! * channels);
        for (let i = 0; i < size; i++) sum += weights[at++]! * white[i]!;
        if (sum > best) [best, winner] = [sum, unit];
      }
      for (let unit = first; unit < first + channels; unit++) wins[unit]! += ((unit === winner ? 1 : 0) - wins[unit]!) / 1000;
      const rate = Math.max(0.005, (0.3 * (1 - gone) ** 2) / (1 + this.taught[window]!++ / 3000));
      for (let i = 0, at = winner * size; i < size; i++, at++) weights[at]! += rate * (white[i]! - weights[at]!);
      this.#normalise(winner * size);
    }
  }

  /** Weights [windows, channels, window] and biases of a layer that sees images of RMS 1: each unit's threshold and scale are such that `active` of these images exceed it, and its activity has an RMS of 1. */
  layer(images: readonly Float32Array[]): { weights: Float32Array; biases: Float32Array } {
    const { channels, active } = this.settings;
    const { mean, factor } = this.#whitening;
    const { size } = this;
    const weights = new Float32Array(this.weights.length);
    const biases = new Float32Array(this.wins.length);
    const sums = new Float32Array(images.length);
    for (let unit = 0, at = 0; unit < biases.length; unit++, at += size) {
      let atMean = 0;
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += this.weights[at + i]! * factor[i]![j]!;
        weights[at + j] = sum;
        atMean += sum * mean[j]!;
      }
      images.forEach((image, k) => {
        this.#look(image, Math.floor(unit / channels));
        let sum = -atMean;
        for (let j = 0; j < size; j++) sum += weights[at + j]! * this.#patch[j]!;
        sums[k] = sum;
      });
      const threshold = Math.max(0, sums.slice().sort()[Math.floor(images.length * (1 - active))]!);
      const square = sums.reduce((sum, value) => sum + Math.max(0, value - threshold) ** 2, 0);
      const scale = 1 / Math.max(0.1, Math.sqrt(square / images.length));
      for (let j = 0; j < size; j++) weights[at + j]! *= scale;
      biases[unit] = -scale * (atMean + threshold);
    }
    return { weights, biases };
  }

  /** Cuts a window out. Says whether there is anything in it. */
  #look(image: Float32Array, window: number): boolean {
    const { field, stride } = this.settings;
    const across = Math.sqrt(this.windows);
    const [top, left] = [Math.floor(window / across) * stride, (window % across) * stride];
    let square = 0;
    for (let y = 0, i = 0; y < field; y++) {
      for (let x = 0; x < field; x++, i++) square += (this.#patch[i] = image[(top + y) * SIDE + left + x]!) ** 2;
    }
    return square >= BLANK * this.size;
  }

  #normalise(at: number): void {
    let square = 0;
    for (let i = at; i < at + this.size; i++) square += this.weights[i]! ** 2;
    const scale = 1 / Math.sqrt(square);
    for (let i = at; i < at + this.size; i++) this.weights[i]! *= scale;
  }
}
