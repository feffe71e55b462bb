// How large a view usually gets: of the greatest value of each block of samples, what the upper ones are, extrapolated to what hardly ever comes.

import { quotient, roundShift, shiftRight } from '../arithmetic.js';
import { log2 } from './quantile.js';

export const NONE = 2 ** 31 - 1;
/** Values saturate here. */
export const MOST = 2 ** 30;

/** How a view's tail is learned: blocks of memory, what the threshold is over the upper maxima at least (Q8), a doubt that falls with 1/blocks, and how rarely it may be passed. */
export interface Habit {
  memory: number;
  factor: number;
  doubt: number;
  rarity: number;
}

/** ln(0.2 / (64 p)), Q4: of blocks a fifth lie above the upper mean, and one sample in 1 / p may lie above the threshold: in 29,000, 83,000, 580,000. */
export const KEEN = 72;
export const USUAL = 89;
export const SURE = 120;
/** 16 ln 2: of n channels each has an n-th of that, so that all together alarm as rarely as one. */
const OCTAVE = 11;
const LEAST_UPPER = 9830; // 0.15, Q16
const LEAST_FAR = 3277; // 0.05, Q16
const TOP = 282; // 1.1, Q8

/** value += (target - value) * rate, rate in Q16 */
export const toward = (value: number, target: number, rate: number): number => value + roundShift((target - value) * rate, 16);

export class Tail {
  current = 0; // greatest value of this block
  late = 0; // and of the block before, which is learned when this one ends
  mean = 0;
  upper = 0; // mean of what lies above the mean
  far = 0; // and above the upper mean
  top = 0; // greatest, fading
  threshold = NONE;
  upperShare = 0; // Q16, at most 65535
  farShare = 0;
  blocks = 0; // up to 65535

  private readonly decay: number; // Q4

  constructor(readonly habit: Habit, channels: number) {
    this.decay = habit.rarity + shiftRight(OCTAVE * log2(channels), 10);
  }

  add(value: number): void {
    this.current = Math.max(this.current, value);
  }

  /** A new normal. */
  accept(value: number): void {
    this.top = Math.max(this.top, value);
    this.threshold = Math.max(this.threshold, over(value, TOP));
  }

  endBlock(): void {
    const value = this.late;
    this.late = this.current;
    this.current = 0;
    const n = this.blocks;
    this.blocks = Math.min(n + 1, 65535);
    if (n === 0) return;
    const { memory, factor, doubt } = this.habit;
    const rate = Math.max(Math.min(quotient(3 * 65536, n + 2), 65536), quotient(65536, memory));
    this.mean = toward(this.mean, value, rate);
    const isUpper = value >= this.mean;
    this.upperShare = Math.min(toward(this.upperShare, isUpper ? 65536 : 0, rate), 65535);
    this.upper = toward(this.upper, isUpper ? value - this.mean : 0, rate);
    const upperMean = this.mean + quotient(this.upper * 65536, Math.max(this.upperShare, LEAST_UPPER));
    const isFar = value > upperMean;
    this.farShare = Math.min(toward(this.farShare, isFar ? 65536 : 0, rate), 65535);
    this.far = toward(this.far, isFar ? value - upperMean : 0, rate);
    const beyond = quotient(this.far * 65536, Math.max(this.farShare, LEAST_FAR));
    const fade = Math.max(Math.min(quotient(2 * 65536, n + 2), 65536), quotient(65536, 2 * memory));
    this.top = Math.max(this.top - shiftRight(this.top * fade, 16), value);
    const expected = upperMean + shiftRight(beyond * this.decay, 4) + quotient(doubt * (upperMean - shiftRight(this.mean, 1)), n);
    this.threshold = Math.min(Math.max(expected, over(this.top, TOP), over(upperMean, factor)), NONE - 1);
  }

  /** The same in units 2^by times as large. */
  coarsen(by: number): void {
    const inUnits = (value: number): number => Math.min(shiftRight(value, by), MOST);
    this.current = inUnits(this.current);
    this.late = inUnits(this.late);
    this.mean = inUnits(this.mean);
    this.upper = inUnits(this.upper);
    this.far = inUnits(this.far);
    this.top = inUnits(this.top);
    if (this.threshold !== NONE) this.threshold = inUnits(this.threshold);
  }
}

/** value * factor, factor in Q8 */
const over = (value: number, factor: number): number => Math.min(shiftRight(value * factor, 8), NONE - 1);
