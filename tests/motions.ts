// Movements of a hand as a phone feels them, 60 readings a second in m/s2: no two takes of one alike in size or speed, and both drift while it lasts.

import type { Random } from '../benchmarks/rivals/random.js';

/** At second t, at a strength and a pace near 1. */
type Motion = (t: number, strength: number, pace: number) => readonly [number, number, number];

const TURN = 2 * Math.PI;
const swing = (hertz: number, t: number): number => Math.sin(TURN * hertz * t);

/** Those that are taught. */
export const GESTURES: Record<string, Motion> = {
  shake: (t, strength, pace) => [12 * strength * swing(3 * pace, t), 0.8, 9.8],
  circle: (t, strength, pace) => [5 * strength * Math.cos(TURN * 1.2 * pace * t), 5 * strength * swing(1.2 * pace, t), 9.8],
  chop: (t, strength, pace) => [0.5, 1, 9.8 + 11 * strength * swing(2 * pace, t) ** 3],
};

/** Those that nobody taught. */
export const OTHERS: Record<string, Motion> = {
  tremble: (t, strength, pace) => [2 * strength * swing(8 * pace, t), 2 * strength * swing(7 * pace, t), 9.8 + strength * swing(9 * pace, t)],
  rest: () => [0, 0, 9.8],
  upsideDown: (t, strength, pace) => [0, 0.5 * strength * swing(pace, t), -9.8],
  onItsSide: (t, strength, pace) => [9.7, 0.5 * strength * swing(pace, t), 0.4],
  walk: (t, strength, pace) => [0.8 * strength * swing(0.9 * pace, t), 2.5 * strength * swing(1.8 * pace, t), 9.8 + 2.5 * strength * swing(1.8 * pace, t + 0.1)],
};

/** A take of so many readings, with the noise of a sensor. */
export function moments(motion: Motion, count: number, random: Random): number[][] {
  const [strength, pace, drift] = [0.75 + 0.5 * random.uniform(), 0.85 + 0.3 * random.uniform(), 6 * random.uniform()];
  let t = 10 * random.uniform();
  return Array.from({ length: count }, (_, i) => {
    t += (1 + 0.1 * Math.sin(i / 40 + drift)) / 60;
    return motion(t, strength * (1 + 0.15 * Math.sin(i / 25 + drift)), pace).map((value) => value + 0.15 * (2 * random.uniform() - 1));
  });
}
