// A bad serial line: bytes lost, bits turned over. What arrives damaged is counted and forgotten; what was learned is right.

import { boardNamed } from '../../firmware-sim/boards.js';
import { learnerSource } from '../../firmware-sim/build.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { FrameReader, encodeFrame, labelFrame, messageOf, sampleFrame, type Frame } from '../../host/sources/slip.js';
import { judge, learnedHash, learners } from '../../firmware-sim/learners.js';
import { Random } from '../../firmware-sim/random.js';
import { playOf } from '../../firmware-sim/recording.js';
import { windowExperiment } from '../../firmware-sim/simulation.js';
import { disturb } from '../../firmware-sim/uart.js';
import { samplesFor, statusOf } from '../../firmware-sim/vectors.js';
import { fanWindows } from '../../cli/fan.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const board = boardNamed('rp2040');
const noise = { flips: 0.01, losses: 0.05 };

const test = suite('a noisy line to the rp2040', ...toolsOf('rp2040'));

test('1 % bit flips, 5 % losses over 600 samples: only whole ones are learned, the others are counted', async () => {
  const config = learners.tiny;
  const samples = samplesFor(config, 600, 5);
  const random = new Random(17);
  const messages = samples.map(({ x, label }, index) => ({ tick: 1 + index, bytes: disturb(sampleFrame(index + 1, x, label), { ...noise, seed: 0 }, random) }));
  messages.push({ tick: 602, bytes: encodeFrame('?', 0) }, { tick: 604, bytes: encodeFrame('?', 0) });
  const { device } = buildDevice(board, learnerSource(config), { saveEvery: 100_000 });
  const outcome = await device.play({ recording: null, messages, ticks: 610 });

  const arrived = outcome.frames.filter(({ type }) => type === 'T').map(({ sequence }) => sequence);
  const node = await judge(config);
  for (const sequence of arrived) node.learn(samples[sequence - 1]!.x, node.labels[samples[sequence - 1]!.label]!);
  const status = statusOf(outcome);
  assert.is(status.hash, learnedHash(node));
  assert.ok(arrived.length > 60 && arrived.length < 300, `${arrived.length} of 600 arrived`);
  // Where a frame's end is lost, two damaged frames count as one.
  assert.ok(status.damaged > 350 && status.damaged <= 600 - arrived.length, `${status.damaged} damaged`);
});

test('labels over a noisy line: the sensor stream goes on, windows whose label is lost are predicted and not learned', async () => {
  const { labels, windows } = await fanWindows(1);
  const play = playOf(windows.slice(0, 80), labels, 3);
  const { device } = buildDevice(board, learnerSource(learners.fan), { saveEvery: 100_000 });
  const clean = windowExperiment(play, 50).session;
  const random = new Random(23);
  const messages = clean.messages.map((message, index) => {
    if (index === clean.messages.length - 1) return message; // the question at the end
    const frame = labelFrame(index + 1, play.labels[index]!);
    return { tick: message.tick, bytes: disturb(frame, { ...noise, seed: 0 }, random) };
  });
  // The last question must get through whatever lies unfinished on the line before it.
  messages.splice(-1, 0, { tick: clean.messages.at(-1)!.tick - 1, bytes: Uint8Array.of(0xc0) });
  const outcome = await device.play({ ...clean, messages });

  assert.is(outcome.frames.filter(({ type }) => type === 'P').length >= 80, true);
  const learned = outcome.frames.filter(({ type }) => type === 'T').map(({ sequence }) => sequence);
  assert.ok(learned.length > 20 && learned.length < 70, `${learned.length} of 80 learned`);
  const node = await judge(learners.fan);
  for (const sequence of learned) node.learn(play.window(sequence - 1), node.labels[play.labels[sequence - 1]!]!);
  assert.is(statusOf(outcome).hash, learnedHash(node));
});

test.run();

const frames = suite('frames');

frames('a line that never ends a frame costs no more memory than the longest one, and the frame after it arrives', () => {
  const taken: Frame[] = [];
  const reader = new FrameReader((frame) => taken.push(frame));
  reader.push(new Uint8Array(1_000_000).fill(7));
  reader.push(encodeFrame('S', 3));
  assert.equal([taken.map(({ type, sequence }) => [type, sequence]), reader.damaged], [[['S', 3]], 1]);
  reader.push(encodeFrame('S', 4).subarray(0, 5)); // unplugged within a frame
  reader.restart();
  reader.push(encodeFrame('S', 5));
  assert.equal([taken.length, reader.damaged], [2, 2]);
});

frames('what a frame says: of the right length, or nothing', () => {
  const said = (bytes: Uint8Array): unknown[] => {
    const messages: unknown[] = [];
    new FrameReader((frame) => messages.push(messageOf(frame))).push(bytes);
    return messages;
  };
  assert.equal(said(sampleFrame(9, [1.5, -2], 3)), [{ kind: 'sample', sequence: 9, x: Float32Array.of(1.5, -2), label: 3 }]);
  assert.equal(said(sampleFrame(9, [-1], null)), [{ kind: 'sample', sequence: 9, x: Float32Array.of(-1), label: undefined }]);
  assert.equal(said(labelFrame(65535, 2)), [{ kind: 'label', sequence: 65535, label: 2 }]);
  assert.equal(said(encodeFrame('O', 1, Uint8Array.of(1, 10, 0, 0, 0, 0, 0x80, 0xff, 0xff))), [{ kind: 'observed', sequence: 1, alarm: true, cost: 10, score: -0.5 }]);
  for (const [type, length] of [['X', 1], ['X', 4], ['X', 7], ['L', 0], ['P', 4], ['O', 8], ['H', 4], ['Z', 3]] as const) {
    assert.equal(said(encodeFrame(type, 1, new Uint8Array(length))), [undefined], `${type} ${length}`);
  }
});

frames('every byte value survives, in every frame length', () => {
  const taken: Frame[] = [];
  const reader = new FrameReader((frame) => taken.push(frame));
  for (let length = 0; length < 300; length++) {
    const body = Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 255);
    for (const byte of encodeFrame('X', length, body)) reader.receive(byte);
    const frame = taken.pop()!;
    assert.is(frame.sequence, length);
    assert.equal(new Uint8Array(frame.body.buffer, frame.body.byteOffset, frame.body.byteLength), body);
  }
  assert.is(reader.damaged, 0);
});

frames('no damaged frame is handed over, of 20,000', () => {
  const random = new Random(2);
  let taken = 0;
  const reader = new FrameReader((frame) => {
    taken++;
    assert.is(frame.body.getUint8(0), frame.sequence & 255);
  });
  for (let sequence = 0; sequence < 20_000; sequence++) {
    const frame = encodeFrame('L', sequence, Uint8Array.of(sequence & 255));
    for (const byte of disturb(frame, { ...noise, seed: 0 }, random)) reader.receive(byte);
  }
  assert.ok(taken > 5000 && reader.damaged > 5000);
});

frames.run();
