import type { Build, ResolvedConfig } from '../config.js';
import type { CoreExports } from '../core.js';
import { LearnerError } from '../errors.js';
import { Learner, type LearnerOptions } from '../learner.js';
import type { Prediction } from '../prediction.js';
import { membersOf } from '../note.js';
import { labelledRows } from '../samples.js';
import { decodeSnapshot } from '../snapshot.js';
import type { Hearing } from './hearing.js';
import { isSilent, nothingHeard } from './silence.js';
import { soundFeatures, type ResolvedSoundWindow, type SoundWindow } from './window.js';

/** Contents of a snapshot beside the configuration. */
interface Kept {
  state: Uint8Array;
  note: string;
}

/**
 * A learner whose samples are windows of sound: numbers in any unit, -1 to 1 for one. All it learns is their features, so it has every option, memory and drift
 * alarm of a learner, and its snapshot is one of a learner of features whose `note` says how they are made: `save` adds that to the note, which becomes JSON.
 */
export class SoundLearner<L extends string = string> extends Learner<L> {
  /** Samples of a window. */
  override readonly inputs: number;
  readonly #hearing: Hearing;
  readonly #options: LearnerOptions;
  #silent = false;

  /** @internal Use `createSoundLearner` or `loadSoundLearner`. */
  constructor(module: WebAssembly.Module, build: Build, config: ResolvedConfig, hearing: Hearing, options: LearnerOptions, { state, note = '' }: Partial<Kept> = {}) {
    super(module, build, config, options, state);
    this.inputs = hearing.window.samples;
    this.note = noteWith(hearing.window, note);
    this.#hearing = hearing;
    this.#options = options;
  }

  /** The window of sound that a sample is. */
  get window(): ResolvedSoundWindow {
    return this.#hearing.window;
  }

  override learnMany(xs: Float32Array, labels: ArrayLike<number>): void {
    const rows = labelledRows(xs, labels, this.inputs, this.labels.length);
    for (let row = 0; row < rows; row++) this.learn(xs.subarray(row * this.inputs, (row + 1) * this.inputs), this.labels[labels[row]!]!);
  }

  /** The label of the window; `unknown` where there is no sound in it at all, whatever was taught. Changes nothing. */
  override predict(x: ArrayLike<number>): Prediction<L> {
    const prediction = super.predict(x);
    return this.#silent ? nothingHeard(prediction) : prediction;
  }

  /** Level, and bands of the parts of the sound. */
  override features(x: ArrayLike<number>): Float32Array {
    void this.core; // which throws once it is disposed of
    return this.#hearing.features(x);
  }

  /** Everything learned. A note that was no JSON object stands in its `text` from then on. */
  override save(): Uint8Array {
    this.note = noteWith(this.window, this.note);
    return super.save();
  }

  override clone(): SoundLearner<L> {
    const { config, state, note } = decodeSnapshot(this.save());
    return new SoundLearner<L>(this.module, this.build, config, this.#hearing, this.#options, { state, note });
  }

  /** @internal The core sees features. */
  protected override take(x: ArrayLike<number>): CoreExports {
    const features = this.features(x);
    this.#silent = isSilent(features);
    return super.take(features);
  }
}

/** A note that says the window, too: JSON, as the commands keep it. */
function noteWith(sound: ResolvedSoundWindow, note: string): string {
  return JSON.stringify({ ...membersOf(note), sound });
}

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
