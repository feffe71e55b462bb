// Taught once, left alone, still right: the learn node, and what it says where its model adapts.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALONE, INPUTS, STATES, alone, checkUnchanged, copyOf, knows, taught } from '../left-alone.js';
import { loadLearner } from '../../host/index.js';
import { INPUTS as BLOCK_INPUTS, STATES as BLOCK_STATES, blocks, examined, questions } from '../blocks.js';
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
      assert.ok(waited < 15_000, `${badge().fill}: ${badge().text}`);
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

test('three states taught in turn, then asked mixed: a model remembers by default, and rehearses when nothing is taught', async () => {
  const known = async (exemplars: string | undefined): Promise<{ right: number; nearestMean: number }> => {
    const { exemplars: _, drift: __, ...model } = { ...MODEL, inputCount: String(BLOCK_INPUTS), labels: '' };
    flow = await Flow.start(folder, { ...model, keep: false, ...(exemplars === undefined ? {} : { exemplars }) }, LEARN);
    for (const state of BLOCK_STATES) {
      await sendAll(blocks().filter(({ y }) => y === state).map(({ x, y }) => ({ payload: x, label: y })));
      await new Promise((resolve) => setTimeout(resolve, 2000)); // the hand leaves the button: a second later it rehearses, for some 20 ms
    }
    const answers: string[] = [];
    for (const x of questions()) answers.push((await flow.tell({ payload: x })).message!['payload']);
    const { exemplars: stored } = (await flow.tell({ command: 'stats' })).message!['payload'];
    assert.is(stored, exemplars === '0' ? 0 : blocks().length);
    await flow.stop();
    flow = undefined;
    return examined(() => answers.shift()!);
  };
  const [{ right, nearestMean }, without] = [await known(undefined), await known('0')];
  assert.ok(right >= nearestMean - 0.02, `${right} right, the nearest mean ${nearestMean}`);
  assert.ok(without.right >= nearestMean - 0.05, `${without.right} right without a memory, by what labels usually are`);
});

test('what is due when a flow is stopped is rehearsed before it is saved', async () => {
  flow = await Flow.start(folder, { ...MODEL, exemplars: '' }, LEARN);
  await sendAll(lessons());
  const snapshot = await kept();
  const expected = await copyOf({ exemplars: 200, drift: 'none' });
  expected.sleep(10 * expected.worthRehearsing);
  assert.is(Buffer.compare(snapshot, expected.save()), 0);
});

test('a model from before that says nothing of a memory goes on with the learner that it has stored', async () => {
  const { exemplars: _, drift: __, ...old } = MODEL;
  flow = await Flow.start(folder, MODEL, LEARN);
  await sendAll(lessons());
  const before = await kept();
  flow = await Flow.start(folder, old, LEARN);
  const { error } = await flow.tell({ payload: alone(1)[0]!.x });
  assert.is(error, undefined);
  assert.is(Buffer.compare(await kept(), before), 0);
  flow = await Flow.start(folder, { ...old, exemplars: '100' }, LEARN);
  assert.match((await flow.tell({ payload: alone(1)[0]!.x })).error!.message, /has exemplars 0, the model asks for 100/);
});

test('an option that there is not is refused by name', async () => {
  flow = await Flow.start(folder, { ...MODEL, adapt: 'always' }, LEARN);
  const { error } = await flow.tell({ payload: alone(1)[0]!.x });
  assert.match(error!.message, "Without a label: expected never or balanced, got 'always'");
});

test.run();
