// Fuzzing, short: every parser and `loadLearner`, about ten seconds. `npm run test:faults` is the long one.

import { fuzzParsers, PROPERTIES } from './fuzz/parsers.js';
import { fuzzSnapshots } from './fuzz/snapshots.js';
import { assert, suite } from './suite.js';

const test = suite('fuzz');

test('every parser: what was written is read, damage is survived', async () => {
  assert.is(Object.keys(PROPERTIES).length, 7);
  await fuzzParsers(2000, 1); // throws at the first finding
});

test('corrupted snapshots: none accepted, none crashing, the good ones still loaded', async () => {
  const counts = await fuzzSnapshots(15_000, 3000, 1);
  assert.equal(counts.findings, []);
  assert.is(counts.accepted + counts.crashed + counts.notRestored + counts.forged.unsound, 0);
  assert.is(Object.values(counts.refused).reduce((sum, n) => sum + n), 15_000);
  assert.is(counts.restored, 150);
  assert.ok(counts.forged.sound > 100 && counts.forged.refused > 1000, JSON.stringify(counts.forged));
});

test.run();
