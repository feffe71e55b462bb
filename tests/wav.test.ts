// WAV files: every coding, odd ones, other rates; windows of them; the commands on a folder of them.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWav, resample, soundWindows } from '../host/sources/wav.js';
import { buildCli, runCommand, type Ended } from './command.js';
import { assert, suite } from './suite.js';

const test = suite('wav');

test.before(() => buildCli());

const run = (...args: string[]): Promise<Ended> => runCommand(args);

interface Made {
  code?: number;
  bits?: number;
  channels?: number;
  rate?: number;
  extensible?: boolean;
  /** Chunks in front of the sound. */
  before?: Buffer;
  /** And behind it. */
  after?: Buffer;
  /** Bytes of a moment. */
  block?: number;
}

const chunk = (name: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)]);
};

/** A file of these values, -1 to 1, channel by channel of a moment. */
function wav(values: readonly number[], { code = 1, bits = 16, channels = 1, rate = 16000, extensible = false, before = Buffer.alloc(0), block = (channels * bits) / 8, after = Buffer.alloc(0) }: Made = {}): Buffer {
  const bytes = bits / 8;
  const data = Buffer.alloc(values.length * bytes);
  values.forEach((value, i) => {
    if (code === 3) return bits === 32 ? data.writeFloatLE(value, 4 * i) : data.writeDoubleLE(value, 8 * i);
    const whole = Math.round(value * (2 ** (bits - 1) - 1));
    return bits === 8 ? data.writeUInt8(whole + 128, i) : data.writeIntLE(whole, bytes * i, bytes);
  });
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : code, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt16LE(block, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) format.writeUInt16LE(code, 24);
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), before, chunk('data', data), after]);
  return chunk('RIFF', body);
}

test('every coding gives what was recorded', async () => {
  const values = [0, 0.5, -0.5, 1, -1, 0.25];
  for (const [code, bits] of [[1, 8], [1, 16], [1, 24], [1, 32], [3, 32], [3, 64]] as const) {
    for (const extensible of [false, true]) {
      const { samples, rate } = readWav(wav(values, { code, bits, extensible, rate: 44100 }));
      assert.is(rate, 44100);
      assert.is(samples.length, values.length);
      samples.forEach((value, i) => assert.ok(Math.abs(value - values[i]) < 0.02, `${code} of ${bits} bits: ${value}, not ${values[i]}`));
    }
  }
});

test('of several channels it takes the mean', async () => {
  assert.equal([...readWav(wav([1, 0, -0.5, 0.5], { code: 3, bits: 32, channels: 2 })).samples], [0.5, 0]);
});

test('chunks that are no sound are passed over, one of odd length too', async () => {
  const before = Buffer.concat([chunk('LIST', Buffer.from('INFOx')), chunk('bext', Buffer.alloc(602))]);
  assert.equal([...readWav(wav([0.5], { code: 3, bits: 32, before })).samples], [0.5]);
});

test('a file that was cut short, or whose recorder wrote no length, gives what is there', async () => {
  const whole = wav([0.5, 0.25, 0.125], { code: 3, bits: 32 });
  assert.is(readWav(whole).missing, undefined);
  assert.equal([[...readWav(whole.subarray(0, -5)).samples], readWav(whole.subarray(0, -5)).missing], [[0.5], 2]);
  for (const length of [0, 0x7fff_ff00, 0x8000_0000, 0xffff_ffff]) {
    const bytes = Buffer.from(whole);
    bytes.writeUInt32LE(length, 40);
    assert.equal([[...readWav(bytes).samples], readWav(bytes).missing], [[0.5, 0.25, 0.125], undefined]);
  }
});

test('what is no such file is named, with the way to make one of it', async () => {
  const refused = (bytes: Uint8Array, message: RegExp): void => void assert.throws(() => readWav(bytes), message);
  await refused(new Uint8Array(), /an empty file, not a WAV file; convert it to one: ffmpeg -i FILE FILE\.wav/);
  await refused(Buffer.from('OggS................'), /an Ogg file, not/);
  await refused(Buffer.from('fLaC................'), /a FLAC file/);
  await refused(Buffer.from('ID3.................'), /an MP3 file/);
  await refused(Buffer.from('....ftypM4A ........'), /an MP4 file/);
  await refused(Buffer.from('level,label\n1,2\n'), /something else, not a WAV file/);
  await refused(wav([0], { code: 6, bits: 8 }), /coding 6 is not read; PCM 8, PCM 16, .*: ffmpeg -i FILE -c:a pcm_s16le/);
  await refused(wav([0], { bits: 24, channels: 0 }), /0 channels; 1 to 64/);
  await refused(wav([0], { rate: 0 }), /0 samples a second; 1000 to 384000/);
  assert.throws(() => readWav('a.wav' as never), /wav: expected a Uint8Array of the file, got a string/);
  await refused(wav([]), /there is no sound in it/);
  await refused(wav([0.5]).subarray(0, 40), /there is no sound in it/);
  await refused(wav([0.5]).subarray(0, 30), /a format of 10 bytes; 16 are the least/);
  await refused(wav([0.5], { bits: 24, block: 4 }), /4 bytes for a moment of 1 x PCM 24, which has 3; convert it: ffmpeg/);
  for (const after of [chunk('LIST', Buffer.from('INFOISFT')), Buffer.concat([chunk('LIST', Buffer.from('odd')), chunk('id3 ', Buffer.alloc(40))])]) refused(wav([], { after }), /there is no sound in it/);
  await refused(Buffer.concat([Buffer.from('RIFF....WAVE'), chunk('data', Buffer.alloc(4))]), /its sound comes before its format/);
});

test('another rate keeps a tone that both can have, and loses one that the lower cannot', async () => {
  const tone = (hertz: number, rate: number): Float32Array => Float32Array.from({ length: rate / 2 }, (_, t) => Math.sin((2 * Math.PI * hertz * t) / rate));
  for (const [from, to] of [[44100, 16000], [8000, 16000], [22050, 8000], [48000, 16000]] as const) {
    const [got, want] = [resample(tone(1000, from), from, to), tone(1000, to)];
    assert.is(got.length, want.length);
    for (let t = 100; t < got.length - 100; t++) assert.ok(Math.abs(got[t] - want[t]) < 0.02, `${from} to ${to}, ${t}: ${got[t]}, not ${want[t]}`);
  }
  const high = resample(tone(6000, 16000), 16000, 8000).subarray(100, -100);
  assert.ok(high.every((value) => Math.abs(value) < 0.02), 'a tone of 6 kHz is heard at 8 kHz');
  assert.throws(() => resample(new Float32Array(4), 0, 8000), /resample: from 0 to 8000/);
});

test('a short recording is one window in its middle, one of less than two its loudest, a longer one is cut up', async () => {
  const pieces = (length: number, loud = 0): { t: number; x: number[] }[] =>
    [...soundWindows({ samples: Float32Array.from({ length }, (_, t) => (t >= loud && t < loud + 4 ? 1 : 0.1)), rate: 8 }, { audio: 8, samples: 8 })].map(({ x, t }) => ({ t, x: [...x] }));
  assert.equal(pieces(4), [{ t: -0.25, x: [0, 0, 1, 1, 1, 1, 0, 0] }]);
  assert.is(pieces(15, 10).length, 1);
  assert.ok(pieces(15, 10)[0].x.filter((value) => value === 1).length === 4, 'the loud part is in the window');
  const holes = Float32Array.from({ length: 15 }, (_, t) => (t === 2 ? NaN : t === 3 ? -Infinity : t >= 10 && t < 14 ? 1 : 0.1));
  assert.is([...soundWindows({ samples: holes, rate: 8 }, { audio: 8, samples: 8 })][0].t, 6 / 8, 'values that are none have no power');
  assert.equal(pieces(20).map(({ t }) => t), [0, 0.5, 1, 1.5]);
  assert.throws(() => [...soundWindows({ samples: new Float32Array(20), rate: 8 }, { audio: 8, samples: 8, hop: 0 })], /"hop" must be a whole number/);
});

test('the commands teach a folder of sounds, and answer files of it by their names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-wav-'));
  try {
    const sound = (pitch: number, take: number) => Array.from({ length: 8000 }, (_, t) => (t > 300 * take && t < 4000 + 300 * take ? 0.5 : 0.01) * Math.sin((pitch + take / 200) * t) + 0.01 * Math.sin(t * t));
    for (const [label, pitch] of [['low', 0.15], ['high', 0.9]] as const) {
      mkdirSync(join(folder, 'taught', label), { recursive: true });
      for (let take = 0; take < 8; take++) writeFileSync(join(folder, 'taught', label, `${take}.wav`), wav(sound(pitch, take), { rate: 8000, bits: take % 2 === 0 ? 16 : 24 }));
    }
    writeFileSync(join(folder, 'high-09.wav'), wav(sound(0.9, 9), { rate: 8000 }));
    writeFileSync(join(folder, 'what.wav'), wav(Array.from({ length: 3 }, () => sound(0.15, 3)).flat(), { rate: 8000 }));
    writeFileSync(join(folder, 'taught', 'low', '._3.wav'), 'of macOS');
    const model = join(folder, 'model');
    const taught = await run('eval', join(folder, 'taught'), '--audio', '8000', '--passes', '4', '--exemplars', '20', '--save', model);
    assert.is(taught.code, 0, taught.err);
    assert.match(taught.out, /16\s+161 inputs, 2 labels/);
    const answers = await run('predict', model, folder);
    assert.is(answers.code, 0, answers.err);
    const ids = answers.out.split('\n').map((line) => line.split(',').slice(1, 3).join(' '));
    assert.ok(ids.includes('high-09.wav high'), answers.out);
    assert.ok(ids.includes('what.wav 0.50 s low'), answers.out);
    assert.match(answers.err, /100\.0 % of the 1 with a label are right/);
    const learned = await run('learn', '--source', join(folder, 'taught'), '--audio', '8000', '--store', join(folder, 'store'));
    assert.match(learned.err, /16 samples, 16 learned/);
    const again = await run('learn', '--source', join(folder, 'taught'), '--audio', '16000', '--store', join(folder, 'store'));
    assert.match(again.err, /the stored learner has 1 s of sound at 8000 Hz: leave --audio and --seconds out/);
    for (const [wrong, right] of [[['--audio', '8000', '--seconds', '2'], ['--audio', '8000', '--seconds', '1']], [['--seconds', '0.5'], ['--seconds', '1']]] as const) {
      assert.match((await run('learn', '--source', join(folder, 'taught'), ...wrong, '--store', join(folder, 'store'))).err, /the stored learner has 1 s of sound at 8000 Hz: leave/);
      assert.is((await run('learn', '--source', join(folder, 'taught'), ...right, '--store', join(folder, 'store'))).code, 0);
      assert.match((await run('predict', model, join(folder, 'high-09.wav'), ...wrong)).err, /the model has 1 s of sound at 8000 Hz: leave/);
      assert.is((await run('predict', model, join(folder, 'high-09.wav'), ...right)).code, 0);
    }
    // one bad file leaves the others
    writeFileSync(join(folder, 'taught', 'low', 'none.wav'), '');
    mkdirSync(join(folder, 'taught', 'low', 'folder.wav'));
    writeFileSync(join(folder, 'taught', 'high', 'short.wav'), wav(sound(0.9, 1), { rate: 8000 }).subarray(0, 44 + 8000));
    const rest = await run('eval', join(folder, 'taught'), '--audio', '8000', '--json');
    assert.is(rest.err.split('\n').filter((line) => /low.none\.wav: left out: wav: an empty file, not a WAV file/.test(line)).length, 1, rest.err);
    assert.match(rest.err, /low.folder\.wav: left out: EISDIR/);
    assert.match(rest.err, /high.short\.wav: cut short: of 1\.00 s it has 0\.50, which are used/);
    assert.equal([JSON.parse(rest.out).samples, JSON.parse(rest.out).warnings.length], [17, 3]);
    const heard = await run('predict', model, join(folder, 'taught'));
    assert.match(heard.err, /none\.wav: left out[^]*short\.wav: cut short|short\.wav: cut short[^]*none\.wav: left out/);
    assert.is(heard.out.trim().split('\n').length, 1 + 17);
    assert.match((await run('learn', '--source', join(folder, 'taught'), '--audio', '8000', '--store', join(folder, 'rest'))).err, /none\.wav: left out[^]*17 samples, 17 learned/);
    assert.is((await run('predict', model, join(folder, 'taught'), '--quiet')).err, '');
    const tasks = await run('eval', join(folder, 'taught'), '--tasks', 'label', '--labels-per-task', '1', '--quiet');
    assert.match((await run('inspect', model)).out, /sound +8,000 Hz +windows of 1 s, 20 bands\n/);
    assert.equal(JSON.parse((await run('inspect', model, '--json')).out).sound, { audio: 8000, samples: 8000, bands: 20 });
    // silence has no answer; a new label is no fault of who teaches it
    mkdirSync(join(folder, 'new', 'none'), { recursive: true });
    writeFileSync(join(folder, 'new', 'none', '1.wav'), wav(Array(8000).fill(0), { rate: 8000 }));
    assert.match((await run('predict', model, join(folder, 'new'))).out, /none.1\.wav,unknown,0\.5,/);
    const taughtNew = await run('learn', '--source', join(folder, 'new'), '--store', join(folder, 'rest'));
    assert.match(taughtNew.err, /1 label was not in the file that was learned \(none\): no answer names it before it is learned/);
    assert.match(taughtNew.out, /"label":"unknown","probability":0\.5,/);
    assert.is(tasks.code, 0, tasks.err);

    const refused = async (message: RegExp, ...args: string[]): Promise<void> => {
      const { code, err } = await run(...args);
      assert.ok(code !== 0);
      assert.match(err, message);
    };
    await refused(/--audio must be 8000 or 16000, got 12000/, 'eval', folder, '--audio', '12000');
    writeFileSync(join(folder, 'rows.csv'), 'a,label\n1,x\n2,y\n');
    await refused(/--seconds is of WAV files/, 'eval', join(folder, 'rows.csv'), '--seconds', '2');
    await refused(/--window is of tables; --seconds says/, 'eval', join(folder, 'taught'), '--window', '8');
    await refused(/--drop is of tables; a sound has the label/, 'eval', join(folder, 'taught'), '--drop', 'level');
    await refused(/--label is of tables/, 'learn', '--source', join(folder, 'taught'), '--label', 'level', '--store', join(folder, 'other'));
    await refused(/--take is of tables/, 'predict', model, join(folder, 'taught'), '--take', 'level');
    await refused(/--target is of tables/, 'eval', join(folder, 'taught'), '--target', 'level');
    await refused(/every sound is "none"; two labels are needed to learn a difference: give each a folder/, 'eval', join(folder, 'new'));
    await refused(/is a learner that hears sound; onward export takes a learner, detector or regressor; onward predict, .* take it, a program loads it \(loadSoundLearner/, 'export', join(folder, 'out'), model);
    assert.match((await run('predict', model, join(folder, 'taught', 'high'))).err, /8 with a label are right/); // numbers alone: the folder says
    mkdirSync(join(folder, 'empty'));
    await refused(/empty: there is no \.wav in this folder/, 'eval', join(folder, 'empty'));
    writeFileSync(join(folder, 'empty', 'song.wav'), 'ID3 song.........');
    await refused(/empty: no WAV file in this folder can be read; .*song\.wav: wav: an MP3 file, not a WAV file/, 'eval', join(folder, 'empty'));
    const rows = join(folder, 'rows-model');
    await run('eval', join(folder, 'rows.csv'), '--save', rows);
    await refused(/is sound, and this model was taught none/, 'predict', rows, join(folder, 'high-09.wav'));
    mkdirSync(join(folder, 'shots.png'));
    await refused(/shots\.png is a folder, of which WAV files are read, and this model was taught no sound: it takes rows of numbers$/m, 'predict', rows, join(folder, 'shots.png'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a recording is taught or tested, never both', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-wav-'));
  const evaluated = (...options: string[]) => run('eval', folder, '--audio', '8000', '--json', ...options);
  const record = (take: number): void => {
    for (const [label, pitch] of [['low', 0.15], ['high', 0.9]] as const) writeFileSync(join(folder, `${label}-${take}.wav`), wav(Array.from({ length: 20000 }, (_, t) => 0.5 * Math.sin((pitch + take / 50) * t)), { rate: 8000 }));
  };
  try {
    record(1);
    assert.match((await evaluated('--test-share', '0.4')).err, /of no label are there two recordings, and windows of one overlap; give other recordings with --test FILE/);
    assert.match((await evaluated('--tasks', 'label', '--labels-per-task', '1')).err, /none of a label that comes in two recordings/);
    record(2);
    record(3);
    // 4 windows of each of 3 recordings of 2 labels: two fifths are 5 windows of a label, which 2 recordings have
    for (const options of [['--shuffle'], ['--in-order']]) assert.is(JSON.parse((await evaluated('--test-share', '0.4', ...options)).out).testSamples, options[0] === '--shuffle' ? 16 : 12);
    assert.equal(JSON.parse((await evaluated('--folds', '3')).out).folds.map(({ samples }: { samples: number }) => samples), [8, 8, 8]);
    assert.equal(JSON.parse((await evaluated('--tasks', 'label', '--labels-per-task', '1', '--test-share', '0.4')).out).tasks.map((task: { test: number }) => task.test), [8, 8]);
    assert.match((await evaluated('--shuffle')).out, /windows of one recording overlap, and --shuffle asks/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
