// Sinks: what they write, what they do when it goes out slower than it comes in, and Prometheus' text over a real learner.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from 'prom-client';
import fc from 'fast-check';
import { createDetector, createLearner } from '../host/index.js';
import { InfluxSink, influxSink, lineProtocol } from '../host/sinks/influx.js';
import { ndjsonSink } from '../host/sinks/ndjson.js';
import { prometheusDetectorSink } from '../host/sinks/prometheus-detector.js';
import { prometheusSink } from '../host/sinks/prometheus.js';
import { ndjson } from '../host/sources/ndjson.js';
import { assert, suite } from './suite.js';

const test = suite('sinks');

test('NDJSON into a stream of Node and of the web, and read back', async () => {
  const samples = Array.from({ length: 50 }, (_, i) => ({ x: [i, -i / 8], y: i % 2 ? 'a' : 'b' }));
  const through = new PassThrough();
  const sink = ndjsonSink(through);
  for (const sample of samples) assert.is(sink.write(sample), true);
  await sink.close();
  through.end();
  const back: unknown[] = [];
  for await (const { x, y } of ndjson(through)) back.push({ x: Array.from(x), y });
  assert.equal(back, samples);
  assert.equal(sink.counts(), { written: 50, dropped: 0, waiting: 0 });

  const chunks: string[] = [];
  const web = ndjsonSink(new WritableStream<string>({ write: (text) => void chunks.push(text) }));
  for (let i = 0; i < 3; i++) web.write(i);
  await web.close();
  assert.equal(chunks, ['0\n', '1\n', '2\n']);
});

test('a slow stream: who waits loses nothing, who does not is told and counted; nothing beyond the queue is held', async () => {
  for (const waits of [true, false]) {
    const lines: string[] = [];
    const slow = new Writable({ highWaterMark: 1, decodeStrings: false, write: (text, _, done) => void (lines.push(text), setTimeout(done, 1)) });
    const sink = ndjsonSink(slow, { queue: 4 });
    let taken = 0;
    for (let i = 0; i < 30; i++) {
      if (waits) await sink.ready();
      if (sink.write(i)) taken++;
      assert.ok(sink.counts().waiting <= 4);
    }
    await sink.close();
    assert.equal([taken, lines.length, sink.counts()], waits ? [30, 30, { written: 30, dropped: 0, waiting: 0 }] : [4, 4, { written: 4, dropped: 26, waiting: 0 }]);
  }
});

test('a stream that fails: told where one waits, and counted; a wait can be aborted', async () => {
  const broken = new Writable({ write: (_, __, done) => done(new Error('no space left')) });
  const sink = ndjsonSink(broken, { queue: 1 });
  sink.write(1);
  assert.is(await sink.ready().then(() => 'fine', (error: Error) => error.message), 'no space left');
  assert.is(sink.write(2), false);
  assert.is(await sink.close().then(() => 'fine', (error: Error) => error.message), 'no space left');
  assert.equal(sink.counts(), { written: 0, dropped: 2, waiting: 0 });

  const stuck = ndjsonSink(new Writable({ write: () => {} }), { queue: 1 });
  stuck.write(1);
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 20); // AbortSignal.timeout would not keep the process
  assert.is(await stuck.ready(stop.signal).then(() => 'fine', (error: Error) => error.message), 'enough');
});

test('line protocol: types, sorted tags, escapes', () => {
  assert.is(
    lineProtocol({ measurement: 'pump', tags: { site: 'a b', id: '7', empty: '', none: undefined }, fields: { ok: true, label: 'a "b" \\ c', n: 12n, margin: 0.25, bad: NaN, no: null }, time: 1700000000123 }),
    'pump,id=7,site=a\\ b ok=true,label="a \\"b\\" \\\\ c",n=12i,margin=0.25 1700000000123',
  );
  assert.is(lineProtocol({ measurement: 'a, b=c', tags: { 'k,=': 'v=,' }, fields: { 'f =,': 1e21 }, time: new Date(5) }), 'a\\,\\ b=c,k\\,\\==v\\=\\, f\\ \\=\\,=1e+21 5');
  assert.is(lineProtocol({ measurement: 'a', fields: { x: Infinity, y: undefined } }), undefined);
  for (const point of [{ measurement: '', fields: {} }, { measurement: '_a', fields: {} }, { measurement: 'a', fields: {}, time: NaN }, { measurement: 'a', fields: { x: 2n ** 63n } }]) assert.throws(() => lineProtocol(point));
});

test('line protocol: whatever the names and strings are, a reader of the protocol gets one line and the same fields back', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '=', '"', '\\', '\n', '\t', '#'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(text, text, text, text, (key, tag, field, value) => {
      const line = lineProtocol({ measurement: `m${key}`, tags: { [key]: tag }, fields: { [field]: value, n: 1n }, time: 9 })!;
      const head = splitOutside(line, ' ', false)[0]!;
      const [fields, time] = splitOutside(line.slice(head.length + 1), ' ');
      assert.is(time, '9', line);
      assert.is(splitOutside(head, ',', false).length, 2, line);
      const entries = splitOutside(fields!, ',').map((pair) => splitOutside(pair, '=')[1]!);
      const strings = entries.filter((entry) => entry.startsWith('"'));
      if (field !== 'n') assert.equal(strings.map((entry) => entry.slice(1, -1).replace(/\\(["\\])/g, '$1')), [value], line);
    }),
    { seed: 7, numRuns: 500 },
  );
});

/** As the database reads: a backslash takes the next character with it, strings in quotes hold anything. */
function splitOutside(line: string, at: string, strings = true): string[] {
  const parts = [''];
  let quoted = false;
  let value = false; // what comes next is the first of a field's value: only there does a quote begin a string
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (character === '\\') {
      parts[parts.length - 1] += character + (line[++i] ?? '');
      value = false;
      continue;
    }
    if (character === '"' && (quoted || value)) quoted = !quoted;
    value = strings && character === '=' && !quoted;
    if (character === at && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** A database that answers as it is told. */
async function database(): Promise<{ server: Server; url: string; requests: { body: string; headers: Record<string, unknown>; url: string }[]; answers: number[] }> {
  const requests: { body: string; headers: Record<string, unknown>; url: string }[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      requests.push({ body, headers: request.headers, url: request.url! });
      response.statusCode = answers.shift() ?? 204;
      response.end(response.statusCode === 204 ? undefined : 'because');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2/write?org=home&bucket=plant`, requests, answers };
}

const point = (n: number) => ({ measurement: 'm', fields: { n: BigInt(n) }, time: n });

test('InfluxDB over HTTP: gathered, with its token; a busy database is tried again, a refusal is counted and told', async () => {
  const { server, url, requests, answers } = await database();
  const told: string[] = [];
  const sink = new InfluxSink(url, { token: 'secret', gatherMs: 20, batch: 10, onError: ({ message }) => told.push(message) });
  answers.push(503);
  for (let i = 0; i < 15; i++) assert.is(sink.write(point(i)), true);
  for (let waited = 0; sink.counts().written < 15 && waited < 15_000; waited += 10) await sleep(10);
  assert.equal(requests.map(({ body }) => body.split('\n').length), [10, 10, 5]);
  assert.is(requests[1]!.body.split('\n')[9], 'm n=9i 9');
  assert.match(requests[0]!.url, /org=home&bucket=plant&precision=ms/);
  assert.is(requests[0]!.headers['authorization'], 'Token secret');
  answers.push(400);
  sink.write(point(99));
  await sink.close();
  assert.equal(sink.counts(), { written: 15, dropped: 0, refused: 1, waiting: 0 });
  assert.equal(told, ['influx: 503 because', 'influx: 400 because']);
  server.close();
});

test('InfluxDB that is away: the oldest points give way, and a close does not wait for it', async () => {
  const { server, url } = await database();
  server.close();
  await once(server, 'close');
  const sink = new InfluxSink(url, { queue: 5, gatherMs: 10 });
  const taken = Array.from({ length: 8 }, (_, i) => sink.write(point(i)));
  assert.equal(taken, [true, true, true, true, true, false, false, false]);
  await sleep(60);
  const start = performance.now();
  await sink.close();
  assert.ok(performance.now() - start < 900);
  assert.equal(sink.counts(), { written: 0, dropped: 8, refused: 0, waiting: 0 });
  assert.throws(() => new InfluxSink('ftp://host'), /expected http/);
  assert.throws(() => new InfluxSink(url, { queue: 0 }), /options.queue: got 0/);
});

test('points into a file', async () => {
  const lines: string[] = [];
  const sink = influxSink(new Writable({ decodeStrings: false, write: (text, _, done) => void (lines.push(text), done()) }));
  sink.write(point(1));
  sink.write({ measurement: 'm', fields: { nothing: NaN } });
  await sink.close();
  assert.is(lines.join(''), 'm n=1i 1\n');
});

test('Prometheus: what its text says is what happened', async () => {
  const learner = await createLearner<string>({ inputs: 2, labels: ['a', 'b'], units: [8] });
  const counts = { dropped: 3, refused: 1 };
  const registry = new Registry();
  const sink = await prometheusSink(() => learner, () => counts, { registry, labels: { site: 'north' } });
  let right = 0;
  for (let i = 0; i < 100; i++) {
    const [x, y] = i % 2 ? [[3, -3], 'a'] : [[-3, 3], 'b'];
    const prediction = learner.predict(x as number[]);
    if (prediction.label === y) right++;
    sink.write({ ...prediction, labels: learner.labels, y: y as string });
    learner.learn(x as number[], y as string);
  }
  sink.write({ label: 'a', probability: 0.75, margin: 0.5 });
  sink.write({ label: 'a', margin: 0.5 }); // one that does not say how sure it is
  const text = await sink.metrics();
  const value = (name: string): number => Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
  assert.is(value('onward_samples_total{site="north",result="right"}'), right);
  assert.is(value('onward_samples_total{site="north",result="wrong"}'), 100 - right);
  assert.is(value('onward_samples_total{site="north",result="unlabelled"}'), 2);
  assert.is(value('onward_learned_samples_total{site="north"}'), 100);
  assert.is(value('onward_dropped_samples_total{site="north"}'), 3);
  assert.is(value('onward_refused_samples_total{site="north"}'), 1);
  assert.is(value('onward_probability{site="north"}'), 0.75);
  assert.is(value('onward_margin{site="north"}'), 0.5);
  assert.is(value('onward_model_bytes{site="north"}'), learner.stats().bytes.arena);
  assert.ok(value('onward_accuracy{site="north"}') > 0.8 && value('onward_goodness{site="north",label="a"}') >= 0);
  counts.dropped = 5;
  assert.match(await registry.metrics(), 'onward_dropped_samples_total{site="north"} 5'); // asked again, told again, not added up
});

test('of a detector, the view that has most of the score, and what was recent', async () => {
  const detector = await createDetector({ channels: 2 });
  const sink = await prometheusDetectorSink(() => detector);
  for (let t = 0; t < 600; t++) sink.write(detector.observe([Math.sin(t), t === 599 ? 50 : Math.cos(t)]));
  const text = await sink.registry.metrics();
  const values = [...text.matchAll(/^onward_view_score\{view="(\w+)"\} (\S+)$/gm)].map(([, view, value]) => [view!, Number(value)] as const);
  const [most] = values.toSorted((a, b) => b[1] - a[1]);
  assert.ok(['level', 'change', 'rhythm'].includes(most![0]) && most![1] > 1, text);
  assert.is(Number(/^onward_recent_score (\S+)$/m.exec(text)![1]), most![1]);
});

test('of a detector, the alarm is 1 from its first sample until the score is below 1, whatever the hold', async () => {
  const detector = await createDetector({ channels: 2 });
  const sink = await prometheusDetectorSink(() => detector);
  const shown: number[] = [];
  for (const [score, alarm] of [[0.4, false], [1.2, false], [1.7, true], [1.1, false], [1, false], [0.9, false], [1.3, false], [1.5, true], [0.2, false]] as const) {
    sink.write({ score, alarm });
    shown.push(Number(/^onward_alarm (\S+)$/m.exec(await sink.metrics())?.[1]));
  }
  assert.equal(shown, [0, 0, 1, 1, 1, 0, 0, 1, 0]); // a score of 1.3 within the hold is no alarm
});

test.run();
