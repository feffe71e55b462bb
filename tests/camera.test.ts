// The camera of a real Chromium, which sees a film in place of a room: pictures, the features that Node makes of them, an end, an abort, a camera that goes away.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pictureFeatures, smallPicture } from '../host/sources/camera.js';
import { Random } from '../benchmarks/rivals/random.js';
import { BrowserPage } from './browser-page.js';
import { CHROMIUM } from './page.js';
import { THINGS, Table, pictures } from './objects.js';
import { assert, suite } from './suite.js';
import { y4m } from './y4m.js';

const test = suite('camera', CHROMIUM);

const PAGE = `
import { openCamera } from './sources/camera.js';

const facts = {};
const failure = (promise) => promise.then(() => 'fine', (error) => error.message);
const drain = async (source) => { for await (const _ of source); };
try {
  const source = await openCamera({ rate: 20 });
  const seen = [];
  for await (const sample of source) {
    seen.push(sample);
    if (seen.length === 4) break; // which closes it
  }
  const { x, picture } = seen.at(-1);
  facts.seen = { x: [...x], picture: [...picture], times: seen.map(({ t }) => t), inputs: source.inputs, received: source.counts().received };

  const stop = new AbortController();
  const aborted = await openCamera({ signal: stop.signal });
  stop.abort(new Error('enough'));
  facts.aborted = await failure(drain(aborted));

  const canvas = document.createElement('canvas');
  setInterval((draw) => draw.fillRect(10 * Math.random(), 0, 10, 10), 50, canvas.getContext('2d')); // a canvas that stands still gives no frames
  const stream = canvas.captureStream(10);
  const gone = await openCamera({ stream });
  stream.getVideoTracks()[0].dispatchEvent(new Event('ended'));
  facts.gone = await failure(drain(gone));

  const whole = canvas.captureStream(10);
  const unread = await openCamera({ stream: whole });
  const read = CanvasRenderingContext2D.prototype.getImageData;
  CanvasRenderingContext2D.prototype.getImageData = () => { throw new DOMException('tainted', 'SecurityError'); };
  facts.unread = await failure(drain(unread));
  CanvasRenderingContext2D.prototype.getImageData = read;

  const asked = [];
  const ask = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async () => { asked.push('asked'); throw new Error('asked'); };
  whole.getTracks().forEach((track) => track.stop());
  const silent = [new MediaStream(), whole, canvas].map((stream) => ({ stream }));
  facts.wrong = [];
  for (const options of [{ rate: 0 }, { facing: 'up' }, { queue: 0 }, { signal: AbortSignal.abort(new Error('enough')) }, ...silent]) facts.wrong.push(await failure(openCamera(options)));
  facts.asked = asked;
  navigator.mediaDevices.getUserMedia = ask;
  facts.refused = [];
  for (const name of ['NotAllowedError', 'NotFoundError', 'NotReadableError']) {
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', name); };
    facts.refused.push(await failure(openCamera()));
  }
} catch (error) {
  facts.error = error.stack;
}
await fetch('/facts', { method: 'POST', body: JSON.stringify(facts) });
`;

const [scene] = pictures(THINGS['mug']!, 1, new Table(320, 240, new Random(2)), new Random(3));
let facts: Record<string, unknown>;

test.before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onward-camera-'));
  const file = join(folder, 'room.y4m');
  writeFileSync(file, y4m([scene!, scene!], 10));
  const page = await BrowserPage.serve(PAGE);
  facts = await page.visit(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]);
  page.close();
  rmSync(folder, { recursive: true });
});

test('it gives pictures, and the features that Node makes of the same picture', () => {
  assert.is(facts['error'], undefined);
  const { x, picture, times, inputs, received } = facts['seen'] as { x: number[]; picture: number[]; times: number[]; inputs: number; received: number };
  assert.is(inputs, x.length);
  assert.equal(x, [...pictureFeatures(picture)]);
  assert.ok(received >= 4 && times.every((t, i) => i === 0 || t > times[i - 1]!));
  const own = smallPicture(scene!);
  const apart = picture.reduce((sum, value, i) => sum + Math.abs(value - own[i]!), 0) / own.length;
  assert.ok(apart < 12, `${apart} of 255 beside the scene`);
});

test('an abort, a camera that goes away, a wrong option and a refusal say what they are', () => {
  assert.is(facts['aborted'], 'enough');
  assert.is(facts['gone'], "the camera went away: connect it again, or choose another in the browser's settings, and open it anew");
  assert.is(facts['unread'], 'the picture cannot be read: tainted');
  assert.equal(facts['wrong'], [
    'options.rate: got 0; expected more than 0, 60 at most', "options.facing: got up; expected 'environment' or 'user'", 'queue: got 0; expected a whole number from 1', 'enough',
    'options.stream: it has no video track; expected one', 'options.stream: its video track has ended; expected one that is live', 'options.stream: expected a MediaStream, got an object',
  ]);
  assert.equal(facts['asked'], []); // of the visitor
  assert.equal(facts['refused'], ["the camera was refused: allow it for this page in the browser's settings", 'there is no camera: connect one', 'the camera is in use by another program: end that, or choose another camera']);
});

test.run();
