/** The signal in motion: the scope that draws it, and the lens over its newest sample. */
import { Lens } from './lens.js';
import type { Shape } from './learners.js';
import { Scope } from './scope.js';

export const scope = new Scope('scope');
export const lens = new Lens('lens');

/** Points of the picture of sound are peaks of so many of its samples. */
export const PEAK_OF = 100;

/** The scope shows a signal of this shape from now on: of sound its peaks, of pictures how much red, green and blue is in them. */
export function traceFrom({ channels, window, audio, picture }: Shape): void {
  scope.listen(picture ? 3 : channels, audio === undefined ? window : window / PEAK_OF);
}

/** These moments of it have come. */
export function trace({ audio, picture }: Shape, moments: ArrayLike<number>): void {
  if (audio !== undefined) for (let at = 0; at + PEAK_OF <= moments.length; at += PEAK_OF) scope.take([peakOf(moments, at)]);
  else scope.take(picture ? meansOf(moments) : moments);
}

function peakOf(sound: ArrayLike<number>, at: number): number {
  let peak = 0;
  for (let i = at; i < at + PEAK_OF; i++) peak = Math.max(peak, Math.abs(sound[i]!));
  return peak;
}

function meansOf(picture: ArrayLike<number>): number[] {
  const sums = [0, 0, 0];
  for (let i = 0; i < picture.length; i++) sums[i % 3]! += picture[i]!;
  return sums.map((sum) => (3 * sum) / picture.length);
}
