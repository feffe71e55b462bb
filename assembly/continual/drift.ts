// Drift detectors: each sees whether the learner's answer to a sample was wrong before the sample was learned, and says when the
// errors have risen too far to be chance. One is chosen at creation; all are a few integers.
//
//   1 two rates       fast (1/16) and slow (1/512) error rates, 5 standard deviations apart (exponential windows; Ross et al. 2012)
//   2 page-hinkley    cumulative excess of errors over their mean, delta 0.2, lambda 5 (Page 1954)
//   3 adwin           the last 256 errors at seven cuts: mean after a cut above mean before it by more than Bifet & Gavalda's (2007)
//                     bound for confidence 0.002; their window without its growth
//   4 ddm             error rate above its least value by 3 of the deviations it had there (Gama et al. 2004)
//   5 input           no labels: mean squared standardised input, fast against slow rate, 6 deviations

import { ACTIVITY_LIMIT, squareRoot } from "../fixed";
import { DRIFT_ADWIN, DRIFT_DDM, DRIFT_INPUT, DRIFT_NONE, DRIFT_PAGE_HINKLEY, DRIFT_TWO_RATES, configDrift, configInputs, header, padded, standardised } from "../layout";
import { product } from "../kernels/vector";
import { Memory, memory } from "./memory";

export const INPUT_DETECTOR: i32 = DRIFT_INPUT;

const ONE: i32 = 1 << 20;
/** Samples before the first alarm, and between two. */
const YOUNG: u32 = 48;
const APART: u32 = 300;
/** That count stops here: averages stand still long before. */
const MOST_WATCHED: u32 = 0x3fffffff;

/** The detector forgets what it has seen, as after an alarm. */
export function restartDetector(): void {
  memory.fast = 0;
  memory.slow = 0;
  memory.watched = 0;
  memory.sum = 0;
  memory.least = ONE;
  memory.leastDeviation = ONE;
  memory.recent0 = 0;
  memory.recent1 = 0;
  memory.recent2 = 0;
  memory.recent3 = 0;
}

/** One sample, and whether it was answered wrongly; true when that is an alarm. */
export function watch(wrong: bool): bool {
  const kind = configDrift();
  if (kind == DRIFT_NONE) return false;
  const watched = min(memory.watched, MOST_WATCHED) + 1;
  memory.watched = watched;
  const error = wrong ? ONE : 0;
  let alarm = false;
  if (kind == DRIFT_TWO_RATES) alarm = twoRates(error);
  else if (kind == DRIFT_PAGE_HINKLEY) alarm = pageHinkley(error);
  else if (kind == DRIFT_ADWIN) alarm = boundedAdwin(wrong);
  else if (kind == DRIFT_DDM) alarm = ddm(error);
  else alarm = inputs();
  if (!alarm || watched < (memory.alarms == 0 ? YOUNG : APART)) return false;
  memory.alarms++;
  memory.lastAlarm = <u32>header.seen;
  restartDetector();
  return true;
}

/** Moves the slow rate: 1 / watched while young. */
function follow(value: i32, shift: i32): void {
  memory.fast += (value - memory.fast) >> 4;
  memory.slow += memory.watched < <u32>1 << shift ? (value - memory.slow) / <i32>memory.watched : (value - memory.slow) >> shift;
}

/** (fast - slow)^2 * 31 > 25 (slow (1 - slow) + 0.02): 31 is what an average at 1/16 divides the variance by. */
function twoRates(error: i32): bool {
  follow(error, 9);
  const apart = <i64>(memory.fast - memory.slow);
  const variance = <i64>memory.slow * (ONE - memory.slow) + (<i64>ONE * ONE) / 50;
  return apart > 0 && apart * apart * 31 > variance * 25;
}

function pageHinkley(error: i32): bool {
  memory.slow += (error - memory.slow) / <i32>memory.watched;
  memory.sum = max<i64>(0, memory.sum + error - memory.slow - ONE / 5);
  return memory.sum > 5 * ONE;
}

/** |mean_new - mean_old| > sqrt(2 v L / m) + 2 L / (3 m), L = ln(2 * 256 / 0.002) = 12.45, 1/m = 1/new + 1/old; Q10. */
function boundedAdwin(wrong: bool): bool {
  const recent = changetype<usize>(memory) + offsetof<Memory>("recent0");
  let all = 0;
  let carry: u32 = wrong ? 1 : 0;
  for (let word: usize = 0; word < 32; word += 4) {
    const before = load<u32>(recent + word);
    const bits = (before << 1) | carry;
    carry = before >> 31;
    store<u32>(recent + word, bits);
    all += <i32>popcnt(bits);
  }
  if (memory.watched < 256) return false;
  const variance = (all * (256 - all)) << 4; // Q20
  let errors = 0; // of the last `count`
  for (let count = 32; count < 256; count += 32) {
    errors += <i32>popcnt(load<u32>(recent + (<usize>count >> 3) - 4));
    const rest = 256 - count;
    const samples = (count * rest) >> 8; // m
    const excess = (errors << 10) / count - ((all - errors) << 10) / rest - 8499 / samples; // 2 L / 3 in Q10
    if (excess > 0 && <i64>excess * excess * samples > (<i64>variance * 249) / 10) return true; // 2 L
  }
  return false;
}

function ddm(error: i32): bool {
  const watched = <i32>memory.watched;
  memory.slow += (error - memory.slow) / watched;
  if (watched < 30) return false;
  const deviation = <i32>squareRoot(<u32>(((<u64>memory.slow * <u64>(ONE - memory.slow)) >> 10) / watched)) << 5; // Q30 to Q20
  if (memory.slow + deviation < memory.least + memory.leastDeviation) {
    memory.least = memory.slow;
    memory.leastDeviation = deviation;
  }
  return memory.slow + deviation > memory.least + 3 * memory.leastDeviation && memory.least < ONE;
}

/** The same two rates on the mean square of the inputs, against its own running variance (in `sum`, Q24). */
function inputs(): bool {
  const square = product(standardised, standardised, ACTIVITY_LIMIT, padded(configInputs(), 8)) / configInputs(); // Q16
  const value = <i32>square; // below 8.0^2
  const before = <i64>(value - memory.slow) >> 4;
  follow(value, 9);
  const spread = before * before; // Q24
  memory.sum += memory.watched < 512 ? (spread - memory.sum) / <i64>memory.watched : (spread - memory.sum) >> 9;
  const apart = <i64>(memory.fast - memory.slow) >> 4;
  return apart * apart * 31 > 36 * (memory.sum + 1);
}
