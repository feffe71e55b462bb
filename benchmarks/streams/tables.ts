/** Reading the recordings: gzipped CSV tables and a gzipped tar, whole files at once (the largest is 2 MB unpacked). */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Rows of cells; empty lines are left out. Quotes around a cell are dropped; none of the recordings has a comma inside quotes. */
export function readCsv(path: string): string[][] {
  const text = gunzipSync(readFileSync(path)).toString('utf8');
  const rows: string[][] = [];
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed !== '') rows.push(trimmed.split(',').map((cell) => cell.replaceAll('"', '')));
  }
  return rows;
}

/** Name and bytes of every file in a gzipped tar (ustar: 512-byte headers, name at 0, octal size at 124, type at 156). */
export function* readTar(path: string): Generator<{ name: string; bytes: Buffer }> {
  const tar = gunzipSync(readFileSync(path));
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const name = tar.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    const type = String.fromCharCode(tar[at + 156]);
    if (type === '0' || type === '\0') yield { name, bytes: tar.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
