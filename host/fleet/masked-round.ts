import type { ResolvedConfig } from '../config.js';
import { architectureOf } from '../parameters.js';
import { ExactAverage } from './average.js';
import { commitment, isUsable, keysThatFit, pairMask, randomBytes, selfMask } from './mask-cipher.js';
import { ATTEMPT_BYTES, byName, decodeMasks, encodeMasks, same, type Join, type Reveal } from './mask-messages.js';
import { MOST_SUMMED, MaskWords, bytesOf } from './mask-words.js';
import { FEWEST_MASKED, signOf } from './masked-member.js';
import { decodeMessage } from './message.js';
import type { Contribution, Refusal } from './round.js';
import { MOST_SHARES, combine } from './shamir.js';

export interface MaskedRules {
  mostExamples: number;
  /** Server step, 1/256. */
  step: number;
  /** Devices without whose updates there is no sum. */
  minDevices: number;
  /** How long a device may take for a step, milliseconds. */
  patience: number;
}

/** How an aggregator says its part: to all, or to one device. */
export type RoundVoice = (text: string, device?: string) => void;

/** Those who are expected in a step, and what came of them. */
class Step<T> {
  readonly #came = new Map<string, T>();
  readonly #asked: ReadonlySet<string>;
  readonly #awaited: Set<string>;
  readonly #enough: (came: ReadonlyMap<string, T>) => boolean;
  #end: () => void = () => {};
  #isOver = false;

  /** @param gone who is asked nevertheless: they may be back */
  constructor(asked: readonly string[], gone: ReadonlySet<string>, enough: (came: ReadonlyMap<string, T>) => boolean = () => false) {
    this.#asked = new Set(asked);
    this.#awaited = new Set(asked.filter((device) => !gone.has(device)));
    this.#enough = enough;
  }

  /** Resolves when all who are left have said theirs, or enough of them, or the time is up. */
  async over(patience: number, say: () => void): Promise<ReadonlyMap<string, T>> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      (timer as { unref?: () => void }).unref?.();
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
      say();
      this.#look();
    });
    this.#isOver = true;
    return new Map([...this.#came].sort(byName));
  }

  /** False for who was not asked, or has said it, or is too late. */
  take(device: string, value: T): boolean {
    if (this.#isOver || !this.#asked.has(device) || this.#came.has(device)) return false;
    this.#came.set(device, value);
    this.gone(device);
    return true;
  }

  gone(device: string): void {
    this.#awaited.delete(device);
    this.#look();
  }

  /** Waits for nobody any more. */
  end(): void {
    this.#end();
  }

  #look(): void {
    if (this.#awaited.size === 0 || this.#enough(this.#came)) this.#end();
  }
}

/**
 * A round whose updates come under masks: the aggregator's side of `MaskedMember`. It learns their sum, how many examples each device has, and nothing else of a single update, as long as
 * it does what is written here and fewer than the threshold of devices tell it more. It is used as a `Round` is; devices join, and when it ends, updates are asked for.
 */
export class MaskedRound {
  readonly number: number;
  readonly #config: ResolvedConfig;
  readonly #architecture: number;
  readonly #base: Uint8Array;
  readonly #rules: MaskedRules;
  readonly #voice: RoundVoice;
  readonly #joined = new Map<string, Join>();
  readonly #attempt = randomBytes(ATTEMPT_BYTES);
  #shares: Step<ReadonlyMap<string, Uint8Array>> | undefined;
  #updates: Step<number> | undefined;
  #reveals: Step<Reveal> | undefined;
  /** Of the updates that came, added as they come: none is kept. */
  readonly #sum: MaskWords;
  #most = 0;
  #closed = false;
  #abandoned = false;
  readonly #gone = new Set<string>();
  readonly #barred: Set<string>;
  readonly #faulty: string[] = [];

  /**
   * @param base packed parameters of the model of this round
   * @param barred who may not join, since earlier attempts came to nothing by them
   */
  constructor(number: number, config: ResolvedConfig, base: Uint8Array, rules: MaskedRules, voice: RoundVoice, barred: Iterable<string> = []) {
    this.number = number;
    this.#config = config;
    this.#architecture = architectureOf(config);
    this.#base = base;
    this.#rules = rules;
    this.#voice = voice;
    this.#sum = new MaskWords(config);
    this.#barred = new Set(barred);
  }

  /** Devices that have joined. */
  get devices(): ReadonlyMap<string, number> {
    return new Map([...this.#joined].map(([device, { examples }]) => [device, this.#counted(examples)]));
  }

  get examples(): number {
    return [...this.devices.values()].reduce((sum, examples) => sum + examples, 0);
  }

  /** Devices whose secrets did not come together when the sum needed them: they dealt false shares or none that open, or somebody told false ones of theirs. */
  get faulty(): readonly string[] {
    return this.#faulty;
  }

  /** Devices that may not join: those of earlier attempts, and the faulty ones of this. */
  get barred(): ReadonlySet<string> {
    return this.#barred;
  }

  /** Bars nobody any more: without them too few are left, and one of them may have been slandered. */
  pardon(): void {
    this.#barred.clear();
  }

  /** True if nobody can join any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** True if no more can: shares have 255 places. */
  get full(): boolean {
    return this.#joined.size === MOST_SHARES;
  }

  /** A step of a device: `heard`, or `taken` for the update itself; or why not, and nothing has changed then. */
  add(device: string, bytes: Uint8Array): Refusal | 'heard' | 'taken' {
    return bytes[0] === OPENING_BRACE ? this.#hear(device, bytes) : this.#addUpdate(device, bytes);
  }

  /** Takes out a device that has not been asked for its update yet. */
  drop(device: string): void {
    if (!this.#closed) this.#joined.delete(device);
  }

  /** Nobody waits for a device that is not there. */
  gone(device: string): void {
    this.drop(device);
    this.#gone.add(device);
    for (const step of [this.#shares, this.#updates, this.#reveals]) step?.gone(device);
  }

  /** Ends whatever it waits for, and says nothing more: there is no sum then. */
  abandon(): void {
    this.#closed = true;
    this.#abandoned = true;
    for (const step of [this.#shares, this.#updates, this.#reveals]) step?.end();
  }

  /** Packed parameters of the next model and whose updates are in it; undefined where too few came through: it has to be begun anew. */
  async end(): Promise<{ parameters: Uint8Array; contributions: Contribution[] } | undefined> {
    this.#closed = true;
    const members = new Map([...this.#joined].sort(byName));
    const names = [...members.keys()];
    if (this.#abandoned || names.length < FEWEST_MASKED) return undefined;
    const { patience, minDevices } = this.#rules;
    const attempt = this.#attempt;
    const threshold = Math.floor(names.length / 2) + 1;
    const fewest = Math.max(threshold, minDevices, FEWEST_MASKED);
    this.#most = Math.min(this.#rules.mostExamples, Math.floor(MOST_SUMMED / names.length));

    this.#shares = new Step(names, this.#gone);
    const dealt = await this.#shares.over(patience, () => this.#voice(encodeMasks({ step: 'roster', round: this.number, attempt, threshold, most: this.#most, members: new Map([...members].map(([name, { seal, mask }]) => [name, { seal, mask }])) })));
    if (this.#abandoned || dealt.size < fewest) return undefined;

    const dealers = [...dealt.keys()];
    this.#updates = new Step(dealers, this.#gone);
    const updates = await this.#updates.over(patience, () => {
      for (const device of dealers) {
        const others = dealers.filter((from) => from !== device);
        this.#voice(encodeMasks({ step: 'shares', attempt, sealed: new Map(others.map((from) => [from, dealt.get(from)!.get(device)!])) }), device);
      }
    });
    const survivors = [...updates.keys()];
    if (this.#abandoned || survivors.length < fewest) return undefined;

    const needed = new Map(dealers.map((device) => [device, updates.has(device) ? 'self' : 'pair'] as const));
    this.#reveals = new Step(survivors, this.#gone, (came) => came.size >= threshold && [...needed].every(([device, kind]) => count(came.values(), (reveal) => reveal[kind].has(device)) >= threshold));
    const reveals = await this.#reveals.over(patience, () => this.#voice(encodeMasks({ step: 'survivors', attempt, survivors })));
    if (this.#abandoned || reveals.size < threshold || !this.#unmask(members, needed, reveals, threshold)) return undefined;

    const { step } = this.#rules;
    const average = new ExactAverage(this.#config, this.#base, step);
    average.addSums(this.#sum.sums(), [...updates.values()].reduce((sum, examples) => sum + examples, 0));
    return { parameters: average.result(), contributions: [...updates].map(([device, examples]) => ({ device, examples, distance: undefined, aside: false })) };
  }

  #counted(examples: number): number {
    return Math.min(examples, this.#rules.mostExamples);
  }

  #hear(device: string, bytes: Uint8Array): Refusal | 'heard' {
    const message = decodeMasks(bytes);
    if (message?.step === 'join') {
      if (message.round !== this.number) return 'stale';
      const known = this.#joined.get(device);
      if (known !== undefined && same(known.mask, message.mask)) return 'repeated';
      if (this.#closed) return 'stale';
      if (message.examples === 0) return 'empty';
      if (this.#barred.has(device) || !isUsable(message.seal) || !isUsable(message.mask)) return 'damaged'; // with such a key no other could take part
      if (this.full && known === undefined) return 'stale';
      this.#gone.delete(device);
      this.#joined.set(device, message); // a device that has started anew has other keys
      return 'heard';
    }
    if (message?.step === 'shares') {
      if (!same(message.attempt, this.#attempt)) return 'stale';
      const { sealed } = message;
      if (sealed.size !== this.#joined.size - 1 || ![...this.#joined.keys()].every((name) => name === device || sealed.has(name))) return 'damaged';
      return this.#shares?.take(device, sealed) ? 'heard' : 'repeated';
    }
    if (message?.step === 'reveal') {
      if (!same(message.attempt, this.#attempt)) return 'heard'; // more than were needed, of a sum that is done
      return this.#reveals?.take(device, message) ? 'heard' : 'repeated';
    }
    return 'damaged';
  }

  #addUpdate(device: string, bytes: Uint8Array): Refusal | 'taken' {
    const message = decodeMessage(bytes);
    if (typeof message === 'string') return message;
    if (message.kind !== 'update') return 'kind';
    if (message.architecture !== this.#architecture) return 'foreign';
    if (message.masked !== true) return 'masks';
    const { round, examples, body } = message;
    if (round !== this.number || !same(body.subarray(0, ATTEMPT_BYTES), this.#attempt)) return 'stale'; // a late one stays behind its own mask
    if (examples === 0) return 'empty';
    if (body.length !== ATTEMPT_BYTES + bytesOf(this.#config) || examples > this.#most) return 'damaged';
    if (this.#reveals !== undefined) return 'stale';
    if (!this.#updates?.take(device, examples)) return 'repeated';
    this.#sum.add(body.subarray(ATTEMPT_BYTES), 1);
    return 'taken';
  }

  /** Takes the masks off the sum: the survivors' own, and those of their pairs with who is gone. False where a secret that was put together is not the one that was promised. */
  #unmask(members: ReadonlyMap<string, Join>, needed: ReadonlyMap<string, 'self' | 'pair'>, reveals: ReadonlyMap<string, Reveal>, threshold: number): boolean {
    const places = new Map([...members.keys()].map((name, k) => [name, k]));
    const length = bytesOf(this.#config);
    const secret = (device: string, kind: 'self' | 'pair'): Uint8Array | undefined => {
      const shares = new Map([...reveals].flatMap(([from, reveal]) => (reveal[kind].has(device) ? [[places.get(from)!, reveal[kind].get(device)!] as const] : [])));
      const found = shares.size < threshold ? undefined : combine(shares);
      return found !== undefined && same(commitment(found), members.get(device)![kind]) ? found : undefined;
    };
    const survivors = [...needed].flatMap(([device, kind]) => (kind === 'self' ? [device] : []));
    const faulty: string[] = [];
    for (const [device, kind] of needed) {
      const found = secret(device, kind);
      const keys = found === undefined || kind === 'self' ? undefined : keysThatFit(found, members.get(device)!.mask);
      if (found !== undefined && kind === 'self') this.#sum.add(selfMask(found, this.#attempt, length), -1);
      else if (keys !== undefined) for (const name of survivors) this.#sum.add(pairMask(keys, members.get(name)!.mask, this.#attempt, length), signOf(device, name));
      else faulty.push(device);
    }
    // where those of most do not come together, somebody tells false shares of all, and nobody knows who
    if (2 * faulty.length <= needed.size) this.#bar(faulty);
    return faulty.length === 0;
  }

  #bar(devices: readonly string[]): void {
    for (const device of devices) this.#barred.add(device);
    this.#faulty.push(...devices);
  }
}

function count<T>(values: Iterable<T>, is: (value: T) => boolean): number {
  let found = 0;
  for (const value of values) if (is(value)) found++;
  return found;
}

const OPENING_BRACE = 0x7b;
