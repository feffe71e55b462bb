// One axis is the ADC: a photodiode that flickers slowly or fast, 64 windows, learned on the rp2040 to the bytes of Node.

import { boardNamed } from '../../firmware-sim/boards.js';
import { learnerSource } from '../../firmware-sim/build.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { judge } from '../../firmware-sim/learners.js';
import { Random } from '../../firmware-sim/random.js';
import { simulate, windowExperiment } from '../../firmware-sim/simulation.js';
import { resolveConfig } from '../../host/config.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const test = suite('ADC of the rp2040', ...toolsOf('rp2040'));

test('a flickering light: predicted, learned, equal to Node', async () => {
  const samples = 16;
  const config = resolveConfig({ window: { axes: 1, samples }, units: [16], labels: ['slow', 'fast'] });
  const random = new Random(4);
  const labels = Array.from({ length: 64 }, () => random.below(2));
  const values = Int16Array.from({ length: 64 * samples }, (_, index) => {
    const period = labels[Math.floor(index / samples)] === 0 ? 16 : 4;
    return Math.round(2048 + 800 * Math.sin((2 * Math.PI * index) / period) + 200 * random.next());
  });
  const play = { recording: { axes: 1, values }, labels, window: (index: number) => values.subarray(index * samples, (index + 1) * samples) };
  const { device } = buildDevice(boardNamed('rp2040'), learnerSource(config), { saveEvery: 100_000 });
  const result = await simulate(device, await judge(config), windowExperiment(play, samples));
  assert.is(result.samples, 64);
  assert.ok(result.accuracy > 0.8, `accuracy ${result.accuracy}`);
  assert.ok(result.bytesEqual);
});

test.run();
