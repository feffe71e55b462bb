// The learner as a WASI command: sensor lines on standard input, predictions on standard output, what was learned in a file. docs/wasi.md has the
// formats. The core is the plain one, unchanged; only here it has imports.

import { CONFIG, arena, arenaBytes, configInputs, configLabels, header, lay, rawInput, scores, stateBytes, validate } from "../layout";
import { probability } from "../certainty";
import { familiarity } from "../familiar";
import { addLabel, create, learn, predict } from "../network";
import { parseBinary32 } from "./decimal";
import { appendLabel, findLabel, isName, labelCount, lengthOf, nameOf, placeTable, tableBytes } from "./labels";
import { checkSame, labels, labelsGiven, labelsLength, readOptions, refuse, saveEvery, snapshot, writeConfig } from "./options";
import { checkLength, openSnapshot, readState, saveSnapshot } from "./snapshot";
import { EPIPE, exit, read } from "./system";
import { done, err, openOutputs, out, say } from "./text";

/** Bytes that are read at once; a line may be longer. */
const CHUNK_BYTES: i32 = 4096;
const CHUNK: usize = memory.data(CHUNK_BYTES, 8);
/** A line has room for this many bytes a number, and for a label. */
const NUMBER_BYTES: i32 = 32;
const LABEL_BYTES: i32 = 256;
/** Refused lines that have a message each. */
const MOST_TOLD: u64 = 10;

let line: usize = 0;
let lineRoom: i32 = 0;
let lineLength: i32 = 0;
let overlong: bool = false;

let lines: u64 = 0;
let learned: u64 = 0;
let right: u64 = 0;
let refused: u64 = 0;
let unsaved: i32 = 0;

export function _start(): void {
  openOutputs();
  readOptions();
  begin();
  for (;;) {
    out.flush(); // whoever waits for an answer to the last line has it before this waits for the next
    if (out.failed != 0) break;
    const got = read(0, CHUNK, CHUNK_BYTES);
    if (got < 0) {
      say("standard input cannot be read: errno ").number(-got);
      end(1);
    }
    if (got == 0) break;
    for (let i = 0; i < got; i++) takeByte(load<u8>(CHUNK + i));
  }
  if (lineLength > 0 || overlong) takeLine();
  out.flush();
  // a reader that has seen enough, such as `head`, closes the pipe: nothing is wrong
  if (out.failed != 0 && out.failed != EPIPE) {
    say("standard output cannot be written: errno ").number(out.failed);
    end(1);
  }
  summary();
  end(0);
}

/** A new learner, or the stored one. */
function begin(): void {
  const stored = snapshot != 0 && openSnapshot();
  if (stored) checkSame();
  else writeConfig();
  const fault = validate();
  if (fault != 0) {
    say("the configuration is not one that the core can make: code -").number(-fault);
    done();
    exit(1);
  }
  lay(false);
  if (stored) checkLength(<i32>stateBytes);

  // behind the arena: names, then the line
  const table = arena + arenaBytes;
  line = table + tableBytes(configLabels());
  lineRoom = configInputs() * NUMBER_BYTES + LABEL_BYTES;
  const missing = <i32>((line + lineRoom + 0xffff) >> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) {
    say("the host has not enough memory for this learner");
    done();
    exit(1);
  }
  create();
  placeTable(table);
  if (stored) {
    readState();
    if (labelsGiven() > 0) checkRoom();
  } else {
    header.labels = 0;
    takeLabels();
    // a folder that is not there, or not to be written, is found now, not after a day of learning
    if (snapshot != 0 && !saveSnapshot()) exit(1);
  }
}

/** Index of the next comma, or `end`. */
function cellEnd(from: usize, end: usize): usize {
  while (from < end && load<u8>(from) != 44) from++;
  return from;
}

function takeLabels(): void {
  const end = labels + labelsLength;
  for (let from = labels; from != 0 && from <= end; ) {
    const to = cellEnd(from, end);
    const length = <i32>(to - from);
    if (!isName(from, length) || findLabel(from, length) >= 0) {
      say("--labels: a name that is empty, stands there twice, is longer than 200 bytes or no text");
      refuse();
    }
    addLabel();
    appendLabel(from, length);
    from = to + 1;
  }
}

/** Labels of the command line that the stored learner does not have yet must find room. */
function checkRoom(): void {
  const end = labels + labelsLength;
  let count = labelCount();
  for (let from = labels; from <= end; ) {
    const to = cellEnd(from, end);
    if (findLabel(from, <i32>(to - from)) < 0) count++;
    from = to + 1;
  }
  if (count > configLabels()) {
    say("--labels: the stored learner has no room for all of them: give another --snapshot");
    refuse();
  }
}

function takeByte(byte: u8): void {
  if (byte == 10) {
    takeLine();
    lineLength = 0;
    overlong = false;
  } else if (lineLength < lineRoom) store<u8>(line + lineLength++, byte);
  else overlong = true;
}

/** Begins the message about a line that is left out; null after enough of them. */
function tell(): bool {
  if (++refused > MOST_TOLD) return false;
  say("line ").number(lines);
  err.text(": ");
  return true;
}

function isBlank(byte: u8): bool {
  return byte == 32 || byte == 9 || byte == 13;
}

/** Sample, answer, step. */
function takeLine(): void {
  lines++;
  let at = line;
  let end = line + lineLength;
  while (at < end && isBlank(load<u8>(at))) at++;
  while (end > at && isBlank(load<u8>(end - 1))) end--;
  if (overlong) {
    if (tell()) {
      err.text("longer than ");
      err.number(lineRoom);
      err.text(" bytes");
      done();
    }
    return;
  }
  if (at == end) return;

  const inputs = configInputs();
  for (let i = 0; i < inputs; i++) {
    if (at > end) {
      if (tell()) {
        err.number(i);
        err.text(" values, expected are ");
        err.number(inputs);
        done();
      }
      return;
    }
    const to = cellEnd(at, end);
    let from = at;
    let until = to;
    while (from < until && isBlank(load<u8>(from))) from++;
    while (until > from && isBlank(load<u8>(until - 1))) until--;
    const bits = parseBinary32(from, until);
    if (bits < 0) {
      if (tell()) {
        err.text("value ");
        err.number(i + 1);
        err.text(" is no number");
        done();
      }
      return;
    }
    store<u32>(rawInput + (<usize>i << 2), <u32>bits);
    at = to + 1;
  }
  while (at < end && isBlank(load<u8>(at))) at++;
  const given = at < end ? <i32>(end - at) : 0;
  if (given > 0 && cellEnd(at, end) < end) {
    if (tell()) {
      err.text("more than ");
      err.number(inputs);
      err.text(" values and a label");
      done();
    }
    return;
  }
  step(at, given);
}

/** The raw input is there; so is the label, unless its length is 0. */
function step(name: usize, length: i32): void {
  const winner = predict();
  const known = labelCount() > 0;
  answer(winner, known, name, length);

  const label = length > 0 ? labelOf(name, length) : -1;
  if (label < 0) return; // what has no label changes nothing: a long stay in one state would pull the standardisation to it
  if (known && label == winner) right++;
  learn(label);
  learned++;
  if (++unsaved >= saveEvery && snapshot != 0) {
    unsaved = 0;
    saveSnapshot(); // where that fails, learning goes on: the end tries again
  }
}

/** Index of a label, a new one where there is room; -1, told of, for one that is not taken. */
function labelOf(name: usize, length: i32): i32 {
  const label = findLabel(name, length);
  if (label >= 0) return label;
  if (!isName(name, length)) {
    if (tell()) {
      err.text("predicted, not learned: the label is longer than 200 bytes or no text");
      done();
    }
    return -1;
  }
  const index = addLabel();
  if (index >= 0) appendLabel(name, length);
  else if (tell()) {
    err.text("predicted, not learned: the label is unknown, and there is room for no other");
    done();
  }
  return index;
}

/** One line: number, label, margin, the label that was given, probability, familiar. */
function answer(winner: i32, known: bool, name: usize, length: i32): void {
  out.number(lines);
  out.byte(44);
  let margin: u64 = 0;
  if (known) {
    out.cell(nameOf(winner), lengthOf(winner));
    let second = labelCount() > 1 ? i32.MIN_VALUE : 0;
    for (let c = 0; c < labelCount(); c++) {
      if (c != winner) second = max(second, load<i32>(scores + (<usize>c << 2)));
    }
    margin = <u64>(<i64>load<i32>(scores + (<usize>winner << 2)) - second);
  }
  out.byte(44);
  out.decimal((margin * 10000 + 32768) >> 16, 4); // Q16, rounded
  out.byte(44);
  out.cell(name, length);
  out.byte(44);
  out.decimal(known ? (<u64>probability(winner) * 10000 + 16383) / 32767 : 0, 4); // Q15, rounded
  out.byte(44);
  const familiar = known ? familiarity(winner) : -1;
  if (familiar >= 0) out.decimal((<u64>familiar * 10000 + 16383) / 32767, 4);
  out.byte(10);
}

function summary(): void {
  say("").number(lines);
  err.text(" lines, ");
  err.number(learned);
  err.text(" learned");
  if (learned > 0) {
    err.text(", accuracy ");
    err.decimal((right * 1000 + learned / 2) / learned, 1);
    err.text(" %");
  }
  err.text(", ");
  err.number(refused);
  err.text(" refused");
  done();
}

/** Saves what is new, ends a message that was begun, and ends the command. */
function end(code: i32): void {
  if (code != 0) done();
  if (snapshot != 0 && !saveSnapshot()) code = 1;
  exit(code);
}
