/**
 * The price of noise in epsilon and delta. Two fleets are neighbours where one device's changes are nothing in one of them (Kairouz et al. 2021, arXiv 2103.00039); a device changes the sum of a
 * round by `length` at most. With discrete Gaussian noise each round is (length^2 / 2 deviation^2)-zCDP, rounds that build upon each other add up (Bun and Steinke 2016), and
 * rho-zCDP is (epsilon, delta) for the least value over alpha > 1 of (Canonne, Kamath and Steinke 2020, arXiv 2004.00010, corollary 13)
 *
 *     delta = e^((alpha - 1)(alpha rho - epsilon)) / (alpha - 1) x (1 - 1 / alpha)^alpha
 */
export function deltaOf(rho: number, epsilon: number): number {
  if (rho === 0) return 0;
  // where the slope of its logarithm, (2 alpha - 1) rho - epsilon + log(1 - 1 / alpha), which grows, is 0; any other alpha gives a bound, too
  let [low, high] = [1, (epsilon + 1) / (2 * rho) + 2];
  for (let halved = 0; halved < 100; halved++) {
    const alpha = (low + high) / 2;
    if ((2 * alpha - 1) * rho - epsilon + Math.log1p(-1 / alpha) < 0) low = alpha;
    else high = alpha;
  }
  const alpha = high;
  return Math.min(1, Math.exp((alpha - 1) * (alpha * rho - epsilon) + alpha * Math.log1p(-1 / alpha)) / (alpha - 1));
}

/** The most zCDP that is (epsilon, delta), rounded down. */
export function rhoOf(epsilon: number, delta: number): number {
  let [low, high] = [0, epsilon + 1]; // at rho = epsilon, delta is far above any that is asked for
  for (let halved = 0; halved < 60; halved++) {
    const rho = (low + high) / 2;
    if (deltaOf(rho, epsilon) <= delta) low = rho;
    else high = rho;
  }
  return low * (1 - 1e-9);
}

/** Deviation of the noise in each round, for changes of length 1. */
export function noiseFor(epsilon: number, delta: number, rounds: number): number {
  return Math.sqrt(rounds / (2 * rhoOf(epsilon, delta)));
}
