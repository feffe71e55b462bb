/**
 * The recording that `onward run` plays: an accelerometer on a computer fan, 3 axes at 50 Hz, with weights on its blades in
 * one of three configurations (the label), at 17 speeds from 20 to 100 % (data/NOTICE.md). The machine speeds up: windows
 * come by rising speed, and inside a speed the three configurations are shuffled.
 */
import { createReadStream } from 'node:fs';
import { openCsv } from '../host/sources/csv.js';
import { speedingUp, type FanWindow } from './fan-order.js';
import { packageFile } from './package-file.js';

export { WINDOW, type FanWindow } from './fan-order.js';

/** Above this speed, in percent, the copies no longer learn. */
export const FREEZE_SPEED = 60;

export async function fanWindows(seed: number): Promise<{ labels: readonly string[]; windows: FanWindow[] }> {
  const path = packageFile('data/accelerometer_fan.csv.gz');
  const file = await openCsv(() => createReadStream(path), { label: 'Sensor Configuration' });
  return { labels: file.labels, windows: await speedingUp(file, seed) };
}
