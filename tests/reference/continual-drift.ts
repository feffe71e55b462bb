// Drift detectors: whether the errors of late (or the inputs) are more than chance. Error rates in Q20.

import { quotient, shiftRight, squareRoot } from './arithmetic.js';
import type { ContinualConfig, Detector, Memory } from './continual-memory.js';

const ONE = 2 ** 20;
const YOUNG = 48; // samples before the first alarm
const APART = 300; // and between two
const MOST_WATCHED = 2 ** 30;

export function restartDetector(detector: Detector): void {
  detector.fast = 0;
  detector.slow = 0;
  detector.watched = 0;
  detector.sum = 0;
  detector.least = ONE;
  detector.leastDeviation = ONE;
  detector.recent.fill(false);
}

/** One sample, whether it was answered wrongly, and its standardised inputs; true for an alarm. `seen`: samples learned, this one included. */
export function watch(memory: Memory, wrong: boolean, inputs: ArrayLike<number>, seen: number): boolean {
  const { detector, config } = memory;
  if (config.drift === 'none') return false;
  detector.watched = Math.min(detector.watched + 1, MOST_WATCHED);
  const alarm = KINDS[config.drift](detector, wrong, inputs);
  if (!alarm || detector.watched < (memory.alarms === 0 ? YOUNG : APART)) return false;
  memory.alarms = (memory.alarms + 1) % 2 ** 32;
  memory.lastAlarm = seen % 2 ** 32;
  restartDetector(detector);
  return true;
}

type Kind = (detector: Detector, wrong: boolean, inputs: ArrayLike<number>) => boolean;

const KINDS: Record<Exclude<ContinualConfig['drift'], 'none'>, Kind> = {
  /** A fast error rate five standard deviations above a slow one. */
  'two-rates'(detector, wrong) {
    follow(detector, wrong ? ONE : 0);
    const { fast, slow } = detector;
    const apart = fast - slow;
    // an average at 1/16 divides the variance by 31; 2^47 at most
    return apart > 0 && BigInt(apart * apart) * 31n > BigInt(slow * (ONE - slow) + quotient(ONE * ONE, 50)) * 25n;
  },

  /** The sum of (error - mean - 0.2), never below 0, passes 5. */
  'page-hinkley'(detector, wrong) {
    const error = wrong ? ONE : 0;
    detector.slow += Math.trunc((error - detector.slow) / detector.watched);
    detector.sum = Math.max(0, detector.sum + error - detector.slow - quotient(ONE, 5));
    return detector.sum > 5 * ONE;
  },

  /** Seven cuts of the last 256 errors: is the mean after one of them too far above the mean before it? */
  adwin(detector, wrong) {
    const { recent } = detector;
    recent.unshift(wrong);
    recent.pop();
    if (detector.watched < 256) return false;
    const errors = (from: number, to: number): number => recent.slice(from, to).filter(Boolean).length;
    const all = errors(0, 256);
    const variance = all * (256 - all) * 16; // Q20
    return [32, 64, 96, 128, 160, 192, 224].some((count) => {
      const rest = 256 - count;
      const harmonic = quotient(count * rest, 256); // 1 / (1/count + 1/rest)
      const young = errors(0, count);
      const after = quotient(young * 1024, count);
      const before = quotient((all - young) * 1024, rest);
      const excess = after - before - quotient(8499, harmonic); // Q10
      return excess > 0 && excess * excess * harmonic > quotient(variance * 249, 10);
    });
  },

  /** The error rate and its deviation pass the least of their sums by three deviations. */
  ddm(detector, wrong) {
    const { watched } = detector;
    detector.slow += Math.trunc(((wrong ? ONE : 0) - detector.slow) / watched);
    if (watched < 30) return false;
    const variance = quotient(shiftRight(detector.slow * (ONE - detector.slow), 10), watched); // Q30
    const deviation = squareRoot(variance) * 32;
    if (detector.slow + deviation < detector.least + detector.leastDeviation) {
      detector.least = detector.slow;
      detector.leastDeviation = deviation;
    }
    return detector.slow + deviation > detector.least + 3 * detector.leastDeviation && detector.least < ONE;
  },

  /** The mean square of the inputs: its fast average six deviations from its slow one. */
  input(detector, _, inputs) {
    let energy = 0;
    for (let i = 0; i < inputs.length; i++) energy += inputs[i] * inputs[i];
    const value = quotient(energy, inputs.length); // Q16
    const spread = shiftRight(value - detector.slow, 4) ** 2; // Q24
    follow(detector, value);
    const change = spread - detector.sum;
    detector.sum += detector.watched < 512 ? Math.trunc(change / detector.watched) : shiftRight(change, 9);
    const apart = shiftRight(detector.fast - detector.slow, 4);
    return apart * apart * 31 > 36 * (detector.sum + 1);
  },
};

/** An average at 1/16, and one at 1/512 that is the mean while it is young. */
function follow(detector: Detector, value: number): void {
  detector.fast += shiftRight(value - detector.fast, 4);
  const apart = value - detector.slow;
  detector.slow += detector.watched < 512 ? Math.trunc(apart / detector.watched) : shiftRight(apart, 9);
}
