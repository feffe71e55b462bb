/** Images of 28 x 28 as somebody else might have drawn them: moved, turned, stretched and slanted a little, each by chance. */
import type { Random } from '../rivals/random.js';

/** Limits, each either way. */
export interface Deformation {
  /** Whole pixels down and right. */
  shift: number;
  /** Degrees. */
  turn: number;
  /** Share by which height and width change, each by itself. */
  stretch: number;
  /** Pixels sideways for each pixel down. */
  slant: number;
}

const SIDE = 28;
const MIDDLE = (SIDE - 1) / 2;

/** Draws a deformation and writes the image as it shows it; blank where nothing comes in. Between pixels values are interpolated; where an image is only moved they stay as they are. */
export function deform(source: Float32Array, into: Float32Array, { shift, turn, stretch, slant }: Deformation, random: Random): void {
  const by = (most: number): number => most * (2 * random.uniform() - 1);
  const down = random.below(2 * shift + 1) - shift;
  const right = random.below(2 * shift + 1) - shift;
  const angle = (by(turn) * Math.PI) / 180;
  const [wider, taller, slope] = [1 + by(stretch), 1 + by(stretch), by(slant)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let y = 0, at = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, at++) {
      const [dx, dy] = [x - right - MIDDLE, y - down - MIDDLE];
      into[at] = valueAt(source, cos * wider * dx + (slope - sin) * taller * dy + MIDDLE, sin * wider * dx + cos * taller * dy + MIDDLE);
    }
  }
}

function valueAt(source: Float32Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < -1 || left >= SIDE || top < -1 || top >= SIDE) return 0;
  const [a, b] = [x - left, y - top];
  const pixel = (row: number, column: number): number => (row >= 0 && row < SIDE && column >= 0 && column < SIDE ? source[row * SIDE + column]! : 0);
  const upper = (1 - a) * pixel(top, left) + a * pixel(top, left + 1);
  return (1 - b) * upper + (b === 0 ? 0 : b * ((1 - a) * pixel(top + 1, left) + a * pixel(top + 1, left + 1)));
}

