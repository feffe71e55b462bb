import { compileWasm } from '../compile-wasm.js';
import { instantiateCore } from '../instantiate.js';
import { base64 } from '../wasm.detector.generated.js';

/** Exports of the detector's core (assembly/detector/index.ts): numbers and offsets. */
export interface DetectorExports {
  readonly memory: WebAssembly.Memory;
  config(): number;
  plan(): number;
  create(): number;
  commission(): void;
  arena(): number;
  stateBytes(): number;
  input(): number;
  observe(): number;
  score(): number;
  parts(): number;
}

/** What the core's negative status codes mean (assembly/detector/layout.ts, ERROR_*), in their order from -1. */
const CORE_ERRORS = ['mode must be 0 or 1', 'channels must be 1 to 256', 'units must be 1 to 64, or 0 in streaming mode', 'bits must be 8 or 16'];

let module: Promise<WebAssembly.Module> | undefined;

/** The compiled core, compiled once per process. */
export function compileDetector(): Promise<WebAssembly.Module> {
  return (module ??= compileWasm(base64));
}

/** One detector's core: an instance of its own, its memory grown to fit the arena, created from `words`. */
export function instantiateDetector(compiled: WebAssembly.Module, words: Int32Array): DetectorExports {
  return instantiateCore(compiled, words, CORE_ERRORS);
}
