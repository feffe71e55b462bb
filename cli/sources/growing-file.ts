import { open, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineSplitter, type Line } from '../../host/sources/lines.js';

/** How often a file is looked at: notices of the system do not come over network folders. */
const POLL_MS = 200;
const CHUNK = 65536;

/** A place in a file: a file that was replaced or cut starts anew. */
export interface Place {
  inode: number;
  /** Bytes read, whole lines. */
  offset: number;
}

/**
 * The lines of a file that grows, from `from` on, for ever; an unfinished last line waits. A file that is not there yet is waited for; one
 * that was replaced (a rotated log) or cut is read from its start. `from` gets its place before each line is given. Undefined: there is no more by now.
 */
export async function* followLines(path: string, from: Place, maxBytes: number, signal: AbortSignal): AsyncGenerator<Line | undefined> {
  while (!signal.aborted) {
    const file = await open(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (file === undefined) {
      await rest(signal);
      continue;
    }
    try {
      yield* linesOf(file, path, from, maxBytes, signal);
    } finally {
      await file.close();
    }
  }
}

/** Until the file under this name is another, or shorter than what was read. */
async function* linesOf(file: FileHandle, path: string, from: Place, maxBytes: number, signal: AbortSignal): AsyncGenerator<Line | undefined> {
  const { ino, size } = await file.stat();
  if (ino !== from.inode || size < from.offset) Object.assign(from, { inode: ino, offset: 0 });
  const lines = new LineSplitter(maxBytes);
  const chunk = new Uint8Array(CHUNK);
  let read = from.offset;
  while (!signal.aborted) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK, read);
    read += bytesRead;
    for (const line of lines.push(chunk.slice(0, bytesRead))) {
      from.offset += line.bytes;
      yield line;
      if (signal.aborted) return;
    }
    if (bytesRead > 0) continue;
    yield undefined;
    if (signal.aborted) return;
    const now = await stat(path).catch(() => undefined); // gone for a moment while it is rotated
    if (now !== undefined && (now.ino !== ino || now.size < read)) return;
    await rest(signal);
  }
}

async function rest(signal: AbortSignal): Promise<void> {
  await sleep(POLL_MS, undefined, { signal }).catch(() => {});
}

/** The first lines of a file, as many as are whole within `bytes`. */
export async function firstLines(path: string, bytes: number, maxBytes: number): Promise<Line[]> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, 0);
    return [...new LineSplitter(maxBytes).push(buffer.subarray(0, bytesRead))];
  } finally {
    await file.close();
  }
}
