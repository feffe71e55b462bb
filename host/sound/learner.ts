import type { Build, ResolvedConfig } from '../config.js';
import { LearnerError } from '../errors.js';
import { Learner, type LearnerOptions } from '../learner.js';
import type { Prediction } from '../prediction.js';
import { labelledRows } from '../samples.js';
import { decodeSnapshot } from '../snapshot.js';
import type { Hearing } from './hearing.js';
import { soundFeatures, type ResolvedSoundWindow, type SoundWindow } from './window.js';

/**
 * A learner whose samples are windows of sound: numbers in any unit, -1 to 1 for one. All it learns is their features, so it has every option, memory and drift
 * alarm of a learner, and its snapshot is one of a learner of features whose `note` says how they are made: leave that as it is.
 */
export class SoundLearner<L extends string = string> extends Learner<L> {
  /** Samples of a window. */
  override readonly inputs: number;
  readonly #hearing: Hearing;
  readonly #options: LearnerOptions;

  /** @internal Use `createSoundLearner` or `loadSoundLearner`. */
  constructor(module: WebAssembly.Module, build: Build, config: ResolvedConfig, hearing: Hearing, options: LearnerOptions, state?: Uint8Array) {
    super(module, build, config, options, state);
    this.inputs = hearing.window.samples;
    this.note = soundNote(hearing.window);
    this.#hearing = hearing;
    this.#options = options;
  }

  /** The window of sound that a sample is. */
  get window(): ResolvedSoundWindow {
    return this.#hearing.window;
  }

  override learn(x: ArrayLike<number>, label: L): void {
    super.learn(this.features(x), label);
  }

  override learnMany(xs: Float32Array, labels: ArrayLike<number>): void {
    const rows = labelledRows(xs, labels, this.inputs, this.labels.length);
    for (let row = 0; row < rows; row++) this.learnFeatures(this.features(xs.subarray(row * this.inputs, (row + 1) * this.inputs)), this.labels[labels[row]!]!);
  }

  override predict(x: ArrayLike<number>): Prediction<L> {
    return super.predict(this.features(x));
  }

  override scores(x: ArrayLike<number>): Float64Array {
    return super.scores(this.features(x));
  }

  override adapt(x: ArrayLike<number>): void {
    super.adapt(this.features(x));
  }

  /** Level, and bands of the parts of the sound. */
  override features(x: ArrayLike<number>): Float32Array {
    return this.#hearing.features(x);
  }

  override clone(): SoundLearner<L> {
    const { config, state } = decodeSnapshot(this.save());
    return new SoundLearner<L>(this.module, this.build, config, this.#hearing, this.#options, state);
  }
}

/** In the note of a snapshot: JSON, as the commands keep it. */
const soundNote = (window: ResolvedSoundWindow): string => JSON.stringify({ sound: window });

/** The window in a note. @throws LearnerError where there is none: a learner of something else */
export function windowOfNote(note: string, inputs: number, resolve: (window: SoundWindow) => ResolvedSoundWindow): ResolvedSoundWindow {
  try {
    const { sound } = JSON.parse(note) as { sound: SoundWindow };
    const window = resolve(sound);
    if (soundFeatures(window) === inputs) return window;
    throw new RangeError(`${inputs} inputs, not the ${soundFeatures(window)} features of its sound`);
  } catch (cause) {
    throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: not one of a learner of sound (${(cause as Error).message}): load it with loadLearner of onward`, { cause });
  }
}
