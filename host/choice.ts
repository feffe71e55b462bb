/** The least that every network with labels answers. */
export interface Choice<L extends string = string> {
  /** The label of greatest score; undefined while there is no label. */
  label: L | undefined;
  /** Its score minus the second best, without a unit: how far the decision is from turning. */
  margin: number;
  /** The score of every label, in the order of `labels`: goodness, or the logit of a readout; a fresh array. */
  scores: Float64Array;
}

/** Scores as the core has them, Q16, of the labels in use. */
export function scoresOf(raw: Int32Array, count: number): Float64Array {
  // Float64Array.from with a function takes 0.6 us: more than the prediction of a small net
  const scores = new Float64Array(count);
  for (let c = 0; c < count; c++) scores[c] = raw[c]! / 65536;
  return scores;
}

/** The score of the winner minus the second best. */
export function marginOf(scores: Float64Array, winner: number): number {
  let second = scores.length > 1 ? -Infinity : 0;
  for (let c = 0; c < scores.length; c++) if (c !== winner && scores[c]! > second) second = scores[c]!;
  return (scores[winner] ?? 0) - second;
}
