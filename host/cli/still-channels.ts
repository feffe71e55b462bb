/**
 * Channels that stood still while a detector learned. There is no spread to hold a change against, so any other value would be an alarm for
 * good. They go on standing still for the detector, and the first change of each is told once.
 */
export class StillChannels {
  /** The value of each, by its place in a row. */
  readonly values = new Map<number, number>();
  readonly #moved = new Set<number>();

  /** @param rows what is learned: [rows][channels] */
  constructor(rows: readonly Float64Array[]) {
    const moving = new Set<number>();
    for (const x of rows) {
      for (const [channel, value] of x.entries()) {
        if (Number.isNaN(value) || moving.has(channel)) continue;
        if ((this.values.get(channel) ?? value) === value) this.values.set(channel, value);
        else {
          moving.add(channel);
          this.values.delete(channel);
        }
      }
    }
  }

  /** The row as the detector gets it, and the channel that moved for the first time. */
  hold(row: Float64Array): { x: Float64Array; channel: number | undefined } {
    if (this.values.size === 0) return { x: row, channel: undefined };
    const x = row.slice();
    let first: number | undefined;
    for (const [channel, value] of this.values) {
      if (Number.isNaN(x[channel]!) || x[channel] === value) continue;
      if (!this.#moved.has(channel)) first ??= channel;
      this.#moved.add(channel);
      x[channel] = value;
    }
    return { x, channel: first };
  }
}
