import { compileOnce, instantiateCore } from '../instantiate.js';
import type { Build } from '../config.js';
import { wasm } from '../wasm.two-pass.generated.js';
import { ERRORS } from './errors.generated.js';

/** Exports of the two-pass core (assembly/two-pass/index.ts): numbers and offsets. */
export interface TwoPassExports {
  readonly memory: WebAssembly.Memory;
  config(): number;
  plan(): number;
  create(): number;
  arena(): number;
  stateBytes(): number;
  input(): number;
  negativeInput(): number;
  scores(): number;
  goodness(): number;
  learnPositive(label: number): number;
  learnNegative(label: number): number;
  learnPair(label: number, negativeLabel: number): number;
  learnLabelled(label: number): number;
  learnReadout(label: number): number;
  predict(): number;
  predictByGoodness(): number;
  sense(label: number): void;
  handedOn(side: number): number;
  weights(layer: number): number;
  saturated(): number;
}

export const compileTwoPass = (build: Build): Promise<WebAssembly.Module> => compileOnce(wasm[build].packed);

/** One network's core: an instance of its own, its memory grown to fit the arena, created from `words`. */
export function instantiateTwoPass(compiled: WebAssembly.Module, words: Int32Array): TwoPassExports {
  return instantiateCore(compiled, words, ERRORS);
}
