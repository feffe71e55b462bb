/// <reference lib="esnext.disposable" preserve="true" />
import type { Build } from '../config.js';
import { marginOf, scoresOf, type Choice } from '../choice.js';
import { inRange } from '../config-values.js';
import { supportedBuild } from '../core.js';
import { LabelNames } from '../label-names.js';
import { Network, buildOf, type BuildOptions } from '../network.js';
import { labelledRows } from '../samples.js';
import { MOST_RATE, recurrentWordsOf, resolveRecurrentConfig, type RecurrentConfig, type ResolvedRecurrentConfig } from './config.js';
import { compileRecurrent, placeRecurrent, type RecurrentExports } from './core.js';
import { recurrentPlanOf, type RecurrentPlan } from './plan.js';
import { decodeRecurrent, encodeRecurrent } from './snapshot.js';

/** Counters and sizes of a recurrent network. */
export interface RecurrentStats {
  /** Samples learned. */
  seen: number;
  /** Layer updates done: at most layers x iterations a sample, fewer where a layer was confident. */
  updates: number;
  /** Weights that stand at the limit of their format now. */
  saturations: number;
  /** Bytes by kind. */
  bytes: RecurrentPlan;
}

/** Byte offsets in the arena's header (assembly/layout.ts). */
const SEEN = 0;
const UPDATES = 8;
const RATE = 20;

/**
 * Label-gated Forward-Forward (docs/how-it-learns.md) made recurrent: each layer sees the layer below, or the sample, and the state of the layer above, for some
 * iterations a sample. Activity that travels down is label-free; the label is a gate in every layer. `createRecurrent` and `loadRecurrent` make one; everything
 * after that is synchronous and allocates nothing in the core.
 *
 * A sample is `inputs` numbers in whatever unit, rounded to binary32; NaN and infinities are missing.
 */
export class Recurrent<L extends string = string> extends Network<RecurrentExports> {
  readonly config: ResolvedRecurrentConfig;
  readonly #labels: LabelNames;

  /** @internal Use `createRecurrent` or `loadRecurrent`. */
  constructor(module: WebAssembly.Module, build: Build, config: ResolvedRecurrentConfig, state?: Uint8Array) {
    const place = placeRecurrent(module, recurrentWordsOf(config));
    const { core } = place;
    super('network', { module, build, place, sampleAt: core.input(), inputs: config.inputs }, state);
    this.config = config;
    this.#labels = new LabelNames(config.labels, 'network');
  }

  /** Names of the labels, in the order of `scores`. */
  get labels(): readonly L[] {
    return this.#labels.all as readonly L[];
  }

  /** One step: all iterations over the sample, learning in each. Returns how many layer updates there were. With `carry` the states move on. */
  learn(x: ArrayLike<number>, label: L): number {
    const number = this.#labels.numberOf(label);
    return this.take(x).learn(number);
  }

  /**
   * `learn` for every row.
   * @param xs rows of `inputs` values each
   * @param labels one index into `labels` a row
   */
  learnMany(xs: Float32Array, labels: ArrayLike<number>): void {
    const { inputs } = this.config;
    const rows = labelledRows(xs, labels, inputs, this.#labels.count);
    const numbers = Int32Array.from(labels);
    for (let row = 0; row < rows; row++) this.take(xs.subarray(row * inputs, (row + 1) * inputs)).learn(numbers[row]!);
  }

  /**
   * The label of greatest goodness, summed over layers and the iterations from `countFrom` on. Changes nothing that is learned; with `carry` the states
   * move on, as they do when learning: show each frame once.
   */
  predict(x: ArrayLike<number>): Choice<L> {
    const core = this.take(x);
    const winner = core.predict();
    const { count, all } = this.#labels;
    const scores = scoresOf(new Int32Array(core.memory.buffer, core.scores(), count), count);
    return { label: all[winner] as L, margin: marginOf(scores, winner), scores };
  }

  /** A new sequence begins: the states that are carried on are forgotten, what was learned stays. Without `carry` every sample begins one. */
  begin(): void {
    this.core.reset();
  }

  /** Sets the learning rate from the next sample on, for schedules; 0 to 2. */
  setRate(rate: number): void {
    this.header.setInt32(RATE, Math.round(inRange('rate', rate, 0, MOST_RATE) * 65536), true);
  }

  /** Counters and sizes. */
  stats(): RecurrentStats {
    const { core, header } = this;
    const count = (at: number): number => Number(header.getBigUint64(at, true));
    return { seen: count(SEEN), updates: count(UPDATES), saturations: core.saturated(), bytes: recurrentPlanOf(this.config) };
  }

  /** Everything learned, and the states that are carried on, as bytes that `loadRecurrent` takes, on any machine and either build. */
  save(): Uint8Array {
    return encodeRecurrent(this.config, this.state);
  }

  /** A second network that has learned the same and goes its own way from here. */
  clone(): Recurrent<L> {
    return new Recurrent(this.module, this.build, this.config, this.state.slice());
  }

  /** Back to the first moment, with the same seed: nothing learned, no states. `begin` keeps what was learned. */
  reset(): void {
    this.create(recurrentWordsOf(this.config));
  }
}

/** Behind `createRecurrent`, `loadRecurrent` and `recurrentBytesNeeded`. */
export async function makeRecurrent<L extends string>(config: RecurrentConfig<L>, options: BuildOptions): Promise<Recurrent<L>> {
  const build = buildOf(options, supportedBuild);
  const resolved = resolveRecurrentConfig(config);
  return new Recurrent(await compileRecurrent(build), build, resolved);
}

export async function restoreRecurrent(snapshot: Uint8Array, options: BuildOptions): Promise<Recurrent> {
  const build = buildOf(options, supportedBuild);
  const { config, state } = decodeRecurrent(snapshot);
  return new Recurrent(await compileRecurrent(build), build, config, state);
}

export function planRecurrent(config: RecurrentConfig): RecurrentPlan {
  return recurrentPlanOf(resolveRecurrentConfig(config));
}
