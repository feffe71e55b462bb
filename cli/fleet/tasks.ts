/**
 * Two recordings dealt out so that no device can learn the task alone: handwritten digits, two of the ten to a device, and the fan, one of its 17 speeds to a
 * device (data/NOTICE.md). What every device is judged by holds all digits, or all speeds.
 */
import { createReadStream } from 'node:fs';
import type { LearnerConfig } from '../../host/index.js';
import { randomFrom, shuffle } from '../../host/shuffle.js';
import { openCsv } from '../../host/sources/csv.js';
import { WINDOW, fanWindows } from '../fan.js';
import { packageFile } from '../package-file.js';

export interface TaskSample {
  x: Float32Array;
  y: string;
}

export interface FleetTask {
  title: string;
  config: LearnerConfig;
  /** The samples that each device hears. */
  devices: TaskSample[][];
  /** All of that, for one learner that hears everything. */
  all: TaskSample[];
  /** A fifth of the recording, heard by nobody. */
  judged: TaskSample[];
}

export type TaskName = 'digits' | 'fan';
export const TASKS: Record<TaskName, (devices: number, seed: number) => Promise<FleetTask>> = { digits: digitsTask, fan: fanTask };

async function digitsTask(count: number, seed: number): Promise<FleetTask> {
  const path = packageFile('data/digits_8x8.csv.gz');
  const file = await openCsv(() => createReadStream(path));
  const samples: TaskSample[] = [];
  for await (const { x, y } of file) samples.push({ x: Float32Array.from(x), y: y! });
  shuffle(samples, randomFrom(seed));
  const labels = [...file.labels].sort();
  const cut = Math.floor(0.8 * samples.length);
  const all = samples.slice(0, cut);
  const hears = (device: number, label: string) => [2 * device, 2 * device + 1].some((k) => labels[k % labels.length] === label);
  return {
    title: 'handwritten digits, two of the ten to a device',
    config: { inputs: 64, labels },
    devices: deal(all, count, hears, ({ y }) => y),
    all,
    judged: samples.slice(cut),
  };
}

async function fanTask(count: number, seed: number): Promise<FleetTask> {
  const { labels, windows } = await fanWindows(seed);
  const speeds = [...new Set(windows.map(({ group }) => group))];
  const all = windows.filter((_, k) => k % 5 !== 4);
  const sample = ({ x, y }: (typeof windows)[number]): TaskSample => ({ x: Float32Array.from(x), y: y! });
  return {
    title: 'which weight is on a fan, one of 17 speeds to a device',
    config: { window: WINDOW, labels },
    devices: deal(all, count, (device, speed) => speeds[device % speeds.length] === speed, ({ group }) => group).map((part) => part.map(sample)),
    all: shuffle(all.map(sample), randomFrom(seed)),
    judged: windows.filter((_, k) => k % 5 === 4).map(sample),
  };
}

/** Every sample to one of the devices that hear its kind, in turn. Kinds that nobody hears are left out. */
function deal<T, Kind>(samples: readonly T[], devices: number, hears: (device: number, kind: Kind) => boolean, kindOf: (sample: T) => Kind): T[][] {
  const parts: T[][] = Array.from({ length: devices }, () => []);
  const turns = new Map<Kind, number>();
  for (const sample of samples) {
    const kind = kindOf(sample);
    const who = parts.filter((_, device) => hears(device, kind));
    const turn = turns.get(kind) ?? 0;
    who[turn % who.length]?.push(sample);
    turns.set(kind, turn + 1);
  }
  return parts;
}
