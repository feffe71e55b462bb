// The file of a project of the page: what goes in comes out, and what is no project is refused in words.

import { createLearner, loadLearner } from '../host/index.js';
import { decodeProject, encodeProject, hopOf, type Project } from '../host/project.js';
import { SIGNALS } from '../web/signals.js';
import { crc32 } from '../host/checksum.js';
import { assert, suite } from './suite.js';

const test = suite('project');

async function project(): Promise<Project> {
  const labels = ['<b>wave</b>', '__proto__'];
  const learner = await createLearner({ inputs: 3, labels });
  const samples = Array.from({ length: 12 }, (_, i) => ({ label: labels[i % 2]!, x: Float32Array.of(i / 3, i % 2 ? NaN : -1e9, i) }));
  for (const { label, x } of samples) learner.learn(x, label);
  return { signal: 'mqtt', channels: 3, window: 1, unknownBelow: 0.01, labels, samples, snapshot: learner.save() };
}

/** Its header, changed, with a checksum that is right again. */
function forged(bytes: Uint8Array, change: (head: Record<string, unknown>) => unknown): Uint8Array {
  const length = new DataView(bytes.buffer).getUint32(8, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + length)));
  const text = new TextEncoder().encode(JSON.stringify(change(head) ?? head));
  return sealed(Uint8Array.of(...bytes.subarray(0, 12), ...text, ...bytes.subarray(12 + length)), text.length);
}

function sealed(bytes: Uint8Array, head?: number): Uint8Array {
  const view = new DataView(bytes.buffer);
  if (head !== undefined) view.setUint32(8, head, true);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

/** Comparable: NaN is NaN. */
const plain = ({ samples, snapshot, ...rest }: Project): unknown => ({ ...rest, snapshot: Buffer.from(snapshot).toString('hex'), samples: samples.map(({ label, x }) => [label, ...x].map(String)) });

test('all of it comes back, to the bit', async () => {
  const made = await project();
  assert.equal(plain(decodeProject(encodeProject(made))), plain(made));
  assert.equal(plain(decodeProject(Buffer.from(encodeProject(made)))), plain(made));
  const sound = { ...made, channels: 1, window: 3, samples: [{ label: '__proto__', x: Float32Array.of(-1, 12345 / 32768, 0) }] };
  const bytes = encodeProject(sound);
  assert.equal(plain(decodeProject(bytes)), plain(sound));
  assert.is(bytes.length, encodeProject({ ...sound, samples: [] }).length + '0'.length + 3 * 2); // 16 bits where that is enough
  assert.equal(decodeProject(encodeProject({ ...made, samples: [] })).samples, []);
  assert.throws(() => encodeProject({ ...made, labels: made.labels.slice(1) }), (error: Error) => error instanceof RangeError && /sample 0 is of "<b>wave<\/b>", which labels does not name/.test(error.message));
});

test('samples follow one another as the page cuts them', () => {
  for (const [signal, { recorded }] of Object.entries(SIGNALS)) {
    for (const window of [1, 16, 32, 50, 64, 128]) assert.is(hopOf({ signal, window }), recorded || window < 8 ? window : Math.floor(window / 5), `${signal} ${window}`);
  }
});

test('what is no project, damaged or of a newer version is refused in words', async () => {
  const made = await project();
  const good = encodeProject(made);
  const newer = sealed(good.slice());
  new DataView(newer.buffer).setUint16(4, 2, true);
  const flipped = good.slice();
  flipped[100]! ^= 1;
  const refused: [Uint8Array, RegExp][] = [
    [new Uint8Array(0), /not a snapshot of onward/],
    [made.snapshot, /this is a learner, not a project/],
    [newer, /version 2, this onward reads version 1: open it with a newer one/],
    [flipped, /checksum/],
    [good.subarray(0, 14), /cut off/],
    [good.subarray(0, 300), /damaged or cut off/],
    [forged(good, (head) => void (head['samples'] = [0, 1])), /longer or shorter/],
    [forged(good, (head) => void (head['samples'] = [0, 2])), /labels that it does not name/],
    [forged(good, (head) => void (head['labels'] = ['a', 'a'])), /labels are no names/],
    [forged(good, (head) => void (head['labels'] = [{}])), /labels are no names/],
    [forged(good, (head) => void (head['signal'] = '../x')), /signal is no name/],
    [forged(good, (head) => void (head['window'] = 1e12)), /no shape/],
    [forged(good, (head) => void (head['snapshot'] = -1)), /no length/],
    [forged(good, (head) => void (head['unknownBelow'] = '0')), /unknownBelow/],
    [forged(good, (head) => void (head['values'] = 'f64')), /neither i16 nor f32/],
    [forged(good, () => [1]), /labels are no names/],
    [forged(good, () => 5), /no object/],
  ];
  for (const [bytes, reason] of refused) assert.throws(() => decodeProject(bytes), (error: Error) => error.name === 'LearnerError' && reason.test(error.message), String(reason));
  let message = '';
  await loadLearner(good).catch((error: Error) => (message = error.message));
  assert.match(message, 'this is a project, not a learner');
});

test.run();
