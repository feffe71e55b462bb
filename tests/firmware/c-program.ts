// C programs over exported learners.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { objectOf } from '../../firmware-sim/objects.js';
import { needs } from '../suite.js';

/** For programs that check every access of the core, and are not for speed: clang makes them in 0.5 s, gcc in 1.5. */
export const COMPILER = needs('clang', '').present ? 'clang' : 'gcc';

/** Variables of a program's own Makefile, where it is not about what an optimiser makes of it: clang takes 0.5 s, gcc as a Makefile has it 3. */
export const UNOPTIMISED = { CC: COMPILER, CFLAGS: '-std=c11 -O0 -Wall -Wextra -Werror' };

/** Makes a program by its Makefile, all of it anew. */
export function make(folder: string, variables: Readonly<Record<string, string>> = {}): void {
  execFileSync('make', ['-s', '-B', '-C', folder, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`)], { stdio: 'pipe' });
}

export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-export-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A program over the learner in `folder`, which has `functions` and this `body`; gives what it prints. Its files are read and written with `out` and `in`. `more`: lines in front of its functions, and libraries. */
export function run(folder: string, body: string, more: { front?: string; libraries?: readonly string[] } = {}): string {
  writeFileSync(join(folder, 'main.c'), `#include <stdio.h>
#include <stdlib.h>
#include "learner.h"
${more.front ?? ''}
void onward_trap(int code) { exit(code); }
static int out(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, (FILE *)file) == count ? 0 : 1; }
static int in(void *file, uint32_t offset, void *bytes, uint32_t count) { return fseek((FILE *)file, (long)offset, SEEK_SET) == 0 && fread(bytes, 1, count, (FILE *)file) == count ? 0 : 1; }
static void save(const char *name) { FILE *file = fopen(name, "wb"); onward_save(out, file); fclose(file); }
static int load(const char *name) { FILE *file = fopen(name, "rb"); const int failed = onward_load_compatible(in, file); fclose(file); return failed; }
int main(void) {
  onward_init();
${body}
  return 0;
}
`);
  const flags = ['-std=c11', '-O0', '-Wall', '-Wextra', '-Wno-unused-function', '-Werror'];
  const learner = objectOf(COMPILER, [...flags, '-DCORE_CHECKED'], 'learner.c', folder); // once for all programs over it
  execFileSync(COMPILER, [...flags, 'main.c', learner, '-o', 'program', ...(more.libraries ?? [])], { cwd: folder, stdio: 'pipe' });
  return execFileSync('./program', [], { cwd: folder, encoding: 'utf8' });
}
