// Three sounds of a room, synthesised: claps, a whistle, a hum; no two takes alike.

import type { Random } from '../rivals/random.js';

export const SOUNDS = ['claps', 'whistle', 'hum'] as const;
export type RoomSound = (typeof SOUNDS)[number];

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();

/** So many seconds of one, at a level of its own, in the noise of a room 30 to 50 dB below it. */
export function recorded(kind: RoomSound, seconds: number, rate: number, random: Random): Float32Array {
  const sound = VOICES[kind](random, rate);
  const level = 10 ** between(random, -1.5, -0.1);
  const noise = level * 10 ** between(random, -2.5, -1.5);
  let brown = 0;
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, t) => {
    brown = 0.97 * brown + 0.24 * random.normal();
    return level * sound(t / rate) + noise * brown;
  });
}

/** Amplitude at a second, -1 to 1; asked for in the order of time. */
type Voice = (random: Random, rate: number) => (t: number) => number;

const VOICES: Record<RoomSound, Voice> = {
  /** Two to four and a half a second, each a burst of noise that a resonance of two hands colours. */
  claps(random, rate) {
    const [apart, decay] = [1 / between(random, 2, 4.5), between(random, 0.008, 0.02)];
    let next = between(random, 0, apart);
    let [size, pitch] = [0, 0];
    let started = -1;
    let [y1, y2] = [0, 0];
    return (t) => {
      if (t >= next) {
        [started, size, pitch] = [t, between(random, 0.6, 1), between(random, 900, 1600)];
        next = t + apart * between(random, 0.85, 1.15);
      }
      const burst = started < 0 ? 0 : size * Math.exp((started - t) / decay) * random.normal();
      const turn = (2 * Math.PI * pitch) / rate;
      const y = 0.4 * burst + 1.6 * Math.cos(turn) * y1 - 0.64 * y2;
      [y1, y2] = [y, y1];
      return y / 3;
    };
  },
  /** A tone of 900 to 2200 Hz that wanders a third, with a breath of noise. */
  whistle(random) {
    const [pitch, swing, pace, start] = [between(random, 900, 2200), between(random, 0.02, 0.25), between(random, 0.3, 2), between(random, 0, 6)];
    let phase = 0;
    let last = 0;
    return (t) => {
      phase += 2 * Math.PI * pitch * (1 + swing * Math.sin(2 * Math.PI * pace * t + start)) * (t - last);
      last = t;
      return 0.7 * Math.sin(phase) + 0.03 * random.normal();
    };
  },
  /** A voice at 90 to 220 Hz with closed lips: harmonics that fall, a little unsteady. */
  hum(random) {
    const [pitch, fall, tremor] = [between(random, 90, 220), between(random, 1.2, 2.2), between(random, 0.005, 0.03)];
    let phase = 0;
    let last = 0;
    return (t) => {
      phase += 2 * Math.PI * pitch * (1 + tremor * Math.sin(2 * Math.PI * 5 * t)) * (t - last);
      last = t;
      let sum = 0;
      for (let k = 1; k <= 8; k++) sum += Math.sin(k * phase) / k ** fall;
      return 0.5 * sum;
    };
  },
};
