import { compileWasm } from './compile-wasm.js';
import { LearnerError } from './errors.js';

/** Exports of every core: numbers and offsets. */
export interface Core {
  readonly memory: WebAssembly.Memory;
  config(): number;
  plan(): number;
  create(): number;
  arena(): number;
  stateBytes(): number;
  /** A sample's binary32 bits. */
  input(): number;
}

/**
 * One core: an instance of its own, its memory grown to fit the arena, created from `words`.
 * @param reasons what the core's negative status codes mean, in their order from -1
 * @throws LearnerError ECORE with the reason where the core refuses the configuration, EMEMORY where the engine has no room for one more
 */
export function instantiateCore<Exports extends Core>(compiled: WebAssembly.Module, words: Int32Array, reasons: readonly string[]): Exports {
  const checked = (status: number): number => {
    if (status >= 0) return status;
    throw new LearnerError('ECORE', `the core refused the configuration: ${reasons[-status - 1] ?? `status ${status}`}`);
  };
  try {
    const core = new WebAssembly.Instance(compiled).exports as unknown as Exports;
    new Int32Array(core.memory.buffer, core.config(), words.length).set(words);
    const bytes = checked(core.plan());
    const missing = core.arena() + bytes - core.memory.buffer.byteLength;
    if (missing > 0) core.memory.grow(Math.ceil(missing / 65536));
    checked(core.create());
    return core;
  } catch (cause) {
    // some 12,900 instances of V8 on 64 bits: each reserves addresses
    throw cause instanceof RangeError ? new LearnerError('EMEMORY', 'no memory left: dispose of others', { cause }) : cause;
  }
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

/** The compiled core, compiled once per process. */
export function compileOnce(packed: string): Promise<WebAssembly.Module> {
  let module = modules.get(packed);
  if (module === undefined) {
    modules.set(packed, (module = compileWasm(packed)));
    module.catch(() => modules.delete(packed)); // there may be room, or a network, the next time
  }
  return module;
}
