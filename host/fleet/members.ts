import type { Contribution } from './round.js';
import type { Distance } from './distance.js';
import type { DeviceStatus } from './topics.js';

/** How a shared model did on a device's own last samples, before that took it. */
export interface Report {
  round: number;
  /** True if the model was only tried, not taken: see `canary`. */
  trial: boolean;
  /** Labelled samples it was tested on, those that it answered right, and those that the shared model before it did. */
  samples: number;
  right: number;
  before: number;
}

/** A device as the aggregator knows it. */
export interface Member {
  readonly id: string;
  boot: number;
  online: boolean;
  /** Rounds in a row that it was online in and sent nothing. */
  silent: number;
  /** Bytes of its updates so far. */
  bytes: number;
  /** The last round that it sent an update in, and what became of that; -1 before the first. */
  round: number;
  examples: number;
  distance: Distance | undefined;
  aside: boolean;
  report: Report | undefined;
}

/** Rounds after which nobody waits for a device that is online and silent, and after which it is forgotten. */
const PATIENCE = 3;
const MEMORY = 20;
/** Names that are held: a name costs nothing to make up. */
export const MOST_NAMES = 10_000;

/** The devices of a fleet, by name: who is waited for, who is told of, and who is forgotten. */
export class Members {
  readonly #members = new Map<string, Member>();

  /** Last word of a device, or of the broker in its place. A will of a connection before the present one is out of date. @returns whether a device has come */
  hear(id: string, { online, boot }: DeviceStatus): boolean {
    const known = this.#members.get(id);
    if (!online) {
      if (known === undefined || known.boot !== boot) return false;
      known.online = false;
      if (known.round < 0) this.#members.delete(id); // it never did anything
      return false;
    }
    const member = known ?? this.#add(id);
    const came = !member.online || member.boot !== boot;
    if (came) member.silent = 0;
    member.online = true;
    member.boot = boot;
    return came;
  }

  /** The bytes of an update that was taken. */
  sent(id: string, bytes: number): void {
    const member = this.#members.get(id) ?? this.#add(id);
    member.bytes += bytes;
    member.silent = 0;
  }

  report(id: string, report: Report): void {
    const member = this.#members.get(id);
    if (member !== undefined) member.report = report; // one that has only this to say is none of the fleet
  }

  /** A round has ended: who sent nothing is waited for a while, and who has been away for long is forgotten. */
  ended(round: number, contributions: readonly Contribution[]): void {
    const by = new Map(contributions.map((each) => [each.device, each]));
    for (const [id, member] of this.#members) {
      const own = by.get(id);
      if (own !== undefined) Object.assign(member, { round, examples: own.examples, distance: own.distance, aside: own.aside, silent: 0 });
      else if (member.online) member.silent++;
      if (own === undefined && (member.online ? member.silent > MEMORY && member.round < 0 : round - member.round > MEMORY)) this.#members.delete(id);
    }
  }

  forget(id: string): void {
    this.#members.delete(id);
  }

  /** Devices that a round waits for. */
  *awaited(): Generator<string> {
    for (const { id, online, silent } of this.#members.values()) if (online && silent < PATIENCE) yield id;
  }

  isOnline(id: string): boolean {
    return this.#members.get(id)?.online === true;
  }

  get online(): number {
    let online = 0;
    for (const member of this.#members.values()) if (member.online) online++;
    return online;
  }

  all(): Member[] {
    return [...this.#members.values()];
  }

  #add(id: string): Member {
    // of made-up names the oldest goes, never one that has sent something
    if (this.#members.size >= MOST_NAMES) {
      const oldest = [...this.#members.values()].find(({ round }) => round < 0) ?? [...this.#members.values()][0]!;
      this.#members.delete(oldest.id);
    }
    const member: Member = { id, boot: 0, online: false, silent: 0, bytes: 0, round: -1, examples: 0, distance: undefined, aside: false, report: undefined };
    this.#members.set(id, member);
    return member;
  }
}

/** The contents of a report, if it is in order: it comes from outside. */
export function reportOf(payload: Uint8Array): Report | undefined {
  try {
    const { round, trial, samples, right, before } = JSON.parse(new TextDecoder().decode(payload.subarray(0, 512))) as Record<keyof Report, unknown>;
    const whole = [round, samples, right, before];
    if (!whole.every((value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) return undefined;
    const [r, s, n, b] = whole as [number, number, number, number];
    return n > s || b > s ? undefined : { round: r, trial: trial === true, samples: s, right: n, before: b };
  } catch {
    return undefined;
  }
}
