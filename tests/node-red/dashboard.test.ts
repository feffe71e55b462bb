// The example for Dashboard 2 in Node-RED as it is run, with the real dashboard in a real Chromium: taught by its buttons, it says what the fan does.

import { CHROMIUM, launch } from '../page.js';
import { assert, suite } from '../suite.js';
import { DASHBOARD, DASHBOARD_2, NODE_RED } from './installed.js';
import { NodeRed, example } from './server.js';

const test = suite('the example for Dashboard 2', NODE_RED, DASHBOARD_2, CHROMIUM);

const WAIT_MS = 20_000;

test('buttons teach two states, three seconds each; the answer is a text, each probability a line, and a third state is unknown', async () => {
  const server = await NodeRed.start(example('Teach a fan on a dashboard'), { '@flowfuse/node-red-dashboard': DASHBOARD });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(WAIT_MS);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${server.url}dashboard/teach`);
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
    const says = (text: string): Promise<unknown> => page.waitForFunction(`document.querySelector('.nrdb-ui-text-value')?.textContent.trim() === '${text}'`);
    for (const state of ['slow', 'fast']) {
      await press(state);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await press(`it is ${state}`);
      await new Promise((resolve) => setTimeout(resolve, 3300));
    }
    await says('fast');
    await press('slow');
    await says('slow');
    await press('blocked');
    await says('unknown');
    // two lines, as drawn: the colours of the first two labels are on the canvas
    const drawn = await page.evaluate(`(() => {
      const canvas = document.querySelector('.nrdb-ui-chart canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const count = (r, g, b) => { let n = 0; for (let i = 0; i < data.length; i += 4) if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255) n++; return n; };
      return [count(0, 0x95, 0xff), count(0xff, 0, 0)];
    })()`) as number[];
    assert.ok(drawn.every((points) => points > 100), `${drawn.join()} points of each line`);
    if (process.env['ONWARD_SCREENSHOT']) await page.screenshot({ path: process.env['ONWARD_SCREENSHOT'] });
    assert.equal(faults, []);
    assert.not.match(server.log, /\[error\]/);
  } finally {
    await browser.close();
    await server.remove();
  }
});

test.run();
