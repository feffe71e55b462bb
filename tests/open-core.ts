// A core through its raw ABI (FORMAT.md): compiled once, an instance of its own for everybody who asks.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Loadable } from './lockstep.js';

/** What every core exports. */
export interface AnyCore {
  readonly memory: WebAssembly.Memory;
  config(): number;
  plan(): number;
  create(): number;
  arena(): number;
  stateBytes(): number;
}

/** A core that was created. */
export interface OpenCore<Core> extends Loadable {
  readonly core: Core;
  /** Bytes of arena, and of what lies before it. */
  readonly bytes: number;
  readonly arenaStart: number;
  readonly pageBytes: number;
  state(): Uint8Array;
  /** Views that stay, for the memory does not grow any more. */
  bits(at: number, count: number): Uint32Array;
  integers(at: number, count: number): Int32Array;
}

export function wasmOf(build: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../build/${build}.wasm`, import.meta.url))));
}

const modules = new Map<string, WebAssembly.Module>();

/** `build/NAME.wasm`, for a configuration. */
export function openCore<Core extends AnyCore>(build: string, words: Int32Array): OpenCore<Core> {
  const module = modules.get(build) ?? new WebAssembly.Module(wasmOf(build));
  modules.set(build, module);
  const env = { abort: () => { throw new Error(`${build}: an assertion failed`); } }; // of the debug builds
  return create(new WebAssembly.Instance(module, { env }).exports as unknown as Core, words);
}

/** The same in an instance that is there. @throws RangeError with what `plan` or `create` answered */
export function create<Core extends AnyCore>(core: Core, words: Int32Array): OpenCore<Core> {
  const { memory } = core;
  new Int32Array(memory.buffer, core.config(), words.length).set(words);
  const bytes = core.plan();
  if (bytes < 0) throw new RangeError(`plan: ${bytes}`);
  const missing = core.arena() + bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  const status = core.create();
  if (status !== 0) throw new RangeError(`create: ${status}`);
  const state = new Uint8Array(memory.buffer, core.arena(), core.stateBytes());
  return {
    core,
    bytes,
    arenaStart: core.arena(),
    pageBytes: memory.buffer.byteLength,
    state: () => state.slice(),
    load: (from) => state.set(from),
    bits: (at, count) => new Uint32Array(memory.buffer, at, count),
    integers: (at, count) => new Int32Array(memory.buffer, at, count),
  };
}
