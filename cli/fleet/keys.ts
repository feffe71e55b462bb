import { createPrivateKey, createPublicKey, webcrypto, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Arguments, Option } from '../arguments.js';

export const MODEL_KEY: Option = { value: 'FILE', help: "take only models that are signed with this key: the aggregator's public one, a PEM of `openssl pkey -pubout`" };

/** The key that models are signed with: `--sign-key FILE`. It is not repeated in messages. */
export function privateKeyOf(args: Arguments): Promise<CryptoKey> | undefined {
  const key = keyOf(args, 'sign-key', createPrivateKey);
  return key && webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }) as Buffer<ArrayBuffer>, 'Ed25519', false, ['sign']);
}

/** The 32 bytes that signatures are checked with: `--model-key FILE`. */
export function publicKeyOf(args: Arguments): Uint8Array | undefined {
  const key = keyOf(args, 'model-key', createPublicKey);
  return key && new Uint8Array(Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url'));
}

function keyOf(args: Arguments, option: string, parse: (pem: Buffer) => KeyObject): KeyObject | undefined {
  const path = args.text(option);
  if (path === undefined) return undefined;
  let key: KeyObject;
  try {
    key = parse(readFileSync(path));
  } catch (cause) {
    throw new Error(`--${option} ${path} cannot be read (${(cause as Error).message}); expected a PEM of openssl`, { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`--${option} ${path} is a key of ${key.asymmetricKeyType}; expected one of ed25519: openssl genpkey -algorithm ed25519`);
  return key;
}
