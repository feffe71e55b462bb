// Stages of one layer behind one another: the same bytes in threads as tick by tick, and as the network of several layers where chance is shared.

import { learnByTicks, learnInThreads, learnThrough, stagesOf, type Pairs } from '../benchmarks/pipeline/pipeline.js';
import { createTwoPass, loadTwoPass, type TwoPassConfig } from '../host/index.js';
import { resolveTwoPassConfig } from '../host/two-pass/config.js';
import { twoPassPlanOf } from '../host/two-pass/plan.js';
import { decodeTwoPass, encodeTwoPass } from '../host/two-pass/snapshot.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('pipeline');

const NETWORK: TwoPassConfig = { inputs: 30, units: [24, 40, 17], inputScale: 1, margin: 0, seed: 5 };
const random = generator(3);
const noise = (length: number): Float32Array => Float32Array.from({ length }, () => random() * 2 - 1);
const pairs: Pairs = { count: 200, positives: noise(200 * 30), negatives: noise(200 * 30) };

const HEADER = 48;
const RANDOM_AT = 16;

test('threads, ticks and pair after pair leave the same bytes in every stage', async () => {
  const configs = stagesOf(NETWORK);
  const fresh = await Promise.all(configs.map(async (config) => (await createTwoPass(config)).save()));
  const ticks = await learnByTicks(configs, pairs);
  const through = await learnThrough(configs, pairs);
  const threads = await learnInThreads(configs, pairs);
  assert.is(threads.stages.length, 3);
  for (let l = 0; l < 3; l++) {
    assert.not.equal(ticks[l], fresh[l], `stage ${l} has learned nothing`);
    assert.equal(through.stages[l], ticks[l], `stage ${l}, pair after pair`);
    assert.equal(threads.stages[l], ticks[l], `stage ${l}, in threads`);
  }
  assert.ok(threads.latencies.every((each) => each > 0 && each <= threads.elapsed + 1));
});

for (const build of ['simd', 'scalar'] as const) {
  for (const bits of [16, 8] as const) {
    test(`stages that share the random state learn what one network of three layers learns (${build}, ${bits} bits)`, async () => {
      const config = { ...NETWORK, bits };
      const whole = await createTwoPass(config, { build });
      const configs = stagesOf(config).map(resolveTwoPassConfig);
      const before = decodeTwoPass(whole.save()).state;
      // the layers' own bytes lie one after the other behind the header
      let at = HEADER;
      const states = configs.map((own) => {
        const { weights, biases } = twoPassPlanOf(own);
        const state = new Uint8Array(HEADER + weights + biases);
        state.set(before.subarray(0, HEADER));
        state.set(before.subarray(at, (at += weights + biases)), HEADER);
        return state;
      });
      assert.is(at, before.length);
      const chance = before.slice(RANDOM_AT, RANDOM_AT + 4);
      for (let t = 0; t < 40; t++) {
        let [positive, negative] = [pairs.positives.subarray(t * 30, t * 30 + 30), pairs.negatives.subarray(t * 30, t * 30 + 30)];
        whole.learnPair(positive, negative);
        for (const [l, own] of configs.entries()) {
          states[l]!.set(chance, RANDOM_AT);
          const stage = await loadTwoPass(encodeTwoPass(own, states[l]!), { build });
          stage.learnPair(positive, negative);
          [positive, negative] = [stage.handedOn('positive'), stage.handedOn('negative')];
          states[l]!.set(decodeTwoPass(stage.save()).state);
          chance.set(states[l]!.subarray(RANDOM_AT, RANDOM_AT + 4));
        }
      }
      const after = decodeTwoPass(whole.save()).state;
      assert.not.equal(after.slice(HEADER), before.slice(HEADER));
      assert.equal(chance, after.slice(RANDOM_AT, RANDOM_AT + 4));
      assert.equal(Uint8Array.from(states.flatMap((state) => [...state.subarray(HEADER)])), after.slice(HEADER));
    });
  }
}

test('what is handed on: RMS 1, in whole 256ths, taken in by the next stage without rounding', async () => {
  const [first] = stagesOf(NETWORK);
  const stage = await createTwoPass(first!);
  stage.goodness(pairs.positives.subarray(0, 30));
  const handed = stage.handedOn();
  assert.ok(handed.every((value) => Number.isInteger(value * 256) && value >= 0 && value <= 2047 / 256));
  const rms = Math.sqrt(handed.reduce((sum, value) => sum + value * value, 0) / handed.length);
  assert.ok(Math.abs(rms - 1) < 0.01, `RMS ${rms}`);
  assert.equal(stage.handedOn('positive', new Float32Array(24)), handed);
  assert.throws(() => stage.handedOn('both' as never), /side: got .both.; expected 'positive' or 'negative'/);
  assert.throws(() => stage.handedOn('positive', new Float32Array(23)), /into: 23 values; the last layer has 24 units/);
});

test.run();
