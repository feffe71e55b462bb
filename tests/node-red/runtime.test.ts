// The shipped examples in Node-RED as it is run: a broker, a crash, an orderly end.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadLearner } from '../../host/index.js';
import { Broker, MOSQUITTO } from '../mosquitto.js';
import { generator } from '../random.js';
import { assert, suite } from '../suite.js';
import { NODE_RED } from './installed.js';
import { NodeRed, example } from './server.js';

const test = suite('examples in Node-RED', NODE_RED, ...MOSQUITTO);

let server: NodeRed | undefined;
let broker: Broker | undefined;
test.afterEach(async () => {
  await server?.remove();
  await broker?.stop();
  server = broker = undefined;
});

/** Samples in the newest snapshot of the only model there is; 0 before the first. */
async function seen(folder: string): Promise<number> {
  try {
    const models = join(folder, 'onward');
    const path = join(models, readdirSync(models)[0]!);
    const newest = Math.max(...readdirSync(path).map((name) => Number(/^learner\.(\d+)$/.exec(name)?.[1] ?? 0)));
    return (await loadLearner(new Uint8Array(readFileSync(join(path, `learner.${newest}`))))).seen;
  } catch {
    return 0;
  }
}

test('the fan is learned, and its wear an alarm; kill -9 loses no more than the last save, SIGTERM nothing', async () => {
  const flows = example('Learn the state of a simulated fan');
  flows.find(({ type }) => type === 'onward-model')!['seconds'] = '0.2';
  flows.find(({ repeat }) => repeat)!['repeat'] = '0.005';
  flows.find(({ name }) => name === 'drift alarm')!['console'] = true;
  server = await NodeRed.start(flows);
  let saved = 0;
  for (let tries = 0; tries < 800 && saved < 300; tries++) {
    await sleep(50);
    saved = await seen(server.folder);
  }
  assert.ok(saved >= 300, `${saved} samples were saved; ${server.log}`);
  // twenty simulated runs of 600 samples and then a worn fan: one alarm in each, 5 to 27 samples after the change is first met, none before
  assert.not.match(server.log, /alarms/);
  await server.press(flows.find(({ name }) => name === 'worn out')!['id']);
  for (let tries = 0; tries < 800 && !server.log.includes('alarms'); tries++) await sleep(50);
  assert.match(server.log, /alarms: 1/);
  await server.end('SIGKILL');
  const kept = await seen(server.folder);
  assert.ok(kept >= saved);

  await server.run();
  let again = kept;
  for (let tries = 0; tries < 400 && (again === kept || again === 0); tries++) {
    await sleep(50);
    again = await seen(server.folder);
  }
  assert.ok(again > kept, `${kept} before, ${again} in the first save after: it went on from there, and did not start anew`);
  await server.end('SIGTERM');
  assert.ok((await seen(server.folder)) >= again);
  assert.not.match(server.log, /\[error\]/);
});

test('a pump over MQTT: normal is learned, a broken bearing is an alarm on its topic, and what is no reading is refused', async () => {
  broker = await Broker.start();
  const flows = example('MQTT sensor to alarm').filter(({ repeat }) => !repeat); // the sensor is this test
  flows.find(({ type }) => type === 'mqtt-broker')!['port'] = String(broker.port);
  flows.find(({ type, name }) => type === 'debug' && name === 'error')!['console'] = true;
  server = await NodeRed.start(flows);
  for (let tries = 0; tries < 1200 && !/Connected to broker/.test(server.log); tries++) await sleep(25);

  const alarms = await broker.hear('plant/pump/alarm', 1);
  const random = generator(5);
  const reading = (i: number, fault = 0): string => {
    const current = 4 + Math.sin(i / 25) + 0.2 * random();
    return JSON.stringify({ temp: 30 + 2 * current + 0.5 * random(), vibration: 0.2 + 0.05 * current + 0.04 * random() + fault, current });
  };
  const hostile = ['{"humidity": 1}', '[1, 2]', '"x"', '{"__proto__": {"polluted": 1}, "temp": 1, "vibration": 1, "current": 1}', '{"temp": "hot", "vibration": 0.4, "current": 4}', 'not json'];
  broker.publish('plant/pump', [...Array.from({ length: 400 }, (_, i) => reading(i)), ...hostile]);
  broker.publish('plant/pump', Array.from({ length: 5 }, (_, i) => reading(400 + i, 0.7)));
  const { score, explanation, seen: at } = JSON.parse((await alarms.lines)[0]!);
  assert.ok(score > 1);
  assert.is(explanation[0].channel, 'vibration');
  assert.is(at, 401);
  const refusals = ['and no other of the model', 'has 2 values', 'is a string (\'x\')', 'a field "__proto__"', '.temp is a string', 'JSON'];
  for (let tries = 0; tries < 500 && !refusals.every((text) => server!.log.includes(text)); tries++) await sleep(20);
  for (const text of refusals) assert.match(server.log, text);
  assert.not.match(server.log, /\[error\]/, 'a catch node takes what was refused');
});

test('what a heater draws, and half a second ahead: both are learned, well, and kept', async () => {
  const flows = example('Predict the power of a heater');
  flows.find(({ repeat }) => repeat)!['repeat'] = '0.005';
  Object.assign(flows.find(({ name }) => name === 'value, low and high')!, { active: true, console: true });
  server = await NodeRed.start(flows);
  const learned = (): { error: number; within: number } | undefined => {
    const [, error, within] = /seen: 600,\s+error: ([\d.]+),\s+within: ([\d.]+)/.exec(server!.log) ?? [];
    return error === undefined ? undefined : { error: Number(error), within: Number(within) };
  };
  for (let tries = 0; tries < 400 && !learned(); tries++) await sleep(25);
  const { error, within } = learned()!;
  assert.ok(error < 100 && within > 0.6, `mean error ${error} of 0 to 2500, ${within} within`); // 50 and 0.75
  await server.end('SIGTERM');
  const models = join(server.folder, 'onward');
  assert.equal(readdirSync(models).map((model) => readdirSync(join(models, model)).some((file) => file.startsWith('regressor.'))), [true, true]);
  assert.not.match(server.log, /\[error\]/);
});

test.run();
