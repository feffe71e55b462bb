// The unit of a channel of streaming mode, 2^exponent, follows the size of its values; what is known of the channel moves with it.

import { coarse, coarsenExtremes, greatest, least } from "./extremes";
import { coarsenHistory } from "./history";
import { Stream, UNIT_VIEWS, tailOf } from "./layout";
import { SMALLEST } from "./standardiser";
import { coarsenTail } from "./tail";

/** Averages of a channel, from `mean` on. */
const AVERAGES: usize = 12;

/** True if a unit 16 times as fine leaves room for all that is known. */
export function hasRoom(stream: Stream): bool {
  if (<i32>stream.exponent < SMALLEST + 4) return false;
  const value = max(max(abs(least(stream)), abs(greatest(stream))), max(abs(stream.previous), abs(stream.change)));
  if (value >= 1 << 19 || abs(stream.base) >= 1 << 23) return false; // codes are fitted a block later
  const first = changetype<usize>(stream) + offsetof<Stream>("mean");
  for (let k: usize = 0; k < AVERAGES; k++) if (abs<i64>(load<i64>(first + (k << 3))) >= 1 << 29) return false;
  return true;
}

/** Makes the unit 2^by times as large. */
export function coarsen(stream: Stream, history: usize, by: i32): void {
  stream.exponent = <i8>(<i32>stream.exponent + by);
  stream.previous = coarse(stream.previous, by);
  stream.change = coarse(stream.change, by);
  const first = changetype<usize>(stream) + offsetof<Stream>("mean");
  for (let k: usize = 0; k < AVERAGES; k++) {
    const value = load<i64>(first + (k << 3));
    store<i64>(first + (k << 3), by >= 0 ? value >> <i64>min(by, 63) : value << <i64>-by);
  }
  coarsenExtremes(stream, by);
  coarsenHistory(stream, history, by);
  for (let view = 0; view < UNIT_VIEWS; view++) coarsenTail(tailOf(stream, view), by);
}
