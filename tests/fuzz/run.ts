// `npm run test:fuzz -- --configurations 100000 --forgeries 1000000`: fuzzing for as long as one likes; without options it takes half a minute. `--seed N` for other ones, `--seconds S` ends each
// part then, `--write` keeps the counts in benchmarks/results/fuzz.json. Exit code 1 with what it found.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from '../../benchmarks/machine.js';
import { fuzzDetectorSnapshots } from './detectors.js';
import { fuzzDifferential } from './differential.js';
import { fuzzSnapshots } from './snapshots.js';

const { values } = parseArgs({ options: { configurations: { type: 'string', default: '500' }, forgeries: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' }, seconds: { type: 'string', default: '86400' }, write: { type: 'boolean', default: false } } });
const [configurations, forgeries, seed, seconds] = (['configurations', 'forgeries', 'seed', 'seconds'] as const).map((name) => {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`--${name}: got ${values[name]}; expected a whole number from 0`);
  return value;
}) as [number, number, number, number];

const started = performance.now();
const say = (line: string): void => console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);
const timed = (): (() => boolean) => {
  const end = performance.now() + 1000 * seconds;
  return () => performance.now() < end;
};

const inTime = timed();
const differential = fuzzDifferential(configurations, seed, (done) => {
  if (done > 0 && done % 5000 === 0) say(`${done} configurations`);
  return inTime();
});
say(`reference = cores: ${differential.configurations} configurations, ${differential.steps} steps of each implementation, ${differential.findings.length} findings`);

/** Forgeries of one batch: in time is asked in between, and a batch is known by its seed. */
const BATCH = 1000;
const forged = { learners: { tried: 0, refused: 0, sound: 0, unsound: 0, crashed: 0 }, detectors: { tried: 0, accepted: 0, refused: 0, sound: 0 } };
const findings = [...differential.findings];
const still = timed();
for (let batch = 0; batch * BATCH < forgeries && still(); batch++) {
  const count = Math.min(BATCH, forgeries - batch * BATCH);
  const ofDetectors = batch % 5 === 4; // theirs are smaller, and there are fewer fields
  const batchSeed = seed + batch;
  if (ofDetectors) {
    const { accepted, refused, sound, findings: found } = await fuzzDetectorSnapshots(count, batchSeed);
    const all = forged.detectors;
    [all.tried, all.accepted, all.refused, all.sound] = [all.tried + count, all.accepted + accepted, all.refused + refused, all.sound + sound];
    findings.push(...found.map((each) => `detectors, seed ${batchSeed}: ${each}`));
  } else {
    const { forged: of, crashed, findings: found } = await fuzzSnapshots(0, count, batchSeed);
    const all = forged.learners;
    [all.tried, all.refused, all.sound, all.unsound, all.crashed] = [all.tried + count, all.refused + of.refused, all.sound + of.sound, all.unsound + of.unsound, all.crashed + crashed];
    findings.push(...found.map((each) => `learners, seed ${batchSeed}: ${each}`));
  }
  if (batch % 50 === 49) say(`${(batch + 1) * BATCH} forgeries`);
}
say(`forged snapshots: ${JSON.stringify(forged)}`);
for (const finding of findings.slice(0, 20)) say(`FINDING: ${finding}`);
say(`${findings.length} findings`);
if (values.write) {
  const result = { command: `npm run test:fuzz -- --configurations ${configurations} --forgeries ${forgeries} --seed ${seed} --seconds ${seconds}`, machine: machine(), configurations: differential.configurations, steps: differential.steps, forged, findings: findings.length };
  writeFileSync(new URL('../../benchmarks/results/fuzz.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
}
process.exitCode = findings.length > 0 ? 1 : 0;
