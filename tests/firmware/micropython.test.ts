// `onward export --board micropython`: MicroPython's unix port, built with three exported learners and two detectors as its modules, learns Node's bytes from Python. Floats are binary32 there, as on boards.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { detectorJudge } from '../../firmware-sim/detector.js';
import { exportDetector, exportLearner } from '../../firmware-sim/export.js';
import { judge } from '../../firmware-sim/learners.js';
import { whyNoModule } from '../../firmware-sim/python-names.js';
import { samplesFor } from '../../firmware-sim/vectors.js';
import { resolveConfig } from '../../host/config.js';
import { resolveDetectorConfig } from '../../host/detector/config.js';
import { assert, needs, suite } from '../suite.js';
import { COMPILER } from './c-program.js';

const source = resolve('build/micropython');
const python = suite('MicroPython', needs('gcc', 'sudo apt-get install gcc'), needs('make', 'sudo apt-get install make'), needs("MicroPython's source", 'bash scripts/micropython.sh', existsSync(join(source, 'py/py.mk'))));

const plain = resolveConfig({ inputs: 3, units: [8], labels: ['idle', 'run', 'worn'], labelCapacity: 4, exemplars: 10 });
const windows = resolveConfig({ window: { axes: 2, samples: 8 }, units: [8], labels: ['a', 'b'] });
const guard = resolveDetectorConfig({ channels: 3, threshold: 0.8, warmup: 100 });
const watch = resolveDetectorConfig({ channels: 2, mode: 'commissioned', warmup: 100 });

/** What a board has, and no more: the rest of the unix port takes a minute to compile. */
const VARIANT = `#define MICROPY_CONFIG_ROM_LEVEL (MICROPY_CONFIG_ROM_LEVEL_CORE_FEATURES)
#define MICROPY_FLOAT_IMPL (MICROPY_FLOAT_IMPL_FLOAT)
#define MICROPY_LONGINT_IMPL (MICROPY_LONGINT_IMPL_MPZ)
#define MICROPY_EMIT_X64 (0)
#define MICROPY_HELPER_REPL (1)
#define MICROPY_KBD_EXCEPTION (1)
#define MICROPY_PY_SYS_STDFILES (1)
#define MICROPY_PY_OS (1)
`;
const SHIPPED = '$(if $(findstring pump_learner,$<),-Os)'; // one of the modules is compiled as it is in a port: optimised, and without checks
const CORES = `$(if $(findstring /modules/,$<),${COMPILER},$(CC))`; // gcc is quick with the port's 130 small files, clang with large ones
const OPTIONS = {
  CC: 'gcc',
  COPT: ['-O0', ...['', 'LEARNER_', 'GUARD_', 'WATCH_'].map((name) => `-D${name}CORE_CHECKED`)].join(' '), // a core that checks every access has no -O2 of its own
  STRIP: '', FROZEN_MANIFEST: '', compile_c: `${CORES} $(CFLAGS) ${SHIPPED} -g0 -c -o $@ $<`, // dependencies of a build that is made once are not written
  SRC_EXTMOD_C: ['vfs', 'vfs_posix', 'vfs_posix_file', 'vfs_blockdev', 'vfs_reader', 'modvfs', 'modos', 'virtpin'].map((file) => `extmod/${file}.c`).join(' '),
  ...Object.fromEntries(['PY_BTREE', 'PY_FFI', 'PY_SOCKET', 'PY_THREAD', 'PY_TERMIOS', 'PY_SSL', 'USE_READLINE', 'VFS_FAT', 'VFS_LFS1', 'VFS_LFS2'].map((part) => [`MICROPY_${part}`, '0'])),
};

let folder = '';
python.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-micropython-'));
  exportLearner('micropython', join(folder, 'pump'), plain, undefined, 'pump');
  exportLearner('micropython', join(folder, 'onward'), windows);
  exportLearner('micropython', join(folder, 'learner'), plain, undefined, 'learner'); // what its example calls the learner, too
  await exportDetector(join(folder, 'guard'), guard, undefined, 'guard', {}, 'micropython');
  await exportDetector(join(folder, 'watch'), watch, undefined, 'watch', {}, 'micropython');
  mkdirSync(join(folder, 'variant'));
  writeFileSync(join(folder, 'variant/mpconfigvariant.h'), VARIANT);
  writeFileSync(join(folder, 'variant/mpconfigvariant.mk'), '');
  for (const module of ['pump_learner', 'onward_learner', 'learner_learner', 'guard_detector', 'watch_detector']) cpSync(join(folder, module.split('_')[0]!, module), join(folder, 'modules', module), { recursive: true });
  const options = Object.entries({ ...OPTIONS, VARIANT_DIR: join(folder, 'variant'), BUILD: join(folder, 'build'), USER_C_MODULES: join(folder, 'modules') }).map(([name, value]) => `${name}=${value}`);
  execFileSync('make', ['-s', '-j2', ...options], { cwd: join(source, 'ports/unix'), stdio: ['ignore', 'ignore', 'inherit'] });
});
python.after(() => rmSync(folder, { recursive: true }));

/** What a program prints, line by line. */
function run(program: string, input = ''): string[] {
  writeFileSync(join(folder, 'program.py'), program);
  return execFileSync(join(folder, 'build/micropython'), ['program.py'], { cwd: folder, input, encoding: 'utf8' }).trim().split('\n');
}

const bytesOf = (x: ArrayLike<number>): string => `b'${[...new Uint8Array(Float32Array.from(x).buffer)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`;
const saved = (name: string): Buffer => readFileSync(join(folder, name));
const SAVE = `def keep(learner, name):
  with open(name, 'wb') as file: file.write(learner.save())
`;

python('learns the bytes of Node from arrays and lists, in two learners of one kind, and goes on from its snapshot', async () => {
  const samples = samplesFor(plain, 60, 3);
  const rows = samples.map(({ x, label }) => `(array('f', ${bytesOf(x)}), ${label})`).join(',\n');
  run(`from array import array
from pump import Learner
${SAVE}
samples = [${rows}]
one, other = Learner(), Learner()
for i, (x, label) in enumerate(samples):
  if i == 30:
    keep(one, 'half')
    data = one.save()
    one = Learner()
    one.load(data)
  if i == 40: one.add_label()
  if i % 5 == 4: one.adapt(x)
  elif i % 2: one.learn(list(x), label)
  else: one.predict(x), one.learn(None, one.labels()[label])
  other.learn(tuple(x), i % 4)
one.sleep(20, 0, 7)
one.sleep(20, 7, 20)
keep(one, 'one')
keep(other, 'other')
`);
  const [node, other] = [await judge(plain), await judge(plain)];
  for (const [i, { x, label }] of samples.entries()) {
    if (i === 30) assert.equal(saved('half'), Buffer.from(node.save()));
    if (i === 40) node.addLabel('label 3');
    if (i % 5 === 4) node.adapt(x);
    else node.learn(x, node.labels[label]!);
    if (i === 3) other.addLabel('label 3');
    other.learn(x, other.labels[i % 4]!);
  }
  node.sleep(20);
  assert.equal(saved('one'), Buffer.from(node.save()));
  assert.equal(saved('other'), Buffer.from(other.save()));
});

python('readings that are pushed become windows, and another learner is asked meanwhile', async () => {
  const shown = run(`import onward, pump
${SAVE}
learner, pumped = onward.Learner(), pump.Learner()
for t in range(100):
  pumped.predict((t, 0, 0))
  if learner.push((t % 7, t * t % 11), 3): learner.learn(None, t // 50)
keep(learner, 'windows')
learner.push((0, 0), 3)
print(*learner.predict(), onward.VALUES)
learner.push((9, 9), 3)
learner.load(learner.save())
for t in range(20):
  if learner.push((t % 7, t * t % 11), 3): learner.learn(None, 1)
keep(learner, 'anew')
`);
  const node = await judge(windows);
  const reading = (t: number): number[] => (t < 100 ? [t % 7, (t * t) % 11] : [0, 0]);
  const window = (end: number): number[] => Array.from({ length: 8 }, (_, k) => reading(end - 7 + k)).flat();
  for (let t = 7; t < 100; t += 3) node.learn(window(t), node.labels[Math.floor(t / 50)]!);
  assert.equal(saved('windows'), Buffer.from(node.save()));
  const { label, probability } = node.predict(window(100));
  const [said, share, , values] = shown[0]!.split(' ');
  assert.equal([said, values], [label, '16']);
  assert.ok(Math.abs(Number(share) - probability) < 1e-3, `${share} for ${probability}`);
  for (let t = 7; t < 20; t += 3) node.learn(window(t), 'b'); // no window has readings of before load()
  assert.equal(saved('anew'), Buffer.from(node.save()));
});

python('detectors of two kinds, two of one: alarms, scores and bytes are those of Node, on from a snapshot, and anew after commission()', async () => {
  const rows = Array.from({ length: 400 }, (_, t) => Float32Array.of(Math.sin(t / 9) + (t >= 300 && t < 306 ? 20 : 0), t % 90 === 5 ? NaN : (t * 37) % 11, 1e-3 * ((t * 91) % 17)));
  const said = run(`from array import array
from guard import Detector
import watch
${SAVE}
rows = [${rows.map((x) => `array('f', ${bytesOf(x)})`).join(',\n')}]
one, other, third = Detector(), Detector(), watch.Detector()
for t, x in enumerate(rows):
  if t == 200:
    data = one.save()
    one = Detector()
    one.load(data)
  other.observe((x[2], x[1], x[0]))
  print(*one.observe(x), one.recent(), *one.channels())
  print(*third.observe(list(x)[:2]), third.recent(), *third.channels())
other.commission()
keep(one, 'one')
keep(other, 'other')
keep(third, 'third')
`);
  const [one, other, third] = [await detectorJudge(guard), await detectorJudge(guard), await detectorJudge(watch)];
  const alarms = new Set<boolean>();
  for (const [t, x] of rows.entries()) {
    other.observe(x.toReversed());
    for (const [k, { score, recent, alarm, channels, views }] of [one.observe(x), third.observe(x.subarray(0, 2))].entries()) {
      const [sure, shown, channel, view, lately, ...parts] = said[2 * t + k]!.split(' ');
      const numbers = [shown, lately, ...parts].map(Number);
      [score, recent, ...channels].forEach((value, i) => assert.ok(Math.abs(value - numbers[i]!) < 1e-4 * Math.max(1, Math.abs(value)), `${t}: ${said[2 * t + k]} for ${score}, ${recent}, ${channels.join()}`));
      assert.equal([sure, view], [alarm ? 'True' : 'False', views[Number(channel)]]);
      assert.is(channels[Number(channel)], Math.max(...channels));
      alarms.add(alarm);
    }
  }
  other.commission();
  assert.is(alarms.size, 2);
  for (const [name, node] of Object.entries({ one, other, third })) assert.equal(saved(name), Buffer.from(node.save()), name);
});

/** Wrong calls, each with what it raises. */
const WRONG: readonly (readonly [call: string, raised: string])[] = [
  ['l.predict()', 'ValueError x: no sample, or no full window, that None could stand for; give one'],
  ['l.predict([1, 2])', 'ValueError x must have 3 numbers, got 2'],
  ['l.predict(array("f", [1, 2, 3, 4]))', 'ValueError x must have 3 numbers, got 4'],
  ['l.learn(7, "idle")', 'TypeError x must be a list, tuple or array of 3 numbers, got int'],
  ['l.learn([1, "2", 3], "idle")', 'TypeError x[1] must be a number, got str; nan is a missing value'],
  ['l.learn(None, "idle")', 'ValueError x: no sample, or no full window, that None could stand for; give one'],
  ['l.learn([1, 2, 3], "wron")', "ValueError label: there is no 'wron'; name one of idle, run, worn"],
  ['l.learn([1, 2, 3], 4)', 'ValueError label: there is no 4; name one of idle, run, worn'],
  ['l.learn([1, 2, 3], -1)', 'ValueError label: there is no -1; name one of idle, run, worn'],
  ['l.learn([1, 2, 3], 1 << 70)', 'ValueError label: there is no 1180591620717411303424; name one of idle, run, worn'],
  ['l.learn([1, 2, 3], 1.0)', 'TypeError label must be a name or a number, got float'],
  ['l.sleep(5, 4, 3)', 'ValueError from and to must be 0 to 5, one after the other, got 4 and 3'],
  ['l.sleep(-1)', 'ValueError steps must be 0 to 65535, got -1'],
  ['l.load("text")', 'TypeError data must be bytes of save(), got str'],
  ['l.load(data[:-1])', 'ValueError data: 979 bytes that are no whole snapshot; give what save() gave'],
  ['l.load(b"")', 'ValueError data: 0 bytes that are no whole snapshot; give what save() gave'],
  ['l.load(w.save())', 'ValueError data: a snapshot of a learner of another shape; export that learner, or begin anew'],
  ['w.push([1], 3)', 'ValueError reading must have 2 numbers, got 1'],
  ['w.push([1, 2], 9)', 'ValueError hop must be 1 to 8 readings, got 9'],
  ['pushed.predict([1] * 16)', 'ValueError x: this learner takes what push() is given; leave x out, or give whole samples to another Learner()'],
  ['d.observe([1, 2])', 'ValueError x must have 3 numbers, got 2'],
  ['d.observe("abc")', 'TypeError x[0] must be a number, got str; nan is a missing value'],
  ['d.load(7)', 'TypeError data must be bytes of save(), got int'],
  ['d.load(d.save()[:-1])', 'ValueError data: 4483 bytes that are no whole snapshot; give what save() gave'],
  ['w.add_label()', 'ValueError no room for more than 2 labels: export a learner with more of them, or with room (labelCapacity)'],
];

python('what is wrong raises an exception that names it, and changes nothing', () => {
  const said = run(`from array import array
import guard, onward, pump
l, w, pushed, d = pump.Learner(), onward.Learner(), onward.Learner(), guard.Detector()
pushed.push((1, 2), 3)
for i in range(9): l.learn((i, 1, 2), i % 3)
data = l.save()
l = pump.Learner()
l.load(data)
def wrong(call):
  try:
    print(call())
  except Exception as error:
    print(type(error).__name__, error)
${WRONG.map(([call]) => `wrong(lambda: ${call})`).join('\n')}
print(l.save() == data, len(data), l.stats()[0], w.stats()[0])
`);
  assert.equal(said, [...WRONG.map(([, raised]) => raised), 'True 980 9 0']);
});

python('no built-in module has a name that an export may have', () => {
  const names = ['py', 'extmod', 'ports/unix', 'shared'].flatMap((part) => readdirSync(join(source, part), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.c')).map((name) => join(source, part, name)))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^MP_REGISTER_(?:EXTENSIBLE_)?MODULE\(MP_QSTR_([a-z]\w*),/gm)].map(([, name]) => name!));
  assert.ok(names.includes('sys') && names.includes('array'));
  assert.equal(names.filter((name) => whyNoModule(name) === undefined), []);
});

python('the example learns from lines, and keeps what it learned', async () => {
  const lines = ['idle,0,0,1', 'worn,2,-2,1', 'wron,1,2,3', 'run,1,x,0.5', '#', '?,2,-2,1', 'run,1,1,0.5', 'save'];
  const interpreter = join(folder, 'build/micropython');
  const again = (input: string): string[] => execFileSync(interpreter, ['main.py'], { cwd: join(folder, 'learner'), input, encoding: 'utf8' }).trim().split('\n');
  const said = again(`${lines.join('\n')}\n`);
  assert.is(said.length, lines.length + 1);
  assert.equal([said[0], said[3], said.at(-1)], ['ready,3,3', "error,label: there is no 'wron'; name one of idle, run, worn", 'saved']);
  const node = await judge(plain);
  node.learn([0, 0, 1], 'idle');
  node.learn([2, -2, 1], 'worn');
  node.learn([1, 1, 0.5], 'run');
  assert.equal(saved('learner/learner.onward'), Buffer.from(node.save()));
  mkdirSync(join(folder, 'learner/learner.onward.new')); // nothing can be written there
  assert.match(again('run,1,1,0.5\nsave\n?,2,-2,1\n').join(' '), /^ready,3,3 \S+ error,.*(?:EISDIR|21)\S* \w+,[01]\.\d{3}$/);
  assert.match(again('?,2,-2,1\n').at(-1)!, new RegExp(`^${node.predict([2, -2, 1]).label},[01]\\.\\d{3}$`));
});

python.run();
