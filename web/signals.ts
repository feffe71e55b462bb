import { PICTURE_VALUES } from '../host/sources/picture-shape.js';
import type { Words } from './words/en.js';

/** The signals that a visitor can choose; their texts are in `words/`. */
export interface Signal {
  /** It is played, with a speed; the others come by themselves. */
  recorded: boolean;
  /** Moments of a sample, at first. */
  window: number;
  /** Values of a moment, where they are always as many; then its window is always the same, too. */
  channels?: number;
  /** Percent: what is less familiar, or less alike, is unknown, at first. Chosen by hand movements, sounds and things that were held for 3 s (docs/decisions/pages.md). */
  unknownBelow: number;
  /** Tells what is unknown. Default: familiar. */
  tells?: 'alike';
  /** May bring labels of its own. */
  labelled: boolean;
}

export const SIGNALS: Record<string, Signal> = {
  gestures: { recorded: true, window: 32, channels: 2, unknownBelow: 0.5, labelled: true },
  fan: { recorded: true, window: 50, channels: 3, unknownBelow: 0.5, labelled: true },
  csv: { recorded: true, window: 1, unknownBelow: 0.5, labelled: true },
  motion: { recorded: false, window: 32, unknownBelow: 1, labelled: false },
  sound: { recorded: false, window: 8000, channels: 1, unknownBelow: 29, tells: 'alike', labelled: false },
  camera: { recorded: false, window: 1, channels: PICTURE_VALUES, unknownBelow: 29, tells: 'alike', labelled: false },
  bluetooth: { recorded: false, window: 32, unknownBelow: 1, labelled: true },
  serial: { recorded: false, window: 32, unknownBelow: 1, labelled: true },
  mqtt: { recorded: false, window: 1, unknownBelow: 1, labelled: true },
} satisfies Record<keyof Words['signals'], Signal>;
