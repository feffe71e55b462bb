/** The mean target of the k nearest of the last `kept` samples, standardised as they are when asked. */
import { Standardiser } from '../../rivals/standardiser.js';
import type { Rival } from './rival.js';

export function nearest(inputs: number, k = 5, kept = 1000): Rival {
  const standardiser = new Standardiser(inputs, 5);
  const rows: Float64Array[] = [];
  const targets: number[] = [];
  const distances = new Float64Array(k);
  const found = new Float64Array(k);
  let next = 0;
  return {
    predict(x) {
      const z = standardiser.standardise(x);
      const weight = new Float64Array(inputs);
      for (let i = 0; i < inputs; i++) weight[i] = standardiser.variance[i] > 1e-12 ? 1 / Math.sqrt(standardiser.variance[i]) : 0;
      distances.fill(Infinity);
      let count = 0;
      for (let r = 0; r < rows.length; r++) {
        const row = rows[r];
        let sum = 0;
        for (let i = 0; i < inputs && sum < distances[k - 1]; i++) {
          const s = weight[i] === 0 || Number.isNaN(row[i]) ? 0 : Math.max(-5, Math.min(5, (row[i] - standardiser.mean[i]) * weight[i]));
          sum += (s - z[i]) ** 2;
        }
        if (sum >= distances[k - 1]) continue;
        let at = k - 1;
        for (; at > 0 && distances[at - 1] > sum; at--) {
          distances[at] = distances[at - 1];
          found[at] = found[at - 1];
        }
        distances[at] = sum;
        found[at] = targets[r];
        count = Math.min(k, count + 1);
      }
      let total = 0;
      for (let i = 0; i < count; i++) total += found[i];
      return count === 0 ? 0 : total / count;
    },
    learn(x, y) {
      standardiser.observe(x);
      rows[next] = x.slice();
      targets[next] = y;
      next = (next + 1) % kept;
    },
  };
}
