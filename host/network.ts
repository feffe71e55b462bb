/// <reference lib="esnext.disposable" preserve="true" />
import type { Build, CommonBuild } from './config.js';
import { checkFields, oneOf } from './config-values.js';
import { LearnerError } from './errors.js';
import type { Core } from './instantiate.js';
import type { Place } from './seat.js';
import { fill } from './samples.js';

/** Parts of an instance. */
export interface Made<Exports extends Core> {
  readonly module: WebAssembly.Module;
  readonly build: Build;
  readonly place: Place<Exports>;
  /** Address of the sample, and its number of values. */
  readonly sampleAt: number;
  readonly inputs: number;
}

/** One core with its memory: what learners, detectors and the other networks have in common. */
export abstract class Network<Exports extends Core> {
  /** The build of the core that runs; all learn the same bytes. */
  readonly build: Build;
  /** @internal */
  protected readonly module: WebAssembly.Module;
  /** Its name in messages. */
  readonly #noun: string;
  #place: Place<Exports> | null;
  /** Whose memory the views are of. */
  #viewed: Exports;
  readonly #sampleAt: number;
  #sample: Float32Array;

  /** @internal */
  constructor(noun: string, { module, build, place, sampleAt, inputs }: Made<Exports>, state?: Uint8Array) {
    this.build = build;
    this.module = module;
    this.#noun = noun;
    this.#place = place;
    this.#viewed = place.core;
    this.#sampleAt = sampleAt;
    this.#sample = new Float32Array(this.#viewed.memory.buffer, sampleAt, inputs);
    if (state === undefined) return;
    const own = this.state;
    if (state.length !== own.length) {
      place.leave();
      throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: ${state.length} bytes of state; this configuration has ${own.length}`);
    }
    own.set(state);
  }

  /** Gives the memory back; every later call throws. */
  dispose(): void {
    this.#place?.leave();
    this.#place = null;
    this.#sample = new Float32Array(0);
  }

  /** For `using`: disposes. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @internal The core, with this network's state in it until code of a user runs: others may share it. @throws LearnerError EDISPOSED */
  protected get core(): Exports {
    const { core } = this.#own;
    if (core !== this.#viewed) this.view(core);
    return core;
  }

  /** @internal Views of another instance: the one before broke off a call. */
  protected view(core: Exports): void {
    this.#viewed = core;
    this.#sample = new Float32Array(core.memory.buffer, this.#sampleAt, this.#sample.length);
  }

  get #own(): Place<Exports> {
    if (this.#place === null) throw new LearnerError('EDISPOSED', `this ${this.#noun} was disposed of; create or load another`);
    return this.#place;
  }

  /** @internal Back to the first moment. */
  protected create(words: Int32Array): void {
    this.#own.create(words);
  }

  /** @internal Everything learned, where it lies: the front of the arena. */
  protected get state(): Uint8Array {
    const { memory, arena, stateBytes } = this.core;
    return new Uint8Array(memory.buffer, arena(), stateBytes());
  }

  /** @internal Fields of the state. */
  protected get header(): DataView {
    const { memory, arena } = this.core;
    return new DataView(memory.buffer, arena());
  }

  /** @internal A sample into the core's memory. @throws TypeError, RangeError */
  protected take(x: ArrayLike<number>, name?: string): Exports {
    const { core } = this;
    const { uses } = this.#own;
    fill(this.#sample, x, this.#noun, name);
    if (this.#own.uses === uses) return core;
    // a getter of x had this learner or another at work
    const sample = new Float32Array(this.#sample.length);
    fill(sample, x, this.#noun, name);
    const again = this.core;
    this.#sample.set(sample);
    return again;
  }
}

export const COMMON_BUILDS = ['simd', 'scalar'] as const;

/** How a network runs; it learns the same bytes either way. */
export interface BuildOptions {
  /** Default: the fastest that this runtime has. */
  build?: CommonBuild;
}

/** `options.build` where that is the only one there is. @throws TypeError, RangeError */
export function buildOf(options: BuildOptions, usual: () => CommonBuild): CommonBuild {
  checkFields('options', options, ['build']);
  return oneOf('options.build', options.build ?? usual(), COMMON_BUILDS);
}
