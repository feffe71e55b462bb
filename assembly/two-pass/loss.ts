// The losses: how wrong a layer was about a sample, Q15. Threshold: p(positive) = sigmoid(s alpha (G - theta)). Pairwise: sigmoid(s alpha (G+ - G-)).

import { exp2Negative } from "../fixed";
import { LOG2_E } from "../layer";
import { FLAG_NEGATIVE_SIGN, configAlpha, configTheta, has } from "./layout";

/** +1: goodness is high for positive data; -1: low. */
// @ts-ignore: decorator
@inline
export function sign(): i32 {
  return has(FLAG_NEGATIVE_SIGN) ? -1 : 1;
}

/** sharpness (Q8) times a difference of goodness (Q16) in octaves, Q10, within +-32767. */
export function octaves(difference: i32, sharpness: i32): i32 {
  const product = (<i64>difference * ((sharpness * LOG2_E) >> 8)) >> 16;
  return <i32>max<i64>(min<i64>(product, 0x7fff), -0x7fff);
}

/** 1 / (1 + 2^-t), t in octaves Q10, as Q15. */
function logistic(t: i32): i32 {
  const small = exp2Negative(<u32>(t < 0 ? -t : t));
  const low = <i32>((small << 15) / (65536 + small));
  return t < 0 ? low : 32767 - low;
}

/** 1 - p: of a positive sample whose goodness is `goodness`. */
export function positiveError(goodness: i32): i32 {
  return logistic(-sign() * octaves(goodness - configTheta(), configAlpha()));
}

/** p: of a negative sample. */
export function negativeError(goodness: i32): i32 {
  return logistic(sign() * octaves(goodness - configTheta(), configAlpha()));
}

/** 1 - p of a pair. */
export function pairError(positive: i32, negative: i32): i32 {
  return logistic(-sign() * octaves(positive - negative, configAlpha()));
}
