// The regressor on a board: values, intervals and what was learned are Node's; saved, it is Node's snapshot, and after a reboot it goes on.

import { boardNamed } from '../../firmware-sim/boards.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { regressedHash, regressorJudge, regressorSource } from '../../firmware-sim/regressor.js';
import { statusOf } from '../../firmware-sim/vectors.js';
import { resolveRegressorConfig } from '../../host/regressor/config.js';
import { encodeFrame, sampleFrame } from '../../host/sources/slip.js';
import { generator } from '../random.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const config = resolveRegressorConfig({ inputs: 3, lags: 2, units: [16, 16] });

/** A number that bends with one input, and is not known now and then. */
function samples(count: number, seed = 7): { x: Float32Array; y: number }[] {
  const random = generator(seed);
  return Array.from({ length: count }, (_, i) => {
    const [warm, load] = [20 + 4 * Math.sin(i / 5), random()];
    return { x: Float32Array.of(warm, i % 37 === 5 ? NaN : load, 1e-3 * random()), y: i % 11 === 4 ? NaN : Math.fround(300 - 2 * (warm - 20) ** 2 + 50 * load) };
  });
}

const bytesOf = (y: number): Uint8Array => new Uint8Array(Float32Array.of(y).buffer);

for (const [name, checked] of [['rp2040', true], ['mps2-an386', false], ['riscv', false]] as const) {
  const test = suite(`regressor on ${name}${checked ? ', every access checked' : ''}`, ...toolsOf(name));

  test('the values, intervals and bytes of Node; over a save and a reboot, too', async () => {
    const board = boardNamed(name);
    const { device } = buildDevice(board, await regressorSource(config), { checked, saveEvery: 100_000 });
    const node = await regressorJudge(config);
    for (const [part, seed] of [[samples(60), 0], [samples(20, 9), 1]] as const) {
      const messages = part.flatMap(({ x, y }, i) => [{ tick: 2 + 2 * i, bytes: sampleFrame(i + 1, x, null) }, { tick: 3 + 2 * i, bytes: encodeFrame('V', i + 1, bytesOf(y)) }]);
      const end = 4 + 2 * part.length;
      messages.push({ tick: end, bytes: encodeFrame('V', part.length, bytesOf(1)) }, { tick: end + 1, bytes: encodeFrame('S', 0) }, { tick: end + 20, bytes: encodeFrame('?', 0) });
      const outcome = await device.play({ recording: null, messages, ticks: end + 25 });
      assert.is(outcome.end, 'off');
      const { frames } = outcome;
      const answered = frames.filter(({ type }) => type === 'G').map(({ body }) => [4, 8, 12].map((at) => body.getFloat32(at, true)));
      const expected = part.map(({ x, y }) => {
        const { value, low, high } = node.predict(x);
        node.learn(x, y);
        return [value, low, high].map(Math.fround);
      });
      assert.equal(answered, expected);
      assert.is(frames[0]!.body.getUint32(0, true), seed);
      const { hash, damaged, late, stack } = statusOf(outcome);
      assert.equal([hash, damaged, late], [regressedHash(node), 0, 1], 'a second number for the same sample is late');
      assert.ok(stack <= 800, `${stack} bytes of stack`); // as the README of an export says
    }
    const saved = node.save();
    const kept = Buffer.from(device.flash.bytes).indexOf(Buffer.from(saved));
    assert.ok(kept > 0, 'the snapshot in flash is not that of Node');
  });

  if (checked) test('one that looks further ahead than a frame V can say is refused when it is compiled', async () => {
    const further = await regressorSource(resolveRegressorConfig({ inputs: 3, horizon: 2, units: [8] }), undefined, 2);
    assert.throws(() => buildDevice(boardNamed(name), further), /takes a regressor with a horizon of 1/);
  });
  test.run();
}
