import type { ResolvedConfig } from '../config.js';
import { commitment, makeKeys, opened, pairMask, randomBytes, seal, sealKey, selfMask, SECRET_BYTES, type MaskKeys } from './mask-cipher.js';
import { decodeMasks, encodeMasks, same, type MaskMessage, type Reveal, type Roster, type Shares, type Survivors } from './mask-messages.js';
import { MaskWords, bytesOf } from './mask-words.js';
import { split } from './shamir.js';

/** With two, each knows the other's update from the sum and its own. */
export const FEWEST_MASKED = 3;

/** An update that is to be summed. */
export interface Offer {
  round: number;
  examples: number;
  /** Packed parameters. */
  parameters: Uint8Array;
}

/** How a device says its part. */
export interface MemberVoice {
  /** To the aggregator. @param last whether a sum needs nothing more of this device */
  say(text: string, last: boolean): void;
  /** The masked update: attempt and words, and how many examples made it. */
  send(body: Uint8Array, offer: Offer, examples: number): void;
}

/** The knowledge of a device about the attempt that it takes part in. */
interface Part {
  readonly offer: Offer;
  readonly join: Extract<MaskMessage, { step: 'join' }>;
  readonly keys: MaskKeys;
  /** Seed of its own mask, and the private key of those in pairs. */
  readonly self: Uint8Array;
  readonly pair: Uint8Array;
  roster?: Roster;
  /** Of each other member that dealt shares which open, and its own: those that this device holds. */
  readonly held: Map<string, { self: Uint8Array; pair: Uint8Array }>;
  /** All whose masks are in its update, itself among them; undefined before it has sent that. */
  dealers?: ReadonlySet<string>;
  revealed: boolean;
}

/**
 * A device's side of a masked sum (Bonawitz et al. 2017, "Practical Secure Aggregation for Privacy-Preserving Machine Learning", the protocol against an aggregator that is honest but
 * curious). Its update leaves it under a mask with each other device, which cancel in the sum, and one of its own; all devices hold shares of the secrets behind its masks. When
 * the updates are in, it tells its shares of the own masks of those whose update came, and of the pair masks of those who are gone: never both of one device, and once in an attempt.
 */
export class MaskedMember {
  readonly #id: string;
  readonly #config: ResolvedConfig;
  readonly #voice: MemberVoice;
  readonly #refuse: (reason: string) => void;
  /** For what is sealed, as long as this device runs. */
  #sealing: MaskKeys | undefined;
  /** By the other's public key. */
  readonly #sealKeys = new Map<string, Uint8Array>();
  #part: Part | undefined;

  constructor(id: string, config: ResolvedConfig, voice: MemberVoice, refuse: (reason: string) => void) {
    this.#id = id;
    this.#config = config;
    this.#voice = voice;
    this.#refuse = refuse;
  }

  /**
   * Asks to be in a round's sum; what was offered before is not summed any more.
   * @param anew false where the same was offered before: if the aggregator has not heard that, it does now
   */
  offer(offer: Offer, anew: boolean): void {
    const before = this.#part;
    if (!anew && before?.offer.round === offer.round) return before.roster === undefined ? this.#voice.say(encodeMasks(before.join), false) : undefined;
    this.#sealing ??= makeKeys();
    const keys = makeKeys();
    const [self, pair] = [randomBytes(SECRET_BYTES), keys.secret];
    const join = { step: 'join' as const, round: offer.round, examples: offer.examples, seal: this.#sealing.publicKey, mask: keys.publicKey, self: commitment(self), pair: commitment(pair) };
    this.#part = { offer, join, keys, self, pair, held: new Map(), revealed: false };
    this.#voice.say(encodeMasks(join), false);
  }

  /** A message of the aggregator. */
  take(payload: Uint8Array): void {
    const message = decodeMasks(payload);
    if (message === undefined) return this.#refuse('masks');
    const part = this.#part;
    if (part === undefined) return;
    try {
      this.#step(part, message);
    } catch {
      this.#refuse('masks'); // a key that X25519 agrees on nothing with
    }
  }

  #step(part: Part, message: MaskMessage): void {
    if (message.step === 'roster') return this.#deal(part, message);
    if (part.roster === undefined || !('attempt' in message) || !same(part.roster.attempt, message.attempt)) return; // of a sum that it is not in
    if (message.step === 'shares') return this.#mask(part, part.roster, message);
    if (message.step === 'survivors') this.#reveal(part, part.roster, message);
  }

  close(): void {
    this.#part = undefined;
  }

  /** Cuts its secrets into shares, one for each member, sealed for it. */
  #deal(part: Part, roster: Roster): void {
    const names = [...roster.members.keys()];
    const own = roster.members.get(this.#id);
    if (roster.round !== part.offer.round || own === undefined || !same(own.mask, part.join.mask) || part.roster !== undefined) return;
    // fewer would learn more of each other than a sum says
    if (names.length < FEWEST_MASKED || roster.threshold <= names.length / 2 || roster.threshold > names.length || roster.most < 1) return this.#refuse('masks');
    part.roster = roster;
    const shares = [part.self, part.pair].map((secret) => split(secret, roster.threshold, names.length)) as [Uint8Array[], Uint8Array[]];
    const sealed = new Map<string, Uint8Array>();
    names.forEach((name, k) => {
      const [self, pair] = [shares[0][k]!, shares[1][k]!];
      if (name === this.#id) return void part.held.set(name, { self, pair });
      const both = new Uint8Array(2 * SECRET_BYTES);
      both.set(self);
      both.set(pair, SECRET_BYTES);
      sealed.set(name, seal(this.#sealKey(roster.members.get(name)!.seal), about(roster, this.#id, name), both));
    });
    this.#voice.say(encodeMasks({ step: 'shares', attempt: roster.attempt, sealed }), false);
  }

  /** Masks its update, with all who dealt, and sends it. */
  #mask(part: Part, roster: Roster, { sealed }: Shares): void {
    if (part.dealers !== undefined || !part.held.has(this.#id) || sealed.size + 1 < fewestOf(roster) || sealed.has(this.#id) || [...sealed.keys()].some((name) => !roster.members.has(name))) return this.#refuse('masks');
    const { offer, keys } = part;
    const opening = new Map<string, Uint8Array>();
    for (const [name, bytes] of sealed) {
      try {
        opening.set(name, opened(this.#sealKey(roster.members.get(name)!.seal), about(roster, name, this.#id), bytes));
      } catch {
        // nobody has sealed that for it: it tells nothing of that dealer later, whose secret comes together from the others' shares, or from too few, and then the aggregator knows whose it is
      }
    }
    if (opening.size === 0) return this.#refuse('masks'); // it is alone with who sent this
    part.dealers = new Set([this.#id, ...sealed.keys()]);
    const examples = Math.min(offer.examples, roster.most);
    const words = MaskWords.weighted(this.#config, offer.parameters, examples);
    const length = bytesOf(this.#config);
    words.add(selfMask(part.self, roster.attempt, length), 1);
    for (const [name, shares] of opening) part.held.set(name, { self: shares.slice(0, SECRET_BYTES), pair: shares.slice(SECRET_BYTES) });
    for (const name of sealed.keys()) words.add(pairMask(keys, roster.members.get(name)!.mask, roster.attempt, length), signOf(this.#id, name));
    const bytes = words.bytes;
    const body = new Uint8Array(roster.attempt.length + bytes.length);
    body.set(roster.attempt);
    body.set(bytes, roster.attempt.length);
    this.#voice.send(body, offer, examples);
  }

  /** Tells its shares: of the own masks of who is there, of the pair masks of who is not. */
  #reveal(part: Part, roster: Roster, { survivors }: Survivors): void {
    if (!survivors.includes(this.#id)) return; // its update has not come in time
    const isWhole = survivors.length >= fewestOf(roster) && survivors.every((name) => part.dealers?.has(name));
    if (part.revealed || !isWhole) return this.#refuse('masks');
    part.revealed = true;
    const reveal: Reveal & { self: Map<string, Uint8Array>; pair: Map<string, Uint8Array> } = { attempt: roster.attempt, self: new Map(), pair: new Map() };
    for (const [name, { self, pair }] of part.held) {
      if (survivors.includes(name)) reveal.self.set(name, self);
      else reveal.pair.set(name, pair);
    }
    this.#voice.say(encodeMasks({ step: 'reveal', ...reveal }), true);
  }

  #sealKey(publicKey: Uint8Array): Uint8Array {
    const name = publicKey.join();
    const key = this.#sealKeys.get(name) ?? sealKey(this.#sealing!, publicKey);
    this.#sealKeys.set(name, key);
    if (this.#sealKeys.size > MOST_KEYS) this.#sealKeys.delete(this.#sealKeys.keys().next().value!);
    return key;
  }
}

/** Keys with other devices that are kept: a device that starts anew has another. */
const MOST_KEYS = 1024;

/** Devices that a sum needs in each of its steps, whatever the aggregator says. */
function fewestOf({ threshold }: Roster): number {
  return Math.max(threshold, FEWEST_MASKED);
}

/** A share opens only as what it was sealed for. */
function about({ attempt }: Roster, from: string, to: string): string {
  return `${attempt.join('.')} ${from} ${to}`;
}

/** Of a pair one adds the mask, the other takes it away. */
export function signOf(own: string, other: string): 1 | -1 {
  return own < other ? 1 : -1;
}
