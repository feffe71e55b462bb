// Relaxed SIMD for tests: V8 has it since Node 21. Node 20 has it behind a flag, and right only in the second of its compilers: the first mixes up operands.
// Flags are those of a process, so that a test of anything else does without.

import { setFlagsFromString } from 'node:v8';
import { wasmOf } from './open-core.js';

/** True if `core.relaxed.wasm` can run here from now on. */
export function allowRelaxedSimd(): boolean {
  const bytes = wasmOf('core.relaxed');
  if (!WebAssembly.validate(bytes)) for (const flag of ['--experimental-wasm-relaxed-simd', '--no-liftoff']) setFlagsFromString(flag);
  return WebAssembly.validate(bytes);
}
