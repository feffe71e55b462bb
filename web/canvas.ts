/** A canvas as sharp as the screen, drawn at most once a frame, only after something has changed, and only while it is on the screen. */
export class Canvas {
  readonly element: HTMLCanvasElement;
  readonly #draw: (context: CanvasRenderingContext2D, width: number, height: number) => void;
  /** Is any of it on the screen? */
  seen = false;
  #waiting = false;
  /** CSS pixels, as the browser tells them: to ask for them would have it lay out the page at once. */
  #width = 0;
  #height = 0;

  constructor(id: string, draw: (context: CanvasRenderingContext2D, width: number, height: number) => void) {
    this.element = document.getElementById(id) as HTMLCanvasElement;
    this.#draw = draw;
    new ResizeObserver(([entry]) => {
      ({ width: this.#width, height: this.#height } = entry!.contentRect);
      this.changed();
    }).observe(this.element);
    new IntersectionObserver((entries) => {
      this.seen = entries.at(-1)!.isIntersecting;
      this.changed();
    }).observe(this.element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.changed());
    addEventListener('beforeprint', () => this.#paint()); // paper has all of the page on it
  }

  changed(): void {
    if (this.#waiting || !this.seen) return;
    this.#waiting = true;
    requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    this.#waiting = false;
    const [width, height] = [this.#width, this.#height];
    if (width === 0) return;
    const scale = devicePixelRatio;
    if (this.element.width !== Math.round(width * scale)) this.element.width = Math.round(width * scale);
    if (this.element.height !== Math.round(height * scale)) this.element.height = Math.round(height * scale);
    const context = this.element.getContext('2d')!;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#draw(context, width, height);
  }
}

/** Of this light: a frame of the scope asks for hundreds, and a browser takes its time over each. */
const colours = new Map<string, string>();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => colours.clear());

/** A colour of the style sheet, as it is in this light. */
export function colour(name: string): string {
  let known = colours.get(name);
  if (known === undefined) colours.set(name, (known = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()));
  return known;
}

/** Labels keep their colour; after eight they come again. */
export function labelColour(index: number): string {
  return colour(`label-${index % 8}`);
}

/** A picture of a sample: red, green and blue of each point of a square, 0 to 1. */
export function pictureOf(values: ArrayLike<number>): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.sqrt(values.length / 3);
  const pixels = new ImageData(canvas.width, canvas.height);
  for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 4 === 3 ? 255 : 256 * values[3 * (i >> 2) + (i & 3)]!;
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
  return canvas;
}
