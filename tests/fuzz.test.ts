// Fuzzing, short: every parser and `loadLearner`, about ten seconds. `npm run test:faults` is the long one.

import { fuzzParsers, PROPERTIES } from './fuzz/parsers.js';
import { fuzzStates } from './fuzz/states.js';
import { fuzzSnapshots } from './fuzz/snapshots.js';
import { assert, suite } from './suite.js';

const test = suite('fuzz');

test('every parser: what was written is read, damage is survived', async () => {
  assert.is(Object.keys(PROPERTIES).length, 7);
  await fuzzParsers(1500, 1); // throws at the first finding
});

test('corrupted snapshots: none accepted, none crashing, the good ones still loaded', async () => {
  const counts = await fuzzSnapshots(10_000, 2000, 1);
  assert.equal(counts.findings, []);
  assert.is(counts.accepted + counts.crashed + counts.notRestored + counts.forged.unsound, 0);
  assert.is(Object.values(counts.refused).reduce((sum, n) => sum + n), 10_000);
  assert.is(counts.restored, 100);
  assert.ok(counts.forged.sound > 50 && counts.forged.refused > 500, JSON.stringify(counts.forged));
});

test('no learner reaches a state that a store or a loader would refuse, whatever its shape and its samples', async () => {
  assert.equal(await fuzzStates(60, 400, 1), []);
});

test.run();
