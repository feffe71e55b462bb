// The debug builds, whose asserts the shipped ones leave out, through @assemblyscript/loader: an abort reads as text.

import { instantiateSync } from '@assemblyscript/loader';
import { Random } from '../benchmarks/rivals/random.js';
import type { CoreExports } from '../host/core.js';
import { core, defaults, drive, partsOf, wasmOf, writeConfig, type Core, type CoreName, type Parts } from './core-driver.js';
import { Stream, randomConfig, randomLocalConfig } from './random-learners.js';
import type { IntegerConfig } from './reference.js';
import { assert, suite } from './suite.js';

const test = suite('debug core');

const instance = (name: CoreName, of: Parts = 'core'): CoreExports => instantiateSync(wasmOf(`${of}.debug.${name}`)).exports as unknown as CoreExports;
const debug = (name: CoreName, config: IntegerConfig): Core => drive(`debug ${name}`, instance(name, partsOf(config)), config);
const config = defaults({ inputs: 3, labels: 2, units: [4] });

for (const name of ['scalar', 'simd'] as const) {
  test(`${name}: a label out of range aborts with a sentence, the file and the line`, () => {
    const learner = debug(name, config);
    for (const label of [-1, 2]) {
      assert.throws(() => learner.learn(new Uint32Array(3), label), /^abort: label out of range: it must be 0 to labels in use - 1 at assembly\/network\.ts:\d+:\d+$/);
    }
  });

  test(`${name}: too short a memory aborts before anything is written`, () => {
    const exports = instance(name);
    writeConfig(exports, defaults({ inputs: 1000, labels: 2 }));
    assert.throws(() => exports.create(), /abort: memory too short: grow it to arena\(\) \+ plan\(\) bytes before create\(\) at assembly\/network\.ts/);
  });

  test(`${name}: features without a window abort`, () => {
    assert.throws(() => debug(name, config).exports.extract!(), /abort: extract without a window/);
  });

  test(`${name}: a gate divisor that would overflow aborts`, () => {
    const learner = debug(name, { ...config, gateDivisor: 3, margin: 0 });
    assert.throws(() => learner.learn(new Uint32Array(3), 0), /abort: gate divisor below 4/);
  });

  test(`${name}: learns the bytes of the shipped build, every assert holding`, () => {
    const random = new Random(3);
    for (let k = 0; k < 20; k++) {
      const dense = { ...randomConfig(random, { inputs: 12, units: 12, layers: 4, labels: 8, cost: 400 }), window: undefined };
      const shape: IntegerConfig = k < 12 ? dense : randomLocalConfig(random, 2000);
      const each: IntegerConfig = k % 4 === 0 ? { ...shape, continual: { exemplars: 20, exemplarBits: 8, prototypes: 0, replays: 2, spread: false, drift: 'two-rates' } } : shape;
      const [checked, shipped] = [debug(name, each), core(name, each)];
      const stream = new Stream(each, new Random(k));
      for (let t = 0; t < 200; t++) {
        stream.next();
        for (const learner of [checked, shipped]) learner.learn(stream.bits, stream.label);
      }
      assert.is(Buffer.compare(checked.state(), shipped.state()), 0, `configuration ${JSON.stringify(each)}`);
    }
  });
}

test.run();
