// Snapshots: refused with the reason when they are foreign, cut, damaged or from another version; never half loaded.

import { crc32 } from '../host/checksum.js';
import { createLearner, LearnerError, loadLearner } from '../host/index.js';
import { generator } from './random.js';
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

test('a view into a larger buffer is loaded too', async () => {
  const larger = new Uint8Array(snapshot.length + 7);
  larger.set(snapshot, 5);
  assert.is(await codeOf(larger.subarray(5, 5 + snapshot.length)), 'loaded');
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
  assert.is(await codeOf(forged((view) => view.setUint16(4, 2, true))), 'ESNAPSHOT_VERSION');
  assert.is(await codeOf(forged((view) => view.setUint32(104, 99, true))), 'ESNAPSHOT_ARITHMETIC');
  assert.is(await codeOf(forged((view) => view.setInt32(8, 4, true))), 'ESNAPSHOT_SHAPE'); // inputs 4: other state bytes
  assert.is(await codeOf(forged((view) => view.setInt32(8, 0x7fffffff, true))), 'ESNAPSHOT_SHAPE');
  assert.is(await codeOf(forged((view) => view.setInt32(16, 99, true))), 'ESNAPSHOT_SHAPE'); // layers
  assert.is(await codeOf(forged((view) => view.setInt32(20, 4, true))), 'ESNAPSHOT_SHAPE'); // bits
  assert.is(await codeOf(forged((view) => view.setInt32(24, 255, true))), 'ESNAPSHOT_SHAPE'); // flags
  assert.is(await codeOf(forged((view) => view.setUint32(108, 0xfffffff0, true))), 'ESNAPSHOT_TRUNCATED'); // state bytes
  assert.is(await codeOf(forged((view) => view.setUint16(112, 0xffff, true))), 'ESNAPSHOT_TRUNCATED'); // labels
});

test('random damage with a fitting checksum never loads another shape and never throws anything else', async () => {
  for (let round = 0; round < 300; round++) {
    const code = await codeOf(forged((view) => view.setUint8(Math.floor(random() * 130), Math.floor(random() * 256))));
    assert.ok(/^(loaded|ESNAPSHOT_\w+|ECRC)$/.test(code), code);
  }
});

test('a refused snapshot leaves the learner in memory as it was', async () => {
  await codeOf(snapshot.subarray(0, 200));
  assert.equal(learner.save(), snapshot);
});

test.run();
