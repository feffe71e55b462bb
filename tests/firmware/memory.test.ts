// What the library's learner has beside the plain one, on boards and in exported C: a memory, drift alarms, labels that come later, sleep, local fields.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { boardNamed } from '../../firmware-sim/boards.js';
import { learnerSource, named } from '../../firmware-sim/build.js';
import type { Device } from '../../firmware-sim/device.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { exportLearner } from '../../firmware-sim/export.js';
import { judge, learnedHash } from '../../firmware-sim/learners.js';
import { samplesFor, statusOf, vectorSession, type LabelledSample } from '../../firmware-sim/vectors.js';
import { resolveConfig, type LearnerConfig } from '../../host/config.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { encodeFrame, readFrame, type Frame } from '../../host/sources/slip.js';
import { assert, needs, suite } from '../suite.js';
import { UNOPTIMISED, make } from './c-program.js';
import { toolsOf } from './tools.js';

const shape = { inputs: 6, units: [12], labels: ['a', 'b', 'c'] };
const grid = { grid: { height: 6, width: 6, channels: 1 }, units: [{ field: 3, stride: 1, channels: 8 }, 8], labels: ['a', 'b', 'c'] };
const KINDS: Record<string, LearnerConfig> = {
  'exemplars': { ...shape, exemplars: 30 },
  'exemplars of 2 bits': { ...shape, exemplars: 60, exemplarBits: 2, keep: 'spread' },
  'prototypes': { ...shape, prototypes: 2 },
  'drift alarms': { ...shape, drift: 'two-rates' },
  'a decorrelating step': { ...shape, secondOrder: 'full', exemplars: 20 },
  'local fields': grid,
  'local fields with exemplars': { ...grid, exemplars: 20 },
  'room for two labels more': { ...shape, labelCapacity: 5 },
  'room for two labels more, and exemplars': { ...shape, labelCapacity: 5, exemplars: 30 },
  'a window with exemplars': { window: { axes: 2, samples: 8 }, units: [8], labels: ['a', 'b'], exemplars: 10 },
};

/** Labels in turn come into use: the third from sample 40 on, and so on. */
function lessons(config: LearnerConfig, count: number, seed: number): LabelledSample[] {
  const resolved = resolveConfig(config);
  const names = named(resolved);
  return samplesFor({ ...resolved, labels: names }, count, seed).map(({ x, label }, t) => ({ x, label: label % Math.min(names.length, resolved.labels.length + Math.floor(t / 40)) }));
}

/** The same in Node. */
async function taught(config: LearnerConfig, samples: readonly LabelledSample[]) {
  const resolved = resolveConfig(config);
  const node = await judge(resolved);
  const names = named(resolved);
  // a board takes the next label into use, not any
  for (const { x, label } of samples) if (label <= node.labels.length) node.learn(x, names[label]!);
  return node;
}

/** One of each core. */
const OF_EACH_CORE = /^(exemplars|local.*|room for two labels more)$/;

for (const board of ['rp2040', 'microbit', 'riscv']) {
  const test = suite(`all that a learner has, on ${board}`, ...toolsOf(board));
  // every kind on one board; on the others one of each core
  for (const [kind, config] of Object.entries(KINDS).filter(([kind, { window }]) => !window && (board === 'rp2040' || OF_EACH_CORE.test(kind)))) {
    test(`${kind}: the bytes of Node`, async () => {
      const samples = lessons(config, 120, 5);
      const { device } = buildDevice(boardNamed(board), learnerSource(resolveConfig(config)), { checked: board === 'rp2040', saveEvery: 1000 });
      const outcome = await device.play(vectorSession(samples));
      assert.is(outcome.end, 'off');
      const node = await taught(config, samples);
      assert.is(statusOf(outcome).hash, learnedHash(node));
      if (config.labelCapacity) assert.is(node.labels.length, 5);
    });
  }
  test.run();
}

/** A board that is taught, told to sleep, and asked. Gives the steps that it slept. */
async function sleeps(device: Device, samples: readonly LabelledSample[], steps: number) {
  const session = vectorSession(samples);
  const end = session.messages.at(-1)!.tick;
  const sleep = Uint8Array.of(steps & 255, steps >> 8, 0, 0);
  const outcome = await device.play({ ...session, messages: [...session.messages, { tick: end + 10, bytes: encodeFrame('Z', 0, sleep) }, { tick: end + 400, bytes: encodeFrame('?', 0) }], ticks: end + 420 });
  const slept = outcome.frames.filter(({ type }) => type === 'Y').map(({ body }) => body.getUint32(0, true));
  return { slept, status: statusOf(outcome) };
}

for (const board of ['rp2040', 'microbit']) {
  const test = suite(`sleep on ${board}`, ...toolsOf(board));
  test('in slices between frames, to the bytes of a sleep in Node; one that does harm is undone there as here', async () => {
    const config: LearnerConfig = { ...shape, exemplars: 30 };
    const { device } = buildDevice(boardNamed(board), learnerSource(resolveConfig(config)), { checked: board === 'rp2040', saveEvery: 1000 }); // as the kinds above are compiled
    const undone = new Set<boolean>();
    for (let seed = 1; seed <= 12 && undone.size < 2; seed++) {
      device.flash.bytes.fill(255);
      const samples = lessons(config, 20 + seed, seed);
      const node = await taught(config, samples);
      const before = learnedHash(node);
      node.sleep(30);
      const { slept, status } = await sleeps(device, samples, 30);
      assert.equal(slept, [learnedHash(node) === before ? 0 : 30]);
      assert.is(status.hash, learnedHash(node), `seed ${seed}`);
      undone.add(slept[0] === 0);
    }
    assert.is(undone.size, 2, 'no sleep was undone, or all were');
  });

  test('a board without exemplars has nothing to sleep for', async () => {
    const config: LearnerConfig = { ...shape, drift: 'ddm' };
    const { device } = buildDevice(boardNamed(board), learnerSource(resolveConfig(config)), { saveEvery: 1000 });
    assert.equal((await sleeps(device, lessons(config, 10, 1), 90)).slept, [0]);
  });
  test.run();
}

const store = suite('labels that come later, in flash', ...toolsOf('rp2040'));

store('a snapshot has the names of those in use, is read by Node, and restored at power-on', async () => {
  const config = resolveConfig({ ...shape, labelCapacity: 5 });
  const samples = lessons({ ...shape, labelCapacity: 5 }, 60, 3);
  const { device } = buildDevice(boardNamed('rp2040'), learnerSource(config), { checked: true, saveEvery: 1000 });
  const session = vectorSession(samples);
  const end = session.messages.at(-1)!.tick + 10;
  const pieces = Array.from({ length: 20 }, (_, k) => ({ tick: end + 20 + 4 * k, bytes: readFrame(256 * k) }));
  const outcome = await device.play({ ...session, messages: [...session.messages, { tick: end, bytes: encodeFrame('S', 0) }, ...pieces], ticks: end + 120 });
  const node = await taught({ ...shape, labelCapacity: 5 }, samples);
  assert.equal(node.labels, ['a', 'b', 'c', 'label 3']);
  const read = Buffer.concat(outcome.frames.filter(({ type }: Frame) => type === 'D').map(({ body }) => new Uint8Array(body.buffer, body.byteOffset + 4, body.byteLength - 4)));
  assert.equal(read, Buffer.from(node.save()));
  assert.equal(decodeSnapshot(read).config.labels, node.labels);

  const again = await device.play({ recording: null, messages: [{ tick: 3, bytes: encodeFrame('?', 0) }], ticks: 20 });
  assert.is(again.frames[0]!.body.getUint32(0, true), 1);
  assert.is(statusOf(again).hash, learnedHash(node));
});

store.run();

const command = suite('onward simulate with a memory', ...toolsOf('rp2040'));

command('--exemplars 50: the bytes of Node', () => {
  const out = execFileSync(process.execPath, ['dist/cli.js', 'simulate', '--exemplars', '50', '--samples', '60', '--json'], { encoding: 'utf8' });
  const { config, results } = JSON.parse(out) as { config: { exemplars: number }; results: { samples: number; bytesEqual: boolean }[] };
  assert.equal([config.exemplars, results.map(({ samples, bytesEqual }) => [samples, bytesEqual])], [50, [[60, true]]]);
});

command.run();

const c = suite('exported C with all that a learner has', needs('gcc', 'sudo apt-get install gcc make'), needs('make', 'sudo apt-get install gcc make'));

const text = (samples: readonly LabelledSample[]): string => samples.map(({ x, label }) => `#${label},${[...x].join()}`).join('\n');

for (const [kind, config] of Object.entries(KINDS)) {
  c(`${kind}: fresh, from a snapshot, and learned state taken along, the bytes of Node`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onward-export-'));
    try {
      const samples = lessons(config, 160, 9);
      exportLearner('generic', folder, resolveConfig(config));
      make(folder, OF_EACH_CORE.test(kind) ? {} : UNOPTIMISED);
      execFileSync('./learn', ['half.onward'], { cwd: folder, input: text(samples.slice(0, 100)), stdio: ['pipe', 'ignore', 'ignore'] });
      execFileSync('./learn', ['whole.onward', 'half.onward'], { cwd: folder, input: text(samples.slice(100)), stdio: ['pipe', 'ignore', 'ignore'] });
      const half = (await taught(config, samples.slice(0, 100))).save();
      assert.equal(readFileSync(join(folder, 'half.onward')), Buffer.from(half));
      const whole = Buffer.from((await taught(config, samples)).save());
      assert.equal(readFileSync(join(folder, 'whole.onward')), whole);

      const { config: learned, state } = decodeSnapshot(half);
      exportLearner('generic', folder, learned, state);
      make(folder, { ...UNOPTIMISED, CFLAGS: `${UNOPTIMISED.CFLAGS} -DCORE_CHECKED` }); // now with every access checked
      execFileSync('./learn', ['again.onward'], { cwd: folder, input: text(samples.slice(100)), stdio: ['pipe', 'ignore', 'ignore'] });
      assert.equal(readFileSync(join(folder, 'again.onward')), whole);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

c.run();
