import { resample } from './resample.js';

/** How windows of sound are cut. */
export interface SoundWindowOptions {
  /** Samples a second that windows have, above 0: other sound is resampled. */
  audio: number;
  /** Samples of a window, 1 or more. */
  samples: number;
  /** Samples from the start of one window to that of the next, 1 or more. Default: half a window. */
  hop?: number;
}

/** A window of a sound, and the second at which it begins. */
export interface SoundPiece {
  x: Float32Array;
  t: number;
}

/**
 * Windows of a recording. One of less than two windows is taken for one sound: its loudest window, with silence around what is shorter. A longer one is cut up.
 * @throws RangeError for a hop that is none
 */
export function* soundWindows({ samples: recorded, rate }: { readonly samples: Float32Array; readonly rate: number }, { audio, samples, hop = Math.ceil(samples / 2) }: SoundWindowOptions): Generator<SoundPiece> {
  if (!Number.isInteger(hop) || hop < 1) throw new RangeError(`"hop" must be a whole number of at least 1, got ${hop}`);
  const sound = resample(recorded, rate, audio);
  const piece = (start: number): SoundPiece => ({ x: Float32Array.from({ length: samples }, (_, t) => sound[start + t] ?? 0), t: start / audio });
  if (sound.length <= samples) yield piece(-((samples - sound.length) >> 1));
  else if (sound.length < 2 * samples) yield piece(loudest(sound, samples));
  else for (let start = 0; start + samples <= sound.length; start += hop) yield piece(start);
}

/** Start of the stretch of so many samples with the most power. What is no number, or infinite, counts 0. */
function loudest(sound: Float32Array, samples: number): number {
  const powerAt = (t: number): number => (Number.isFinite(sound[t]) ? sound[t]! ** 2 : 0);
  let power = 0;
  let best = { start: 0, power: -1 };
  for (let t = 0; t < sound.length; t++) {
    power += powerAt(t) - powerAt(t - samples);
    if (t >= samples - 1 && power > best.power) best = { start: t - samples + 1, power };
  }
  return best.start;
}
