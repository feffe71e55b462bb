/** Scenes whose parts have a context: places of an image, or a moment of a sensor and the one before it. */
import type { Grid } from '../../host/index.js';
import { loadMnist, PIXELS } from '../mnist/data.js';
import type { Random } from '../rivals/random.js';
import { ROOT } from '../streams/data.js';
import { readCsv } from '../streams/tables.js';
import { smoothMask } from './hybrid-run.js';

export interface Scenes {
  /** Cells are places that units of their own look at; channels of a cell are its part, then its context. */
  grid: Grid;
  inputScale: number;
  labels: readonly string[];
  train: Labelled;
  test: Labelled;
  /** Writes a sample: the parts of one scene, each in the context that it would have in another, or in none. */
  lay(row: Float32Array, parts: Scene, context: Scene | undefined): void;
  /** A scene that is none: some of it from one, the rest from another. */
  mix(one: Scene, other: Scene, random: Random): Scene;
}

export type Scene = Uint8Array | Float32Array;

export interface Labelled {
  scenes: Scene[];
  labels: number[];
}

/** Windows of 10 x 10 pixels, six apart, as the paper has them; the context of each reaches six pixels further on every side, without what lies below the window, in means of 2 x 2. */
const SIDE = 28;
const WINDOW = 10;
const APART = 6;
const ROWS = 4;
const AROUND = 11;

/** @param validation training images from the end on that are tested on, instead of the test set */
export function mnistScenes(count: number, validation: number): Scenes {
  const places = Array.from({ length: ROWS * ROWS }, (_, p) => [APART * Math.floor(p / ROWS), APART * (p % ROWS)] as const);
  const parts = places.map(([top, left]) => Int32Array.from({ length: WINDOW ** 2 }, (_, i) => (top + Math.floor(i / WINDOW)) * SIDE + left + (i % WINDOW)));
  const contexts = places.map(([top, left]) => Int32Array.from(cellsAround(top - APART, left - APART)));
  const around = contexts[0]!.length / 4;
  const train = loadMnist('train');
  const held = validation > 0 ? train : loadMnist('t10k');
  const part = ({ pixels, labels }: typeof train, from: number, until: number): Labelled => ({
    scenes: Array.from({ length: until - from }, (_, k) => pixels.subarray((from + k) * PIXELS, (from + k + 1) * PIXELS)),
    labels: [...labels.subarray(from, until)],
  });
  return {
    grid: { height: ROWS, width: ROWS, channels: parts[0]!.length + around },
    inputScale: 3 / 255,
    labels: [...'0123456789'],
    train: part(train, 0, count),
    test: part(held, held.count - (validation || held.count), held.count),
    lay(row, image, context) {
      let at = 0;
      for (let p = 0; p < places.length; p++) {
        const [pixels, fours] = [parts[p]!, contexts[p]!];
        for (let i = 0; i < pixels.length; i++) row[at++] = image[pixels[i]!]!;
        if (!context) {
          row.fill(0, at, at + around);
          at += around;
        } else for (let f = 0; f < fours.length; f += 4) row[at++] = (context[fours[f]!]! + context[fours[f + 1]!]! + context[fours[f + 2]!]! + context[fours[f + 3]!]!) / 4;
      }
    },
    mix(one, other, random) {
      const mask = smoothMask(random, 3);
      return Uint8Array.from(one, (value, i) => (mask[i] ? value : other[i]!));
    },
  };
}

/** Four pixels each of the 11 x 11 cells from a corner on; those that the window covers are left out. A pixel beyond the rim is the last one, which is blank in every image. */
function cellsAround(top: number, left: number): number[] {
  const pixels: number[] = [];
  const from = APART / 2;
  const isCovered = (at: number): boolean => at >= from && at < from + WINDOW / 2;
  const isInside = (at: number): boolean => at >= 0 && at < SIDE;
  for (let row = 0; row < AROUND; row++) {
    for (let column = 0; column < AROUND; column++) {
      if (isCovered(row) && isCovered(column)) continue;
      for (let k = 0; k < 4; k++) {
        const [y, x] = [top + 2 * row + (k >> 1), left + 2 * column + (k & 1)];
        pixels.push(isInside(y) && isInside(x) ? y * SIDE + x : PIXELS - 1);
      }
    }
  }
  return pixels;
}

/** One second of three axes. */
const SECOND = { axes: 3, samples: 50 };
/** Of the 60 seconds of each weight and speed: learned up to here, then validation, then the test. */
const LEARNED = 36;
const VALIDATED = 48;

/** The fan: features of a second and of the second before it; labels are the weights on its blades. */
export async function fanScenes(validation: boolean): Promise<Scenes> {
  const { createLearner } = await import('../../host/index.js');
  const blocks = new Map<string, number[][]>();
  for (const [weight, speed, ...xyz] of readCsv(`${ROOT}/data/accelerometer_fan.csv.gz`).slice(1)) {
    const key = `${weight}/${speed}`;
    const block = blocks.get(key) ?? [];
    blocks.set(key, block);
    block.push(xyz.map(Number));
  }
  const labels = [...new Set([...blocks.keys()].map((key) => key.split('/')[0]!))].sort();
  using extractor = await createLearner({ window: SECOND, labels });
  const [train, test]: [Labelled, Labelled] = [{ scenes: [], labels: [] }, { scenes: [], labels: [] }];
  for (const [key, moments] of blocks) {
    const seconds = Array.from({ length: Math.floor(moments.length / SECOND.samples) }, (_, s) => extractor.features(moments.slice(s * SECOND.samples, (s + 1) * SECOND.samples).flat()));
    for (let s = 1; s < seconds.length; s++) {
      // the first second of a later part is left out: the one before it belongs to another part
      if (s === LEARNED || s === VALIDATED) continue;
      const part = s < LEARNED ? train : (s < VALIDATED) === validation ? test : undefined;
      part?.scenes.push(Float32Array.from([...seconds[s]!, ...seconds[s - 1]!]));
      part?.labels.push(labels.indexOf(key.split('/')[0]!));
    }
  }
  standardise(train.scenes as Float32Array[], [...train.scenes, ...test.scenes] as Float32Array[]);
  const width = train.scenes[0]!.length / 2;
  return {
    grid: { height: 1, width: 1, channels: 2 * width },
    inputScale: 1,
    labels,
    train,
    test,
    lay(row, now, before) {
      row.set(now.subarray(0, width));
      if (before) row.set(before.subarray(width), width);
      else row.fill(0, width);
    },
    mix: (one, other, random) => Float32Array.from(one, (value, i) => (random.uniform() < 0.5 ? value : other[i]!)),
  };
}

/** In place, to mean 0 and deviation 1 over some of the rows, within +-5. */
export function standardise(over: readonly Float32Array[], rows: readonly Float32Array[]): void {
  for (let i = 0; i < over[0]!.length; i++) {
    const mean = over.reduce((sum, row) => sum + row[i]!, 0) / over.length;
    const deviation = Math.sqrt(over.reduce((sum, row) => sum + (row[i]! - mean) ** 2, 0) / over.length) || 1;
    for (const row of rows) row[i] = Math.max(-5, Math.min(5, (row[i]! - mean) / deviation));
  }
}
