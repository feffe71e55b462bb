// The least and the greatest value of the last one or two thousand, but for those of the last block: what has just come is held against what was before.

import { quotient, shiftRight } from '../arithmetic.js';
import { toward } from './tail.js';

const BLOCKS = 16; // after so many the older half is forgotten
const YOUNG = 20; // blocks
const LOWEST = -(2 ** 31);
const HIGHEST = 2 ** 31 - 1;
const WIDEST = 2 ** 29; // width and reach saturate: a finer unit can be too fine for a width of the past

export class Extremes {
  low = [HIGHEST, HIGHEST, HIGHEST]; // of this block, of the sixteen blocks up to it, of the sixteen before
  high = [LOWEST, LOWEST, LOWEST];
  blocks = 0; // up to 65535
  width = 0; // mean over blocks of high - low
  /** How far the level may go: of a young signal half as far again as it has gone; of one that wanders its usual width of a block; half of it, or 0, where it hardly wanders. */
  reach = 0;

  get least(): number {
    return Math.min(this.low[1], this.low[2]);
  }

  get greatest(): number {
    return Math.max(this.high[1], this.high[2]);
  }

  /** Nobody knows yet whether it wanders. */
  get isYoung(): boolean {
    return this.blocks < YOUNG;
  }

  get known(): boolean {
    return this.least <= this.greatest;
  }

  add(value: number): void {
    this.include(0, value);
  }

  /** A new normal: it counts at once. */
  accept(value: number): void {
    this.include(1, value);
  }

  endBlock(): void {
    const width = this.high[0] - this.low[0];
    this.blocks = Math.min(this.blocks + 1, 65535);
    this.width = toward(this.width, width, Math.max(quotient(2 * 65536, this.blocks + 1), 2048));
    this.include(1, this.low[0]);
    this.include(1, this.high[0]);
    [this.low[0], this.high[0]] = [HIGHEST, LOWEST];
    const all = this.greatest - this.least;
    this.reach = this.isYoung ? all + shiftRight(all, 1) : 2 * all > 5 * this.width ? this.width : all > 2 * this.width ? shiftRight(this.width, 1) : 0;
    if (this.blocks % BLOCKS !== 0) return;
    [this.low[2], this.high[2]] = [this.low[1], this.high[1]];
    [this.low[1], this.high[1]] = [HIGHEST, LOWEST];
  }

  coarsen(by: number): void {
    for (let i = 0; i < 3; i++) {
      if (this.low[i] > this.high[i]) continue;
      this.low[i] = shiftRight(this.low[i], by);
      this.high[i] = shiftRight(this.high[i], by);
    }
    this.width = Math.min(shiftRight(this.width, by), WIDEST);
    this.reach = Math.min(shiftRight(this.reach, by), WIDEST);
  }

  private include(at: number, value: number): void {
    this.low[at] = Math.min(this.low[at], value);
    this.high[at] = Math.max(this.high[at], value);
  }
}
