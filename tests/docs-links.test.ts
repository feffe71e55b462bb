// Links lead to a file and to a heading; every page can be reached; every public name stands on a page.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf, deadLinks } from '../scripts/docs/links.js';
import { PAGES, PAGES_OF_WORK } from '../scripts/docs/pages.js';
import { publicNames } from '../scripts/docs/public.js';
import { assert, suite } from './suite.js';

const test = suite('links');
const ALL = [...PAGES, ...PAGES_OF_WORK];

test('a link to a file or a heading that is not there is found', () => {
  mkdirSync('build/test', { recursive: true });
  const page = 'build/test/links.md';
  writeFileSync(page, '# One, two\n\n[a](#one-two) [b](#three) [c](../../README.md#install) [d](../../README.md#nothing) [e](nowhere.md) [f](https://example.org/x#y)\n');
  assert.equal(deadLinks(page).map(({ says }) => says.split(':')[0]), ['#three', '../../README.md#nothing', 'nowhere.md']);
  assert.ok(anchorsOf(page).has('one-two'));
});

for (const page of ALL) {
  test(page, () => assert.equal(deadLinks(page).map(({ line, says }) => `${page}:${line}: ${says}`), []));
}

test('every page can be reached from README.md', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) for (const [, path] of readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+\.md)/g)) reached.add(join(dirname(page), path!));
  assert.equal(ALL.filter((page) => !reached.has(page)), []);
});

test('every public name stands on a page, and every function and class in a sentence or an example', () => {
  const pages = ALL.map((page) => readFileSync(page, 'utf8'));
  const written = pages.map((text) => text.replace(/<!-- names -->[^]*<!-- \/names -->/, '')); // that list is made from the exports
  const names = publicNames();
  assert.ok(names.length > 200);
  const missing = (texts: string[], name: string): boolean => !texts.some((text) => new RegExp(`\\b${name}\\b`).test(text));
  assert.equal(names.filter(({ kind, name }) => missing(kind === 'value' ? written : pages, name)).map(({ entry, name }) => `${entry}: ${name}`), []);
});

test.run();
