/**
 * What every peer learns: the same bytes in the same order. Tasks A, B and C are Gaussian clusters with unit noise; the fan is the shipped
 * recording. A task is written to one file that C, Python and JavaScript read alike:
 *
 *   i32 [16]               inputs, labels, samples, block, hidden layers, units of each (0 where there is none)
 *   f32 [samples, inputs]  values, standardised
 *   i32 [samples]          index of the label
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Random } from '../rivals/random.js';
import { Standardiser } from '../rivals/standardiser.js';
import { fanSamples } from '../streams/fan.js';

export interface Task {
  inputs: number;
  labels: number;
  samples: number;
  block: number; // this many samples are answered, then learned, in turn
  units: number[];
  x: Float32Array; // [samples, inputs]
  y: Int32Array; // [samples]
}

const HEADER_WORDS = 16;
const BLOCK = 20;

interface Shape {
  inputs: number;
  units: number[];
  labels: number;
  spread: number; // standard deviation of a cluster's centre along each axis; the noise has 1
}

/** The spread leaves room for mistakes: at the end of A 4 in 5 are right, as in the notes that the targets come from. */
const clusters: Record<string, Shape & { quick: number; full: number }> = {
  A: { inputs: 16, units: [32, 32], labels: 4, spread: 0.5, quick: 4_000, full: 20_000 },
  B: { inputs: 784, units: [128], labels: 10, spread: 0.25, quick: 1_000, full: 5_000 },
  C: { inputs: 784, units: [500, 500], labels: 10, spread: 0.25, quick: 400, full: 2_000 },
};

export const TASKS = [...Object.keys(clusters), 'fan'];

export async function makeTask(name: string, quick: boolean): Promise<Task> {
  if (name === 'fan') return fan();
  const { quick: few, full, ...shape } = clusters[name]!;
  return gaussian(shape, quick ? few : full);
}

/** "784-128-10" */
export function shapeOf({ inputs, units, labels }: Task): string {
  return [inputs, ...units, labels].join('-');
}

function gaussian({ inputs, units, labels, spread }: Shape, samples: number): Task {
  const random = new Random(1);
  const centres = random.normals(labels * inputs, spread);
  const x = new Float32Array(samples * inputs);
  const y = new Int32Array(samples);
  for (let s = 0; s < samples; s++) {
    const c = (y[s] = random.below(labels));
    for (let i = 0; i < inputs; i++) x[s * inputs + i] = centres[c * inputs + i]! + random.normal();
  }
  return { inputs, labels, samples, block: BLOCK, units, x, y };
}

/** Window features, standardised as they come: peers have no standardiser of their own, so they are given one for nothing. */
async function fan(): Promise<Task> {
  const { xs, ys } = await fanSamples('core');
  const inputs = xs[0]!.length;
  const names = [...new Set(ys)].sort();
  const standardiser = new Standardiser(inputs, 5);
  const x = new Float32Array(xs.length * inputs);
  xs.forEach((features, s) => {
    standardiser.observe(features);
    x.set(standardiser.standardise(features), s * inputs);
  });
  return { inputs, labels: names.length, samples: xs.length, block: BLOCK, units: [64, 64], x, y: Int32Array.from(ys, (label) => names.indexOf(label)) };
}

export function writeTask(path: string, { inputs, labels, samples, block, units, x, y }: Task): void {
  const header = new Int32Array(HEADER_WORDS);
  header.set([inputs, labels, samples, block, units.length, ...units]);
  writeFileSync(path, Buffer.concat([header, x, y].map((part) => Buffer.from(part.buffer))));
}

export function readTask(path: string): Task {
  const { buffer } = new Uint8Array(readFileSync(path));
  const [inputs, labels, samples, block, layers, ...units] = new Int32Array(buffer, 0, HEADER_WORDS) as unknown as [number, number, number, number, number, ...number[]];
  const x = new Float32Array(buffer, 4 * HEADER_WORDS, samples * inputs);
  return { inputs, labels, samples, block, units: units.slice(0, layers), x, y: new Int32Array(buffer, x.byteOffset + x.byteLength, samples) };
}
