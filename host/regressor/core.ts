import type { CommonBuild } from '../config.js';
import { compileOnce, type Core } from '../instantiate.js';
import type { Place } from '../seat.js';
import { placeFor } from '../share.js';
import { wasm } from '../wasm.regressor.generated.js';
import { ERRORS } from './errors.generated.js';
import { WORDS } from './words.generated.js';

/** Exports of the regressor's core (assembly/regressor/index.ts): numbers and offsets. */
export interface RegressorExports extends Core {
  prediction(): number;
  exponent(): number;
  predict(): void;
  learn(target: number): number;
  begin(): void;
  saturated(): number;
}

export const compileRegressor = (build: CommonBuild): Promise<WebAssembly.Module> => compileOnce(wasm[build].packed);

/** A regressor's place in a core created from `words`, which small ones of the same configuration share. */
export function placeRegressor(compiled: WebAssembly.Module, words: Int32Array): Place<RegressorExports> {
  return placeFor(compiled, words, ERRORS, WORDS);
}
