// The spine of the project on every gate board: after any number of samples, the bytes that a board has learned are Node's. Here with every access checked; the images that
// ship are held against Node where they are measured (budgets.test.ts), on the same samples.

import { boards } from '../../firmware-sim/boards.js';
import { learnerSource } from '../../firmware-sim/build.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { judge, learnedHash, learners } from '../../firmware-sim/learners.js';
import { fits } from '../../firmware-sim/measure.js';
import { playOf } from '../../firmware-sim/recording.js';
import { simulate, windowExperiment } from '../../firmware-sim/simulation.js';
import { samplesFor, statusOf, vectorSession } from '../../firmware-sim/vectors.js';
import { fanWindows } from '../../cli/fan.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

/** Read once for all boards. */
let recording: ReturnType<typeof fanWindows> | undefined;

for (const board of boards) {
  const compared = [...fits[board.name]!, 'tiny' as const];
  const test = suite(`bytes of ${board.name}, ${board.kernels ?? 'plain C'}: ${compared.join(', ')}`, ...toolsOf(board.name));

  for (const name of compared.filter((learner) => learner !== 'fan')) {
    for (const checked of name === 'tiny' ? [false, true] : [true]) {
      test(`${name}${checked ? ', every access checked' : ''}: the bytes of Node after 120 samples`, async () => {
        const config = learners[name];
        const samples = samplesFor(config, 120, 7);
        const { device } = buildDevice(board, learnerSource(config), { checked, saveEvery: 1000 }); // a board that saves is deaf for 45 ms a sector
        const outcome = await device.play(vectorSession(samples, checked ? 4 : 1)); // one that checks takes three times as long
        assert.is(outcome.end, 'off');

        const node = await judge(config);
        for (const { x, label } of samples) node.learn(x, node.labels[label]!);
        const status = statusOf(outcome);
        assert.is(status.damaged, 0);
        assert.is(status.hash, learnedHash(node));
      });
    }
  }

  for (const name of board.name === 'rp2040' ? (['small', 'decorrelating'] as const) : []) {
    test(`${name} by hand: the bytes of Node after 400 samples, when not every sample is followed any more`, async () => {
      const config = learners[name];
      const samples = samplesFor(config, 400, 11);
      const { device } = buildDevice(board, learnerSource(config), { saveEvery: 1000, byHand: config });
      const node = await judge(config);
      for (const { x, label } of samples) node.learn(x, node.labels[label]!);
      assert.is(statusOf(await device.play(vectorSession(samples))).hash, learnedHash(node));
    });
  }

  if (fits[board.name]!.includes('fan')) {
    test('fan: 60 windows from the sensor, features made on the board, learned to the bytes of Node', async () => {
      const { labels, windows } = await (recording ??= fanWindows(1));
      const { device } = buildDevice(board, learnerSource(learners.fan), { saveEvery: 25 });
      const result = await simulate(device, await judge(learners.fan, 'simd'), windowExperiment(playOf(windows.slice(0, 60), labels, 3), 50));
      assert.is(result.samples, 60);
      assert.is(result.saves, 2);
      assert.ok(result.bytesEqual);
    });
  }

  test.run();
}
