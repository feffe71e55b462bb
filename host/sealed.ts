import { faultOf, stateBytesOf, type Arena } from './arena/regions.js';
import { crc32 } from './checksum.js';
import { LearnerError } from './errors.js';
import { checkMagic } from './magic.js';

/**
 * Common part of the snapshots of detectors and of the paper's networks: header, configuration words, the state bytes of the arena, CRC-32 over
 * all before it. Little endian; FORMAT.md has every byte. Each has a magic number of its own, so that none is taken for another.
 */
export interface Sealed<Config> {
  /** In messages: a `network`, and as an adjective `two-pass`. */
  noun: string;
  kind: string;
  /** Four letters. */
  magic: string;
  /** Version of the file layout. */
  version: number;
  /** The same with a note behind the state, for those that keep one. */
  notedVersion?: number;
  /** Version of the arithmetic: bumped whenever the same samples would leave other bytes in the arena. */
  arithmetic: number;
  /** How many configuration words there are. */
  words: number;
  wordsOf(config: Config): Int32Array;
  /** @throws where the words are no configuration */
  configOf(words: Int32Array): Config;
  arenaOf(config: Config): Arena;
}

/** Writes and reads the snapshots of one kind. */
export interface Snapshots<Config> {
  /** @param note any text, of a kind that has a `notedVersion`; without one the file is of the version that older builds read */
  encode(config: Config, state: Uint8Array, note?: string): Uint8Array;
  /**
   * Checks a snapshot from front to back and takes it apart; the state is a view of `bytes`.
   * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
   */
  decode(bytes: Uint8Array): { config: Config; state: Uint8Array; note: string };
  /** True if these bytes begin as such a snapshot does. */
  isOne(bytes: Uint8Array): boolean;
}

export const snapshotsOf = <Config>(kind: Sealed<Config>): Snapshots<Config> => ({
  encode: (config, state, note) => seal(kind, config, state, note),
  decode: (bytes) => unseal(kind, bytes),
  isOne: (bytes) => beginsAs(kind.magic, bytes),
});

function seal<Config>({ magic, version, notedVersion, arithmetic, words, wordsOf }: Sealed<Config>, config: Config, state: Uint8Array, note = ''): Uint8Array {
  const header = headerBytes(words);
  const text = new TextEncoder().encode(note);
  const end = header + state.length;
  const bytes = new Uint8Array(end + (note === '' ? 0 : 4 + text.length) + 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < 4; i++) bytes[i] = magic.charCodeAt(i);
  view.setUint16(4, note === '' ? version : notedVersion!, true);
  view.setUint16(6, header, true);
  wordsOf(config).forEach((word, index) => view.setInt32(8 + index * 4, word, true));
  view.setUint32(header - 8, arithmetic, true);
  view.setUint32(header - 4, state.length, true);
  bytes.set(state, header);
  if (note !== '') {
    view.setUint32(end, text.length, true);
    bytes.set(text, end + 4);
  }
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

function unseal<Config>({ noun, kind, magic, version, notedVersion, arithmetic, words: count, wordsOf, configOf, arenaOf }: Sealed<Config>, bytes: Uint8Array): { config: Config; state: Uint8Array; note: string } {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('snapshot: expected a Uint8Array as `save` returns it');
  const header = headerBytes(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkMagic(magic, bytes);
  if (bytes.length < header + 4) throw truncated(bytes.length, header + 4);
  const found = view.getUint16(4, true);
  const isNoted = found === notedVersion;
  if ((found !== version && !isNoted) || view.getUint16(6, true) !== header) {
    throw new LearnerError('ESNAPSHOT_VERSION', `snapshot: ${kind} format version ${found}; this build reads version ${version}${notedVersion === undefined ? '' : ` and ${notedVersion}`}: use the onward that wrote it, or a newer one`);
  }
  const end = header + view.getUint32(header - 4, true);
  if (isNoted && bytes.length < end + 8) throw truncated(bytes.length, end + 8);
  const noteBytes = isNoted ? view.getUint32(end, true) : 0;
  const length = end + (isNoted ? 4 : 0) + noteBytes + 4;
  if (bytes.length < length) throw truncated(bytes.length, length);
  if (bytes.length > length || view.getUint32(length - 4, true) !== crc32(bytes.subarray(0, -4))) {
    throw new LearnerError('ECRC', 'snapshot: the checksum does not match: the bytes were damaged; use an earlier snapshot');
  }
  const learnedWith = view.getUint32(header - 8, true);
  if (learnedWith !== arithmetic) {
    throw new LearnerError('ESNAPSHOT_ARITHMETIC', `snapshot: learned with ${kind} arithmetic ${learnedWith}; this build has ${arithmetic} and would go on differently: use the onward that wrote it, or teach anew`);
  }
  const words = Int32Array.from({ length: count }, (_, index) => view.getInt32(8 + index * 4, true));
  let config: Config;
  try {
    config = configOf(words);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: its configuration is not one that this build can make (${why})`, { cause });
  }
  if ((isNoted && noteBytes === 0) || wordsOf(config).some((word, index) => word !== words[index])) {
    throw new LearnerError('ESNAPSHOT_SHAPE', 'snapshot: its configuration has settings that this build does not know');
  }
  const state = bytes.subarray(header, end);
  const arena = arenaOf(config);
  const expected = stateBytesOf(arena);
  if (state.length !== expected) throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: ${state.length} bytes of state; this configuration has ${expected}`);
  const wrong = faultOf(arena, state);
  if (wrong !== undefined) throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: ${wrong}: no ${noun} leaves such a state; use an earlier snapshot`);
  return { config, state, note: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(length - 4 - noteBytes, length - 4)) };
}

/** Magic, version, its own length, the words, arithmetic, bytes of state. */
function headerBytes(words: number): number {
  return 8 + words * 4 + 8;
}

function truncated(length: number, expected: number): LearnerError {
  return new LearnerError('ESNAPSHOT_TRUNCATED', `snapshot: ${length} bytes, at least ${expected} expected: it was cut off`);
}

/** True if these bytes begin with this magic number. */
function beginsAs(magic: string, bytes: Uint8Array): boolean {
  return bytes.length >= 4 && [...magic].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}
