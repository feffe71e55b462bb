import { compileOnce, type Core } from '../instantiate.js';
import type { Place } from '../seat.js';
import { placeFor } from '../share.js';
import { packed } from '../wasm.detector.generated.js';
import { ERRORS } from './errors.generated.js';
import { WORDS } from './words.generated.js';

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

/** A detector's place in a core created from `words`, which small ones of the same configuration share. */
export function placeDetector(compiled: WebAssembly.Module, words: Int32Array): Place<DetectorExports> {
  return placeFor(compiled, words, ERRORS, WORDS);
}
