/**
 * The recording that `onward run` plays: an accelerometer on a computer fan, 3 axes at 50 Hz, with weights on its blades in
 * one of three configurations (the label), at 17 speeds from 20 to 100 % (data/NOTICE.md). The machine speeds up: windows
 * come by rising speed, and inside a speed the three configurations are shuffled.
 */
import { createReadStream } from 'node:fs';
import { shuffle, randomFrom } from '../shuffle.js';
import { openCsv } from '../sources/csv.js';
import { windows, type Window } from '../sources/window.js';
import { packageFile } from './files.js';

/** One second. */
export const WINDOW = { axes: 3, samples: 50 };

/** Above this speed, in percent, the copies no longer learn. */
export const FREEZE_SPEED = 60;

export interface FanWindow extends Window {
  group: number; // the speed in percent
}

export async function fanWindows(seed: number): Promise<{ labels: readonly string[]; windows: FanWindow[] }> {
  const path = packageFile('data/accelerometer_fan.csv.gz');
  const file = await openCsv(() => createReadStream(path), { label: 'Sensor Configuration' }); // x: speed, then the axes
  const cut = windows(file, { samples: WINDOW.samples, axes: [1, 2, 3], group: ({ x }) => x[0] });
  const bySpeed = new Map<number, FanWindow[]>();
  for await (const window of cut as AsyncIterable<FanWindow>) {
    const same = bySpeed.get(window.group);
    if (same) same.push(window);
    else bySpeed.set(window.group, [window]);
  }
  const random = randomFrom(seed);
  const speeds = [...bySpeed.keys()].sort((a, b) => a - b);
  return { labels: file.labels, windows: speeds.flatMap((speed) => shuffle(bySpeed.get(speed)!, random)) };
}
