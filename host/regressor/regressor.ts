/// <reference lib="esnext.disposable" preserve="true" />
import type { Build } from '../config.js';
import { describe } from '../config-values.js';
import { supportedBuild } from '../core.js';
import { Network, buildOf, type BuildOptions } from '../network.js';
import { regressorWordsOf, resolveRegressorConfig, type RegressorConfig, type ResolvedRegressorConfig } from './config.js';
import { compileRegressor, placeRegressor, type RegressorExports } from './core.js';
import { regressorPlanOf, type RegressorPlan } from './plan.js';
import { decodeRegressor, encodeRegressor } from './snapshot.js';

/** A number, and where it lies in four of five cases: a tenth is below `low`, a tenth above `high`. All NaN before the first target. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** Counters and sizes of a regressor. */
export interface RegressorStats {
  /** Samples whose number was known. With a horizon of N one in N of them, drawn, was learned. */
  seen: number;
  /** Layer updates done: at most one a layer and sample. */
  updates: number;
  /** Weights that stand at the limit of their format now. */
  saturations: number;
  /** Bytes by kind. */
  bytes: RegressorPlan;
}

/** Byte offsets in the arena's header (assembly/layout.ts). */
const SEEN = 0;
const UPDATES = 8;

/**
 * A number from a sample, online: bins of the number by Forward-Forward, a linear prediction along decorrelated inputs, the last known target and the
 * last known error, blended as they have proved (docs/regression.md). `createRegressor` and `loadRegressor` make one; everything after that is synchronous
 * and allocates nothing in the core.
 *
 * A sample is `inputs` numbers in whatever unit, rounded to binary32; NaN and infinities are missing. The target has no bounds to be told: its range is found.
 */
export class Regressor extends Network<RegressorExports> {
  readonly config: ResolvedRegressorConfig;
  /** Any text that goes into its snapshots, and comes back out of them. Default ''. */
  note = '';
  readonly #target = new Float32Array(1);
  readonly #bits = new Uint32Array(this.#target.buffer);

  /** @internal Use `createRegressor` or `loadRegressor`. */
  constructor(module: WebAssembly.Module, build: Build, config: ResolvedRegressorConfig, state?: Uint8Array) {
    const place = placeRegressor(module, regressorWordsOf(config));
    const { core } = place;
    super('regressor', { module, build, place, sampleAt: core.input(), inputs: config.inputs }, state);
    this.config = config;
  }

  /** The number that belongs to a sample. With a horizon, that of the sample so many after the last one learned. Changes nothing that is learned. */
  predict(x: ArrayLike<number>): Estimate {
    const core = this.take(x);
    if (this.seen === 0) return { value: NaN, low: NaN, high: NaN };
    core.predict();
    const unit = 2 ** core.exponent();
    const [value, low, high] = new Int32Array(core.memory.buffer, core.prediction(), 3) as unknown as [number, number, number];
    return { value: value * unit, low: low * unit, high: high * unit };
  }

  /**
   * One step, of samples in their order, once the number that belongs to a sample is known. NaN is a number that stays unknown: it teaches what samples are
   * like, and time goes on. `y` is rounded to binary32: infinities, and what lies beyond 3.4e38, are unknown as well, and of numbers such as 1.7e9 +- 10 little
   * more than 1.7e9 is left (steps of 128): subtract an offset first. Returns how many layers were updated.
   * @throws TypeError for a target that is no number
   */
  learn(x: ArrayLike<number>, y: number): number {
    if (typeof y !== 'number') throw new TypeError(`y: expected a number, or NaN where it is not known, got ${describe(y)}`);
    const core = this.take(x);
    this.#target[0] = y;
    return core.learn(this.#bits[0]!);
  }

  /** The next sample does not follow the last one, or its targets are far: what was known of them is forgotten, what was learned stays. */
  begin(): void {
    this.core.begin();
  }

  /** Samples whose number was known. */
  get seen(): number {
    return Number(this.header.getBigUint64(SEEN, true));
  }

  /** Counters and sizes. */
  stats(): RegressorStats {
    const { core, header, seen } = this;
    return { seen, updates: Number(header.getBigUint64(UPDATES, true)), saturations: core.saturated(), bytes: regressorPlanOf(this.config) };
  }

  /** Everything learned as bytes that `loadRegressor` takes, on any machine and either build. */
  save(): Uint8Array {
    return encodeRegressor(this.config, this.state, this.note);
  }

  /** A second regressor that has learned the same and goes its own way from here. */
  clone(): Regressor {
    const clone = new Regressor(this.module, this.build, this.config, this.state.slice());
    clone.note = this.note;
    return clone;
  }

  /** Back to the first moment, with the same seed: nothing learned. */
  reset(): void {
    this.create(regressorWordsOf(this.config));
  }
}

/** Behind `createRegressor`, `loadRegressor` and `regressorBytesNeeded`. */
export async function makeRegressor(config: RegressorConfig, options: BuildOptions): Promise<Regressor> {
  const build = buildOf(options, supportedBuild);
  const resolved = resolveRegressorConfig(config);
  return new Regressor(await compileRegressor(build), build, resolved);
}

export async function restoreRegressor(snapshot: Uint8Array, options: BuildOptions): Promise<Regressor> {
  const build = buildOf(options, supportedBuild);
  const { config, state, note } = decodeRegressor(snapshot);
  const regressor = new Regressor(await compileRegressor(build), build, config, state);
  regressor.note = note;
  return regressor;
}

export function planRegressor(config: RegressorConfig): RegressorPlan {
  return regressorPlanOf(resolveRegressorConfig(config));
}
