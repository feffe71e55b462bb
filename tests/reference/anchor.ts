// Anchored coordinates of one input: what is stored of it. The anchor is the centre c and the spread s of its channel as they were once.
// T(r) = r up to 2, 2 (1 + ln(r / 2)) beyond; t = +-T(|x - c| / s), Q6. Where zero is far from c, or the channel is over decades, what lies on the
// inner side of c / 2 counts from zero, in 2^-14 of c, and for half.

import { ACTIVITY_LIMIT, clamp, exp2, exp2Negative, log2, roundShift, shiftRight } from './arithmetic.js';
import { inUnitsOf, type Channel } from './normaliser.js';

const VALUE_LIMIT = 2 ** 27 - 1;
const LOWEST = 160; // a scale counts from 2^-160 on
const UNVARIED = 32768; // set in a scale: the channel had not varied
const DECADES = 1; // set in a scale: the channel has hurried
const NEAR = 48; // 3/4 octave, Q6
const LINEAR = 128; // 2 in Q6
const SPREAD = 8; // a spread is 2^8 units or more
const CENTRE = SPREAD - 3; // the bits that a unit has more than what the centre is kept in
const FAR = 32 * 8; // a centre of 32 spreads
const INNER = 14 * 1024; // from the centre to the finest that counts near zero, octaves in Q10
const HURRY = 16;
const KNEE = 384; // 6 in Q6

export class Anchor {
  centre = 0; // in units of 2^(whole octaves of the scale - 3)
  scale = 0; // 64 log2 s, from 2^-160 on; s in the unit of the sensor

  /** True if it may stay: 3/4 octave of the spread, a spread of the centre. */
  isNear(channel: Channel): boolean {
    if (channel.compression.moved === 0 && channel.count !== 2 && this.scale < UNVARIED) return true; // it has just started anew
    if (Math.abs(scaleOf(channel) - this.scale) > NEAR) return false;
    return Math.abs(inUnitsOf(channel.compression.centre, channel.exponent, this.exponent) - this.middle) <= exp2(this.octaves);
  }

  /** True if the channel had never varied. */
  get isUnvaried(): boolean {
    return this.scale >= UNVARIED;
  }

  /** True if the channel had not varied and now has, or hurries for the first time. */
  hasWoken(channel: Channel): boolean {
    return (this.isUnvaried && (channel.compression.moved > 0 || firstStep(channel) > 0)) || (!this.isOverDecades && channel.compression.pull >= HURRY);
  }

  /** Becomes the channel as it is now. */
  drop(channel: Channel): void {
    const decades = this.isOverDecades || channel.compression.pull >= HURRY ? DECADES : 0;
    this.scale = scaleOf(channel) - (scaleOf(channel) % 2) + decades;
    this.centre = shiftRight(channel.compression.centre, this.exponent + CENTRE - channel.exponent);
  }

  copy(): Anchor {
    return Object.assign(new Anchor(), this);
  }

  /** A value in the anchor's units as it is stored. */
  coordinate(value: number): number {
    const { middle, octaves } = this;
    const inward = middle < 0 ? -value : value; // away from zero is the side of the centre
    const half = shiftRight(Math.abs(middle), 1);
    if (!this.hasInner || inward >= half) return Math.sign(value - middle) * Math.min(ACTIVITY_LIMIT, counted(Math.abs(value - middle), octaves));
    const apart = counted(half, this.inner) - Math.sign(inward) * counted(Math.abs(inward), this.inner);
    const t = Math.min(ACTIVITY_LIMIT, counted(Math.abs(middle) - half, octaves) + shiftRight(apart, 1));
    return middle < 0 ? t : -t;
  }

  /** The value that a coordinate stands for, in the anchor's units. */
  value(t: number): number {
    const { middle, octaves } = this;
    const half = shiftRight(Math.abs(middle), 1);
    const toHalf = counted(Math.abs(middle) - half, octaves);
    const size = Math.abs(t);
    if (!this.hasInner || t < 0 === middle < 0 || size <= toHalf) return clamp(middle + Math.sign(t) * sizeOf(size, octaves), -VALUE_LIMIT, VALUE_LIMIT);
    const fromZero = counted(half, this.inner) - (size - toHalf) * 2;
    const inward = Math.sign(fromZero) * Math.min(VALUE_LIMIT, sizeOf(Math.abs(fromZero), this.inner));
    return middle < 0 ? -inward : inward;
  }

  /** Place of a coordinate, as usual values are kept: of a wide one three eighths of what is beyond 6, within 127 places of eight. And back. */
  squeezed(t: number): number {
    return clamp(this.isWide ? bent(t, 3 / 8) : t, -1016, 1023);
  }

  place(t: number): number {
    return Math.floor(this.squeezed(t) / 8);
  }

  unsqueezed(kept: number): number {
    return this.isWide ? clamp(bent(kept, 8 / 3), -ACTIVITY_LIMIT, ACTIVITY_LIMIT) : kept;
  }

  /** log2 of its unit. */
  get exponent(): number {
    return Math.floor((this.scale % UNVARIED) / 64) - LOWEST - SPREAD;
  }

  private get isOverDecades(): boolean {
    return this.scale % 2 === DECADES;
  }

  /** The centre in units. */
  private get middle(): number {
    return clamp(this.centre * 2 ** CENTRE, -VALUE_LIMIT, VALUE_LIMIT);
  }

  /** log2 of the spread in units, Q10. */
  private get octaves(): number {
    return SPREAD * 1024 + ((this.scale % 64) - (this.scale % 2)) * 16;
  }

  private get isWide(): boolean {
    return this.isOverDecades || Math.abs(this.centre) >= FAR;
  }

  private get hasInner(): boolean {
    return this.isWide && this.centre !== 0;
  }

  /** log2 of the finest that counts near zero, Q10. */
  private get inner(): number {
    return Math.max(0, log2(Math.abs(this.middle)) - INNER);
  }
}

/** T of a size in units, where a spread is 2^(octaves / 1024) of them. */
function counted(size: number, octaves: number): number {
  if (size === 0) return 0;
  const whole = shiftRight(octaves, 10);
  // 64 |x - c| / s, |x - c| with 12 fraction bits of 2^(whole octaves of s); nothing beyond four of those
  const isFar = size >= 2 ** (whole + 2);
  const linear = isFar ? Infinity : roundShift(Math.floor(size * 2 ** (12 - whole)) * exp2Negative(octaves - whole * 1024), 22);
  return linear <= LINEAR ? linear : LINEAR + shiftRight(Math.max(0, log2(size) - octaves - 1024) * 5678, 16); // 2 ln 2 an octave
}

function sizeOf(t: number, octaves: number): number {
  if (t === 0) return 0;
  const apart = octaves + (t <= LINEAR ? log2(t) - 6144 : 1024 + shiftRight((t - LINEAR) * 11819, 10));
  return apart < 0 ? 0 : exp2(Math.min(apart, 28 * 1024));
}

const bent = (t: number, slope: number): number => Math.sign(t) * (Math.min(Math.abs(t), KNEE) + Math.floor(Math.max(0, Math.abs(t) - KNEE) * slope));

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
