// The microphone of a real Chromium, which hears a file in place of a room: windows at the learner's rate, a learner that tells it from silence, an end, an abort.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserPage } from './browser-page.js';
import { CHROMIUM } from './page.js';
import { assert, suite } from './suite.js';

const test = suite('microphone', CHROMIUM);

const PAGE = `
import { createSoundLearner } from './sound/index.js';
import { openMicrophone } from './sources/microphone.js';

const facts = {};
const failure = (promise) => promise.then(() => 'fine', (error) => error.message);
try {
  const source = await openMicrophone({ audio: 8000, samples: 2000, hop: 500 });
  const learner = await createSoundLearner({ window: { audio: 8000, samples: 2000 }, labels: ['tone', 'noise'], units: [16] });
  const heard = [];
  for await (const sample of source) {
    heard.push(sample);
    if (heard.length === 8) break; // which closes it
  }
  const last = heard.at(-1).x;
  const crossings = last.filter((value, i) => i > 0 && value >= 0 && last[i - 1] < 0).length;
  facts.windows = { length: heard.every(({ x }) => x.length === 2000), times: heard.map(({ t }) => t), hertz: crossings * 4, loud: Math.max(...last) };
  facts.counts = source.counts().received >= 8;
  for (let i = 0; i < 20; i++) {
    learner.learn(heard[4 + (i % 3)].x, 'tone');
    learner.learn(Float32Array.from({ length: 2000 }, (_, t) => Math.sin(7.7 * (t + i) * (t + 3 * i))), 'noise');
  }
  facts.label = learner.predict(last).label;

  const stop = new AbortController();
  const aborted = await openMicrophone({ signal: stop.signal });
  stop.abort(new Error('enough'));
  facts.aborted = await failure((async () => { for await (const _ of aborted); })());
  facts.wrong = [];
  navigator.mediaDevices.getUserMedia = async () => { throw new Error('asked'); };
  const over = new AudioContext().createMediaStreamDestination().stream;
  over.getTracks().forEach((track) => track.stop());
  for (const options of [{ hop: 0 }, { queue: 0 }, { signal: AbortSignal.abort(new Error('enough')) }, { stream: new MediaStream() }, { stream: over }]) facts.wrong.push(await failure(openMicrophone(options)));
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };
  facts.refused = await failure(openMicrophone());
} catch (error) {
  facts.error = error.stack;
}
await fetch('/facts', { method: 'POST', body: JSON.stringify(facts) });
`;

/** A second of 440 Hz at 44.1 kHz, which Chromium plays over and over. */
function tone(): Buffer {
  const [rate, count] = [44100, 44100];
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + 2 * count, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(2 * rate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(2 * count, 40);
  return Buffer.concat([head, Buffer.from(Int16Array.from({ length: count }, (_, t) => 12000 * Math.sin((2 * Math.PI * 440 * t) / rate)).buffer)]);
}

let facts: Record<string, unknown>;

test.before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-microphone-'));
  const file = join(folder, 'tone.wav');
  writeFileSync(file, tone());
  const page = await BrowserPage.serve(PAGE);
  facts = await page.visit(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`, '--autoplay-policy=no-user-gesture-required']);
  page.close();
  rmSync(folder, { recursive: true });
});

test('it gives windows that overlap, at the rate of the learner', () => {
  assert.is(facts['error'], undefined);
  const { length, times, hertz, loud } = facts['windows'] as { length: boolean; times: number[]; hertz: number; loud: number };
  assert.ok(length && facts['counts']);
  times.forEach((t, i) => assert.ok(Math.abs(t - i / 16) < 0.01, `window ${i} begins at ${t}`));
  assert.ok(Math.abs(hertz - 440) <= 8, `a tone of ${hertz} Hz`);
  assert.ok(loud > 0.05, `${loud}`);
});

test('a learner of sound knows what it heard', () => assert.is(facts['label'], 'tone'));

test('an abort, a wrong option and a refusal say what they are', () => {
  assert.is(facts['aborted'], 'enough');
  assert.equal(facts['wrong'], [
    'options.hop: got 0; expected a whole number of at least 1', 'queue: got 0; expected a whole number from 1', 'enough', 'options.stream: it has no audio track; expected one', 'options.stream: its audio track has ended; expected one that is live',
  ]);
  assert.is(facts['refused'], "the microphone was refused: allow it for this page in the browser's settings");
});

test.run();
