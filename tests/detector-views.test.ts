// Every view of the detector finds the fault that it is there for, and is the one that is named.

import { CARRIERS } from '../benchmarks/faults-of-signals/carriers.js';
import { FAULTS } from '../benchmarks/faults-of-signals/faults.js';
import { scenario } from '../benchmarks/faults-of-signals/scenario.js';
import { createDetector, type View } from '../host/index.js';
import { assert, suite } from './suite.js';

const test = suite('detector views');

/** A fault on a signal that no other view sees as early, or, of the level, that is beyond all that has come. */
const FOUND: Record<View, readonly (readonly [fault: string, carrier: string])[]> = {
  level: [['spike 10', 'constant'], ['sentinel', 'drift'], ['swapped', 'pump'], ['spike 10', 'sine'], ['drop to 0', 'daily'], ['sentinel', 'counter']],
  change: [['spike 6', 'walk'], ['spike 6', 'counter']],
  rhythm: [['other period', 'sine'], ['rhythm gone', 'two-state'], ['swapped', 'vibration']],
  spread: [['noise gone', 'constant'], ['noise gone', 'walk']],
  trend: [['trend', 'drift']],
  stuck: [['stuck', 'constant'], ['stuck', 'walk']],
  missing: [['dropout', 'constant'], ['dropout', 'vibration']],
  joint: [['correlation', 'pump']],
};
const SEEDS = [21, 22, 23, 24, 25, 26];

/** The view of the greatest channel in the first alarm within a fault's window; none: there is no alarm. */
async function viewOf(faultName: string, carrierName: string, seed: number): Promise<View | 'none'> {
  const carrier = CARRIERS.find(({ name }) => name === carrierName)!;
  const { rows, from, until } = scenario(carrier, FAULTS.find(({ name }) => name === faultName)!, seed);
  const detector = await createDetector({ channels: carrier.channels });
  for (let t = 0; t < until; t++) {
    const { alarm, channels, views } = detector.observe(rows[t]!);
    if (alarm && t >= from) return views[channels.indexOf(Math.max(...channels))]!;
  }
  return 'none';
}

for (const [view, cases] of Object.entries(FOUND)) {
  test(`${view}: ${cases.map(([fault, carrier]) => `${fault} on ${carrier}`).join(', ')}`, async () => {
    for (const [fault, carrier] of cases) {
      const views = [];
      for (const seed of SEEDS) views.push(await viewOf(fault, carrier, seed));
      assert.ok(views.filter((each) => each === view).length >= SEEDS.length - 1, `${fault} on ${carrier}: ${views.join(', ')}`);
    }
  });
}

test.run();
