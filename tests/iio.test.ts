// Linux IIO on a folder tree that looks like sysfs.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sample } from '../host/index.js';
import { openIio } from '../host/sources/iio.js';
import { assert, suite } from './suite.js';

const test = suite('iio');
const root = mkdtempSync(join(tmpdir(), 'onward-iio-'));
test.after(() => rmSync(root, { recursive: true, force: true }));

let devices = 0;
function device(files: Record<string, string>): string {
  const folder = join(root, `iio:device${devices++}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries({ name: 'bmi160', sampling_frequency: '100', ...files })) writeFileSync(join(folder, name), `${text}\n`);
  return folder;
}

async function take(source: AsyncIterable<Sample>, count: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const sample of source) if (samples.push(sample) === count) break;
  return samples;
}

test('values are (raw + offset) x scale: of the channel, of its type, or 1; `input` is in its unit already', async () => {
  const folder = device({
    in_accel_x_raw: '1000', in_accel_y_raw: '-1000', in_accel_scale: '0.0005', in_accel_y_scale: '0.25', in_accel_offset: '20',
    in_temp_raw: '-100', in_temp_offset: '8250', in_temp_scale: '2.5',
    in_voltage0_raw: '3', 'in_voltage1-voltage2_raw': '5', in_voltage_scale: '10', 'in_voltage-voltage_scale': '100',
    in_illuminance_input: '41.5', in_illuminance_raw: '9', in_proximity_raw: '7',
  });
  const source = await openIio(folder, { hz: 100 });
  assert.equal(source.names, ['accel_x', 'accel_y', 'illuminance', 'proximity', 'temp', 'voltage0', 'voltage1-voltage2']);
  const [sample] = await take(source, 1);
  assert.equal(Array.from(sample!.x), [0.51, -245, 41.5, 7, 20375, 30, 500]);
  assert.ok(Math.abs(sample!.t! - Date.now() / 1000) < 5);

  const chosen = await openIio(folder, { hz: 100, channels: ['temp', 'accel_x'] });
  assert.equal(Array.from((await take(chosen, 1))[0]!.x), [20375, 0.51]);
});

test('the pace is kept; a slow reader costs moments, which are counted', async () => {
  const source = await openIio(device({ in_temp_raw: '1' }), { hz: 20 });
  let taken = 0;
  let [first, last] = [0, 0]; // when they were read, in seconds
  for await (const { t } of source) {
    taken++;
    if (taken === 1) first = t!;
    last = t!;
    if (taken === 3) await sleep(500); // ten moments
    if (taken === 6) break;
  }
  const { dropped, received } = source.counts();
  assert.is(received, 6);
  assert.ok(dropped >= 9, `${dropped} dropped`);
  // the samples after the first and what was dropped are the moments that passed
  const moments = (last - first) * 20;
  assert.ok(Math.abs(moments - (dropped + received - 1)) <= 3, `${moments} moments, ${dropped} dropped`);
});

test('a value that cannot be read is missing, and counted; a new value is seen; a device that is gone is an error', async () => {
  const folder = device({ in_temp_raw: '1', in_accel_x_raw: '2' });
  const source = await openIio(folder, { hz: 500 });
  const seen: string[] = [];
  await (async () => {
    for await (const { x } of source) {
      const text = Array.from(x, String).join(' ');
      if (seen.at(-1) === text) continue;
      seen.push(text);
      if (seen.length === 1) rmSync(join(folder, 'in_temp_raw'));
      if (seen.length === 2) writeFileSync(join(folder, 'in_temp_raw'), '-7.5\n');
      if (text === '2 -7.5') rmSync(folder, { recursive: true });
    }
  })().then(
    () => assert.unreachable('it went on'),
    (error: Error) => assert.match(error.message, /iio: the device .* is gone/),
  );
  assert.equal([seen[0], seen[1]], ['2 1', '2 NaN']);
  assert.ok(seen.includes('2 -7.5') && source.counts().failed > 0);
});

test('a signal and a close end it, between two samples too', async () => {
  const stop = new AbortController();
  const source = await openIio(device({ in_temp_raw: '1' }), { hz: 0.01, signal: stop.signal });
  setTimeout(() => stop.abort(new Error('enough')), 50);
  assert.is(await take(source, 2).then(() => 'fine', (error: Error) => error.message), 'enough');
  const closed = await openIio(device({ in_temp_raw: '1' }), { hz: 0.01 });
  setTimeout(() => closed.close(), 50);
  assert.is((await take(closed, 2)).length, 1);
});

test('what is no device says what there is', async () => {
  const message = (...args: Parameters<typeof openIio>) => openIio(...args).then(() => 'opened', (error: Error) => error.message);
  assert.match(await message(join(root, 'none')), /cannot be read \(ENOENT/);
  assert.match(await message(device({})), /has no files in_\*_raw/);
  assert.match(await message(device({ in_temp_raw: '1', in_accel_x_raw: '2' }), { channels: ['tmp'] }), /there is no tmp; .* has accel_x, temp/);
  assert.match(await message(device({ in_temp_raw: '1', in_temp_scale: 'fast' })), /in_temp_scale holds no number/);
  assert.match(await message('no-such-sensor'), /there is no device named no-such-sensor/);
  assert.match(await message('x/y', { hz: 2000 }), /options.hz: got 2000/);
});

test.run();
