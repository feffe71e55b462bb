/**
 * Channels that stood still while a detector learned. There is no spread to hold a change against, so any other value would be an alarm for
 * good. They go on standing still for the detector, and the first change of each is told once.
 */
export class StillChannels {
  readonly #channels: Stillness[];
  /** Those that stood still and have moved since. */
  readonly #moved: Set<number>;

  constructor({ still = [], moved = [] }: StillState = {}) {
    this.#channels = [...still];
    this.#moved = new Set(moved);
  }

  /** A row that the detector learns. */
  learn(row: Float64Array): void {
    for (const [channel, value] of row.entries()) {
      const before = (this.#channels[channel] ??= null);
      if (before === 'moves' || Number.isNaN(value)) continue;
      this.#channels[channel] = before === null || before === value ? value : 'moves';
    }
  }

  /** The value of each that stands still, by its place in a row. */
  get values(): ReadonlyMap<number, number> {
    return new Map(this.#channels.flatMap((value, channel) => (typeof value === 'number' ? [[channel, value]] : [])));
  }

  /** The row as the detector gets it, and the channels that moved for the first time. */
  hold(row: Float64Array): { x: Float64Array; moved: number[] } {
    let x = row;
    const moved: number[] = [];
    for (const [channel, value] of this.#channels.entries()) {
      if (typeof value !== 'number' || Number.isNaN(row[channel]!) || row[channel] === value) continue;
      if (!this.#moved.has(channel)) moved.push(channel);
      this.#moved.add(channel);
      if (x === row) x = row.slice();
      x[channel] = value;
    }
    return { x, moved };
  }

  /** For a note: what the constructor takes. */
  get state(): StillState {
    return { still: [...this.#channels], moved: [...this.#moved] };
  }
}

/** State of a channel while the detector learned: no value yet, one value all the time, or it moved. */
type Stillness = number | null | 'moves';

export interface StillState {
  still?: readonly Stillness[];
  moved?: readonly number[];
}

/** {} where a note has none of it, or something else. */
export function stillOf(still: unknown, moved: unknown): StillState {
  const isState = Array.isArray(still) && still.every((value) => value === null || value === 'moves' || typeof value === 'number');
  return isState && Array.isArray(moved) && moved.every(Number.isInteger) ? { still, moved } : {};
}
