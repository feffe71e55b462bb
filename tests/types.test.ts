// tsx and esbuild strip types without reading them: this is where they are checked.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const test = suite('types');

test('host, cli, web, firmware-sim, benchmarks, tests and scripts are sound under strict', () => {
  const { status, stdout } = spawnSync(process.execPath, ['node_modules/typescript-native/bin/tsc', '--noEmit', '--pretty', 'false'], { cwd: root, encoding: 'utf8' });
  assert.is(status, 0, stdout);
});

test('the declarations of the package stand in a browser project without the types of Node', () => {
  const options = ['--noEmit', '--pretty', 'false', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
  const { status, stdout } = spawnSync(process.execPath, ['node_modules/typescript-native/bin/tsc', ...options, '--ignoreConfig', 'dist/index.d.ts', 'dist/stores/file.d.ts', 'dist/stores/indexeddb.d.ts', 'dist/stores/memory.d.ts'], { cwd: root, encoding: 'utf8' });
  assert.is(status, 0, stdout);
});

test.run();
