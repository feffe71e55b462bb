// The programs that `onward export` writes, run as a person would: learners at the end of a line of text. Whatever is mistyped, each line is answered, and in the end the
// program holds what Node has learned from the good ones.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { exportLearner } from '../../firmware-sim/export.js';
import { answeredLabel, converse, linesOf, poweredOn, snapshotIn, type PoweredOn } from '../../firmware-sim/exported.js';
import { judge } from '../../firmware-sim/learners.js';
import { Random } from '../../firmware-sim/random.js';
import { samplesFor } from '../../firmware-sim/vectors.js';
import { resolveConfig, type LearnerConfig, type ResolvedConfig } from '../../host/config.js';
import { loadLearner } from '../../host/index.js';
import type { Learner } from '../../host/learner.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { assert, needs, suite } from '../suite.js';
import { COMPILER, UNOPTIMISED } from './c-program.js';
import { toolsOf } from './tools.js';

const gcc = [needs('gcc', 'sudo apt-get install gcc make'), needs('make', 'sudo apt-get install gcc make')];

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-lines-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const shape = { inputs: 3, units: [8], labelCapacity: 4, bits: 8 } as const;
const config = resolveConfig({ ...shape, labels: ['idle', 'run', 'zu heiß, worn'] });

/** What a learner in Node answers to a line, by the rules of lines.h; null: nothing. */
function answerOf(node: Learner, { inputs }: ResolvedConfig, line: string, learned: { since: number }): string | null {
  const words = line.split(',').map((word) => word.replace(/^[ \t]+/, ''));
  const trimmed = words.map((word) => word.replace(/[ \t]+$/, ''));
  if (words.length === 1 && trimmed[0] === '') return null;
  const named = (name: string | undefined): string => (name!.includes(',') ? `#${node.labels.indexOf(name!)}` : name!);
  if (words.length === 1) {
    if (trimmed[0] === 'snapshot') return `snapshot,${Buffer.from(node.save()).toString('hex')}`;
    if (trimmed[0] !== 'save') return 'error,';
    learned.since = 0;
    return 'saved';
  }
  if (words.some((word) => Buffer.byteLength(word) > 40)) return 'error,';
  const [label, ...texts] = trimmed;
  const number = /^#\d{1,3}$/.test(label!) ? Number(label!.slice(1)) : -1;
  const name = label === '?' ? null : node.labels.includes(label!) ? label! : number === node.labels.length && number < 4 ? `label ${number}` : label === 'label 3' ? label : node.labels[number];
  if (name === undefined || texts.length !== inputs) return 'error,';
  const values = texts.map((text) => (/^nan$/i.test(text) ? NaN : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Math.fround(Number(text)) : Infinity));
  if (values.some((value) => Math.abs(value) === Infinity)) return 'error,';
  const { label: answer, probability, familiar } = node.predict(values);
  const share = (value: number | undefined): string => (value === undefined ? '' : ((Math.round(value * 32767) * 1000 + 16384) >> 15).toString().padStart(4, '0').replace(/(\d{3})$/, '.$1'));
  const told = `${named(answer)},${share(probability)},${share(familiar)}`;
  if (name === null) return told;
  const before = node.stats().updates;
  node.learn(values, name);
  const saved = ++learned.since >= 100;
  if (saved) learned.since = 0;
  return `${told},${node.stats().updates - before}${saved ? ',saved' : ''}`;
}

/** A line with a slip of the finger in it, or two: often it is a line no more, sometimes it is another sample. */
function mistyped(line: string, random: Random): string {
  const at = random.below(line.length);
  const other = '0123456789.,,-+eE#? \t\0xnasvidle\xff'[random.below(32)]!;
  const slips = [
    line.slice(0, at) + line.slice(at + 1),
    line.slice(0, at) + other + line.slice(at + 1),
    line.slice(0, at) + other + line.slice(at),
    line.slice(0, at),
    `${line},${random.below(9)}`,
    line.slice(0, at) + '7'.repeat(50) + line.slice(at),
    ` ${line.replaceAll(',', ' , ')}\t`,
    `?${line.slice(line.indexOf(','))}`,
    ['hello', 'save,', 'snapshot 1', '#3,1,2,3', '#4,1,2,3', '#9999,1,2,3', ',,,', '?'][random.below(8)]!,
  ];
  const slip = slips[random.below(slips.length)]!;
  return slip !== '' && random.next() < 0.2 ? mistyped(slip, random) : slip;
}

/** Lines as a person types them, and what is to be answered to those that get an answer. */
function typed(node: Learner, count: number, seed: number, ends = ['\n']): { lines: string[]; expected: string[] } {
  const random = new Random(seed);
  const good = linesOf(config.labels, samplesFor(config, count, seed));
  const lines = good.map((line) => (random.next() < 0.4 ? mistyped(line, random) : line) + ends[random.below(ends.length)]!);
  const learned = { since: 0 };
  const expected = lines.map((line) => answerOf(node, config, line.replace(/[\r\n]+$/, ''), learned)).filter((answer) => answer !== null);
  return { lines, expected };
}

/** Errors are compared by their first word, the rest is for people; probabilities within 0.003, for Node's are of binary64. */
function compare(answers: readonly string[], expected: readonly string[], lines: readonly string[]): void {
  assert.is(answers.length, expected.length);
  answers.forEach((answer, index) => {
    const [told, wanted] = [answer.split(','), expected[index]!.split(',')];
    if (wanted[0] === 'error' && told[0] === 'error') return;
    if (wanted.length < 3) return assert.is(answer, expected[index]);
    assert.ok(Math.abs(Number(told[1]) - Number(wanted[1])) < 0.003, `${JSON.stringify(lines[index])}: ${answer}; ${expected[index]}`);
    assert.equal([told[0], ...told.slice(2)], [wanted[0], ...wanted.slice(2)], JSON.stringify(lines[index]));
  });
}

const host = suite('lines on the host', ...gcc);
host.before(() => void Object.assign(process.env, UNOPTIMISED)); // of the Makefile that programs are made with
host.after(() => Object.keys(UNOPTIMISED).forEach((name) => delete process.env[name]));

host('900 lines, four in ten mistyped, with any end of line: each is answered, and the state is that of Node over the good ones', () =>
  inFolder(async (folder) => {
    exportLearner('generic', folder, config);
    execFileSync(COMPILER, ['-DCORE_CHECKED', '-c', 'learner.c'], { cwd: folder, stdio: 'pipe' });
    execFileSync('gcc', ['-g', '-fsanitize=address,undefined', '-fno-sanitize-recover', 'main.c', 'lines.c', 'learner.o', '-o', 'learn'], { cwd: folder, stdio: 'pipe' });
    const node = await judge(config);
    const { lines, expected } = typed(node, 900, 11, ['\n', '\r\n', '\r', '\n\n']);
    assert.ok(expected.filter((answer) => answer === 'error,').length > 150);
    const said = execFileSync('./learn', ['out.onward'], { cwd: folder, input: Buffer.from(`${lines.join('')}snapshot`, 'utf8'), encoding: 'utf8' }).split('\n').slice(0, -1);
    assert.is(said.shift(), 'ready,3,3');
    compare(said.slice(0, -1), expected, lines.filter((line) => line.trim() !== ''));
    assert.equal(Buffer.from(snapshotIn(said.at(-1)!)), Buffer.from(node.save()));
  }));

host('an error says what is wrong with the line', () =>
  inFolder(async (folder) => {
    exportLearner('generic', folder, config);
    assert.equal(await converse(folder, ['idel,1,2,3', 'idle,1,2', 'run,1,2,3x', `run,${'1'.repeat(41)},2,3`, 'hello', '?,1,1e39,3', 'save']), [
      'error,there is no such label: idle or run or #2',
      'error,2 values, a sample has 3',
      'error,value 3 of 3 is no number',
      'error,value 1 of 3 is no number',
      'error,a line is LABEL or ? and the values, with commas between them; or save, snapshot or ready',
      'error,value 2 of 3 is no number',
      'saved',
    ]);
  }));

host('every label can be taught, whatever it is called, and is answered in the same word; the start can be asked for again', () =>
  inFolder(async (folder) => {
    const labels = ['größe', '?', '#1', '#0', 'error', 'a, b', ' c', 'x'.repeat(60), 'ready', 'snapshot'];
    const odd = resolveConfig({ inputs: 2, units: [16], labels });
    exportLearner('generic', folder, odd);
    const samples = samplesFor(odd, 60, 4);
    const lines = linesOf(labels, samples);
    const answers = await converse(folder, [...lines, 'ready', 'snapshot']);
    assert.equal(answers.slice(0, 60).filter((answer) => answeredLabel(labels, answer) < 0), []);
    assert.ok(answers.some((answer) => answer.startsWith('größe,')));
    assert.is(answers[60], 'ready,10,2');
    const node = await judge(odd);
    for (const { x, label } of samples) node.learn(x, labels[label]!);
    assert.equal(Buffer.from(snapshotIn(answers.at(-1)!)), Buffer.from(node.save()));
    assert.ok(new Set(samples.map(({ label }) => label)).size === 10);
  }));

host('a sample is sent as it is, a negative zero too', () =>
  inFolder(async (folder) => {
    const samples = [Float32Array.of(0, 1, 2), Float32Array.of(-0, 0.1, NaN), Float32Array.of(-0, 3e-45, -3e38), Float32Array.of(5, 5, 5)].map((x, label) => ({ x, label: label % 2 }));
    assert.is(linesOf(config.labels, samples)[1], 'run,-0,0.1,nan');
    exportLearner('generic', folder, config);
    const node = await judge(config);
    for (const { x, label } of samples) node.learn(x, node.labels[label]!);
    assert.equal(Buffer.from(snapshotIn((await converse(folder, [...linesOf(config.labels, samples), 'snapshot'])).at(-1)!)), Buffer.from(node.save()));
  }));

host('a word of text becomes the number that JavaScript makes of it', () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'numbers.c'), `#include <stdio.h>
#include <string.h>
#include "number.h"
int main(void) {
  char word[128];
  while (scanf("%127s", word) == 1) {
    uint32_t bits;
    if (number_read(word, (uint32_t)strlen(word), &bits)) printf("%lu\\n", (unsigned long)bits);
    else printf("no\\n");
  }
  return 0;
}
`);
    execFileSync('gcc', ['-O2', '-Wall', '-Wextra', '-Wconversion', '-Werror', '-fsanitize=undefined', '-fno-sanitize-recover', '-I', resolve('firmware-sim/firmware'), 'numbers.c', '-o', 'numbers'], { cwd: folder, stdio: 'pipe' });
    const random = new Random(3);
    const digits = (most: number): string => Array.from({ length: 1 + random.below(most) }, () => random.below(10)).join('');
    const words = Array.from({ length: 20_000 }, () => {
      const point = random.next() < 0.7 ? `.${digits(random.next() < 0.9 ? 8 : 25)}` : '';
      return `${['', '-', '+'][random.below(3)]}${digits(random.next() < 0.9 ? 6 : 25)}${point}${random.next() < 0.3 ? `e${random.below(110) - 60}` : ''}`;
    });
    // ties, the ends of the range, and what is none
    words.push('16777217', '16777219', '8388608.5', '3.4028235e38', '3.4028236e38', '1e-45', '7e-46', '1.17549435e-38', '1e-99999999999', '0', '-0', '.5', '5.', '.', '-', '1e', '1e+', '0x10', 'inf', '1,5', '--1', '1.5.2', 'NaN');
    const bitsOf = (word: string): string => {
      const value = Math.fround(Number(word));
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) && Number.isFinite(value) ? String(new Uint32Array(Float32Array.of(value).buffer)[0]) : word === 'NaN' ? String(0x7fc00000) : 'no';
    };
    const read = execFileSync('./numbers', [], { cwd: folder, input: words.join('\n'), encoding: 'utf8' }).trim().split('\n');
    words.forEach((word, index) => assert.is(read[index], bitsOf(word), word));
  }));

host.run();

const board = suite('lines on a board', ...toolsOf('rp2040'));

board('a Pico: mistyped lines, saves on the way, power off and on, an update of its program; the state is Node\'s', () =>
  inFolder(async (folder) => {
    exportLearner('pico', folder, config);
    const pico = await poweredOn(folder);
    const node = await judge(config);
    const { lines, expected } = typed(node, 240, 5);
    const asked = lines.map((line) => line.slice(0, -1)).filter((line) => line.trim() !== '');
    const answers = pico.converse([...asked, 'snapshot', 'save']);
    compare(answers.slice(0, -2), expected, asked);
    assert.ok(expected.some((answer) => answer.endsWith(',saved')));
    const learned = Buffer.from(node.save());
    assert.equal(Buffer.from(snapshotIn(answers.at(-2)!)), learned);
    assert.equal(Buffer.from(snapshotIn(pico.converse(['snapshot'])[0]!)), learned);

    // an update of the program that renames labels and learns faster goes on from the same flash
    const renamed = ['stands', 'runs with a load', 'hot'];
    const updated = await updatedTo(folder, pico, { labels: renamed, rate: 0.1 });
    node.setRate(0.1);
    const { config: known, state } = decodeSnapshot(snapshotIn(updated.converse(['snapshot'])[0]!));
    assert.equal(known.labels.slice(0, 3), renamed);
    assert.equal(Buffer.from(state), Buffer.from(decodeSnapshot(node.save()).state));

    // one whose snapshots take several sectors in place of one finds it too
    const larger = await updatedTo(folder, pico, { bits: 16, labelCapacity: 200 });
    const samples = samplesFor(config, 3, 9);
    const lessons = linesOf(config.labels, samples);
    const [taken] = larger.converse(['snapshot', ...lessons, 'save']);
    const judged = await loadLearner(snapshotIn(taken!));
    assert.is(judged.stats().seen, node.stats().seen);
    for (const { x, label } of samples) judged.learn(x, judged.labels[label]!);
    assert.equal(Buffer.from(snapshotIn(larger.converse(['snapshot'])[0]!)), Buffer.from(judged.save()));

    // one that cannot go on from it says so, and saves beside it: after the way back it is there
    const foreign = await updatedTo(folder, pico, { units: [24] });
    const said: string[] = [];
    assert.is(foreign.converse([...lessons, ...Array<string>(70).fill('save')], () => {}, said).at(-1), 'saved');
    assert.equal(said, ['refused,other shape']);
    const back = await updatedTo(folder, foreign, {});
    assert.equal(Buffer.from(snapshotIn(back.converse(['snapshot'])[0]!)), learned);
  }));

/** The same board with another program. */
async function updatedTo(folder: string, { device }: PoweredOn, change: Partial<LearnerConfig>): Promise<PoweredOn> {
  exportLearner('pico', folder, resolveConfig({ ...shape, labels: config.labels, ...change } as LearnerConfig));
  const updated = await poweredOn(folder);
  updated.device.flash.bytes.set(device.flash.bytes);
  return updated;
}

board('two learners whose stores would lie in the same place of a flash do not link; in places of their own they do', () =>
  inFolder(async (folder) => {
    const link = (place: number): void => {
      ['first', 'second'].forEach((name, index) => exportLearner('pico', join(folder, name), config, undefined, name, {}, index * place));
      for (const name of ['first', 'second']) execFileSync('arm-none-eabi-gcc', ['-mcpu=cortex-m0plus', '-mthumb', '-ffreestanding', '-c', `${name}/store.c`, '-o', `${name}.o`], { cwd: folder, stdio: 'pipe' });
      execFileSync('arm-none-eabi-gcc', ['-mcpu=cortex-m0plus', '-mthumb', '-nostdlib', '-r', 'first.o', 'second.o', '-o', 'both.o'], { cwd: folder, stdio: 'pipe' });
    };
    assert.throws(() => link(0), /multiple definition of `onward_store_place_0'/);
    link(1);
  }));

board('an Arduino: under another name, with windows; it keeps nothing and says so', () =>
  inFolder(async (folder) => {
    const windows = resolveConfig({ window: { axes: 2, samples: 8 }, units: [8], labels: ['a', 'b'], exemplars: 10 });
    exportLearner('arduino', folder, windows, undefined, 'other');
    const samples = samplesFor(windows, 40, 2);
    const answers = (await poweredOn(folder)).converse([...linesOf(windows.labels, samples), 'save', 'snapshot']);
    const node = await judge(windows);
    for (const { x, label } of samples) node.learn(x, node.labels[label]!);
    assert.is(answers.at(-2), 'error,it could not be saved');
    assert.equal(Buffer.from(snapshotIn(answers.at(-1)!)), Buffer.from(node.save()));
  }));

board('a board that takes long to start is waited for; one that never says that it is ready is told so', () =>
  inFolder(async (folder) => {
    const wide = resolveConfig({ inputs: 300, units: [16], labels: ['a', 'b'] });
    exportLearner('pico', folder, wide);
    const samples = samplesFor(wide, 8, 2);
    const main = join(folder, 'main.c');
    const text = readFileSync(main, 'utf8');
    // 30 ticks of 20 ms
    writeFileSync(main, text.replace('  onward_line_ready();', '  for (int tick = 0; tick < 30; tick++) getchar_timeout_us(20000);\n  onward_line_ready();'));
    const answers = (await poweredOn(folder)).converse([...linesOf(wide.labels, samples), 'snapshot']);
    const node = await judge(wide);
    for (const { x, label } of samples) node.learn(x, node.labels[label]!);
    assert.equal(Buffer.from(snapshotIn(answers.at(-1)!)), Buffer.from(node.save()));
    writeFileSync(main, text.replace('  onward_line_ready();', ''));
    const mute = await poweredOn(folder);
    assert.throws(() => mute.converse(['snapshot']), /did not say "ready,..." in 10 s of its time: it calls onward_line_ready\(\)/);
  }));

for (const target of ['pico', 'generic']) {
  board(`two commands from nothing to a learner that learns: ${target}`, () =>
    inFolder(async (folder) => {
      const onward = `${process.execPath} ${resolve('dist/cli.js')}`;
      const out = execFileSync('sh', ['-c', `${onward} export out --board ${target} --inputs 3 --labels idle,run,worn && make -s -C out simulate ONWARD="${onward}"`], { cwd: folder, encoding: 'utf8' });
      assert.match(out, /bytes equal to Node +yes/);
      const shares = [...out.matchAll(/samples [\d,]+ to [\d,]+ +([\d.]+) %/g)].map(([, share]) => Number(share));
      assert.is(shares.length, 6);
      assert.ok(shares[5]! > 90 && shares[5]! > shares[0]!, String(shares));
    }));
}

board.run();
