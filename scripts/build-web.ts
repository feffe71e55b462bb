// web/ -> dist/web/: the page that `onward serve` serves; web/fleet/ -> dist/fleet/: the one of `onward fleet watch --http`.

import { copyFileSync, writeFileSync } from 'node:fs';
import { build as bundle } from 'esbuild';
import { build } from 'vite';
import { licenceOf } from './build-dist.js';

/** Packages whose code is in the page. */
const BUNDLED = ['papaparse', 'u8-mqtt', 'uqr'];

export async function bundleWeb(outDir = 'dist/web'): Promise<void> {
  await build({ configFile: 'web/vite.config.ts', build: { outDir: `${process.cwd()}/${outDir}` } });
  writeFileSync(`${outDir}/THIRD-PARTY.txt`, BUNDLED.map(licenceOf).join('\n'));
}

export async function bundleFleetPage(outDir = 'dist/fleet'): Promise<void> {
  await bundle({ entryPoints: ['web/fleet/fleet.ts'], outfile: `${outDir}/fleet.js`, bundle: true, format: 'esm', target: 'es2022', minify: true, logLevel: 'warning' });
  for (const file of ['index.html', 'fleet.css']) copyFileSync(`web/fleet/${file}`, `${outDir}/${file}`);
}
