// `npm run test:faults`: what can go wrong with state, done on purpose, for about a quarter of an hour. `-- --quick` is the same with a
// hundredth of the counts. Writes benchmarks/results/faults.json (not with --quick) and ends with the number of findings.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { machine } from '../../benchmarks/machine.js';
import { fuzzParsers, PROPERTIES } from '../fuzz/parsers.js';
import { fuzzStates } from '../fuzz/states.js';
import { fuzzSnapshots } from '../fuzz/snapshots.js';
import { damageNewest } from './damage.js';
import { fillDisk } from './disk.js';
import { cutPowerWhileSaving, killWhileSaving, type KillCounts } from './kill.js';
import { contend } from './two.js';

const quick = process.argv.includes('--quick');
const share = quick ? 0.01 : 1;
const seed = 2026;
let findings = 0;
const started = performance.now();
const say = (line: string): void => console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}`);
const count = (wrong: number, of: string): void => {
  if (wrong === 0) return;
  findings += wrong;
  say(`FINDING: ${wrong} ${of}`);
};

const folder = mkdtempSync(join(tmpdir(), 'onward-faults-'));
try {
  const bundle = join(folder, 'child.mjs'); // one file: a child is up in 60 ms
  await build({ entryPoints: [new URL('./child.ts', import.meta.url).pathname], outfile: bundle, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning' });

  const kill = await killWhileSaving(bundle, Math.max(20, 600 * share), seed, (done) => say(`${done} kills`));
  say(`kill -9 while saving: ${JSON.stringify(kill)}`);
  count(kill.lost, 'saves lost');
  count(kill.different, 'learners restored otherwise than they were');
  count(kill.damaged, 'generations damaged');

  const notTried: string[] = [];
  let power: KillCounts | undefined;
  try {
    power = await cutPowerWhileSaving(bundle, Math.max(5, 200 * share), seed);
    say(`power cut while saving: ${JSON.stringify(power)}`);
    count(power.lost, 'saves lost by a power cut');
    count(power.different, 'learners restored otherwise than they were, after a power cut');
    count(power.damaged, 'generations damaged by a power cut');
  } catch (error) {
    notTried.push(`power cut: ${(error as Error).message.split('\n')[0]}`);
  }

  const two = await contend(bundle, 4, 60_000 * Math.max(share, 0.05));
  say(`processes on one store: ${JSON.stringify(two)}`);
  count(two.overlaps, 'times two processes at once');
  if (!quick && (two.had < 100 || two.killedInside === 0)) count(1, 'contests that tried nothing');

  const disks: Awaited<ReturnType<typeof fillDisk>>[] = [];
  for (const kind of ['tmpfs', 'ext4'] as const) {
    try {
      disks.push(await fillDisk(kind));
    } catch (error) {
      notTried.push(`full ${kind}: ${(error as Error).message.split('\n')[0]}`);
      continue;
    }
    const disk = disks.at(-1)!;
    say(`full disk: ${JSON.stringify(disk)}`);
    count(disk.unclear + disk.remains + disk.lost + (disk.savedAfter && disk.failed > 0 ? 0 : 1), `faults on a full ${kind}`);
  }
  for (const reason of notTried) say(`not tried: ${reason} (needs root; stores.test.ts has /dev/full)`);

  const damage = await damageNewest(100_000 * share, seed);
  say(`newest generation damaged: ${JSON.stringify(damage)}`);
  count(damage.failed, 'good generations not restored');

  const snapshots = await fuzzSnapshots(1_000_000 * share, 200_000 * share, seed, (done) => done % 100_000 === 0 && say(`${done} corrupted snapshots`));
  say(`corrupted snapshots: ${JSON.stringify(snapshots)}`);
  count(snapshots.accepted, 'corrupted snapshots accepted');
  count(snapshots.crashed, 'crashes');
  count(snapshots.notRestored, 'good snapshots refused');
  count(snapshots.forged.unsound, 'forged snapshots that made a learner out of order');

  const learners = 500 * share;
  const refused = await fuzzStates(learners, 2000, seed);
  say(`states that ${learners} learners reached and a loader refused: ${JSON.stringify(refused)}`);
  count(refused.length, 'reached states refused');

  const rounds = 50_000 * share;
  try {
    await fuzzParsers(rounds, seed);
  } catch (error) {
    say((error as Error).message);
    count(1, 'parser properties broken');
  }
  say(`parsers: ${rounds} rounds of ${Object.keys(PROPERTIES).length} properties`);

  if (!quick) {
    const result = {
      seed, kill, power, two, disks, notTried, damage,
      snapshots: { corrupted: Object.values(snapshots.tried).reduce((sum, n) => sum + n, 0), ...snapshots },
      states: { learners, refused: refused.length },
      parsers: { rounds, properties: Object.keys(PROPERTIES) },
      findings, seconds: Math.round((performance.now() - started) / 1000), machine: machine(),
    };
    writeFileSync(new URL('../../benchmarks/results/faults.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(`${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;
