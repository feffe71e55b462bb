// Ten spoken words by voices of espeak-ng, each at varied pitch, speed, level and noise, somewhere in a second.

import { execFileSync } from 'node:child_process';
import { resample } from '../../host/sources/resample.js';
import { readWav } from '../../host/sources/wav.js';
import { Random } from '../rivals/random.js';

export interface Spoken {
  readonly voice: string;
  readonly word: string;
  /** A second of it. */
  readonly sound: Float32Array;
}

/** Eight voices that differ in their vocal tract and accent; what is tuned is tuned on the others. */
export const VOICES = ['en+m3', 'en-us+f2', 'en-gb-scotland+m7', 'en-gb-x-rp+f4', 'en-us+m1', 'en+linda', 'en-029+m5', 'en-gb-x-gbclan+f5'];
export const DEV_VOICES = ['en-us+m4', 'en+f1', 'en-gb-x-rp+m2', 'en-us+f3', 'en-gb-scotland+m6', 'en+anika', 'en-us-nyc+m8', 'en-gb-x-gbcwmd+steph'];
export const WORDS = ['yes', 'no', 'up', 'down', 'left', 'right', 'on', 'off', 'stop', 'go'];
export const DEV_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** `takes` of every word by every voice. Pitch 30 to 70, 130 to 210 words a minute, level 0.1 to 1, white or brown noise 15 to 40 dB below the voice. */
export function spoken(rate: number, { voices, words, takes, seed }: { voices: readonly string[]; words: readonly string[]; takes: number; seed: number }): Spoken[] {
  const random = new Random(seed);
  const all: Spoken[] = [];
  for (const voice of voices) {
    for (const word of words) {
      for (let take = 0; take < takes; take++) {
        const [pitch, speed] = [30 + random.below(41), 130 + random.below(81)];
        const wav = execFileSync('espeak-ng', ['--stdout', '-v', voice, '-p', `${pitch}`, '-s', `${speed}`, word], { maxBuffer: 1 << 24, stdio: ['ignore', 'pipe', 'ignore'] });
        const { samples, rate: own } = readWav(wav);
        all.push({ voice, word, sound: inNoise(trimmed(resample(samples, own, rate)), rate, random) });
      }
    }
  }
  return all;
}

/** Without the silence around it. */
function trimmed(samples: Float32Array): Float32Array {
  const loud = 0.01 * samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const from = samples.findIndex((x) => Math.abs(x) > loud);
  return samples.slice(from, samples.findLastIndex((x) => Math.abs(x) > loud) + 1);
}

/** A second with the word somewhere near its middle, in noise. */
function inNoise(word: Float32Array, length: number, random: Random): Float32Array {
  const slack = length - word.length;
  const start = Math.round(slack / 2 + (random.uniform() - 0.5) * Math.min(Math.abs(slack), 0.3 * length));
  const power = word.reduce((sum, x) => sum + x * x, 0) / word.length;
  const level = 0.1 + 0.9 * random.uniform();
  const noise = Math.sqrt(power) * 10 ** -(0.75 + 1.25 * random.uniform());
  const isBrown = random.uniform() < 0.5;
  let brown = 0;
  return Float32Array.from({ length }, (_, t) => {
    const white = random.normal();
    brown = 0.97 * brown + 0.24 * white;
    return level * ((word[t - start] ?? 0) + noise * (isBrown ? brown : white));
  });
}
