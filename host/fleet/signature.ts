/**
 * Signatures of models and snapshots: Ed25519 (RFC 8032) by the platform's WebCrypto, in Node 20, browsers and workers. A signed message is the message in an
 * envelope; FORMAT.md:
 *
 *   "ONWS" | u32 1 | signature, 64 bytes | the message
 *
 * The signature is over what the message is for, a 0 byte, and the message: a model of one fleet is none of another that has the same key.
 */
import { owned } from '../bytes.js';

const MAGIC = 0x53574e4f; // "ONWS"
const VERSION = 1;
const HEADER_BYTES = 8;
const SIGNATURE_BYTES = 64;
const ALGORITHM = 'Ed25519';

/** The reason why a model cannot be believed: `unsigned`, there is no signature; `forged`, it is another's, or the message was changed since. */
export type SignatureFault = 'unsigned' | 'forged';

/** A key that a signature is checked with: 32 bytes, or a CryptoKey of them. */
export type PublicKey = CryptoKey | Uint8Array;

function isSigned(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return bytes.length > HEADER_BYTES + SIGNATURE_BYTES && view.getUint32(0, true) === MAGIC && view.getUint32(4, true) === VERSION;
}

/** The message of an envelope, unchecked; bytes without one are the message. */
export function unsealed(bytes: Uint8Array): Uint8Array {
  return isSigned(bytes) ? owned(bytes.subarray(HEADER_BYTES + SIGNATURE_BYTES)) : owned(bytes);
}

/**
 * A message with a signature, for `verified`.
 * @param purpose what the message is for, such as `snapshot`
 * @param key a private Ed25519 key
 */
export async function sign(message: Uint8Array, purpose: string, key: CryptoKey): Promise<Uint8Array> {
  const signature = new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, covered(purpose, message)));
  const bytes = new Uint8Array(HEADER_BYTES + SIGNATURE_BYTES + message.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  bytes.set(signature, HEADER_BYTES);
  bytes.set(message, HEADER_BYTES + SIGNATURE_BYTES);
  return bytes;
}

/** The message of an envelope that the owner of the key has signed for this purpose; or why it is not to be believed. */
export async function verified(bytes: Uint8Array, purpose: string, key: PublicKey): Promise<Uint8Array | SignatureFault> {
  if (!isSigned(bytes)) return 'unsigned';
  const message = unsealed(bytes);
  const signature = owned(bytes.subarray(HEADER_BYTES, HEADER_BYTES + SIGNATURE_BYTES));
  return (await crypto.subtle.verify(ALGORITHM, await imported(key), signature as BufferSource, covered(purpose, message))) ? message : 'forged';
}

/** @throws TypeError, RangeError for what is no Ed25519 key */
export function checkPublicKey(key: PublicKey): void {
  if (!(key instanceof Uint8Array)) {
    if (key?.algorithm?.name !== ALGORITHM) throw new TypeError('publicKey: expected 32 bytes, or a CryptoKey of Ed25519');
  } else if (key.length !== 32) throw new RangeError(`publicKey: got ${key.length} bytes; expected the 32 of an Ed25519 key`);
}

async function imported(key: PublicKey): Promise<CryptoKey> {
  checkPublicKey(key);
  return key instanceof Uint8Array ? crypto.subtle.importKey('raw', owned(key) as BufferSource, ALGORITHM, true, ['verify']) : key;
}

/** The purpose that a model of a fleet is signed for. */
export const modelOf = (fleet: string): string => `model of ${fleet}`;
/** And one that a canary is to test: nobody else believes it. */
export const trialOf = (fleet: string): string => `trial of ${fleet}`;

function covered(purpose: string, message: Uint8Array): BufferSource {
  const head = new TextEncoder().encode(`onward ${purpose}\0`);
  const bytes = new Uint8Array(head.length + message.length);
  bytes.set(head);
  bytes.set(message, head.length);
  return bytes;
}
