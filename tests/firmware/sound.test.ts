// A board that hears: windows of sound come over the link, and what is learned of their features is, to the byte, what Node learns.

import { boardNamed } from '../../firmware-sim/boards.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { Random } from '../../firmware-sim/random.js';
import { rowExperiment, simulate } from '../../firmware-sim/simulation.js';
import { soundSource } from '../../firmware-sim/sound.js';
import { createSoundLearner } from '../../host/sound/index.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const test = suite('sound on the rp2040', ...toolsOf('rp2040'));

test('two tones and a silence: predicted, learned, equal to Node', async () => {
  const node = await createSoundLearner({ window: { audio: 8000, samples: 2000 }, units: [16], labels: ['low', 'high'], exemplars: 8 });
  const random = new Random(5);
  const samples = Array.from({ length: 12 }, (_, k) => ({
    label: k % 2,
    x: Float32Array.from({ length: 2000 }, (__, t) => (k === 8 ? 0 : 200 * (Math.sin((k % 2 === 0 ? 0.2 : 0.9) * t) + random.next()))),
  }));
  const { device } = buildDevice(boardNamed('rp2040'), soundSource(node.config, node.window), { saveEvery: 100_000, checked: true });
  const result = await simulate(device, node, rowExperiment(samples, 15));
  assert.is(result.samples, 12);
  assert.ok(result.bytesEqual, 'the board learned other bytes');
  assert.ok(result.accuracy > 0.5, `accuracy ${result.accuracy}`);
});

test.run();
