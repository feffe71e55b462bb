// How long a channel of two states stays in one: each state has a limit of its own.

import { quotient, shiftRight } from '../arithmetic.js';
import { toward } from './tail.js';

const ENOUGH = 8; // times in a state before it is judged
const MEMORY = 32; // times after which older ones fade
const FADE = 7; // the longest fades by a 128th each time
const BETWEEN = 8192; // share of values between the states, Q16: an eighth at most
/** Samples, Q8. */
const LEAST = 8 * 256;
const MOST = 2 ** 28;

/** Of the times in one state, samples in Q8. */
class Known {
  times = 0; // up to 65535
  mean = 0;
  distance = 0; // mean distance from it
  longest = 0; // fading

  get limit(): number {
    return Math.min(Math.max(this.longest + shiftRight(this.longest, 1), this.mean + 10 * this.distance, LEAST), MOST);
  }

  learn(samples: number): void {
    this.times = Math.min(this.times + 1, 65536);
    const rate = quotient(65536, Math.min(this.times, MEMORY));
    this.distance = this.times === 1 ? 0 : toward(this.distance, Math.abs(samples - this.mean), rate);
    this.mean = toward(this.mean, samples, rate);
    this.longest = Math.max(this.longest - shiftRight(this.longest, FADE), samples);
    this.times = Math.min(this.times, 65535);
  }
}

export class Stay {
  readonly states = [new Known(), new Known()]; // low, high
  isHigh = 0;
  stayed = 0; // samples in the present state, Q8
  between = 0; // share of values that are in neither, Q16, at most 65535

  private get present(): Known {
    return this.states[this.isHigh];
  }

  /** Samples in the present state, Q10; -1 where that says nothing. */
  get value(): number {
    const isUsual = this.present.mean > this.states[1 - this.isHigh].mean;
    return isUsual || this.between > BETWEEN || this.present.times < ENOUGH ? -1 : this.stayed * 4;
  }

  /** How long that may be, Q10. */
  get limit(): number {
    return this.present.limit * 4;
  }

  observe(value: number, least: number, greatest: number, rate: number): void {
    const quarter = shiftRight(greatest - least, 2);
    const isHigh = value >= greatest - quarter;
    const isLow = value <= least + quarter;
    this.between = Math.min(toward(this.between, isHigh || isLow ? 0 : 65535, rate), 65535);
    if (isHigh !== isLow && Number(isHigh) !== this.isHigh) {
      if (this.stayed !== 0) this.present.learn(this.value < 0 ? this.stayed : Math.min(this.stayed, this.present.limit));
      this.isHigh = Number(isHigh);
      this.stayed = 0;
    }
    this.stayed = Math.min(this.stayed + 256, MOST);
  }

  /** A new normal, where it is longer than it may be. */
  accept(): void {
    if (this.value > this.limit) this.present.longest = this.stayed;
  }
}
