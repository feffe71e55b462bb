// Objects of C files, each compiled once: what the preprocessor makes of a file and the flags decide what becomes of it. Images share most of them, and so do the processes of
// one run of the tests, in the folder that ONWARD_OBJECTS names.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export const run = (tool: string, given: readonly string[], cwd: string): Buffer => execFileSync(tool, given, { cwd, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 });

const made = new Map<string, Uint8Array>();

/** Compiles `file` into an object in `folder`, where the compiler is started. @returns the name of the object */
export function objectOf(gcc: string, flags: readonly string[], file: string, folder: string): string {
  const name = basename(file).replace(/c$/, 'o');
  const key = createHash('sha256').update([gcc, ...flags, ''].join('\0')).update(run(gcc, [...flags, '-E', '-P', file], folder)).digest('hex');
  const shared = process.env['ONWARD_OBJECTS'] && join(process.env['ONWARD_OBJECTS'], key);
  const kept = made.get(key) ?? (shared && existsSync(shared) ? readFileSync(shared) : null);
  if (kept) {
    writeFileSync(join(folder, name), kept);
    return name;
  }
  run(gcc, [...flags, '-c', file, '-o', name], folder);
  const object = readFileSync(join(folder, name));
  made.set(key, object);
  if (shared) {
    writeFileSync(`${shared}.${process.pid}`, object); // whole or not at all: several processes may compile it at once
    renameSync(`${shared}.${process.pid}`, shared);
  }
  return name;
}
