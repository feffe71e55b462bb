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
/** The image with a blank rim of one pixel. */
const RIMMED = SIDE + 2;
const rimmed = new Float32Array(RIMMED * RIMMED);

/** Draws a deformation and writes the image as it shows it; blank where nothing comes in. Between pixels values are interpolated; where an image is only moved they stay as they are. */
export function deform(source: Float32Array, into: Float32Array, { shift, turn, stretch, slant }: Deformation, random: Random): void {
  const by = (most: number): number => most * (2 * random.uniform() - 1);
  const down = random.below(2 * shift + 1) - shift;
  const right = random.below(2 * shift + 1) - shift;
  const angle = (by(turn) * Math.PI) / 180;
  const wider = 1 + by(stretch);
  const taller = 1 + by(stretch);
  const slope = by(slant);
  const across = { x: Math.cos(angle) * wider, y: Math.sin(angle) * wider };
  const along = { x: (slope - Math.sin(angle)) * taller, y: Math.cos(angle) * taller };
  for (let y = 0; y < SIDE; y++) rimmed.set(source.subarray(y * SIDE, (y + 1) * SIDE), (y + 1) * RIMMED + 1);
  for (let row = 0, at = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++, at++) {
      const dx = column - right - MIDDLE;
      const dy = row - down - MIDDLE;
      const x = across.x * dx + along.x * dy + MIDDLE + 1;
      const y = across.y * dx + along.y * dy + MIDDLE + 1;
      into[at] = x >= 0 && x < SIDE + 1 && y >= 0 && y < SIDE + 1 ? between(x, y) : 0;
    }
  }
}

/** Value of `rimmed` between four pixels. */
function between(x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const at = top * RIMMED + left;
  const a = x - left;
  const upper = rimmed[at]! + a * (rimmed[at + 1]! - rimmed[at]!);
  const lower = rimmed[at + RIMMED]! + a * (rimmed[at + RIMMED + 1]! - rimmed[at + RIMMED]!);
  return upper + (y - top) * (lower - upper);
}
