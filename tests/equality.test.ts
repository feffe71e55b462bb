// reference = scalar = SIMD, byte for byte: one half of the long lives, and the bytes of earlier versions.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Random } from '../benchmarks/rivals/random.js';
import { SMALL, compareLongLives } from './compare-learners.js';
import { core, reference } from './core-driver.js';
import { Stream, maybeSecondOrder, randomConfig } from './random-learners.js';
import type { IntegerConfig } from './reference.js';
import { assert, suite } from './suite.js';
import { goldenState, type Golden } from './vectors/generate.js';

const test = suite('equality');

test('reference = scalar = SIMD: 100 random small learners, 10000 steps each, saved and loaded on the way: the even ones of 200', () => compareLongLives(0));

test('a learner restored into the reference goes on as the one that was saved', () => {
  const random = new Random(11);
  for (let k = 0; k < 20; k++) {
    const config = { ...maybeSecondOrder(randomConfig(random, SMALL)), window: undefined };
    const stream = new Stream(config, new Random(k));
    const saved = core('simd', config);
    for (let t = 0; t < 300; t++) {
      stream.next();
      saved.learn(stream.bits, stream.label);
    }
    const loaded = reference({ ...config, seed: 1 });
    loaded.load(saved.state());
    for (let t = 0; t < 300; t++) {
      stream.next();
      saved.learn(stream.bits, stream.label);
      loaded.learn(stream.bits, stream.label);
    }
    assert.is(Buffer.compare(saved.state(), loaded.state()), 0);
  }
});

const golden: Golden[] = JSON.parse(readFileSync(new URL('./vectors/golden.json', import.meta.url), 'utf8'));

for (const make of [reference, (config: IntegerConfig) => core('scalar', config), (config: IntegerConfig) => core('simd', config)]) {
  test(`${golden.length} golden vectors: the bytes of earlier versions, ${make(golden[0].config).name}`, () => {
    for (const vector of golden) {
      const hash = createHash('sha256').update(goldenState(vector, make)).digest('hex');
      assert.is(hash, vector.sha256, `${vector.name}: learned other bytes than before; if that is meant, bump the arithmetic in schema/formats.ts and run tests/vectors/generate.ts`);
    }
  });
}

test.run();
