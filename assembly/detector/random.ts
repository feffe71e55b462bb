// The detector's source of chance: as ../random.ts, on the detector's own header.

import { header } from "./layout";

/** Increment of the Weyl sequences that dither: 2^32 / golden ratio, odd. */
export const GOLDEN: u32 = 0x9e3779b9;

/** Next 32 random bits (Marsaglia, "Xorshift RNGs", 2003, triple 13, 17, 5). */
export function random(): u32 {
  let state = header.random;
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  header.random = state;
  return state;
}

/** Two rounds of a multiplicative hash keep neighbouring seeds apart; a state of 0 would stay 0. */
export function seedRandom(seed: u32): void {
  let state = seed + GOLDEN;
  state = (state ^ (state >> 16)) * 0x85ebca6b;
  state = (state ^ (state >> 13)) * 0xc2b2ae35;
  state ^= state >> 16;
  header.random = state == 0 ? GOLDEN : state;
}

/** About N(0, 1) in Q13: eight uniform 16-bit values summed (standard deviation 2^16 * sqrt(8/12) = 53510). */
export function gaussian(): i32 {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const bits = random();
    sum += <i32>(bits & 0xffff) + <i32>(bits >> 16);
  }
  return (((sum - 8 * 32768) >> 2) * 10033) >> 14;
}
