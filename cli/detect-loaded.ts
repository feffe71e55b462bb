/** A detector that learned before: the file of `detect --save`, or a store. */
import { isDetector } from '../host/detector/snapshot.js';
import { loadDetector, type Detector, type DetectorConfig } from '../host/index.js';
import { checkSameDetector } from './detector-options.js';
import { readModel } from './model.js';
import { noteOf } from './model-note.js';
import { stillOf, type StillState } from './still-channels.js';
import { rangesOf, type Range } from './usual-ranges.js';

export interface Loaded {
  detector: Detector;
  /** Names of its channels, in their order. */
  fields: readonly string[] | undefined;
  still: StillState;
  /** Ranges that it learned as normal, if it knows them. */
  usual: readonly Range[] | undefined;
}

/** @throws UsageError for an option that it contradicts; Error, named after the path, for what is no detector */
export async function loadedDetector(path: string, given: DetectorConfig): Promise<Loaded> {
  const { bytes } = await readModel(path, 'detect');
  if (!isDetector(bytes)) throw new Error(`${path}: this is no detector; --load takes what detect --save wrote, or a store with a detector`);
  let detector: Detector;
  try {
    detector = await loadDetector(bytes);
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
  checkSameDetector(detector, given);
  const { fields } = noteOf(detector.note);
  return { detector, fields, ...keptIn(detector.note) };
}

/** Of a note that may be any text. */
export function keptIn(note: string): Pick<Loaded, 'still' | 'usual'> {
  try {
    const { still, moved, usual } = JSON.parse(note) as { still?: unknown; moved?: unknown; usual?: unknown };
    return { still: stillOf(still, moved), usual: rangesOf(usual) };
  } catch {
    return { still: {}, usual: undefined };
  }
}
