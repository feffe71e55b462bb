/** The accuracy over the last samples, as a line from the first lesson to the last. */
import { Canvas, colour } from './canvas.js';

/** For the figures at the right. */
const MARGIN = 26;

export class History {
  readonly #canvas: Canvas;
  readonly #font: string;
  #values: readonly number[] = [];
  #count = 0;

  constructor(id: string) {
    this.#canvas = new Canvas(id, (context, width, height) => this.#paint(context, width, height));
    this.#font = `11px ${getComputedStyle(this.#canvas.element).fontFamily}`;
  }

  show(values: readonly number[]): void {
    if (values === this.#values && values.length === this.#count) return;
    this.#values = values;
    this.#count = values.length;
    this.#canvas.changed();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const y = (share: number): number => 8 + (1 - share) * (height - 16);
    context.font = this.#font;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.strokeStyle = colour('rule');
    for (const share of [0, 0.5, 0.9, 1]) {
      context.setLineDash(share === 0.9 ? [2, 4] : []);
      context.beginPath();
      context.moveTo(0, Math.round(y(share)) + 0.5);
      context.lineTo(width - MARGIN, Math.round(y(share)) + 0.5);
      context.stroke();
      context.fillStyle = colour('soft');
      if (share !== 0.9) context.fillText(String(100 * share), width, y(share));
    }
    context.setLineDash([]);
    const count = this.#values.length;
    if (count < 2) return;
    const x = (i: number): number => (i / (count - 1)) * (width - MARGIN - 6);
    context.strokeStyle = colour('accent');
    context.lineWidth = 2;
    context.lineJoin = 'round';
    context.beginPath();
    this.#values.forEach((share, i) => context.lineTo(x(i), y(share)));
    context.stroke();
    context.fillStyle = colour('accent');
    context.beginPath();
    context.arc(x(count - 1), y(this.#values[count - 1]!), 3.5, 0, 7);
    context.fill();
  }
}
