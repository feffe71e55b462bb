/** Noise that differential privacy asks for, where every round takes a sum to which each device adds a vector of length 1 at most. */

/**
 * Deviation of the noise in each round, for (epsilon, delta) over all of them. Two fleets are neighbours where one device's vectors are 0 in one of them (Kairouz et al. 2021,
 * arXiv 2103.00039). Rounds of a Gaussian mechanism together are one of 1 / root(rounds) the deviation, whose curve is known exactly (Dong et al. 2022, theorem 2.7 and
 * corollary 2.13):
 *
 *     delta = P(N < mu / 2 - epsilon / mu) - e^epsilon P(N < -mu / 2 - epsilon / mu),   deviation = root(rounds) / mu
 */
export function noiseFor(epsilon: number, delta: number, rounds: number): number {
  let [low, high] = [0, 100];
  for (let halved = 0; halved < 60; halved++) {
    const mu = (low + high) / 2;
    if (below(mu / 2 - epsilon / mu) - Math.exp(epsilon) * below(-mu / 2 - epsilon / mu) > delta) high = mu;
    else low = mu;
  }
  return Math.sqrt(rounds) / low;
}

/** P(N < x) of a standard normal, by Simpson's rule from far below. */
export function below(x: number): number {
  const [from, steps] = [Math.min(x, 0) - 12, 4000];
  const width = (x - from) / steps;
  let sum = 0;
  for (let k = 0; k <= steps; k++) sum += (k === 0 || k === steps ? 1 : k % 2 === 0 ? 2 : 4) * Math.exp(-((from + k * width) ** 2) / 2);
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}
