// Sounds of a room, synthesised: claps, a whistle and a hum that are taught, five others that are not; no two takes alike.

import type { Random } from '../rivals/random.js';

export const SOUNDS = ['claps', 'whistle', 'hum'] as const;
/** Those that nobody taught. */
export const OTHERS = ['siren', 'bell', 'hiss', 'beeps', 'talk'] as const;
export type RoomSound = (typeof SOUNDS | typeof OTHERS)[number];

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();

/** So many seconds of one, at a level of its own, in the noise of a room 30 to 50 dB below it. @param before seconds of the room alone, which come first */
export function recorded(kind: RoomSound, seconds: number, rate: number, random: Random, before = 0): Float32Array {
  const sound = VOICES[kind](random, rate);
  const level = 10 ** between(random, -1.5, -0.1);
  const noise = level * 10 ** between(random, -2.5, -1.5);
  let brown = 0;
  const begins = Math.round(before * rate);
  return Float32Array.from({ length: begins + Math.round(seconds * rate) }, (_, t) => {
    brown = 0.97 * brown + 0.24 * random.normal();
    return (t < begins ? 0 : level * sound((t - begins) / rate)) + noise * brown;
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
  /** A tone with two harmonics that goes up and down over an octave. */
  siren(random) {
    const [low, high, pace, start] = [between(random, 500, 800), between(random, 1000, 1600), between(random, 0.3, 1.5), between(random, 0, 6)];
    let phase = 0;
    let last = 0;
    return (t) => {
      phase += 2 * Math.PI * (low + (high - low) * (0.5 + 0.5 * Math.sin(2 * Math.PI * pace * t + start))) * (t - last);
      last = t;
      return 0.4 * (Math.sin(phase) + Math.sin(2 * phase) / 2 + Math.sin(3 * phase) / 3);
    };
  },
  /** Struck about once a second: partials that are no harmonics, the high ones gone first. */
  bell(random) {
    const [pitch, decay, apart] = [between(random, 400, 1100), between(random, 0.2, 0.6), between(random, 0.7, 1.2)];
    let struck = -between(random, 0, apart);
    return (t) => {
      if (t - struck > apart) struck = t;
      const since = t - struck;
      return 0.25 * Math.exp(-since / decay) * [1, 2, 2.4, 3, 4.2].reduce((sum, partial, i) => sum + Math.sin(2 * Math.PI * pitch * partial * t + i) * Math.exp(-i * since), 0);
    };
  },
  /** Air from a valve: noise, duller or brighter. */
  hiss(random) {
    const keeps = between(random, -0.5, 0.5);
    let last = 0;
    return () => 0.2 * (last = keeps * last + random.normal());
  },
  /** An alarm clock: a square wave, on and off two to four times a second. */
  beeps(random) {
    const [pitch, apart, start] = [between(random, 700, 2500), between(random, 0.25, 0.6), random.uniform()];
    return (t) => ((t / apart + start) % 1 < 0.5 ? 0.6 * Math.sign(Math.sin(2 * Math.PI * pitch * t)) : 0);
  },
  /** Syllables of five vowels: harmonics that two formants lift. */
  talk(random) {
    const [pitch, pace, start] = [between(random, 100, 220), between(random, 3, 5), random.uniform()];
    const vowels = [[730, 1090], [270, 2290], [300, 870], [530, 1840], [570, 840]];
    let vowel = vowels[0]!;
    let syllable = -1;
    let phase = 0;
    let last = 0;
    return (t) => {
      if (Math.floor(t * pace + start) !== syllable) vowel = vowels[Math.floor(5 * random.uniform())]!;
      syllable = Math.floor(t * pace + start);
      phase += 2 * Math.PI * pitch * (1 + 0.1 * Math.sin(2 * Math.PI * 0.7 * t)) * (t - last);
      last = t;
      let sum = 0;
      for (let k = 1; k * pitch < 3800; k++) sum += Math.sin(k * phase) * vowel.reduce((lift, formant) => lift + 1 / (1 + ((k * pitch - formant) / 90) ** 2), 0.02);
      return 0.35 * Math.sin(Math.PI * ((t * pace + start) % 1)) ** 2 * sum;
    };
  },
};
