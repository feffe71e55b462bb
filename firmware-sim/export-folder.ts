// The folder of an export. It lists what was written (export.json), so that a later export replaces that and nothing else: what somebody edited or put beside it stays.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';

export const EXPORT_LIST = 'export.json';

export interface ExportList {
  /** The example, and what its functions are called after. */
  readonly example: string;
  readonly name: string;
  /** Of a Pico's store; 0 where there is none. */
  readonly place?: number;
  /** The note of the model's snapshot: its columns and labels. */
  readonly note: string;
  /** SHA-256 of each file as it was written. */
  readonly files: Readonly<Record<string, string>>;
}

/** null: the folder is none of an export. */
export function exportListOf(folder: string): ExportList | null {
  try {
    const list = JSON.parse(readFileSync(join(folder, EXPORT_LIST), 'utf8')) as ExportList;
    return Object.keys(list.files).every((file) => isInside(folder, file)) ? list : null;
  } catch {
    return null;
  }
}

/** A file of the folder or of one in it: the list may come from anywhere, and what it names is removed. */
function isInside(folder: string, file: string): boolean {
  if (file !== posix.normalize(file) || posix.isAbsolute(file) || file.endsWith('/') || file === '.' || file.split('/')[0] === '..' || file.includes('\\')) return false;
  const parent = dirname(join(folder, file));
  return !existsSync(parent) || `${realpathSync(parent)}${sep}`.startsWith(`${realpathSync(folder)}${sep}`);
}

/**
 * Writes `files` in place of what an earlier export wrote. Gives the names of those that it left alone, because they are the example's and were edited.
 * @throws RangeError, and nothing has changed, where something else would be lost
 */
export function placeExport(folder: string, files: ReadonlyMap<string, string>, own: ReadonlySet<string>, list: Omit<ExportList, 'files'>): string[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const earlier = exportListOf(folder);
  if (present.length > 0 && !earlier) throw new RangeError(`${folder} is not empty, and no folder of onward export: name another, or empty it`);
  const was = earlier?.files ?? {};
  const same = earlier?.example === list.example && earlier.name === list.name;
  const kept: string[] = [];
  for (const file of new Set([...files.keys(), ...Object.keys(was)])) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    const [text, hash] = [files.get(file), hashOf(readFileSync(path, 'utf8'))];
    if (hash === was[file] || (text !== undefined && hash === hashOf(text))) continue;
    if (same && own.has(file)) kept.push(file);
    else throw new RangeError(`${path} ${was[file] === undefined ? 'was not written by onward export' : 'was edited since it was exported'}: move it away, or export to another folder`);
  }
  mkdirSync(folder, { recursive: true });
  for (const file of Object.keys(was)) {
    if (files.has(file)) continue;
    rmSync(join(folder, file), { force: true });
    for (let parent = dirname(file); parent !== '.' && isEmpty(join(folder, parent)); parent = dirname(parent)) rmdirSync(join(folder, parent));
  }
  for (const [file, text] of files) {
    if (kept.includes(file)) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const hashes = Object.fromEntries([...files].map(([file, text]) => [file, hashOf(text)]));
  writeFileSync(join(folder, EXPORT_LIST), `${JSON.stringify({ ...list, files: hashes }, null, 1)}\n`);
  return kept;
}

const isEmpty = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length === 0;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
