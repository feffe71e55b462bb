// Benefit of rehearsal, as a waiting sample shows it. Its loss is taken before and after the replays of a step, and only then is it learned.
//
//   harm  += ((after - before) / replays - harm) / 32        of replays of labels that came lately
//   share *= 9/8 while harm <= 0, else 7/8                   within [1/400, 1]: how many of those replays are done
//
// Labels that have not come lately are always replayed, one sample a step for each: nothing else keeps them, and the waiting sample, which is not one
// of them, cannot judge. (Without that limit a label whose place another has taken is replayed three times for each new sample: 62 % for 96.)
// The least share is small: where squares move, two replays in a hundred samples still cost 8 points. Asking every fourth sample is too slow
// there (58 % for 97).
//
// A store that keeps a fair sample of all (`spread`) is replayed whole: a waiting sample of one condition cannot tell what the others need
// (four bands of a fan: 84 % for 76 to 81).

import { exp2Negative, log2 } from "../fixed";
import { FLAG_KEEP_SPREAD, configFlags, configLayers, header, scores } from "../layout";
import { fullSharpness } from "../layer";
import { labelMemory, memory } from "./memory";

const ALL: i32 = 65535;
const LEAST: i32 = 164; // 1/400

export function resetBenefit(): void {
  memory.share = <u16>ALL;
  memory.harm = 0;
}

/** True if a sample of this label can tell: one of a new label has nothing to say, and a spread store asks none. */
export function canTell(label: i32): bool {
  return <i32>labelMemory(label).seen > 1 && (configFlags() & FLAG_KEEP_SPREAD) == 0;
}

/** -log2 p(label) in Q10, p = softmax(alpha / layers x score) over the labels seen; of the scores as they are. */
export function loss(label: i32): i32 {
  const sharpness = fullSharpness() / configLayers();
  let best = 0;
  for (let c = 0; c < header.labels; c++) {
    if (labelMemory(c).last != 0) best = max(best, load<i32>(scores + (<usize>c << 2)));
  }
  let total: u32 = 0;
  let own = 0;
  for (let c = 0; c < header.labels; c++) {
    if (labelMemory(c).last == 0) continue;
    const behind = <i32>min<u64>((<u64>(best - load<i32>(scores + (<usize>c << 2))) * sharpness) >> 16, 0x7fff);
    total += exp2Negative(<u32>behind);
    if (c == label) own = behind;
  }
  return own + log2(max<u32>(total, 0x10000)) - (16 << 10);
}

/** Effect of so many replays on the loss of the waiting sample. */
export function heed(before: i32, after: i32, replays: i32): void {
  memory.harm += (((after - before) << 10) / replays - memory.harm) >> 5;
  const share = <i32>memory.share;
  memory.share = <u16>max(LEAST, min(ALL, memory.harm > 0 ? share - (share >> 3) : share + (share >> 3)));
}
