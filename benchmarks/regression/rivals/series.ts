/** Rivals that see the target alone: the mean so far, the last value, that of a season ago, and exponential smoothing with trend and season. */
import type { Rival } from './rival.js';

export function runningMean(): Rival {
  let [sum, seen] = [0, 0];
  return {
    predict: () => (seen === 0 ? 0 : sum / seen),
    learn(_, y) {
      sum += y;
      seen++;
    },
  };
}

/** The target `season` samples ago; with 1 persistence. Until there is one, the oldest. */
export function seasonalNaive(season: number): Rival {
  const past: number[] = [];
  return {
    predict: () => past[Math.max(0, past.length - season)] ?? 0,
    learn(_, y) {
      past.push(y);
    },
  };
}

/** Additive Holt-Winters. The first season makes the first level and seasonal values. */
export function holtWinters(season: number, alpha: number, beta: number, gamma: number): Rival {
  const seasonal = new Float64Array(Math.max(1, season));
  const first: number[] = [];
  let [level, trend, at] = [0, 0, 0];
  return {
    predict: () => (first.length < seasonal.length ? first.at(-1) ?? 0 : level + trend + seasonal[at]),
    learn(_, y) {
      if (first.length < seasonal.length) {
        first.push(y);
        level = first.reduce((sum, value) => sum + value, 0) / first.length;
        if (season > 0 && first.length === season) first.forEach((value, i) => { seasonal[i] = value - level; });
        return;
      }
      const before = level;
      level = alpha * (y - seasonal[at]) + (1 - alpha) * (level + trend);
      trend = beta * (level - before) + (1 - beta) * trend;
      if (season > 0) {
        seasonal[at] += gamma * (y - level - seasonal[at]);
        at = (at + 1) % season;
      }
    },
  };
}
