// Taught once, left alone, still right: the learn node, and what it says where its model adapts.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALONE, INPUTS, STATES, alone, checkUnchanged, copyOf, knows, taught } from '../left-alone.js';
import { loadLearner } from '../../host/index.js';
import { assert, suite } from '../suite.js';
import { Flow, LEARN, LEARNER, type Message } from './flow.js';
import { NODE_RED } from './installed.js';

const test = suite('a learn node, left alone', NODE_RED);

const MODEL = { ...LEARNER, inputCount: String(INPUTS), labels: STATES.join(', '), units: '' };
let folder = '';
let flow: Flow | undefined;
test.beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'onward-node-red-'))));
test.afterEach(async () => {
  await flow?.stop();
  flow = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Sends all without waiting for each; resolves when the last is answered. */
function sendAll(messages: readonly Message[]): Promise<void> {
  let answered = 0;
  return new Promise((resolve) => {
    flow!.node('n1-first').on('input', () => void (++answered === messages.length && resolve()));
    for (const message of messages) flow!.node('n1').receive(message);
  });
}

async function kept(): Promise<Uint8Array> {
  await flow!.stop();
  flow = undefined;
  const path = join(folder, 'onward/model');
  const newest = Math.max(...readdirSync(path).map((name) => Number(name.split('.')[1])).filter(Number.isInteger));
  return new Uint8Array(readFileSync(join(path, `learner.${newest}`)));
}

const config = { exemplars: 0, drift: 'none' } as const;
const lessons = (): Message[] => taught().map(({ x, y }) => ({ payload: x, label: y }));
const silence = (count = ALONE): Message[] => alone(count).map(({ x }) => ({ payload: x }));

test('20,000 messages of one state without a label change nothing', async () => {
  flow = await Flow.start(folder, MODEL, LEARN);
  await sendAll([...lessons(), ...silence()]);
  await checkUnchanged(await kept(), await copyOf(config));
});

test('nor do those whose id was promised a label that never comes', async () => {
  flow = await Flow.start(folder, MODEL, LEARN);
  await sendAll([...lessons(), ...silence(3000).map((message, id) => ({ ...message, id }))]);
  await checkUnchanged(await kept(), await copyOf(config));
});

test('a model that adapts does so within bounds', async () => {
  flow = await Flow.start(folder, { ...MODEL, adapt: 'balanced' }, LEARN);
  await sendAll([...lessons(), ...silence(5000)]);
  const snapshot = await kept();
  const copy = await copyOf(config);
  assert.ok(Buffer.compare(snapshot, copy.save()) !== 0, 'it has adapted');
  assert.ok(knows(await loadLearner(snapshot)) >= knows(copy) - 0.005);
});

test('where that moves what was taught, the badge says so until the next label', async () => {
  flow = await Flow.start(folder, { ...MODEL, inputCount: '1', labels: 'low, high', adapt: 'balanced' }, LEARN);
  const badge = (): { text: string; fill: string } => flow!.node('n1').status.lastCall!.firstArg;
  const shows = async (fill: string, text: RegExp): Promise<void> => {
    for (let waited = 0; badge().fill !== fill || !text.test(badge().text); waited += 20) {
      assert.ok(waited < 3000, `${badge().fill}: ${badge().text}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  // in the end the two are as close as can be told: one reading from far away turns an answer
  await sendAll(Array.from({ length: 64 }, (_, i) => ({ payload: [(i % 2 ? 1 : -1) * (i < 58 ? 1 : 0.1)], label: i % 2 ? 'high' : 'low' })));
  await shows('green', /^64 learned/);
  for (let i = 0; i < 40; i++) await flow.tell({ payload: [i % 2 ? 1000 : -1000] });
  await shows('yellow', /moved far, wants a label$/);
  await flow.tell({ payload: [1], label: 'high' });
  await shows('green', /^65 learned/);
});

test('an option that there is not is refused by name', async () => {
  flow = await Flow.start(folder, { ...MODEL, adapt: 'always' }, LEARN);
  const { error } = await flow.tell({ payload: alone(1)[0]!.x });
  assert.match(error!.message, "Without a label: expected never or balanced, got 'always'");
});

test.run();
