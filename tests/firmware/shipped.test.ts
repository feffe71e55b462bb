// What the package carries for people without a compiler. If this fails, the core has changed since: `npm run firmware:image`.

import { judge, learners } from '../../firmware-sim/learners.js';
import { playOf } from '../../firmware-sim/recording.js';
import { shippedDevice } from '../../firmware-sim/shipped.js';
import { simulate, windowExperiment } from '../../firmware-sim/simulation.js';
import { shippedCores, shippedIsCurrent } from '../../firmware-sim/translate.js';
import { fanWindows } from '../../cli/fan.js';
import { assert, suite } from '../suite.js';

const test = suite('shipped firmware');

test('the translated cores are those of this build', () => {
  for (const core of shippedCores) assert.ok(shippedIsCurrent(core), core.title);
});

test('the rp2040 image learns the bytes of Node and saves on the way', async () => {
  const { labels, windows } = await fanWindows(1);
  const { device } = shippedDevice();
  const result = await simulate(device, await judge(learners.fan), windowExperiment(playOf(windows.slice(0, 110), labels, 3), 50));
  assert.is(result.samples, 110);
  assert.is(result.saves, 1);
  assert.ok(result.bytesEqual);
});

test.run();
