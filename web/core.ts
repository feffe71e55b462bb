/**
 * Stands in for host/core.ts: the page's cores are addresses of files (web/compile-wasm.ts), with vectors only. A browser that shows the rest of the page has
 * them (but for Safari 15, of 2022); cores without would be 27 kB more.
 */
import continual from '../build/continual.simd.wasm?url';
import core from '../build/core.simd.wasm?url';
import type { Build, CoreName } from '../host/config.js';
import { supportedBuild } from '../host/core.js';
import { compileOnce } from '../host/instantiate.js';
import { words } from './words.js';

export { placeLearner, type CoreExports } from '../host/core.js';

/** The page makes no learner with local fields, and hardly one so wide that `relaxed` would pay. */
const FILES: Record<Exclude<CoreName, 'fields' | 'vision'>, string> = { core, continual };

export const buildsOf = (): readonly Build[] => ['simd'];

/** @throws Error where the browser has no vectors */
export function fastestBuild(): Build {
  if (supportedBuild() !== 'simd') throw new Error(words.oldBrowser);
  return 'simd';
}

export function compile(_build: Build, name: CoreName = 'core'): Promise<WebAssembly.Module> {
  if (name === 'fields' || name === 'vision') return Promise.reject(new Error('this page has no core with local fields: use the library'));
  return compileOnce(FILES[name]);
}
