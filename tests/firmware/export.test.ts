// `onward export`: the C that a firmware developer gets learns Node's bytes and compiles without a warning everywhere.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { boards } from '../../firmware-sim/boards.js';
import { exportLearner } from '../../firmware-sim/export.js';
import { judge, learners } from '../../firmware-sim/learners.js';
import { samplesFor, type LabelledSample } from '../../firmware-sim/vectors.js';
import { resolveConfig } from '../../host/config.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { assert, needs, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const test = suite('exported C on the host', needs('gcc', 'sudo apt-get install gcc make'), needs('make', 'sudo apt-get install gcc make'));

const text = (samples: readonly LabelledSample[]): string => samples.map(({ x, label }) => `${label} ${[...x].join(' ')}`).join('\n');

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-export-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const name of ['wide16', 'small', 'fan'] as const) {
  test(`${name}: the snapshot of the C program is Node's, byte for byte, and learning goes on from a snapshot`, () =>
    inFolder(async (folder) => {
      const config = learners[name];
      const samples = samplesFor(config, 200, 9);
      exportLearner('generic', folder, config);
      execFileSync('make', ['-s', '-C', folder], { stdio: 'pipe' });
      execFileSync('./learn', ['half.onward'], { cwd: folder, input: text(samples.slice(0, 100)) });
      execFileSync('./learn', ['whole.onward', 'half.onward'], { cwd: folder, input: text(samples.slice(100)) });

      const node = await judge(config, 'simd');
      samples.forEach(({ x, label }, index) => {
        if (index === 100) assert.equal(readFileSync(join(folder, 'half.onward')), Buffer.from(node.save()));
        node.learn(x, node.labels[label]!);
      });
      assert.equal(readFileSync(join(folder, 'whole.onward')), Buffer.from(node.save()));
    }));
}

test('learned state travels with the export', () =>
  inFolder(async (folder) => {
    const config = learners.small;
    const node = await judge(config);
    for (const { x, label } of samplesFor(config, 50, 1)) node.learn(x, node.labels[label]!);
    exportLearner('generic', folder, config, decodeSnapshot(node.save()).state);
    execFileSync('make', ['-s', '-C', folder], { stdio: 'pipe' });
    execFileSync('./learn', ['out.onward'], { cwd: folder, input: '' });
    assert.equal(readFileSync(join(folder, 'out.onward')), Buffer.from(node.save()));
  }));

test('room for more labels than there are: the board uses those that have a name, and Node reads its snapshot', () =>
  inFolder(async (folder) => {
    const config = resolveConfig({ inputs: 16, units: [32], labels: ['a', 'b'], labelCapacity: 5, bits: 8 });
    const samples = samplesFor(config, 60, 2);
    exportLearner('generic', folder, config);
    execFileSync('make', ['-s', '-C', folder], { stdio: 'pipe' });
    execFileSync('./learn', ['out.onward'], { cwd: folder, input: text(samples) });

    const node = await judge(config);
    for (const { x, label } of samples) node.learn(x, node.labels[label]!);
    assert.equal(readFileSync(join(folder, 'out.onward')), Buffer.from(node.save()));

    // another name, another learner
    node.renameLabel('b', 'c');
    writeFileSync(join(folder, 'other.onward'), node.save());
    assert.throws(() => execFileSync('./learn', ['x', 'other.onward'], { cwd: folder, input: '', stdio: 'pipe' }), /\(-3\)/);
  }));

test('a learner without any label is refused before anything is compiled', () => {
  assert.throws(() => exportLearner('generic', '', resolveConfig({ inputs: 4, units: [8], labels: [], labelCapacity: 4 })), /config\.labels: none/);
});

test('a damaged or foreign snapshot is refused', () =>
  inFolder(async (folder) => {
    exportLearner('generic', folder, learners.small);
    execFileSync('make', ['-s', '-C', folder], { stdio: 'pipe' });
    execFileSync('./learn', ['out.onward'], { cwd: folder, input: '' });
    execFileSync('sh', ['-c', "cp out.onward bad.onward && printf '\\377\\376' | dd of=bad.onward bs=1 seek=300 conv=notrunc"], { cwd: folder, stdio: 'pipe' });
    assert.throws(() => execFileSync('./learn', ['x', 'bad.onward'], { cwd: folder, input: '', stdio: 'pipe' }), /\(-2\)/);
  }));

test.run();

for (const board of boards) {
  const cross = suite(`exported C for ${board.name}`, ...toolsOf(board.name).slice(0, 1));
  cross('compiles with -Wall -Wextra -Werror', () =>
    inFolder(async (folder) => {
      exportLearner('pico', folder, learners.fan);
      const gcc = board.platform === 'semihost-riscv' ? 'riscv64-unknown-elf-gcc' : 'arm-none-eabi-gcc';
      execFileSync(gcc, [...board.cpu, '-std=c11', '-O2', '-ffreestanding', '-Wall', '-Wextra', '-Werror', '-c', 'learner.c'], { cwd: folder, stdio: 'pipe' });
    }));
  cross.run();
}
