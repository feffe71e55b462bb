// web/ -> dist/web/: the page that `onward serve` serves.

import { writeFileSync } from 'node:fs';
import { build } from 'vite';
import { licenceOf } from './build-dist.js';

/** Packages whose code is in the page. */
const BUNDLED = ['papaparse', 'u8-mqtt'];

export async function bundleWeb(outDir = 'dist/web'): Promise<void> {
  await build({ configFile: 'web/vite.config.ts', build: { outDir: `${process.cwd()}/${outDir}` } });
  writeFileSync(`${outDir}/THIRD-PARTY.txt`, BUNDLED.map(licenceOf).join('\n'));
}
