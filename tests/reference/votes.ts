// The votes of what labels usually are, once more: l(c) = - sum (q^2 / 2 + ln deviation), above that of the worst label, times a weight.

import { clamp, exp2, log2, shiftRight } from './arithmetic.js';
import type { Familiar } from './familiar.js';

const NEWS = 255; // a row of a label that was not known when it began
const TELLING = 16; // samples of a row that tell
const RANGE = 12 * 1024; // of the weight's logarithm

export class Votes {
  weight = 0; // log2 from where it starts, Q10
  last = 0; // label of the last sample
  run = 0; // samples of it in a row

  /** `sharpness`, Q16, is where the softmax over the scores starts. */
  constructor(private readonly familiar: Familiar, private readonly inputs: number, private readonly sharpness: number) {}

  /** Of the labels in use, Q16. */
  cast(x: ArrayLike<number>, labels: number): number[] {
    const octaves = 36 * 1024 - log2(this.sharpness) - shiftRight(log2(this.inputs), 1) + this.weight;
    const weight = octaves < 0 ? 0 : exp2(Math.min(octaves, 30 * 1024)); // Q20
    const isKnown = (c: number): boolean => this.familiar.usuals[c].count > 0;
    // 0.32 q^2 of mean deviations is q^2 / 2 of deviations; Q8
    const against = Array.from({ length: labels }, (_, c) => (isKnown(c) ? shiftRight(this.familiar.squares(x, c) * 1311 + this.familiar.span(c) * 11357, 16) : 0));
    const worst = Math.max(...against);
    return against.map((each, c) => (isKnown(c) ? Math.min(shiftRight((worst - each) * weight, 12), 2 ** 27 - 1) : 0));
  }

  /** Notes a label that comes, and whether its sample can tell what votes are worth. */
  tells(y: number, seen: number): boolean {
    if (y !== this.last || seen === 0) {
      this.last = y;
      this.run = this.familiar.usuals[y].count > 0 ? 0 : NEWS;
    }
    if (this.run === NEWS || this.run === TELLING) return false;
    this.run++;
    return true;
  }

  /** Turns the weight by octaves in 2^window, Q10. */
  turn(octaves: number, window: number): void {
    this.weight = clamp(this.weight + shiftRight(octaves, window), -RANGE, RANGE);
  }
}
