import { instantiateCore } from '../instantiate.js';
import { compileWasm } from '../compile-wasm.js';
import type { Build } from '../config.js';
import { wasm } from '../wasm.two-pass.generated.js';

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

/** What the core's negative status codes mean (assembly/two-pass/layout.ts, ERROR_*), in their order from -1. */
const CORE_ERRORS = [
  'inputs must be 1 to 4096',
  'labels must be 2 to 256 with a readout or as input, otherwise 0',
  'layers must be 1 to 8',
  'units of each layer must be 1 to 4096',
  'bits must be 8 or 16',
  'height x width must divide the inputs',
  'a window must fit into its grid, and the label needs a dense first layer',
  'readoutFrom and goodnessFrom must be layers',
  'a group must be a multiple of 8 that divides the units of every layer',
];

const modules = new Map<Build, Promise<WebAssembly.Module>>();

/** The compiled core, compiled once per process. */
export function compileTwoPass(build: Build): Promise<WebAssembly.Module> {
  let module = modules.get(build);
  if (module === undefined) {
    module = compileWasm(wasm[build].base64);
    modules.set(build, module);
  }
  return module;
}

/** One network's core: an instance of its own, its memory grown to fit the arena, created from `words`. */
export function instantiateTwoPass(compiled: WebAssembly.Module, words: Int32Array): TwoPassExports {
  return instantiateCore(compiled, words, CORE_ERRORS);
}
