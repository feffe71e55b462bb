// An update of a board's program: what the earlier one learned is carried over, or refused by its name.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportLearner } from '../../firmware-sim/export.js';
import { judge } from '../../firmware-sim/learners.js';
import { samplesFor } from '../../firmware-sim/vectors.js';
import { sign } from '../../host/fleet/index.js';
import { crc32 } from '../../host/checksum.js';
import { resolveConfig, type LearnerConfig } from '../../host/config.js';
import { loadLearner } from '../../host/index.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { assert, needs, suite } from '../suite.js';
import { inFolder, run } from './c-program.js';

const test = suite('updates of a program', needs('gcc', 'sudo apt-get install gcc'));

const inC = (x: ArrayLike<number>): string => `{${Array.from(x, (value) => (Number.isNaN(value) ? '__builtin_nanf("")' : `${value.toExponential()}f`)).join()}}`;

/** A snapshot that was changed, with its checksum. */
function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  copy.writeUInt32LE(crc32(copy.subarray(0, -4)), copy.length - 4);
  return copy;
}

test('an update that renames a label or has another rate goes on from the old snapshot; one of another shape refuses it and changes nothing', () =>
  inFolder(async (folder) => {
    const shape = { inputs: 3, units: [8], labelCapacity: 4 };
    const old = await judge(resolveConfig({ ...shape, labels: ['a', 'b'] }));
    const samples = samplesFor(old.config, 80, 3);
    const teach = (learner: typeof old, from: number, to: number): void => samples.slice(from, to).forEach(({ x, label }) => learner.learn(x, learner.labels[label]!));
    teach(old, 0, 50);
    old.addLabel('c');
    old.note = 'somebody was here';
    exportLearner('generic', folder, resolveConfig({ ...shape, labels: ['idle', 'a much longer name'], rate: 0.1, seed: 9 }));
    writeFileSync(join(folder, 'old.onward'), old.save());

    const rest = samples.slice(50).map(({ x, label }) => `{${inC(x)}, ${label}}`);
    const lessons = `  static const struct { float x[3]; int label; } lessons[] = {${rest.join()}};
  for (unsigned t = 0; t < sizeof lessons / sizeof *lessons; t++) onward_learn(lessons[t].x, lessons[t].label);
  save("out.onward");`;
    assert.is(run(folder, `  printf("%d ", load("old.onward"));\n  printf("%d", onward_labels_in_use());\n${lessons}`), '0 3');
    old.setRate(0.1);
    teach(old, 50, 80);
    assert.equal(Buffer.from(decodeSnapshot(readFileSync(join(folder, 'out.onward'))).state), Buffer.from(decodeSnapshot(old.save()).state));

    const bytes = readFileSync(join(folder, 'old.onward'));
    for (const [name, at] of [['a name', 123], ['the state', 300], ['the note', bytes.length - 8]] as const) {
      const torn = Buffer.from(bytes);
      torn[at]! ^= 64;
      writeFileSync(join(folder, 'torn.onward'), torn);
      assert.match(run(folder, '  printf("%d", load("torn.onward"));'), /^(-2|1)$/, name);
    }
    const version = Buffer.from(bytes);
    version.writeUInt16LE(4, 4);
    writeFileSync(join(folder, 'version.onward'), version);
    const arithmetic = changed(bytes, (copy) => copy.writeUInt32LE(1, 104));
    writeFileSync(join(folder, 'arithmetic.onward'), arithmetic);
    assert.is(run(folder, '  printf("%d %d", load("version.onward"), load("arithmetic.onward"));'), '-4 -4');
    for (const other of [{ ...shape, units: [16] }, { ...shape, labelCapacity: 2 }, { ...shape, familiar: false }]) {
      exportLearner('generic', folder, resolveConfig({ ...other, labels: ['a', 'b'] }));
      const fresh = await judge(resolveConfig({ ...other, labels: ['a', 'b'] }));
      assert.is(run(folder, '  printf("%d", load("old.onward"));\n  save("out.onward");'), '-3', JSON.stringify(other));
      assert.equal(readFileSync(join(folder, 'out.onward')), Buffer.from(fresh.save()));
    }
  }));

const shape = { inputs: 12, units: [16, 8], labels: ['a', 'b', 'c'] };
const grid = { grid: { height: 6, width: 6, channels: 1 }, units: [{ field: 3, stride: 1, channels: 8 }, 16], labels: ['a', 'b', 'c'] };
const UPDATES: Record<string, readonly [from: LearnerConfig, to: LearnerConfig]> = {
  'from 8 to 16 bits, where the first layer had them': [{ ...shape, inputs: 5 }, { ...shape, inputs: 5, bits: 16 }],
  'from 8 to 16 bits, many inputs, and room': [{ ...shape, inputs: 260 }, { ...shape, inputs: 260, bits: 16, labelCapacity: 5 }],
  'a label more': [shape, { ...shape, labels: ['a', 'b', 'c', 'd'] }],
  'less room, a fixed scale and no usual values': [{ ...shape, inputScale: 1, familiar: false, labelCapacity: 21 }, { ...shape, inputScale: 1, familiar: false }],
  'room and bits beside exemplars': [{ ...shape, exemplars: 20 }, { ...shape, exemplars: 20, bits: 16, labelCapacity: 20 }],
  'room beside prototypes': [{ ...shape, prototypes: 3 }, { ...shape, prototypes: 3, labelCapacity: 7 }],
  'room and bits beside a decorrelating step': [{ ...shape, secondOrder: 'full' }, { ...shape, secondOrder: 'full', bits: 16, labelCapacity: 6 }],
  'room and bits with local fields': [grid, { ...grid, bits: 16, labelCapacity: 9 }],
};

for (const [what, [from, to]] of Object.entries(UPDATES)) {
  test(`an update with ${what}: the same answers, and Node learns on from its snapshot to the board's bytes`, () =>
    inFolder(async (folder) => {
      const [old, config] = [await judge(resolveConfig(from)), resolveConfig(to)];
      const samples = samplesFor(old.config, 140, 5);
      for (const { x, label } of samples.slice(0, 60)) old.learn(x, old.labels[label]!);
      exportLearner('generic', folder, config);
      writeFileSync(join(folder, 'old.onward'), old.save());
      const said = run(folder, `  static const float asked[][${config.inputs}] = {${samples.slice(60, 100).map(({ x }) => inC(x)).join()}}, taught[][${config.inputs}] = {${samples.slice(100).map(({ x }) => inC(x)).join()}};
  static const int labels[] = {${samples.slice(100).map(({ label }) => label).join()}};
  printf("%d", load("old.onward"));
  save("taken.onward");
  for (int t = 0; t < 40; t++) { const int label = onward_predict(asked[t]); printf(" %d:%d:%d", label, onward_probability(label), onward_familiar(label)); }
  for (int t = 0; t < 40; t++) onward_learn(taught[t], labels[t]);
  save("later.onward");`).split(' ');
      assert.is(said.shift(), '0');
      const taken = await loadLearner(readFileSync(join(folder, 'taken.onward')));
      assert.is(taken.stats().seen, 60);
      samples.slice(60, 100).forEach(({ x }, index) => {
        const [label, probability] = said[index]!.split(':').map(Number);
        const before = old.predict(x);
        const after = taken.predict(x);
        assert.is(taken.labels[label!], after.label);
        assert.ok(Math.abs(after.probability - probability! / 32767) < 1e-3, `${index}: ${said[index]} ${JSON.stringify(after)}`);
        if (taken.labels.length === old.labels.length) assert.equal([after.label, after.probability, after.familiar], [before.label, before.probability, before.familiar], `${index}`);
      });
      for (const { x, label } of samples.slice(100)) taken.learn(x, taken.labels[label]!);
      assert.equal(readFileSync(join(folder, 'later.onward')), Buffer.from(taken.save()));
    }));
}

test.run();

const signed = suite('signed updates', needs('gcc', 'sudo apt-get install gcc'), needs('libsodium', 'sudo apt-get install libsodium-dev', existsSync('/usr/include/sodium.h')));

signed('a board takes a snapshot of the owner of its key, and none that is unsigned, of another key or purpose, or changed', () =>
  inFolder(async (folder) => {
    const config = resolveConfig({ inputs: 3, units: [8], labels: ['a', 'b'] });
    const taught = await judge(config);
    for (const { x, label } of samplesFor(config, 60, 3)) taught.learn(x, taught.labels[label]!);
    exportLearner('generic', folder, config);
    const [owner, other] = await Promise.all([0, 1].map(() => crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']) as Promise<CryptoKeyPair>));
    const envelope = Buffer.from(await sign(taught.save(), 'snapshot', owner!.privateKey));
    const broken = (at: number): Buffer => Buffer.from(envelope.map((byte, i) => (i === at ? byte ^ 1 : byte)));
    const files = {
      good: envelope,
      unsigned: taught.save(),
      short: envelope.subarray(0, 72),
      foreign: await sign(taught.save(), 'snapshot', other!.privateKey),
      purpose: await sign(taught.save(), 'model of plant', owner!.privateKey),
      signature: broken(20),
      message: broken(200),
      cut: envelope.subarray(0, -1),
    };
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const key = new Uint8Array(await crypto.subtle.exportKey('raw', owner!.publicKey));
    const front = `#include <sodium.h>
#include <string.h>
#include "signed.h"
static int check(const uint8_t signature[64], const uint8_t key[32], const uint8_t *message, size_t size) { return crypto_sign_verify_detached(signature, message, size, key); }
static const uint8_t KEY[32] = {${key.join()}};
static int take(const char *name, const char *purpose) {
  static uint8_t bytes[65536], before[65536];
  struct onward_message snapshot;
  FILE *file = fopen(name, "rb");
  const uint32_t size = (uint32_t)fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  memcpy(before, bytes, size);
  const int doubt = onward_believe(bytes, size, purpose, KEY, check, &snapshot);
  if (memcmp(before, bytes, size) != 0) return -99;
  return doubt != 0 ? doubt : onward_load_compatible(onward_message_read, &snapshot);
}`;
    const body = `  if (sodium_init() < 0) return 1;
  const char *bad[] = {"unsigned", "short", "foreign", "purpose", "signature", "message", "cut"};
  for (int i = 0; i < 7; i++) printf("%s %d\\n", bad[i], take(bad[i], "snapshot"));
  struct onward_stats stats;
  onward_stats(&stats);
  printf("seen %d\\n", (int)stats.seen);
  printf("long %d\\n", take("good", "${'x'.repeat(65)}"));
  printf("good %d\\n", take("good", "snapshot"));
  onward_stats(&stats);
  printf("seen %d\\n", (int)stats.seen);
  save("out.onward");`;
    assert.equal(run(folder, body, { front, libraries: ['-lsodium'] }).trim().split('\n'), ['unsigned -5', 'short -5', 'foreign -6', 'purpose -6', 'signature -6', 'message -6', 'cut -6', 'seen 0', 'long -6', 'good 0', 'seen 60']);
    assert.equal(Buffer.from(decodeSnapshot(readFileSync(join(folder, 'out.onward'))).state), Buffer.from(decodeSnapshot(taught.save()).state));
  }));

signed.run();
