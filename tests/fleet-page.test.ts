// `onward fleet watch --http` in a real Chromium: what an aggregator tells over a real broker, shown, and shown anew.

import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { buildCli } from './command.js';
import { aggregate, command, ends, member, topics, until, type Client } from './fleet-lab.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { CHROMIUM, launch } from './page.js';
import { assert, suite } from './suite.js';

const test = suite('page of a fleet', ...MOSQUITTO, CHROMIUM);
const clients: Client[] = [];
let broker: Broker;

test.before(async () => {
  await buildCli();
  broker = await Broker.start();
});
test.after(async () => {
  await ends(clients);
  await broker.stop();
});

test('rounds and devices as they come; axe finds nothing; and when the command ends, it says that it is old', async () => {
  const watch = command(broker.url, 'watch', '--http', '0');
  await until('its address', () => /the page: http:/.test(watch.said.err));
  const address = /the page: (http:\S+)/.exec(watch.said.err)![1]!;

  const browser = await launch();
  try {
    const tab = await browser.newPage({ viewport: { width: 320, height: 700 } });
    const faults: string[] = [];
    tab.on('pageerror', (error) => faults.push(error.message));
    tab.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await tab.goto(address);
    assert.match((await tab.textContent('#summary'))!, 'Waiting for the aggregator');
    assert.is((await fetch(`${address}standing`, { method: 'HEAD' })).headers.get('content-type'), 'text/event-stream');
    assert.is(await statusFor(address, 'evil.example'), 421, 'another name of this machine');

    const hub = await aggregate(broker.url, { minDevices: 2 });
    const members = await Promise.all([0, 1, 2].map((d) => member(broker.url, d, { rounds: 100, onLesson: (device, round) => (round < 3 ? device.send() : undefined) })));
    clients.push(hub.client, ...members.map(({ client }) => client));
    await tab.waitForFunction(() => /^Round 3, 3 online/.test(document.querySelector('#summary')!.textContent!), undefined, { timeout: 30_000 });
    assert.is(await tab.textContent('h1'), 'Fleet lab');
    assert.equal((await tab.locator('#devices th').allTextContents()).map((text) => text.slice(0, 2)).sort(), ['d0', 'd1', 'd2']);
    assert.match((await tab.locator('#rounds tr').first().textContent())!, /^2/);
    assert.is(await tab.locator('#bars i').count(), 3);
    assert.match((await tab.textContent('#acts'))!, 'onward fleet rollback');
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= 320), 'it is wider than a phone');

    await tab.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme });
      const { violations } = await tab.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run());
      assert.equal(violations.map(({ id }) => id), []);
    }
    assert.equal(faults, []);

    // of a private fleet: what is spent, and nothing of samples
    await hub.aggregator.close();
    await hub.client.publishAsync(topics.standing, JSON.stringify({ ...hub.aggregator.standing(), private: { epsilon: 8, delta: 1e-5, rounds: 40, spent: 3 } }), { qos: 1, retain: true });
    await tab.waitForFunction(() => document.querySelector('#summary')!.textContent!.endsWith('Private, epsilon 8, delta 0.00001: 3 of 40 rounds are spent.'));
    assert.is(await tab.locator('#rounds tr').first().locator('td').nth(1).textContent(), '-');

    watch.child.kill('SIGTERM');
    assert.equal(await watch.exit, [0, null], watch.said.err);
    await tab.waitForFunction(() => document.querySelector('#summary')!.textContent!.includes('what stands here is old'));
  } finally {
    await browser.close();
    watch.child.kill('SIGKILL');
  }
});

test('an option that is wrong ends it, page or not', async () => {
  const { exit, said } = command(broker.url, 'watch', '--http', '0', '--ca', '/no/such/file');
  assert.is((await exit)[0], 1, said.err);
});

test('--http takes no --once, and a port that is taken is told of by its name', async () => {
  const both = command(broker.url, 'watch', '--http', '0', '--once');
  assert.is((await both.exit)[0], 2);
  assert.match(both.said.err, '--http stays: leave --once out');
  const taken = command(broker.url, 'watch', '--http', String(broker.port));
  assert.is((await taken.exit)[0], 1);
  assert.match(taken.said.err, /--http: .*EADDRINUSE/);
});

/** `fetch` does not let a program choose this header. */
function statusFor(address: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => void get(address, { headers: { host } }, (response) => resolve(response.resume().statusCode)).on('error', reject));
}

test.run();
