/** JavaScript peers come from npm into benchmarks/node_modules, on first use only and without their install scripts: npm ci at the root stays quick. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BENCHMARKS = fileURLToPath(new URL('../', import.meta.url));

export function installed(name: string): boolean {
  return existsSync(`${BENCHMARKS}node_modules/${name}/package.json`);
}

/** Tries once; without a network the peers that are missing are named and the others run. */
export function installPeers(names: readonly string[]): void {
  if (names.every(installed)) return;
  process.stderr.write('installing peers into benchmarks/node_modules (tfjs and brain.js, 0.3 GB unpacked)\n');
  try {
    execFileSync('npm', ['ci', '--prefix', BENCHMARKS, '--ignore-scripts', '--no-audit', '--no-fund'], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    process.stderr.write('npm ci --prefix benchmarks failed; going on without the peers that are missing\n');
  }
}
