import { checkObject, choice, describe, whole } from '../config-values.js';

/** Shape of a window of sound. */
export interface SoundWindow {
  /** Samples a second: 16000, or 8000 for a board and for what has little above 4 kHz. */
  audio: 8000 | 16000;
  /** Samples of a window, a quarter of a second to four: 4000 to 64000, at 8 kHz 2000 to 32000. Default: a second. */
  samples?: number;
  /** Bands of frequency, 8 to 40, evenly on the mel scale from 100 Hz on. Default 20; 16 do as well on speech, 24 a point worse. */
  bands?: number;
}

/** A window with every default filled in and every value checked. */
export type ResolvedSoundWindow = Readonly<Required<SoundWindow>>;

const KNOWN = ['audio', 'samples', 'bands'];
/** The sound of a window is told in so many parts (assembly/sound/layout.ts). */
export const PARTS = 8;

/** @throws TypeError, RangeError that name the field, the value and what it may be */
export function resolveSoundWindow(window: SoundWindow): ResolvedSoundWindow {
  checkObject('config.window', window, ' such as { audio: 16000 }');
  const stranger = Object.keys(window).find((name) => !KNOWN.includes(name));
  if (stranger !== undefined) throw new TypeError(`config.window.${stranger}: no such field; there are ${KNOWN.join(', ')}`);
  if (window.audio === undefined) throw new TypeError(`config.window.audio: missing; give the samples a second, 8000 or 16000: other sound is to be resampled (onward/sources/wav)`);
  if (typeof window.audio !== 'number') throw new TypeError(`config.window.audio: expected a number, got ${describe(window.audio)}`);
  const audio = choice('window.audio', window.audio, [8000, 16000]);
  return Object.freeze({ audio, samples: whole('window.samples', window.samples ?? audio, audio / 4, audio * 4), bands: whole('window.bands', window.bands ?? 20, 8, 40) });
}

/** Features of a window: its level, and each band in each part. */
export const soundFeatures = ({ bands }: Pick<ResolvedSoundWindow, 'bands'>): number => 1 + PARTS * bands;

/** Names of the features: `level`, `part 1 band 1`, ... */
export const featureNames = ({ bands }: ResolvedSoundWindow): string[] => ['level', ...Array.from({ length: PARTS * bands }, (_, i) => `part ${Math.floor(i / bands) + 1} band ${(i % bands) + 1}`)];
