import { crc32 } from '../checksum.js';
import { LearnerError } from '../errors.js';
import { DETECTOR_WORDS, detectorFromWords, detectorWordsOf, resolveDetectorConfig, type ResolvedDetectorConfig } from './config.js';

/**
 * A detector's snapshot: header, configuration words, the state bytes of the arena, CRC-32 over all before it. Little endian; FORMAT.md has every
 * byte. It has a magic number of its own, so that a learner's and a detector's are never taken for each other.
 */

export const DETECTOR_MAGIC = 0x54444e4f; // "ONDT"
/** Version of the file layout. */
export const DETECTOR_SNAPSHOT_VERSION = 1;
/** Version of the arithmetic: bumped whenever the same samples would leave other bytes in the arena. */
export const DETECTOR_ARITHMETIC = 2;
const HEADER_BYTES = 8 + DETECTOR_WORDS * 4 + 8;

export function encodeDetector(config: ResolvedDetectorConfig, state: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + state.length + 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, DETECTOR_MAGIC, true);
  view.setUint16(4, DETECTOR_SNAPSHOT_VERSION, true);
  view.setUint16(6, HEADER_BYTES, true);
  detectorWordsOf(config).forEach((word, index) => view.setInt32(8 + index * 4, word, true));
  view.setUint32(HEADER_BYTES - 8, DETECTOR_ARITHMETIC, true);
  view.setUint32(HEADER_BYTES - 4, state.length, true);
  bytes.set(state, HEADER_BYTES);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

/** Whether these bytes begin as a detector's snapshot does. */
export function isDetector(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === DETECTOR_MAGIC;
}

/**
 * Checks a snapshot from front to back and takes it apart; the state is a view of `bytes`.
 * @throws TypeError for something other than bytes; LearnerError with the reason for a foreign, truncated, newer or damaged one.
 */
export function decodeDetector(bytes: Uint8Array): { config: ResolvedDetectorConfig; state: Uint8Array } {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('snapshot: expected a Uint8Array as `save` returns it');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint32(0, true) !== DETECTOR_MAGIC) {
    throw new LearnerError('ESNAPSHOT_MAGIC', 'snapshot: this is not a detector of onward; it does not begin with "ONDT"');
  }
  if (bytes.length < HEADER_BYTES + 4) throw truncated(bytes.length, HEADER_BYTES + 4);
  const version = view.getUint16(4, true);
  if (version !== DETECTOR_SNAPSHOT_VERSION || view.getUint16(6, true) !== HEADER_BYTES) {
    throw new LearnerError(
      'ESNAPSHOT_VERSION',
      `snapshot: detector format version ${version}; this build reads version ${DETECTOR_SNAPSHOT_VERSION}: use the onward that wrote it, or a newer one`,
    );
  }
  const length = HEADER_BYTES + view.getUint32(HEADER_BYTES - 4, true) + 4;
  if (bytes.length < length) throw truncated(bytes.length, length);
  if (bytes.length > length || view.getUint32(length - 4, true) !== crc32(bytes.subarray(0, -4))) {
    throw new LearnerError('ECRC', 'snapshot: the checksum does not match: the bytes were damaged; use an earlier snapshot');
  }
  const arithmetic = view.getUint32(HEADER_BYTES - 8, true);
  if (arithmetic !== DETECTOR_ARITHMETIC) {
    throw new LearnerError(
      'ESNAPSHOT_ARITHMETIC',
      `snapshot: learned with detector arithmetic ${arithmetic}; this build has ${DETECTOR_ARITHMETIC} and would go on differently`,
    );
  }
  const words = Int32Array.from({ length: DETECTOR_WORDS }, (_, index) => view.getInt32(8 + index * 4, true));
  let config: ResolvedDetectorConfig;
  try {
    config = resolveDetectorConfig(detectorFromWords(words));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LearnerError('ESNAPSHOT_SHAPE', `snapshot: its configuration is not one that this build can make (${why})`, { cause });
  }
  if (detectorWordsOf(config).some((word, index) => word !== words[index])) {
    throw new LearnerError('ESNAPSHOT_SHAPE', 'snapshot: its configuration has settings that this build does not know');
  }
  return { config, state: bytes.subarray(HEADER_BYTES, length - 4) };
}

function truncated(length: number, expected: number): LearnerError {
  return new LearnerError('ESNAPSHOT_TRUNCATED', `snapshot: ${length} bytes, at least ${expected} expected: it was cut off`);
}
