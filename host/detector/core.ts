import { compileOnce, instantiateCore, type Core } from '../instantiate.js';
import { packed } from '../wasm.detector.generated.js';
import { ERRORS } from './errors.generated.js';

/** Exports of the detector's core (assembly/detector/index.ts): numbers and offsets. */
export interface DetectorExports extends Core {
  commission(): void;
  observe(): number;
  score(): number;
  recent(): number;
  parts(): number;
  views(): number;
}

export const compileDetector = (): Promise<WebAssembly.Module> => compileOnce(packed);

/** One detector's core: an instance of its own, its memory grown to fit the arena, created from `words`. */
export function instantiateDetector(compiled: WebAssembly.Module, words: Int32Array): DetectorExports {
  return instantiateCore(compiled, words, ERRORS);
}
