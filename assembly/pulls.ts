// The other half of second order: how the units of a layer hang together. What pulls them is decorrelated as what they see is (decorrelate.ts), by a factor of
// its own, and with SECOND_ORDER_FULL weights move by half of each, r and its direction:
//
//   x = r / rms(r)      d = R'R x      r <- rms(r) (x + d / ((x'd / m + 1) / 2)) / 2       m units
//
// Along r the units of a layer all move for the same reason, the few errors of a sample; along d they divide among them what is left to learn. Only the direction of r
// counts, so that errors, which shrink while a layer learns, do not set the scale of R. Pulls change with what the layer knows: the ridge is large, 9/16, and R follows one sample in
// one to four. Only new samples move it.
//
// With P z this is what K-FAC (Martens and Grosse 2015) has for a layer's natural gradient. Of d alone streams gain a tenth of a point more (0.82 for 0.66), but where labels are
// noise for the most part its many small directions are noise, too: 100 channels, 12 labels, 46 % for 56, and 62 without any.

import { ACTIVITY_LIMIT, ENERGY_LIMIT, evenNormalisation, scaled, squareRoot } from "./fixed";
import { SECOND_ORDER_FULL, Layer, configLayers, configSecondOrder, pull, ridged } from "./layout";
import { followValues, indexOf, turn } from "./decorrelate";
import { blend, rescale } from "./kernels/factor";
import { product } from "./kernels/vector";
import { rehearses } from "./rate";

/** Turns the pulls of a layer, in place. */
export function turnPulls(layer: Layer): void {
  if (configSecondOrder() != SECOND_ORDER_FULL) return;
  const lanes = layer.lanes;
  const meanSquare = (<u64>product(pull, pull, ENERGY_LIMIT, lanes) * layer.reciprocal) >> 24; // Q24, the pull taken for Q8
  if (meanSquare == 0) return;
  const by = evenNormalisation(meanSquare);
  const root = squareRoot(scaled(meanSquare, by)); // 16 bits; rms(r) is root / 2^(by / 2 + 4)
  rescale(pull, <i32>min<u32>(0x40000000 / root, 0x7fff), 18 - (by >> 1), ACTIVITY_LIMIT, lanes);
  const index = configLayers() + indexOf(layer);
  if (!rehearses) followValues(index, pull);
  const along = (root * halfNormalised(layer, turn(index, pull, ridged))) >> 16;
  blend(pull, <i32>(root >> 2), ridged, <i32>min<u32>(along, 0x7fff), 11 + (by >> 1), ENERGY_LIMIT, lanes);
}

/** 2 m / (m + x'd) in Q14, `length` is x'd in Q16. */
function halfNormalised(layer: Layer, length: i64): u32 {
  const whole = <u64>layer.units << 16;
  const divisor = whole + <u64>length;
  const down = 48 - <i32>clz(divisor); // to 16 bits
  return (<u32>(whole >> down) << 15) / <u32>(divisor >> down);
}
