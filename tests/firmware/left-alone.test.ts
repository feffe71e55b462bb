// Taught once, left alone, still right: a board. 500 samples instead of 20,000, which would be a quarter of an hour of its time.

import { boardNamed } from '../../firmware-sim/boards.js';
import { learnerSource } from '../../firmware-sim/build.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { judge, learnedHash } from '../../firmware-sim/learners.js';
import { statusOf, vectorSession } from '../../firmware-sim/vectors.js';
import { resolveConfig } from '../../host/config.js';
import { INPUTS, STATES, alone, knows, taught } from '../left-alone.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const ALONE = 500;

for (const name of ['rp2040', 'microbit']) {
  const test = suite(`${name}, left alone`, ...toolsOf(name));

  test('samples without a label are answered and change nothing, nor do those with a label that there is not', async () => {
    const config = resolveConfig({ inputs: INPUTS, labels: STATES, units: [8] });
    const lessons = taught().slice(0, 150).map(({ x, y }) => ({ x, label: STATES.indexOf(y) }));
    const silence = alone(ALONE).map(({ x }, i) => ({ x, label: i % 10 === 9 ? 7 : null }));
    const { device } = buildDevice(boardNamed(name), learnerSource(config), { saveEvery: 100_000 });
    const outcome = await device.play(vectorSession([...lessons, ...silence]));
    assert.is(outcome.end, 'off');

    const node = await judge(config);
    for (const { x, label } of lessons) node.learn(x, STATES[label]!);
    assert.ok(knows(node) > 0.8, `${knows(node)}: the task is no task`);
    const answers = outcome.frames.filter(({ type }) => type === 'P').map(({ body }) => STATES[body.getUint8(0)]);
    assert.equal(answers.slice(-ALONE), silence.map(({ x }) => node.predict(x).label));
    assert.is(answers.length, 150 + ALONE);
    assert.is(outcome.frames.filter(({ type }) => type === 'T').length, 150);
    const status = statusOf(outcome);
    assert.equal([status.damaged, status.hash], [0, learnedHash(node)]);
  });

  test.run();
}
