/**
 * Is our scorer NAB's? `tsx benchmarks/nab/check.ts FOLDER`: FOLDER is a checkout of the NAB repository, whose results/ holds the scores that
 * published detectors gave to every row, config/thresholds.json the thresholds that NAB chose for them, and results/final_results.json the outcome.
 * On 23 November 2026: all of 16 detectors x 3 profiles the same to 6 digits. Some of the published thresholds are not the best ones (NAB once looked
 * for them by hill climbing), so the outcome at the best threshold stands beside.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadSeries } from './data.js';
import { PROFILES, scoreCorpus } from './score.js';

const NAMES = { standard: 'standard', lowFalsePositives: 'reward_low_FP_rate', lowFalseNegatives: 'reward_low_FN_rate' } as const;

const folder = process.argv[2];
if (folder === undefined) throw new TypeError('check.ts FOLDER: name a checkout of the NAB repository');

const series = loadSeries(folder);
const published = JSON.parse(readFileSync(join(folder, 'results/final_results.json'), 'utf8')) as Record<string, Record<string, number>>;
const thresholds = JSON.parse(readFileSync(join(folder, 'config/thresholds.json'), 'utf8')) as Record<string, Record<string, { threshold: number }>>;
let worst = 0;
for (const detector of readdirSync(join(folder, 'results')).sort()) {
  if (published[detector] === undefined || !existsSync(join(folder, 'results', detector, 'realTweets'))) continue;
  const scores = series.map(({ name }) => columnOf(join(folder, 'results', detector, dirname(name), `${detector}_${basename(name)}`)));
  for (const profile of Object.keys(PROFILES) as (keyof typeof PROFILES)[]) {
    const { threshold } = thresholds[detector]![NAMES[profile]]!;
    const { score } = scoreCorpus(series, scores, PROFILES[profile], threshold);
    const best = scoreCorpus(series, scores, PROFILES[profile]);
    const expected = published[detector]![NAMES[profile]]!;
    worst = Math.max(worst, Math.abs(score - expected));
    console.log(`${detector.padEnd(20)} ${profile.padEnd(18)} published ${expected.toFixed(4).padStart(8)}  here ${score.toFixed(4).padStart(8)}  best threshold ${best.score.toFixed(2)}`);
  }
}
console.log(`largest difference: ${worst.toFixed(6)}`);
if (!(worst < 0.001)) process.exitCode = 1;

function columnOf(path: string): Float64Array {
  const [header, ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const column = header!.split(',').indexOf('anomaly_score');
  return Float64Array.from(rows, (row) => Number(row.split(',')[column]));
}
