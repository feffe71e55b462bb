// How a channel compresses itself, once more, to be believed by reading. c: a running quantile, which a third of the values lie on the side of 0
// of; s: running third of |x - c|, kept as its logarithm; m: running mean of |x - c| / s. Values within reach = s max((40 / m)^2, m / 128, 1) of c
// stay, others count by their logarithm.

import { GOLDEN, bitLength, clamp, exp2, exp2Negative, leading, log2, quotient, shiftRight } from './arithmetic.js';

const UNLIMITED = 2 ** 31 - 1;
const WIDEST = 30 * 1024; // octaves, Q10
const FARTHEST = 2 ** 27 - 1; // of a value
const MOST = 2 ** 26; // 1024 in Q16
const OCTAVES = 1477; // log2 e, Q10
const LN_2 = 45426; // Q16

export class Compression {
  atom = 0; // 16 bits that stand for the value that repeats
  centre = 0; // in units of the channel
  tail = 0; // Q16; after the second value, that value
  reach = UNLIMITED; // in units
  spread = 0; // log2 of units, Q10
  moved = 0; // values that made it
  pull = 0; // by how many more of the last lay within an eighth of the centre from zero, 0 to 20

  begin(bits: number, value: number): void {
    Object.assign(this, new Compression(), { atom: folded(bits), centre: value, tail: 65536 });
  }

  /** The second value waits for the third. */
  holdSecond(bits: number, value: number): void {
    this.tail = value;
    this.spread = folded(bits) < 32768 ? folded(bits) : folded(bits) - 65536;
  }

  /** Centre and spread of the first three readings, of which the first is the centre still; true where one of them is out of line. */
  settleThree(bits: number, third: number): boolean {
    const second = this.tail;
    const atoms = [this.atom, (this.spread + 65536) % 65536, folded(bits)];
    this.tail = 65536;
    this.spread = 0;
    const [low, median, high] = [this.centre, second, third].sort((a, b) => a - b);
    const [near, far] = [median - low, high - median].sort((a, b) => a - b);
    this.centre = median;
    if (far === 0) return false;
    const repeats = new Set(atoms).size < 3;
    const usual = repeats ? Math.abs(median) : near;
    if ((usual !== 0 || !repeats) && quotient(far, 64) > usual) return true;
    this.spread = log2(near === 0 ? far : near);
    this.moved = 1;
    this.renew();
    return false;
  }

  /**
   * Centre and spread move with every value at first, then with one of two, four and eight: whichever the leading bits of a Weyl sequence are 0 at; with every
   * one again once four more came from near zero than did not.
   */
  isDue(turn: number): boolean {
    const bits = this.moved < 32 || this.pull >= 4 ? 0 : this.moved < 64 ? 1 : this.moved < 128 ? 2 : 3;
    return leading(Math.imul(turn, GOLDEN), bits) === 0;
  }

  /** One more value; true where a hurry to another range has just ended. */
  track(bits: number, value: number): boolean {
    const isAtom = folded(bits) === this.atom;
    const hurried = this.pull >= 16;
    const isNearer = Math.abs(value) < shiftRight(Math.abs(this.centre), 3);
    this.pull = isNearer ? Math.min(this.pull + 1, 20) : Math.max(0, this.pull - 1);
    if (isAtom && (this.pull < 16 || this.tail >= 32 * 65536)) {
      this.centre = value;
      return false;
    }
    const difference = value - this.centre;
    const size = Math.max(1, Math.abs(difference));
    const octaves = log2(size);
    if (this.moved === 0) this.spread = octaves;

    if (this.pull >= 16) this.moved = Math.min(this.moved, 8);

    const spread = exp2(this.spread);
    const slow = settling(this.moved);
    const full = slow <= 3 ? shiftRight(spread, 1) + shiftRight(spread, 2) : Math.max(1, shiftRight(spread, slow - 3));
    const outward = difference < 0 === this.centre < 0;
    const step = outward ? shiftRight(full + 1, 1) : full;
    if (size <= step) {
      this.atom = folded(bits);
      this.centre = value;
    } else {
      this.centre = clamp(this.centre + (difference < 0 ? -step : step), -FARTHEST, FARTHEST);
    }

    this.moved = Math.min(this.moved + 1, 2047);
    const pace = settling(this.moved);
    const below = this.spread - octaves;
    let by = pace <= 3 ? 1024 : shiftRight(OCTAVES, pace - 3);
    if (this.moved >= 64) by *= 2;
    else if (below > 4096) by *= 4;
    const before = this.spread;
    this.spread = clamp(before + (below < 0 ? shiftRight(by, 1) : -by), 0, WIDEST);
    const tail = shrunk(this.tail, this.spread - before);
    this.tail = tail + shiftRight(shrunk(65536, this.spread - octaves) - tail, Math.min(pace, 10));
    this.renew();
    return hurried && this.pull < 16;
  }

  renew(): void {
    if (this.moved === 0) return;
    const tail = log2(Math.max(1, this.tail)) - 16 * 1024;
    const linear = 2 * Math.max(0, 5450 - tail); // log2 (40 / m)^2
    this.reach = exp2(Math.min(WIDEST, this.spread + Math.max(linear, tail - 7 * 1024)));
  }

  /** The channel's unit becomes 2^by times as large. */
  coarsen(by: number, count: number): void {
    this.centre = inUnitsOf(by, this.centre);
    if (count === 2) {
      this.tail = inUnitsOf(by, this.tail);
      return;
    }
    this.spread = clamp(this.spread - Math.min(by, 32) * 1024, 0, WIDEST);
    this.renew();
  }

  compressed(value: number): number {
    const { centre, reach } = this;
    const size = Math.abs(value - centre);
    if (size <= reach) return value;
    const nats = Math.max(0, shiftRight((log2(size) - log2(reach)) * LN_2, 16)); // Q10
    return centre + Math.sign(value - centre) * Math.min(size, reach + shiftRight(reach * nats, 10));
  }
}

const folded = (bits: number): number => (bits & 0xffff) ^ (bits >>> 16);

/** A value in units 2^by times as large, within what finer units hold. */
function inUnitsOf(by: number, value: number): number {
  if (by >= 0) return shiftRight(value, Math.min(by, 31));
  const most = shiftRight(FARTHEST, -by);
  return clamp(value, -most, most) * 2 ** -by;
}

/** Averages move at about 1 / count: 2^-this; steps at eight times that, down to 2^-8. */
const settling = (count: number): number => Math.min(11, bitLength(count));

/** tail / 2^(octaves / 1024), at most MOST */
function shrunk(tail: number, octaves: number): number {
  if (octaves >= 0) return shiftRight(tail * exp2Negative(octaves), 16);
  const fraction = -octaves % 1024;
  return Math.min(MOST, shiftRight(tail * exp2Negative(1024 - fraction), 15) * 2 ** ((-octaves - fraction) / 1024));
}
