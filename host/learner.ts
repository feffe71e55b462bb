/// <reference lib="esnext.disposable" preserve="true" />
import { configWords, resolveRate, type Build, type ResolvedConfig } from './config.js';
import { describe } from './config-values.js';
import { ArenaHeader } from './arena-header.js';
import { scoresOf } from './choice.js';
import { placeLearner, type CoreExports } from './core.js';
import { IntakeCounter, type Intake } from './intake.js';
import { LabelNames } from './label-names.js';
import { Network } from './network.js';
import { architectureOf, packParameters, unpackParameters } from './parameters.js';
import { planOf, type MemoryPlan } from './plan.js';
import { predictionOf, resolveUnknownBelow, type Prediction } from './prediction.js';
import { labelledRows } from './samples.js';
import { Sleep } from './sleep.js';
import { encodeSnapshot } from './snapshot.js';
import { weightsOf } from './weights.js';

/** Counters and sizes of a learner. */
export interface Stats extends Intake {
  /** Samples learned. */
  seen: number;
  /** Layer updates done: less than layers x seen, because confident samples are skipped. */
  updates: number;
  /** Weights that stand at the limit of their format now. */
  saturations: number;
  /** The rate that each layer has found for itself, as a multiple of `rate`; 1 where `selfRate` is off. */
  rates: number[];
  /** Exemplars stored now. */
  exemplars: number;
  /** Drift alarms so far, and `seen` at the last one; 0 where there was none. */
  alarms: number;
  lastAlarm: number;
  /** Bytes by kind. */
  bytes: MemoryPlan;
}

/** A drift alarm. */
export interface DriftEvent {
  /** Samples learned, the one that raised the alarm included. */
  seen: number;
  /** Alarms so far. */
  alarms: number;
}

/** How to run a learner. */
export interface LearnerOptions {
  /** Default: the fastest that this runtime has for the configuration. A learner's `build` may so be 'relaxed', which other kinds of learners do not take. */
  build?: Build;
  /** Called after `learn` of a sample that raised a drift alarm. */
  onDrift?: (event: DriftEvent) => void;
  /**
   * `predict` answers 'unknown' where `familiar` is below this, 0 to 1: 0.02 calls one in fifty of ordinary samples unknown, and more where lessons were few or all alike. Default 0: never.
   * It is no part of a snapshot.
   */
  unknownBelow?: number;
}

/**
 * A network that learns one sample at a time. `createLearner` and `loadLearner` make one; everything after that is synchronous
 * and allocates nothing in the core.
 *
 * A sample is any array-like of `inputs` numbers in whatever units the sensor has. They are rounded to binary32; NaN and
 * infinities (and numbers beyond 3.4e38) count as missing: the channel's running mean stands in.
 */
export class Learner<L extends string = string> extends Network<CoreExports> {
  /** As it was created; `labels` says which there are now. */
  readonly config: ResolvedConfig;
  /** Length of a sample: features, or axes x samples of a window. */
  readonly inputs: number;
  /**
   * Any text, kept in the snapshot and never read: what the inputs are called, for one. The commands of onward keep JSON there (FORMAT.md), by
   * which a model knows its own fields. '' is none.
   */
  note = '';
  readonly #options: LearnerOptions;
  readonly #unknownBelow: number;
  readonly #intake: IntakeCounter;
  readonly #labels: LabelNames;
  #alarms = 0;
  readonly #sleep = new Sleep();
  #scores: Int32Array;

  /** @internal Use `createLearner` or `loadLearner`. */
  constructor(module: WebAssembly.Module, build: Build, config: ResolvedConfig, options: LearnerOptions = {}, state?: Uint8Array) {
    const { onDrift, unknownBelow } = options;
    const { window } = config;
    if (onDrift !== undefined && typeof onDrift !== 'function') throw new TypeError(`options.onDrift: expected a function, got ${describe(onDrift)}`);
    const least = resolveUnknownBelow(unknownBelow, config.familiar);
    const place = placeLearner(module, configWords(config));
    const { core } = place;
    const inputs = window === null ? config.inputs : window.axes * window.samples;
    super('learner', { module, build, place, sampleAt: window === null ? core.input() : core.window!(), inputs }, state);
    this.config = config;
    this.inputs = inputs;
    this.#options = options;
    this.#unknownBelow = least;
    this.#intake = new IntakeCounter(this.#unknownBelow);
    this.#labels = new LabelNames(config.labels, 'learner');
    this.#scores = new Int32Array(core.memory.buffer, core.scores(), config.labelCapacity);
    if (state === undefined) this.#header.setLabels(this.#labels.count);
    this.#alarms = this.#header.alarms;
  }

  /** Names of the labels in use, in the order of `scores`. */
  get labels(): readonly L[] {
    return this.#labels.all as readonly L[];
  }

  /**
   * One step: learns that `x` belongs to `label`. A sample that is already answered with confidence costs no update. A label that
   * is new is added, while there is room.
   * @throws TypeError, RangeError: not an array of numbers, another length, a new label beyond `labelCapacity`.
   */
  learn(x: ArrayLike<number>, label: L): void {
    const number = this.#labels.find(label);
    try {
      this.#take(x);
      if (number === undefined) this.addLabel(label);
    } catch (error) {
      this.#intake.refused();
      throw error;
    }
    this.#changing().learn(number ?? this.#labels.count - 1);
    this.#intake.learned(x);
    this.#tellDrift();
  }

  /**
   * A label that samples may come to have.
   * @throws TypeError, RangeError: not a string, there already, or beyond `labelCapacity`.
   */
  addLabel(label: L): void {
    this.#labels.checkNew(label);
    if (this.#changing().addLabel() < 0) {
      throw new RangeError(`label: '${label}' is unknown; this learner has ${this.#labels.first()} and room for no other: raise config.labelCapacity`);
    }
    this.#labels.add(label);
  }

  /** Calls a label something else; nothing that was learned changes. */
  renameLabel(from: L, to: L): void {
    this.#labels.rename(this.#labels.numberOf(from), to);
  }

  /**
   * From now on samples of `from` are to be learned as `into`. Its exemplars become `into`'s, its gates and prototypes are given back, and the last
   * label takes its place in `labels`. The answer to what `from` was turns into `into` over the next tens of samples of it, or in
   * `sleep` where there are exemplars.
   */
  mergeLabels(from: L, into: L): void {
    if (from === into) throw new RangeError(`label: '${from}' cannot be merged into itself`);
    this.#removeLabel(this.#labels.numberOf(from), this.#labels.numberOf(into));
  }

  /** Gives a label's gates and its exemplars or prototypes back; the last label takes its place in `labels`. */
  forgetLabel(label: L): void {
    this.#removeLabel(this.#labels.numberOf(label), -1);
  }

  /**
   * Learning with no new data: `steps` exemplars in turn, at a rate that falls to a tenth. For when the device is idle. Without
   * exemplars there is nothing to do. A sleep that did harm is undone, to the byte: one after which the two newest exemplars of every label are answered
   * worse than before it, all in all.
   *
   * In slices: `sleep(2000, 0, 50)`, `sleep(2000, 50, 100)`, ... The rate is as it was between them, and all together learn the bytes of `sleep(2000)`.
   * `Rehearsal` does so while a device is idle. What is learned or changed between two slices is never undone, nor are then the slices before it; nor
   * those from before a snapshot was loaded: what would be gone back to is not in it.
   * @param steps default 10 times the exemplars stored
   * @param from the first of the steps to do; default 0
   * @param to the step to stop before; default `steps`
   */
  sleep(steps: number = 10 * this.#header.stored, from: number = 0, to: number = steps): void {
    this.#sleep.run(this.core, this.#header, this.state, steps, from, to);
  }

  /**
   * `rows` samples, one after the other, in calls that stay inside the core.
   * @param xs rows of `inputs` values each
   * @param labels one index into `labels` a row
   */
  learnMany(xs: Float32Array, labels: ArrayLike<number>): void {
    const rows = labelledRows(xs, labels, this.inputs, this.#labels.count);
    const numbers = Int32Array.from(labels);
    const core = this.#changing();
    this.#intake.learned(xs);
    // what is left of the last wasm page carries the rows over
    const { arena, tables, page } = planOf(this.config);
    const spare = Math.ceil((tables + arena) / 16) * 16;
    const chunk = this.config.window === null && core.learnRows ? Math.floor((page - spare) / ((this.inputs + 1) * 4)) : 0;
    for (let row = 0; row < rows; ) {
      const count = Math.min(chunk, rows - row);
      if (count > 0) {
        const values = new Float32Array(core.memory.buffer, spare, count * this.inputs);
        values.set(xs.subarray(row * this.inputs, (row + count) * this.inputs));
        const indices = new Int32Array(core.memory.buffer, spare + values.byteLength, count);
        indices.set(numbers.subarray(row, row + count));
        core.learnRows!(values.byteOffset, indices.byteOffset, count);
        row += count;
      } else {
        this.#take(xs.subarray(row * this.inputs, (row + 1) * this.inputs)).learn(numbers[row]!);
        row++;
        this.#tellDrift();
      }
    }
  }

  /** The label of `x`. Changes nothing. */
  predict(x: ArrayLike<number>): Prediction<L> {
    const core = this.#take(x);
    const winner = core.predict();
    const prediction = predictionOf(core, winner, scoresOf(this.#scores, this.#labels.count), this.labels, this.#unknownBelow);
    this.#intake.asked(prediction.familiar);
    return prediction;
  }

  /** The `scores` of `predict` alone, in two thirds of the time. Changes nothing. */
  scores(x: ArrayLike<number>): Float64Array {
    this.#take(x).predict();
    return scoresOf(this.#scores, this.#labels.count);
  }

  /**
   * Lets only the running standardisation see `x`; no weight changes. Without a bound: shown one state for long, it unlearns the others. `Adaptation`
   * has the bounds.
   */
  adapt(x: ArrayLike<number>): void {
    this.#take(x);
    this.#changing().adapt();
  }

  /** The features of a window: per axis mean, deviation and amplitude spectrum, in the unit of the signal. */
  features(x: ArrayLike<number>): Float32Array {
    if (this.config.window === null) throw new TypeError('features: this learner has no window; its samples are features already');
    const core = this.#take(x);
    return new Float32Array(core.memory.buffer, core.input(), this.config.inputs).slice();
  }

  /**
   * @internal One step from features that `features` could have returned; those of a learner without a window are its samples. A fleet's rehearsal.
   */
  learnFeatures(features: Float32Array, label: L): void {
    if (features.length !== this.config.inputs) throw new RangeError(`features: ${features.length} values; this learner has ${this.config.inputs}`);
    const core = this.#changing();
    new Float32Array(core.memory.buffer, core.input(), features.length).set(features);
    core.learn(this.#labels.numberOf(label));
    this.#tellDrift();
  }

  /** Sets the learning rate eta from the next sample on, for schedules. */
  setRate(rate: number): void {
    const eta = Math.round(resolveRate(rate) * 65536);
    new ArenaHeader(this.#changing()).setRate(eta);
  }

  /** A copy of one layer's weights, [units, columns] row-major in the units of the float they stand for; columns are padded to 8. */
  weights(layer: number): Float32Array {
    return weightsOf(this.core, this.config, layer);
  }

  /**
   * Exemplars that a rehearsal is worth: all those of labels that did not come lately (in the last 32 samples, or three for each label), and of the others the share
   * whose replays have been found to help. 0 without exemplars.
   */
  get worthRehearsing(): number {
    return this.#header.worthRehearsing;
  }

  /** Samples learned: `stats().seen` without the work for the rest. */
  get seen(): number {
    return this.#header.seen;
  }

  /** Counters and sizes. */
  stats(): Stats {
    const { core } = this;
    const { seen, updates, stored, alarms, lastAlarm } = this.#header;
    return {
      seen,
      updates,
      saturations: core.saturated(),
      exemplars: stored,
      alarms,
      lastAlarm,
      rates: this.config.units.map((_, layer) => Math.exp(core.logRate(layer) / 256)),
      bytes: planOf(this.config),
      ...this.#intake.counts(),
    };
  }

  /**
   * The parameters that a fleet shares: running means and deviations, weights, biases and gates, packed; nothing of this device alone. Learners of one
   * `architecture` can take each other's.
   */
  parameters(): Uint8Array {
    return packParameters(this.#configNow(), this.state);
  }

  /**
   * Takes parameters in place of its own; counters, random state, self-found rates and what is remembered stay.
   * @throws TypeError, LearnerError: not bytes, or not those of a learner of this configuration and these labels
   */
  setParameters(packed: Uint8Array): void {
    this.#sleep.drop();
    unpackParameters(this.#configNow(), this.state, packed);
  }

  /** Hash of all that decides what `parameters` mean: shape, formats, the way samples are standardised, labels and their order. */
  get architecture(): number {
    return architectureOf(this.#configNow());
  }

  /** Everything learned, as bytes that `loadLearner` takes back: self-describing, with a checksum. */
  save(): Uint8Array {
    return encodeSnapshot(this.config, this.state, this.#labels.all, this.note);
  }

  /** A second learner that has learned the same and goes its own way from here. */
  clone(): Learner<L> {
    const copy = new Learner<L>(this.module, this.build, this.config, this.#options, this.state.slice());
    copy.#labels.set(this.#labels.all);
    copy.note = this.note;
    return copy;
  }

  /** Back to the first moment, with the same seed and the labels of `config`: those it was created with, or those of its snapshot. */
  reset(): void {
    this.#sleep.drop();
    this.create(configWords(this.config));
    this.#labels.set(this.config.labels);
    this.#header.setLabels(this.#labels.count);
    this.#alarms = 0;
  }

  /** @internal */
  protected override view(core: CoreExports): void {
    super.view(core);
    this.#scores = new Int32Array(core.memory.buffer, core.scores(), this.config.labelCapacity);
  }

  override dispose(): void {
    super.dispose();
    this.#sleep.drop();
    this.#scores = new Int32Array(0);
  }

  /** The configuration with the labels that there are now. */
  #configNow(): ResolvedConfig {
    return { ...this.config, labels: this.#labels.all };
  }

  /** The core, for everything that changes what is learned: a sleep under way is not undone beyond it. */
  #changing(): CoreExports {
    this.#sleep.drop();
    return this.core;
  }

  /** Made anew each time, so that `dispose` leaves no view of the memory behind. */
  get #header(): ArenaHeader {
    return new ArenaHeader(this.core);
  }

  /** The sample into the core's memory, where features are made from a window. */
  #take(x: ArrayLike<number>): CoreExports {
    const core = this.take(x);
    if (this.config.window !== null) core.extract!();
    return core;
  }

  #removeLabel(label: number, into: number): void {
    this.#changing().removeLabel(label, into);
    this.#labels.remove(label);
  }

  #tellDrift(): void {
    const { onDrift } = this.#options;
    if (onDrift === undefined) return;
    const { alarms } = this.#header;
    if (alarms === this.#alarms) return;
    this.#alarms = alarms;
    onDrift({ seen: this.seen, alarms });
  }
}
