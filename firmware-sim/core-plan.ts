// What the core needs of a board's memory, asked of the core itself: the numbers that a build is made for.

import { configWords, type ResolvedConfig } from '../host/config.js';
import { instantiate } from '../host/core.js';
import { wasm as cores } from '../host/wasm.core.generated.js';

export interface CorePlan {
  readonly config: ResolvedConfig;
  /** First byte of the linear memory that the core uses, and the end of the arena: in between lies all the RAM it needs. */
  readonly low: number;
  readonly bytes: number;
  readonly arenaBytes: number;
  readonly stateBytes: number;
}

/** The scalar build of the core: the one that becomes firmware. */
const module = new WebAssembly.Module(Buffer.from(cores.scalar.base64, 'base64'));

export function corePlan(config: ResolvedConfig): CorePlan {
  const core = instantiate(module, configWords(config));
  const arenaBytes = core.plan();
  return { config, low: core.config() & ~15, bytes: core.arena() + arenaBytes, arenaBytes, stateBytes: core.stateBytes() };
}

/** FNV-1a, 32 bits: what a board reports for its learned bytes. */
export function fnv1a(bytes: Uint8Array): number {
  let hash = 2166136261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
  return hash >>> 0;
}
