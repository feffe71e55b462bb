/**
 * Commissioned mode on SKAB: 34 recordings of a water pump with 8 sensors and faults on purpose (Katser and Kozitsin, "Skoltech Anomaly Benchmark",
 * 2020). Its data are GPL-3 and no part of this repository: ONWARD_SKAB names a checkout of it.
 *
 * Each recording: the first 400 rows are learned without labels, the rest is scored; an alarm for a row counts against the row's label. The
 * defaults of `createDetector`, the same for all recordings. F1 alone says little (always alarming gives 0.70), so FAR, MAR and AUC stand beside.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDetector, detectorBytesNeeded, type DetectorConfig } from '../../host/index.js';
import { machine } from '../machine.js';

const WARMUP = 400;
const SEEDS = [1, 2, 3, 4, 5];

interface Recording {
  rows: Float64Array[];
  faults: boolean[];
}

const folder = process.env['ONWARD_SKAB'];
if (folder === undefined) throw new TypeError('ONWARD_SKAB is not set: name a checkout of SKAB, the folder with data/ in it');
const recordings = ['valve1', 'valve2', 'other'].flatMap((part) =>
  readdirSync(join(folder, 'data', part)).filter((name) => name.endsWith('.csv')).sort().map((name) => read(join(folder, 'data', part, name))));

const variants: Record<string, DetectorConfig> = {
  default: {},
  'bits 16': { bits: 16 },
  'threshold 2.5': { threshold: 2.5 },
  'threshold 1.5': { threshold: 1.5 },
  'not learned (rate 0)': { rate: 0 },
};
const results = [];
for (const [name, variant] of Object.entries(variants)) {
  const runs: { f1: number; far: number; mar: number; auc: number }[] = [];
  for (const seed of SEEDS) runs.push(await run({ channels: 8, mode: 'commissioned', warmup: WARMUP, seed, ...variant }));
  const of = (key: keyof (typeof runs)[number]): number => round(runs.reduce((sum, each) => sum + each[key], 0) / runs.length);
  const result = { name, f1: of('f1'), f1Low: round(Math.min(...runs.map(({ f1 }) => f1))), f1High: round(Math.max(...runs.map(({ f1 }) => f1))), far: of('far'), mar: of('mar'), auc: of('auc') };
  console.log(name.padEnd(24), `F1 ${result.f1} (${result.f1Low} to ${result.f1High})  FAR ${(100 * result.far).toFixed(1)} %  MAR ${(100 * result.mar).toFixed(1)} %  AUC ${result.auc}`);
  results.push({ ...result, config: variant });
}
const bytes = (await detectorBytesNeeded({ channels: 8, mode: 'commissioned' })).arena;
console.log(`arena ${bytes} B`);
const content = { machine: machine(), settings: { recordings: recordings.length, warmup: WARMUP, seeds: SEEDS }, bytes, results };
writeFileSync(new URL('../results/skab.json', import.meta.url), JSON.stringify(content, null, 1) + '\n');

/** All recordings, each with a fresh detector; rates over all rows that count. */
async function run(config: DetectorConfig): Promise<{ f1: number; far: number; mar: number; auc: number }> {
  let [hit, missed, falseAlarm, quiet] = [0, 0, 0, 0];
  const scored: { score: number; fault: boolean }[] = [];
  for (const { rows, faults } of recordings) {
    const detector = await createDetector(config);
    rows.forEach((x, i) => {
      const { score, alarm } = detector.observe(x);
      if (i < WARMUP) return;
      const fault = faults[i]!;
      scored.push({ score, fault });
      if (fault) alarm ? hit++ : missed++;
      else alarm ? falseAlarm++ : quiet++;
    });
    detector.dispose();
  }
  return { f1: (2 * hit) / (2 * hit + missed + falseAlarm), far: falseAlarm / (falseAlarm + quiet), mar: missed / (hit + missed), auc: areaUnderCurve(scored) };
}

/** Probability that a row with a fault scores above one without; equals count half. */
function areaUnderCurve(scored: { score: number; fault: boolean }[]): number {
  scored.sort((a, b) => a.score - b.score);
  let below = 0;
  let wins = 0;
  let faults = 0;
  for (let i = 0; i < scored.length; ) {
    let [quiet, faulty, j] = [0, 0, i];
    for (; j < scored.length && scored[j]!.score === scored[i]!.score; j++) scored[j]!.fault ? faulty++ : quiet++;
    wins += faulty * (below + quiet / 2);
    below += quiet;
    faults += faulty;
    i = j;
  }
  return wins / (below * faults);
}

function read(path: string): Recording {
  const [header, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header!.split(';');
  const fault = names.indexOf('anomaly');
  const cells = lines.map((line) => line.split(';'));
  return { rows: cells.map((row) => Float64Array.from(row.slice(1, fault), Number)), faults: cells.map((row) => Number(row[fault]) === 1) };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
