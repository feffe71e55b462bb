// Rehearsal: stored samples are learned again while a new one waits, from the store or from prototypes, and in sleep. No task boundary is
// ever told. (Tried and given up: a new sample that competes only with labels of the last 512, and a prior by running frequency, cost 3 to 17 points
// where labels come in runs; half of what sets the new sample apart from its nearest neighbour added to each exemplar, 0.2 to 1 point.)

import { configInputs, configPrototypes, configReplays, fresh, handicaps, header, nearestVotes, padded, scores, standardised } from "../layout";
import { clamp } from "../fixed";
import { WHOLE, setHandicaps, soften } from "../layer";
import { hasUsualVotes } from "../certainty";
import { answer, compareStored, correctLayers, hear } from "../network";
import { clear } from "../votes";
import { GOLDEN, random } from "../random";
import { setRehearsing } from "../rate";
import { restoreRow } from "../anchor";
import { canTell, heed, loss } from "./benefit";
import { unpack } from "./codes";
import { below, codesAt, findNearest, labelOf, nearest, newestOf } from "./exemplars";
import { labelMemory, lanes, memory, row, waiting } from "./memory";
import { imagine, leaveResidual } from "./prototypes";

/** Octaves behind, Q10: too far for any probability. */
const OUT: i32 = 0x7fff;

/** `header.seen` + 1, in 32 bits and never 0: that is for a label never seen. */
export function moment(): u32 {
  return max<u32>(<u32>header.seen + 1, 1);
}

/** True if a label was among the last 32 samples, or three for each label. */
function cameLately(label: i32): bool {
  return moment() - labelMemory(label).last <= <u32>max(32, 3 * header.labels);
}

/** Labels that were never seen stay out of the softmax. */
export function leaveOutUnseen(): void {
  for (let c = 0; c < header.labels; c++) {
    store<i16>(handicaps + (<usize>c << 1), labelMemory(c).last == 0 ? <i16>OUT : 0);
  }
  setHandicaps(handicaps);
}

/** Labels that were never seen score 0, once any was. */
export function silenceUnseen(): void {
  let any = false;
  for (let c = 0; c < header.labels; c++) any = any || labelMemory(c).last != 0;
  if (!any) return;
  for (let c = 0; c < header.labels; c++) {
    if (labelMemory(c).last == 0) store<i32>(scores + (<usize>c << 2), 0);
  }
}

/** Replays while the new sample waits, of which the scores are; it tells whether they help. */
export function rehearse(label: i32): void {
  if (configPrototypes() == 0 && memory.stored == 0) return;
  copyInput(standardised, waiting);
  const tells = canTell(label);
  const before = tells ? loss(label) : 0;
  const recent = configPrototypes() != 0 ? replayPrototypes(label) : replayExemplars();
  copyInput(waiting, standardised);
  if (!tells || recent == 0) return;
  answer();
  heed(before, loss(label), recent);
}

function copyInput(from: usize, to: usize): void {
  const bytes = <usize>padded(configInputs(), 8) << 1;
  for (let at: usize = 0; at < bytes; at += 8) store<u64>(to + at, load<u64>(from + at));
}

function learnInput(label: i32): void {
  setRehearsing(true);
  correctLayers(label);
  setRehearsing(false);
}

/** Replays of labels that have not come lately that this step has left: one for each, as the new sample is one of its own label. */
let away: i32 = 0;

function countAway(): void {
  away = 0;
  for (let c = 0; c < header.labels; c++) if (labelMemory(c).last != 0 && !cameLately(c)) away++;
}

/** True if a drawn sample is replayed: of labels that came lately a share, of the others one for each. */
function isReplayed(label: i32): bool {
  if (cameLately(label)) return random() >> 16 <= <u32>memory.share;
  return away-- > 0;
}

/** Random exemplars. Where the first is replayed, it tells what usual votes are worth. Returns how many were of labels that came lately. */
function replayExemplars(): i32 {
  let recent = 0;
  countAway();
  for (let k = 0; k < configReplays(); k++) {
    const index = below(memory.stored);
    const label = labelOf(index);
    if (!isReplayed(label)) continue;
    if (cameLately(label)) recent++;
    recall(index);
    learnRow(label, k == 0);
  }
  return recent;
}

/** Learns what is in `row`. One that tells moves what usual votes are worth, as a new sample does; its nearest exemplar is itself, and has no vote. */
function learnRow(label: i32, tells: bool): void {
  if (!tells || !hasUsualVotes()) return learnInput(label);
  compareStored(row);
  learnInput(label);
  silenceUnseen();
  clear(nearestVotes);
  hear(label, false);
}

function recall(index: i32): void {
  unpack(codesAt(index), row);
  restoreRow(row);
}

function replayPrototypes(label: i32): i32 {
  if (!leaveResidual(label)) return 0;
  let recent = 0;
  let leaks = false; // of its own label it is the new sample once more: that tells nothing
  countAway();
  for (let k = 0; k < configReplays(); k++) {
    const other = imagine();
    if (!isReplayed(other)) continue;
    if (other == label) leaks = true;
    else if (cameLately(other)) recent++;
    restoreRow(row);
    learnInput(other);
  }
  return leaks ? 0 : recent;
}

/**
 * Loss of the two newest exemplars of every label, octaves in Q10. A sleep has done harm where it raises this: who can, undoes it. Equally many of every label, since the
 * newest of all are of one label where labels come one after the other, and that one always loses by what the others win.
 */
export function lossOfNewest(): i32 {
  let sum = 0;
  for (let c = 0; c < header.labels; c++) sum += lossOf(newestOf(c, false)) + lossOf(newestOf(c, true));
  return sum;
}

/** Of one exemplar, or 0 for none. */
function lossOf(index: i32): i32 {
  if (index < 0) return 0;
  recall(index);
  answer();
  return loss(labelOf(index));
}

/** With so many samples a label a learner may be as sure asleep as awake; with fewer it is less sure, down to a half. */
const MATURE: i32 = 20;

/**
 * Sharpness asleep, Q7: in proportion to the samples a label. A few exemplars are soon answered surely, and then teach no more: less sure, they pull on until
 * they stand apart, the sure ones too. With the turns below, 2 and 5 mixed samples a label win 2.0 and 1.3 points. Always a quarter costs streams that sleep often 1.3 points, down to 0
 * costs chessboard, 5 a label, 5.
 */
function partAsleep(): i32 {
  let labels = 0;
  for (let c = 0; c < header.labels; c++) if (labelMemory(c).last != 0) labels++;
  const enough = MATURE * max(labels, 1);
  return max(<i32>min<u32>(memory.age, enough) * WHOLE / enough, WHOLE >> 1);
}

/** Asleep, at most so much of what sets two exemplars apart is added to a third, Q7: five eighths. */
const APART: i32 = 80;

/**
 * An exemplar with a random share of what sets another apart from its nearest of the same label: real noise, correlated as real noise is. Ten times the same few
 * samples are learned by heart: Split-MNIST with 500 of them, 88.4 % without and 92.2 with it.
 */
function learnVaried(index: i32): void {
  const other = below(memory.stored);
  unpack(codesAt(other), fresh);
  findNearest(labelOf(other), false, other);
  unpack(codesAt(nearest < 0 ? other : nearest), row); // the only one of its label adds nothing
  unpack(codesAt(index), waiting);
  const share = below(APART);
  for (let at: usize = 0; at < <usize>lanes << 1; at += 2) {
    const apart = <i32>load<i16>(fresh + at) - <i32>load<i16>(row + at);
    store<i16>(row + at, <i16>clamp(<i32>load<i16>(waiting + at) + ((apart * share) >> 7), -2047, 2047));
  }
  restoreRow(row);
  learnRow(labelOf(index), true);
}

/** The next exemplar of a sleep. Golden steps through the store: no part of it waits long, whatever the length of a sleep, and neighbours are of other blocks. */
function nextInTurn(): i32 {
  memory.turn += GOLDEN;
  return <i32>((<u64>memory.turn * <u64>memory.stored) >> 32);
}

/** `steps` exemplars in turn, varied, no new data; the rate falls linearly to a tenth and is then what it was. */
export function rest(steps: i32): void {
  if (memory.stored == 0) return;
  const rate = header.rate;
  soften(partAsleep());
  for (let k = 0; k < steps; k++) {
    header.rate = rate - <i32>((<i64>rate * 9 * k) / (10 * <i64>steps));
    learnVaried(nextInTurn());
  }
  soften(WHOLE);
  header.rate = rate;
}
