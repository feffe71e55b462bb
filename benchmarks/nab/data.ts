/**
 * The 58 series of the Numenta Anomaly Benchmark with their anomaly windows, from a folder or a gzipped tar that has NAB's `data/` and
 * `labels/combined_windows.json`. They are no part of the repository: ONWARD_NAB names the folder or the archive.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTar } from '../streams/tables.js';
import type { Truth } from './score.js';

export interface Series extends Truth {
  /** As in the windows file: `realTweets/Twitter_volume_AAPL.csv`. */
  name: string;
  values: Float32Array;
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Where the benchmark lies: ONWARD_NAB, or `nab.tar.gz` in ONWARD_DEV_DATA. Undefined where neither is set. */
export const NAB = process.env['ONWARD_NAB'] !== undefined ? resolve(ROOT, process.env['ONWARD_NAB']) : process.env['ONWARD_DEV_DATA'] !== undefined ? resolve(ROOT, process.env['ONWARD_DEV_DATA'], 'nab.tar.gz') : undefined;

/** Every series in the order of its name, so that two runs print the same table. */
export function loadSeries(from: string | undefined = NAB): Series[] {
  if (from === undefined) throw new Error('ONWARD_NAB is not set: it names a folder or a .tar.gz with NAB\'s data/ and labels/ (or ONWARD_DEV_DATA, a folder with nab.tar.gz)');
  const files = statSync(from).isDirectory() ? filesIn(from) : filesInTar(from);
  const windows = JSON.parse(required(files, 'labels/combined_windows.json')) as Record<string, [string, string][]>;
  return Object.keys(windows).sort().map((name) => {
    const rows = required(files, `data/${name}`).trim().split(/\r?\n/).slice(1).map((line) => line.split(','));
    const times = rows.map(([time]) => seconds(time!));
    return {
      name,
      rows: rows.length,
      values: Float32Array.from(rows, ([, value]) => Number(value)),
      windows: windows[name]!.map(([first, last]) => [times.indexOf(seconds(first)), times.indexOf(seconds(last))] as const),
    };
  });
}

/** Windows are written with microseconds, rows without. */
const seconds = (time: string): string => time.slice(0, 19);

function required(files: ReadonlyMap<string, () => string>, name: string): string {
  const read = files.get(name);
  if (!read) throw new Error(`${NAB}: ${name} is missing; ONWARD_NAB must name a folder or a .tar.gz with NAB's data/ and labels/`);
  return read();
}

function filesIn(folder: string): Map<string, () => string> {
  const files = new Map<string, () => string>();
  for (const part of ['data', 'labels']) {
    for (const entry of readdirSync(join(folder, part), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) files.set(path.slice(folder.length + 1).replaceAll('\\', '/'), () => readFileSync(path, 'utf8'));
    }
  }
  return files;
}

function filesInTar(path: string): Map<string, () => string> {
  const files = new Map<string, () => string>();
  for (const { name, bytes } of readTar(path)) files.set(name.replace(/^\.\//, ''), () => bytes.toString('utf8'));
  return files;
}
