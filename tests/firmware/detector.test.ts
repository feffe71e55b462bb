// The detector on every gate board: scores, alarms and what was learned are Node's, in both modes, from the sensor and over the link.

import { boardNamed } from '../../firmware-sim/boards.js';
import { detectedHash, detectedOn, detectorBoards, detectorExperiments, detectorJudge, detectorSource } from '../../firmware-sim/detector.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { encodeFrame, sampleFrame } from '../../host/sources/slip.js';
import { statusOf } from '../../firmware-sim/vectors.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

for (const board of detectorBoards) {
  const test = suite(`detector on ${board.name}`, ...toolsOf(board.name));

  for (const name of ['streaming', 'commissioned'] as const) {
    for (const checked of board.name === 'rp2040' ? [false, true] : [false]) {
      test(`${name}${checked ? ', every access checked' : ''}: the scores, alarms and bytes of Node on a machine's temperature`, async () => {
        const { config, sensed, session, samples } = detectorExperiments[name]();
        const { device } = buildDevice(board, await detectorSource(config, sensed), { checked, saveEvery: 100_000 });
        const outcome = await device.play(session);
        assert.is(outcome.end, 'off');
        const detected = detectedOn(outcome);
        assert.ok(detected.length >= 295, `${detected.length} samples observed`);

        const node = await detectorJudge(config);
        const expected = detected.map((_, index) => node.observe(samples[index]!));
        assert.equal(detected.map(({ alarm }) => alarm), expected.map(({ alarm }) => alarm));
        assert.equal(detected.map(({ score }) => score / 65536 / config.threshold), expected.map(({ score }) => score));
        assert.ok(expected.some(({ alarm }) => alarm), 'no alarm: the recording proves little');
        const status = statusOf(outcome);
        assert.is(status.damaged, 0);
        assert.is(status.hash, detectedHash(node));
      });
    }
  }
  test.run();
}

const store = suite('detector in flash', ...toolsOf('rp2040'));

store('a saved detector is the snapshot of Node; after a reboot it goes on; commissioned anew, it learns anew', async () => {
  const board = boardNamed('rp2040');
  const { config, samples } = detectorExperiments.commissioned();
  const { device } = buildDevice(board, await detectorSource(config, false), { saveEvery: 100_000 });
  const node = await detectorJudge(config);
  const play = (from: number, to: number, last: string) => {
    const messages = samples.slice(from, to).map((x, index) => ({ tick: 1 + index, bytes: sampleFrame(index + 1, x, null) }));
    messages.push({ tick: to - from + 2, bytes: encodeFrame(last, 0) }, { tick: to - from + 20, bytes: encodeFrame('?', 0) });
    for (const x of samples.slice(from, to)) node.observe(x);
    return device.play({ recording: null, messages, ticks: to - from + 25 });
  };

  assert.is(statusOf(await play(0, 160, 'S')).hash, detectedHash(node));
  const saved = node.save();
  assert.equal(device.flash.bytes.slice(board.unit, board.unit + saved.length), saved);

  const rebooted = await play(160, 200, 'C');
  assert.is(rebooted.frames[0]!.body.getUint32(0, true), 1); // the first save
  node.commission();
  assert.is(statusOf(rebooted).hash, detectedHash(node));
});

store.run();
