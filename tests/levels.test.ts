// Channels that mostly stand at one level, as a switch, a set point or the ground of a picture does: stored samples must not differ from new ones by how they
// are stored, or layers tell labels by that. Whatever the level is.

import { digits } from '../benchmarks/continual/episodes.js';
import { createLearner } from '../host/index.js';
import { assert, suite } from './suite.js';

const test = suite('levels');

for (const by of [0, 3, -5.7, 0.37]) {
  test(`digits two labels at a time, ${by} on every pixel: 200 exemplars know at least 88 % of the rest`, async () => {
    let right = 0;
    let asked = 0;
    for (const seed of [1, 2, 3]) {
      const episode = digits()(seed);
      const raised = (x: ArrayLike<number>): number[] => Array.from(x, (value) => value + by);
      const learner = await createLearner({ inputs: 64, labels: [], labelCapacity: 10, exemplars: 200, seed });
      for (let k = 0; k < episode.train.length; k++) learner.learn(raised(episode.train.x(k)), String(episode.train.y(k)));
      learner.sleep();
      for (let k = 0; k < episode.test.length; k++, asked++) right += Number(learner.predict(raised(episode.test.x(k))).label === String(episode.test.y(k)));
    }
    assert.ok(right / asked >= 0.88, `${((100 * right) / asked).toFixed(1)} %`);
  });
}

test.run();
