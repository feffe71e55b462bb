/** The SIMD core from a copy of assembly/, with changes or another entry. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORES } from '../../scripts/build-wasm.js';
import type { Change } from './candidates.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A core with changes, the plain one unless another is named, and with another entry where one is given; undefined when the text that a change replaces is no longer there. */
export function compileChanged(folder: string, name: string, changes: readonly Change[], { entry, core = 'core' }: { entry?: string; core?: string } = {}): Uint8Array<ArrayBuffer> | undefined {
  const copy = copyOf(folder, name);
  for (const { file, from, to } of changes) {
    const path = join(copy, 'assembly', file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) return undefined;
    writeFileSync(path, text.replace(from, () => to));
  }
  if (entry !== undefined) copyFileSync(entry, join(copy, 'assembly/index.ts'));
  return build(copy, CORES[core]!);
}

function copyOf(folder: string, name: string): string {
  const copy = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(join(copy, 'build'), { recursive: true });
  for (const part of ['assembly', 'asconfig.json', 'package.json']) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function build(copy: string, compilation: readonly string[]): Uint8Array<ArrayBuffer> {
  execFileSync(process.execPath, ['node_modules/assemblyscript/bin/asc.js', ...compilation, '--target', 'simd', '--outFile', 'build/core.simd.wasm'], { cwd: copy, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Uint8Array(readFileSync(join(copy, 'build/core.simd.wasm')));
}
