// One step of the continual learner: learn the sample, watch for drift, replay, remember.

import {
  ERROR_MEMORY, ERROR_SECOND_ORDER, FLAG_SELF_RATE, configDrift, configExemplarBits, configExemplars, configFlags, configInputs, configLayers,
  configPrototypes, configReplays, configSecondOrder, fresh, header, layerAt, standardised, usualCounts, validate,
} from "../layout";
import { best, nearestTurn, sharpen, turned } from "../certainty";
import { forgetUsual, isUsual, mergeUsual } from "../familiar";
import { countVotes, tells, uncountVotes } from "../votes";
import { setHandicaps } from "../layer";
import { reopenFactors } from "../decorrelate";
import { weighLabels } from "../frequency";
import * as network from "../network";
import { channelAt, standardiseInput } from "../normaliser";
import { boostAlways } from "../rate";
import { ALL, anchorInput, fillMissing, hasFixedScale, lookNow } from "../anchor";
import { resetBenefit } from "./benefit";
import { renewAnchors } from "./carry";
import { padRow, resetRange } from "./codes";
import { noteInput, restartDisplaced } from "./displaced";
import { INPUT_DETECTOR, restartDetector, watch } from "./drift";
import { dropExemplars, findNearest, keep, relabelExemplars } from "./exemplars";
import { LabelMemory, labelMemory, layMemory, measureMemory, memory, remembers } from "./memory";
import { voteNearest } from "./neighbours";
import { dropPrototypes, emptyPrototypes, nearestPrototype, settlePrototype } from "./prototypes";
import { leaveOutUnseen, lossOfNewest, moment, rehearse, rest, silenceUnseen } from "./replay";

/** Errors on a label count for the drift detector from this many samples of it on: a new label is news, not drift. */
const NOVICE: i32 = 20;
/**
 * They count for it only where another label came among this many samples before. A label that comes alone for long is answered rightly and says
 * nothing about the others: once they are back, what was usual before them looks like drift (chessboard: four alarms, each of them false).
 */
const ALONE: u32 = 32;
/** After an alarm at most so many samples judge the memory. */
const DOUBT: i32 = 24;
/**
 * Its right answers decide as soon as they lead by so many, its wrong ones by so many: an empty memory is dearer than five samples. With 4 for both, one
 * of twenty runs over the fan's four bands loses its memory to an alarm by chance, and 32 points with it; with 6, or any lead when the doubt ends, one of five over its
 * log spectrum does.
 */
const RIGHT_LEAD: i32 = 4;
const WRONG_LEAD: i32 = 9;
/** An alarm leaves so much of a channel's count: its mean and deviation move on at 2 / (count + 1). */
const REOPENED: i32 = 20;

export function validateMemory(): i32 {
  const error = validate();
  if (error != 0) return error;
  const bits = configExemplarBits();
  if (bits != 8 && (configPrototypes() != 0 || (bits != 4 && bits != 2))) return ERROR_MEMORY;
  if (<u32>configExemplars() > 65535 || configPrototypes() > 64 || configReplays() > 64 || configDrift() > INPUT_DETECTOR) return ERROR_MEMORY;
  if (configExemplars() != 0 && configPrototypes() != 0) return ERROR_MEMORY;
  // what prototypes make up is drawn channel by channel: nearly all of it lies where real samples are narrow, and there P is largest
  if (isDefined(SECOND_ORDER) && configSecondOrder() != 0 && configPrototypes() != 0) return ERROR_SECOND_ORDER;
  return 0;
}

export function measure(): void {
  measureMemory();
}

export function create(): void {
  measureMemory();
  boostAlways();
  setHandicaps(0);
  network.create();
  layMemory();
  if ((configFlags() & FLAG_SELF_RATE) == 0) header.boost = 0;
  restartDetector();
  emptyMemory();
}

function emptyMemory(): void {
  memory.age = 0;
  memory.stored = 0;
  memory.doubt = 0;
  resetRange();
  resetBenefit();
  for (let c = 0; c < header.labels; c++) {
    const own = labelMemory(c);
    own.offered = 0;
    own.kept = 0;
    own.newest = 0;
    own.secondNewest = 0;
  }
  emptyPrototypes();
  renewAnchors(ALL);
}

export function predict(): i32 {
  network.look();
  if (configExemplars() != 0) {
    if (usualCounts == 0) anchorInput();
    fillMissing();
    voteNearest();
  }
  silenceUnseen();
  countVotes();
  return best();
}

export function learn(label: i32): i32 {
  standardiseInput(true);
  if (isDefined(SECOND_ORDER)) network.followInputs(0, standardised);
  const own = labelMemory(label);
  if (own.last == 0) restartDetector(); // errors before it are no measure of errors after
  own.last = moment();
  if (own.seen < u16.MAX_VALUE) own.seen++;

  const telling = takeSample(label);
  let wrong = false;
  if (remembers()) {
    fillMissing();
    padRow(fresh);
    noteInput();
    leaveOutUnseen();
    network.answer();
    if (configExemplars() != 0) voteNearest();
    wrong = isWrong(label, telling);
    if (memory.doubt == 0) rehearse(label);
  } else {
    weighLabels(label);
  }
  const updated = network.correctLayers(label);
  if (!remembers()) wrong = isWrong(label, telling);
  header.seen++;
  header.boost -= (header.boost + 255) >> 8;
  const counts = configDrift() == INPUT_DETECTOR || (<i32>own.seen > NOVICE && !comesAlone(label));
  if (counts && watch(wrong)) react();
  if (remembers()) {
    if (memory.doubt != 0) judgeMemory(label);
    if (configPrototypes() != 0) settlePrototype(label);
    else keep(label);
    memory.age = max(memory.age + 1, 1); // 0 is for an empty memory only
  }
  return updated;
}

/** True if scores and votes answer a sample wrongly that was never learned. If `telling`, it also moves how sure answers may be. */
function isWrong(label: i32, telling: bool): bool {
  silenceUnseen();
  countVotes();
  const wrong = best() != label;
  if (telling) {
    sharpen(label, true);
    if (configExemplars() != 0) memory.weight = turned(<i32>memory.weight, nearestTurn);
  }
  uncountVotes();
  return wrong;
}

/** True if no other label was among the last ALONE samples. */
function comesAlone(label: i32): bool {
  const now = <u32>header.seen;
  for (let c = 0; c < header.labels; c++) {
    const last = labelMemory(c).last;
    if (c != label && last != 0 && now - last <= ALONE) return false;
  }
  return true;
}

/** Puts the sample into anchored coordinates and into what its label usually is. Returns whether it can tell what a vote is worth. */
function takeSample(label: i32): bool {
  renewAnchors(lookNow());
  const known = configExemplars() != 0 ? labelMemory(label).seen > 1 : usualCounts != 0 && isUsual(label);
  const telling = tells(label, known);
  if (usualCounts != 0) network.takeUsual(label);
  else if (remembers()) anchorInput();
  return telling;
}

/** An alarm: a rate that is doubled and fades; and a normaliser that moves again, or with a memory starts anew where inputs are out of range, and all of it a fresh start when the memory is found to be wrong. */
function react(): void {
  header.boost = 0x10000;
  if (!remembers()) {
    reopenChannels();
    return;
  }
  restartDisplaced();
  memory.doubt = <u16>DOUBT;
  memory.contradicted = 0;
  memory.judged = 0;
}

/**
 * A normaliser that moves again. Gates stay what they are: drawing them anew at every alarm costs 0.25 points on elec2, 0.2 on moving
 * squares and 1.5 where alarms are false, helps no stream, and spares 18 errors only where labels change places.
 */
function reopenChannels(): void {
  if (isDefined(SECOND_ORDER)) reopenFactors();
  if (hasFixedScale()) return;
  for (let i = 0; i < configInputs(); i++) {
    const channel = channelAt(i);
    channel.count = <u16>min(<i32>channel.count, REOPENED);
  }
}

/** The same and gates drawn anew: stored samples say that labels mean something else. */
function startAfresh(): void {
  reopenChannels();
  if (configDrift() == INPUT_DETECTOR) return;
  if (usualCounts != 0) for (let c = 0; c < header.labels; c++) forgetUsual(c);
  for (let l = 0; l < configLayers(); l++) {
    for (let c = 0; c < header.labels; c++) network.drawGates(layerAt(l), c);
  }
}

/** Asks whether the memory would answer the new sample rightly. One whose wrong answers lead by WRONG_LEAD is emptied. */
function judgeMemory(label: i32): void {
  let own: i64 = 0;
  let others = i64.MAX_VALUE;
  if (configPrototypes() != 0) {
    own = nearestPrototype(label);
    for (let c = 0; c < header.labels; c++) if (c != label) others = min(others, nearestPrototype(c));
  } else {
    own = findNearest(label, false);
    others = findNearest(label, true);
  }
  if (own != i64.MAX_VALUE) {
    memory.judged++;
    if (others < own) memory.contradicted++;
  }
  memory.doubt--;
  const lead = 2 * <i32>memory.contradicted - <i32>memory.judged;
  if (lead <= -RIGHT_LEAD) memory.doubt = 0;
  else if (lead >= WRONG_LEAD) {
    startAfresh();
    emptyMemory();
    padRow(fresh);
  }
}

/** Counts of a label that takes another's exemplars: it was seen when the other was, and its exemplars were drawn from both. */
function inherit(heir: LabelMemory, own: LabelMemory): void {
  heir.offered = min(heir.offered + own.offered, <u32>i32.MAX_VALUE);
  heir.last = max(heir.last, own.last);
  heir.seen = <u16>min(<i32>heir.seen + <i32>own.seen, <i32>u16.MAX_VALUE);
}

export function sleep(steps: i32): void {
  if (!remembers()) return;
  leaveOutUnseen();
  rest(steps);
}

/** Shows if a sleep has helped: see replay.ts. */
export function newestLoss(): i32 {
  return remembers() ? lossOfNewest() : 0;
}

export function removeLabel(label: i32, into: i32): void {
  const last = header.labels - 1;
  const to = labelMemory(label);
  if (into >= 0) {
    inherit(labelMemory(into), to);
    if (usualCounts != 0) mergeUsual(label, into);
  }
  dropExemplars(label, into);
  dropPrototypes(label, last);
  moveLabel(changetype<usize>(labelMemory(last)), changetype<usize>(to));
  relabelExemplars(last, label);
  network.removeLabel(label);
}

/** 16 bytes, which become 0 where they were. */
function moveLabel(from: usize, to: usize): void {
  for (let at: usize = 0; at < 16; at += 8) {
    store<u64>(to + at, load<u64>(from + at));
    store<u64>(from + at, 0);
  }
}
