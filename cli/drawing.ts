/** Samples drawn in characters: a picture, the axes of a window, the values of a table. */
import type { WindowShape } from '../host/config.js';
import type { UsualValue } from '../host/dream/knowledge.js';
import { plain, spark } from './terminal.js';

/** Values as shades of grey, channels last. */
export interface Shades {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

const GREYS = ' ░▒▓█';
/** Characters of a line. */
const LINE = 64;
const BAR = 31;
/** Half of a bar is so many deviations. */
const DEVIATIONS = 3;
const MOST_NAME = 24;
const DIGITS = 7;
/** Of a value that is always the same. */
const DIGITS_OF_ONE = 5;

/** Two characters a point, from the least to the greatest value; channels are averaged. */
export function drawGrid(x: ArrayLike<number>, { height, width, channels }: Shades): string[] {
  const grey = Array.from({ length: height * width }, (_, i) => meanOf(Array.from({ length: channels }, (__, c) => x[i * channels + c]!)));
  const [least, greatest] = [Math.min(...grey), Math.max(...grey)];
  const shade = (value: number): string => GREYS[greatest > least ? Math.round(((value - least) / (greatest - least)) * (GREYS.length - 1)) : 0]!;
  return Array.from({ length: height }, (_, row) => grey.slice(row * width, (row + 1) * width).map((value) => shade(value).repeat(2)).join('').trimEnd());
}

/** A line an axis, between its least and its greatest value. */
export function drawWindow(x: ArrayLike<number>, { axes, samples }: WindowShape, names: readonly string[] = []): string[] {
  const every = Math.ceil(samples / LINE);
  return rows(Array.from({ length: axes }, (_, axis) => {
    const values = Array.from({ length: Math.ceil(samples / every) }, (__, k) => meanOf(Array.from({ length: Math.min(every, samples - k * every) }, (___, t) => x[(k * every + t) * axes + axis]!)));
    const [least, greatest] = [Math.min(...values), Math.max(...values)];
    // the lowest has a character, too
    const line = greatest > least ? spark(values.map((value) => (value - least) / (greatest - least) + 1 / 8), 9 / 8) : spark(values.map(() => 1), 8);
    return [nameOf(names, axis), `${short(least, greatest - least)} to ${short(greatest, greatest - least)}`, line];
  }));
}

/** A line a value: [ ] is where two in three of the label's samples lie, o the dream. */
export function drawTable(x: ArrayLike<number>, usual: readonly UsualValue[], names: readonly string[]): string[] {
  return rows(usual.map(({ low, middle, high }, i) => {
    const half = (BAR - 1) / 2;
    const at = (value: number): number => {
      const apart = value < middle ? middle - low : high - middle;
      return half + Math.max(-half, Math.min(half, apart > 0 ? Math.round(((value - middle) / apart / DEVIATIONS) * half) : Math.sign(value - middle) * half));
    };
    const bar = new Array<string>(BAR).fill('·');
    if (high > low) [bar[at(low)], bar[at(high)]] = ['[', ']'];
    bar[near(x[i]!, middle) ? half : at(x[i]!)] = 'o';
    const text = (value: number): string => short(value, high - low);
    return [nameOf(names, i), text(x[i]!), bar.join(''), `usually ${low === high ? text(middle) : `${text(low)} to ${text(high)}`}`];
  }));
}

/** Floats of 32 and of 64 bits that stand for the same. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b);

const nameOf = (names: readonly string[], i: number): string => plain(names[i] ?? `x${i + 1}`).slice(0, MOST_NAME);

function rows(cells: readonly (readonly [name: string, value: string, picture: string, ...rest: string[]])[]): string[] {
  const [name, value] = [0, 1].map((i) => Math.max(...cells.map((row) => row[i]!.length))) as [number, number];
  return cells.map(([first, second, ...rest]) => `  ${first.padEnd(name)}  ${second.padStart(value)}  ${rest.join('  ')}`);
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** Two digits of the width, so that a small one beside a large value is seen; no more than binary32 has. */
function short(value: number, width: number): string {
  const unit = width > 0 ? 10 ** (Math.floor(Math.log10(width)) - 1) : 0;
  const rounded = Number((unit > 0 ? Math.round(value / unit) * unit : value).toPrecision(unit > 0 ? DIGITS : DIGITS_OF_ONE));
  return Math.abs(rounded) >= 1e6 ? rounded.toExponential().replace('+', '') : String(rounded);
}
