// `onward export`: the C that a firmware developer gets learns Node's bytes and compiles without a warning everywhere.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { boards } from '../../firmware-sim/boards.js';
import { detectorJudge } from '../../firmware-sim/detector.js';
import { exportDetector, exportLearner, exportRegressor } from '../../firmware-sim/export.js';
import { judge, learners } from '../../firmware-sim/learners.js';
import { regressorJudge } from '../../firmware-sim/regressor.js';
import { samplesFor, type LabelledSample } from '../../firmware-sim/vectors.js';
import { resolveConfig } from '../../host/config.js';
import { resolveDetectorConfig } from '../../host/detector/config.js';
import { decodeDetector } from '../../host/detector/snapshot.js';
import { resolveRegressorConfig } from '../../host/regressor/config.js';
import { decodeRegressor } from '../../host/regressor/snapshot.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { assert, needs, suite } from '../suite.js';
import { COMPILER, UNOPTIMISED, inFolder, make, run } from './c-program.js';
import { toolsOf } from './tools.js';

const test = suite('exported C on the host', needs('gcc', 'sudo apt-get install gcc make'), needs('make', 'sudo apt-get install gcc make'));

const text = (samples: readonly LabelledSample[]): string => samples.map(({ x, label }) => `#${label},${[...x].join()}`).join('\n');

for (const name of ['wide16', 'small', 'fan'] as const) {
  test(`${name}: the snapshot of the C program is Node's, byte for byte, and learning goes on from a snapshot`, () =>
    inFolder(async (folder) => {
      const config = learners[name];
      const samples = samplesFor(config, 200, 9);
      exportLearner('generic', folder, config);
      make(folder);
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
    make(folder, UNOPTIMISED);
    execFileSync('./learn', ['out.onward'], { cwd: folder, input: '' });
    assert.equal(readFileSync(join(folder, 'out.onward')), Buffer.from(node.save()));
  }));

test('room for more labels than there are: the board uses those that have a name, and Node reads its snapshot', () =>
  inFolder(async (folder) => {
    const config = resolveConfig({ inputs: 16, units: [32], labels: ['a', 'b'], labelCapacity: 5, bits: 8 });
    const samples = samplesFor(config, 60, 2);
    exportLearner('generic', folder, config);
    make(folder, UNOPTIMISED);
    execFileSync('./learn', ['out.onward'], { cwd: folder, input: text(samples) });

    const node = await judge(config);
    for (const { x, label } of samples) node.learn(x, node.labels[label]!);
    assert.equal(readFileSync(join(folder, 'out.onward')), Buffer.from(node.save()));

    // another name, another learner
    node.renameLabel('b', 'c');
    writeFileSync(join(folder, 'other.onward'), node.save());
    assert.throws(() => execFileSync('./learn', ['x', 'other.onward'], { cwd: folder, input: '', stdio: 'pipe' }), /\(-3\)/);
  }));

/** Samples of three channels; here and there one is missing, or far off. */
const readings = Array.from({ length: 900 }, (_, t) => Float32Array.of(Math.sin(t / 9) + (t >= 700 && t < 720 ? 20 : 0), t % 90 === 5 ? NaN : (t * 37) % 11, 1e-3 * ((t * 91) % 17)));
const lines = (rows: readonly Float32Array[], between = ','): string => rows.map((x) => x.join(between)).join('\n');

for (const mode of ['streaming', 'commissioned'] as const) {
  test(`a ${mode} detector: alarms and snapshot are Node's, and it goes on from a snapshot and from what the export carries`, () =>
    inFolder(async (folder) => {
      const config = resolveDetectorConfig({ channels: 3, mode, warmup: 300 });
      const node = await detectorJudge(config);
      await exportDetector(folder, config);
      make(folder);
      const told = execFileSync('./detect', ['half.onward'], { cwd: folder, input: lines(readings.slice(0, 450)), encoding: 'utf8' });
      const expected = (rows: readonly Float32Array[]) => rows.flatMap((x, row) => (node.observe(x).alarm ? [row] : []));
      const rowsIn = (text: string) => text.split('\n').filter(Boolean).map((line) => Number(/^alarm,(\d+),\d+,\d$/.exec(line)![1]) - 1);
      assert.equal(rowsIn(told), expected(readings.slice(0, 450)));
      assert.equal(readFileSync(join(folder, 'half.onward')), Buffer.from(node.save()));
      const { state } = decodeDetector(node.save());
      const after = expected(readings.slice(450));
      assert.ok(after.some((row) => row >= 250 && row < 270));
      assert.equal(rowsIn(execFileSync('./detect', ['whole.onward', 'half.onward'], { cwd: folder, input: lines(readings.slice(450)), encoding: 'utf8' })), after);
      assert.equal(readFileSync(join(folder, 'whole.onward')), Buffer.from(node.save()));

      await exportDetector(folder, config, state);
      make(folder, UNOPTIMISED);
      execFileSync('./detect', ['carried.onward'], { cwd: folder, input: lines(readings.slice(450)) });
      assert.equal(readFileSync(join(folder, 'carried.onward')), Buffer.from(node.save()));
    }));
}

test('a detector tells each line that is none, goes on with the next, and keeps what it learned', () =>
  inFolder(async (folder) => {
    const config = resolveDetectorConfig({ channels: 3 });
    await exportDetector(folder, config);
    make(folder, UNOPTIMISED);
    const input = `a,b,c\r\n1,2,3\r\n1 2 3\n\n1,2\n1,abc,3\n ${'7'.repeat(41)} , 2,3\n 4 ,\tnan, -5e-1 \n1,2,3,4\n1,2,`;
    const told = execFileSync('./detect', ['out.onward'], { cwd: folder, input, encoding: 'utf8' });
    assert.equal(told.split('\n'), [
      'error,1,value 1 of 3 is no number', 'error,3,1 value, a sample has 3', 'error,5,2 values, a sample has 3', 'error,6,value 2 of 3 is no number',
      'error,7,value 1 of 3 is no number', 'error,9,4 values, a sample has 3', 'error,10,value 3 of 3 is no number', '',
    ]);
    const node = await detectorJudge(config);
    for (const x of [[1, 2, 3], [4, NaN, -0.5]]) node.observe(x);
    assert.equal(readFileSync(join(folder, 'out.onward')), Buffer.from(node.save()));
  }));

for (const ahead of [0, 3]) {
  test(`a regressor, its number ${ahead === 0 ? 'with its sample' : `${ahead} lines later`}: answers and snapshot are Node's, and it goes on from a snapshot and from what the export carries`, () =>
    inFolder(async (folder) => {
      const config = resolveRegressorConfig({ inputs: 2, lags: 2, horizon: Math.max(1, ahead), units: [16] });
      const node = await regressorJudge(config);
      const rows = readings.slice(0, 300).map(([a, , c], t) => Float32Array.of(a!, c!, t % 13 === 4 ? NaN : 20 + 3 * a! * a! + 100 * c!));
      const answers = (part: readonly Float32Array[]): string[] => part.map((row, t) => {
        if (ahead > 0 && t >= ahead) node.learn(part[t - ahead]!.subarray(0, 2), row[2]!);
        const { value, low, high } = node.predict(row.subarray(0, 2));
        if (ahead === 0) node.learn(row.subarray(0, 2), row[2]!);
        return [value, low, high].map(Math.fround).join();
      });
      const foresee = (part: readonly Float32Array[], ...names: string[]): string[] =>
        execFileSync('./foresee', names, { cwd: folder, input: lines(part), encoding: 'utf8' }).trim().split('\n').map((line) => line.split(',').map((word) => Math.fround(Number(word))).join());
      await exportRegressor(folder, config, ahead);
      make(folder);
      assert.equal(foresee(rows.slice(0, 150), 'half.onward'), answers(rows.slice(0, 150)));
      assert.equal(readFileSync(join(folder, 'half.onward')), Buffer.from(node.save()));
      const { state } = decodeRegressor(node.save());
      node.begin();
      assert.equal(foresee(rows.slice(150), 'whole.onward', 'half.onward'), answers(rows.slice(150)));
      assert.equal(readFileSync(join(folder, 'whole.onward')), Buffer.from(node.save()));
      assert.match(execFileSync('./foresee', ['none.onward'], { cwd: folder, input: '1,2\n1,x,3\n', encoding: 'utf8' }), /^error,1,2 values, a line has 2 and the number\nerror,2,value 2 of 3 is no number\n$/);

      await exportRegressor(folder, config, ahead, state);
      make(folder, UNOPTIMISED);
      foresee([], 'carried.onward');
      assert.equal(readFileSync(join(folder, 'carried.onward')), readFileSync(join(folder, 'half.onward')));
    }));
}

test('two regressors of one kind in one program, numbers as wild as they come: each has the answers and the bytes of Node', () =>
  inFolder(async (folder) => {
    const config = resolveRegressorConfig({ inputs: 1, units: [8] });
    const scales = [1e-42, 3e36];
    await exportRegressor(folder, config, 0, undefined, 'meter');
    writeFileSync(join(folder, 'main.c'), `#include <stdio.h>
#include <stdlib.h>
#include "regressor.h"
void onward_trap(int code) { exit(code); }
static int out(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, (FILE *)file) == count ? 0 : 1; }
static struct meter_one meters[2];
int main(void) {
  const float scales[2] = {${scales.map((scale) => `${scale}f`).join(', ')}};
  struct meter_estimate estimate;
  for (int i = 0; i < 2; i++) meter_use(&meters[i]), meter_init();
  for (int t = 0; t < 200; t++) {
    const float x = (float)(t % 7);
    meter_use(&meters[t % 2]);
    meter_predict(&x, &estimate);
    printf("%.9g,%.9g,%.9g\\n", (double)estimate.value, (double)estimate.low, (double)estimate.high);
    meter_learn(0, x * x * scales[t % 2]);
  }
  for (int i = 0; i < 2; i++) {
    FILE *file = fopen(i ? "1.out" : "0.out", "wb");
    meter_use(&meters[i]), meter_save(out, file), fclose(file);
  }
  return 0;
}
`);
    for (const how of [['-std=c99', '-O0', '-c'], ['-std=c11', '-o', 'program']]) execFileSync('gcc', ['-Wall', '-Wextra', '-Wconversion', '-Werror', '-DMETER_SEVERAL', 'main.c', 'regressor.c', ...how], { cwd: folder, stdio: 'pipe' });
    const told = execFileSync('./program', [], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
    const nodes = await Promise.all([regressorJudge(config), regressorJudge(config)]);
    told.forEach((line, t) => {
      const [node, x] = [nodes[t % 2]!, t % 7];
      const { value, low, high } = node.predict([x]);
      node.learn([x], Math.fround(Math.fround(x * x) * Math.fround(scales[t % 2]!)));
      const expected = [value, low, high].map(Math.fround);
      assert.equal(line.split(',').map((word) => (word.endsWith('inf') ? Math.sign(Number(`${word.replace('inf', '')}1`)) * Infinity : Math.fround(Number(word)))), expected, `${t}: ${line}`);
    });
    nodes.forEach((node, i) => assert.equal(readFileSync(join(folder, `${i}.out`)), Buffer.from(node.save())));
  }));

test('two learners and a detector in one program, each under its own name: each has the bytes of Node', () =>
  inFolder(async (folder) => {
    const [first, second] = [resolveConfig({ inputs: 3, units: [8], labels: ['a', 'b'] }), resolveConfig({ inputs: 3, units: [16], labels: ['c', 'd', 'e'], bits: 8, seed: 7 })];
    const detecting = resolveDetectorConfig({ channels: 3 });
    exportLearner('generic', join(folder, 'first'), first);
    exportLearner('generic', join(folder, 'second'), second, undefined, 'other');
    await exportDetector(join(folder, 'guard'), detecting, undefined, 'guard');
    writeFileSync(join(folder, 'main.c'), `#include <stdio.h>
#include <stdlib.h>
#include "first/learner.h"
#include "second/learner.h"
#include "guard/detector.h"
void onward_trap(int code) { exit(code); }
static int out(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, file) == count ? 0 : 1; }
int main(void) {
  float x[3];
  onward_init(), other_init(), guard_init();
  for (int t = 0; scanf("%f %f %f", x, x + 1, x + 2) == ONWARD_VALUES; t++) onward_learn(x, t % ONWARD_LABELS), other_learn(x, t % OTHER_LABELS), guard_observe(x);
  int (*const saves[])(int (*)(void *, const void *, uint32_t), void *) = {onward_save, other_save, guard_save};
  const char *const names[] = {"first.onward", "second.onward", "guard.onward"};
  for (int i = 0; i < 3; i++) {
    FILE *file = fopen(names[i], "wb");
    if (!file || saves[i](out, file) || fclose(file)) return 1;
  }
  return 0;
}
`);
    execFileSync(COMPILER, ['-std=c11', '-O0', '-Wall', '-Wextra', '-Werror', 'main.c', 'first/learner.c', 'second/learner.c', 'guard/detector.c', '-o', 'all'], { cwd: folder, stdio: 'pipe' });
    execFileSync('./all', [], { cwd: folder, input: lines(readings, ' ') });
    const [one, two, guard] = [await judge(first), await judge(second), await detectorJudge(detecting)];
    readings.forEach((x, t) => {
      one.learn(x, one.labels[t % 2]!);
      two.learn(x, two.labels[t % 3]!);
      guard.observe(x);
    });
    for (const [name, node] of Object.entries({ first: one, second: two, guard })) assert.equal(readFileSync(join(folder, `${name}.onward`)), Buffer.from(node.save()), name);
  }));

test('three learners of one kind and two detectors of one kind in one program: each has the bytes of Node', () =>
  inFolder(async (folder) => {
    const config = resolveConfig({ window: { axes: 2, samples: 8 }, units: [8], labels: ['a', 'b'], exemplars: 5 });
    const detecting = resolveDetectorConfig({ channels: 2, seed: 3 });
    exportLearner('generic', join(folder, 'pump'), config, undefined, 'pump');
    await exportDetector(join(folder, 'guard'), detecting, undefined, 'guard');
    writeFileSync(join(folder, 'main.c'), `#include <stdio.h>
#include <stdlib.h>
#include "pump/learner.h"
#include "guard/detector.h"
void onward_trap(int code) { exit(code); }
static int out(void *file, const void *bytes, uint32_t count) { return fwrite(bytes, 1, count, (FILE *)file) == count ? 0 : 1; }
static struct pump_one pumps[3];
static struct guard_one guards[2];
int main(void) {
  for (int i = 0; i < 3; i++) pump_use(&pumps[i]), pump_init();
  for (int i = 0; i < 2; i++) guard_use(&guards[i]), guard_init();
  for (int t = 0; t < 180; t++) {
    const int i = t * 7 % 3, d = t % 2;
    const float reading[2] = {(float)(t * (i + 1) % 7), (float)(t * t % 11)};
    pump_use(&pumps[i]);
    if (pump_push(reading, 3)) pump_learn(pump_x(), t / 60 % 2);
    guard_use(&guards[d]);
    guard_observe(reading);
  }
  for (int i = 0; i < 5; i++) {
    char name[8] = "0.out";
    name[0] = (char)('0' + i);
    FILE *file = fopen(name, "wb");
    if (i < 3) pump_use(&pumps[i]), pump_save(out, file);
    else guard_use(&guards[i - 3]), guard_save(out, file);
    fclose(file);
  }
  return 0;
}
`);
    execFileSync(COMPILER, ['-std=c11', '-O0', '-Wall', '-Wextra', '-Werror', '-DPUMP_SEVERAL', '-DGUARD_SEVERAL', '-DPUMP_CORE_CHECKED', '-DGUARD_CORE_CHECKED', '-I', '.', 'main.c', 'pump/learner.c', 'guard/detector.c', '-o', 'program'], { cwd: folder, stdio: 'pipe' });
    execFileSync('./program', [], { cwd: folder, stdio: 'pipe' });
    const pumps = await Promise.all([0, 1, 2].map(() => judge(config)));
    const guards = await Promise.all([0, 1].map(() => detectorJudge(detecting)));
    const seen: number[][][] = [[], [], []];
    for (let t = 0; t < 180; t++) {
      const i = (t * 7) % 3;
      const reading = [(t * (i + 1)) % 7, (t * t) % 11];
      seen[i]!.push(reading);
      const count = seen[i]!.length;
      if (count >= 8 && (count - 8) % 3 === 0) pumps[i]!.learn(seen[i]!.slice(-8).flat(), config.labels[Math.floor(t / 60) % 2]!);
      guards[t % 2]!.observe(reading);
    }
    [...pumps, ...guards].forEach((node, index) => assert.equal(readFileSync(join(folder, `${index}.out`)), Buffer.from(node.save()), `${index}`));
  }));

test('a learner without any label is refused before anything is compiled', () => {
  assert.throws(() => exportLearner('generic', '', resolveConfig({ inputs: 4, units: [8], labels: [], labelCapacity: 4 })), /config\.labels: none/);
});

test('a damaged or foreign snapshot is refused', () =>
  inFolder(async (folder) => {
    exportLearner('generic', folder, learners.small);
    make(folder, UNOPTIMISED);
    execFileSync('./learn', ['out.onward'], { cwd: folder, input: '' });
    execFileSync('sh', ['-c', "cp out.onward bad.onward && printf '\\377\\376' | dd of=bad.onward bs=1 seek=300 conv=notrunc"], { cwd: folder, stdio: 'pipe' });
    assert.throws(() => execFileSync('./learn', ['x', 'bad.onward'], { cwd: folder, input: '', stdio: 'pipe' }), /\(-2\)/);
  }));

test.run();

const library = suite('what exported C has beside the four functions', needs('gcc', 'sudo apt-get install gcc'));

library('adapt, a label ahead of its samples, and counters are those of Node', () =>
  inFolder(async (folder) => {
    const config = resolveConfig({ inputs: 2, units: [8], labels: ['a', 'b'], labelCapacity: 3 });
    exportLearner('generic', folder, config);
    const said = run(folder, `  for (int t = 0; t < 90; t++) {
    const float x[2] = {(float)(t % 7), (float)(t % 3)};
    if (t == 30) printf("%d ", onward_add_label());
    if (t == 31) printf("%d ", onward_add_label());
    if (t % 5 == 4) onward_adapt(x);
    else onward_learn(x, t % onward_labels_in_use());
  }
  struct onward_stats stats;
  onward_stats(&stats);
  printf("%u %u %u", (unsigned)stats.seen, (unsigned)stats.updates, (unsigned)stats.saturations);
  save("out.onward");`);
    const node = await judge(config);
    for (let t = 0; t < 90; t++) {
      if (t === 30) node.addLabel('label 2');
      if (t % 5 === 4) node.adapt([t % 7, t % 3]);
      else node.learn([t % 7, t % 3], node.labels[t % node.labels.length]!);
    }
    const { seen, updates, saturations } = node.stats();
    assert.is(said, `2 -1 ${seen} ${updates} ${saturations}`);
    assert.equal(readFileSync(join(folder, 'out.onward')), Buffer.from(node.save()));
  }));

library('readings that are pushed become windows, a hop apart', () =>
  inFolder(async (folder) => {
    const config = resolveConfig({ window: { axes: 2, samples: 8 }, units: [8], labels: ['a', 'b'] });
    exportLearner('generic', folder, config);
    run(folder, `  for (int t = 0; t < 100; t++) {
    const float reading[2] = {(float)(t % 7), (float)(t * t % 11)};
    if (onward_push(reading, 3)) onward_learn(onward_x(), t / 50);
  }
  save("out.onward");`);
    const node = await judge(config);
    for (let t = 7; t < 100; t += 3) node.learn(Array.from({ length: 16 }, (_, at) => ((now) => (at % 2 ? (now * now) % 11 : now % 7))(t - 7 + (at >> 1))), node.labels[Math.floor(t / 50)]!);
    assert.equal(readFileSync(join(folder, 'out.onward')), Buffer.from(node.save()));
  }));

library.run();

const KINDS = {
  plain: resolveConfig({ inputs: 3, units: [8], labels: ['a', 'b'] }),
  everything: resolveConfig({ inputs: 3, units: [8], labels: ['a', 'b'], labelCapacity: 4, exemplars: 5, secondOrder: 'full' }),
  windows: resolveConfig({ window: { axes: 2, samples: 8 }, units: [8], labels: ['a', 'b'] }),
};

/** All that gcc says before it makes code, in a quarter of the time: that is left to a linker, which never comes. */
const NO_CODE = ['-O0', '-flto', '-c'];

for (const compiler of ['gcc', 'clang']) {
  const strict = suite(`exported sources and ${compiler}`, needs(compiler, `sudo apt-get install --no-install-recommends ${compiler}`), needs('g++', 'sudo apt-get install --no-install-recommends g++'));
  strict('C99 and C++11, -Wall -Wextra -Wconversion -pedantic -Werror', () =>
    inFolder(async (folder) => {
      for (const [kind, config] of Object.entries(KINDS)) exportLearner('generic', join(folder, kind), config);
      await exportDetector(join(folder, 'detector'), resolveDetectorConfig({ channels: 3 }));
      await exportRegressor(join(folder, 'regressor'), resolveRegressorConfig({ inputs: 3, lags: 2, horizon: 2 }), 2);
      for (const kind of [...Object.keys(KINDS), 'detector', 'regressor']) {
        const files = kind in KINDS ? ['learner.c', 'lines.c', 'main.c'] : [`${kind}.c`];
        for (const [language, standard] of [['c', 'c99'], ['c++', 'c++11']]) {
          // gcc says some of its warnings, of functions that nothing uses for one, only when it goes on, but before it makes code; C++ is for what the language refuses, and that its front end does
          const how = compiler === 'gcc' && language === 'c' ? NO_CODE : ['-fsyntax-only'];
          execFileSync(compiler, ['-x', language!, `-std=${standard}`, '-pedantic', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-include', 'signed.h', ...how, ...files], { cwd: join(folder, kind), stdio: 'pipe' });
        }
      }
    }));
  strict.run();
}

const arm = suite('exported C in numbers', ...toolsOf('rp2040'));

arm('README says how much RAM it takes', () =>
  inFolder(async (folder) => {
    for (const [kind, config] of Object.entries(KINDS)) {
      const made = join(folder, kind);
      exportLearner('generic', made, config);
      execFileSync('arm-none-eabi-gcc', ['-mcpu=cortex-m0plus', '-mthumb', '-Os', '-ffreestanding', '-c', 'learner.c'], { cwd: made, stdio: 'pipe' });
      const [, data, bss] = execFileSync('arm-none-eabi-size', ['learner.o'], { cwd: made, encoding: 'utf8' }).split('\n')[1]!.trim().split(/\s+/).map(Number);
      const said = Number(/RAM: (\d+) bytes/.exec(readFileSync(join(made, 'README.md'), 'utf8'))![1]);
      assert.ok(Math.abs(data! + bss! - said) <= 16, `${kind}: ${said} in README, ${data! + bss!} compiled`);
    }
  }));

arm.run();

for (const board of boards) {
  const cross = suite(`exported C for ${board.name}`, ...toolsOf(board.name).slice(0, 1));
  // a name of its own may be one that the sources use
  for (const name of board.like ? ['onward'] : ['onward', 'store']) {
    cross(`compiles with -Wall -Wextra -Werror, called ${name}`, () =>
      inFolder(async (folder) => {
        exportLearner('pico', folder, learners.fan, undefined, name);
        const gcc = board.platform === 'semihost-riscv' ? 'riscv64-unknown-elf-gcc' : 'arm-none-eabi-gcc';
        const how = name === 'onward' ? ['-O2', '-c'] : NO_CODE; // a name is nothing to what makes code
        for (const file of ['learner.c', 'store.c']) execFileSync(gcc, [...board.cpu, '-std=c11', ...how, '-ffreestanding', '-Wall', '-Wextra', '-Werror', file], { cwd: folder, stdio: 'pipe' });
      }));
  }
  cross.run();
}
