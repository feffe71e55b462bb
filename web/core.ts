/** Stands in for host/core.ts: the page's cores are files beside it, and only the one that is used is fetched. */
import continualScalar from '../build/continual.scalar.wasm?url';
import continualSimd from '../build/continual.simd.wasm?url';
import scalar from '../build/core.scalar.wasm?url';
import simd from '../build/core.simd.wasm?url';
import type { Build, CommonBuild, CoreName } from '../host/config.js';
import { COMMON_BUILDS } from '../host/network.js';

export { placeLearner, supportedBuild, supportedBuild as fastestBuild, type CoreExports } from '../host/core.js';

/** The page makes no learner with local fields, and hardly one so wide that `relaxed` would pay. */
const FILES: Record<Exclude<CoreName, 'fields' | 'vision'>, Record<CommonBuild, string>> = {
  core: { simd, scalar },
  continual: { simd: continualSimd, scalar: continualScalar },
};

export const buildsOf = (): readonly CommonBuild[] => COMMON_BUILDS;

const modules = new Map<string, Promise<WebAssembly.Module>>();

export function compile(build: Build, name: CoreName = 'core'): Promise<WebAssembly.Module> {
  if (name === 'fields' || name === 'vision') return Promise.reject(new Error('this page has no core with local fields: use the library'));
  const address = FILES[name][build as CommonBuild];
  let module = modules.get(address);
  if (module === undefined) {
    module = fetchModule(address);
    module.catch(() => modules.delete(address)); // the network may be back the next time
    modules.set(address, module);
  }
  return module;
}

/** Not compileStreaming: it refuses what a plain file server sends without the type application/wasm. */
async function fetchModule(address: string): Promise<WebAssembly.Module> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be read (${response.status}): reload the page`);
  return WebAssembly.compile(await response.arrayBuffer());
}
