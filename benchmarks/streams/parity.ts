/** Parity of k of n random bits: no unit sees it in a single input, so it tests whether interactions are learned. Inputs are -1 or +1. */
import { Random } from '../rivals/random.js';
import type { Stream } from './data.js';

/** 20,000 samples unless said; the label is the parity of the first k of n bits. */
export function parity(k: number, n: number, samples = 20_000, seed = 1): Stream {
  if (k > n) throw new RangeError(`k: got ${k}, expected at most n = ${n}`);
  const random = new Random(seed);
  const x = new Float32Array(samples * n);
  const y = new Int32Array(samples);
  for (let s = 0; s < samples; s++) {
    for (let i = 0; i < n; i++) {
      const bit = random.below(2);
      x[s * n + i] = 2 * bit - 1;
      if (i < k) y[s] ^= bit;
    }
  }
  return { name: `parity ${k} of ${n}`, samples, inputs: n, labels: ['even', 'odd'], x, y };
}
