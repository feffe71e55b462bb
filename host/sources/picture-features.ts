import { checkObject, describe } from '../config-values.js';
import { PICTURE_SIDE, PICTURE_VALUES, TINTS } from './picture-shape.js';

/** Directions of an edge as integer unit vectors, 22.5 degrees apart; an edge and its opposite are one. */
const DIRECTIONS = [[256, 0], [237, 98], [181, 181], [98, 237], [0, 256], [-98, 237], [-181, 181], [-237, 98]] as const;

/** The picture whole, then its quarters. */
const GRIDS = [1, 2] as const;

/** Names of the features: `whole edge 1`, ..., `quarter 4 edge 8`, `tint 1 1`, ... */
export const PICTURE_FEATURE_NAMES: readonly string[] = [
  ...['whole', 'quarter 1', 'quarter 2', 'quarter 3', 'quarter 4'].flatMap((cell) => DIRECTIONS.map((_, k) => `${cell} edge ${k + 1}`)),
  ...Array.from({ length: TINTS * TINTS }, (_, k) => `tint ${Math.floor(k / TINTS) + 1} ${(k % TINTS) + 1}`),
];

/**
 * A picture as numbers that a learner without local fields can take: how strong its edges are by their direction, in the whole and in each quarter (histograms of oriented
 * gradients: Dalal and Triggs 2005), and how much of it has which tint, against the light's own (a histogram of chromaticity: Swain and Ballard 1991). Whole numbers,
 * 0 to 256, and the same everywhere.
 * @param rgb red, green and blue of each of 32 x 32 points, 0 to 255, row by row
 * @throws TypeError, RangeError: not an array of numbers; another length, or a value that is not 0 to 255
 */
export function pictureFeatures(rgb: ArrayLike<number>): Float32Array {
  checkArray('rgb', rgb);
  if (rgb.length !== PICTURE_VALUES) throw new RangeError(`rgb: got ${rgb.length} values; expected ${PICTURE_VALUES}, three for each of ${PICTURE_SIDE} x ${PICTURE_SIDE} points`);
  checkValues('rgb', rgb);
  return Float32Array.of(...edges(rgb), ...tints(rgb));
}

/** Pixels of a picture as a canvas or a decoder gives them: red, green, blue and opacity, or without the last, row by row. */
export interface Pixels {
  /** Values of all points, three or four each, 0 to 255. */
  data: ArrayLike<number>;
  /** Points of a row. */
  width: number;
  /** Rows. */
  height: number;
}

/**
 * The middle of a picture as a square of 32 x 32 points, each the mean of those that it stands for.
 * @throws TypeError, RangeError: no picture; fewer than 32 points a side, data of another length, or a value that is not 0 to 255
 */
export function smallPicture(pixels: Pixels): Uint8ClampedArray {
  checkObject('pixels', pixels, ' with data, width and height');
  const { data, width, height } = pixels;
  checkArray('pixels.data', data);
  for (const [name, value] of Object.entries({ width, height })) if (!Number.isInteger(value)) throw new (typeof value === 'number' ? RangeError : TypeError)(`pixels.${name}: expected a whole number, got ${describe(value)}`);
  const side = Math.min(width, height);
  const values = data.length / (width * height);
  if (!(side >= PICTURE_SIDE)) throw new RangeError(`pixels: a picture of ${width} x ${height} points; expected ${PICTURE_SIDE} a side at least`);
  if (values !== 3 && values !== 4) throw new RangeError(`pixels.data: ${data.length} values for ${width} x ${height} points; expected three or four each`);
  checkValues('pixels.data', data);
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const start = (place: number): number => Math.floor((place * side) / PICTURE_SIDE);
  const end = (place: number): number => Math.ceil(((place + 1) * side) / PICTURE_SIDE);
  const small = new Uint8ClampedArray(PICTURE_VALUES);
  for (let row = 0, i = 0; row < PICTURE_SIDE; row++) {
    const [from, to] = [start(row), end(row)];
    for (let column = 0; column < PICTURE_SIDE; column++) {
      const [first, last] = [start(column), end(column)];
      for (let channel = 0; channel < 3; channel++, i++) {
        let sum = 0;
        for (let y = from; y < to; y++) for (let x = first; x < last; x++) sum += data[values * ((top + y) * width + left + x) + channel]!;
        small[i] = Math.floor(sum / ((to - from) * (last - first)));
      }
    }
  }
  return small;
}

/** @throws TypeError for what has no values in a row */
function checkArray(name: string, values: ArrayLike<number>): void {
  if (typeof values !== 'object' || typeof values?.length !== 'number') throw new TypeError(`${name}: expected an array of numbers, got ${describe(values)}`);
}

/**
 * A picture in another scale would have the features of a black one, or of none. Fractions up to 1 alone are such a scale: that of a project, or of a canvas of floats.
 * @throws TypeError, RangeError
 */
function checkValues(name: string, values: ArrayLike<number>): void {
  if (values instanceof Uint8ClampedArray || values instanceof Uint8Array) return; // holds nothing else
  let most = 0;
  let fraction = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (typeof value !== 'number') throw new TypeError(`${name}[${i}]: expected a number, got ${describe(value)}`);
    if (!(value >= 0 && value <= 255)) throw new RangeError(`${name}[${i}]: got ${value}; expected 0 to 255`);
    if (value > most) most = value;
    if (fraction < 0 && value % 1 !== 0) fraction = i;
  }
  if (fraction >= 0 && most <= 1) throw new RangeError(`${name}[${fraction}]: got ${values[fraction]}, and no value above 1; expected 0 to 255: those of a project are in 1/256, so times 256`);
}

/** Of a whole number; every engine's is exact. */
const root = (value: number): number => Math.floor(Math.sqrt(value));

function edges(rgb: ArrayLike<number>): number[] {
  const side = PICTURE_SIDE;
  // the root makes a step between two surfaces much the same in shade and sun
  const grey = Uint8Array.from({ length: side * side }, (_, i) => root(77 * rgb[3 * i]! + 150 * rgb[3 * i + 1]! + 29 * rgb[3 * i + 2]!));
  const sums = GRIDS.map((cells) => new Int32Array(cells * cells * DIRECTIONS.length));
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const at = y * side + x;
      const right = grey[at + 1]! - grey[at - 1]!;
      const down = grey[at + side]! - grey[at - side]!;
      let direction = 0;
      let strength = -1;
      for (let k = 0; k < DIRECTIONS.length; k++) {
        const along = Math.abs(right * DIRECTIONS[k]![0] + down * DIRECTIONS[k]![1]) >> 8;
        if (along <= strength) continue;
        direction = k;
        strength = along;
      }
      if (strength === 0) continue;
      for (let g = 0; g < GRIDS.length; g++) {
        for (const row of SHARES[g]![y]!) for (const column of SHARES[g]![x]!) sums[g]![(row.cell * GRIDS[g]! + column.cell) * DIRECTIONS.length + direction]! += strength * row.quarters * column.quarters;
      }
    }
  }
  return sums.flatMap((own, g) => {
    const floor = (FLAT * SHARE * SHARE * side * side) / GRIDS[g]! ** 2;
    return Array.from(own, (value, i) => {
      const first = i - (i % DIRECTIONS.length);
      const all = own.subarray(first, first + DIRECTIONS.length).reduce((sum, each) => sum + each, floor);
      return root((65536 * value) / all);
    });
  });
}

/** Edges of a cell count against all of its own and so much a point, so that the noise of a bare wall is no picture. */
const FLAT = 8;

/** A point counts in quarters for the cells whose middles are nearest. */
const SHARE = 4;

/** Of each row or column of points, by grid. */
const SHARES = GRIDS.map((cells) => Array.from({ length: PICTURE_SIDE }, (_, place) => sharesOf(place, cells)));

function sharesOf(place: number, cells: number): { cell: number; quarters: number }[] {
  if (cells === 1) return [{ cell: 0, quarters: SHARE }];
  const far = Math.floor((SHARE * (2 * place * cells - PICTURE_SIDE)) / (2 * PICTURE_SIDE)); // from the middle of the first cell, in quarters of a cell
  const [first, part] = [Math.floor(far / SHARE), ((far % SHARE) + SHARE) % SHARE];
  const within = (cell: number): number => Math.min(cells - 1, Math.max(0, cell));
  return [{ cell: within(first), quarters: SHARE - part }, { cell: within(first + 1), quarters: part }];
}

function tints(rgb: ArrayLike<number>): number[] {
  const points = PICTURE_SIDE * PICTURE_SIDE;
  const light = [0, 0, 0];
  for (let i = 0; i < PICTURE_VALUES; i++) light[i % 3]! += rgb[i]!;
  const mean = Math.floor((light[0]! + light[1]! + light[2]!) / 3);
  const sums = new Int32Array(TINTS * TINTS);
  for (let i = 0; i < points; i++) {
    // what is grey on the whole is grey: lamps are yellow, and the sky is blue
    const red = balanced(rgb[3 * i]!, mean, light[0]!);
    const blue = balanced(rgb[3 * i + 2]!, mean, light[2]!);
    const all = red + balanced(rgb[3 * i + 1]!, mean, light[1]!) + blue + DARK;
    spread(sums, stepOf(red, all), stepOf(blue, all));
  }
  return Array.from(sums, (value) => root((65536 * value) / (points * 256)));
}

const balanced = (value: number, mean: number, light: number): number => Math.floor((value * mean) / Math.max(1, light));

/** So dark is as good as grey. */
const DARK = 12;

/** Place of a share of red or blue between the steps, in sixteenths: two thirds is the last of them. */
function stepOf(value: number, all: number): number {
  const place = Math.floor((24 * TINTS * (value + DARK / 3)) / all) - 8;
  return Math.min(16 * (TINTS - 1), Math.max(0, place));
}

/** Counts 256, shared among the four steps about it. */
function spread(sums: Int32Array, red: number, blue: number): void {
  const [r, b] = [red >> 4, blue >> 4];
  const [right, up] = [red & 15, blue & 15];
  const add = (x: number, y: number, weight: number): void => {
    if (weight > 0) sums[y * TINTS + x]! += weight;
  };
  add(r, b, (16 - right) * (16 - up));
  add(r + 1, b, right * (16 - up));
  add(r, b + 1, (16 - right) * up);
  add(r + 1, b + 1, right * up);
}
