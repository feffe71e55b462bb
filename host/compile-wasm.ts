import { unpack } from './packed.js';

/**
 * The module that an inlined core stands for. Every core goes through here: the build for workerd, which may not compile bytes, puts modules in
 * the place of the strings and an identity in the place of this file (scripts/build-workerd.ts).
 */
export const compileWasm = (packed: string): Promise<WebAssembly.Module> => WebAssembly.compile(unpack(packed));
