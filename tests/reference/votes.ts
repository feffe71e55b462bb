// Votes beside the layers, once more: the usual values of labels, l(c) = - sum (q^2 / 2 + ln deviation), or the nearest sample stored of each,
// l(c) = -ln(distance), above that of the worst label, times a weight that finds itself.

import { clamp, exp2, log2, shiftRight } from './arithmetic.js';
import type { Exemplar } from './continual-memory.js';
import type { Familiar } from './familiar.js';

const NEWS = 255; // a row of a label that was not known when it began
const TELLING = 16; // samples of a row that tell
const NATS = 11357; // Q8 of an octave in Q10, Q16
const RANGE = 12 * 1024; // of the weight's logarithm

export class Votes {
  weight = 0; // log2 from where it starts, Q10

  /** `sharpness`, Q16, is where the softmax over the scores starts, `start` the logarithm of the weight times it, Q10. */
  constructor(private readonly start: number, private readonly sharpness: number) {}

  /** Of the labels in use, Q16: of what speaks against each, in nats (Q8); undefined where nothing is known. */
  cast(against: readonly (number | undefined)[]): number[] {
    const octaves = 36 * 1024 - log2(this.sharpness) + this.start + this.weight;
    const weight = octaves < 0 ? 0 : exp2(Math.min(octaves, 30 * 1024)); // Q20
    const worst = Math.max(...against.map((each) => each ?? -Infinity));
    return against.map((each) => (each === undefined ? 0 : Math.min(shiftRight((worst - each) * weight, 12), 2 ** 27 - 1)));
  }

  /** Turns the weight by octaves in 2^window, Q10. */
  turn(octaves: number, window: number): void {
    this.weight = clamp(this.weight + shiftRight(octaves, window), -RANGE, RANGE);
  }
}

/** Samples of one label in a row. */
export class Row {
  last = 0; // label of the last sample
  run = 0; // samples of it in a row

  /** Notes a label that comes, known where it came before, and whether its sample can tell what votes are worth. */
  tells(y: number, known: boolean, seen: number): boolean {
    if (y !== this.last || seen === 0) {
      this.last = y;
      this.run = known ? 0 : NEWS;
    }
    if (this.run === NEWS || this.run === TELLING) return false;
    this.run++;
    return true;
  }
}

/** Evidence of each label's Gaussian against a sample, Q8: 0.32 q^2 of mean deviations is q^2 / 2 of deviations. */
export const againstUsual = (familiar: Familiar, x: ArrayLike<number>, labels: number): (number | undefined)[] =>
  Array.from({ length: labels }, (_, c) => (familiar.usuals[c].count > 0 ? shiftRight(familiar.squares(x, c) * 1311 + familiar.span(c) * NATS, 16) : undefined));

/** And how far the nearest stored sample of every label lies; a channel counts `most` codes at most. */
export function againstNearest(codes: readonly number[], stored: readonly Exemplar[], labels: number, most: number): (number | undefined)[] {
  return Array.from({ length: labels }, (_, c) => {
    const distances = stored.filter(({ label }) => label === c).map((exemplar) => codes.reduce((sum, code, i) => sum + Math.min(Math.abs(code - exemplar.codes[i]), most) ** 2, 0));
    return distances.length === 0 ? undefined : Math.min(...distances);
  }).map((distance, _, all) => {
    const octaves = (d: number): number => log2(d + Math.floor(codes.length / 4) + 1);
    const farthest = Math.max(...all.map((d) => (d === undefined ? -Infinity : octaves(d))));
    return distance === undefined ? undefined : -shiftRight((farthest - octaves(distance)) * NATS, 16);
  });
}
