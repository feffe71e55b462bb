// The command and its page as they are shipped, made from the sources as they are now: once, by whichever test file comes first, in a folder that is
// laid out like the installed package and named after what it was made of.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bundleCli } from '../scripts/build-dist.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const PREFIX = 'installed-';
const name = PREFIX + hashOfSources();

/** There once `buildCli` is done. */
export const CLI = join(root, 'build', name, 'dist/cli.js');
/** What `CLI serve` serves. */
export const PAGE = join(root, 'build', name, 'dist/web');

function hashOfSources(): string {
  const inside = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
  const files = ['package.json', 'package-lock.json', ...['host', 'cli', 'web', 'scripts'].flatMap(inside).filter((file) => statSync(join(root, file)).isFile()).sort()];
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 12);
}

export async function buildCli(): Promise<void> {
  process.chdir(root); // where the scripts of the build are at home
  if (existsSync(`build/${name}`)) return;
  for (const old of readdirSync('build').filter((entry) => entry.startsWith(PREFIX) && !entry.startsWith(name))) rmSync(`build/${old}`, { recursive: true, force: true });
  const folder = mkdtempSync(`build/${name}-`);
  for (const path of ['data', 'firmware-sim', 'package.json']) symlinkSync(join(root, path), join(folder, path));
  mkdirSync(`${folder}/dist`);
  const { bundleFleetPage, bundleWeb } = await import('../scripts/build-web.js'); // Vite takes a third of a second to load
  await Promise.all([bundleCli(`${folder}/dist`), bundleWeb(`${folder}/dist/web`), bundleFleetPage(`${folder}/dist/fleet`)]);
  try {
    renameSync(folder, `build/${name}`);
  } catch {
    rmSync(folder, { recursive: true }); // another test file was as fast
  }
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Threads that wait for a command. */
const idle: Worker[] = [];

/** Runs a command to its end in a thread, which may have run others before it: a process of its own takes 0.2 s more. It has no terminal and no folder of its own, and one signal: once it has printed `lines`, or after half a minute, it is told to end. */
export async function runCommand(args: readonly string[], input = '', lines?: number): Promise<Ended> {
  const thread = idle.pop() ?? new Worker(new URL('./command-thread.mjs', import.meta.url), { workerData: CLI, execArgv: [] });
  thread.ref();
  thread.postMessage({ args, input, lines });
  const [{ gone, ...ended }] = (await once(thread, 'message')) as [Ended & { gone: boolean }];
  if (gone) return ended;
  thread.unref();
  idle.push(thread);
  return ended;
}
