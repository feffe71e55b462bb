// The arena of a window of sound, and the bands of its frames: triangles on the mel scale, between 100 Hz and 19/20 of half the rate.

import { exp2 } from "../fixed";
import { placeSpectrum } from "../layout";

/** Samples a second, samples of a window, bands. */
export const CONFIG: usize = memory.data(16, 16);

// @ts-ignore: decorator
@inline export function rate(): i32 { return load<i32>(CONFIG); }
// @ts-ignore: decorator
@inline export function samples(): i32 { return load<i32>(CONFIG, 4); }
// @ts-ignore: decorator
@inline export function bands(): i32 { return load<i32>(CONFIG, 8); }

export const ERROR_RATE: i32 = -1;
export const ERROR_SAMPLES: i32 = -2;
export const ERROR_BANDS: i32 = -3;

/** The sound of a window is told in so many parts. 8, 10 and 16 do alike (docs/decisions.md). */
export const PARTS: i32 = 8;

/** Samples of a frame, 32 ms, as a power of two; a frame begins every half of that. */
export let frameLog: i32 = 0;
export let frames: i32 = 0;
export let arena: usize = 0;
export let arenaBytes: usize = 0;
/** [samples] binary32 bits */
export let sound: usize = 0;
/** [half a frame] complex i16 */
export let points: usize = 0;
/** [half a frame] u16 Q8: how much of a bin is its upper band's; the rest is its lower one's */
export let shares: usize = 0;
/** [bands + 2] u16: the bin from which on the next band begins */
export let edges: usize = 0;
/** [bands + 2] u64: power of the bands of a frame, one more on either side */
export let powers: usize = 0;
/** [frames, bands] i16 Q8: log2 of the power of each band */
export let logs: usize = 0;
/** [frames] i16: one band, sorted */
export let column: usize = 0;
/** [frames] i32: what of a frame is above the noise floor */
export let activity: usize = 0;
/** [1 + PARTS x bands] binary32 bits */
export let features: usize = 0;

let cursor: usize = 0;

function take(bytes: i32): usize {
  const at = cursor;
  cursor = (cursor + <usize>bytes + 15) & ~15;
  return at;
}

export function validate(): i32 {
  if (rate() != 8000 && rate() != 16000) return ERROR_RATE;
  // a quarter of a second has 14 frames; four seconds have 249
  if (samples() < rate() >> 2 || samples() > rate() << 2) return ERROR_SAMPLES;
  // above 40 a triangle would be narrower than two bins
  if (bands() < 8 || bands() > 40) return ERROR_BANDS;
  return 0;
}

export function lay(): void {
  frameLog = rate() == 8000 ? 8 : 9;
  const half = 1 << (frameLog - 1);
  frames = (samples() >> (frameLog - 1)) - 1;
  arena = (__heap_base + 15) & ~15;
  cursor = arena;
  sound = take(samples() << 2);
  points = take(half << 2);
  shares = take(half << 1);
  edges = take((bands() + 2) << 1);
  powers = take((bands() + 2) << 3);
  logs = take((frames * bands()) << 1);
  column = take(frames << 1);
  activity = take(frames << 2);
  features = take((1 + PARTS * bands()) << 2);
  arenaBytes = cursor - arena;
  placeSpectrum(points);
}

/** log2(1 + f / 700 Hz) in Q10 at 100 Hz, 3.8 kHz and 7.6 kHz. */
const LOWEST: i32 = 197;
const HIGHEST_OF_8: i32 = 2728;
const HIGHEST_OF_16: i32 = 3654;

/** A corner of the triangles, in bins Q8: corners lie evenly on the mel scale; a bin is 31.25 Hz at either rate. */
function corner(index: i32): i32 {
  const highest = rate() == 8000 ? HIGHEST_OF_8 : HIGHEST_OF_16;
  const mel = LOWEST + (highest - LOWEST) * index / (bands() + 1);
  return ((<i32>exp2(10240 + mel) - 1024) * 28 + 2) / 5; // 700 / 31.25 / 4
}

export function placeBands(): void {
  const half = 1 << (frameLog - 1);
  for (let k = 0; k < half; k++) store<u16>(shares + (<usize>k << 1), 0);
  for (let b = 0; b < bands() + 2; b++) {
    const low = corner(b);
    const from = (low + 255) >> 8;
    store<u16>(edges + (<usize>b << 1), <u16>from);
    if (b > bands()) break;
    const high = corner(b + 1);
    for (let k = from; k << 8 < high; k++) store<u16>(shares + (<usize>k << 1), <u16>((((k << 8) - low) << 8) / (high - low)));
  }
}
