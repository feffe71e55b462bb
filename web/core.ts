/** Stands in for host/core.ts: the page's cores are addresses of files (web/compile-wasm.ts). */
import continualScalar from '../build/continual.scalar.wasm?url';
import continualSimd from '../build/continual.simd.wasm?url';
import scalar from '../build/core.scalar.wasm?url';
import simd from '../build/core.simd.wasm?url';
import type { Build, CommonBuild, CoreName } from '../host/config.js';
import { compileOnce } from '../host/instantiate.js';
import { COMMON_BUILDS } from '../host/network.js';

export { placeLearner, supportedBuild, supportedBuild as fastestBuild, type CoreExports } from '../host/core.js';

/** The page makes no learner with local fields, and hardly one so wide that `relaxed` would pay. */
const FILES: Record<Exclude<CoreName, 'fields' | 'vision'>, Record<CommonBuild, string>> = {
  core: { simd, scalar },
  continual: { simd: continualSimd, scalar: continualScalar },
};

export const buildsOf = (): readonly CommonBuild[] => COMMON_BUILDS;

export function compile(build: Build, name: CoreName = 'core'): Promise<WebAssembly.Module> {
  if (name === 'fields' || name === 'vision') return Promise.reject(new Error('this page has no core with local fields: use the library'));
  return compileOnce(FILES[name][build as CommonBuild]);
}
