// `npm test`: every test file behind the guard. `npm test -- snapshot` runs only the files with that word in their name.
// The last line is always `N passed, N failed`, and the exit code agrees with it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from './guard/compile.js';
import { guard } from './guard/guard.js';

/** 15 s and more by themselves, the longest first: more than half of the whole run. */
const FIRST = ['firmware/budgets', 'web', 'firmware/memory', 'firmware/export', 'firmware/vectors', 'limits-equality', 'firmware/micropython', 'web-senses', 'docs-how-to', 'equality', 'firmware/lines', 'firmware/power', 'web-lan', 'site', 'guard/guard', 'fuzz', 'types', 'left-alone', 'firmware/detector', 'web-bluetooth'].map((name) => `${name}.test.ts`);

/** Less than half of their time they compute, 5 to 50 s each. */
const IDLE = ['docs-tutorials', 'fleet-trust', 'fleet-board', 'fleet-life', 'mqtt', 'node-red/editor', 'node-red/left-alone', 'cli-sources', 'fleet-bridge', 'fleet-masks-broker', 'fleet-tls', 'stores'].map((name) => `${name}.test.ts`);

const word = (process.argv[2] ?? '').replace(/\.test\.ts$/, '');
const dir = fileURLToPath(new URL('.', import.meta.url));

/** Files share what the boards' compilers made (firmware-sim/objects.ts): two of three objects are there already. */
const objects = mkdtempSync(join(tmpdir(), 'onward-objects-'));

let passed = 0;
let failed = 1;
try {
  const expected: string[] = JSON.parse(readFileSync(`${dir}expected.json`, 'utf8'));
  for (const file of [...FIRST, ...IDLE]) if (!expected.includes(file)) throw new Error(`${file} has a place in the order, but is no test (tests/run.ts)`);
  const verdict = await guard({
    dir,
    compile,
    pattern: new RegExp(`${word.replace(/[^\w/-]/g, '.')}.*\\.test\\.ts$`),
    expected: expected.filter((file) => file.includes(word)),
    first: [...FIRST, ...IDLE],
    idle: IDLE,
    env: { ...process.env, ONWARD_OBJECTS: objects },
    echo: (text) => process.stdout.write(text),
  });
  ({ passed, failed } = verdict);
  for (const problem of verdict.problems) console.log(`guard: ${problem}`);
  if (verdict.skipped > 0) console.log(`${verdict.skipped} skipped`);
} catch (error) {
  console.log('guard:', error);
} finally {
  rmSync(objects, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
