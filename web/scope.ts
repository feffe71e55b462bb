/** The last moments of the signal as lines, and under them what was answered and what was taught. */
import { Canvas, colour, labelColour } from './canvas.js';

/** Lines that can be told apart; further channels are not drawn. */
const LINES = 6;
/** CSS pixels: two bands of 7 with room between. */
const BANDS = 26;

export class Scope {
  /** Told of a signal that begins, and of all that it shows. */
  onListen: (channels: number) => void = () => {};
  onTake: (moment: ArrayLike<number>) => void = () => {};
  readonly #canvas: Canvas;
  #channels = 1;
  #window = 1;
  #moments = 1;
  #values = new Float32Array(0); // ring of [moments][channels]
  #answers = new Int16Array(0); // ring of label indices, -1 none
  #lessons = new Int16Array(0);
  #count = 0;

  constructor(id: string) {
    this.#canvas = new Canvas(id, (context, width, height) => this.#paint(context, width, height));
  }

  get channels(): number {
    return this.#channels;
  }

  listen(channels: number, window: number): void {
    this.#channels = channels;
    this.#window = window;
    this.#moments = window === 1 ? 60 : Math.max(160, 6 * window);
    this.#values = new Float32Array(this.#moments * channels);
    this.#answers = new Int16Array(this.#moments).fill(-1);
    this.#lessons = new Int16Array(this.#moments).fill(-1);
    this.#count = 0;
    this.#canvas.changed();
    this.onListen(channels);
  }

  take(moment: ArrayLike<number>): void {
    const at = this.#count++ % this.#moments;
    this.#values.set(moment, at * this.#channels);
    this.#answers[at] = this.#lessons[at] = -1;
    this.#canvas.changed();
    this.onTake(moment);
  }

  /** The sample that has just ended, of so many moments that were in none before, was answered and perhaps taught: by index, -1 for neither. */
  mark(answer: number, lesson: number, moments: number): void {
    for (let i = Math.max(0, this.#count - moments); i < this.#count; i++) {
      this.#answers[i % this.#moments] = answer;
      this.#lessons[i % this.#moments] = lesson;
    }
    this.#canvas.changed();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const shown = Math.min(this.#count, this.#moments);
    const first = this.#count - shown;
    const x = (i: number): number => width - ((shown - 1 - i) / (this.#moments - 1)) * width;
    const lines = Math.min(LINES, this.#channels);
    const value = (i: number, c: number): number => this.#values[((first + i) % this.#moments) * this.#channels + c]!;
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < shown; i++) {
      for (let c = 0; c < lines; c++) {
        const v = value(i, c);
        if (v < low) low = v;
        if (v > high) high = v;
      }
    }
    if (!(high > low)) [low, high] = [(low === Infinity ? 0 : low) - 1, (high === -Infinity ? 0 : high) + 1];
    const floor = height - BANDS - 8;
    const y = (v: number): number => 8 + (1 - (v - low) / (high - low)) * (floor - 8);

    context.strokeStyle = colour('rule');
    context.lineWidth = 1;
    for (const share of [0, 0.5, 1]) {
      context.beginPath();
      context.moveTo(0, Math.round(8 + share * (floor - 8)) + 0.5);
      context.lineTo(width, Math.round(8 + share * (floor - 8)) + 0.5);
      context.stroke();
    }
    if (this.#window > 1) this.#edges(context, x, first, shown, floor);
    context.lineJoin = 'bevel'; // round ones take a processor that draws a third longer, and nobody sees them
    context.lineWidth = 1.6;
    for (let c = lines - 1; c >= 0; c--) {
      context.strokeStyle = colour(`line-${c % 3}`);
      context.globalAlpha = c < 3 ? 1 : 0.45;
      context.beginPath();
      for (let i = 0; i < shown; i++) context.lineTo(x(i), y(value(i, c)));
      context.stroke();
    }
    context.globalAlpha = 1;
    const step = width / (this.#moments - 1);
    for (const [row, marks] of [this.#answers, this.#lessons].entries()) {
      const top = height - BANDS + row * 14;
      context.fillStyle = colour('rule');
      context.fillRect(0, top + 3, width, 1);
      for (let i = 0, end = 0; i < shown; i = end) {
        const label = marks[(first + i) % this.#moments]!;
        for (end = i + 1; end < shown && marks[(first + end) % this.#moments] === label; ) end++;
        if (label < 0) continue;
        context.fillStyle = labelColour(label);
        context.fillRect(x(i) - step, top, (end - i) * step + 0.6, 7);
      }
    }
  }

  /** Borders between one sample and the next. */
  #edges(context: CanvasRenderingContext2D, x: (i: number) => number, first: number, shown: number, floor: number): void {
    context.strokeStyle = colour('rule');
    for (let i = 0; i < shown; i++) {
      if ((first + i) % this.#window !== 0) continue;
      context.beginPath();
      context.moveTo(Math.round(x(i)) + 0.5, 0);
      context.lineTo(Math.round(x(i)) + 0.5, floor + 4);
      context.stroke();
    }
  }
}
