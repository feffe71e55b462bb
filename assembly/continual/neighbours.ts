// The nearest stored sample of every label has a vote in the answer, beside the goodness of the layers. As stored samples are drawn from what a label is, it
// is likely by a power of how far its nearest one lies:
//
//   n(c) = -ln(D(c) + inputs / 4)         D(c): sum over the inputs of (code of the sample - code of the stored one)^2, the least of the label
//
// A quarter a channel is what rounding to codes adds. In anchored coordinates a channel counts at most 2.5 spreads (2 with codes of 2 bits, no limit with a
// fixed scale), so that one reading that is off does not choose the neighbour (mean of sixteen streams: 93.4 for 93.2 without a limit). Votes count as votes.ts has them: above that of the worst label, with a weight of their own that finds
// itself. k w starts as the root of 2.
//
// (Mean of sixteen streams with 200 exemplars: 93.4 for 91.1 without votes, 91.6 with usual ones alone; chessboard 80 for 60; blocks of 5 and of 20 samples a label 78 for 76 and 86 for 84; a fan
// over four bands of speed 86 for 84. Alone they do as well there, and lose where labels are clouds and few of each are stored: 200 labels, 200 exemplars, 88 for 94.)

import { hasFixedScale } from "../anchor";
import { log2 } from "../fixed";
import { configExemplarBits, configExemplars, configInputs, fresh, header, nearestVotes } from "../layout";
import { NATS, weightOf, weighted } from "../votes";
import { pack, padRow } from "./codes";
import { codesAt, labelOf } from "./exemplars";
import { memory, rowBytes, sample } from "./memory";

/** A channel counts so much at most: anchored coordinates in Q6. */
const MOST_APART: i32 = 160;
/** log2 of k w at the start, Q10. */
const START: i32 = 512;
/** Nothing of a label is stored. */
const NONE: i32 = -1;

/** The most that codes count as apart. */
function mostApart(): i32 {
  return hasFixedScale() ? 255 : max(1, MOST_APART / <i32>memory.step);
}

/** Sum of the squared differences of two rows of codes, each at most `most`; a sum that has come to `enough` may stop there. */
function apart(x: usize, y: usize, most: i32, enough: i32): i32 {
  const bits = configExemplarBits();
  const mask = (1 << bits) - 1;
  const end = x + rowBytes;
  if (ASC_FEATURE_SIMD) {
    const limit = i8x16.splat(<i8>most);
    let sums = i32x4.splat(0);
    while (x < end) {
      const isPair = x + 16 <= end;
      const a = isPair ? v128.load(x) : v128.load64_zero(x);
      const b = isPair ? v128.load(y) : v128.load64_zero(y);
      for (let plane = 0; plane < 8; plane += bits) {
        const own = v128.and(i8x16.shr_u(a, plane), i8x16.splat(<i8>mask));
        const other = v128.and(i8x16.shr_u(b, plane), i8x16.splat(<i8>mask));
        const size = i8x16.min_u(v128.or(i8x16.sub_sat_u(own, other), i8x16.sub_sat_u(other, own)), limit);
        sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(size, size)));
        sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(size, size)));
      }
      x += 16;
      y += 16;
    }
    return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  } else {
    let sum = 0;
    while (x < end && sum < enough) {
      for (let plane = 0; plane < 8; plane += bits) {
        for (let at: usize = 0; at < 8; at++) {
          const difference = ((<i32>load<u8>(x + at) >> plane) & mask) - ((<i32>load<u8>(y + at) >> plane) & mask);
          const size = min(difference < 0 ? -difference : difference, most);
          sum += size * size;
        }
      }
      x += 8;
      y += 8;
    }
    return sum;
  }
}

/** The votes on the sample in `fresh`, nothing missing in it, into `nearestVotes`: Q16, weighted, 0 for the farthest of the labels stored and for the others. */
export function voteNearest(): void {
  padRow(fresh);
  pack(fresh, sample);
  for (let c = 0; c < header.labels; c++) store<i32>(nearestVotes + (<usize>c << 2), i32.MAX_VALUE);
  const most = mostApart();
  for (let k = 0; k < memory.stored; k++) {
    const at = nearestVotes + (<usize>labelOf(k) << 2);
    store<i32>(at, min(load<i32>(at), apart(sample, codesAt(k), most, load<i32>(at))));
  }
  let farthest = NONE;
  for (let c = 0; c < header.labels; c++) {
    const at = nearestVotes + (<usize>c << 2);
    const octaves = load<i32>(at) == i32.MAX_VALUE ? NONE : log2(<u32>(load<i32>(at) + (configInputs() >> 2) + 1));
    store<i32>(at, octaves);
    farthest = max(farthest, octaves);
  }
  const weight = weightOf(START + <i32>memory.weight);
  for (let c = 0; c < header.labels; c++) {
    const at = nearestVotes + (<usize>c << 2);
    const octaves = load<i32>(at);
    store<i32>(at, octaves == NONE ? 0 : weighted(<i32>((<i64>(farthest - octaves) * NATS) >> 16), weight));
  }
}
