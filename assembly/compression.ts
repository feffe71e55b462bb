// A channel compresses itself before it is standardised: values near its centre stay as they are, values far from it count by their
// logarithm. Centre c is a running quantile: a third of the values lie on the side of 0 of it. Spread s is the running third of |x - c|, tail m the
// running mean of |x - c| / s.
//
//   reach = s max(1, (R / m)^2, m / 128),  R = 40
//   u = x                                         where |x - c| <= reach
//   u = c +- reach (1 + ln(|x - c| / reach))      beyond
//
// A well-behaved channel has a tail of about 2 and a reach of 400 spreads, 200 deviations: linear. One over decades has a tail of 20 and
// more and a reach of few spreads: logarithmic. The same holds a sentinel such as -9999 down to a few deviations.
//
// Thirds, not medians: with as many low levels as high ones (0.2, 12, 900, 2000 W) a median lies between them, and the channel stays linear
// (65 % right in a cycle; 99.7). From zero outward values come in decades. The last term is for a channel that rests and whose noise at rest sets s:
// without it what happens elsewhere is squeezed together (a machine that is off 40 % of the time: 89 for 95 %).
//
// A quantile moves by its sign: c by s max(2^-8, about 6 / n) towards 0 and half of that away from it, ln s likewise, where n counts the values that moved it.
// (With n of all values, of which later one in eight moves it, a channel that first saw one level only came to the others too late: a plug taught 30 rows of heating
// before the rest was 71 % right after 3,000 rows; now 100.) A value that exactly repeats the atom, the last value found at the
// centre, puts c back onto it and counts neither for s nor for m: without this rule a channel that rests on one code most of the time
// takes its own steps for its spread, and squashes everything else.
//
// Who teaches one thing after the other shows a channel one level for hundreds of values, and then another a hundred times nearer to zero, which a settled
// quantile comes to after thousands. So the channel counts its pull: one up for a value nearer to zero than an eighth of c, one down for any other. At the
// quantile at most a third are nearer, and 16 such in excess come once in 65,536 excursions. From there on the channel hurries: its steps are those of eight
// values until the pull falls again; then mean and deviation begin anew. (Median of rows until three or four levels over decades lie apart,
// after 30 / 100 / 1,000 rows of one: 98 / 135 / 216; without it more than 4,000. With any value on the side of zero streams with long runs lost up to 0.9 points.)

import { clamp, exp2, exp2Negative, log2, share } from "./fixed";
import { Channel } from "./layout";
import { GOLDEN } from "./random";

/** log2 R, Q10. */
const LINEAR: i32 = 5450;
/** log2 128, Q10. */
const FLOOR: i32 = 7 << 10;
/** Octaves and reaches of the widest channel: 30 bits. */
const WIDEST: i32 = 30 << 10;
/** Values, and so their centre, are within +- this many units. */
const FARTHEST: i32 = (1 << 27) - 1;
/** A tail of 1, and the greatest that one value adds. */
const ONE: i32 = 1 << 16;
const MOST: i32 = 1 << 26;
/** A hurry ends at a value that repeats: spreads fall no further than where the tail is this. */
const LONG: i32 = 32 << 16;
/** ln 2 in Q16, and log2 e in Q10. */
const LN_2: i32 = 45426;
const OCTAVES: i32 = 1477;
/** Steps settle at 2^-8 after so many doublings of the count. */
const SETTLED: i32 = 11;
/** The count of values that moved centre and spread stops here: the lower bits of `pace`. */
const MOST_MOVED: i32 = 2047;
const MOVED_BITS: i32 = 11;
/** From this pull towards zero on a channel hurries, as if only AFRESH values had moved it; where the pull stops; and from where every value counts. */
const HURRY: i32 = 16;
const MOST_PULL: i32 = 20;
const AFRESH: i32 = 8;
const PULLED: i32 = 4;
/** Until this many values, spreads fall four times as fast to values 4 octaves below: a first reading may be 1e10 times too large. */
const YOUNG: i32 = 64;
const DEEP: i32 = 4 << 10;
/** The first three readings hold one back that is this many times as far from their median as the other. */
const OUTLYING: i32 = 64;

// @ts-ignore: decorator
@inline
function magnitude(value: i32): u32 {
  return <u32>(value < 0 ? -value : value);
}

/** 16 bits that stand for a value where only equality matters. */
// @ts-ignore: decorator
@inline
export function folded(bits: u32): u16 {
  return <u16>(bits ^ (bits >> 16));
}

/** Bits of a count, up to where steps have settled: 1 / 2^this lies within 1/(2 count) and 1/count. */
// @ts-ignore: decorator
@inline
function doublings(count: i32): i32 {
  return min(SETTLED, 32 - <i32>clz(count));
}

/** tail x 2^(-octaves / 1024), at most MOST. */
function rescaled(tail: i32, octaves: i32): i32 {
  if (octaves >= 0) return share(tail, exp2Negative(<u32>octaves), 0);
  const up = -octaves;
  const grown = ((<u64>tail * exp2Negative(<u32>(1024 - (up & 1023)))) >> 15) << (up >> 10);
  return <i32>min<u64>(grown, MOST);
}

/** The channel's first value. */
export function beginCompression(channel: Channel, bits: u32, value: i32): void {
  channel.centre = value;
  channel.atom = folded(bits);
  channel.tail = ONE;
  channel.reach = i32.MAX_VALUE;
  channel.spread = 0;
  channel.pace = 0;
}

/** The number of values that made centre and spread, up to 2047. */
// @ts-ignore: decorator
@inline
function movedBy(channel: Channel): i32 {
  return <i32>channel.pace & MOST_MOVED;
}

/** By how many more of the last values lay within an eighth of the centre from zero than did not, up to 20. */
// @ts-ignore: decorator
@inline
function pullOf(channel: Channel): i32 {
  return <i32>channel.pace >> MOVED_BITS;
}

/** True if it hurries to another range. */
export function isHurrying(channel: Channel): bool {
  return pullOf(channel) >= HURRY;
}

/** Renews the reach from spread and tail. */
export function renewReach(channel: Channel): void {
  if (movedBy(channel) == 0) return;
  const tail = log2(max(channel.tail, 1)) - (16 << 10);
  channel.reach = exp2(min(WIDEST, <i32>channel.spread + max(2 * max(0, LINEAR - tail), tail - FLOOR)));
}

/** The second value waits for the third. */
export function holdSecond(channel: Channel, bits: u32, value: i32): void {
  channel.tail = value;
  channel.spread = <i16>folded(bits);
}

/** A value in units 2^by times as large; by is -4 or more. */
// @ts-ignore: decorator
@inline
function inUnitsOf(by: i32, value: i32): i32 {
  return by >= 0 ? value >> min(by, 31) : clamp(value, -(FARTHEST >> -by), FARTHEST >> -by) << -by;
}

/** The unit of the channel becomes 2^by times as large. */
export function coarsenCompression(channel: Channel, by: i32): void {
  channel.centre = inUnitsOf(by, channel.centre);
  if (channel.count == 2) { // the second value waits
    channel.tail = inUnitsOf(by, channel.tail);
    return;
  }
  channel.spread = <i16>clamp(<i32>channel.spread - min(by, 32) * 1024, 0, WIDEST);
  renewReach(channel);
}

/**
 * The third reading: centre and spread from the median of the first three, of which the second waits in the tail. True where one of them is
 * out of line: then the channel begins anew from the median.
 */
export function settleThree(channel: Channel, bits: u32, value: i32): bool {
  const first = channel.centre;
  const second = channel.tail;
  channel.tail = ONE;
  const low = min(first, min(second, value));
  const high = max(first, max(second, value));
  const median = first + second + value - low - high;
  const near = min(median - low, high - median);
  const far = max(median - low, high - median);
  channel.centre = median;
  const repeats = channel.atom == <u16>channel.spread || channel.atom == folded(bits) || <u16>channel.spread == folded(bits);
  channel.spread = 0;
  const usual = repeats ? (median < 0 ? -median : median) : near;
  if (far == 0) return false;
  if ((usual != 0 || !repeats) && far / OUTLYING > usual) return true;
  channel.spread = <i16>log2(near == 0 ? far : near);
  channel.pace = 1;
  renewReach(channel);
  return false;
}

/**
 * True if it is a channel's turn to move centre and spread: always for 32 values, then in one of two, from 64 on in one of four, from 128 on in one of
 * eight. Not every eighth: of labels that come in turn, a fixed stride shows a channel one label only (four levels of watts in a
 * cycle: 22 % right, below chance; drawn, 50).
 * A turn costs 700 cycles of a Cortex-M0+.
 */
export function isDue(channel: Channel, turn: i32): bool {
  const moved = movedBy(channel);
  return moved < 32 || pullOf(channel) >= PULLED || (<u32>turn * GOLDEN) >> (moved < 64 ? 31 : moved < 128 ? 30 : 29) == 0;
}

/** One more value into centre, spread, tail and reach. True where a hurry to another range has just ended: mean and deviation are of the one before. */
export function track(channel: Channel, bits: u32, value: i32): bool {
  const atom = folded(bits);
  const isAtom = atom == channel.atom;
  const difference = value - channel.centre;
  const before = pullOf(channel);
  const pull = magnitude(value) < magnitude(channel.centre) >> 3 ? min(before + 1, MOST_PULL) : max(0, before - 1);
  let count = movedBy(channel);
  if (isAtom && (pull < HURRY || channel.tail >= LONG)) {
    channel.centre = value;
    channel.pace = <u16>((pull << MOVED_BITS) | count);
    return false;
  }
  const size = max<u32>(magnitude(difference), 1);
  const octaves = log2(size);
  if (count == 0) channel.spread = <i16>octaves;

  if (pull >= HURRY) count = min(count, AFRESH);
  const slow = doublings(count);
  const spread = exp2(<i32>channel.spread);
  let step = slow <= 3 ? (spread >> 1) + (spread >> 2) : max<u32>(1, spread >> (slow - 3));
  if ((difference < 0) == (channel.centre < 0)) step = (step + 1) >> 1; // away from zero
  if (size <= step) {
    channel.atom = atom;
    channel.centre = value;
  } else {
    channel.centre = clamp(channel.centre + (difference < 0 ? -<i32>step : <i32>step), -FARTHEST, FARTHEST);
  }

  count = min(count + 1, MOST_MOVED);
  channel.pace = <u16>((pull << MOVED_BITS) | count);
  const settling = doublings(count);
  const below = <i32>channel.spread - octaves;
  let by = settling <= 3 ? 1024 : OCTAVES >> (settling - 3);
  if (count >= YOUNG) by <<= 1; // a channel that grows a thousandfold takes tens of thousands of values as it is
  else if (below > DEEP) by <<= 2;
  const moved = clamp(<i32>channel.spread + (below < 0 ? by >> 1 : -by), 0, WIDEST);
  const tail = rescaled(channel.tail, moved - <i32>channel.spread);
  channel.spread = <i16>moved;
  const above = octaves - moved;
  const ratio = above <= 0 ? <i32>exp2Negative(<u32>-above) : above > 10240 ? MOST : <i32>exp2((16 << 10) + above); // Q16
  channel.tail = tail + ((ratio - tail) >> min(settling, 10));
  renewReach(channel);
  return before >= HURRY && pull < HURRY;
}

/** True if a channel compresses much and its reach still moves: mean and variance must follow it. */
// @ts-ignore: decorator
@inline
export function isUnsettled(channel: Channel): bool {
  return channel.tail > 4 * ONE && <i32>channel.count < 2 * YOUNG;
}

/** The value as the channel compresses it. */
// @ts-ignore: decorator
@inline
export function compressed(channel: Channel, value: i32): i32 {
  const difference = value - channel.centre;
  return magnitude(difference) <= channel.reach ? value : beyond(channel, difference);
}

function beyond(channel: Channel, difference: i32): i32 {
  const size = magnitude(difference);
  const reach = channel.reach;
  const nats = ((log2(size) - log2(reach)) * LN_2) >> 16; // Q10
  const u = <i32>min<u64>(size, <u64>reach + ((<u64>reach * max(nats, 0)) >> 10));
  return channel.centre + (difference < 0 ? -u : u);
}

/** The value that `compressed` makes this of, to about 1/1000 of its distance beyond the reach; |value| up to 2^30. */
export function expanded(channel: Channel, value: i32): i32 {
  const difference = value - channel.centre;
  const size = magnitude(difference);
  const reach = channel.reach;
  if (size <= reach) return value;
  const nats = <i32>min<u64>((<u64>(size - reach) << 10) / reach, 31 << 10); // Q10
  const distance = <i32>exp2(min(WIDEST, log2(reach) + ((nats * OCTAVES) >> 10)));
  return channel.centre + (difference < 0 ? -distance : distance);
}
