/** Samples that belong together: windows of one recording overlap, so a test of some asks about sound that the others taught. */
import type { Sample } from '../host/sources/sample.js';

/** The recording that a sample was cut from. */
export type RecordingOf = (sample: Sample) => unknown;

/** Items by their recording, in the order in which recordings first come. */
export function byRecording<T>(items: readonly T[], sampleOf: (item: T) => Sample, recordingOf: RecordingOf | undefined): T[][] {
  if (recordingOf === undefined) return items.map((item) => [item]);
  const recordings = new Map<unknown, T[]>();
  for (const item of items) {
    const recording = recordingOf(sampleOf(item));
    const same = recordings.get(recording);
    if (same) same.push(item);
    else recordings.set(recording, [item]);
  }
  return [...recordings.values()];
}

/** The last recordings, so many that they have `wanted` items; the first is never among them. */
export function lastRecordings<T>(recordings: readonly T[][], wanted: number): { taught: T[]; tested: T[] } {
  let [first, count] = [recordings.length, 0];
  while (first > 1 && count < wanted) count += recordings[--first]!.length;
  return { taught: recordings.slice(0, first).flat(), tested: recordings.slice(first).flat() };
}
