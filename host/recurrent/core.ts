import { instantiateCore } from '../instantiate.js';
import { compileWasm } from '../compile-wasm.js';
import type { Build } from '../config.js';
import { wasm } from '../wasm.recurrent.generated.js';

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

/** What the core's negative status codes mean (assembly/layout.ts and assembly/recurrent/layout.ts, ERROR_*), in their order from -1. */
const CORE_ERRORS = [
  'inputs must be 1 to 4096',
  'labels must be 2 to 256',
  'layers must be 2 to 8',
  'units of each layer must be 1 to 4096',
  'bits must be 8 or 16',
  'there is no window of raw signal',
  'there is no memory of samples',
  'iterations must be 1 to 16, the first that counts one of them, and layers x counted iterations at most 31',
  'stateDrop must be below 1',
  'there is neither a skipped input nor a self-finding rate, and the gate divisor is at least 4',
];

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
  return instantiateCore(compiled, words, CORE_ERRORS);
}
