// The reference says everything: each option its default and its range, each figure and each topic stands in its table. What is made from types and helps
// is compared by readme.test.ts.

import { readFileSync, readdirSync } from 'node:fs';
import { LearnerError, type LearnerErrorCode } from '../host/errors.js';
import { anchorsOf } from '../scripts/docs/links.js';
import { optionTypes } from '../scripts/docs/made.js';
import { assert, suite } from './suite.js';

const test = suite('reference');

/** Words that bound a number: a range, a least value, a sort of integer; or that nothing does. */
const RANGE = /\d[\d,.e/-]* to [\d.,e]|\bat (?:most|least) \d|\d or more\b|\babove 0\b|\bup to [\d.]|\bunsigned 32-bit\b|\bto the last\b|\bto `\w+`|\bfrom 0\b|\bany\b|\bsince 1970\b/i;

test('every option says its default, and every number its range', () => {
  const types = optionTypes();
  assert.ok(types.length > 20, `${types.length} types of options`);
  const missing: string[] = [];
  for (const { name: type, properties } of types) {
    for (const { name, type: of, optional, text } of properties) {
      const callback = of.includes('=>');
      if (text === '') missing.push(`${type}.${name}: no comment`);
      else if (optional && !callback && !['signal', 'store'].includes(name) && !/default/i.test(text)) missing.push(`${type}.${name}: no default`);
      else if (/^(readonly )?number\b/.test(of) && !RANGE.test(text)) missing.push(`${type}.${name}: no range in "${text}"`);
    }
  }
  assert.equal(missing, []);
});

test('every figure and every topic of the code is in its table, and no other', () => {
  const code = ['host', 'cli'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(`${folder}/${file}`, 'utf8'))).join('\n');
  const figures = new Set([...code.matchAll(/(?:counter|gauge|lazyGauge|total|watched)\('(onward_\w+)'/g)].map((match) => match[1]!));
  const written = new Set([...readFileSync('docs/reference/metrics.md', 'utf8').matchAll(/^\| `(onward_\w+)/gm)].map((match) => match[1]!));
  assert.ok(figures.size > 15);
  assert.equal([...written].sort(), [...figures].sort());
  const topics = [...readFileSync('docs/fleet.md', 'utf8').matchAll(/^\| `(onward\/v1\/[^`]+)/gm)].map((match) => match[1]!);
  assert.ok(topics.length > 5);
  assert.equal([...readFileSync('docs/reference/topics.md', 'utf8').matchAll(/^\| `(onward\/v1\/[^`]+)/gm)].map((match) => match[1]!), topics);
});

test('every code of an error has its heading, where error.page leads', () => {
  const codes = [...readFileSync('host/errors.ts', 'utf8').matchAll(/^  \| '(\w+)'/gm)].map((match) => match[1] as LearnerErrorCode);
  assert.ok(codes.length > 10);
  for (const code of codes) {
    const [page, anchor] = new LearnerError(code, '').page.split('#');
    assert.ok(anchorsOf(page!).has(anchor!), `${page} has no heading ${code}`);
  }
});

test.run();
