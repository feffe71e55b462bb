/** What the streams benchmark says: the figures of a stream, the summary over the counted streams, and the printed table, losses included. */
import type { OnwardResult } from './onward.js';
import { mean } from './prequential.js';
import type { Met } from './rivals/all.js';
import { CLIPS, RATES, SEEDS, type Tuned } from './tune.js';

export interface Rivals {
  key: string;
  persistence: number;
  tuned: Tuned[]; // logistic regression, one and two hidden layers; each with onward's clip, then the other
  swept: { hidden: readonly number[]; selfRate: boolean; accuracies: number[] }[]; // by RATES
  floatRule: number;
  seconds: number;
}

export interface Hurt {
  key: string;
  met: Met[];
  full?: OnwardResult; // onward in 16 bits with secondOrder 'full'
  remembering?: OnwardResult; // the same with 200 exemplars
}

export interface StreamResult {
  name: string;
  counted: boolean;
  kept: boolean; // not measured by this run: taken from the results file
  samples: number;
  inputs: number;
  labels: number;
  rivals: Rivals;
  int16?: OnwardResult;
  int8?: OnwardResult;
  hurt?: Hurt;
}

/** One rate for all streams, as onward has: of every architecture the rate with the best mean over the counted streams. */
function oneSetting(counted: StreamResult[], selfRate: boolean): { hidden: readonly number[]; rate: number; accuracies: number[] } {
  const lines = counted[0].rivals.swept
    .filter((line) => line.selfRate === selfRate)
    .flatMap(({ hidden }) =>
      RATES.map((rate, k) => ({
        hidden,
        rate,
        accuracies: counted.map((r) => r.rivals.swept.find((s) => s.selfRate === selfRate && s.hidden.length === hidden.length)!.accuracies[k]),
      })),
    );
  return lines.reduce((best, line) => (mean(line.accuracies) > mean(best.accuracies) ? line : best));
}

/** The best of the rivals; with `clip`, of those whose input was clipped there, so that everyone learns from the same values. */
function bestRival(r: StreamResult, clip?: number): number {
  return Math.max(...r.rivals.tuned.filter((t) => clip === undefined || t.choice.clip === clip).map((t) => t.accuracy));
}

/** Differences to the best tuned rival of each stream, averaged, and the worst one. */
function against(counted: StreamResult[], pick: (r: StreamResult, k: number) => number | undefined) {
  const differences = (clip?: number) => counted.map((r, k) => (pick(r, k) ?? NaN) - bestRival(r, clip));
  const free = differences();
  const same = differences(CLIPS[0]);
  if (Number.isNaN(mean(free))) return undefined;
  return { mean: mean(free), worst: Math.min(...free), sameClip: { mean: mean(same), worst: Math.min(...same) } };
}

export function summarise(counted: StreamResult[]) {
  if (counted.length === 0) return undefined;
  const plain = oneSetting(counted, false);
  const found = oneSetting(counted, true);
  const foundTuned = counted.map((r) => Math.max(...r.rivals.swept.filter((s) => s.selfRate).flatMap((s) => s.accuracies)));
  return {
    streams: counted.map((r) => r.name),
    bestRival: mean(counted.map((r) => bestRival(r))),
    bestRivalSameClip: mean(counted.map((r) => bestRival(r, CLIPS[0]))),
    mlpOneRate: { ...plain, ...against(counted, (_, k) => plain.accuracies[k]) },
    mlpFoundRate: { ...found, ...against(counted, (_, k) => found.accuracies[k]) },
    mlpFoundRateTuned: { accuracies: foundTuned, ...against(counted, (_, k) => foundTuned[k]) },
    floatRule: against(counted, (r) => r.rivals.floatRule),
    int16: against(counted, (r) => r.int16?.accuracy),
    int8: against(counted, (r) => r.int8?.accuracy),
  };
}

export type Summary = NonNullable<ReturnType<typeof summarise>>;

export function table(results: StreamResult[], summary: Summary | undefined, units: readonly number[], skipped: readonly string[]): string {
  const width = units[0];
  const cell = (v: number | undefined, digits = 1) => (v === undefined || Number.isNaN(v) ? '-' : v.toFixed(digits)).padStart(11);
  const signed = (v: number | undefined) => (v === undefined || Number.isNaN(v) ? '-' : (v >= 0.005 ? '+' : '') + (Math.abs(v) < 0.005 ? 0 : v).toFixed(2)).padStart(11);
  const heads = ['repeat', 'logistic', nameOf([width]), nameOf([width, width]), 'one rate', 'found rate', 'float rule', 'int16', 'int8', 'int16 -', 'int8 -'];
  const line = (r: StreamResult): string => {
    const k = summary?.streams.indexOf(r.name) ?? -1;
    const rival = bestRival(r);
    return (
      `${r.name} (${r.inputs}, ${r.labels})${r.kept ? ' *' : ''}`.padEnd(24) +
      cell(r.rivals.persistence) +
      [0, 1, 2].map((layers) => cell(Math.max(...r.rivals.tuned.filter((t) => t.hidden.length === layers).map((t) => t.accuracy)))).join('') +
      cell(summary?.mlpOneRate.accuracies[k]) +
      cell(summary?.mlpFoundRate.accuracies[k]) +
      cell(r.rivals.floatRule) +
      cell(r.int16?.accuracy) +
      cell(r.int8?.accuracy) +
      signed(r.int16 && r.int16.accuracy - rival) +
      signed(r.int8 && r.int8.accuracy - rival)
    );
  };
  const rows = [
    `prequential accuracy, %, units ${units.join('-')}, mean of ${SEEDS.length} seeds, one pass, at most 10,000 samples; one setting for onward, rivals tuned per stream`,
    'stream (values, labels)'.padEnd(24) + heads.map((h) => h.padStart(11)).join(''),
    ...results.filter((r) => r.counted).map(line),
  ];
  if (summary) {
    const { floatRule, int16, int8, mlpOneRate, mlpFoundRate } = summary;
    const tail = (name: string, pick: (s: { mean?: number; worst?: number; sameClip?: { mean: number; worst: number } } | undefined) => number | undefined) =>
      name.padEnd(68) + [mlpOneRate, mlpFoundRate, floatRule, int16, int8].map((s) => signed(pick(s))).join('');
    rows.push(
      tail('mean difference to the best tuned rival of each stream', (s) => s?.mean),
      tail('worst', (s) => s?.worst),
      tail(`mean, everyone's input clipped at ${CLIPS[0]} (above: rivals choose)`, (s) => s?.sameClip?.mean),
      tail('worst', (s) => s?.sameClip?.worst),
    );
  }
  const aside = results.filter((r) => !r.counted);
  if (aside.length > 0) rows.push('shown, not counted (other features of a stream above; labels that persist for hours):', ...aside.map(line));
  if (summary) {
    const { mlpOneRate, mlpFoundRate, mlpFoundRateTuned } = summary;
    rows.push(
      `one rate: the MLP with one rate for all streams, the best by hindsight (${nameOf(mlpOneRate.hidden)}, ${mlpOneRate.rate}); ` +
        `found rate: with the rate that finds itself (${nameOf(mlpFoundRate.hidden)}, ${mlpFoundRate.rate}), ` +
        `mean ${signed(mlpFoundRateTuned.mean).trim()} when its base rate is tuned per stream; all seed 1`,
    );
  }
  if (skipped.length > 0) rows.push(`SKIPPED, no data: ${skipped.join(', ')} (the tuning recordings are not part of the repository: ONWARD_DEV_DATA names their folder)`);
  if (results.some((r) => r.kept)) rows.push('* not measured by this run: taken from the results file');
  return rows.join('\n');
}

export function nameOf(hidden: readonly number[]): string {
  return hidden.length === 0 ? 'logistic' : `mlp ${hidden.join('-')}`;
}
