// The WASI command on two hosts: the same bytes learned as by the Node host, and what it does with everything that is wrong.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { PreopenDirectory, type File } from '@bjorn3/browser_wasi_shim';
import { crc32 } from '../../host/checksum.js';
import { createLearner, loadLearner, type Learner, type LearnerConfig } from '../../host/index.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { generator } from '../random.js';
import { assert, suite } from '../suite.js';
import { HOSTS, shim, type Run } from './hosts.js';

const test = suite('wasi command');

const SNAPSHOT = ['--snapshot', 'pump.onw'];

interface Sample {
  text: string[];
  label: string;
}

/** Samples as a sensor prints them, some values missing, some labels not given. */
function samples(count: number, { inputs = 3, labels = ['still', 'walk', 'läuft'], seed = 5 } = {}): Sample[] {
  const random = generator(seed);
  return Array.from({ length: count }, () => {
    const label = Math.floor(random() * labels.length);
    const value = (i: number): string => {
      const x = 100 * Math.sin(label + i) + 20 * random();
      return random() < 0.02 ? '' : random() < 0.02 ? 'nan' : random() < 0.3 ? x.toExponential(12) : random() < 0.5 ? x.toFixed(2) : String(x);
    };
    return { text: Array.from({ length: inputs }, (_, i) => value(i)), label: random() < 0.2 ? '' : labels[label]! };
  });
}

const lineOf = ({ text, label }: Sample): string => [...text, ...(label === '' ? [] : [label])].join(',');
const linesOf = (all: readonly Sample[]): string => all.map((sample) => `${lineOf(sample)}\n`).join('');

/** What `onward learn` does with a sample: predict, then learn where it has a label. Gives the lines out, with all digits of the probability. */
function teach(learner: Learner, all: readonly Sample[], from = 1): string {
  return all.map(({ text, label }, i) => {
    const x = text.map((cell) => (cell === '' ? NaN : Number(cell)));
    const answer = learner.predict(x);
    if (label !== '') learner.learn(x, label);
    return `${from + i},${answer.label ?? ''},${answer.margin.toFixed(4)},${label},${answer.probability},${answer.familiar?.toFixed(4) ?? ''}\n`;
  }).join('');
}

/** The same lines, but for the probability, the last but one: in Q15 there, in floats here. */
function sameLines(out: string, expected: string): void {
  const split = (line: string): [string, string] => {
    const cells = line.split(',');
    return [cells.toSpliced(-2, 1).join(), cells.at(-2)!];
  };
  const [lines, others] = [out, expected].map((text) => text.trimEnd().split('\n').map(split));
  assert.equal(lines!.map(([line]) => line), others!.map(([line]) => line));
  lines!.forEach(([line, probability], i) => {
    assert.match(probability, /^[01]\.\d{4}$/);
    const apart = Math.abs(Number(probability) - Number(others![i]![1]));
    assert.ok(apart < 0.002, `${line}: ${probability}, expected ${others![i]![1]}`);
  });
}

const saved = (run: Run): Uint8Array => run.files.get('pump.onw') ?? assert.unreachable(`no snapshot: code ${run.code}, ${run.err}`) as never;
const equal = (a: Uint8Array, b: Uint8Array, what: string): void => assert.is(Buffer.compare(a, b), 0, what);

const CONFIGURATIONS: readonly [string, LearnerConfig, string[]][] = [
  ['the defaults, labels as they come', { inputs: 3, labels: [], labelCapacity: 32 }, ['--inputs', '3']],
  ['labels, units, bits, seed given', { inputs: 3, labels: ['still', 'walk', 'läuft'], units: [20, 9, 12], bits: 16, seed: 4294967295 },
    ['--inputs', '3', '--labels', 'still,walk,läuft', '--units', '20,9,12', '--bits', '16', '--seed', '4294967295']],
  ['many inputs', { inputs: 300, labels: ['still'], labelCapacity: 5, units: [8] }, ['--inputs', '300', '--labels', 'still', '--label-capacity', '5', '--units', '8']],
];

for (const [host, run] of Object.entries(HOSTS)) {
  for (const [name, config, args] of CONFIGURATIONS) {
    test(`${host}, ${name}: answers and snapshot are those of the Node host, to the byte`, async () => {
      const learner = await createLearner(config);
      const all = samples(config.inputs! > 100 ? 60 : 1500, { inputs: config.inputs! });
      const expected = teach(learner, all);
      const result = run({ args: [...args, ...SNAPSHOT], input: linesOf(all) });
      assert.is(result.code, 0, result.err);
      sameLines(result.out, expected);
      equal(saved(result), learner.save(), 'snapshot');
      assert.equal([...result.files.keys()], ['pump.onw']);
    });
  }

  test(`${host}: goes on from its snapshot, and from one of the Node host, as if there had been no pause`, async () => {
    const learner = await createLearner({ inputs: 3, labels: ['still', 'walk', 'läuft'], rate: 0.1, inputScale: 0.02 });
    const all = samples(900);
    const begun = (teach(learner, all.slice(0, 300)), learner.save());
    const first = run({ args: SNAPSHOT, input: linesOf(all.slice(300, 600)), files: new Map([['pump.onw', begun]]) });
    const second = run({ args: SNAPSHOT, input: linesOf(all.slice(600)), files: first.files });
    teach(learner, all.slice(300));
    equal(saved(second), learner.save(), 'after two pauses');
    equal((await loadLearner(saved(second))).save(), learner.save(), 'and the Node host takes it');
  });

  test(`${host}: a snapshot with a note is gone on from, and saved without it; damage and cuts in the note are seen`, async () => {
    const learner = await createLearner({ inputs: 3, labels: ['still', 'walk', 'läuft'], rate: 0.1, inputScale: 0.02 });
    const all = samples(200);
    teach(learner, all.slice(0, 100));
    learner.note = '{"fields":["a","b","grün"]}';
    const begun = learner.save();
    teach(learner, all.slice(100));
    learner.note = '';
    equal(saved(run({ args: SNAPSHOT, input: linesOf(all.slice(100)), files: new Map([['pump.onw', begun]]) })), learner.save(), 'gone on');
    for (const bytes of [begun.slice(0, -6), begun.map((byte, at) => (at === begun.length - 6 ? byte ^ 1 : byte)), begun.map((byte, at) => (at === 4 ? 2 : byte)), begun.map((byte, at) => (at === 119 ? 0x7f : byte))]) {
      const result = run({ args: SNAPSHOT, input: '1,2,3,walk\n', files: new Map([['pump.onw', bytes]]) });
      assert.is(result.code, 1, result.err);
      equal(saved(result), bytes, result.err);
    }
  });

  test(`${host}: a line that is no sample is left out and told of; the others are learned`, async () => {
    const good = samples(40);
    const bad = ['1,2', '1,2,x', '1;2;3', '1,2,3,walk,more', '1,2,3,\xff', `1,2,3,${'n'.repeat(201)}`, '1,2,3,a\x1bb', `1,2,${'3'.repeat(400)}`, 'idle', '\0\0\0', ',,,,,,', '1.2.3,1,1'];
    const learner = await createLearner({ inputs: 3, labels: [], labelCapacity: 32 });
    for (const { text, label } of good) teach(learner, [{ text, label }]);
    const mixed = Buffer.concat([...bad.map((line) => Buffer.from(`${line}\n`, 'latin1')).filter((_, i) => ![4, 5, 6].includes(i)), Buffer.from(`\n  \r\n${good.map((s) => `${lineOf(s)}\r\n`).join('')}`)]);
    const result = run({ args: ['--inputs', '3', ...SNAPSHOT], input: mixed });
    assert.is(result.code, 0);
    equal(saved(result), learner.save(), 'only the good lines count');
    assert.match(result.err, 'onward: line 1: 2 values, expected are 3\n');
    assert.match(result.err, 'onward: line 2: value 3 is no number\n');
    assert.match(result.err, 'onward: line 4: more than 3 values and a label\n');
    assert.match(result.err, 'onward: line 5: longer than 352 bytes\n');
    assert.match(result.err, `onward: 51 lines, ${good.filter(({ label }) => label !== '').length} learned, accuracy `);
    assert.match(result.err, ' %, 9 refused\n');
    // a label that is no name: the sample is predicted, and nothing changes
    const labels = run({ args: ['--inputs', '3', ...SNAPSHOT], input: Buffer.concat([4, 5, 6].map((i) => Buffer.from(`${bad[i]}\n`, 'latin1'))) });
    assert.is(labels.err.match(/predicted, not learned: the label is longer than 200 bytes or no text/g)?.length, 3);
    assert.not.match(labels.out, /[\x1b]/);
  });

  test(`${host}: labels beyond the room for them are not learned`, () => {
    const result = run({ args: ['--inputs', '1', '--labels', 'a,b', ...SNAPSHOT], input: '1,a\n2,b\n3,c\n4,a\n' });
    assert.match(result.err, 'line 3: predicted, not learned: the label is unknown, and there is room for no other');
    assert.match(result.err, '4 lines, 3 learned');
  });

  test(`${host}: thousands of wrong lines are ten lines on stderr, and their number`, () => {
    const result = run({ args: ['--inputs', '2'], input: 'x\n'.repeat(5000) });
    assert.is(result.err.split('\n').length, 12);
    assert.match(result.err, '5000 lines, 0 learned, 5000 refused');
  });

  test(`${host}: random bytes neither trap it nor end it`, () => {
    const random = generator(3);
    const alphabet = Buffer.from('0123456789.,,,,eE+-naif \t\r\n\n\n\0\xff\x80walk', 'latin1');
    for (let k = 0; k < 30; k++) {
      const input = Uint8Array.from({ length: 3000 }, () => (random() < 0.02 ? random() * 256 : alphabet[Math.floor(random() * alphabet.length)]!));
      const result = run({ args: ['--inputs', '2', ...SNAPSHOT], input });
      assert.is(result.code, 0, result.err);
    }
  });

  test(`${host}: a forged state whose checksum fits is refused where the host refuses it, and taken where the host does`, async () => {
    const random: () => number = generator(31);
    let [refused, taken] = [0, 0];
    for (const config of [{ units: [4] }, { units: [9, 5], bits: 16 }, { inputs: 9, units: [3, 6, 2], labelCapacity: 5 }, { units: [5], inputScale: 0.5 }, { units: [6, 3], familiar: false, selfRate: false, skipInput: false }] as const) {
      const inputs = (config as { inputs?: number }).inputs ?? 3;
      const learner = await createLearner({ inputs: 3, labels: ['a', 'b', 'c'], ...config } as LearnerConfig);
      for (let i = 0; i < 120; i++) learner.learn(Array.from({ length: inputs }, (_, k) => Math.sin(i * (k + 1)) + (i % 3) * k), 'abc'[i % 3]!);
      const good = learner.save();
      const start = decodeSnapshot(good).state.byteOffset - good.byteOffset;
      const end = good.length - 4;
      const tries = host === 'shim' ? 300 : 40;
      for (let k = 0; k < tries; k++) {
        const bytes = good.slice();
        const view = new DataView(bytes.buffer);
        // one field anywhere, or each byte of the header in its turn, with values that fields end at
        const at = k < 64 ? start + k : start + Math.floor(random() * (end - start - 4));
        const value = [0, 1, -1, 127, -128, 255, 32767, -32768, 2 ** 31 - 1, -(2 ** 31), 1 << 30, 513, 2048][Math.floor(random() * 13)]!;
        if (k % 3 === 0) view.setInt8(at, value);
        else if (k % 3 === 1) view.setInt16(at - (at % 2), value, true);
        else view.setInt32(at - (at % 4), value, true);
        view.setUint32(end, crc32(bytes.subarray(0, -4)), true);
        const wanted = await loadLearner(bytes).then(() => 0, () => 1);
        const { code, err } = run({ args: SNAPSHOT, files: new Map([['pump.onw', bytes]]) });
        assert.is(code, wanted, `byte ${at - start} of the state of ${JSON.stringify(config)}, value ${value}: ${err}`);
        wanted === 0 ? taken++ : refused++;
      }
    }
    assert.ok(refused > 50 && taken > 20, `${refused} refused, ${taken} taken`);
  });

  test(`${host}: a snapshot that is cut, damaged, longer or foreign ends it with code 1, and stays as it is`, async () => {
    const learner = await createLearner({ inputs: 2, labels: ['a', 'bb'], units: [4] });
    for (let i = 0; i < 50; i++) learner.learn([i % 3, i], i % 2 ? 'a' : 'bb');
    const good = learner.save();
    const refused = (bytes: Uint8Array, expected: RegExp, what: string): void => {
      const result = run({ args: SNAPSHOT, input: '1,2,a\n', files: new Map([['pump.onw', bytes]]) });
      assert.is(result.code, 1, `${what}: code ${result.code}, ${result.err}`);
      assert.match(result.err, expected, what);
      assert.match(result.err, /^onward: pump\.onw: [^\n]+\n$/, what);
      assert.is(result.out, '');
      equal(saved(result), bytes, what);
      assert.equal([...result.files.keys()], ['pump.onw']);
    };
    for (let length = 0; length < good.length; length += length < 140 ? 1 : 37) refused(good.slice(0, length), length < 4 ? /not a snapshot of onward/ : /cut off|damaged/, `${length} bytes`);
    for (let at = 0; at < good.length; at += at < 140 ? 1 : 23) {
      const bytes = good.slice();
      bytes[at]! ^= 1 << at % 8;
      refused(bytes, /./, `byte ${at}`);
    }
    refused(Uint8Array.from([...good, 0]), /checksum/, 'longer');
    refused(new TextEncoder().encode('a,b,c\n'), /not a snapshot of onward/, 'foreign');
    const remembering = await createLearner({ inputs: 2, labels: ['a', 'b'], exemplars: 4 });
    refused(remembering.save(), /a memory or a window; this command has neither/, 'a memory');
    const windowed = await createLearner({ window: { axes: 1, samples: 8 }, labels: ['a', 'b'] });
    refused(windowed.save(), /a memory or a window; this command has neither/, 'a window');
  });

  test(`${host}: options that ask for another learner than the stored one are refused`, async () => {
    const files = new Map([['pump.onw', (await createLearner({ inputs: 2, labels: ['a', 'b'], units: [4] })).save()]]);
    for (const [args, message] of [
      [['--inputs', '3'], /has --inputs 2, not 3: leave the option out/], [['--bits', '16'], /--bits 8, not 16/], [['--seed', '2'], /--seed 1, not 2/],
      [['--units', '4,4'], /layers in --units 1, not 2/], [['--units', '5'], /--units 4, not 5/], [['--label-capacity', '3'], /--label-capacity 2, not 3/], [['--labels', 'a,c'], /no room for all of them/],
    ] as const) {
      const result = run({ args: [...args, ...SNAPSHOT], files });
      assert.is(result.code, 2, result.err);
      assert.match(result.err, message);
    }
    assert.is(run({ args: ['--inputs', '2', '--bits', '8', '--seed', '1', '--units', '4', '--labels', 'b,a', ...SNAPSHOT], files }).code, 0);
  });

  test(`${host}: a folder that is not there, or was not opened, is found before the first line`, () => {
    const gone = run({ args: ['--inputs', '1', '--snapshot', 'gone/pump.onw'], input: '1,a\n' });
    assert.is(gone.code, 1);
    assert.is(gone.err, 'onward: gone/pump.onw: not saved: no such file or folder\n');
    assert.is(gone.out, '');
    const closed = run({ args: ['--inputs', '1', '--snapshot', 'state/pump.onw'], folder: '/elsewhere' });
    assert.is(closed.code, 1);
    assert.match(closed.err, /state\/pump\.onw: no folder that holds it was opened/);
    assert.is(run({ args: ['--inputs', '1', '--snapshot', '../pump.onw'] }).code, 1, 'nothing above the folder');
    for (const [folder, path] of [['/state', '/state/pump.onw'], ['state/', 'state/pump.onw'], ['.', './pump.onw'], ['/', '/pump.onw']] as const) {
      assert.equal([...run({ args: ['--inputs', '1', '--snapshot', path], folder }).files.keys()], ['pump.onw'], `${folder} ${path}`);
    }
    assert.is(run({ args: ['--inputs', '1', '--snapshot', '/statement/pump.onw'], folder: '/state' }).code, 1);
  });

  test(`${host}: a wrong command line ends with code 2 and says what is wrong`, () => {
    for (const [args, message] of [
      [[], /--inputs N is missing/], [['--inputs'], /--inputs needs a value/], [['--inputs', '0'], /--inputs: expected a whole number from 1 to 4096, got 0/], [['--inputs', '3.5'], /got 3\.5/],
      [['--inputs', '99999999999999999999'], /got 9{20}/], [['--inputs', '-1'], /got -1/], [['--input', '3'], /unknown option --input; --help/], [['3'], /unknown option 3/],
      [['--inputs', '3', '--units', '64,,64'], /--units: expected 1 to 8 whole numbers/], [['--inputs', '3', '--units', '1,1,1,1,1,1,1,1,1'], /--units/], [['--inputs', '3', '--bits', '9'], /expected 8 or 16, got 9/],
      [['--inputs', '3', '--labels', 'a,,b'], /--labels/], [['--inputs', '3', '--labels', 'a,a'], /--labels/], [['--inputs', '3', '--labels', 'a,b,c', '--label-capacity', '2'], /more names than there is room/],
      [['--inputs', '3', '--seed', '4294967296'], /--seed/], [['--inputs', '3', '--labels', 'x'.repeat(9000)], /longer than 8192 bytes/], [['--inputs', '3', '--\x1b[31m'], /unknown option --\?\[31m/],
    ] as const) {
      const result = run({ args, input: '1,2,3,a\n' });
      assert.is(result.code, 2, `${args.join(' ')}: ${result.err}`);
      assert.match(result.err, message);
      assert.is(result.out, '');
    }
    const help = run({ args: ['--help'] });
    assert.is(help.code, 0);
    assert.match(help.out, /^Usage: wasi\.wasm --inputs N/);
    assert.is(help.err, '');
  });
}

test('a save that fails leaves the old file, is told of, and learning goes on; at the end it is code 1', async () => {
  class Full extends PreopenDirectory {
    saves = 0;
    override path_open(...args: Parameters<PreopenDirectory['path_open']>): ReturnType<PreopenDirectory['path_open']> {
      return args[1].endsWith('.tmp') && ++this.saves > 1 ? { ret: 51, fd_obj: null } : super.path_open(...args); // ENOSPC
    }
  }
  const result = shim({ args: ['--inputs', '1', '--save-every', '2', ...SNAPSHOT], input: '1,a\n2,b\n3,a\n4,b\n' }, (name, contents: Map<string, File>) => new Full(name, contents));
  assert.is(result.code, 1);
  assert.is(result.err.match(/pump\.onw: not saved: no space left/g)?.length, 3);
  assert.is(result.out.split('\n').length, 5);
  assert.is((await loadLearner(saved(result))).stats().seen, 0, 'the one that was saved at the start');
});

test('the snapshot is saved every --save-every samples', async () => {
  class Spy extends PreopenDirectory {
    opened = 0;
    override path_open(...args: Parameters<PreopenDirectory['path_open']>): ReturnType<PreopenDirectory['path_open']> {
      if (args[1].endsWith('.tmp')) this.opened++;
      return super.path_open(...args);
    }
  }
  let spy: Spy | undefined;
  shim({ args: ['--inputs', '1', '--save-every', '10', ...SNAPSHOT], input: '1,a\n2,b\n'.repeat(25) }, (name, contents) => (spy = new Spy(name, contents)));
  assert.is(spy!.opened, 1 + 5 + 1, 'at the start, every ten, at the end');
});

test('an answer comes before the next line is waited for, and a closed pipe is no failure', async () => {
  const child = spawn(process.execPath, ['scripts/wasi.mjs', '--inputs', '1'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.on('data', (text) => (err += text));
  for (let i = 1; i < 4; i++) {
    child.stdin.write(`${i},a\n`);
    const [answer] = await once(child.stdout, 'data');
    assert.match(String(answer), new RegExp(`^${i},${i > 1 ? 'a' : ''},`));
  }
  child.stdout.destroy();
  child.stdin.on('error', () => {});
  child.stdin.end('1,a\n'.repeat(100_000));
  const [code] = await once(child, 'exit');
  assert.is(code, 0, err);
});

test('it imports preview 1 and nothing else, exports _start and its memory, and has no floating point', () => {
  const module = new WebAssembly.Module(readFileSync('build/wasi.wasm'));
  assert.equal([...new Set(WebAssembly.Module.imports(module).map((entry) => entry.module))], ['wasi_snapshot_preview1']);
  assert.equal(WebAssembly.Module.exports(module).map(({ name }) => name).sort(), ['_start', 'memory']);
  const instructions = readFileSync('build/wasi.wat', 'utf8').replace(/"[^"]*"/g, '""');
  assert.equal(instructions.match(/\b(f32|f64|v128)\b.*/g) ?? [], []);
});

test.run();
