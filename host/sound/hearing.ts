import { compileOnce, instantiateCore, type Core } from '../instantiate.js';
import { fill } from '../samples.js';
import { resolveSoundWindow, soundFeatures, type ResolvedSoundWindow, type SoundWindow } from './window.js';

interface SoundExports extends Core {
  features(): number;
  extract(): void;
}

/** Answers of `plan`, from -1 on. */
const ERRORS = ['samples a second must be 8000 or 16000', 'a window must be a quarter of a second to four', 'bands must be 8 to 40'];

/** Makes features of windows of sound: the same bits everywhere. It keeps nothing from one window to the next. */
export class Hearing {
  readonly window: ResolvedSoundWindow;
  /** Bytes that it needs: those of a window of binary32, and frames and bands: 4,880 for a second at 8 kHz, 5,648 at 16 kHz, 25,104 for four with 40 bands. */
  readonly bytes: number;
  readonly #core: SoundExports;
  readonly #sound: Float32Array;

  /** @internal Use `createHearing`. */
  constructor(module: WebAssembly.Module, window: ResolvedSoundWindow) {
    const core = instantiateCore<SoundExports>(module, Int32Array.of(window.audio, window.samples, window.bands), ERRORS);
    this.window = window;
    this.bytes = core.arena() + core.plan();
    this.#core = core;
    this.#sound = new Float32Array(core.memory.buffer, core.input(), window.samples);
  }

  /** Values of a window's features. */
  get inputs(): number {
    return soundFeatures(this.window);
  }

  /**
   * Features of a window: how loud it is (log2 of power, so 2 for every factor of two), then of eight parts of its sound each band, against the mean of all. What is missing counts
   * as silent; a window without any sound has no features: NaN.
   * @throws TypeError, RangeError: not an array of numbers, another length
   */
  features(x: ArrayLike<number>): Float32Array {
    fill(this.#sound, x, 'window of sound');
    this.#core.extract();
    return new Float32Array(this.#core.memory.buffer, this.#core.features(), this.inputs).slice();
  }
}

/**
 * The front end alone, for features that are learned as any others: `createLearner({ inputs: hearing.inputs, ... })`.
 * @throws TypeError, RangeError for a window that cannot be
 */
export async function createHearing(window: SoundWindow): Promise<Hearing> {
  const resolved = resolveSoundWindow(window);
  const { packed } = await import('../wasm.sound.generated.js');
  return new Hearing(await compileOnce(packed), resolved);
}
