import type { PrivateOptions } from './private-options.js';
import type { Contribution } from './round.js';
import type { Member, Members } from './members.js';

/** A round that ended. */
export interface PastRound {
  round: number;
  /** Devices folded in, examples that counted, and bytes of their updates. */
  devices: number;
  examples: number;
  bytes: number;
  /** Devices that were set aside. */
  aside: string[];
  /** How it began: with the mean of updates, with the one of the round before it since canaries found the mean worse, or with an older one again. */
  model: 'mean' | 'kept' | 'rolled back';
}

/** How a fleet stands: for people (`onward fleet watch`) and for Prometheus. */
export interface Standing {
  /** The round that is open. */
  round: number;
  online: number;
  /** Bytes of the model that goes to every device. */
  modelBytes: number;
  /** Share of right answers of the newest model on the devices' own last samples, weighted by them, and of the model before it on the same; null before anybody told. */
  accuracy: number | null;
  before: number | null;
  /** Labelled samples that this is from. */
  samples: number;
  /** The last twenty, ascending. */
  rounds: PastRound[];
  /** Up to 500: those set aside first, then by distance. None of a private fleet. */
  devices: Member[];
  expelled: string[];
  canaries: string[];
  /** Rounds whose model is kept, for `rollback`. */
  history: number[];
  /** Rounds that a private fleet has spent, and of what; absent for others. */
  private?: Required<PrivateOptions> & { spent: number };
}

const MOST_ROUNDS = 20;
const MOST_DEVICES = 500;

/** The figures that `fleet watch` shows, as far as the aggregator notes it round by round. */
export class Log {
  readonly #rounds: PastRound[] = [];
  #bytes = 0;

  take(bytes: number): void {
    this.#bytes += bytes;
  }

  end(round: number, contributions: readonly Contribution[], model: PastRound['model']): void {
    const near = contributions.filter(({ aside }) => !aside);
    this.#rounds.push({
      round,
      devices: near.length,
      examples: near.reduce((sum, { examples }) => sum + examples, 0),
      bytes: this.#bytes,
      aside: contributions.filter(({ aside }) => aside).map(({ device }) => device),
      model,
    });
    this.#bytes = 0;
    if (this.#rounds.length > MOST_ROUNDS) this.#rounds.shift();
  }

  standing(members: Members, rest: Pick<Standing, 'round' | 'modelBytes' | 'expelled' | 'canaries' | 'history' | 'private'>): Standing {
    const all = rest.private === undefined ? members.all() : []; // what single devices did is nobody's to see there
    const told = all.flatMap(({ report, aside }) => (report !== undefined && !aside && !report.trial && report.round === rest.round ? [report] : []));
    const samples = told.reduce((sum, each) => sum + each.samples, 0);
    const share = (name: 'right' | 'before'): number | null => (samples === 0 ? null : told.reduce((sum, each) => sum + each[name], 0) / samples);
    const far = ({ distance }: Member): number => Math.max(distance?.channels ?? 0, distance?.weights ?? 0);
    const devices = all.sort((a, b) => Number(b.aside) - Number(a.aside) || far(b) - far(a) || (a.id < b.id ? -1 : 1)).slice(0, MOST_DEVICES);
    return { ...rest, online: members.online, accuracy: share('right'), before: share('before'), samples, rounds: [...this.#rounds], devices };
  }
}
