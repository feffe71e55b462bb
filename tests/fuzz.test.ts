// Fuzzing, short: every parser, `loadLearner`, cores against the reference; about ten seconds. `npm run test:fuzz` and `npm run test:faults` are the long ones.

import { readFileSync } from 'node:fs';
import { fuzzDetectorSnapshots, fuzzDetectorStates } from './fuzz/detectors.js';
import { LIVES, fuzzDifferential } from './fuzz/differential.js';
import { GENERATORS, fuzzFactor } from './fuzz/factor.js';
import { fuzzParsers, PROPERTIES } from './fuzz/parsers.js';
import { fuzzStates } from './fuzz/states.js';
import { fuzzSnapshots } from './fuzz/snapshots.js';
import { assert, suite } from './suite.js';

const test = suite('fuzz');

test('random learners and detectors of every kind are, byte for byte, those of the reference', () => {
  const { configurations, findings } = fuzzDifferential(60, 1);
  assert.equal(findings, []);
  assert.ok(configurations === 60 && Object.keys(LIVES).length === 5);
});

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

test('detectors: what they reach loads again, what is corrupted is refused, what is forged is refused or stays in good order', async () => {
  assert.equal(await fuzzDetectorStates(40, 600, 1), []);
  const { accepted, refused, sound, findings } = await fuzzDetectorSnapshots(3000, 1);
  assert.equal(findings, []);
  assert.ok(accepted === 0 && refused > 2000 && sound > 100, `${accepted} accepted, ${refused} refused, ${sound} sound`);
});

test('the whitening factor stays within its limits under 20 hostile generators, loads again, and whitens as one in double precision does', async () => {
  assert.is(Object.keys(GENERATORS).length, 20);
  for (const [inputs, samples] of [[1, 3000], [4, 12_000], [16, 12_000], [33, 4000], [140, 600]] as const) {
    for (const generator of Object.keys(GENERATORS)) {
      const { violations } = await fuzzFactor(generator, inputs, samples, inputs);
      assert.equal(violations, [], `${generator}, ${inputs} inputs`);
    }
  }
});

test('the committed results of the long runs are of the whole runs, and found nothing', () => {
  const result = (name: string) => JSON.parse(readFileSync(new URL(`../benchmarks/results/${name}.json`, import.meta.url), 'utf8'));
  const { findings, kill, power, two, disks, damage, snapshots } = result('faults');
  assert.is(findings, 0);
  assert.ok(snapshots.corrupted >= 1_000_000 && kill.kills >= 500 && power.kills >= 100 && damage.tried >= 100_000);
  assert.equal([snapshots.accepted, snapshots.crashed, snapshots.notRestored, kill.lost, kill.different, power.lost, power.different, two.overlaps, damage.failed], Array(9).fill(0));
  assert.equal(disks.map(({ lost, remains, unclear }: Record<string, number>) => [lost, remains, unclear]), [[0, 0, 0], [0, 0, 0]]);
  assert.ok(result('soak').samples >= 10_000_000);
});

test.run();
