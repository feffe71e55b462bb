import { arenaOf } from './arena/learner.js';
import { faultOf, stateBytesOf } from './arena/regions.js';
import { configFromWords, configWords, resolveConfig, type ResolvedConfig } from './config.js';
import { crc32 } from './checksum.js';
import { LearnerError } from './errors.js';
import { checkMagic } from './magic.js';
import { SETTINGS, SNAPSHOT } from './words.generated.js';

/**
 * A snapshot: header, configuration, labels, the state bytes of the arena, perhaps a note, CRC-32 over all before it. Little endian;
 * FORMAT.md has every byte.
 *
 * A snapshot can hold traces of the data it was learned from: treat it like that data.
 */

/** Version of the file layout of a snapshot without a note. Version 1 is known well enough to be refused by its arithmetic. */
export const SNAPSHOT_VERSION = SNAPSHOT.version;
/** The same with a note behind the state. */
const NOTED_VERSION = SNAPSHOT_VERSION + 1;
/** Version of the arithmetic: bumped whenever the same samples would leave other bytes in the arena. From 2 on channels compress themselves. */
export const ARITHMETIC = SNAPSHOT.arithmetic;
const ARITHMETIC_AT = 8 + SNAPSHOT.words * 4;
const STATE_BYTES_AT = ARITHMETIC_AT + 4;
const ARCHITECTURE_AT = STATE_BYTES_AT + 4;
/** Bytes of the note: 0 in version 2, more in version 3. */
const NOTE_BYTES_AT = ARCHITECTURE_AT + 4;
/** Length of the header, by version. */
const HEADER_BYTES: Record<number, number> = { 1: ARCHITECTURE_AT, [SNAPSHOT_VERSION]: NOTE_BYTES_AT + 4, [NOTED_VERSION]: NOTE_BYTES_AT + 4 };

/** Hash of the words that decide what the state bytes mean: learners that agree in it can take each other's state. */
export function shapeOf(words: Int32Array): number {
  const shape = words.slice();
  for (const word of SETTINGS) shape[word] = 0;
  return crc32(new Uint8Array(shape.buffer));
}

/**
 * The bytes of a snapshot.
 * @param state the state bytes of the arena
 * @param labels names of the labels in use: as many as there are, where that is fewer than the configuration has room for
 * @param note any text; without one the file is of version 2, which older builds read
 */
export function encodeSnapshot(config: ResolvedConfig, state: Uint8Array, labels: readonly string[] = config.labels, note = ''): Uint8Array {
  const encoder = new TextEncoder();
  const names = labels.map((label) => encoder.encode(label));
  const headerBytes = HEADER_BYTES[SNAPSHOT_VERSION]!;
  const words = configWords(config);
  const noteBytes = encoder.encode(note);
  const labelBytes = names.reduce((sum, name) => sum + 2 + name.length, 2);
  const stateStart = Math.ceil((headerBytes + labelBytes) / 8) * 8;
  const bytes = new Uint8Array(stateStart + state.length + noteBytes.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(encoder.encode(SNAPSHOT.magic));
  view.setUint16(4, note === '' ? SNAPSHOT_VERSION : NOTED_VERSION, true);
  view.setUint16(6, headerBytes, true);
  words.forEach((word, index) => view.setInt32(8 + index * 4, word, true));
  view.setUint32(ARITHMETIC_AT, ARITHMETIC, true);
  view.setUint32(STATE_BYTES_AT, state.length, true);
  view.setUint32(ARCHITECTURE_AT, shapeOf(words), true);
  view.setUint32(NOTE_BYTES_AT, noteBytes.length, true);
  view.setUint16(headerBytes, names.length, true);
  let at = headerBytes + 2;
  for (const name of names) {
    view.setUint16(at, name.length, true);
    bytes.set(name, at + 2);
    at += 2 + name.length;
  }
  bytes.set(state, stateStart);
  bytes.set(noteBytes, stateStart + state.length);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

/** Configuration and state of a snapshot. */
export interface DecodedSnapshot {
  /** Its labels are those in use. */
  config: ResolvedConfig;
  /** A view of the snapshot's bytes. */
  state: Uint8Array;
  /** '' where it has none. */
  note: string;
}

/**
 * Checks a snapshot from front to back and takes it apart. Nothing that it claims is believed before the file is that long, and
 * nothing larger than the file is allocated.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeSnapshot(bytes: Uint8Array): DecodedSnapshot {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('snapshot: expected a Uint8Array as `save` returns it');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkMagic(SNAPSHOT.magic, bytes);
  if (bytes.length < 8) throw truncated(bytes.length, 8);
  const version = view.getUint16(4, true);
  const headerBytes = view.getUint16(6, true);
  if (HEADER_BYTES[version] !== headerBytes) {
    throw new LearnerError(
      'ESNAPSHOT_VERSION',
      `snapshot: format version ${version}; this build reads versions ${SNAPSHOT_VERSION} and ${NOTED_VERSION}: use the onward that wrote it, or a newer one`,
    );
  }
  if (bytes.length < headerBytes + 6) throw truncated(bytes.length, headerBytes + 6);
  // the lengths first, so that a cut file is called cut and not damaged
  const stateBytes = view.getUint32(STATE_BYTES_AT, true);
  const count = view.getUint16(headerBytes, true);
  let at = headerBytes + 2;
  for (let i = 0; i < count; i++) {
    if (at + 2 > bytes.length - 4) throw truncated(bytes.length, at + 6);
    at += 2 + view.getUint16(at, true);
  }
  const stateStart = Math.ceil(at / 8) * 8;
  const noteStart = stateStart + stateBytes;
  const noteBytes = version === NOTED_VERSION ? view.getUint32(NOTE_BYTES_AT, true) : 0;
  const length = noteStart + noteBytes + 4;
  if (bytes.length < length) throw truncated(bytes.length, length);
  if (bytes.length > length || view.getUint32(length - 4, true) !== crc32(bytes.subarray(0, -4))) {
    throw new LearnerError('ECRC', 'snapshot: the checksum does not match: the bytes were damaged; use an earlier snapshot');
  }
  const arithmetic = view.getUint32(ARITHMETIC_AT, true);
  if (arithmetic !== ARITHMETIC) {
    throw new LearnerError(
      'ESNAPSHOT_ARITHMETIC',
      `snapshot: learned with arithmetic ${arithmetic}; this build has ${ARITHMETIC} and would go on differently: use the onward that wrote it, or teach anew`,
    );
  }
  if (version < SNAPSHOT_VERSION) throw new LearnerError('ESNAPSHOT_VERSION', `snapshot: format version ${version} never had arithmetic ${arithmetic}; use an earlier snapshot`);
  const words = Int32Array.from({ length: SNAPSHOT.words }, (_, index) => view.getInt32(8 + index * 4, true));
  let config: ResolvedConfig;
  try {
    config = resolveConfig(configFromWords(words, labelsAt(bytes, headerBytes, count)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: its configuration is not one that this build can make (${why})`, { cause });
  }
  if ((version === NOTED_VERSION) !== view.getUint32(NOTE_BYTES_AT, true) > 0 || configWords(config).some((word, index) => word !== words[index])) {
    throw new LearnerError('ESNAPSHOT_SHAPE', 'snapshot: its configuration has settings that this build does not know');
  }
  if (view.getUint32(ARCHITECTURE_AT, true) !== shapeOf(words)) {
    throw new LearnerError('ESNAPSHOT_SHAPE', 'snapshot: its architecture hash is not that of its configuration; use an earlier snapshot');
  }
  const arena = arenaOf(config);
  const expected = stateBytesOf(arena);
  if (stateBytes !== expected) throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: ${stateBytes} bytes of state; this configuration has ${expected}`);
  const state = bytes.subarray(stateStart, noteStart);
  const fault = faultOf(arena, state);
  if (fault !== undefined) throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: ${fault}: no learner leaves such a state; use an earlier snapshot`);
  return { config, state, note: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(noteStart, noteStart + noteBytes)) };
}

function labelsAt(bytes: Uint8Array, start: number, count: number): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }); // a name may begin with U+FEFF
  let at = start + 2;
  return Array.from({ length: count }, () => {
    const length = view.getUint16(at, true);
    const label = decoder.decode(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
    return label;
  });
}

function truncated(length: number, expected: number): LearnerError {
  return new LearnerError('ESNAPSHOT_TRUNCATED', `snapshot: ${length} bytes, at least ${expected} expected: it was cut off`);
}
