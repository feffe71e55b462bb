/**
 * The scoring of the Numenta Anomaly Benchmark (NAB v1.1; Lavin and Ahmad, "Evaluating real-time anomaly detection algorithms", 2015), written
 * from its definition. Checked against the published scores of 16 detectors in `check.ts`.
 *
 * Every row of a series carries a detector's score; rows at or above one threshold for the whole corpus are detections. The first 15 % of a series
 * (750 rows at most) do not count. The first detection in an anomaly window earns up to 1, the earlier the more; a missed window costs `missed`; every
 * detection outside of windows costs up to `falseAlarm`, less shortly after a window. 0 is a detector that never speaks, 100 a perfect one.
 */

export interface Profile {
  found: number;
  missed: number;
  falseAlarm: number;
}

export const PROFILES = {
  standard: { found: 1, missed: 1, falseAlarm: 0.11 },
  lowFalsePositives: { found: 1, missed: 1, falseAlarm: 0.22 },
  lowFalseNegatives: { found: 1, missed: 2, falseAlarm: 0.11 },
} as const satisfies Record<string, Profile>;

/** First and last row of an anomaly window, both inside. */
export type AnomalyWindow = readonly [first: number, last: number];

/** What the scorer needs to know of a series. */
export interface Truth {
  rows: number;
  windows: readonly AnomalyWindow[];
}

export interface Outcome {
  /** 0 to 100; below 0 where false alarms outweigh what was found. */
  score: number;
  /** Rows at or above it are detections. */
  threshold: number;
  windowsFound: number;
  windows: number;
  /** Rows outside of windows at or above the threshold. */
  falseAlarms: number;
}

/** Rows at the start of a series that do not count. */
export function probation(rows: number): number {
  return Math.min(Math.floor(0.15 * rows), 0.15 * 5000);
}

/** 1 - 2 / (1 + e^(-5 y)): about 1 well before the end of a window (y = -1), 0 at its end, -1 far behind it. */
function worth(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

const FIRST_ROW_WORTH = worth(-1);

/** One detection: its score, what it is worth before weights, and the window it lies in (-1: none). */
interface Detection {
  score: number;
  worth: number;
  window: number;
}

/** Rows of all series that count and have a score above 0, highest score first. Windows are numbered through the corpus. */
function detections(corpus: readonly Truth[], scores: readonly ArrayLike<number>[]): { sorted: Detection[]; windows: number } {
  const sorted: Detection[] = [];
  let windows = 0;
  let numbered = 0; // also windows that end before their series counts
  corpus.forEach((truth, series) => {
    const own = scores[series]!;
    if (own.length !== truth.rows) throw new RangeError(`scores of series ${series}: ${own.length} rows; expected ${truth.rows}`);
    const start = Math.ceil(probation(truth.rows));
    let next = 0; // the window that this row lies in or before
    for (let row = 0; row < truth.rows; row++) {
      while (next < truth.windows.length && row > truth.windows[next]![1]) next++;
      const inside = next < truth.windows.length && row >= truth.windows[next]![0];
      if (row < start || !(own[row]! > 0)) continue;
      if (inside) {
        const [first, last] = truth.windows[next]!;
        sorted.push({ score: own[row]!, worth: worth(-(last - row + 1) / (last - first + 1)) / FIRST_ROW_WORTH, window: numbered + next });
      } else {
        const before = truth.windows[next - 1];
        sorted.push({ score: own[row]!, worth: before ? worth((row - before[1]) / (before[1] - before[0])) : -1, window: -1 });
      }
    }
    windows += truth.windows.filter(([, last]) => last >= start).length;
    numbered += truth.windows.length;
  });
  sorted.sort((a, b) => b.score - a.score);
  return { sorted, windows };
}

/** The outcome at one threshold, or, without one, at the threshold that serves this corpus best: what NAB calls optimised. */
export function scoreCorpus(corpus: readonly Truth[], scores: readonly ArrayLike<number>[], profile: Profile, threshold?: number): Outcome {
  const { sorted, windows } = detections(corpus, scores);
  const best = new Map<number, number>(); // window -> worth of its best detection so far
  let raw = -profile.missed * windows;
  let falseAlarms = 0;
  const outcome = (at: number): Outcome => ({
    score: (100 * (raw + profile.missed * windows)) / ((profile.found + profile.missed) * windows),
    threshold: at,
    windowsFound: best.size,
    windows,
    falseAlarms,
  });
  let result = outcome(Infinity);
  for (let i = 0; i < sorted.length; i++) {
    const { score, worth: value, window } = sorted[i]!;
    if (threshold !== undefined && score < threshold) break;
    if (window < 0) {
      raw += profile.falseAlarm * value;
      falseAlarms++;
    } else {
      const before = best.get(window);
      if (before === undefined) {
        raw += profile.missed + profile.found * value;
        best.set(window, value);
      } else if (value > before) {
        raw += profile.found * (value - before);
        best.set(window, value);
      }
    }
    if (sorted[i + 1]?.score === score) continue; // rows of equal score come together
    const now = outcome(score);
    if (threshold !== undefined || now.score > result.score) result = now;
  }
  return result;
}
