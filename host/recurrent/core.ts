import { compileOnce, type Core } from '../instantiate.js';
import type { Place } from '../seat.js';
import { placeFor } from '../share.js';
import type { CommonBuild } from '../config.js';
import { wasm } from '../wasm.recurrent.generated.js';
import { ERRORS } from './errors.generated.js';
import { WORDS } from './words.generated.js';

/** Exports of the recurrent core (assembly/recurrent/index.ts): numbers and offsets. */
export interface RecurrentExports extends Core {
  scores(): number;
  learn(label: number): number;
  predict(): number;
  reset(): void;
  saturated(): number;
}

export const compileRecurrent = (build: CommonBuild): Promise<WebAssembly.Module> => compileOnce(wasm[build].packed);

/** A network's place in a core created from `words`, which small ones of the same configuration share. */
export function placeRecurrent(compiled: WebAssembly.Module, words: Int32Array): Place<RecurrentExports> {
  return placeFor(compiled, words, ERRORS, WORDS);
}
