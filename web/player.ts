/** Plays a recording moment by moment at the pace of the screen. */
import type { Recording } from './recording.js';

/** Milliseconds of a frame that may go into playing, at the fastest. */
const FRAME_MS = 10;

export class Player {
  /** Moments per moment of the recording's own time; Infinity: as fast as it goes. */
  speed = 1;
  onEnd: () => void = () => {};
  readonly #recording: Recording;
  readonly #take: (moment: Float32Array, truth: number) => void;
  #at = 0; // moments played
  #owed = 0;
  #then = 0;
  #frame = 0;

  /** @param take gets every moment, and the index of its sample's label */
  constructor(recording: Recording, take: (moment: Float32Array, truth: number) => void) {
    this.#recording = recording;
    this.#take = take;
  }

  get playing(): boolean {
    return this.#frame !== 0;
  }

  /** Samples begun or played, and all. */
  get progress(): { sample: number; samples: number } {
    return { sample: Math.ceil(this.#at / this.#recording.window), samples: this.#recording.truth.length };
  }

  play(): void {
    if (this.playing) return;
    if (this.#left() === 0) this.#at = 0;
    this.#then = performance.now();
    this.#frame = requestAnimationFrame(this.#tick);
  }

  pause(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** To the end of the sample that is being played, or of the next one. */
  step(): void {
    this.pause();
    if (this.#left() === 0) this.#at = 0;
    do this.#next();
    while (this.#at % this.#recording.window !== 0);
  }

  #left(): number {
    return this.#recording.truth.length * this.#recording.window - this.#at;
  }

  #next(): void {
    const { values, channels, window, truth } = this.#recording;
    const at = this.#at++;
    this.#take(values.subarray(at * channels.length, (at + 1) * channels.length), truth[Math.floor(at / window)]!);
  }

  readonly #tick = (): void => {
    const now = performance.now();
    // a tab that was in the background does not catch up
    this.#owed += (Math.min(100, now - this.#then) / 1000) * this.#recording.rate * this.speed;
    this.#then = now;
    while (this.#owed >= 1 && this.#left() > 0 && performance.now() - now < FRAME_MS) {
      this.#next();
      this.#owed--;
    }
    this.#owed = Math.min(this.#owed, this.#recording.rate);
    if (this.#left() > 0) this.#frame = requestAnimationFrame(this.#tick);
    else {
      this.#frame = 0;
      this.onEnd();
    }
  };
}
