// Local receptive fields: the window of a grid that a patch of units sees, laid out as one row, so that the dense kernels do the rest.

/**
 * Copies `rows` runs of `run` i16 each, `pitch` apart, one behind the other, and fills up to a multiple of 8 with 0.
 * `into` has room for 8 values more than that: vectors write past a run, where the next one, or the 0, follows.
 */
export function gather(into: usize, from: usize, rows: i32, run: i32, pitch: i32): void {
  const bytes = <usize>run << 1;
  const start = into;
  for (let row = 0; row < rows; row++) {
    if (ASC_FEATURE_SIMD) {
      for (let at: usize = 0; at < bytes; at += 16) v128.store(into + at, v128.load(from + at));
    } else {
      for (let at: usize = 0; at < bytes; at += 2) store<i16>(into + at, load<i16>(from + at));
    }
    into += bytes;
    from += <usize>pitch << 1;
  }
  const end = start + ((into - start + 15) & ~15);
  for (; into < end; into += 2) store<i16>(into, 0);
}
