/**
 * What backpropagation needs while training, by formula. A net is n_0 inputs, layers of n_1 .. n_L units, C labels. Backpropagation has one layer
 * more, [C, n_L], where onward has gates, [C, n_l], in every layer.
 *
 *   P  = sum n_l n_(l-1) + C n_L          weights          B = sum n_l + C          biases
 *   A  = n_0 + sum n_l + C                activities, all kept until the backward pass
 *   D  = 2 max(n_1 .. n_L, C)             errors of a layer and of the one below
 *
 *   same integers, in place, batch 1      bits/8 P + 4 B + 2 A + 4 D      activities i16, errors i32; no dither, though it would need one
 *   float32, in place, batch 1            4 (P + B + A + D)
 *   float32, Adam, batch 32               4 (4 (P + B) + 32 (A + D))      a gradient and two moments beside each parameter
 */
export interface Shape {
  inputs: number;
  units: readonly number[];
  labels: number;
}

export function backpropBytes({ inputs, units, labels }: Shape, bits: number): { same: number; float32: number; adam: number } {
  const sizes = [inputs, ...units, labels];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const weights = sum(sizes.slice(1).map((count, l) => count * sizes[l]!));
  const biases = sum(sizes.slice(1));
  const activities = sum(sizes);
  const errors = 2 * Math.max(...sizes.slice(1));
  return {
    same: (bits / 8) * weights + 4 * biases + 2 * activities + 4 * errors,
    float32: 4 * (weights + biases + activities + errors),
    adam: 4 * (4 * (weights + biases) + 32 * (activities + errors)),
  };
}
