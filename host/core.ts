import { wasm } from './wasm.core.generated.js';
import { coreOf, type Build, type CommonBuild, type CoreName, type ResolvedConfig } from './config.js';
import { dotsAtOnce } from './dots-at-once.js';
import { compileOnce, instantiateCore, type Core } from './instantiate.js';
import { ERRORS } from './errors.generated.js';
import { COMMON_BUILDS } from './network.js';
import type { Place } from './seat.js';
import { placeFor } from './share.js';
import { WORDS } from './words.generated.js';

/** Exports of the core (assembly/index.ts): numbers and offsets. */
export interface CoreExports extends Core {
  /** Not of the cores with local fields, as `extract`. */
  window?(): number;
  scores(): number;
  extract?(): void;
  predict(): number;
  learn(label: number): number;
  adapt(): void;
  /** Not of the cores with a memory. */
  learnRows?(rows: number, labels: number, count: number): void;
  /** Q15, of a label, after `predict`. */
  probability(label: number): number;
  /** Share of learned samples as far from their label as the sample last predicted from `label`, Q15; -1 where nothing can be said. */
  familiarity(label: number): number;
  /** Q16. */
  sharpness(): number;
  weights(layer: number): number;
  logRate(layer: number): number;
  saturated(): number;
  addLabel(): number;
  /** With a memory it takes the label that the exemplars go to, or -1. */
  removeLabel(label: number, into?: number): void;
  /** Only of the cores with a memory: */
  sleep?(steps: number): void;
  /** Octaves in Q10. */
  newestLoss?(): number;
  memoryState?(): number;
}

/** (module (func (result v128) i32.const 0 i8x16.splat i8x16.popcnt)): valid where SIMD is. */
const SIMD_PROBE = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
);

/** The faster of the builds that every core has and this runtime can run. */
export function supportedBuild(): CommonBuild {
  return WebAssembly.validate(SIMD_PROBE) ? 'simd' : 'scalar';
}

/** The builds that a configuration's core has. */
export function buildsOf(config: ResolvedConfig): readonly Build[] {
  return coreOf(config) === 'core' ? ['relaxed', ...COMMON_BUILDS] : COMMON_BUILDS;
}

/** The plain core gains from so many columns on: 2 to 5 % where one layer of two has them. */
const WIDE = 128;

/** Columns of the widest row. A first layer of 16 bits in a learner of 8 has at most 8. */
function columns({ inputs, units, skipInput }: ResolvedConfig): number {
  return Math.max(inputs, ...units.slice(0, -1).map((before) => before + (skipInput ? inputs : 0)));
}

/** The fastest build that this runtime has for a configuration, by what it can do at once and which files can be had. */
export async function fastestBuild(config: ResolvedConfig, isFast = dotsAtOnce, open: (build: Build) => Promise<unknown> = compile): Promise<Build> {
  if (config.bits === 8 && coreOf(config) === 'core' && columns(config) >= WIDE) {
    try {
      if (isFast()) {
        await open('relaxed');
        return 'relaxed';
      }
    } catch {
      // its file cannot be had: a page is offline, a package was replaced meanwhile; or nothing may be compiled to ask the processor
    }
  }
  return supportedBuild();
}

/** The compiled core, compiled once per process. */
export async function compile(build: Build, name: CoreName = 'core'): Promise<WebAssembly.Module> {
  if (name === 'core') {
    if (build === 'simd') return compileOnce(wasm.simd.packed);
    return compileOnce(build === 'scalar' ? (await import('./wasm.core-scalar.generated.js')).wasm.scalar.packed : (await import('./wasm.core-relaxed.generated.js')).wasm.relaxed.packed);
  }
  const later = await (name === 'continual' ? import('./wasm.continual.generated.js') : name === 'fields' ? import('./wasm.fields.generated.js') : import('./wasm.vision.generated.js'));
  return compileOnce(later.wasm[build === 'scalar' ? 'scalar' : 'simd'].packed);
}

/** A learner's place in a core created from `words`, which small learners of the same configuration share. */
export function placeLearner(module: WebAssembly.Module, words: Int32Array): Place<CoreExports> {
  return placeFor(module, words, ERRORS, WORDS);
}

/** A core by itself: an instance of its own, its memory grown to fit the arena, created from `words`. */
export function instantiate(module: WebAssembly.Module, words: Int32Array): CoreExports {
  return instantiateCore(module, words, ERRORS);
}
