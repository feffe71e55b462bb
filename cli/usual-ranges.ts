/** The range of every channel while a detector learned: what commissioned mode takes for normal, in the sensor's own units, for people. The detector itself knows more. */

/** Channels that a text names. */
const NAMED = 12;

/** Least and greatest value; null: none came yet. */
export type Range = readonly [low: number, high: number] | null;

export class UsualRanges {
  readonly #ranges: Range[];

  constructor(ranges: readonly Range[] = []) {
    this.#ranges = [...ranges];
  }

  /** A row that the detector learns; NaN is missing. */
  learn(row: Float64Array): void {
    for (const [channel, value] of row.entries()) {
      const known = (this.#ranges[channel] ??= null);
      if (!Number.isNaN(value)) this.#ranges[channel] = known === null ? [value, value] : [Math.min(known[0], value), Math.max(known[1], value)];
    }
  }

  /** For a note and for JSON: what the constructor takes. */
  get ranges(): readonly Range[] {
    return this.#ranges;
  }

  /** `flow 2.1 to 4.9, load 39.5 to 40.5`; empty before the first row. */
  text(names: readonly string[] | undefined): string {
    const texts = this.#ranges.map((range, channel) => `${names?.[channel] ?? `channel ${channel}`} ${range === null ? 'missing' : range[0] === range[1] ? `always ${short(range[0])}` : `${short(range[0])} to ${short(range[1])}`}`);
    return [...texts.slice(0, NAMED), ...(texts.length > NAMED ? ['...'] : [])].join(', ');
  }
}

/** Of a note that may be any text; undefined: there are none. */
export function rangesOf(usual: unknown): readonly Range[] | undefined {
  const isRange = (range: unknown): range is Range => range === null || (Array.isArray(range) && range.length === 2 && range.every((value) => typeof value === 'number'));
  return Array.isArray(usual) && usual.every(isRange) ? usual : undefined;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
