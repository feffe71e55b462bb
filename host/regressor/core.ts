import type { Build } from '../config.js';
import { compileOnce, instantiateCore, type Core } from '../instantiate.js';
import { wasm } from '../wasm.regressor.generated.js';
import { ERRORS } from './errors.generated.js';

/** Exports of the regressor's core (assembly/regressor/index.ts): numbers and offsets. */
export interface RegressorExports extends Core {
  prediction(): number;
  exponent(): number;
  predict(): void;
  learn(target: number): number;
  begin(): void;
  saturated(): number;
}

export const compileRegressor = (build: Build): Promise<WebAssembly.Module> => compileOnce(wasm[build].packed);

/** One regressor's core: an instance of its own, its memory grown to fit the arena, created from `words`. */
export function instantiateRegressor(compiled: WebAssembly.Module, words: Int32Array): RegressorExports {
  return instantiateCore(compiled, words, ERRORS);
}
