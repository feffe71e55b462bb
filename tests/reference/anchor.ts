// Anchored coordinates of one input: what is stored of it. The anchor is the centre c and the spread s of its channel as they were once.
// t = +-r with r = |x - c| / s up to 2, +-2 (1 + ln(r / 2)) beyond, Q6.

import { ACTIVITY_LIMIT, clamp, exp2, exp2Negative, log2, roundShift, shiftRight } from './arithmetic.js';
import type { Channel } from './normaliser.js';

const VALUE_LIMIT = 2 ** 27 - 1;
const LOWEST = 160; // a scale counts from 2^-160 on
const UNVARIED = 32768; // set in a scale: the channel had not varied
const NEAR = 48; // 3/4 octave, Q6
const LINEAR = 128; // 2 in Q6

export class Anchor {
  centre = 0; // in units of 2^(whole octaves of the scale - 3)
  scale = 0; // 64 log2 s, from 2^-160 on; s in the unit of the sensor

  /** Whether it may stay: 3/4 octave of the spread, a spread of the centre. */
  isNear(channel: Channel): boolean {
    if (channel.compression.moved === 0 && channel.count !== 2 && this.scale < UNVARIED) return true; // it has just started anew
    if (Math.abs(scaleOf(channel) - this.scale) > NEAR) return false;
    return Math.abs(channel.compression.centre - this.centreIn(channel)) <= exp2(clamp(this.octavesIn(channel), 0, 28 * 1024));
  }

  /** Whether the channel had never varied. */
  get isUnvaried(): boolean {
    return this.scale >= UNVARIED;
  }

  /** Whether the channel had not varied and now has. */
  hasWoken(channel: Channel): boolean {
    return this.isUnvaried && (channel.compression.moved > 0 || firstStep(channel) > 0);
  }

  /** Becomes the channel as it is now. */
  drop(channel: Channel): void {
    this.scale = scaleOf(channel);
    this.centre = shiftRight(channel.compression.centre, this.unit - channel.exponent);
  }

  copy(): Anchor {
    return Object.assign(new Anchor(), this);
  }

  /** A value in the channel's units as it is stored. */
  coordinate(value: number, channel: Channel): number {
    const difference = value - this.centreIn(channel);
    if (difference === 0) return 0;
    const octaves = this.octavesIn(channel);
    const whole = shiftRight(octaves, 10);
    const size = Math.abs(difference);
    // 64 |x - c| / s, |x - c| with 12 fraction bits of 2^(whole octaves of s); nothing beyond four of those, or where s is less than an eighth of a unit
    const isFar = whole < -2 || size >= 2 ** Math.min(whole + 2, 31);
    const linear = isFar ? Infinity : roundShift(Math.floor(size * 2 ** (12 - whole)) * exp2Negative(octaves - whole * 1024), 22);
    const beyond = LINEAR + shiftRight(Math.max(0, log2(size) - octaves - 1024) * 5678, 16); // 2 ln 2 an octave
    return Math.sign(difference) * (linear <= LINEAR ? linear : Math.min(beyond, ACTIVITY_LIMIT));
  }

  /** The value that a coordinate stands for. */
  value(t: number, channel: Channel): number {
    const centre = this.centreIn(channel);
    if (t === 0) return centre;
    const size = Math.abs(t);
    const apart = this.octavesIn(channel) + (size <= LINEAR ? log2(size) - 6144 : 1024 + shiftRight((size - LINEAR) * 11819, 10));
    const difference = apart < 0 ? 0 : exp2(Math.min(apart, 28 * 1024));
    return clamp(centre + Math.sign(t) * difference, -VALUE_LIMIT, VALUE_LIMIT);
  }

  private get unit(): number {
    return Math.floor((this.scale % UNVARIED) / 64) - LOWEST - 3;
  }

  private centreIn({ exponent }: Channel): number {
    const by = this.unit - exponent;
    if (by < 0) return shiftRight(this.centre, Math.min(-by, 31));
    const most = shiftRight(VALUE_LIMIT, Math.min(by, 31));
    return clamp(this.centre, -most, most) * 2 ** Math.min(by, 31);
  }

  /** log2 of the spread in the channel's units, Q10. */
  private octavesIn({ exponent }: Channel): number {
    return (this.scale % UNVARIED) * 16 - (exponent + LOWEST) * 1024;
  }
}

/** The spread counts as at least 2^-16 of the centre. */
function scaleOf(channel: Channel): number {
  const { compression, exponent, count } = channel;
  const least = log2(Math.max(1, Math.abs(compression.centre))) - 16 * 1024;
  const step = firstStep(channel);
  const spread = count !== 2 ? compression.spread : step > 0 ? log2(step) : 0;
  return shiftRight((exponent + LOWEST) * 1024 + Math.max(spread, least), 4) + (compression.moved === 0 && step === 0 ? UNVARIED : 0);
}

/** How far the second value, which waits for the third, is from the first. */
const firstStep = ({ compression, count }: Channel): number => (count === 2 ? Math.abs(compression.tail - compression.centre) : 0);
