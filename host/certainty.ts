/**
 * Softmax of sharpness x score: of every label, in the order of `scores`; a fresh array. A label without any goodness (beside a memory one that was
 * never learned) has no part in it, where another has some. In floats; the firmware's is the same in Q15 (assembly/certainty.ts).
 */
export function probabilitiesOf(scores: Float64Array, sharpness: number): Float64Array {
  const probabilities = new Float64Array(scores.length);
  let best = 0;
  for (let c = 0; c < scores.length; c++) best = Math.max(best, scores[c]!);
  let total = 0;
  for (let c = 0; c < scores.length; c++) {
    if (scores[c] === 0 && best > 0) continue;
    total += probabilities[c] = Math.exp(sharpness * (scores[c]! - best));
  }
  for (let c = 0; c < scores.length; c++) probabilities[c]! /= total;
  return probabilities;
}
