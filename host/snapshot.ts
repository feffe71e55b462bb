import { CONFIG_WORDS, configFromWords, configWords, resolveConfig, type ResolvedConfig } from './config.js';
import { crc32 } from './checksum.js';
import { LearnerError } from './errors.js';

/**
 * A snapshot: header, configuration, labels, the state bytes of the arena, CRC-32 over all before it. Little endian; FORMAT.md
 * has every byte.
 *
 * A snapshot can hold traces of the data it was learned from: treat it like that data.
 */

const MAGIC = 0x44574e4f; // "ONWD"
/** Version of the file layout. */
export const SNAPSHOT_VERSION = 1;
/** Version of the arithmetic: bumped whenever the same samples would leave other bytes in the arena. */
export const ARITHMETIC = 1;
const HEADER_BYTES = 8 + CONFIG_WORDS * 4 + 8;

/** The bytes of a snapshot. */
export function encodeSnapshot(config: ResolvedConfig, state: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const names = config.labels.map((label) => encoder.encode(label));
  const labelBytes = names.reduce((sum, name) => sum + 2 + name.length, 2);
  const stateStart = Math.ceil((HEADER_BYTES + labelBytes) / 8) * 8;
  const bytes = new Uint8Array(stateStart + state.length + 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, SNAPSHOT_VERSION, true);
  view.setUint16(6, HEADER_BYTES, true);
  configWords(config).forEach((word, index) => view.setInt32(8 + index * 4, word, true));
  view.setUint32(HEADER_BYTES - 8, ARITHMETIC, true);
  view.setUint32(HEADER_BYTES - 4, state.length, true);
  view.setUint16(HEADER_BYTES, names.length, true);
  let at = HEADER_BYTES + 2;
  for (const name of names) {
    view.setUint16(at, name.length, true);
    bytes.set(name, at + 2);
    at += 2 + name.length;
  }
  bytes.set(state, stateStart);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

/** Configuration and state of a snapshot; the state is a view of `bytes`. */
export interface DecodedSnapshot {
  config: ResolvedConfig;
  state: Uint8Array;
}

/**
 * Checks a snapshot from front to back and takes it apart.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeSnapshot(bytes: Uint8Array): DecodedSnapshot {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('snapshot: expected a Uint8Array as `save` returns it');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint32(0, true) !== MAGIC) {
    throw new LearnerError('ESNAPSHOT_MAGIC', 'snapshot: this is not a snapshot of onward; it does not begin with "ONWD"');
  }
  if (bytes.length < HEADER_BYTES + 6) throw truncated(bytes.length, HEADER_BYTES + 6);
  const version = view.getUint16(4, true);
  if (version !== SNAPSHOT_VERSION || view.getUint16(6, true) !== HEADER_BYTES) {
    throw new LearnerError(
      'ESNAPSHOT_VERSION',
      `snapshot: format version ${version}; this build reads version ${SNAPSHOT_VERSION}: use the onward that wrote it, or a newer one`,
    );
  }
  // the lengths first, so that a cut file is called cut and not damaged
  const stateBytes = view.getUint32(HEADER_BYTES - 4, true);
  const count = view.getUint16(HEADER_BYTES, true);
  let at = HEADER_BYTES + 2;
  for (let i = 0; i < count; i++) {
    if (at + 2 > bytes.length - 4) throw truncated(bytes.length, at + 6);
    at += 2 + view.getUint16(at, true);
  }
  const stateStart = Math.ceil(at / 8) * 8;
  const length = stateStart + stateBytes + 4;
  if (bytes.length < length) throw truncated(bytes.length, length);
  if (bytes.length > length || view.getUint32(length - 4, true) !== crc32(bytes.subarray(0, -4))) {
    throw new LearnerError('ECRC', 'snapshot: the checksum does not match: the bytes were damaged; use an earlier snapshot');
  }
  const arithmetic = view.getUint32(HEADER_BYTES - 8, true);
  if (arithmetic !== ARITHMETIC) {
    throw new LearnerError(
      'ESNAPSHOT_ARITHMETIC',
      `snapshot: learned with arithmetic ${arithmetic}; this build has ${ARITHMETIC} and would go on differently`,
    );
  }
  const words = Int32Array.from({ length: CONFIG_WORDS }, (_, index) => view.getInt32(8 + index * 4, true));
  let config: ResolvedConfig;
  try {
    config = resolveConfig(configFromWords(words, labelsOf(bytes, count)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: its configuration is not one that this build can make (${why})`, { cause });
  }
  if (configWords(config).some((word, index) => word !== words[index])) {
    throw new LearnerError('ESNAPSHOT_SHAPE', 'snapshot: its configuration has settings that this build does not know');
  }
  return { config, state: bytes.subarray(stateStart, stateStart + stateBytes) };
}

function labelsOf(bytes: Uint8Array, count: number): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let at = HEADER_BYTES + 2;
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
