// The snapshot file, byte for byte what `learner.save()` of a host writes (FORMAT.md, section 3), in a folder that the WASI host has opened.
// Saving writes PATH.tmp, flushes it and renames it, so that the file is the old one or the new one at any instant.

import {
  CONFIG, FLAG_FAMILIAR, FLAG_FIXED_SCALE, FLAG_SELF_RATE, FLAG_SKIP_INPUT, arena, stateBytes,
} from "../layout";
import { appendLabel, findLabel, isUtf8, labelCount, lengthOf, LONGEST, nameOf } from "./labels";
import { snapshot, snapshotLength } from "./options";
import { isSound } from "./state";
import {
  EACCES, EISDIR, ENOENT, ENOSPC, ENOTCAPABLE, ENOTDIR, EPERM, EROFS, exit, fd_close, fd_filestat_get, fd_prestat_dir_name, fd_prestat_get,
  fd_sync, path_open, path_rename, path_unlink_file, read, readFully, write,
} from "./system";
import { Output, done, say } from "./text";
import {
  ARITHMETIC, AT_ALPHA, AT_AXES, AT_CLIP, AT_EXEMPLARS, AT_EXEMPLAR_BITS, AT_FLAGS, AT_GATE_DIVISOR, AT_LABELS, AT_MARGIN, AT_RATE, AT_SAMPLES, AT_SCALE, MAGIC, USUAL_CLIP, USUAL_GATE_DIVISOR, VERSION,
  WORDS, isSetting,
} from "./words.generated";

/** The same with a note behind the state, which is read over and not kept. */
const NOTED: u16 = VERSION + 1;
/** Magic, version, length; the words; arithmetic, bytes of state, architecture, bytes of the note. */
const AT_WORDS: usize = 8;
const AT_ARITHMETIC: usize = AT_WORDS + WORDS * 4;
const HEADER_BYTES: i32 = <i32>AT_ARITHMETIC + 16;
const HEAD: usize = memory.data(HEADER_BYTES, 8);

const LONGEST_PATH: i32 = 1024;
/** Of the path below the folder, and that of the temporary file. */
const PATH: usize = memory.data(LONGEST_PATH, 8);
const TEMPORARY: usize = memory.data(LONGEST_PATH + 8, 8);
let pathLength: i32 = 0;
let folder: i32 = -1;

const CREATE: i32 = 1;
const TRUNCATE: i32 = 8;
const READ: u64 = 1 << 1;
const SYNC: u64 = 1 << 4;
const WRITE: u64 = 1 << 6;
const STAT: u64 = 1 << 21;

/** Begins a message about the file. */
function sayFile(text: string): Output {
  const message = say("");
  message.foreign(snapshot, snapshotLength);
  message.text(text);
  return message;
}

function reason(message: Output, errno: i32): void {
  if (errno == ENOENT) message.text("no such file or folder");
  else if (errno == EACCES || errno == EPERM || errno == ENOTCAPABLE) message.text("not allowed");
  else if (errno == ENOSPC) message.text("no space left");
  else if (errno == EROFS) message.text("read-only");
  else if (errno == EISDIR) message.text("it is a folder");
  else if (errno == ENOTDIR) message.text("a part of the path is no folder");
  else {
    message.text("errno ");
    message.number(errno);
  }
}

/** Ends the message, and the command: what is in the file is not overwritten. */
function fail(): void {
  done();
  exit(1);
}

/** Finds the opened folder that the path begins with, the longest that does. */
function locate(): void {
  if (snapshotLength == 0 || snapshotLength > LONGEST_PATH) {
    say("--snapshot: expected a path of 1 to 1024 bytes");
    done();
    exit(2);
  }
  const name = TEMPORARY; // not needed yet
  let best = -1;
  for (let fd = 3; fd_prestat_get(fd, HEAD) == 0; fd++) {
    const length = load<i32>(HEAD, 4);
    if (load<u8>(HEAD) != 0 || <u32>length > <u32>LONGEST_PATH) continue;
    if (fd_prestat_dir_name(fd, name, length) != 0) continue;
    const below = belowFolder(name, length);
    if (below <= best) continue;
    best = below;
    folder = fd;
  }
  pathLength = best < 0 ? 0 : snapshotLength - best;
  if (pathLength == 0) {
    sayFile(": no folder that holds it was opened for this command; with Node that is `preopens`, elsewhere often --dir");
    done();
    exit(1);
  }
  for (let i = 0; i < pathLength; i++) {
    const byte = load<u8>(snapshot + best + i);
    store<u8>(PATH + i, byte);
    store<u8>(TEMPORARY + i, byte);
  }
  store<u32>(TEMPORARY + pathLength, 0x706d742e); // ".tmp"
}

/** Bytes of the path that name the folder and the slash behind it, or -1. */
function belowFolder(name: usize, length: i32): i32 {
  while (length > 0 && load<u8>(name + length - 1) == 47) length--; // "/" is "", "state/" is "state"
  if (length == 1 && load<u8>(name) == 46) {
    if (load<u8>(snapshot) == 47) return -1;
    return snapshotLength > 2 && load<u16>(snapshot) == 0x2f2e ? 2 : 0; // ./
  }
  for (let i = 0; i < length; i++) {
    if (i >= snapshotLength || load<u8>(snapshot + i) != load<u8>(name + i)) return -1;
  }
  return length < snapshotLength && load<u8>(snapshot + length) == 47 ? length + 1 : -1;
}

let crc: u32 = 0;

/** CRC-32 of IEEE 802.3, going on from `crc`, bit by bit: a table would be as large as a small learner. */
function sum(at: usize, length: i32): void {
  for (let i = 0; i < length; i++) {
    crc ^= load<u8>(at + i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
}

/** CRC-32 of the configuration words without those of settings. */
function architecture(): u32 {
  const words = memory.data(WORDS * 4, 8);
  for (let i = 0; i < WORDS; i++) {
    const setting = isSetting(i);
    store<i32>(words + (<usize>i << 2), setting ? 0 : load<i32>(CONFIG + (<usize>i << 2)));
  }
  crc = 0xffffffff;
  sum(words, WORDS * 4);
  return ~crc;
}

let file: i32 = -1;
let missing: i64 = 0;
const OPENED: usize = memory.data(8, 8);
const PAIR: usize = memory.data(8, 8);

/** The next bytes of the file being read. */
function take(at: usize, length: i32): void {
  const got = readFully(file, at, length);
  if (got < 0) {
    reason(sayFile(": cannot be read: "), -got);
    fail();
  }
  if (got < length) {
    sayFile(": it was cut off: use an earlier copy");
    fail();
  }
  sum(at, length);
}

/** Writes to the file being written; 0 or an errno. */
function put(at: usize, length: i32): i32 {
  sum(at, length);
  return write(file, at, length);
}

/**
 * Opens the snapshot and takes its configuration into the core's words. False where there is no file yet. What is no snapshot of a learner
 * that this command could go on with ends the command.
 */
export function openSnapshot(): bool {
  locate();
  const errno = path_open(folder, 1, PATH, pathLength, 0, READ | STAT, 0, 0, OPENED);
  if (errno == ENOENT) return false;
  if (errno != 0) {
    reason(sayFile(": cannot be opened: "), errno);
    fail();
  }
  file = load<i32>(OPENED);
  const stat = memory.data(64, 8);
  const failed = fd_filestat_get(file, stat);
  if (failed != 0) {
    reason(sayFile(": cannot be read: "), failed);
    fail();
  }
  const bytes = load<u64>(stat, 32);
  crc = 0xffffffff;
  if (bytes >= 4) take(HEAD, 4);
  if (bytes < 4 || load<u32>(HEAD) != MAGIC) {
    sayFile(": this is not a snapshot of onward");
    fail();
  }
  take(HEAD + 4, HEADER_BYTES - 4);
  const version = load<u16>(HEAD, 4);
  if ((version != VERSION && version != NOTED) || load<u16>(HEAD, 6) != HEADER_BYTES) {
    const message = sayFile(": a snapshot of format version ");
    message.number(version);
    message.text("; this command reads 2 and 3, which onward on Node writes");
    fail();
  }
  const sum = crc;
  for (let i = 0; i < WORDS; i++) store<i32>(CONFIG + (<usize>i << 2), load<i32>(HEAD + (<usize>i << 2), AT_WORDS));
  if (load<u32>(HEAD, AT_ARITHMETIC) != ARITHMETIC) {
    sayFile(": learned with another arithmetic; this build would go on differently: use the onward that wrote it, or teach anew");
    fail();
  }
  if (load<i32>(CONFIG, AT_EXEMPLARS) != 0 || load<i32>(CONFIG, AT_EXEMPLAR_BITS) != 0 || load<i32>(CONFIG, AT_AXES) != 0 || load<i32>(CONFIG, AT_SAMPLES) != 0) {
    sayFile(": a learner with a memory or a window; this command has neither");
    fail();
  }
  if (!areSettings() || (load<u32>(HEAD, AT_ARITHMETIC + 12) != 0) != (version == NOTED) || load<u32>(HEAD, AT_ARITHMETIC + 8) != architecture()) {
    sayFile(": it has settings that this command does not know, or was damaged");
    fail();
  }
  crc = sum;
  // what it claims to be must be there before room is made for it
  missing = <i64>load<u32>(HEAD, AT_ARITHMETIC + 4) + <i64>load<u32>(HEAD, AT_ARITHMETIC + 12) + HEADER_BYTES + 6 - <i64>bytes;
  return true;
}

/** Checks what `layout.validate` does not look at. */
function areSettings(): bool {
  const flags = load<u32>(CONFIG, AT_FLAGS);
  const scale = (load<u32>(CONFIG, AT_SCALE) >> 23) & 255;
  return (flags & ~<u32>(FLAG_SKIP_INPUT | FLAG_SELF_RATE | FLAG_FIXED_SCALE | FLAG_FAMILIAR)) == 0 &&
    ((flags & FLAG_FIXED_SCALE) == 0 ? load<u32>(CONFIG, AT_SCALE) == 0 : scale > 0 && scale < 255) &&
    isWithin(load<i32>(CONFIG, AT_RATE), 1, 65536) && isWithin(load<i32>(CONFIG, AT_ALPHA), 64, 16384) && isWithin(load<i32>(CONFIG, AT_MARGIN), 0, 16384) &&
    load<i32>(CONFIG, AT_CLIP) == USUAL_CLIP && load<i32>(CONFIG, AT_GATE_DIVISOR) == USUAL_GATE_DIVISOR;
}

function isWithin(value: i32, low: i32, high: i32): bool {
  return value >= low && value <= high;
}

/** Before anything is allocated: whether the opened file has the bytes that its configuration needs. */
export function checkLength(state: i32): void {
  if (load<i32>(HEAD, AT_ARITHMETIC + 4) != state || missing > 0) {
    sayFile(missing > 0 ? ": it was cut off: use an earlier copy" : ": its state is not that of its configuration");
    fail();
  }
}

/** Labels and state of the opened file into the created core. */
export function readState(): void {
  take(PAIR, 2);
  const count = <i32>load<u16>(PAIR);
  let length = 2;
  if (count > load<i32>(CONFIG, AT_LABELS)) {
    sayFile(": more labels than it has room for");
    fail();
  }
  const name = memory.data(LONGEST, 8);
  for (let label = 0; label < count; label++) {
    take(PAIR, 2);
    const bytes = <i32>load<u16>(PAIR);
    if (bytes > LONGEST) {
      sayFile(": a label of more than 200 bytes, which this command does not take");
      fail();
    }
    take(name, bytes);
    if (!isUtf8(name, bytes) || findLabel(name, bytes) >= 0) {
      sayFile(": a label that is no text, or stands there twice");
      fail();
    }
    appendLabel(name, bytes);
    length += 2 + bytes;
  }
  take(PAIR, -length & 7);
  take(arena, <i32>stateBytes);
  for (let note = load<u32>(HEAD, AT_ARITHMETIC + 12); note > 0; note--) take(PAIR, 1);
  const expected = ~crc;
  take(PAIR, 4);
  if (load<u32>(PAIR) != expected || read(file, PAIR, 1) != 0) {
    sayFile(": its checksum does not match: the bytes were damaged; use an earlier copy");
    fail();
  }
  if (!isSound(count)) {
    sayFile(": no learner leaves such a state; use an earlier copy");
    fail();
  }
  fd_close(file);
}

/** Header, labels, state, checksum; 0 or an errno. */
function writeAll(): i32 {
  for (let i = 0; i < WORDS; i++) store<i32>(HEAD + (<usize>i << 2), load<i32>(CONFIG + (<usize>i << 2)), 8);
  store<u32>(HEAD, MAGIC);
  store<u16>(HEAD, VERSION, 4);
  store<u16>(HEAD, <u16>HEADER_BYTES, 6);
  store<u32>(HEAD, ARITHMETIC, AT_ARITHMETIC);
  store<u32>(HEAD, <u32>stateBytes, AT_ARITHMETIC + 4);
  store<u32>(HEAD, architecture(), AT_ARITHMETIC + 8);
  store<u32>(HEAD, 0, AT_ARITHMETIC + 12);
  crc = 0xffffffff;
  let errno = put(HEAD, HEADER_BYTES);
  store<u16>(PAIR, <u16>labelCount());
  if (errno == 0) errno = put(PAIR, 2);
  let length = 2;
  for (let label = 0; label < labelCount() && errno == 0; label++) {
    errno = put(nameOf(label) - 2, 2 + lengthOf(label)); // the table's entries are those of the file
    length += 2 + lengthOf(label);
  }
  store<u64>(PAIR, 0);
  if (errno == 0) errno = put(PAIR, -length & 7);
  if (errno == 0) errno = put(arena, <i32>stateBytes);
  store<u32>(PAIR, ~crc);
  return errno != 0 ? errno : put(PAIR, 4);
}

/** Saves. False, and the reason on standard error, where that failed: the file is then what it was. */
export function saveSnapshot(): bool {
  const temporaryLength = pathLength + 4;
  let errno = path_open(folder, 0, TEMPORARY, temporaryLength, CREATE | TRUNCATE, WRITE | SYNC, 0, 0, OPENED);
  if (errno == 0) {
    file = load<i32>(OPENED);
    errno = writeAll();
    if (errno == 0) errno = fd_sync(file);
    const closed = fd_close(file);
    if (errno == 0) errno = closed;
    if (errno == 0) errno = path_rename(folder, TEMPORARY, temporaryLength, folder, PATH, pathLength);
    if (errno == 0) fd_sync(folder); // where the host can: the name is then on the disk too
    else path_unlink_file(folder, TEMPORARY, temporaryLength);
  }
  if (errno == 0) return true;
  reason(sayFile(": not saved: "), errno);
  done();
  return false;
}
