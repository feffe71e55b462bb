// Things held before a camera, drawn: no two takes of one alike in place, size, turn and light, each before an untidy table, in the noise of a small sensor.

import type { Random } from '../benchmarks/rivals/random.js';
import type { Pixels } from '../host/sources/picture-features.js';

export type Colour = readonly [number, number, number];

/** Its colour at a point of a square of 2 by 2 about its middle, y downwards; undefined beside it. */
export type Thing = (x: number, y: number) => Colour | undefined;

const CERAMIC: Colour = [222, 216, 204];
const BAND: Colour = [52, 92, 168];
const STEEL: Colour = [150, 154, 160];
const GRIP: Colour = [206, 60, 48];
const PEEL: Colour = [232, 200, 60];
const STALK: Colour = [104, 84, 36];

const isRing = (x: number, y: number, inner: number, outer: number): boolean => Math.hypot(x, y) < outer && Math.hypot(x, y) > inner;
/** Within a bar from the middle outwards at this angle. */
const isBar = (x: number, y: number, angle: number, from: number, to: number, half: number): boolean => {
  const along = x * Math.cos(angle) + y * Math.sin(angle);
  return along > from && along < to && Math.abs(y * Math.cos(angle) - x * Math.sin(angle)) < half * (1 - (0.7 * (along - from)) / (to - from));
};

/** Those that are taught. */
export const THINGS: Record<string, Thing> = {
  mug(x, y) {
    if (x > -0.7 && x < 0.4 && Math.abs(y) < 0.75) return Math.abs(y) < 0.18 ? BAND : CERAMIC;
    return x >= 0.4 && isRing(x - 0.4, y, 0.28, 0.48) ? CERAMIC : undefined;
  },
  scissors(x, y) {
    if (isBar(x, y, -1.9, -0.25, 1, 0.16) || isBar(x, y, -1.24, -0.25, 1, 0.16)) return STEEL;
    return isRing(x + 0.4, y - 0.6, 0.2, 0.38) || isRing(x - 0.4, y - 0.6, 0.2, 0.38) ? GRIP : undefined;
  },
  banana(x, y) {
    if (Math.hypot(x, y + 0.55) > 1.05 || Math.hypot(x, y + 1.05) < 1.15 || Math.abs(x) > 0.95) return undefined;
    return Math.abs(x) > 0.82 ? STALK : PEEL;
  },
};

/** The same in one colour: only its shape is left. */
export const painted = (thing: Thing): Thing => (x, y) => thing(x, y) && WOOD;

const WOOD: Colour = [150, 120, 95];

/** Those that nobody taught. */
export const OTHERS: Record<string, Thing> = {
  ball: (x, y) => (Math.hypot(x, y) > 0.75 ? undefined : Math.abs(x + 0.4 * y) < 0.15 ? [240, 240, 240] : [40, 130, 70]),
  book: (x, y) => (Math.abs(x) > 0.6 || Math.abs(y) > 0.85 ? undefined : x < -0.45 ? [70, 30, 40] : [140, 56, 78]),
  bottle: (x, y) => (Math.abs(x) < (y < -0.35 ? 0.14 : 0.34) && Math.abs(y) < 0.95 ? (y < -0.8 ? [200, 200, 196] : [60, 110, 96]) : undefined),
  hand(x, y) {
    const skin: Colour = [214, 164, 132];
    if (Math.hypot(x, (y - 0.35) / 1.1) < 0.5) return skin;
    return [-2.6, -2, -1.65, -1.3, -0.9].some((angle) => isBar(x, y - 0.35, angle, 0.2, angle === -2.6 ? 0.9 : 1.25, 0.16)) ? skin : undefined;
  },
  nothing: () => undefined,
};

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();

/** What lies about: painted once, wider than the picture, since the hand that holds the camera moves. */
export class Table {
  readonly pixels: Float32Array;
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number, random: Random) {
    this.width = width + 2 * MARGIN;
    this.height = height + 2 * MARGIN;
    this.pixels = new Float32Array(3 * this.width * this.height);
    const wood = [between(random, 90, 190), between(random, 80, 160), between(random, 60, 140)];
    for (let y = 0; y < this.height; y++) for (let x = 0; x < this.width; x++) wood.forEach((value, c) => (this.pixels[3 * (y * this.width + x) + c] = value * (1 + 0.06 * Math.sin(y / 2.3 + 2 * Math.sin(x / 31)))));
    for (let i = 0; i < CLUTTER; i++) this.#drop(random);
  }

  /** A box or a disc of any colour, anywhere. */
  #drop(random: Random): void {
    const [cx, cy, a, b, turn] = [random.uniform() * this.width, random.uniform() * this.height, between(random, 3, 0.16 * this.width), between(random, 2, 0.08 * this.width), between(random, 0, Math.PI)];
    const colour = [random.uniform(), random.uniform(), random.uniform()].map((value) => 30 + 200 * value);
    const isRound = random.uniform() < 0.4;
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const [u, v] = turned(x - cx, y - cy, turn).map((value, i) => value / (i === 0 ? a : b)) as [number, number];
        if (isRound ? u * u + v * v < 1 : Math.abs(u) < 1 && Math.abs(v) < 1) colour.forEach((value, c) => (this.pixels[3 * (y * this.width + x) + c] = value));
      }
    }
  }
}

const MARGIN = 12;
const CLUTTER = 12;

function turned(x: number, y: number, angle: number): [number, number] {
  return [x * Math.cos(angle) + y * Math.sin(angle), y * Math.cos(angle) - x * Math.sin(angle)];
}

/** So many pictures, red, green and blue, ten a second, of a thing that a hand holds before the camera: it wanders, comes nearer and turns, and is lit by what falls in. */
export function pictures(thing: Thing, count: number, table: Table, random: Random): Pixels[] {
  const [width, height] = [table.width - 2 * MARGIN, table.height - 2 * MARGIN];
  const [bright, warm] = [between(random, 0.55, 1.3), between(random, 0.88, 1.14)];
  const [slope, side] = [between(random, 0, 0.35), between(random, 0, 2 * Math.PI)];
  const [x0, y0, size0, turn0] = [between(random, 0.36, 0.64), between(random, 0.4, 0.6), between(random, 0.26, 0.4), between(random, -0.3, 0.3)];
  const phase = Array.from({ length: 6 }, () => 2 * Math.PI * random.uniform());
  const sway = (i: number, k: number, pace: number): number => Math.sin(i / pace + phase[k]!);
  return Array.from({ length: count }, (_, i) => {
    const [cx, cy] = [width * (x0 + 0.08 * sway(i, 0, 7)), height * (y0 + 0.08 * sway(i, 1, 9))];
    const size = height * size0 * (1 + 0.12 * sway(i, 2, 11));
    const turn = turn0 + 0.12 * sway(i, 3, 8);
    const [dx, dy] = [MARGIN + Math.round(5 * sway(i, 4, 13)), MARGIN + Math.round(5 * sway(i, 5, 12))];
    const data = new Uint8ClampedArray(3 * width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [u, v] = turned(x - cx, y - cy, turn);
        const own = Math.abs(u) < size && Math.abs(v) < size ? thing(u / size, v / size) : undefined;
        const light = bright * (1 + slope * ((x / width - 0.5) * Math.cos(side) + (y / height - 0.5) * Math.sin(side)));
        const grain = 5 * random.normal();
        for (let c = 0; c < 3; c++) {
          const value = own === undefined ? table.pixels[3 * ((y + dy) * table.width + x + dx) + c]! : own[c]! * (0.9 + 0.1 * u / size);
          data[3 * (y * width + x) + c] = value * light * (c === 0 ? warm : c === 2 ? 1 / warm : 1) + grain;
        }
      }
    }
    return { data, width, height };
  });
}
