// What a plug sees: states over decades, each taught once, one after the other, in any order. And the coordinates in which they are remembered.

import fc from 'fast-check';
import { createLearner } from '../host/index.js';
import { generator } from './random.js';
import { Anchor } from './reference/anchor.js';
import { assert, suite } from './suite.js';

const test = suite('decades');

type State = (random: () => number) => number;

const noise = (random: () => number): number => random() + random() + random() + random() - 2; // deviation 0.58
const STATES: Record<string, State> = {
  off: () => 0,
  standby: (random) => 0.5 + 0.08 * noise(random),
  idle: (random) => 3 + 0.3 * noise(random),
  wash: (random) => 150 + 30 * noise(random),
  kettle: (random) => 900 + 15 * noise(random),
  oven: (random) => 1400 + 25 * noise(random),
  heating: (random) => 2200 + 40 * noise(random),
};
const ORDERS = [
  'heating off idle', 'heating idle off', 'off heating idle', 'off idle heating', 'idle off heating', 'idle heating off',
  'heating standby idle', 'wash off idle', 'heating wash idle off', 'off heating standby idle wash', 'wash standby heating off idle',
  'kettle heating idle off', 'heating oven kettle off idle', 'oven heating off standby', 'heating kettle standby off',
].map((order) => order.split(' '));

/** The share of what is asked in the end that is known, over all orders and seeds. */
async function known(samples: number, exemplars: number): Promise<number> {
  let right = 0;
  let asked = 0;
  for (const order of ORDERS) {
    for (const seed of [1, 2, 3]) {
      const random = generator(seed * 1000 + samples);
      const learner = await createLearner({ inputs: 1, labels: [...order].sort(), units: [16, 16], seed, exemplars });
      for (const state of order) {
        for (let k = 0; k < samples; k++) learner.learn([STATES[state]!(random)], state);
        learner.sleep();
      }
      for (const state of order) {
        for (let k = 0; k < 20; k++, asked++) right += Number(learner.predict([STATES[state]!(random)]).label === state);
      }
    }
  }
  return right / asked;
}

for (const [samples, exemplars, least] of [[30, 0, 0.9], [60, 0, 0.9], [30, 200, 0.97], [60, 200, 0.97], [180, 200, 0.97]] as const) {
  test(`fifteen orders of states, ${samples} samples each, ${exemplars} exemplars: at least ${100 * least} % are known`, async () => {
    const share = await known(samples, exemplars);
    assert.ok(share >= least, `${(100 * share).toFixed(1)} % known`);
  });
}

/** Centres in eighths of a spread, up to 2^16 spreads. */
const anchors = fc.record({ centre: fc.integer({ min: -(2 ** 19), max: 2 ** 19 }), octave: fc.nat(250), step: fc.nat(31), decades: fc.boolean() })
  .map(({ centre, octave, step, decades }) => Object.assign(new Anchor(), { centre, scale: octave * 64 + 2 * step + Number(decades) }));

test('values come back within a quarter of a spread or of their distance from the centre or from 0', () => {
  fc.assert(fc.property(anchors, fc.integer({ min: -(2 ** 26), max: 2 ** 26 }), (anchor, value) => {
    const spread = 2 ** (8 + Math.floor((anchor.scale % 64) / 2) / 32);
    const centre = anchor.centre * 32;
    const back = (v: number): number => anchor.value(anchor.coordinate(v));
    const coarsest = Math.max(spread, Math.abs(value - centre), Math.abs(value)) / 4;
    return Math.abs(anchor.coordinate(value)) === 2047 || Math.abs(back(value) - value) <= coarsest;
  }));
});

test('0 comes back as 0 from an anchor that is wide', () => {
  fc.assert(fc.property(anchors, (anchor) => {
    const t = anchor.coordinate(0);
    return anchor.centre === 0 || (anchor.scale % 2 === 0 && Math.abs(anchor.centre) < 256) || Math.abs(t) === 2047 || Math.abs(anchor.value(t)) <= Math.max(1, (Math.abs(anchor.centre) * 32) / 2 ** 13);
  }));
});

test('coordinates rise with the values', () => {
  fc.assert(fc.property(anchors, fc.array(fc.integer({ min: -(2 ** 26), max: 2 ** 26 }), { minLength: 2, maxLength: 20 }), (anchor, values) => {
    const coordinates = values.sort((a, b) => a - b).map((value) => anchor.coordinate(value));
    return coordinates.every((t, k) => k === 0 || t >= coordinates[k - 1]!);
  }));
});

test('near 0 a far centre leaves values apart that were one before', () => {
  const anchor = Object.assign(new Anchor(), { centre: 2200 * 8, scale: 160 * 64 }); // 2,200 with a spread of 1
  const t = (watts: number): number => anchor.coordinate(watts * 256);
  const apart = [0, 0.5, 3, 12, 150, 2200].map(t);
  assert.ok(apart.every((value, k) => k === 0 || value - apart[k - 1]! >= 16), apart.join(' ')); // two codes of eight bits
});

test.run();
