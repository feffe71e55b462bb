/// <reference lib="esnext.disposable" preserve="true" />
import type { Build } from './config.js';
import { checkFields, describe } from './config-values.js';
import { LearnerError } from './errors.js';
import type { Core } from './instantiate.js';
import { fill } from './samples.js';

/** Parts of an instance. */
export interface Made<Exports> {
  readonly module: WebAssembly.Module;
  readonly build: Build;
  readonly core: Exports;
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
  #core: Exports | null;
  #sample: Float32Array;

  /** @internal */
  constructor(noun: string, { module, build, core, sampleAt, inputs }: Made<Exports>, state?: Uint8Array) {
    this.build = build;
    this.module = module;
    this.#noun = noun;
    this.#core = core;
    this.#sample = new Float32Array(core.memory.buffer, sampleAt, inputs);
    if (state === undefined) return;
    const own = this.state;
    if (state.length !== own.length) throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: ${state.length} bytes of state; this configuration has ${own.length}`);
    own.set(state);
  }

  /** Gives the memory back; every later call throws. */
  dispose(): void {
    this.#core = null;
    this.#sample = new Float32Array(0);
  }

  /** For `using`: disposes. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @internal The core. @throws LearnerError EDISPOSED */
  protected get core(): Exports {
    if (this.#core === null) throw new LearnerError('EDISPOSED', `this ${this.#noun} was disposed of; create or load another`);
    return this.#core;
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
    fill(this.#sample, x, this.#noun, name);
    return core;
  }
}

/** @throws RangeError for what is no build */
export function checkBuild(build: Build): Build {
  if (build !== 'simd' && build !== 'scalar') throw new RangeError(`options.build: got ${describe(build)}; expected 'simd' or 'scalar'`);
  return build;
}

/** How a network runs; it learns the same bytes either way. */
export interface BuildOptions {
  /** Default: the fastest that this runtime has. */
  build?: Build;
}

/** `options.build` where that is the only one there is. @throws TypeError, RangeError */
export function buildOf(options: BuildOptions, usual: () => Build): Build {
  checkFields('options', options, ['build']);
  return checkBuild(options.build ?? usual());
}
