/** How a column of numbers goes from row to row: what tells clocks and counters from measurements. */

/** Steps that are seen before it is known what is usual. */
const FIRST = 64;
const ENOUGH_FALLS = 500;

export class Steps {
  rises = 0;
  falls = 0;
  stays = 0;
  /** The greatest fall. */
  fall = 0;
  #near = 0;
  #first: number[] | undefined = [];
  #usual = NaN;
  #previous = NaN;
  #least = Infinity;
  #most = -Infinity;
  /** It falls too often to be any kind of clock or counter: no more is counted. */
  #over = false;

  add(value: number): void {
    if (this.#over) return;
    const step = value - this.#previous;
    this.#previous = value;
    if (value < this.#least) this.#least = value;
    if (value > this.#most) this.#most = value;
    if (step !== step) return;
    if (step > 0) this.rises++;
    else if (step < 0) {
      this.falls++;
      if (-step > this.fall) this.fall = -step;
      if (this.falls > ENOUGH_FALLS && this.falls > 0.1 * this.count) this.#over = true;
    } else this.stays++;
    if (!this.#first) this.#near += near(step, this.#usual);
    else if (this.#first.push(step) === FIRST) this.#settle();
  }

  get count(): number {
    return this.rises + this.falls + this.stays;
  }

  get span(): number {
    return this.#most - this.#least;
  }

  /** The step in the middle of the first ones. */
  get usual(): number {
    if (this.#first) this.#settle();
    return this.#usual;
  }

  /** The share of steps that are about the usual one, which is one that rises. */
  get even(): number {
    return this.usual > 0 ? this.#near / this.count : 0;
  }

  #settle(): void {
    const steps = [...this.#first!].sort((a, b) => a - b);
    this.#usual = steps[steps.length >> 1] ?? NaN;
    for (const step of steps) this.#near += near(step, this.#usual);
    this.#first = undefined;
  }
}

function near(step: number, usual: number): number {
  return Math.abs(step - usual) <= 0.3 * usual ? 1 : 0;
}
