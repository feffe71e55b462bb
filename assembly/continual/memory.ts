// What the continual learner remembers beside its weights, and where it lies: a region of the arena after the layers.
//
//   Memory | per label: LabelMemory | exemplars: labels, then codes | prototypes: counts, means, deviations
//
// Exemplars and prototypes are kept in anchored coordinates (anchor.ts). So they stand for raw values, whatever the normaliser has
// become since.

import {
  configExemplarBits, configExemplars, configInputs, configLabels, configPrototypes, memoryAt, memoryScratchAt, padded, placeFresh, placeNearestVotes, reserveAnchors, reserveMemory,
} from "../layout";

/** First region of the memory, 112 bytes. */
@unmanaged
export class Memory {
  /** Samples learned since the memory was last emptied. */
  age: u32;
  /** log2 of the weight of the nearest exemplars' votes, from where it starts, Q10: neighbours.ts. */
  weight: i16;
  reserved1: u16;
  reserved2: u32;
  /** Exemplars stored. */
  stored: i32;
  /** Codes stand for low + code x step, Q8. */
  low: i16;
  step: i16;
  /** Samples left until stored samples that the alarm put in doubt are judged; how many the store answered wrongly. */
  doubt: u16;
  contradicted: u16;
  /** Error rates of the drift detector, Q20; samples it has seen since it started. */
  fast: i32;
  slow: i32;
  watched: u32;
  /** Page-Hinkley: sum. DDM: least rate and its deviation. Input: variance. All Q20 or Q16, see drift.ts. */
  sum: i64;
  least: i32;
  leastDeviation: i32;
  alarms: u32;
  /** Samples learned at the last alarm. */
  lastAlarm: u32;
  /** Samples that the doubt judged. */
  judged: u16;
  /** Of the replays of labels that came lately, so many are done, Q16; and what one does to the loss of a waiting sample, octaves in Q20. */
  share: u16;
  harm: i32;
  /** The last 256 errors, a bit each, youngest first. */
  recent0: u64;
  recent1: u64;
  recent2: u64;
  recent3: u64;
  /** Of the last raw input, bit by bit: displaced.ts. */
  inputPrint: u32;
  /** Where in the store sleep is, of 2^32: replay.ts. */
  turn: u32;
}

/** What is remembered of a label, 16 bytes. */
@unmanaged
export class LabelMemory {
  /** Samples of it since the memory was emptied. */
  offered: u32;
  /** `header.seen` + 1 at its last sample; 0 when it was never seen. */
  last: u32;
  /** Samples of it ever, up to 65535. */
  seen: u16;
  /** Exemplars of it. */
  kept: u16;
  /** Its newest exemplars: index + 1, 0 where there is none. What stands there may have become another label's. */
  newest: u16;
  secondNewest: u16;
}

export let memory: Memory = changetype<Memory>(0);
export let labelMemories: usize = 0;
export let exemplarLabels: usize = 0; // [exemplars] u8
export let exemplarCodes: usize = 0; // [exemplars, rowBytes]
/** Bytes of an exemplar's codes, or of a row of means or deviations. */
export let rowBytes: usize = 0;
export let prototypeCounts: usize = 0; // [labels, prototypes] u16
export let prototypeMeans: usize = 0; // [labels, prototypes, lanes] u8 codes
export let prototypeDeviations: usize = 0; // [labels, prototypes, lanes] u8 half steps of the codes

/** Values of a row in scratch: inputs padded to whole groups of codes. */
export let lanes: i32 = 0;
export let waiting: usize = 0; // [lanes] i16 Q8: the new sample, standardised, while others are learned
export let residual: usize = 0; // [lanes] i16: the new sample less its nearest prototype
export let row: usize = 0; // [lanes] i16, as `fresh`
export let unitResidual: usize = 0; // [lanes] i16 Q8: a prototype's residual in deviations
export let sample: usize = 0; // [rowBytes]: the new sample as codes

let cursor: usize = 0;

function take(bytes: i32): usize {
  const at = cursor;
  cursor = (cursor + <usize>bytes + 15) & ~15;
  return at;
}

// @ts-ignore: decorator
@inline
export function labelMemory(label: i32): LabelMemory {
  return changetype<LabelMemory>(labelMemories + <usize>label * offsetof<LabelMemory>());
}

/** Whether there is anything to replay; drift alarms can be had without. */
// @ts-ignore: decorator
@inline
export function remembers(): bool {
  return configExemplars() != 0 || configPrototypes() != 0;
}

/** Walks both regions from addresses 0, for their sizes. */
export function measureMemory(): void {
  walk(0);
  const state = <i32>cursor;
  walkScratch(0);
  reserveMemory(state, <i32>cursor);
  reserveAnchors(remembers());
}

/** Walks both regions where `lay` has put them. */
export function layMemory(): void {
  walk(memoryAt);
  walkScratch(memoryScratchAt);
}

function walk(from: usize): void {
  const labels = configLabels();
  cursor = from;
  memory = changetype<Memory>(take(<i32>offsetof<Memory>()));
  labelMemories = take(labels * <i32>offsetof<LabelMemory>());
  const bits = configExemplarBits();
  lanes = padded(configInputs(), 64 / bits);
  rowBytes = <usize>((lanes * bits) >> 3);
  exemplarLabels = take(configExemplars());
  exemplarCodes = take(configExemplars() * <i32>rowBytes);
  const prototypes = labels * configPrototypes();
  prototypeCounts = take(prototypes << 1);
  prototypeMeans = take(prototypes * <i32>rowBytes);
  prototypeDeviations = take(prototypes * <i32>rowBytes);
}

function walkScratch(from: usize): void {
  const bytes = remembers() ? lanes << 1 : 0;
  cursor = from;
  if (from == 0) take(bytes);
  else if (bytes != 0) placeFresh(take(bytes));
  waiting = take(bytes);
  residual = take(configPrototypes() != 0 ? bytes : 0);
  row = take(bytes);
  unitResidual = take(configPrototypes() != 0 ? bytes : 0);
  const votes = take(configExemplars() != 0 ? configLabels() << 2 : 0);
  if (from != 0) placeNearestVotes(configExemplars() != 0 ? votes : 0);
  sample = take(configExemplars() != 0 ? <i32>rowBytes : 0);
}
