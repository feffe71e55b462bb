// Snapshots: refused with the reason when they are foreign, cut, damaged or from another version; never half loaded.

import { readFileSync, readdirSync } from 'node:fs';
import { crc32 } from '../host/checksum.js';
import { createLearner, LearnerError, loadLearner, type Learner, type LearnerWishes } from '../host/index.js';
import { generator } from './random.js';
import { hashOf, learnOn, probe, type Kept } from './snapshots/generate.js';
import { assert, suite } from './suite.js';

const test = suite('snapshot');

const learner = await createLearner({ inputs: 3, labels: ['gr\u00fcn', '\u{1F7E5}', ''], units: [5, 3] });
const random = generator(3);
for (let i = 0; i < 100; i++) learner.learn([random(), random(), i], learner.labels[i % 3]!);
const snapshot = learner.save();

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await loadLearner(bytes);
    return 'loaded';
  } catch (error) {
    assert.instance(error, LearnerError);
    return (error as LearnerError).code;
  }
}

/** The snapshot with some bytes changed and a checksum that fits again. */
function forged(change: (view: DataView) => void): Uint8Array {
  const bytes = snapshot.slice();
  const view = new DataView(bytes.buffer);
  change(view);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

test('CRC-32 is the one of IEEE 802.3', () => {
  assert.is(crc32(new TextEncoder().encode('123456789')), 0xcbf43926);
  assert.is(crc32(new Uint8Array()), 0);
});

test('what was saved is loaded, labels in any script included', async () => {
  const loaded = await loadLearner(snapshot);
  assert.equal(loaded.labels, learner.labels);
  assert.equal(loaded.config, learner.config);
  assert.equal(loaded.save(), snapshot);
});

test('a note is any text, travels with the learner and changes nothing that is learned; without one the file is as before', async () => {
  const noted = learner.clone();
  for (const note of ['{"fields":["a"]}', '\uFEFFbegins with a mark', '\u{1F7E5}', 'x'.repeat(70_000)]) {
    noted.note = note;
    const bytes = noted.save();
    assert.is(bytes[4], 3);
    const loaded = await loadLearner(bytes);
    assert.is(loaded.note, note);
    assert.is(loaded.clone().note, note);
    assert.equal(loaded.save(), bytes);
    assert.is(await codeOf(bytes.subarray(0, -1)), 'ESNAPSHOT_TRUNCATED');
    bytes[bytes.length - 5]! ^= 1; // in the note
    assert.is(await codeOf(bytes), 'ECRC');
    loaded.note = '';
    assert.equal(loaded.save(), snapshot);
  }
  assert.is(learner.note, '');
  assert.is(snapshot[4], 2);
});

test('a view into a larger buffer is loaded too', async () => {
  const larger = new Uint8Array(snapshot.length + 7);
  larger.set(snapshot, 5);
  assert.is(await codeOf(larger.subarray(5, 5 + snapshot.length)), 'loaded');
});

test('a learner is saved and loaded after each of its first samples, while channels still wait for their third reading', async () => {
  const young = await createLearner({ inputs: 2, labels: ['a', 'b'], units: [5] });
  const twin = await createLearner({ inputs: 2, labels: ['a', 'b'], units: [5] });
  let loaded: Learner = young;
  for (const [k, x] of [[1e10, -4], [3, 1e-9], [2.5, NaN], [4, -7], [3, 12]].entries()) {
    loaded = await loadLearner(loaded.save());
    for (const each of [loaded, twin]) each.learn(x, k % 2 ? 'b' : 'a');
    assert.equal(loaded.save(), twin.save());
  }
});

test('every truncation is refused as one', async () => {
  for (let length = 0; length < snapshot.length; length++) {
    assert.is(await codeOf(snapshot.subarray(0, length)), length < 4 ? 'ESNAPSHOT_MAGIC' : 'ESNAPSHOT_TRUNCATED', `${length} bytes`);
  }
});

test('every single flipped bit is refused', async () => {
  const damaged = snapshot.slice();
  for (let at = 0; at < damaged.length; at++) {
    damaged[at]! ^= 1 << at % 8;
    assert.not.equal(await codeOf(damaged), 'loaded', `byte ${at}`);
    damaged[at]! ^= 1 << at % 8;
  }
});

test('bytes after the end are refused', async () => {
  const longer = new Uint8Array(snapshot.length + 1);
  longer.set(snapshot);
  assert.is(await codeOf(longer), 'ECRC');
});

test('foreign bytes are refused', async () => {
  assert.is(await codeOf(new TextEncoder().encode('PK\u0003\u0004 something else, long enough to be a header of a file')), 'ESNAPSHOT_MAGIC');
  try {
    await loadLearner('ONWD' as never);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TypeError);
  }
});

test('other versions and shapes are refused, checksum or not', async () => {
  assert.is(await codeOf(forged((view) => view.setUint16(4, 0, true))), 'ESNAPSHOT_VERSION');
  assert.is(await codeOf(forged((view) => view.setUint16(4, 1, true))), 'ESNAPSHOT_VERSION'); // its header was shorter
  assert.is(await codeOf(forged((view) => view.setUint16(4, 4, true))), 'ESNAPSHOT_VERSION');
  assert.is(await codeOf(forged((view) => view.setUint16(4, 3, true))), 'ESNAPSHOT_SHAPE'); // a version with a note, and none
  assert.is(await codeOf(forged((view) => view.setUint16(6, 112, true))), 'ESNAPSHOT_VERSION');
  assert.is(await codeOf(forged((view) => view.setUint32(104, 99, true))), 'ESNAPSHOT_ARITHMETIC');
  assert.is(await codeOf(forged((view) => view.setInt32(8, 4, true))), 'ESNAPSHOT_SHAPE'); // inputs 4: other state bytes
  assert.is(await codeOf(forged((view) => view.setInt32(8, 0x7fffffff, true))), 'ESNAPSHOT_SHAPE');
  assert.is(await codeOf(forged((view) => view.setInt32(16, 99, true))), 'ESNAPSHOT_SHAPE'); // layers
  assert.is(await codeOf(forged((view) => view.setInt32(20, 4, true))), 'ESNAPSHOT_SHAPE'); // bits
  assert.is(await codeOf(forged((view) => view.setInt32(24, 255, true))), 'ESNAPSHOT_SHAPE'); // flags
  assert.is(await codeOf(forged((view) => view.setUint32(108, 0xfffffff0, true))), 'ESNAPSHOT_TRUNCATED'); // state bytes
  assert.is(await codeOf(forged((view) => view.setUint32(112, 1, true))), 'ESNAPSHOT_SHAPE'); // architecture
  assert.is(await codeOf(forged((view) => view.setUint32(116, 1, true))), 'ESNAPSHOT_SHAPE'); // reserved
  assert.is(await codeOf(forged((view) => view.setUint16(120, 0xffff, true))), 'ESNAPSHOT_TRUNCATED'); // labels
});

test('the architecture hash names the shape: other seeds and rates share it, other layers do not', async () => {
  const hash = async (config: LearnerWishes): Promise<number> => {
    const bytes = (await createLearner({ inputs: 3, labels: ['a', 'b'], units: [5, 3], ...config })).save();
    return new DataView(bytes.buffer).getUint32(112, true);
  };
  const plain = await hash({});
  assert.is(await hash({ seed: 9, rate: 0.2, alpha: 5, margin: 0.1, labels: ['c', 'd'] }), plain);
  for (const other of [{ units: [5, 4] }, { bits: 16 }, { inputs: 4 }, { labels: ['a', 'b', 'c'] }, { selfRate: false }, { inputScale: 2 }] as const) {
    assert.is.not(await hash(other), plain, JSON.stringify(other));
  }
});

test('a state that no learner can reach is refused, whatever its checksum says', async () => {
  const state = snapshot.length - 4 - (learner.stats().bytes.arena - learner.stats().bytes.scratch);
  const channel = state + 48;
  const counts = channel + 3 * 32;
  const usuals = counts + 16; // 3 labels: counts, 8 means, 8 deviations, spans
  const [means, deviations, spans] = [usuals + 16, usuals + 48, usuals + 80];
  const layer = spans + 16 + 16 + 16; // behind 3 centres and 3 scales of anchors; 8 x 8 weights of 16 bits, 8 biases, 3 x 8 gates, 8 mean pulls, 8 mean inputs, log rate
  const hostile: Record<string, (view: DataView) => void> = {
    'random state 0': (view) => view.setUint32(state + 16, 0, true),
    'rate 0': (view) => view.setInt32(state + 20, 0, true),
    'start boost -1': (view) => view.setInt32(state + 24, -1, true),
    'labels in use 4294967295, expected 3': (view) => view.setUint32(state + 28, 0xffffffff, true),
    'labels in use 2, expected 3': (view) => view.setUint32(state + 28, 2, true),
    'placed 513, expected 0 to 512': (view) => view.setUint16(state + 42, 513, true),
    'half 30000, ': (view) => view.setInt16(state + 36, 30000, true),
    'weight of votes 12289, expected -12288 to 12288': (view) => view.setInt16(state + 44, 12289, true),
    'channel 0 with variance 7': (view) => view.setUint32(channel + 4, 7, true),
    'channel 1 with count 65535': (view) => view.setUint16(channel + 42, 0xffff, true),
    'channel 2 with shift 127': (view) => view.setInt8(channel + 76, 127),
    'channel 2 with exponent 127': (view) => view.setInt8(channel + 77, 127),
    'channel 0 with centre 134217728': (view) => view.setInt32(channel + 16, 2 ** 27, true),
    'channel 0 with tail -134217728': (view) => view.setInt32(channel + 20, -(2 ** 27), true),
    'channel 1 with reach 0': (view) => view.setUint32(channel + 56, 0, true),
    'channel 1 with spread 30721': (view) => view.setInt16(channel + 60, 30721, true),
    'channel 1 with pace 2048': (view) => view.setUint16(channel + 62, 2048, true),
    'label 1 with count 16384': (view) => view.setUint16(counts + 2, 16384, true),
    'labels behind the last: ': (view) => view.setUint8(counts + 15, 1),
    'label 1 with a usual mean -128': (view) => view.setInt8(means + 8 + 2, -128),
    'label 1 with a usual mean 1': (view) => view.setInt8(means + 8 + 3, 1), // input 3 of 3
    'label 0 with a usual count 33': (view) => view.setUint8(usuals, 33),
    'label 2 with a usual deviation 128': (view) => view.setUint8(deviations + 16, 128),
    'label 0 with a usual span -1': (view) => view.setInt32(spans, -1, true),
    'labels behind the last': (view) => view.setUint8(usuals + 3, 1),
    'layer 0 with weight 1': (view) => view.setInt16(layer + 126, 1, true), // unit 7 of 5
    'layer 0 with bias -2147483648': (view) => view.setInt32(layer + 128, -(2 ** 31), true),
    'layer 0 with gate -32768': (view) => view.setInt16(layer + 128 + 32 + 14, -32768, true),
    'layer 0 with log rate 1000': (view) => view.setInt32(layer + 128 + 32 + 48 + 16 + 16, 1000, true),
  };
  for (const [field, change] of Object.entries(hostile)) {
    try {
      await loadLearner(forged(change));
      assert.unreachable(field);
    } catch (error) {
      assert.is((error as LearnerError).code, 'ESNAPSHOT_SHAPE', field);
      assert.ok((error as Error).message.startsWith(`snapshot: ${field}`), `${field}: ${(error as Error).message}`);
    }
  }
});

const kept: Kept[] = [2, 3].flatMap((version) => JSON.parse(readFileSync(new URL(`snapshots/v${version}.json`, import.meta.url), 'utf8')));
for (const { file, labels, seen, before, after, sha256, note = '' } of kept) {
  test(`${file} is loaded, answers as it did and learns on to the same bytes`, async () => {
    const old = readFileSync(new URL(`snapshots/${file}`, import.meta.url));
    const untouched = Uint8Array.from(old);
    const loaded = await loadLearner(old);
    assert.equal(loaded.labels, labels);
    assert.is(loaded.note, note);
    assert.is(loaded.stats().seen, seen);
    assert.equal(probe(loaded), before);
    assert.ok(untouched.every((byte, i) => byte === old[i]), 'the file was changed in memory');
    const again = loaded.save();
    assert.equal(again, untouched);
    for (const learner of [loaded, await loadLearner(again)]) {
      learnOn(learner, 2, 100);
      assert.equal(probe(learner), after);
      assert.is(hashOf(learner), sha256);
    }
  });
}

const folder = new URL('snapshots/', import.meta.url);
for (const file of readdirSync(folder).filter((name) => /^v1-.*\.snapshot$/.test(name))) {
  test(`${file}, of an older arithmetic, is refused by name and says what to do`, async () => {
    const old = Uint8Array.from(readFileSync(new URL(file, folder)));
    const error = await loadLearner(old).then(() => undefined, (reason: LearnerError) => reason);
    assert.is(error?.code, 'ESNAPSHOT_ARITHMETIC');
    assert.match(error!.message, /arithmetic 1; this build has 2 .*use the onward that wrote it, or teach anew/);
    // damage is called damage, and no arithmetic makes the old layout readable
    old[200]! ^= 1;
    assert.is(await codeOf(old), 'ECRC');
    old[200]! ^= 1;
    new DataView(old.buffer).setUint32(104, 2, true);
    new DataView(old.buffer).setUint32(old.length - 4, crc32(old.subarray(0, -4)), true);
    assert.is(await codeOf(old), 'ESNAPSHOT_VERSION');
  });
}

test('names come back as they were: a byte-order mark stays, half a surrogate pair is refused at the start', async () => {
  const labels = ['\uFEFFa', 'a', 'x'.repeat(65535)];
  assert.equal((await loadLearner((await createLearner({ inputs: 1, labels })).save())).labels, labels);
  for (const bad of ['\uD800', 'x'.repeat(65536)]) {
    try {
      await createLearner({ inputs: 1, labels: ['a', bad] });
      assert.unreachable();
    } catch (error) {
      assert.instance(error, RangeError);
    }
  }
});

test('random damage with a fitting checksum never loads another shape and never throws anything else', async () => {
  for (let round = 0; round < 300; round++) {
    const code = await codeOf(forged((view) => view.setUint8(Math.floor(random() * 140), Math.floor(random() * 256))));
    assert.ok(/^(loaded|ESNAPSHOT_\w+|ECRC)$/.test(code), code);
  }
});

test('a refused snapshot leaves the learner in memory as it was', async () => {
  await codeOf(snapshot.subarray(0, 200));
  assert.equal(learner.save(), snapshot);
});

test.run();
