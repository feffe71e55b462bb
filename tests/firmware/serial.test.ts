// The host's serial source against the firmware: a pseudo-terminal joins it to the simulated rp2040, in both directions.

import { boardNamed } from '../../firmware-sim/boards.js';
import { learnerSource } from '../../firmware-sim/build.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { judge, learnedHash, learners } from '../../firmware-sim/learners.js';
import { Random } from '../../firmware-sim/random.js';
import type { Rp2040Device } from '../../firmware-sim/rp2040.js';
import { disturb } from '../../firmware-sim/uart.js';
import { samplesFor } from '../../firmware-sim/vectors.js';
import { encodeFrame, openSerial, sampleFrame, type Message } from '../../host/sources/serial.js';
import { SOCAT, SerialPair } from '../pty.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const test = suite('a board on a serial port', SOCAT, ...toolsOf('rp2040'));

/** Simulated time that passes between two looks at the line. */
const SLICE_NANOS = 5e6;

test('150 samples to the board, its predictions back; damaged frames are counted on both sides; in the end both hold the same bytes', async () => {
  const config = learners.tiny;
  const { device } = buildDevice(boardNamed('rp2040'), learnerSource(config), { saveEvery: 100_000 });
  const pair = new SerialPair();
  let spoilt = false;
  const sent: number[] = [];
  const board = (device as Rp2040Device).boot((byte) => sent.push(byte));
  await pair.plug((bytes) => board.line.send(bytes));
  const life = setInterval(() => {
    board.live(board.clock.nanos + SLICE_NANOS);
    if (sent.length === 0) return;
    const bytes = Uint8Array.from(sent.splice(0));
    if (spoilt) bytes[bytes.length >> 1]! ^= 1;
    spoilt = false;
    void pair.send(bytes);
  }, 1);

  const arrived: Message[] = [];
  let wake = (): void => {};
  const link = await openSerial(pair.host, { labels: config.labels, onMessage: (message) => void (arrived.push(message), wake()) });
  const until = async (what: string, kind: Message['kind'], sequence: number): Promise<Message> => {
    for (const start = performance.now(); performance.now() - start < 30_000; ) {
      const found = arrived.find((message) => message.kind === kind && message.sequence === sequence);
      if (found) return found;
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), new Promise((resolve) => setTimeout(resolve, 100))]);
    }
    throw new Error(`${what}: no ${kind} of ${sequence}; ${arrived.length} messages, ${JSON.stringify(link.counts())}`);
  };
  try {
    const node = await judge(config);
    let right = 0;
    for (const [index, { x, label }] of samplesFor(config, 150, 5).entries()) {
      const sequence = index + 1;
      await link.send(sampleFrame(sequence, x, label));
      const predicted = (await until('a sample', 'predicted', sequence)) as Extract<Message, { kind: 'predicted' }>;
      assert.is(config.labels[predicted.label], node.predict(x).label, `sample ${sequence}`);
      if (predicted.label === label) right++;
      await until('a sample', 'learned', sequence);
      node.learn(x, config.labels[label]!);
    }
    assert.ok(right > 80, `${right} of 150 right`);

    const noise = new Random(3);
    for (let i = 0; i < 3; i++) await link.send(disturb(sampleFrame(999, [1, 2, 3, 4], 0), { flips: 0.3, losses: 0, seed: 0 }, noise));
    await link.send(Uint8Array.of(0xc0));
    await link.send(encodeFrame('?', 0));
    const status = (await until('the status', 'status', 150)) as Extract<Message, { kind: 'status' }>;
    assert.is(status.hash, learnedHash(node));
    assert.ok(status.damaged >= 1 && status.damaged <= 4, `${status.damaged} damaged to the board`);

    assert.is(link.counts().damaged, 0);
    spoilt = true;
    await link.send(sampleFrame(151, [0, 0, 0, 0], null));
    for (let waited = 0; link.counts().damaged === 0 && waited < 30_000; waited += 5) await new Promise((resolve) => setTimeout(resolve, 5));
    await link.send(sampleFrame(152, [0, 0, 0, 0], null));
    await until('the one after the damaged', 'predicted', 152);
    assert.ok(!arrived.some((message) => message.kind === 'predicted' && message.sequence === 151));
  } finally {
    clearInterval(life);
    await link.close();
    await pair.remove();
  }
});

test.run();
