import { owned } from '../bytes.js';
import { crc32 } from '../checksum.js';

/** The kinds of body. */
export const KINDS = { model: 1, update: 2, observations: 3, prototypes: 4, member: 5 } as const;
export type Kind = keyof typeof KINDS;

/** One message of a fleet, over MQTT, in a file or on a serial line. 32 bytes of header, little endian, then the body: FORMAT.md. */
export interface FleetMessage {
  kind: Kind;
  /** Whose parameters these are: learners that agree in it can take each other's. */
  architecture: number;
  /** The round that the body is based on. */
  round: number;
  /** Examples learned since then. */
  examples: number;
  /** Counts up on each device, so that logs can tell a message from its repetition. */
  sequence: number;
  /** Of an update: the one layer that is in it; undefined where all are. Of a member: that of its update. */
  layer?: number | undefined;
  /** Of an update: its body holds the signs of a few changes. Of a member: that of its update. */
  few?: boolean | undefined;
  /** Of an update: its body is under masks. */
  masked?: boolean | undefined;
  /** Of a member: its body has the name of its fleet. */
  named?: boolean | undefined;
  body: Uint8Array;
}

/** Why bytes are no message of a fleet. Checked in this order, each counted apart. */
export type Fault = 'short' | 'magic' | 'version' | 'kind' | 'length' | 'checksum';
export const FAULTS: readonly Fault[] = ['short', 'magic', 'version', 'kind', 'length', 'checksum'];

export const MESSAGE_HEADER_BYTES = 32;
const MAGIC = 0x31574e4f; // "ONW1"
const VERSION = 1;
const CRC_AT = 28;
/** Flag: one layer only, its number in the upper byte. */
const ONE_LAYER = 2;
/** Flag: signs of a few changes. */
const FEW = 4;

/** Flag: under masks. */
const MASKED = 8;
/** Flag: the name of the fleet in the body. Beside any other. */
const NAMED = 16;

/** The bytes of a message. */
export function encodeMessage({ kind, architecture, round, examples, sequence, layer, few = false, masked = false, named = false, body }: FleetMessage): Uint8Array {
  const bytes = new Uint8Array(MESSAGE_HEADER_BYTES + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, KINDS[kind]);
  view.setUint8(5, VERSION);
  if (few) view.setUint16(6, FEW, true);
  if (masked) view.setUint16(6, MASKED, true);
  if (layer !== undefined) view.setUint16(6, (layer << 8) | ONE_LAYER, true);
  if (named) view.setUint16(6, view.getUint16(6, true) | NAMED, true);
  for (const [at, name, value] of [[8, 'architecture', architecture], [12, 'round', round], [16, 'examples', examples], [20, 'sequence', sequence]] as const) {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError(`${name}: got ${value}; expected a whole number of 32 bits`);
    view.setUint32(at, value, true);
  }
  view.setUint32(24, body.length, true);
  bytes.set(body, MESSAGE_HEADER_BYTES);
  view.setUint32(CRC_AT, checksum(bytes), true);
  return bytes;
}

/** A message, its body a copy of its own; or why it is none. A checksum finds damage, not forgery: who sent it is for the broker to say. */
export function decodeMessage(bytes: Uint8Array): FleetMessage | Fault {
  if (bytes.length < MESSAGE_HEADER_BYTES) return 'short';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== MAGIC) return 'magic';
  const named = (view.getUint16(6, true) & NAMED) !== 0;
  const flags = view.getUint16(6, true) & ~NAMED;
  if (view.getUint8(5) !== VERSION || (flags !== 0 && flags !== FEW && flags !== MASKED && (flags & 0xff) !== ONE_LAYER)) return 'version'; // another flag is not known
  const kind = (Object.keys(KINDS) as Kind[]).find((name) => KINDS[name] === view.getUint8(4));
  if (kind === undefined || (flags !== 0 && kind !== 'update' && kind !== 'member') || (named && kind !== 'member')) return 'kind';
  if (view.getUint32(24, true) !== bytes.length - MESSAGE_HEADER_BYTES) return 'length';
  if (view.getUint32(CRC_AT, true) !== checksum(bytes)) return 'checksum';
  return {
    kind,
    architecture: view.getUint32(8, true),
    round: view.getUint32(12, true),
    examples: view.getUint32(16, true),
    sequence: view.getUint32(20, true),
    ...(flags === 0 ? {} : flags === FEW ? { few: true } : flags === MASKED ? { masked: true } : { layer: flags >> 8 }),
    ...(named ? { named } : {}),
    body: owned(bytes.subarray(MESSAGE_HEADER_BYTES)),
  };
}

/** CRC-32 of the header without its last word, then the body. */
function checksum(bytes: Uint8Array): number {
  const covered = new Uint8Array(bytes.length - 4);
  covered.set(bytes.subarray(0, CRC_AT));
  covered.set(bytes.subarray(MESSAGE_HEADER_BYTES), CRC_AT);
  return crcOf(covered);
}

/** Node's own where there is one: an update under masks has 55 kB, and is summed twice. */
const crcOf: (bytes: Uint8Array) => number = globalThis.process?.getBuiltinModule?.('node:zlib').crc32 ?? crc32;
