/** Gestures of an accelerometer as raw windows: held one after the other, each a little different; then any of them. */
import { cells, type Cell, type Regime } from '../cell.js';
import type { Random } from '../../rivals/random.js';
import { idle, teach, test } from '../script.js';
import type { TaskSource } from '../tasks.js';

const AXES = 3;
const READINGS = 32;
const RATE = 60; // readings a second
const NOISE = 0.15; // m/s2, to either side
const ASKED = 20;

type Gesture = (t: number, strength: number, pace: number) => [number, number, number]; // m/s2 at second t

const GESTURES: readonly Gesture[] = [
  () => [0, 0, 9.81],
  (t, strength, pace) => [14 * strength * Math.sin(2 * Math.PI * 4 * pace * t), 1, 9.81],
  (t, strength, pace) => [5 * strength * Math.cos(2 * Math.PI * 1.2 * pace * t), 5 * strength * Math.sin(2 * Math.PI * 1.2 * pace * t), 9.81],
];

function windowOf(gesture: Gesture, random: Random): Float32Array {
  const [start, strength, pace] = [150 * random.uniform(), 0.7 + 0.6 * random.uniform(), 0.8 + 0.4 * random.uniform()];
  const x = new Float32Array(AXES * READINGS);
  for (let k = 0; k < READINGS; k++) gesture(start + k / RATE, strength, pace).forEach((a, axis) => (x[AXES * k + axis] = a + NOISE * (2 * random.uniform() - 1)));
  return x;
}

const hand: TaskSource = {
  name: 'still, shake, circle',
  present: true,
  make: () => ({
    inputs: AXES * READINGS,
    labels: GESTURES.length,
    draw(random, count) {
      const y = Array.from({ length: count }, (_, s) => s % GESTURES.length);
      return { x: y.map((label) => windowOf(GESTURES[label], random)), y };
    },
  }),
};

function held(each: number): Regime {
  return {
    regime: `${each} windows each, in turn`,
    window: { axes: AXES, samples: READINGS },
    steps: (_task, random) => [
      ...GESTURES.flatMap((gesture, y) => [...Array.from({ length: each }, () => teach(windowOf(gesture, random), y)), idle]),
      ...GESTURES.flatMap((gesture, y) => Array.from({ length: ASKED }, () => test(windowOf(gesture, random), y))),
    ],
  };
}

export const gesturesOf = (each: number): Cell[] => cells('Gestures', held(each), [hand]);
export const gestures: readonly Cell[] = [3, 6, 12].flatMap(gesturesOf);
