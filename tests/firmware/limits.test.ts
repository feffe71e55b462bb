// What must not work: a memory too short, an image too big, an access that the core cannot make.

import { boardNamed } from '../../firmware-sim/boards.js';
import { buildFirmware, learnerSource } from '../../firmware-sim/build.js';
import type { Session } from '../../firmware-sim/device.js';
import { buildDevice, type SimulatedDevice } from '../../firmware-sim/devices.js';
import { learners } from '../../firmware-sim/learners.js';
import { encodeFrame } from '../../host/sources/slip.js';
import { samplesFor, vectorSession } from '../../firmware-sim/vectors.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const session = vectorSession(samplesFor(learners.small, 5, 1));

for (const name of ['rp2040', 'microbit', 'riscv']) {
  const test = suite(`limits of ${name}`, ...toolsOf(name));

  test('a memory two bytes short traps, and the board says so', async () => {
    const source = learnerSource(learners.small);
    const { device } = buildDevice(boardNamed(name), source, { checked: true, memoryBytes: source.plan.bytes - 2 });
    const outcome = await device.play(session);
    assert.is(outcome.end, 'trap');
    const trap = outcome.frames.at(-1)!;
    assert.is(trap.type, '!');
    assert.is(trap.body.getUint8(0), 1);
  });

  test.run();
}

const store = suite('limits of the store', ...toolsOf('rp2040'));

store('the snapshot of a learner with another label name is refused: the board starts fresh; its own is taken', async () => {
  const config = learners.tiny;
  const boot = async (device: SimulatedDevice, ...messages: Session['messages'][number][]): Promise<number> =>
    (await device.play({ recording: null, messages, ticks: 20 })).frames[0]!.body.getUint32(0, true);
  const [own, other] = [config, { ...config, labels: ['label 0', 'label x'] }].map((each) => buildDevice(boardNamed('rp2040'), learnerSource(each)).device);
  assert.is(await boot(own!, { tick: 2, bytes: encodeFrame('S', 0) }), 0);
  other!.flash.bytes.set(own!.flash.bytes);
  assert.is(await boot(own!), 1);
  assert.is(await boot(other!), 0);
});

store.run();

const test = suite('limits of the small boards', ...toolsOf('microbit'));

test('an unaligned access faults on microbit', async () => {
  const { device } = buildDevice(boardNamed('microbit'), learnerSource(learners.small), { flags: ['-DPROBE_UNALIGNED'] });
  assert.is((await device.play(session)).end, 'fault');
});

test('an image too big does not link, and the linker says by how much', () => {
  assert.throws(() => buildFirmware(boardNamed('stm32vldiscovery'), learnerSource(learners.wide8)), /region `RAM' overflowed by \d+ bytes/);
});

test.run();
