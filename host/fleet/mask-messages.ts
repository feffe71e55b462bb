/**
 * The messages of devices and aggregator beside the masked updates, as JSON; bytes are hexadecimal. FORMAT.md. All of it comes from outside, so each is looked at before
 * anything is believed.
 */
import { owned } from '../bytes.js';
import { SECRET_BYTES, sealedBytes } from './mask-cipher.js';
import { MOST_SHARES } from './shamir.js';
import { checkSegment } from './topics.js';

export const ATTEMPT_BYTES = 16;

/** A device wants to be in the sum of a round. */
export interface Join {
  round: number;
  /** That made its update. */
  examples: number;
  /** Public keys: for what other devices seal for it, and for its masks. */
  seal: Uint8Array;
  mask: Uint8Array;
  /** Commitments to the two secrets that it shares: the seed of its own mask, and the private key of those in pairs. */
  self: Uint8Array;
  pair: Uint8Array;
}

/** The members of a sum. */
export interface Roster {
  round: number;
  attempt: Uint8Array;
  /** Devices whose shares give a secret back. */
  threshold: number;
  /** Examples that count of one device. */
  most: number;
  members: ReadonlyMap<string, { seal: Uint8Array; mask: Uint8Array }>;
}

/** Secrets in parts, by device: from a device for others, or from others for a device. */
export interface Shares {
  attempt: Uint8Array;
  sealed: ReadonlyMap<string, Uint8Array>;
}

/** Whose masked updates have come. */
export interface Survivors {
  attempt: Uint8Array;
  survivors: readonly string[];
}

/** A device's shares: of the survivors' own masks, and of the private keys of those who are gone. */
export interface Reveal {
  attempt: Uint8Array;
  self: ReadonlyMap<string, Uint8Array>;
  pair: ReadonlyMap<string, Uint8Array>;
}

export type MaskMessage = ({ step: 'join' } & Join) | ({ step: 'roster' } & Roster) | ({ step: 'shares' } & Shares) | ({ step: 'survivors' } & Survivors) | ({ step: 'reveal' } & Reveal);

export function encodeMasks(message: MaskMessage): string {
  return JSON.stringify(message, (_, value: unknown) => (value instanceof Uint8Array ? hex(value) : value instanceof Map ? Object.fromEntries(value) : value));
}

/** Undefined for what is no message. */
export function decodeMasks(payload: Uint8Array): MaskMessage | undefined {
  try {
    const of = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
    const attempt = (): Uint8Array => bytesOf(of['attempt'], ATTEMPT_BYTES);
    const secret = (value: unknown): Uint8Array => bytesOf(value, SECRET_BYTES);
    switch (of['step']) {
      case 'join':
        return { step: 'join', round: whole(of['round']), examples: whole(of['examples']), seal: secret(of['seal']), mask: secret(of['mask']), self: secret(of['self']), pair: secret(of['pair']) };
      case 'roster': {
        const members = named(of['members'], (value) => ({ seal: secret((value as Join).seal as unknown), mask: secret((value as Join).mask as unknown) }));
        return { step: 'roster', round: whole(of['round']), attempt: attempt(), threshold: whole(of['threshold']), most: whole(of['most']), members };
      }
      case 'shares':
        return { step: 'shares', attempt: attempt(), sealed: named(of['sealed'], (value) => bytesOf(value, sealedBytes(2))) };
      case 'survivors':
        return { step: 'survivors', attempt: attempt(), survivors: [...named(Object.fromEntries((of['survivors'] as string[]).map((name) => [name, 0])), () => 0).keys()] };
      case 'reveal':
        return { step: 'reveal', attempt: attempt(), self: named(of['self'], secret), pair: named(of['pair'], secret) };
    }
  } catch {
    // as good as none
  }
  return undefined;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError('a whole number');
  return value;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function bytesOf(value: unknown, length: number): Uint8Array {
  if (typeof value !== 'string' || value.length !== 2 * length || !/^[0-9a-f]*$/.test(value)) throw new RangeError('bytes');
  return owned(Buffer.from(value, 'hex'));
}

/** By name, in the order of names: the places of shares are in it. */
function named<T>(value: unknown, of: (value: unknown) => T): Map<string, T> {
  const entries = Object.entries(value as object);
  if (entries.length > MOST_SHARES) throw new RangeError('members');
  for (const [name] of entries) checkSegment('device', name);
  return new Map(entries.sort(byName).map(([name, each]) => [name, of(each)]));
}

/** Order of names, the same everywhere. */
export function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
