/** Channels that leave the range of the first rows for long: a detector that stands still would give alarms for good. */

/** Rows that commissioned mode learns unless told otherwise. */
export const FIRST = 400;
/** Share of the later rows far outside, of which a few are faults. */
const OFTEN = 0.05;

export interface Wandering {
  channel: number;
  /** Of the rows after the first: how many lie further outside than half of the first ones' range. */
  share: number;
}

/** The most wandering first; none where there are fewer rows than twice the first. */
export function wandering(rows: readonly Float64Array[]): Wandering[] {
  if (rows.length < 2 * FIRST) return [];
  return Array.from(rows[0]!, (_, channel) => {
    const values = rows.map((row) => row[channel]!);
    const first = values.slice(0, FIRST).filter((value) => !Number.isNaN(value));
    if (first.length === 0) return { channel, share: 0 };
    const [low, high] = [Math.min(...first), Math.max(...first)];
    const far = (high - low) / 2;
    const outside = values.slice(FIRST).filter((value) => value < low - far || value > high + far).length;
    return { channel, share: outside / (rows.length - FIRST) };
  }).filter(({ share }) => share > OFTEN).sort((a, b) => b.share - a.share);
}
