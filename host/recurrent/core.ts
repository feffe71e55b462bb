import { compileOnce, instantiateCore } from '../instantiate.js';
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

export const compileRecurrent = (build: Build): Promise<WebAssembly.Module> => compileOnce(wasm[build].packed);

/** One network's core: an instance of its own, its memory grown to fit the arena, created from `words`. */
export function instantiateRecurrent(compiled: WebAssembly.Module, words: Int32Array): RecurrentExports {
  return instantiateCore(compiled, words, ERRORS);
}
