// Objects of C files, each compiled once: what a file says, what the preprocessor makes of it and the flags decide what becomes of it. Images share most of them, and so do the
// processes of one run of the tests, in the folder that ONWARD_OBJECTS names.

import { execFileSync } from 'node:child_process';
import { createHash, type BinaryLike } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export const run = (tool: string, given: readonly string[], cwd: string): Buffer => execFileSync(tool, given, { cwd, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 });

const made = new Map<string, Uint8Array>();

const keyOf = (gcc: string, flags: readonly string[], text: BinaryLike): string => createHash('sha256').update([gcc, ...flags, ''].join('\0')).update(text).digest('hex');

function kept(key: string): Uint8Array | undefined {
  const shared = process.env['ONWARD_OBJECTS'] && join(process.env['ONWARD_OBJECTS'], key);
  return made.get(key) ?? (shared && existsSync(shared) ? readFileSync(shared) : undefined);
}

function keep(key: string, object: Uint8Array): void {
  made.set(key, object);
  const shared = process.env['ONWARD_OBJECTS'] && join(process.env['ONWARD_OBJECTS'], key);
  if (!shared || existsSync(shared)) return;
  writeFileSync(`${shared}.${process.pid}`, object); // whole or not at all: several processes may compile it at once
  renameSync(`${shared}.${process.pid}`, shared);
}

/** Compiles `file` into an object in `folder`, where the compiler is started. @returns the name of the object */
export function objectOf(gcc: string, flags: readonly string[], file: string, folder: string): string {
  const name = basename(file).replace(/c$/, 'o');
  const text = textOf(file, flags, folder);
  const keys = text === undefined ? [] : [keyOf(gcc, flags, text)];
  // what lies in the folder is of one learner, and to the preprocessor another in all others, too
  if (text === undefined || (file !== basename(file) && !kept(keys[0]!))) keys.push(keyOf(gcc, flags, run(gcc, [...flags, '-E', '-P', file], folder)));
  let object = keys.map(kept).find((found) => found !== undefined);
  if (!object) {
    run(gcc, [...flags, '-c', file, '-o', name], folder);
    object = readFileSync(join(folder, name));
  }
  for (const key of keys) keep(key, object);
  writeFileSync(join(folder, name), object);
  return name;
}

const COMMENT_OR_STRING = /\/\*[^]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g;

/** Flags that may bring other files than `-I folder` does. */
const UNFOLLOWED = /^(-I.|-i|-B|-Wp,|-Xpreprocessor|--|@)/;

/**
 * A file with all that it may include, without comments and without constants that nothing in it names: a start of the preprocessor, 45 ms, is spared where that was met before.
 * @returns undefined where only the preprocessor knows what is included
 */
function textOf(file: string, flags: readonly string[], folder: string): string | undefined {
  if (flags.some((flag) => UNFOLLOWED.test(flag))) return undefined;
  const folders = flags.flatMap((flag, at) => (flags[at - 1] === '-I' ? [resolve(folder, flag)] : []));
  const texts = new Map<string, string>();
  const read = (path: string): boolean => {
    if (texts.has(path)) return true;
    const text = readFileSync(path, 'utf8').replace(COMMENT_OR_STRING, (found) => (found.startsWith('/') ? ' ' : found));
    texts.set(path, text);
    if (text.includes('__has_include')) return false;
    return [...text.matchAll(/^[ \t]*#[ \t]*(?:include|import|embed)(.*)/gm)].every(([, what]) => {
      const name = /^[ \t]*(?:"(.+)"|<(.+)>)/.exec(what!);
      if (!name) return false; // a macro, or the next of that name
      const found = [...(name[1] ? [dirname(path)] : []), ...folders].map((each) => join(each, name[1] ?? name[2]!)).find((each) => existsSync(each));
      return !found || read(found); // what is in none of the folders is the compiler's own
    });
  };
  if (!read(resolve(folder, file))) return undefined;
  const all = [...texts.values()].join('\n');
  const counts = new Map<string, number>();
  for (const [word] of all.matchAll(/\b[A-Z]\w+\b/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return all.replace(/^#define ([A-Z]\w+) \d+$/gm, (line, constant: string) => (counts.get(constant) === 1 ? '' : line)).replace(/\n\s*\n/g, '\n');
}
