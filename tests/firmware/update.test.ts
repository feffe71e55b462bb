// An update of a board's program: what the earlier one learned is carried over, or refused by its name.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportLearner } from '../../firmware-sim/export.js';
import { judge } from '../../firmware-sim/learners.js';
import { samplesFor } from '../../firmware-sim/vectors.js';
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
