/** The greatest binary32. */
const LARGEST = 2 ** 128 - 2 ** 104;
/** `familiar` below which a sample counts as unfamiliar, where no `unknownBelow` says otherwise: one in fifty of ordinary ones. */
const UNFAMILIAR = 0.02;

/** Counts of values and samples that could not be learned from, or that were like nothing learned before. They start at 0 when the learner is made or loaded: no snapshot has them. */
export interface Intake {
  /** Values of learned samples that were NaN or infinite: the channel's mean stood in. */
  missing: number;
  /** Values of learned samples beyond +-3.4e38, which count as missing: binary32 ends there. */
  beyondRange: number;
  /** Samples asked about that were less familiar than `unknownBelow`; than 0.02 where that is not given. */
  unfamiliar: number;
  /** Samples that `learn` threw for: another length, no numbers, a label that there is no room for. */
  refused: number;
}

/** The counters of `Intake`. */
export class IntakeCounter {
  readonly #counts: Intake = { missing: 0, beyondRange: 0, unfamiliar: 0, refused: 0 };
  readonly #unfamiliar: number;

  constructor(unknownBelow: number) {
    this.#unfamiliar = unknownBelow > 0 ? unknownBelow : UNFAMILIAR;
  }

  /** A sample that was learned. */
  learned(x: ArrayLike<number>): void {
    for (let i = 0; i < x.length; i++) {
      if (Math.abs(x[i]!) <= LARGEST) continue;
      if (Number.isFinite(x[i]!)) this.#counts.beyondRange++;
      else this.#counts.missing++;
    }
  }

  asked(familiar: number | undefined): void {
    if (familiar !== undefined && familiar < this.#unfamiliar) this.#counts.unfamiliar++;
  }

  refused(): void {
    this.#counts.refused++;
  }

  counts(): Intake {
    return { ...this.#counts };
  }
}
