/** Results of experiments: benchmarks/results/paper/NAME.json, and the table paper | ours | settings | time made from them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { machine } from '../../machine.js';
import type { Figure } from './experiment.js';

export const RESULTS = fileURLToPath(new URL('../../results/paper/', import.meta.url));

/** One seed's run. */
export interface SeedResult {
  seed: number;
  figures: Record<string, number>;
  /** Figures after each pass. */
  afterPass: Record<string, number>[];
  /** By the clock, on a machine that may be shared, measurements included. */
  seconds: number;
  /** Of one core. */
  cpuSeconds: number;
  /** SHA-256 of everything learned: the same on every machine. */
  learned: string;
}

export interface Result {
  name: string;
  title: string;
  place: number;
  machine: ReturnType<typeof machine>;
  summary: string;
  settings: object;
  figures: readonly Figure[];
  /** Means over the seeds. */
  means: Record<string, number>;
  background?: Record<string, number>;
  seeds: SeedResult[];
}

export function writeResult(result: Result, folder: string = RESULTS): void {
  mkdirSync(folder, { recursive: true });
  const rounded = (_: string, v: unknown) => (typeof v === 'number' && !Number.isInteger(v) ? Number(v.toPrecision(5)) : v);
  writeFileSync(`${folder}${result.name}.json`, JSON.stringify(result, rounded, 1) + '\n');
}

export function readResults(folder = RESULTS): Result[] {
  if (!existsSync(folder)) return [];
  const results = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as Result);
  return results.sort((a, b) => a.place - b.place || (a.name < b.name ? -1 : 1));
}

export function meansOf(seeds: readonly SeedResult[]): Record<string, number> {
  const names = Object.keys(seeds[0]!.figures);
  return Object.fromEntries(names.map((name) => [name, seeds.reduce((sum, { figures }) => sum + figures[name]!, 0) / seeds.length]));
}

/** Whether a target is met; undefined where there is none. A figure that was not measured misses it. */
export function met(value: number | undefined, target: number | undefined, better: Figure['better']): boolean | undefined {
  if (target === undefined) return undefined;
  if (value === undefined) return false;
  return better === 'lower' ? value <= target : value >= target;
}

export const TABLE_HEADS = ['experiment', 'the paper', 'target', 'ours', 'settings', 'time of a seed'];

/** Rows of the table; ours is marked 'missed' where the target is, and 'behind' where the paper is better than ours. */
export function tableRows(results: readonly Result[]): string[][] {
  return results.flatMap(({ title, figures, means, summary, seeds }) =>
    figures.map(({ name, better, paper, paperIs, target }, k) => {
      const value = means[name];
      const marks = [met(value, target, better) === false ? 'missed' : '', met(value, paper, better) === false ? `behind ${paperIs ?? 'the paper'}` : ''].filter(Boolean);
      const spread = seeds.length > 1 ? ` (${seeds.map((seed) => text(seed.figures[name])).join(', ')})` : '';
      return [
        `${title}: ${name}`,
        paper === undefined ? '' : `${paper}${paperIs ? ` (${paperIs})` : ''}`,
        target === undefined ? '' : `${better === 'lower' ? '<=' : '>='} ${target}`,
        `${text(value)}${spread}${marks.length > 0 ? ` **${marks.join(', ')}**` : ''}`,
        k === 0 ? summary : '',
        k === 0 ? duration(seeds.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / seeds.length) : '',
      ];
    }),
  );
}

const text = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(2));

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(0)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} min`;
}

/** The table as Markdown. */
export function paperTable(results: readonly Result[] = readResults()): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(TABLE_HEADS), line(['---', '---:', '---:', '---:', '---', '---:']), ...tableRows(results).map(line)].join('\n');
}
