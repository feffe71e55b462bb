import { compileOnce, type Core } from '../instantiate.js';
import type { Place } from '../seat.js';
import { placeFor } from '../share.js';
import type { CommonBuild } from '../config.js';
import { wasm } from '../wasm.two-pass.generated.js';
import { ERRORS } from './errors.generated.js';

/** Exports of the two-pass core (assembly/two-pass/index.ts): numbers and offsets. */
export interface TwoPassExports extends Core {
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

export const compileTwoPass = (build: CommonBuild): Promise<WebAssembly.Module> => compileOnce(wasm[build].packed);

/** A network's place, in an instance of its own: `handedOn` reads scratch, which is not kept for those who share. */
export function placeTwoPass(compiled: WebAssembly.Module, words: Int32Array): Place<TwoPassExports> {
  return placeFor(compiled, words, ERRORS);
}
