// What the README says is what happens: its example runs against the built package, its numbers, its picture and the tables are the committed results.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { animation } from '../scripts/animation.js';
import { MADE } from '../scripts/readme.js';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
const test = suite('readme');

test('the example runs and answers what its comments say', () => {
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1];
  assert.ok(example, 'README.md has no js block');
  mkdirSync(`${root}build/test`, { recursive: true });
  writeFileSync(`${root}build/test/readme-example.mjs`, example!); // inside the package, so that it finds itself as "onward"
  const printed = execFileSync(process.execPath, [`${root}build/test/readme-example.mjs`], { encoding: 'utf8' });
  assert.is(printed.trim(), 'moving true 201');
});

for (const [page, made] of Object.entries(MADE)) {
  test(`what ${page} has of results is what the committed ones say`, () => {
    const text = readFileSync(`${root}${page}`, 'utf8');
    assert.is(made(text), text, 'run `npm run readme`');
  });
}

test('the picture is that of the recording', async () => {
  assert.is(await animation(), readFileSync(`${root}docs/fan.svg`, 'utf8'), 'run `npm run readme`');
});

test('it has at most 900 words', () => {
  const words = readme.split(/\s+/).length;
  assert.ok(words <= 900, `${words} words`);
});

test.run();
