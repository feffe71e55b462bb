// The detector as its users see it: what it finds, what it explains, what it refuses, and that nothing is lost in a snapshot.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Random } from '../benchmarks/rivals/random.js';
import { createDetector, detectorBytesNeeded, loadDetector, loadLearner, type Detector, type DetectorConfig } from '../host/index.js';
import { crc32 } from '../host/checksum.js';
import { detectorWordsOf, resolveDetectorConfig } from '../host/detector/config.js';
import { detectorCore, integersOf } from './detector-driver.js';
import { detectorPlanOf } from '../host/detector/plan.js';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const test = suite('detector');

/** Rows in which there was an alarm. */
function alarmsIn(detector: Detector, values: Iterable<ArrayLike<number> | number>): number[] {
  const rows: number[] = [];
  let row = 0;
  for (const x of values) {
    if (detector.observe(x).alarm) rows.push(row);
    row++;
  }
  return rows;
}

const refuses = async (config: unknown, type: Function, message: RegExp): Promise<void> => {
  try {
    await createDetector(config as DetectorConfig);
  } catch (error) {
    assert.instance(error, type);
    assert.match((error as Error).message, message);
    return;
  }
  throw new Error(`${JSON.stringify(config)} was taken`);
};

test('bad configurations name the field, the value and what it may be', async () => {
  await refuses(null, TypeError, /config: expected an object/);
  await refuses({ chanels: 3 }, TypeError, /config\.chanels: no such field; there are channels/);
  await refuses({ channels: 0 }, RangeError, /config\.channels: got 0; expected 1 to 256/);
  await refuses({ channels: '3' }, TypeError, /config\.channels: expected a number, got '3'/);
  await refuses({ mode: 'batch' }, RangeError, /config\.mode: got 'batch'; expected 'streaming' or 'commissioned'/);
  await refuses({ bits: 12 }, RangeError, /config\.bits: got 12; expected 8 or 16/);
  await refuses({ units: 65, mode: 'commissioned' }, RangeError, /config\.units: got 65; expected 1 to 64/);
  await refuses({ units: 8 }, RangeError, /config\.units: got 8; expected 0/);
  await refuses({ units: 0, mode: 'commissioned' }, RangeError, /config\.units: got 0; expected 1 to 64/);
  await refuses({ warmup: 1.5 }, RangeError, /config\.warmup: got 1\.5; expected a whole number/);
  await refuses({ channels: 2, mode: 'commissioned', warmup: 20 }, RangeError, /config\.warmup: got 20; expected 40 to/);
  await refuses({ threshold: NaN }, RangeError, /config\.threshold: got NaN; expected 0\.1 to 16/);
  await refuses({ rate: 2, mode: 'commissioned' }, RangeError, /config\.rate: got 2; expected 0 to 1/);
});

test('it streams unless told otherwise', async () => {
  for (const channels of [1, 3]) assert.is((await createDetector({ channels })).config.mode, 'streaming');
  assert.is((await createDetector({ channels: 3, mode: 'commissioned' })).config.mode, 'commissioned');
});

test('bytesNeeded is what the core takes, for every shape', async () => {
  const random = new Random(3);
  for (let k = 0; k < 60; k++) {
    const mode = k % 2 === 0 ? 'streaming' : 'commissioned';
    const config: DetectorConfig = { mode, channels: 1 + random.below(256), units: random.below(65), bits: k % 4 < 2 ? 8 : 16 };
    if (mode === 'commissioned') config.units = Math.max(1, config.units!);
    if (mode === 'streaming' && config.channels === 1) config.units = 0;
    const { arena, page, weights, history, channels, header, scratch } = await detectorBytesNeeded(config);
    assert.is(weights + history + channels + header + scratch, arena);
    const core = detectorCore(integersOf(detectorWordsOf(resolveDetectorConfig(config))));
    assert.is(core.bytes, arena, JSON.stringify(config));
    assert.is(core.pageBytes, page, JSON.stringify(config));
  }
});

test('streaming takes at most 3 kB for one channel and 8 for eight, commissioned below one for eight', async () => {
  assert.ok((await detectorBytesNeeded()).arena <= 3072);
  assert.ok((await detectorBytesNeeded({ channels: 8 })).arena <= 8192);
  assert.ok((await detectorBytesNeeded({ channels: 8, mode: 'commissioned' })).arena <= 1024);
});

test('memory does not grow with use', async () => {
  const core = detectorCore(integersOf(detectorWordsOf(resolveDetectorConfig({}))));
  const random = new Random(1);
  for (let t = 0; t < 20_000; t++) core.observe(new Uint32Array(Float32Array.of(random.normal()).buffer));
  assert.is(core.pageBytes, 65536);
});

test('streaming: a spike, a shift and a stuck sensor are found within 20 samples; 4,000 quiet samples give few alarms', async () => {
  const random = new Random(5);
  const noise = (): number => 20 + random.normal();
  for (const [name, fault] of [
    ['spike', (i: number) => (i < 3 ? 45 : noise())],
    ['shift', () => noise() + 6],
  ] as const) {
    const detector = await createDetector({ mode: 'streaming' });
    const quiet = alarmsIn(detector, Array.from({ length: 4000 }, noise));
    assert.ok(quiet.length <= 8, `${quiet.length} alarms in quiet`);
    const found = alarmsIn(detector, Array.from({ length: 20 }, (_, i) => fault(i)));
    assert.ok(found.length > 0, `${name} was not found`);
  }
});

test('streaming: a pattern that breaks without leaving its range is found, and named', async () => {
  const wave = (i: number): number => [0, 2, 5, 9, 7, 4, 1, -3, -6, -4][i % 10]!;
  const detector = await createDetector();
  assert.is(alarmsIn(detector, Array.from({ length: 3000 }, (_, i) => wave(i))).filter((row) => row > 200).length, 0);
  const views = new Set<string>();
  for (let i = 0; i < 40; i++) { // the same values in another order
    const found = detector.observe(wave(3 * i));
    if (found.alarm) views.add(found.views[0]!);
  }
  assert.ok(views.has('rhythm') || views.has('change'), [...views].join());
});

/** Two sensors that follow each other and one that does not. */
function pump(random: Random, fault = false): Float64Array {
  const load = random.normal();
  return Float64Array.of(50 + 10 * load + random.normal(), (fault ? 8 : 3) + load + 0.1 * random.normal(), 1000 + 5 * random.normal());
}

test('commissioned: a fault is found for as long as it lasts, and its channel named', async () => {
  const random = new Random(9);
  const detector = await createDetector({ channels: 3, mode: 'commissioned' });
  for (let i = 0; i < 400; i++) assert.is(detector.observe(pump(random)).score, 0);
  assert.is(detector.stats().toLearn, 0);
  const quiet = alarmsIn(detector, Array.from({ length: 1000 }, () => pump(random)));
  assert.ok(quiet.length < 30, `${quiet.length} of 1,000 rows`);
  let alarms = 0;
  for (let i = 0; i < 2000; i++) {
    const { alarm, score, channels } = detector.observe(pump(random, true));
    if (!alarm) continue;
    alarms++;
    assert.ok(channels[1]! > channels[0]! && channels[1]! > channels[2]!, `row ${i}: ${channels}`);
    assert.ok(Math.abs(channels.reduce((sum, part) => sum + Math.abs(part), 0) - score) < 1e-9);
  }
  assert.ok(alarms > 1950, `${alarms} of 2,000 rows`);
});

test('commissioned: after the warm-up nothing that was learned moves, until it is commissioned anew', async () => {
  const random = new Random(2);
  const words = resolveDetectorConfig({ channels: 3, mode: 'commissioned' });
  const core = detectorCore(integersOf(detectorWordsOf(words)));
  const bits = (x: Float64Array): Uint32Array => new Uint32Array(Float32Array.from(x).buffer);
  for (let i = 0; i < 400; i++) core.observe(bits(pump(random)));
  const { header, channels, weights } = detectorPlanOf(words);
  const learned = (): Uint8Array => {
    const state = core.state();
    for (let i = 0; i < 3; i++) state.fill(0, header + i * 24 + 20, header + i * 24 + 24); // the smoothed values go on
    return state.subarray(header, header + channels + weights);
  };
  const before = learned();
  for (let i = 0; i < 500; i++) core.observe(bits(pump(random, i > 200)));
  assert.equal(learned(), before);
  core.commission();
  for (let i = 0; i < 400; i++) core.observe(bits(pump(random, true)));
  assert.not.equal(learned(), before);
  // what was a fault is normal now
  let alarms = 0;
  for (let i = 0; i < 1000; i++) if (core.observe(bits(pump(random, true)))) alarms++;
  assert.ok(alarms < 50, `${alarms} of 1,000 rows`);
});

test('alarm-rate control: what comes back all the time is told ever more seldom', async () => {
  const random = new Random(4);
  const values = Array.from({ length: 12_000 }, () => random.normal() ** 3); // rare readings far off
  const loose = { hold: 20, threshold: 0.5 };
  const [controlled, free] = [await createDetector({ ...loose, alarmEvery: 1024 }), await createDetector(loose)];
  const [few, many] = [alarmsIn(controlled, values), alarmsIn(free, values)];
  assert.ok(few.length < many.length, `${few.length} with, ${many.length} without`);
  assert.is(controlled.stats().alarms, few.length);
  assert.ok(controlled.stats().threshold >= 1);
  assert.is(free.stats().threshold, 1);
});

test('hold keeps alarms apart', async () => {
  const random = new Random(8);
  const detector = await createDetector({ hold: 50, alarmEvery: 0, threshold: 0.5 });
  const rows = alarmsIn(detector, Array.from({ length: 2000 }, () => random.normal()));
  assert.ok(rows.length > 10);
  assert.ok(rows.every((row, i) => i === 0 || row - rows[i - 1]! > 50));
});

test('missing values have no part: a channel that is missing now and then goes on as if nothing was, and its score is the last one', async () => {
  const random = new Random(6);
  const [gaps, whole] = [await createDetector(), await createDetector()];
  let last = 0;
  for (let i = 0; i < 1000; i++) {
    const x = random.normal();
    if (i % 7 === 0) for (const missing of [NaN, Infinity, -1e39]) assert.ok(gaps.observe(missing).score <= Math.max(last, 1));
    last = whole.observe(x).score;
    assert.is(gaps.observe(x).score, last);
  }
});

test('a snapshot goes on to the same scores and bytes, in both modes', async () => {
  for (const config of [{}, { channels: 2 }, { channels: 3, mode: 'commissioned' }, { channels: 3, mode: 'commissioned', bits: 16 }] as DetectorConfig[]) {
    const random = new Random(7);
    const first = await createDetector({ warmup: 300, ...config });
    const sample = (): Float64Array => Float64Array.from({ length: first.config.channels }, () => random.normal());
    for (let i = 0; i < 250; i++) first.observe(sample());
    const second = await loadDetector(first.save());
    assert.equal(second.config, first.config);
    for (let i = 0; i < 250; i++) {
      const x = sample();
      assert.equal(second.observe(x), first.observe(x));
    }
    assert.equal(second.save(), first.save());
    assert.equal(second.stats(), first.stats());
  }
});

test('a clone goes its own way; a reset is the first moment again', async () => {
  for (const config of [{ warmup: 60 }, { channels: 2, mode: 'commissioned', warmup: 60 }] as DetectorConfig[]) {
    const random = new Random(11);
    const first = await createDetector(config);
    const fresh = first.save();
    const samples = Array.from({ length: 200 }, () => Float64Array.from({ length: first.config.channels }, () => random.normal()));
    for (const x of samples) first.observe(x);
    const before = first.save();
    const copy = first.clone();
    assert.equal([copy.config, copy.save()], [first.config, before]);
    for (const x of samples) copy.observe(x);
    assert.equal(first.save(), before);
    copy.reset();
    assert.equal([copy.save(), copy.stats().seen], [fresh, 0]);
    for (const x of samples) copy.observe(x);
    assert.equal(copy.save(), before);
    copy.dispose();
    assert.throws(() => copy.clone(), /disposed/);
  }
});

test('a snapshot with a state that no detector leaves is refused, though its checksum fits', async () => {
  const detector = await createDetector({ warmup: 50 });
  for (let i = 0; i < 100; i++) detector.observe(Math.sin(i));
  const good = detector.save();
  const header = good.length - 4 - (detector.stats().bytes.arena - detector.stats().bytes.scratch);
  for (const [at, value, why] of [[12, 0, /random state 0/], [16, 0, /threshold 0, expected/], [20, 97, /hold 97, expected 0 to 96/], [8, 101, /alarms 101/], [32, 2 ** 20 + 1, /score 1048577, expected 0 to 1048576/], [48 + 96, 7, /channel 0 with 100 remembered values of 7/], [36, 2 ** 20 + 1, /score 1048577, expected 0 to 1048576/], [48 + 234, 77, /channel 0 with period 77 of 100 values/]] as const) {
    const bytes = good.slice();
    const view = new DataView(bytes.buffer);
    view.setUint32(header + at, value, true);
    view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
    const error = await loadDetector(bytes).then(() => undefined, (thrown: Error & { code?: string }) => thrown);
    assert.is(error?.code, 'ESNAPSHOT_SHAPE', String(why));
    assert.match(error!.message, why);
  }
});

test('every configuration survives its snapshot', async () => {
  const random = new Random(12);
  for (let k = 0; k < 200; k++) {
    const config = resolveDetectorConfig({
      channels: 1 + random.below(4), mode: k % 2 === 0 ? 'streaming' : 'commissioned', warmup: 40 + random.below(1000), hold: random.below(1000),
      threshold: (1 + random.below(159)) / 10, alarmEvery: random.below(2000), ...(k % 2 === 0 ? {} : { rate: random.below(101) / 100 }), seed: random.u32(),
    });
    assert.equal((await loadDetector((await createDetector(config)).save())).config, config);
  }
});

test('a note is kept, by a clone too, and changes nothing that was learned; without one the file is as before there were notes', async () => {
  const detector = await createDetector({ channels: 2 });
  for (let t = 0; t < 50; t++) detector.observe([t, -t]);
  const plain = detector.save();
  detector.note = '{"fields":["größe","p"]}';
  const noted = detector.save();
  assert.equal([plain[4], noted[4], noted.length - plain.length], [1, 2, 4 + new TextEncoder().encode(detector.note).length]);
  const again = await loadDetector(noted);
  assert.equal([again.note, again.seen, again.clone().note], [detector.note, 50, detector.note]);
  assert.equal(again.save(), noted);
  again.note = '';
  assert.equal(again.save(), plain);
  for (const length of [noted.length - 1, noted.length - 8, plain.length - 4, plain.length]) {
    const reason = await loadDetector(noted.subarray(0, length)).then(() => 'loaded', (error: Error) => error.message);
    assert.match(reason, 'cut off', String(length));
  }
  const empty = Uint8Array.from([...plain.subarray(0, -4), 0, 0, 0, 0, 0, 0, 0, 0]);
  empty[4] = 2;
  new DataView(empty.buffer).setUint32(empty.length - 4, crc32(empty.subarray(0, -4)), true);
  assert.match(await loadDetector(empty).then(() => 'loaded', (error: Error) => error.message), 'settings that this build does not know');
});

test('foreign, cut, damaged and newer snapshots are refused with the reason', async () => {
  const good = (await createDetector()).save();
  const code = async (bytes: Uint8Array): Promise<string> => {
    try {
      await loadDetector(bytes);
      return 'taken';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  };
  const changed = (at: number, value: number, seal = true): Uint8Array => {
    const bytes = good.slice();
    bytes[at] = value;
    if (seal) new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
    return bytes;
  };
  assert.is(await code(good), 'taken');
  assert.is(await code(new Uint8Array(0)), 'ESNAPSHOT_MAGIC');
  assert.is(await code(changed(0, 0x50)), 'ESNAPSHOT_MAGIC');
  assert.is(await code(good.subarray(0, 30)), 'ESNAPSHOT_TRUNCATED');
  assert.is(await code(good.subarray(0, -1)), 'ESNAPSHOT_TRUNCATED');
  assert.is(await code(changed(4, 9)), 'ESNAPSHOT_VERSION');
  assert.is(await code(changed(100, 77, false)), 'ECRC');
  assert.is(await code(changed(56, 9)), 'ESNAPSHOT_ARITHMETIC');
  assert.is(await code(changed(20, 12)), 'ESNAPSHOT_SHAPE'); // 12 bits
  assert.is(await code(changed(12, 2)), 'ESNAPSHOT_SHAPE'); // two channels, state for one
  let refused = '';
  try {
    await loadLearner(good);
  } catch (error) {
    refused = (error as { code: string }).code;
  }
  assert.is(refused, 'ESNAPSHOT_MAGIC');
});

test('wrong samples and a detector that was disposed of are refused', async () => {
  const detector = await createDetector({ channels: 2 });
  assert.throws(() => detector.observe([1]), /x: 1 values; this detector takes 2/);
  assert.throws(() => detector.observe(1), /x: one number; this detector takes an array of 2/);
  assert.throws(() => detector.observe([1, '2'] as unknown as number[]), /x\[1\]: expected a number, got '2'/);
  assert.throws(() => detector.observe(undefined as unknown as number[]), /x: expected an array of 2 numbers/);
  detector.dispose();
  assert.throws(() => detector.observe([1, 2]), /was disposed of/);
});

test('the temperature of the machine: at least three of four windows, at most two false alarms a month', async () => {
  // the anomaly windows of the Numenta Anomaly Benchmark, as rows
  const windows = [[2126, 2692], [3703, 4269], [16057, 16623], [19232, 19798]] as const;
  const text = gunzipSync(readFileSync(`${root}data/nab_machine_temperature_system_failure.csv.gz`)).toString();
  const values = text.trim().split(/\r?\n/).slice(1).map((line) => Number(line.split(',')[1]));
  assert.is(values.length, 22695);
  const rows = alarmsIn(await createDetector({ warmup: 2016 }), values);
  const inside = (row: number): number => windows.findIndex(([first, last]) => row >= first && row <= last);
  assert.ok(new Set(rows.map(inside).filter((window) => window >= 0)).size >= 3);
  const months = values.length / (288 * 365 / 12);
  assert.ok(rows.filter((row) => inside(row) < 0).length / months <= 2);
});

test('what is recent is the greatest score, of which a 96th fades with each sample', async () => {
  for (const config of [{}, { threshold: 0.5 }, { mode: 'commissioned', warmup: 60 }] as DetectorConfig[]) {
    const random = new Random(8);
    const detector = await createDetector(config);
    let [expected, greatest] = [0, 0];
    for (let t = 0; t < 800; t++) {
      const { score, recent } = detector.observe(random.normal() + (t === 600 ? 30 : 0));
      expected = Math.max(score, expected * (1 - 1 / 96));
      greatest = Math.max(greatest, score);
      assert.ok(Math.abs(recent - expected) < 0.01, `sample ${t}: ${recent}, expected ${expected}`);
    }
    assert.ok(greatest > 1 && expected < 0.5 * greatest, `${expected} after ${greatest}`);
    detector.commission();
    assert.is(detector.observe(0).recent, 0);
  }
});

test('the core stays within its bytes, imports nothing and has no floating point', () => {
  const wasm = readFileSync(`${root}build/detector.wasm`);
  assert.ok(wasm.length <= 15_360, `${wasm.length} bytes, budget 15,360`);
  assert.equal(WebAssembly.Module.imports(new WebAssembly.Module(wasm)), []);
  const instructions = readFileSync(`${root}build/detector.wat`, 'utf8').replace(/"[^"]*"/g, '""');
  assert.equal(instructions.match(/\b(f32|f64|v128)\b.*/g) ?? [], []);
});

test('one reading far off is an alarm, around zero as on a level, and nothing before it is', async () => {
  const signals = { sine: (t: number) => Math.sin(t / 20) + 0.1 * Math.sin(7 * t), level: (t: number) => 20 + 0.1 * Math.sin(t / 20) + 0.01 * Math.sin(7 * t) };
  for (const [name, signal] of Object.entries(signals)) {
    const far = name === 'sine' ? 9 : 22;
    for (let seed = 1; seed <= 5; seed++) {
      const rows = alarmsIn(await createDetector({ seed }), Array.from({ length: 2000 }, (_, t) => (t === 1500 ? far : signal(t))));
      assert.equal(rows, [1500], `${name}, seed ${seed}`);
    }
  }
});

test.run();
