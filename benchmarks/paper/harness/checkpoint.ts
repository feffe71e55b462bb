/** How far a run has come: one file, a line of JSON and the bytes that were learned. Replaced by a rename, so a kill leaves the old or the new one. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SeedResult } from './results.js';

export interface Position {
  /** Settings of the run, as JSON: others do not go on with its bytes. */
  settings: string;
  /** Seeds that are done. */
  finished: SeedResult[];
  /** The seed that is being run. */
  seed: number;
  /** Steps of it that are done. */
  steps: number;
  afterPass: Record<string, number>[];
  /** Of this seed so far. */
  seconds: number;
  cpuSeconds: number;
}

export function readCheckpoint(path: string): { position: Position; learned: Uint8Array } | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const end = bytes.indexOf(10);
  return { position: JSON.parse(bytes.toString('utf8', 0, end)) as Position, learned: new Uint8Array(bytes.subarray(end + 1)) };
}

export function writeCheckpoint(path: string, position: Position, learned: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, Buffer.concat([Buffer.from(JSON.stringify(position) + '\n'), learned]));
  renameSync(`${path}.new`, path);
}

export function removeCheckpoint(path: string): void {
  rmSync(path, { force: true });
}

/** Several byte strings as one, and back: for runs that learn more than one thing. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.flatMap((part) => [new Uint8Array(Uint32Array.of(part.length).buffer), part])));
}

export function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = view.getUint32(at, true);
    parts.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + length))); // a Buffer's slice is no copy
    at += 4 + length;
  }
  return parts;
}
