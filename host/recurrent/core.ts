import { instantiateCore } from '../instantiate.js';
import { compileWasm } from '../compile-wasm.js';
import type { Build } from '../config.js';
import { wasm } from '../wasm.recurrent.generated.js';
import { ERRORS } from './errors.generated.js';

/** Exports of the recurrent core (assembly/recurrent/index.ts): numbers and offsets. */
export interface RecurrentExports {
  readonly memory: WebAssembly.Memory;
  config(): number;
  plan(): number;
  create(): number;
  arena(): number;
  stateBytes(): number;
  input(): number;
  scores(): number;
  learn(label: number): number;
  predict(): number;
  reset(): void;
  saturated(): number;
}

const modules = new Map<Build, Promise<WebAssembly.Module>>();

/** The compiled core, compiled once per process. */
export function compileRecurrent(build: Build): Promise<WebAssembly.Module> {
  let module = modules.get(build);
  if (module === undefined) {
    module = compileWasm(wasm[build].base64);
    modules.set(build, module);
  }
  return module;
}

/** One network's core: an instance of its own, its memory grown to fit the arena, created from `words`. */
export function instantiateRecurrent(compiled: WebAssembly.Module, words: Int32Array): RecurrentExports {
  return instantiateCore(compiled, words, ERRORS);
}
