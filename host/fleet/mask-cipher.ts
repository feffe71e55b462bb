/**
 * The primitives that masks are made of, all of them Node's own: X25519 (RFC 7748) agrees on a secret between two devices, HKDF-SHA256 (RFC 5869) makes keys of it, AES-128-CTR stretches a key
 * to a mask, AES-128-GCM seals what one device says to another through the aggregator.
 */
import type { KeyObject } from 'node:crypto';
import { owned } from '../bytes.js';

export const SECRET_BYTES = 32;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Bytes of so many secrets, sealed. */
export const sealedBytes = (secrets: number): number => NONCE_BYTES + secrets * SECRET_BYTES + TAG_BYTES;

/** Not imported, so that a fleet without masks runs where there is none. @throws Error there */
function node(): typeof import('node:crypto') {
  found ??= globalThis.process?.getBuiltinModule?.('node:crypto');
  if (found === undefined) throw new Error('masks need node:crypto, which this platform does not have: run this member in Node');
  return found;
}
let found: typeof import('node:crypto') | undefined;

/** A key pair of X25519. */
export interface MaskKeys {
  /** 32 bytes each. */
  readonly publicKey: Uint8Array;
  readonly secret: Uint8Array;
  readonly privateKey: KeyObject;
}

/** As bytes, whose last 32 are the key: to export a key that was made as an object can stop Node 20 for ever (its lock is held while memory is collected, which takes the same lock). */
export function makeKeys(): MaskKeys {
  const { publicKey, privateKey } = node().generateKeyPairSync('x25519', { publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' } });
  return keysOf(owned(privateKey.subarray(-SECRET_BYTES)), owned(publicKey.subarray(-SECRET_BYTES)));
}

/** The keys of a private one, such as was put together from its shares. */
export function keysOf(bytes: Uint8Array, publicKey: Uint8Array): MaskKeys {
  return { publicKey, secret: bytes, privateKey: node().createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', d: toBase64(bytes), x: toBase64(publicKey) }, format: 'jwk' }) };
}

/** The secret that two devices have in common. @param other the public key of one, to the private one of the other */
function agreed({ privateKey }: MaskKeys, other: Uint8Array): Uint8Array {
  const { createPublicKey, diffieHellman } = node();
  return diffieHellman({ privateKey, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: toBase64(other) }, format: 'jwk' }) });
}

function derived(secret: Uint8Array, purpose: string, salt: Uint8Array): Uint8Array {
  return new Uint8Array(node().hkdfSync('sha256', secret, salt, `onward masks ${purpose}`, KEY_BYTES));
}

/** False for a key with which X25519 agrees on nothing: a point of low order gives zeros with every other. */
export function isUsable(publicKey: Uint8Array): boolean {
  try {
    agreed((probe ??= makeKeys()), publicKey);
    return true;
  } catch {
    return false;
  }
}
/** Nobody's: it is agreed with, and nothing is made of that. */
let probe: MaskKeys | undefined;

/** The keys of a private one, if the public one is its own: with another the masks would not be those that the others made. */
export function keysThatFit(secret: Uint8Array, publicKey: Uint8Array): MaskKeys | undefined {
  const keys = keysOf(secret, publicKey);
  probe ??= makeKeys();
  return Buffer.from(agreed(keys, probe.publicKey)).equals(agreed(probe, publicKey)) ? keys : undefined;
}

/** The mask of a pair in one attempt: the same for both. */
export function pairMask(keys: MaskKeys, other: Uint8Array, attempt: Uint8Array, length: number): Uint8Array {
  return stream(derived(agreed(keys, other), 'pair', attempt), length);
}

/** The mask that is a device's alone. */
export function selfMask(seed: Uint8Array, attempt: Uint8Array, length: number): Uint8Array {
  return stream(derived(seed, 'self', attempt), length);
}

/** A key makes one stream only, so its counter begins at 0. */
function stream(key: Uint8Array, length: number): Uint8Array {
  if (zeros.length < length) zeros = new Uint8Array(length);
  return node().createCipheriv('aes-128-ctr', key, new Uint8Array(16)).update(zeros.subarray(0, length));
}
let zeros = new Uint8Array(0);

/** The key with which a pair of devices seals what it says to each other. */
export function sealKey(keys: MaskKeys, other: Uint8Array): Uint8Array {
  return derived(agreed(keys, other), 'seal', new Uint8Array(0));
}

/** @param about who says it to whom in which attempt: it opens only as that */
export function seal(key: Uint8Array, about: string, message: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = node().createCipheriv('aes-128-gcm', key, nonce).setAAD(new TextEncoder().encode(about));
  const sealed = new Uint8Array(NONCE_BYTES + message.length + TAG_BYTES);
  sealed.set(nonce);
  sealed.set(cipher.update(message), NONCE_BYTES);
  cipher.final();
  sealed.set(cipher.getAuthTag(), NONCE_BYTES + message.length);
  return sealed;
}

/** @throws where it was not sealed with this key, about this */
export function opened(key: Uint8Array, about: string, sealed: Uint8Array): Uint8Array {
  const end = sealed.length - TAG_BYTES;
  const decipher = node().createDecipheriv('aes-128-gcm', key, sealed.subarray(0, NONCE_BYTES)).setAAD(new TextEncoder().encode(about)).setAuthTag(sealed.subarray(end));
  const message = new Uint8Array(decipher.update(sealed.subarray(NONCE_BYTES, end)));
  decipher.final();
  return message;
}

/** The hash by which a secret is known before it is told. */
export function commitment(secret: Uint8Array): Uint8Array {
  return new Uint8Array(node().createHash('sha256').update(secret).digest());
}

export function randomBytes(length: number): Uint8Array {
  return new Uint8Array(node().randomBytes(length));
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
