// Replay: what was learned before is learned again beside every new sample, from the store or from prototypes, and in sleep.
//
// No task boundary is ever told. A new sample competes only with labels seen among the last 512 samples, a replayed one with all;
// and the softmax over goodness carries a prior, p(c) proportional to f_c exp(alpha g(c)), f_c the running frequency of c as a target.

import { configPrototypes, configReplays, header } from "../layout";
import { setHandicaps } from "../layer";
import { correctLayers } from "../network";
import { unanchorRow } from "./anchor";
import { unpack } from "./codes";
import { below, codesAt, findNearest, labelOf, nearest } from "./exemplars";
import { fresh, handicapTable, labelMemory, lanes, memory, residual, row } from "./memory";
import { imagine, leaveResidual } from "./prototypes";

/** A label is in play for new samples when it was seen among this many. */
const IN_PLAY: u32 = 512;
/** A label that is not in play: too far behind for any probability. */
const OUT: i32 = 0x7fff;
/** f_c moves by 1/128 (notes: 1/100). */
const PRIOR_SHIFT: i32 = 7;

/** log2 of a u16 in Q10: exponent, and the mantissa as if the logarithm were straight in between (error below 0.09). */
function log2(value: u32): i32 {
  const exponent = 31 - <i32>clz(value);
  return (exponent << 10) + <i32>(((value << (31 - exponent)) - 0x80000000) >> 21);
}

/** `header.seen` + 1, in 32 bits and never 0: that is for a label never seen. */
export function moment(): u32 {
  return max<u32>(<u32>header.seen + 1, 1);
}

/** The prior as octaves behind the most frequent label; labels out of play stay out. */
export function weigh(label: i32, isNew: bool): void {
  let most: u32 = 1;
  for (let c = 0; c < header.labels; c++) {
    const own = labelMemory(c);
    const frequency = <u32>own.frequency;
    own.frequency = <u16>(frequency - (frequency >> PRIOR_SHIFT) + (c == label ? 65535 >> PRIOR_SHIFT : 0));
    most = max<u32>(most, <u32>own.frequency);
  }
  const now = moment();
  for (let c = 0; c < header.labels; c++) {
    const own = labelMemory(c);
    const plays = own.last != 0 && (!isNew || now - own.last < IN_PLAY);
    const behind = plays ? log2(most) - log2(max<u32>(<u32>own.frequency, 1)) : OUT;
    store<i16>(handicapTable + (<usize>c << 1), <i16>min(behind, OUT));
  }
  setHandicaps(handicapTable);
}

/** The new sample less its nearest stored one of the same label, halved; false when there is none. */
export function takeResidual(label: i32): bool {
  if (configPrototypes() != 0) return leaveResidual(label);
  findNearest(label, false);
  if (nearest < 0) return false;
  unpack(codesAt(nearest), row);
  for (let i: usize = 0; i < <usize>lanes << 1; i += 2) {
    store<i16>(residual + i, <i16>((<i32>load<i16>(fresh + i) - <i32>load<i16>(row + i)) >> 1));
  }
  return true;
}

function learnRow(label: i32): void {
  unanchorRow(row);
  weigh(label, false);
  correctLayers(label);
}

/** Replays beside a new sample whose residual was taken. */
export function replay(): void {
  for (let k = 0; k < configReplays(); k++) {
    if (configPrototypes() != 0) {
      const label = imagine();
      if (label < 0) return;
      learnRow(label);
    } else {
      if (memory.stored == 0) return;
      const index = below(memory.stored);
      unpack(codesAt(index), row);
      for (let i: usize = 0; i < <usize>lanes << 1; i += 2) {
        store<i16>(row + i, <i16>max(-2047, min(2047, <i32>load<i16>(row + i) + <i32>load<i16>(residual + i))));
      }
      learnRow(labelOf(index));
    }
  }
}

/** `steps` random exemplars, no new data; the rate falls linearly to a tenth and is then what it was. */
export function rest(steps: i32): void {
  if (memory.stored == 0) return;
  const rate = header.rate;
  for (let k = 0; k < steps; k++) {
    header.rate = rate - <i32>((<i64>rate * 9 * k) / (10 * <i64>steps));
    const index = below(memory.stored);
    unpack(codesAt(index), row);
    learnRow(labelOf(index));
  }
  header.rate = rate;
}
