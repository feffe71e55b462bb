/** Points of a line of small bars; each is the mean of so many samples. */
export const POINTS = 40;

/** A figure's last course: means of blocks of samples, which grow as the stream does. */
export class Course {
  readonly points: number[] = [];
  #block = 1;
  #sum = 0;
  #held = 0;

  add(value: number): void {
    this.#sum += value;
    if (++this.#held < this.#block) return;
    this.points.push(this.#sum / this.#held);
    this.#sum = this.#held = 0;
    if (this.points.length < 2 * POINTS) return;
    for (let i = 0; i < POINTS; i++) this.points[i] = (this.points[2 * i]! + this.points[2 * i + 1]!) / 2;
    this.points.length = POINTS;
    this.#block *= 2;
  }
}
