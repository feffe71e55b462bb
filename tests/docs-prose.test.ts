// Pages and the comments of the public API are in plain English, by the word list in scripts/docs/words.ts; docs/words.md has the words that are in.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { PAGES, PAGES_OF_WORK } from '../scripts/docs/pages.js';
import { proseOf } from '../scripts/docs/prose.js';
import { publicNames } from '../scripts/docs/public.js';
import { assert, suite } from './suite.js';

const test = suite('prose');
const says = async (text: string): Promise<string[]> => (await proseOf(text)).map((finding) => finding.says);

test('the linter finds what it is there for, and leaves the same thing in plain English alone', async () => {
  for (const bad of [
    'What survives is in the table.',
    'Where the last label is right is not known.',
    'Who has a model is told that there is none.',
    'It goes on where it stopped.',
    'A snapshot from before does not load.',
    'You simply call it.',
    'Each data point is learned.',
    `One ${'and one '.repeat(30)}.`,
  ]) assert.ok((await says(bad)).length > 0, bad);
  const plain = 'You see the label in the log. Where to look? `What is it.` Before it learns, it answers.\n\n## What survives what\n\n**What it costs.** Four bytes.\n\n| what happens | what is left |\n|---|---|\n| a crash | the last save |\n';
  assert.equal(await says(plain), []);
});

for (const page of PAGES) {
  test(page, async () => assert.equal((await proseOf(readFileSync(page, 'utf8'))).map(({ line, says: why }) => `${page}:${line}: ${why}`), []));
}

test('comments of every public name', async () => {
  const comments = new Map(publicNames().flatMap((name) => name.comments).map((comment) => [`${comment.file}:${comment.line}`, comment]));
  assert.ok(comments.size > 500, `${comments.size} comments: too few were found`);
  // as one page: an empty line between two, and to each line where it is from
  const lines = [...comments].flatMap(([at, { member, text }]) => [...text.split('\n'), ''].map((line) => ({ line, at: `${at} ${member}` })));
  const found = await proseOf(lines.map(({ line }) => line).join('\n'));
  assert.equal(found.map(({ line, says: why }) => `${lines[line - 1]!.at}: ${why}`), []);
});

/** A line on which a comment begins without its subject; a question may. */
const BEGINS = /^ *(?:\/\*\*?|\/\/|\*) (What|Whether|Who|Whoever|Whom|Where|Which)\b[^?]*$/;

test('comments of the sources begin with their subject', () => {
  const files = ['assembly', 'cli', 'firmware-sim', 'host', 'schema', 'scripts', 'tests/reference', 'web'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|c|h)$/.test(name)).map((name) => `${folder}/${name}`));
  assert.ok(files.length > 250, `${files.length} files: too few were found`);
  const found = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').flatMap((line, i, lines) => {
    const continues = /^\/\/|^\*/.test(line.trim()) && /^\/\/|^\*/.test(lines[i - 1]?.trim() ?? '');
    return !continues && BEGINS.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [];
  }));
  assert.equal(found, []);
});

/** Words that cspell's English does not know, British or American; code is left out (scripts/docs/spelling.json). */
function misspelled(...pages: string[]): string {
  const { stdout } = spawnSync(process.execPath, ['node_modules/cspell/bin.mjs', '--config', 'scripts/docs/spelling.json', '--no-progress', '--no-summary', ...pages], { encoding: 'utf8' });
  return stdout;
}

test('every word is spelled as English spells it, or is a name in scripts/docs/spelling.json', () => {
  mkdirSync('build/test', { recursive: true });
  writeFileSync('build/test/spelling.md', 'It lerns `frmo` the sensor.\n');
  const found = misspelled('build/test/spelling.md');
  assert.match(found, /Unknown word \(lerns\)/);
  assert.not.match(found, /frmo/);
  assert.is(misspelled(...PAGES, ...PAGES_OF_WORK), '');
});

test.run();
