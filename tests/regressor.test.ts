// Regressors as their users see them: what they learn, what they foresee, what a wild target does, what they refuse, and that nothing is lost in a snapshot.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../benchmarks/rivals/random.js';
import { aheadOf } from '../cli/model-note.js';
import { LearnerError, loadLearner } from '../host/index.js';
import { createRegressor, loadRegressor, regressorBytesNeeded } from '../host/regressor/index.js';
import type { RegressorConfig } from '../host/regressor/config.js';
import type { Regressor } from '../host/regressor/regressor.js';
import { buildCli, runCommand, type Ended } from './command.js';
import { Service } from './live.js';
import { assert, suite } from './suite.js';

const test = suite('regressor');
let folder = '';
test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onward-regressor-'));
  await buildCli();
});
test.after(() => rmSync(folder, { recursive: true, force: true }));

async function refuses(make: () => unknown, type: Function, message: RegExp): Promise<void> {
  try {
    await make();
  } catch (error) {
    assert.instance(error, type);
    assert.match((error as Error).message, message);
    return;
  }
  throw new Error(`nothing was thrown; expected ${message}`);
}

interface Figures {
  r2: number;
  /** Share within low to high, %. */
  within: number;
}

/** Each sample is predicted, then learned; figures of those from `from` on. */
function prequential(regressor: Regressor, samples: readonly { x: number[]; y: number }[], from: number): Figures {
  const counted = samples.slice(from);
  const mean = counted.reduce((sum, { y }) => sum + y, 0) / counted.length;
  let [errors, variation, within] = [0, 0, 0];
  samples.forEach(({ x, y }, i) => {
    const { value, low, high } = regressor.predict(x);
    regressor.learn(x, y);
    if (i < from) return;
    assert.ok(low <= value && value <= high, `${low} ${value} ${high}`);
    errors += (value - y) ** 2;
    variation += (y - mean) ** 2;
    if (y >= low && y <= high) within++;
  });
  return { r2: 1 - errors / variation, within: (100 * within) / counted.length };
}

test('the first hundred answers lie where targets came, and half of their span beyond, whatever the stream: of 60 streams, most are nearer', async () => {
  let farthest = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const random = new Random(seed);
    const inputs = 1 + (seed % 4);
    using regressor = await createRegressor({ inputs, lags: seed % 3 === 0 ? 6 : 0, seed });
    const [bottom, height] = [10 ** random.below(6), 10 ** random.below(4)];
    let [least, greatest] = [Infinity, -Infinity];
    for (let t = 0; t < 100; t++) {
      const x = Array.from({ length: inputs }, () => random.uniform());
      const y = bottom + height * x[0]!;
      if (t > 0) {
        const { value, low, high } = regressor.predict(x);
        const half = (greatest - least) / 2 + 1e-3 * greatest;
        assert.ok(low >= least - half && high <= greatest + half, `seed ${seed}, sample ${t}: ${low} to ${high}, ${least} to ${greatest} came`);
        farthest = Math.max(farthest, Math.abs(value - y) / height);
      }
      regressor.learn(x, seed % 5 === 0 && t % 4 === 3 ? NaN : y);
      if (!(seed % 5 === 0 && t % 4 === 3)) [least, greatest] = [Math.min(least, y), Math.max(greatest, y)];
    }
  }
  assert.ok(farthest < 1.5, `${farthest} times what targets vary by`);
});

/** A plane and a bump over three inputs in units of their own, with noise; independent from sample to sample. */
function bumps(count: number, seed = 1, noise = 2): { x: number[]; y: number }[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    return { x: [20 + 3 * a, 1000 * b, 0.01 * c], y: 400 + 10 * a - 5 * b + 30 * Math.exp(-c * c) + noise * random.normal() };
  });
}

test('it learns a number that no straight line has, in any unit, and says where it lies', async () => {
  for (const config of [{}, { bits: 8 }, { units: [32] }] as Partial<RegressorConfig>[]) {
    using regressor = await createRegressor({ inputs: 3, ...config });
    const { r2, within } = prequential(regressor, bumps(6000), 3000);
    // the best line has 0.53, and the noise leaves 0.98
    assert.ok(r2 > 0.85, `${JSON.stringify(config)}: R2 ${r2}`); // measured: 0.939, 0.933, 0.907
    assert.ok(within > 77 && within < 83, `${JSON.stringify(config)}: ${within} %`);
  }
});

test('a scale of the target is found: the same numbers times 1e6 and 1e-6 are predicted as well', async () => {
  const r2 = [];
  for (const scale of [1, 1e6, 1e-6]) {
    using regressor = await createRegressor({ inputs: 3 });
    r2.push(prequential(regressor, bumps(2000).map(({ x, y }) => ({ x, y: scale * y })), 1000).r2);
  }
  assert.ok(Math.max(...r2) - Math.min(...r2) < 0.02, String(r2));
});

test('lags and a horizon foresee a season; the interval covers at every horizon', async () => {
  const random = new Random(3);
  const series = Array.from({ length: 12_000 }, (_, t) => 50 + 10 * Math.sin(t / 6) + random.normal());
  for (const horizon of [1, 3, 12]) {
    using regressor = await createRegressor({ inputs: 0, lags: 24, horizon });
    const mean = 50;
    let [errors, variation, within, naive, count] = [0, 0, 0, 0, 0];
    for (let t = 0; t + horizon < series.length; t++) {
      // asked about series[t + horizon] when series[t] has just become known
      const { value, low, high } = regressor.predict([]);
      const y = series[t + horizon]!;
      if (t > 3000) {
        errors += (value - y) ** 2;
        naive += (series[t]! - y) ** 2;
        variation += (y - mean) ** 2;
        within += y >= low && y <= high ? 1 : 0;
        count++;
      }
      regressor.learn([], series[t + 1]!);
    }
    assert.ok(1 - errors / variation > 0.93, `${horizon} ahead: R2 ${1 - errors / variation}`);
    assert.ok(errors < naive, `${horizon} ahead`);
    assert.ok(within / count > 0.75 && within / count < 0.85, `${horizon} ahead: ${within / count}`);
  }
});

test('far ahead the interval covers once some hundred numbers are learned', async () => {
  for (const [horizon, from, count] of [[48, 6000, 12_000], [256, 25_000, 45_000]] as const) {
    const random = new Random(4);
    const series = Array.from({ length: count + horizon }, (_, t) => 50 + 10 * Math.sin(t / 6) + random.normal());
    using regressor = await createRegressor({ inputs: 0, lags: 12, horizon });
    let within = 0;
    for (let t = 0; t < count; t++) {
      if (t >= from) {
        const { low, high } = regressor.predict([]);
        const y = series[t + horizon - 1]!;
        if (y >= low && y <= high) within++;
      }
      regressor.learn([], series[t]!);
    }
    const share = within / (count - from);
    assert.ok(share > 0.72 && share < 0.9, `${horizon} ahead: ${share}`); // measured: 0.82 and 0.87; where clocks ran on what was not learned, 0.93 and 0.99
  }
});

test('wild targets: one in a hundred of 1e30, NaN, infinities, a jump by a thousand, and still it predicts', async () => {
  using regressor = await createRegressor({ inputs: 3 });
  const samples = bumps(4000);
  const wild = [1e30, NaN, Infinity, -Infinity, -1e38];
  samples.forEach(({ x, y }, i) => regressor.learn(x, i % 100 === 50 ? wild[(i / 100) % 5 | 0]! : y));
  const tame = prequential(regressor, bumps(1000, 2), 200);
  assert.ok(tame.r2 > 0.6, `after wild ones: R2 ${tame.r2}`);
  const jumped = prequential(regressor, bumps(3000, 3).map(({ x, y }) => ({ x, y: 1000 * y })), 1500);
  assert.ok(jumped.r2 > 0.8, `after a jump: R2 ${jumped.r2}`);
  const back = prequential(regressor, bumps(9000, 4), 7000);
  assert.ok(back.r2 > 0.6, `and back: R2 ${back.r2}`);
});

test('a target that stands still is predicted, to the digit', async () => {
  using regressor = await createRegressor({ inputs: 2 });
  const random = new Random(1);
  for (let i = 0; i < 200; i++) regressor.learn([random.normal(), NaN], 21.5);
  assert.equal(regressor.predict([0, 0]), { value: 21.5, low: 21.5, high: 21.5 });
});

test('before the first target there is no number; an unknown target moves time on and no weight', async () => {
  using regressor = await createRegressor({ inputs: 1 });
  assert.equal(regressor.predict([1]), { value: NaN, low: NaN, high: NaN });
  assert.is(regressor.learn([1], NaN), 0);
  assert.equal(regressor.predict([1]), { value: NaN, low: NaN, high: NaN });
  assert.is(regressor.stats().seen, 0);
});

test('predict changes nothing; save, load, clone and reset lose nothing; begin forgets what was known', async () => {
  const regressor = await createRegressor({ inputs: 3, lags: 2, horizon: 3, seed: 7 });
  const fresh = regressor.save();
  regressor.note = 'a pump';
  const samples = bumps(300);
  for (const { x, y } of samples) regressor.learn(x, y);
  const before = regressor.save();
  const answer = regressor.predict(samples[0]!.x);
  assert.equal(regressor.save(), before);
  const [loaded, scalar, clone] = [await loadRegressor(before), await loadRegressor(before, { build: 'scalar' }), regressor.clone()];
  for (const each of [loaded, scalar, clone]) {
    assert.is(each.note, 'a pump');
    assert.equal(each.predict(samples[0]!.x), answer);
  }
  for (const { x, y } of bumps(50, 5)) for (const each of [regressor, loaded, scalar, clone]) each.learn(x, y);
  for (const each of [loaded, scalar, clone]) assert.equal(each.save(), regressor.save());
  regressor.begin();
  assert.not.equal(regressor.predict(samples[0]!.x), loaded.predict(samples[0]!.x));
  assert.is(regressor.stats().seen, 350);
  regressor.reset();
  regressor.note = '';
  assert.equal(regressor.save(), fresh);
  regressor.dispose();
  assert.throws(() => regressor.predict([1, 2, 3]), (error: Error) => error instanceof LearnerError && /regressor was disposed/.test(error.message));
  assert.equal((await createRegressor({ inputs: 3, lags: 2, horizon: 3 })).stats().bytes, await regressorBytesNeeded({ inputs: 3, lags: 2, horizon: 3 }));
});

test('mistakes are named', async () => {
  const bad: [object, Function, RegExp][] = [
    [{}, TypeError, /config\.inputs: expected a number/],
    [{ inputs: 0 }, RangeError, /config\.inputs: got 0; expected 1 to 512/],
    [{ inputs: 500, lags: 20 }, RangeError, /config\.lags: 500 inputs and 20 lags; expected at most 512/],
    [{ inputs: 3, horizon: 0 }, RangeError, /config\.horizon: got 0; expected 1 to 256/],
    [{ inputs: 3, bins: 1 }, RangeError, /config\.bins: got 1; expected 2 to 64/],
    [{ inputs: 3, labels: ['a'] }, TypeError, /config\.labels: no such field/],
    [{ inputs: 3, units: [] }, RangeError, /config\.units: 0 layers/],
  ];
  for (const [config, type, message] of bad) await refuses(() => createRegressor(config as RegressorConfig), type, message);
  using regressor = await createRegressor({ inputs: 2 });
  assert.throws(() => regressor.learn([1, 2], '3' as never), /y: expected a number, or NaN where it is not known, got '3'/);
  assert.throws(() => regressor.learn([1], 3), /x: 1 values; this regressor takes 2/);
  await refuses(() => loadLearner(regressor.save()), LearnerError, /this is a regressor, not a learner/);
  const damaged = regressor.save();
  damaged[200]! ^= 1;
  await refuses(() => loadRegressor(damaged), LearnerError, /checksum/);
});

const ran = (...args: string[]): Promise<Ended> => runCommand(args);

async function onward(...args: string[]): Promise<string> {
  const { code, out, err } = await ran(...args);
  assert.is(code, 0, err);
  return out;
}

async function fails(args: string[], message: RegExp): Promise<void> {
  const { code, err } = await ran(...args);
  assert.is.not(code, 0, `onward ${args.join(' ')} did not fail`);
  assert.match(err, message);
}

test('onward eval --target, predict and inspect: a table of numbers', async () => {
  const [file, fresh, model] = ['taught.csv', 'new.csv', 'model'].map((name) => join(folder, name)) as [string, string, string];
  const rows = bumps(3000);
  writeFileSync(file, `warm,load,swing,power\n${rows.map(({ x, y }) => [...x, y].join(',')).join('\n')}\n`);
  writeFileSync(fresh, `load,swing,warm\n${bumps(500, 9).map(({ x: [a, b, c] }) => [b, c, a].join(',')).join('\n')}\n`);
  const result = JSON.parse(await onward('eval', file, '--target', 'power', '--save', model, '--json')) as Record<string, number> & { persistence: { r2: number } };
  assert.ok(result.r2! > 0.75, `R2 ${result.r2}`);
  assert.ok(result.covered! > 0.75 && result.covered! < 0.85, `${result.covered}`);
  assert.ok(result.persistence.r2 < 0);
  assert.match(await onward('inspect', model), /a regressor, which predicts a number[^]*column "power"[^]*warm, load, swing/);
  const answers = (await onward('predict', model, fresh, '--quiet')).trim().split('\n');
  assert.is(answers[0], 'row,value,low,high');
  assert.is(answers.length, 501);
  // columns are found by name: as good as when it was taught
  const errors = bumps(500, 9).map(({ y }, i) => (Number(answers[i + 1]!.split(',')[1]) - y) ** 2);
  assert.ok(errors.reduce((sum, error) => sum + error, 0) / 500 < 60, `${errors.reduce((sum, error) => sum + error, 0) / 500}`);

  const ahead = JSON.parse(await onward('eval', file, '--target', 'power', '--horizon', '2', '--json')) as { lags: number; horizon: number };
  assert.equal([ahead.horizon, ahead.lags], [2, 12]);
  const out = join(folder, 'ahead.csv');
  await onward('eval', file, '--target', 'power', '--horizon', '2', '--out', out);
  const newest = readFileSync(out, 'utf8').trim().split('\n').slice(-3).map((line) => line.split(','));
  assert.equal(newest.map(([, y]) => y === ''), [false, true, true], 'the newest two rows are answered, and nobody knows their numbers yet');
  assert.ok(newest.every(([, , value]) => value !== ''), newest.join());
  await fails(['eval', file, '--target', 'powr'], /no column "powr", did you mean "power"; the columns are/);
  await fails(['eval', file, '--horizon', '2'], /--horizon needs --target/);
  await fails(['eval', file, '--target', 'power', '--label', 'warm'], /give --target or --label, not both/);
  await onward('eval', file, '--target', 'power', '--lags', '2', '--save', `${model}-lags`, '--quiet');
  assert.is(JSON.parse(await onward('eval', file, '--target', '3', '--json')).target, 'power');
  // lags are numbers of the file's own column, where it is there: as a program would give them, one row after the other
  await fails(['predict', `${model}-lags`, fresh], /no column "power" as in the file that was learned.*the 2 numbers of power before a row, so the file needs that column, with empty cells/);
  const later = bumps(30, 9).map(({ x, y }, i) => ({ x, y: i === 20 ? NaN : Number(y.toFixed(3)) }));
  writeFileSync(fresh, `power,warm,load,swing\n${later.map(({ x, y }) => [Number.isNaN(y) ? '' : y, ...x].join(',')).join('\n')}\n`);
  const foreseen = await ran('predict', `${model}-lags`, fresh);
  assert.match(foreseen.err, /28 answers of power; 2 rows without, before which fewer than 2 numbers of power are known/);
  const program = await loadRegressor(readFileSync(`${model}-lags`));
  program.begin();
  const values = later.map(({ x, y }) => {
    const { value } = program.predict(x);
    program.learn(x, y);
    return String(Number(value.toPrecision(6)));
  });
  assert.equal(foreseen.out.trim().split('\n').slice(1).map((line) => line.split(',')[1]), ['', '', ...values.slice(2)]);
  await onward('eval', file, '--target', 'power', '--horizon', '3', '--save', `${model}-lags`, '--quiet');
  assert.match((await ran('predict', `${model}-lags`, fresh)).err, /16 answers of power, 3 rows later; 14 rows without/); // the first 3 numbers come before what is known of the first row
  writeFileSync(fresh, `power,warm,load,swing\n${later.map(({ x }) => ['', ...x].join(',')).join('\n')}\n`);
  await fails(['predict', `${model}-lags`, fresh], /no row has an answer: the model needs 12 numbers of column power before it/);
  writeFileSync(fresh, `load,swing,warm\n${bumps(500, 9).map(({ x: [a, b, c] }) => [b, c, a].join(',')).join('\n')}\n`);
  await fails(['predict', model, '--source', '-'], /is a regressor: give a FILE/);
  for (const [name, value] of [['fields', 'warm'], ['audio', '8000'], ['label', 'power'], ['hop', '3'], ['drop', 'swing']]) {
    await fails(['predict', model, fresh, `--${name}`, value!], new RegExp(`--${name} has no effect here, leave it out: .* is a regressor`));
  }
  // as C, and what it would need
  await onward('export', join(folder, 'c'), `${model}-lags`);
  const readme = readFileSync(join(folder, 'c/README.md'), 'utf8');
  assert.match(readme, /a sample: 3 numbers.*"warm", "load", "swing"\. The last 12 known numbers are inputs, too\n- the number is that of 3 samples later.*when 2 later ones have been asked about[^]*learned state included/);
  assert.match(await onward('export', join(folder, 'c'), `${model}-lags`, '--fresh'), /regressor\.c/);
  await fails(['export', join(folder, 'c'), `${model}-lags`, '--board', 'pico'], /the example of a regressor is generic/);
  const needed = JSON.parse(await onward('plan', '--target', '--inputs', '3', '--horizon', '3', '--json')) as { bytes: { arena: number }; snapshot: number; config: { lags: number } };
  const regressor = await loadRegressor(readFileSync(`${model}-lags`));
  assert.equal([needed.bytes.arena, needed.config.lags], [regressor.stats().bytes.arena, 12]);
  regressor.note = '';
  assert.is(needed.snapshot, regressor.save().length);
  assert.match(await onward('plan', '--target'), /target +[\d,]+ B +its bins[^]*RP2040 \(Pico\) +264 kB  fits/);
  await fails(['plan', '--target', '--labels', '3'], /give --target or --labels, not both/);
  await fails(['plan', '--lags', '3'], /--lags needs --target/);
  await onward('eval', file, '--target', 'power', '--horizon', '1', '--lags', '0', '--save', model, '--quiet');
  assert.match((await ran('predict', model, fresh)).err, /500 answers of power, 1 row later/);
});

test('onward learn --target: what a program learns, kept in a store, gone on with, and asked about a table', async () => {
  const [table, store] = ['numbers.csv', 'numbers'].map((name) => join(folder, name)) as [string, string];
  const rows = bumps(60, 4).map(({ x: [warm, load], y }, i) => ({ x: [warm!, load!], y: i % 9 === 5 ? NaN : Number(y.toFixed(2)) }));
  const cell = (y: number): string => (Number.isNaN(y) ? '' : String(y));
  writeFileSync(table, `warm,power,load\n${rows.map(({ x: [warm, load], y }) => `${warm},${cell(y)},${load}`).join('\n')}\n`);
  const first = await ran('learn', '--source', table, '--target', '1', '--lags', '2', '--store', store, '--units', '16');
  assert.is(first.code, 0, first.err);
  assert.match(first.err, /a new regressor of power from 2 inputs and 2 lags[^]*60 samples, 53 learned, mean error/);
  const program = await createRegressor({ inputs: 2, lags: 2, units: [16] });
  const through = (): string[] => rows.map(({ x, y }, index) => {
    const [value, low, high] = Object.values(program.predict(x)).map((each) => (Number.isNaN(each) ? null : Number(each.toPrecision(6))));
    program.learn(x, y);
    return JSON.stringify({ index, value, low, high, ...(Number.isNaN(y) ? {} : { y }) });
  });
  assert.equal(first.out.trim().split('\n'), through());
  const again = await ran('learn', '--source', table, '--target', 'power', '--store', store);
  program.begin();
  assert.equal(again.out.trim().split('\n').map((line) => JSON.parse(line).value), through().map((line) => JSON.parse(line).value));
  assert.match((await ran('inspect', store)).out, /column "power"[^]*warm, load[^]*and 2 lags[^]*seen +106/);
  assert.match((await ran('predict', store, table)).err, /58 answers of power; 2 rows without/);
  assert.match((await ran('learn', '--source', table, '--target', 'power', '--store', store, '--lags', '3')).err, /the stored regressor has lags 2, not 3: leave the option out/);
  assert.match((await ran('learn', '--source', table, '--target', 'watts', '--store', store)).err, /the stored regressor has target power, not watts/);
  // a number that a person names is a target although it looks like an id; the same number or name goes on, another does not
  const ids = join(folder, 'ids.csv');
  writeFileSync(ids, `warm,load,swing,meter_id\n${Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 5},${i % 3},${100 + (i % 7)}`).join('\n')}\n`);
  const named = (...args: string[]) => ran('learn', '--store', `${store}-ids`, ...args);
  assert.match((await named('--source', ids, '--target', '3')).err, /a new regressor of meter_id from 3 inputs[^]*40 samples, 40 learned/);
  assert.match((await named('--source', ids, '--target', '3')).err, /learned once more[^]*80 samples, 80 learned/);
  assert.match((await named('--source', ids, '--target', 'meter_id')).err, /120 samples, 120 learned/);
  assert.match((await named('--source', ids, '--target', '0')).err, /the stored regressor has target meter_id \(column 3\), not 0/);
  // what a table taught goes on with lines of JSON, and the other way round
  assert.match((await runCommand(['learn', '--store', `${store}-ids`, '--source', '-', '--target', 'meter_id'], '{"swing":1,"meter_id":104,"load":2,"warm":4}')).err, /121 samples, 121 learned, mean error [^]* 0 refused/);
  const growing = new Service(['--store', `${store}-ids`, '--source', `follow:${ids}`, '--target', 'meter_id']);
  await growing.predicted(40).finally(() => growing.process.kill('SIGTERM')); // an open one keeps the tests from ending
  assert.is(await growing.ended(), 0, growing.err);
  assert.match(growing.err, /161 samples, 161 learned/);

  // of lines of JSON the target is a field; what is no number is refused, and what has none is answered only
  const lines = [...rows.map(({ x: [warm, load], y }) => JSON.stringify({ in: { warm, load }, power: Number.isNaN(y) ? null : y })), '{"in":{"warm":1,"load":2},"power":"much"}', '{"in":{"warm":1,"load":2},"power":"Infinity"}', '{"in":{"warm":1,"load":2},"power":"0x10"}', '{"in":{"warm":1,"load":2}}'];
  const json = await runCommand(['learn', '--source', '-', '--target', 'power', '--horizon', '3', '--lags', '0', '--store', `${store}-json`], lines.join('\n'));
  assert.match(json.err, /"power" is "much", and a target is a number[^]*61 samples, .* 3 refused/);
  assert.is(json.out.trim().split('\n').length, 61);
  const ahead = await createRegressor({ inputs: 2, horizon: 3 });
  rows.forEach(({ x, y }, i) => {
    if (i >= 3) ahead.learn(rows[i - 3]!.x, y);
    assert.is(JSON.parse(json.out.split('\n')[i]!).value, Number.isNaN(ahead.predict(x).value) ? null : Number(ahead.predict(x).value.toPrecision(6)));
  });
  for (const [message, ...args] of [
    [/give --target or --labels, not both/, '--target', 'power', '--labels', 'a,b'],
    [/--horizon needs --target COLUMN/, '--horizon', '3'],
    [/no column "watts"; the columns are "warm", "power", "load"; or give an index/, '--target', 'watts'],
  ] as const) assert.match((await ran('learn', '--source', table, '--store', `${store}-none`, ...args)).err, message);
});

test('a regressor that a program saved looks as far ahead as its horizon, whatever its note says that cannot be', async () => {
  const [table, model] = ['foreign.csv', 'foreign.onward'].map((name) => join(folder, name)) as [string, string];
  const rows = bumps(30, 5).map(({ x: [warm, load], y }) => ({ x: [warm!, load!], y }));
  writeFileSync(table, `warm,load,power\n${rows.map(({ x: [warm, load], y }) => `${warm},${load},${y}`).join('\n')}\n`);
  const program = await createRegressor({ inputs: 2, horizon: 5, units: [16] });
  const store = join(folder, 'foreign');
  mkdirSync(store);
  writeFileSync(join(store, 'regressor.1'), program.save());
  const { out, err } = await ran('learn', '--source', table, '--target', 'power', '--horizon', '5', '--store', store);
  const values = rows.map(({ x }, i) => {
    if (i >= 5) program.learn(rows[i - 5]!.x, rows[i]!.y);
    const { value } = program.predict(x);
    return Number.isNaN(value) ? null : Number(value.toPrecision(6));
  });
  assert.equal(out.trim().split('\n').map((line) => JSON.parse(line).value), values, err);
  for (const ahead of [undefined, -3, 1.5, 0, 4, 1e9, '5']) {
    program.note = JSON.stringify({ target: 'power', ahead });
    writeFileSync(model, program.save());
    assert.is(JSON.parse((await ran('inspect', model, '--json')).out).ahead, 5, String(ahead));
  }
  assert.match((await ran('predict', model, table, '--drop', 'power')).err, /30 answers of power, 5 rows later/);
  assert.is((await ran('export', join(folder, 'foreign-c'), model)).code, 0);
  assert.match(readFileSync(join(folder, 'foreign-c', 'config.h'), 'utf8'), /ONWARD_AHEAD 5\b/);
  assert.equal([[{ ahead: 0 }, 1], [{ ahead: 1 }, 1], [{ ahead: 2 }, 1], [{}, 1]].map(([note, horizon]) => aheadOf(note as object, { horizon: horizon as number })), [0, 1, 0, 0]);
});

test.run();
