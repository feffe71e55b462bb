// host/ -> dist/: types through tsc; the entries of the package bundled, with one more file for what they share, and the CLI in parts: the installed
// package has no dependencies, and two files are imported in a third of the time of ten (2 ms against 6).

import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { wasmAsModules } from './build-workerd.js';
import { sourcesOfExports } from './exports.js';
import { runTool } from './run-tool.js';

/** Common settings: nothing may be left to install. */
const bundled = {
  bundle: true, platform: 'node', format: 'esm', target: 'node20.19', charset: 'utf8', legalComments: 'none', logLevel: 'warning',
  define: { PAPA_BROWSER_CONTEXT: 'true' }, // papaparse without its streams, which are made for Node: its parser is all that is used
} as const;

/** Left to the user of the subpath that needs one. */
const OPTIONAL_PEERS = Object.keys((JSON.parse(readFileSync('package.json', 'utf8')) as { peerDependencies: object }).peerDependencies);

/** The part of the CLI from packages that only some commands load. */
const BESIDE: Record<string, string> = {
  mqtt: "exports.connect = require('mqtt').connect",
  aedes: "exports.Aedes = require('aedes').Aedes",
  'prom-client': "const { Counter, Gauge, Registry } = require('prom-client'); Object.assign(exports, { Counter, Gauge, Registry })",
};

export async function compileLibrary(): Promise<void> {
  const library = { ...bundled, outbase: 'host', splitting: true, chunkNames: 'shared-[hash]', external: OPTIONAL_PEERS } as const;
  const entryPoints = sourcesOfExports();
  await Promise.all([
    runTool('node_modules/typescript-native/bin/tsc', ['--project', 'tsconfig.build.json']),
    // what two entries share, LearnerError first of all, must exist once
    build({ ...library, entryPoints, outdir: 'dist' }),
    build({ ...library, entryPoints, outdir: 'dist/workerd', plugins: [wasmAsModules] }),
  ]);
}

/** @param folder where `cli.js` goes, and beside it what only some commands load */
export async function bundleCli(folder = 'dist'): Promise<void> {
  const entry = 'cli/main.ts';
  if (!existsSync(entry)) throw new Error(`build: ${entry} is missing; the checkout is incomplete`);
  const results = await Promise.all([
    build({
      ...bundled, // no licence comments: the full texts go to THIRD-PARTY.txt instead
      entryPoints: [entry],
      outdir: folder,
      splitting: true,
      entryNames: 'cli',
      chunkNames: 'cli-[name]-[hash]',
      minify: true, // what is shorter starts sooner; ONWARD_DEBUG shows short names
      metafile: true,
      external: ['serialport'], // native: who has a board installs it
      plugins: [{ name: 'beside', setup: ({ onResolve }) => onResolve({ filter: /^(mqtt|prom-client|aedes)$/ }, ({ path }) => ({ path: `./cli-${path}.cjs`, external: true })) }],
    }),
    // MQTT is 0.4 MB and as long to start as all the rest, for one command; CommonJS, as both require Node's modules while they run
    ...Object.keys(BESIDE).map((name) =>
      build({ ...bundled, format: 'cjs', minify: true, stdin: { contents: BESIDE[name]!, resolveDir: '.' }, outfile: `${folder}/cli-${name}.cjs`, metafile: true }),
    ),
  ]);
  chmodSync(`${folder}/cli.js`, 0o755);
  // The plot library enters as a generated string, so the bundler's list of inputs cannot name it.
  const packages = new Set(['uplot']);
  for (const input of results.flatMap(({ metafile }) => Object.keys(metafile.inputs))) {
    const name = /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name !== undefined) packages.add(name);
  }
  writeFileSync(`${folder}/THIRD-PARTY.txt`, [...packages].sort().map(licenceOf).join('\n'));
}

export function licenceOf(name: string): string {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (file === undefined) throw new Error(`build: ${name} ${version} is bundled into the CLI but ships no licence text; replace it`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
}
