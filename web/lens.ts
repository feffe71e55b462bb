/** The sample that the network looks at: the stroke as it is drawn, the picture of the camera, the features of the last window, or the values of the last row. */
import { PARTS } from '../host/sound/window.js';
import { Canvas, colour, pictureOf } from './canvas.js';

/** Strokes of the pen that stay visible, fading. */
const GHOSTS = 3;

export class Lens {
  readonly #canvas: Canvas;
  #stroke: number[] = [];
  #past: { points: number[]; colour: string }[] = [];
  #features: { values: ArrayLike<number>; axes: number } | undefined;
  #tallest = 1e-9;
  #sound: ArrayLike<number> | undefined;
  #picture: HTMLCanvasElement | undefined;
  #isMirrored = false;
  #row: ArrayLike<number> | undefined;
  #low = Infinity; // of all rows so far
  #high = -Infinity;

  constructor(id: string) {
    this.#canvas = new Canvas(id, (context, width, height) => {
      if (this.#features !== undefined) this.#bars(context, width, height, this.#features);
      else if (this.#sound !== undefined) this.#spectrogram(context, width, height, this.#sound);
      else if (this.#picture !== undefined) this.#square(context, width, height, this.#picture);
      else if (this.#row !== undefined) this.#grid(context, width, height, this.#row);
      else this.#pen(context, width, height);
    });
  }

  clear(): void {
    this.#stroke = [];
    this.#past = [];
    this.#features = this.#sound = this.#picture = this.#row = undefined;
    this.#tallest = 1e-9;
    this.#low = Infinity;
    this.#high = -Infinity;
    this.#canvas.changed();
  }

  point(x: number, y: number): void {
    this.#stroke.push(x, y);
    this.#canvas.changed();
  }

  /** The stroke is complete, and was answered with a label of this colour. */
  strokeEnds(ink: string): void {
    this.#past.unshift({ points: this.#stroke, colour: ink });
    this.#past.length = Math.min(this.#past.length, GHOSTS);
    this.#stroke = [];
    this.#canvas.changed();
  }

  /** @param values per axis: mean, deviation, amplitudes by rising frequency */
  show(values: ArrayLike<number>, axes: number): void {
    this.#features = { values, axes };
    this.#canvas.changed();
  }

  /** @param features level, then of each part of the window its bands */
  showSound(features: ArrayLike<number>): void {
    this.#sound = features;
    this.#canvas.changed();
  }

  /** @param picture red, green and blue of its points */
  showPicture(picture: ArrayLike<number>, isMirrored: boolean): void {
    this.#picture = pictureOf(picture);
    this.#isMirrored = isMirrored;
    this.#canvas.changed();
  }

  /** @param values of one row */
  showRow(values: ArrayLike<number>): void {
    this.#row = values;
    for (let i = 0; i < values.length; i++) {
      if (values[i]! < this.#low) this.#low = values[i]!;
      if (values[i]! > this.#high) this.#high = values[i]!;
    }
    this.#canvas.changed();
  }

  #square(context: CanvasRenderingContext2D, width: number, height: number, picture: HTMLCanvasElement): void {
    const side = Math.min(width, height);
    if (this.#isMirrored) {
      context.translate(width, 0);
      context.scale(-1, 1);
    }
    context.drawImage(picture, (width - side) / 2, 0, side, side);
  }

  /** A square of cells; rows that were pictures are pictures again. */
  #grid(context: CanvasRenderingContext2D, width: number, height: number, values: ArrayLike<number>): void {
    const side = Math.ceil(Math.sqrt(values.length));
    const cell = Math.min(width, height) / side;
    context.fillStyle = colour('accent');
    for (let i = 0; i < values.length; i++) {
      context.globalAlpha = Math.max(0.04, (values[i]! - this.#low) / (this.#high - this.#low || 1)) || 0.04; // NaN: missing
      context.fillRect((i % side) * cell, Math.floor(i / side) * cell, cell - 1, cell - 1);
    }
    context.globalAlpha = 1;
  }

  /** Time to the right, pitch upwards. */
  #spectrogram(context: CanvasRenderingContext2D, width: number, height: number, features: ArrayLike<number>): void {
    const bands = (features.length - 1) / PARTS;
    let [low, high] = [Infinity, -Infinity];
    for (let i = 1; i < features.length; i++) [low, high] = [Math.min(low, features[i]!), Math.max(high, features[i]!)];
    context.fillStyle = colour('accent');
    for (let i = 1; i < features.length; i++) {
      const [part, band] = [Math.floor((i - 1) / bands), (i - 1) % bands];
      context.globalAlpha = Math.max(0.04, (features[i]! - low) / (high - low || 1)) || 0.04; // NaN: no sound
      context.fillRect((part * width) / PARTS, height - ((band + 1) * height) / bands, width / PARTS - 1, height / bands - 1);
    }
    context.globalAlpha = 1;
  }

  #pen(context: CanvasRenderingContext2D, width: number, height: number): void {
    const scale = Math.min(width, height) / 1.15; // a hand moves some 0.5 to each side
    const trace = (points: number[]): void => {
      context.beginPath();
      for (let i = 0; i < points.length; i += 2) context.lineTo(width / 2 + points[i]! * scale, height / 2 - points[i + 1]! * scale);
      context.stroke();
    };
    context.lineCap = context.lineJoin = 'round';
    const fresh = this.#stroke.length === 0 ? 0 : 1;
    for (const [age, { points, colour: ink }] of [...this.#past.entries()].reverse()) {
      context.strokeStyle = ink;
      context.globalAlpha = [1, 0.22, 0.1, 0.05][age + fresh] ?? 0;
      context.lineWidth = 7;
      trace(points);
    }
    context.globalAlpha = 1;
    if (this.#stroke.length < 2) return;
    context.strokeStyle = colour('ink');
    context.lineWidth = 7;
    trace(this.#stroke);
    const [x, y] = this.#stroke.slice(-2) as [number, number];
    context.fillStyle = colour('accent');
    context.beginPath();
    context.arc(width / 2 + x * scale, height / 2 - y * scale, 7, 0, 7);
    context.fill();
  }

  #bars(context: CanvasRenderingContext2D, width: number, height: number, { values, axes }: { values: ArrayLike<number>; axes: number }): void {
    const per = values.length / axes;
    const bands = per - 2;
    let tallest = 0;
    for (let a = 0; a < axes; a++) for (let b = 0; b < bands; b++) tallest = Math.max(tallest, values[a * per + 2 + b]!);
    this.#tallest = Math.max(tallest, this.#tallest * 0.98, 1e-9); // falls slowly, so that heights can be compared
    const rows = Math.min(axes, 6);
    const tall = height / rows;
    const pitch = width / bands;
    for (let a = 0; a < rows; a++) {
      context.fillStyle = colour(`line-${a % 3}`);
      for (let b = 0; b < bands; b++) {
        const h = Math.max(1, Math.sqrt(values[a * per + 2 + b]! / this.#tallest) * (tall - 8));
        context.fillRect(b * pitch, (a + 1) * tall - h, Math.max(1, pitch - 1.5), h);
      }
    }
  }
}
