/** The weights as a picture: a row for every unit, a column for what it looks at; what has just changed glows. */
import type { Learner } from '../host/learner.js';
import { Canvas, colour } from './canvas.js';

/** How much of its glow a weight keeps from one picture to the next. */
const FADE = 0.8;

export class Weights {
  readonly #canvas: Canvas;
  #layers: { units: number; columns: number; drawn: number; values: Float32Array; glow: Float32Array; picture: HTMLCanvasElement }[] = [];
  #learner: Learner | undefined;
  #updates = -1;
  #calm = 0;

  constructor(id: string) {
    this.#canvas = new Canvas(id, (context, width, height) => this.#paint(context, width, height));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.#updates = -1;
      this.look();
    });
  }

  /** Undefined: there is none to draw, and none is held on to. */
  show(learner: Learner | undefined): void {
    this.#learner = learner;
    this.#layers = [];
    this.#updates = -1;
    this.#canvas.changed();
    this.look();
  }

  /** To be called now and then: draws if the network has learned since, or something still glows. */
  look(): void {
    const learner = this.#learner;
    if (learner === undefined) return;
    const anew = this.#updates < 0; // what changed while nobody saw it has not just changed
    if (!this.#canvas.seen) {
      this.#updates = -1;
      return;
    }
    const { updates } = learner.stats();
    const learned = updates !== this.#updates;
    this.#calm = learned ? 0 : this.#calm + 1;
    if (this.#calm > 20) return; // 0.8^20: nothing glows any more
    this.#updates = updates;
    const [cool, warm, hot] = ['weight-minus', 'weight-plus', 'ink'].map((name) => rgb(colour(name))) as [Rgb, Rgb, Rgb];
    learner.config.units.forEach((units, layer) => {
      const values = learner.weights(layer);
      const columns = values.length / units;
      const known = (this.#layers[layer] ??= { units, columns, drawn: inputsOf(learner, layer), values, glow: new Float32Array(values.length), picture: Object.assign(document.createElement('canvas'), { width: columns, height: units }) });
      const context = known.picture.getContext('2d')!;
      const image = context.createImageData(columns, units);
      for (let i = 0; i < values.length; i++) {
        const weight = values[i]!;
        const glow = (known.glow[i] = anew ? 0 : Math.min(1, known.glow[i]! * FADE + Math.abs(weight - known.values[i]!) * 6));
        const [r, g, b] = weight < 0 ? cool : warm;
        image.data[4 * i] = r + (hot[0] - r) * glow * 0.7;
        image.data[4 * i + 1] = g + (hot[1] - g) * glow * 0.7;
        image.data[4 * i + 2] = b + (hot[2] - b) * glow * 0.7;
        image.data[4 * i + 3] = 255 * Math.min(1, Math.sqrt(Math.abs(weight)) * 1.15 + glow * 0.6);
      }
      known.values = values;
      context.putImageData(image, 0, 0);
    });
    this.#canvas.changed();
  }

  #paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const gap = 10;
    const columns = this.#layers.reduce((sum, layer) => sum + layer.drawn, 0);
    const pitch = (width - gap * (this.#layers.length - 1)) / columns;
    context.imageSmoothingEnabled = false;
    let x = 0;
    for (const { drawn: own, units, picture } of this.#layers) {
      context.drawImage(picture, 0, 0, own, units, x, 0, own * pitch, height);
      x += own * pitch + gap;
    }
  }
}

/** Columns of a layer that hold weights; what pads its rows is at their end. */
function inputsOf({ config }: Learner, layer: number): number {
  return layer === 0 ? config.inputs : config.units[layer - 1]! + (config.skipInput ? config.inputs : 0);
}

type Rgb = [number, number, number];

function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb;
}
