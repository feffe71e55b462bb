// The predictor: sequences are learned, the window is what it says, nothing learned is lost, and mistakes are named.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { heldOutText, SYMBOLS, trainingStrings, wholeText, countedGrams } from '../benchmarks/paper/aesop-text.js';
import { bytesNeeded, createLearner, LearnerError } from '../host/index.js';
import { createPredictor, loadPredictor, predictorBytesNeeded, type Predictor } from '../host/predictor.js';
import { assert, suite } from './suite.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const test = suite('predictor');

async function refusal(act: () => unknown): Promise<Error> {
  try {
    await act();
  } catch (error) {
    return error as Error;
  }
  return assert.unreachable('nothing was thrown') as never;
}

/** Right answers, in %, of predicting each symbol before it is learned. */
function stream(predictor: Predictor, symbols: Iterable<string>): number {
  let right = 0;
  let asked = 0;
  for (const symbol of symbols) {
    if (predictor.predict().symbol === symbol) right++;
    predictor.learn(symbol);
    asked++;
  }
  return (100 * right) / asked;
}

test('a repeating sequence with a memory of three is learned; one symbol back is not enough for it', async () => {
  const predictor = await createPredictor({ symbols: ['a', 'b', 'c'], window: 4 });
  const period = [...'aababcac']; // after an a comes a, b or c
  const symbols = (rounds: number): string[] => Array.from({ length: rounds }, () => period).flat();
  stream(predictor, symbols(60));
  assert.is(stream(predictor, symbols(5)), 100);
  const short = await createPredictor({ symbols: ['a', 'b', 'c'], window: 1 });
  stream(short, symbols(60));
  assert.ok(stream(short, symbols(5)) < 80);
});

test('fables, predicted while they are read: better than what counting pairs comes to', async () => {
  const text = wholeText().slice(0, 12_000);
  const predictor = await createPredictor({ symbols: SYMBOLS, units: [32, 32] });
  const right = stream(predictor, text);
  // counted with the whole text in view, which the predictor never has
  const pairs = countedGrams([text], 1);
  let counted = 0;
  for (let at = 1; at < text.length; at++) if (pairs(text, at) === text[at]) counted++;
  assert.ok(right > (100 * counted) / text.length, `${right} % right; counting pairs ${(100 * counted) / text.length} %`);
});

test('probabilities are a distribution, in the order of the goodness, and predict changes nothing', async () => {
  const predictor = await createPredictor({ symbols: SYMBOLS });
  stream(predictor, wholeText().slice(0, 500));
  const before = predictor.save();
  const { symbol, probability, margin, scores, probabilities } = predictor.predict();
  assert.is(probability, Math.max(...probabilities));
  assert.ok(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-12);
  const order = (values: Float64Array): number[] => [...values.keys()].sort((a, b) => values[b]! - values[a]!);
  assert.equal(order(probabilities), order(scores));
  assert.is(SYMBOLS[order(scores)[0]!], symbol);
  assert.ok(margin >= 0);
  assert.equal(predictor.save(), before);
  assert.equal(predictor.predict().scores, scores);
});

test('only the last `window` symbols count, and begin forgets them', async () => {
  const predictor = await createPredictor({ symbols: SYMBOLS, window: 5 });
  stream(predictor, wholeText().slice(0, 300));
  const after = (text: string): Float64Array => {
    predictor.begin();
    for (const symbol of text) predictor.see(symbol);
    return predictor.predict().scores;
  };
  assert.equal(after('zzz, the'), after('aqb, the'));
  assert.not.equal(after('the'), after(' the'));
  assert.equal(predictor.seen, [...' the']);
  predictor.see(' ');
  predictor.see('w');
  assert.equal(predictor.seen, [...'the w']);
  predictor.begin();
  assert.equal(predictor.seen, []);
});

test('save, load, see what was seen: goes on to the same bytes', async () => {
  const text = wholeText();
  const whole = await createPredictor({ symbols: SYMBOLS, window: 7, units: [24, 24], exemplars: 40 });
  stream(whole, text.slice(0, 400));
  const resumed = await loadPredictor(whole.save());
  assert.is(resumed.window, 7);
  assert.equal(resumed.symbols, SYMBOLS);
  for (const symbol of whole.seen) resumed.see(symbol);
  assert.is(stream(resumed, text.slice(400, 800)), stream(whole, text.slice(400, 800)));
  assert.equal(resumed.save(), whole.save());
});

test('reset is the first moment again', async () => {
  const predictor = await createPredictor({ symbols: ['on', 'off'] });
  const first = predictor.save();
  stream(predictor, ['on', 'off', 'on', 'off', 'off']);
  assert.not.equal(predictor.save(), first);
  predictor.reset();
  assert.equal(predictor.save(), first);
  assert.equal(predictor.seen, []);
});

test('what cannot be is refused by name', async () => {
  const predictor = await createPredictor({ symbols: ['on', 'off'] });
  const unknown = await refusal(() => predictor.learn('half' as never));
  assert.instance(unknown, RangeError);
  assert.match(unknown.message, /'half' is unknown; this predictor has 'on', 'off'.*config\.symbols/);
  assert.equal(predictor.seen, [], 'the window did not move');
  assert.is(predictor.learner.seen, 0);
  assert.match((await refusal(() => predictor.see(3 as never))).message, /symbol: expected one of the names/);
  for (const [config, message] of [
    [{ symbols: ['on'] }, /config\.symbols: 1 symbols; expected 2 to 256/],
    [{ symbols: ['on', 'on'] }, /'on' stands there twice/],
    [{ symbols: 'abc' }, /config\.symbols: expected an array of names/],
    [{ symbols: ['a', 'b'], window: 0 }, /config\.window: got 0/],
    [{ symbols: ['a', 'b'], window: 2049 }, /1 to 2048 with 2 symbols/],
    [{ symbols: ['a', 'b'], inputs: 4 }, /config\.inputs: a predictor has no such field/],
    [{ symbols: ['a', 'b'], rate: 7 }, /config\.rate: got 7/],
    [{ symbols: ['a', 'b'], speed: 7 }, /config\.speed: no such field/],
  ] as const) {
    assert.match((await refusal(() => createPredictor(config as never))).message, message);
  }
});

test('the snapshot of another kind of learner is refused', async () => {
  const learner = await createLearner({ inputs: 6, labels: ['a', 'b'] });
  const error = await refusal(() => loadPredictor(learner.save()));
  assert.instance(error, LearnerError);
  assert.match(error.message, /not a predictor/);
});

test('bytes are known before it is made', async () => {
  const config = { symbols: SYMBOLS, units: [32] };
  assert.equal((await createPredictor(config)).learner.stats().bytes, await predictorBytesNeeded(config));
  assert.equal(await predictorBytesNeeded(config), await bytesNeeded({ inputs: 300, labels: SYMBOLS, units: [32], inputScale: 1, selfRate: false }));
});

test('the example of docs/paper.md runs on the built package', () => {
  const example = /```js\n([\s\S]*?)```/.exec(readFileSync(`${root}docs/paper.md`, 'utf8'))![1]!;
  mkdirSync(`${root}build/test`, { recursive: true });
  writeFileSync(`${root}build/test/paper-example.mjs`, `${example}\nconsole.log(later.seen.join(' '), later.predict().probabilities.length, predictor.learner.seen);`);
  assert.is(execFileSync(process.execPath, [`${root}build/test/paper-example.mjs`], { encoding: 'utf8' }).trim(), 'drain idle fill heat drain idle 4 8');
});

test('the training strings are the front of the text, the held-out text is all the rest', () => {
  const strings = trainingStrings();
  assert.is(strings.length, 248);
  assert.ok(strings.every((text) => text.length === 100));
  assert.is(strings.join('') + heldOutText(), wholeText());
  assert.equal([...new Set(wholeText())].sort(), [...SYMBOLS].sort());
});

test.run();
