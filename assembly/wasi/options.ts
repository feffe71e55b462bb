// The command line. What is wrong with it is said on standard error, and ends the command with code 2.

import {
  AT_ALPHA, AT_BITS, AT_CLIP, AT_FLAGS, AT_GATE_DIVISOR, AT_LABELS, AT_LAYERS, AT_MARGIN, AT_RATE, AT_SEED, AT_UNITS, USUAL_ALPHA, USUAL_BITS, USUAL_CLIP, USUAL_GATE_DIVISOR, USUAL_LAYERS,
  USUAL_MARGIN, USUAL_RATE, USUAL_SEED,
} from "./words.generated";
import { CONFIG, FLAG_FAMILIAR, FLAG_SELF_RATE, FLAG_SKIP_INPUT, MAX_INPUTS, MAX_LABELS, MAX_LAYERS, MAX_UNITS } from "../layout";
import { args_get, args_sizes_get, exit } from "./system";
import { done, out, say } from "./text";

const MOST_TEXT: i32 = 8192;
const MOST_ARGUMENTS: i32 = 64;
const TEXT: usize = memory.data(MOST_TEXT, 8);
const POINTERS: usize = memory.data(MOST_ARGUMENTS * 4, 8);

/** Labels there is room for where neither they nor their number are given. */
const LABEL_CAPACITY: i32 = 32;

/** Options as given: 0 or -1 for those that were not. */
export let inputs: i32 = 0;
export let labels: usize = 0;
export let labelsLength: i32 = 0;
export let labelCapacity: i32 = 0;
export let units: usize = 0;
export let unitsLength: i32 = 0;
export let bits: i32 = 0;
export let seed: i64 = -1;
export let snapshot: usize = 0;
export let snapshotLength: i32 = 0;
export let saveEvery: i32 = 1000;

const HELP = `Usage: wasi.wasm --inputs N [options]

A network that learns from lines on standard input: each is predicted, answered on standard output, and learned where it has a label.

  --inputs N            numbers in a line, 1 to 4096; a stored learner knows
  --labels NAME,..      the labels there are (default: as they come)
  --label-capacity N    labels there is room for, 2 to 256 (default: as many as --labels, or 32)
  --units N,..          units of each layer (default 64,64)
  --bits 8|16           bits of a weight (default 8)
  --seed N              decides every random bit (default 1)
  --snapshot PATH       a file in a folder that the host has opened: gone on from if it is there, saved at the end
  --save-every N        and after so many learned samples (default 1000)
  --help

A line: numbers with commas between them, then the label, if it is known. "0.1,9.8,4" is only predicted, "0.1,9.8,4,still" learned. An empty
number, nan and inf are missing values. An answer: number of the line, label, margin, the label that was given, probability,
and how familiar the sample is: the share of learned ones that were as unusual, 0 to 1, or nothing where it is too early to say.

Exit codes: 0 done and saved; 1 the run failed; 2 the command line was wrong.
`;

function lengthAt(text: usize): i32 {
  let length = 0;
  while (load<u8>(text + length) != 0) length++;
  return length;
}

function is(text: usize, word: string): bool {
  for (let i = 0; i < word.length; i++) {
    if (<i32>load<u8>(text + i) != <i32>load<u16>(changetype<usize>(word) + (<usize>i << 1))) return false;
  }
  return load<u8>(text + word.length) == 0;
}

/** Ends the message that `say` began, and the command. */
export function refuse(): void {
  done();
  exit(2);
}

/** A whole number of at most ten digits, or -1. */
function wholeAt(text: usize, length: i32): i64 {
  if (length < 1 || length > 10) return -1;
  let value: i64 = 0;
  for (let i = 0; i < length; i++) {
    const digit = <i32>load<u8>(text + i) - 48;
    if (<u32>digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function whole(option: string, text: usize, low: i64, high: i64): i64 {
  const value = wholeAt(text, lengthAt(text));
  if (value < low || value > high) {
    const message = say(option);
    message.text(": expected a whole number from ");
    message.number(low);
    message.text(" to ");
    message.number(high);
    message.text(", got ");
    message.foreign(text, min(lengthAt(text), 40));
    refuse();
  }
  return value;
}

export function readOptions(): void {
  const bytes = POINTERS + 4;
  if (args_sizes_get(POINTERS, bytes) != 0) {
    say("the host gives no arguments");
    refuse();
  }
  const count = load<i32>(POINTERS);
  if (load<u32>(bytes) > <u32>MOST_TEXT || <u32>count > <u32>MOST_ARGUMENTS) {
    say("the command line is longer than 8192 bytes or 64 words");
    refuse();
  }
  args_get(POINTERS, TEXT);
  for (let i = 1; i < count; i++) {
    const option = load<usize>(POINTERS + (<usize>i << 2));
    if (is(option, "--help") || is(option, "-h")) {
      out.text(HELP);
      out.flush();
      exit(0);
    }
    const known = is(option, "--inputs") || is(option, "--labels") || is(option, "--label-capacity") || is(option, "--units") ||
      is(option, "--bits") || is(option, "--seed") || is(option, "--snapshot") || is(option, "--save-every");
    if (!known) {
      const message = say("unknown option ");
      message.foreign(option, min(lengthAt(option), 80));
      message.text("; --help lists them");
      refuse();
    }
    if (++i == count) {
      const message = say("");
      message.foreign(option, lengthAt(option));
      message.text(" needs a value; --help lists the options");
      refuse();
    }
    const value = load<usize>(POINTERS + (<usize>i << 2));
    if (is(option, "--inputs")) inputs = <i32>whole("--inputs", value, 1, MAX_INPUTS);
    else if (is(option, "--label-capacity")) labelCapacity = <i32>whole("--label-capacity", value, 2, MAX_LABELS);
    else if (is(option, "--seed")) seed = whole("--seed", value, 0, 0xffffffff);
    else if (is(option, "--save-every")) saveEvery = <i32>whole("--save-every", value, 1, 1000000000);
    else if (is(option, "--bits")) {
      bits = <i32>whole("--bits", value, 8, 16);
      if (bits != 8 && bits != 16) {
        say("--bits: expected 8 or 16, got ").number(bits);
        refuse();
      }
    } else if (is(option, "--labels")) {
      labels = value;
      labelsLength = lengthAt(value);
    } else if (is(option, "--units")) {
      units = value;
      unitsLength = lengthAt(value);
    } else {
      snapshot = value;
      snapshotLength = lengthAt(value);
    }
  }
}

/** Names in --labels. */
export function labelsGiven(): i32 {
  if (labels == 0) return 0;
  let count = 1;
  for (let i = 0; i < labelsLength; i++) if (load<u8>(labels + i) == 44) count++;
  return count;
}

/** Units of each layer that --units names to `at`, i32 each: how many layers. */
export function readUnits(at: usize): i32 {
  let count = 0;
  let start = 0;
  for (let i = 0; i <= unitsLength; i++) {
    if (i < unitsLength && load<u8>(units + i) != 44) continue;
    const value = wholeAt(units + start, i - start);
    if (value < 1 || value > MAX_UNITS || count == MAX_LAYERS) {
      say("--units: expected 1 to 8 whole numbers from 1 to 4096 with commas between them, got ").foreign(units, min(unitsLength, 80));
      refuse();
    }
    store<i32>(at + (<usize>count << 2), <i32>value);
    count++;
    start = i + 1;
  }
  return count;
}

/** The configuration of a new learner; what has no option is the default of host/config.ts. */
export function writeConfig(): void {
  if (inputs == 0) {
    say("--inputs N is missing: how many numbers a line has");
    refuse();
  }
  const given = labelsGiven();
  const capacity = labelCapacity != 0 ? labelCapacity : given > 0 ? max(2, given) : LABEL_CAPACITY;
  if (given > min(capacity, MAX_LABELS)) {
    say("--labels: more names than there is room for");
    refuse();
  }
  store<i32>(CONFIG, inputs);
  store<i32>(CONFIG, capacity, AT_LABELS);
  store<i32>(CONFIG, bits == 0 ? USUAL_BITS : bits, AT_BITS);
  store<i32>(CONFIG, FLAG_SKIP_INPUT | FLAG_SELF_RATE | FLAG_FAMILIAR, AT_FLAGS);
  store<u32>(CONFIG, seed < 0 ? USUAL_SEED : <u32>seed, AT_SEED);
  store<i32>(CONFIG, USUAL_RATE, AT_RATE);
  store<i32>(CONFIG, USUAL_ALPHA, AT_ALPHA);
  store<i32>(CONFIG, USUAL_MARGIN, AT_MARGIN);
  store<i32>(CONFIG, USUAL_CLIP, AT_CLIP);
  store<i32>(CONFIG, USUAL_GATE_DIVISOR, AT_GATE_DIVISOR);
  if (units == 0) {
    store<i32>(CONFIG, USUAL_LAYERS, AT_LAYERS);
    store<i32>(CONFIG, 64, AT_UNITS);
    store<i32>(CONFIG, 64, AT_UNITS + 4);
  } else store<i32>(CONFIG, readUnits(CONFIG + AT_UNITS), AT_LAYERS);
}

function differs(option: string, stored: i64, given: i64): void {
  if (stored == given) return;
  const message = say("the stored learner has ");
  message.text(option);
  message.byte(32);
  message.number(stored);
  message.text(", not ");
  message.number(given);
  message.text(": leave the option out, or give another --snapshot");
  refuse();
}

/** A stored learner goes on as it is: options that ask for another one are a mistake, not a wish. */
export function checkSame(): void {
  if (inputs != 0) differs("--inputs", load<i32>(CONFIG), inputs);
  if (labelCapacity != 0) differs("--label-capacity", load<i32>(CONFIG, AT_LABELS), labelCapacity);
  if (bits != 0) differs("--bits", load<i32>(CONFIG, AT_BITS), bits);
  if (seed >= 0) differs("--seed", load<u32>(CONFIG, AT_SEED), seed);
  if (units != 0) {
    const given = memory.data(MAX_LAYERS * 4, 8);
    const layers = readUnits(given);
    differs("layers in --units", load<i32>(CONFIG, AT_LAYERS), layers);
    for (let l = 0; l < layers; l++) differs("--units", load<i32>(CONFIG + (<usize>l << 2), AT_UNITS), load<i32>(given + (<usize>l << 2)));
  }
}
