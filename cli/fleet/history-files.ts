import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelHistory, NoteStore } from '../../host/fleet/index.js';
import { decodeSnapshot } from '../../host/snapshot.js';

/** Models of the last hundred rounds: 1.6 MB at 16 kB each. */
const MOST_MODELS = 100;

/** Whole or not at all, and on the disk before anybody hears of it. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).then((bytes) => new Uint8Array(bytes), (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)));
}

/** Models in a folder, one file a round. */
export class FileHistory implements ModelHistory {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async keep(round: number, snapshot: Uint8Array): Promise<void> {
    await write(this.#file(round), snapshot);
    // the oldest go by their time, not their number: those of a model that was here before count on from where it stood
    const kept = await Promise.all((await this.rounds()).map(async (each) => ({ each, at: (await stat(this.#file(each))).mtimeMs })));
    kept.sort((a, b) => a.at - b.at || a.each - b.each);
    for (const { each } of kept.slice(0, Math.max(0, kept.length - MOST_MODELS))) if (each !== round) await rm(this.#file(each), { force: true });
  }

  async load(round: number): Promise<Uint8Array | undefined> {
    const snapshot = await readIfThere(this.#file(round));
    if (snapshot !== undefined) decodeSnapshot(snapshot); // damaged since: its error says so
    return snapshot;
  }

  async rounds(): Promise<number[]> {
    const names = await readdir(this.#folder).catch(() => [] as string[]);
    return names.flatMap((name) => /^round-(\d{1,15})\.onw$/.exec(name)?.slice(1).map(Number) ?? []).sort((a, b) => a - b);
  }

  #file(round: number): string {
    return join(this.#folder, `round-${round}.onw`);
  }
}

/** One text in a file. */
export class FileNotes implements NoteStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async load(): Promise<string | undefined> {
    const bytes = await readIfThere(this.#path);
    return bytes && new TextDecoder().decode(bytes);
  }

  save(text: string): Promise<void> {
    return write(this.#path, new TextEncoder().encode(text));
  }
}
