// Power cuts and worn cells while the RP2040 writes its flash: it always boots, always from a whole snapshot, loses at most the samples since the
// last save, and then learns on to the bytes of a board that was never cut.

import { boardNamed } from '../../firmware-sim/boards.js';
import { learnerSource } from '../../firmware-sim/build.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import type { Outcome } from '../../firmware-sim/device.js';
import { Flash } from '../../firmware-sim/flash.js';
import { judge, learnedHash, learners } from '../../firmware-sim/learners.js';
import { Random } from '../../firmware-sim/random.js';
import { encodeFrame, sampleFrame } from '../../host/sources/slip.js';
import { samplesFor, statusOf } from '../../firmware-sim/vectors.js';
import { Rp2040Device } from '../../firmware-sim/rp2040.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const test = suite('power cuts', ...toolsOf('rp2040'));

const SAVE_EVERY = 3;
const SAMPLES = 12;
const board = boardNamed('rp2040');
const config = learners.tiny;
const samples = samplesFor(config, SAMPLES, 3);
let image: Rp2040Device;
let whole = 0;
let wanted = 0;

/** Samples from `first` on, far enough apart for a save in between. */
function play(device: Rp2040Device, first: number): Outcome {
  const messages = samples.slice(first).map(({ x, label }, index) => ({ tick: 1 + 6 * index, bytes: sampleFrame(first + index + 1, x, label) }));
  const end = 1 + 6 * messages.length;
  messages.push({ tick: end, bytes: encodeFrame('?', 0) });
  return device.playNow({ recording: null, messages, ticks: end + 3 });
}

test.before(async () => {
  const node = await judge(config);
  for (const { x, label } of samples) node.learn(x, node.labels[label]!);
  wanted = learnedHash(node);
  image = buildDevice(board, learnerSource(config), { saveEvery: SAVE_EVERY }).device as Rp2040Device;
  assert.is(statusOf(play(image, 0)).hash, wanted);
  whole = image.flash.written;
});

/** Cuts the power after `written` bytes of flash writes, reboots, plays the samples that the restored snapshot lacks, and compares. */
function cut(written: number, seed: number): void {
  image.flash = new Flash(image.flash.bytes.length, board.sector, board.unit, seed);
  image.flash.cutAt = written;
  const before = play(image, 0);
  assert.is(before.end, 'power cut');
  const saved = before.frames.filter(({ type }) => type === 'F').length;

  const left = image.flash.bytes.slice();
  const restored = (outcome: Outcome): number => outcome.frames[0]!.body.getUint32(0, true);
  let after = play(image, saved * SAVE_EVERY);
  if (restored(after) !== saved) {
    // The save under way had got as far as its slot header, whose unit ends in padding: it counts.
    image.flash.bytes.set(left);
    after = play(image, (saved + 1) * SAVE_EVERY);
    assert.is(restored(after), saved + 1, `cut at ${written}`);
  }
  assert.is(after.end, 'off');
  assert.is(statusOf(after).hash, wanted, `cut at ${written}`);
}

test('every programmed byte of a save, and every 16th of its erase', () => {
  const one = whole / (SAMPLES / SAVE_EVERY);
  for (let at = one; at < one + board.sector; at += 16) cut(at, at);
  for (let at = one + board.sector; at < 2 * one; at++) cut(at, at);
});

test('1,000 random bytes of four saves', () => {
  const random = new Random(11);
  for (let i = 0; i < 1000; i++) cut(random.below(whole), i);
});

test('sectors wear evenly', () => {
  image.flash = new Flash(image.flash.bytes.length, board.sector, board.unit);
  play(image, 0);
  assert.equal([...image.flash.wear], [2, 1, 1]);
});

/** A flash with cells of one bit that stay 0, or 1. */
function worn(cells: readonly (readonly [at: number, bit: number, one: boolean])[]): Flash {
  const flash = new Flash(image.flash.bytes.length, board.sector, board.unit);
  for (const [at, bit, one] of cells) flash.stuck.set(at, { mask: 1 << bit, value: one ? 1 << bit : 0 });
  return flash;
}

const acknowledged = (outcome: Outcome): number[] => outcome.frames.filter(({ type }) => type === 'F').map(({ body }) => body.getUint32(0, true));

test('a stuck bit anywhere in a slot, header or snapshot: the next slot takes the save, and what was acknowledged is there after the power went', () => {
  const random = new Random(3);
  const used = whole / (SAMPLES / SAVE_EVERY) - board.sector; // programmed bytes of a save
  let skipped = 0;
  for (let k = 0; k < 60; k++) {
    const at = (k % 3) * board.sector + random.below(used);
    image.flash = worn([[at, k % 8, k % 2 === 0]]);
    const first = play(image, 0);
    const saves = acknowledged(first);
    assert.equal(saves, [1, 2, 3, 4], `cell ${at}`);
    skipped += image.flash.wear.reduce((sum, n) => sum + n, 0) > saves.length ? 1 : 0;
    // the power goes in the middle of the next save
    image.flash.cutAt = image.flash.written + random.below(2 * used + board.sector);
    const second = play(image, 0);
    const last = Math.max(4, ...acknowledged(second));
    image.flash.cutAt = Infinity;
    const third = play(image, SAMPLES);
    assert.ok(third.frames[0]!.body.getUint32(0, true) >= last, `cell ${at}: ${last} was acknowledged`);
  }
  assert.ok(skipped > 15, `${skipped} of 60 cells were in the way`);
});

test('where every slot is worn nothing is acknowledged, and the board goes on', () => {
  image.flash = worn([0, 1, 2].flatMap((slot) => [[slot * board.sector + board.unit + 40, 0, true], [slot * board.sector + board.unit + 41, 0, false]] as const));
  const outcome = play(image, 0);
  const said = acknowledged(outcome); // a save that is tried three times lasts: some samples are lost on the line
  assert.ok(said.length > 0 && said.every((sequence) => sequence === 0), said.join());
  assert.is(outcome.end, 'off');
});

test.run();
