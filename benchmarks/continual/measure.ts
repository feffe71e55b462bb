/** A learner over all seeds of a protocol. */
import { mean } from '../streams/prequential.js';
import type { Maker } from './learner.js';
import type { Measure, Measured, Protocol, Target } from './protocols.js';

export interface Line {
  learner: string;
  setting: string; // the best, where several were tried
  mean: number;
  deviation: number; // of the seeds
  bySeed: number[];
  tried?: Record<string, number>; // mean (long protocols: first seed) by setting
  chosenBy?: Record<string, number>; // where that is not what settings were chosen by
  memoryBytes?: number;
  parts?: Measured['parts']; // mean of the seeds, by stream
  seconds: number;
}

interface Runs {
  setting: string;
  runs: Measured[];
  seconds: number;
}

export async function measured(learner: string, maker: Maker, measure: Measure, seeds: readonly number[]): Promise<Line> {
  return lineOf(learner, await runsOf('', maker, measure, seeds));
}

/** Every setting is tried; the line is the best one's. */
export async function bestOf(learner: string, makers: Record<string, Maker>, protocol: Protocol, measure: Measure, seeds: readonly number[]): Promise<Line> {
  const scanned = protocol.long ? seeds.slice(0, 1) : seeds;
  const sign = protocol.target && 'atMost' in protocol.target ? -1 : 1;
  const figure = ({ runs }: Runs) => mean(runs.map((run) => run.figure));
  const worth = (one: Runs) => (one.runs[0].chosenBy === undefined ? sign * figure(one) : mean(one.runs.map((run) => run.chosenBy!)));
  const tried: Runs[] = [];
  for (const [setting, maker] of Object.entries(makers)) tried.push(await runsOf(setting, maker, measure, scanned));
  const best = tried.reduce((a, b) => (worth(b) > worth(a) ? b : a));
  const rest = await runsOf(best.setting, makers[best.setting], measure, seeds.slice(scanned.length));
  const line = lineOf(learner, { setting: best.setting, runs: [...best.runs, ...rest.runs], seconds: best.seconds + rest.seconds });
  if (tried.length === 1) return line;
  const bySetting = (value: (one: Runs) => number) => Object.fromEntries(tried.map((one) => [one.setting, value(one)]));
  return { ...line, tried: bySetting(figure), ...(best.runs[0].chosenBy === undefined ? {} : { chosenBy: bySetting(worth) }) };
}

async function runsOf(setting: string, maker: Maker, measure: Measure, seeds: readonly number[]): Promise<Runs> {
  const start = performance.now();
  const runs: Measured[] = [];
  for (const seed of seeds) runs.push(await measure(maker, seed));
  return { setting, runs, seconds: (performance.now() - start) / 1000 };
}

export function isMet(line: Line, target: Target): boolean {
  const enough = 'atLeast' in target ? line.mean >= target.atLeast : line.mean <= target.atMost;
  return enough && (target.memoryBytes === undefined || (line.memoryBytes ?? Infinity) <= target.memoryBytes);
}

function lineOf(learner: string, { setting, runs, seconds }: Runs): Line {
  const bySeed = runs.map((run) => run.figure);
  const middle = mean(bySeed);
  const deviation = Math.sqrt(bySeed.reduce((sum, v) => sum + (v - middle) ** 2, 0) / Math.max(1, bySeed.length - 1));
  const { parts } = runs[0];
  return {
    learner, setting, mean: middle, deviation, bySeed, seconds,
    memoryBytes: runs[0].memoryBytes,
    parts: parts && Object.fromEntries(Object.keys(parts).map((stream) => [stream, meanPart(runs.map((run) => run.parts![stream]))])),
  };
}

function meanPart(parts: Record<string, number>[]): Record<string, number> {
  return Object.fromEntries(Object.keys(parts[0]).map((key) => [key, mean(parts.map((part) => part[key]))]));
}
