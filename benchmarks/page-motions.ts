/**
 * npm run bench:page
 *
 * Three motions of a hand, taught as on the page of `onward serve`: held for three seconds each, one after the other, windows that overlap by four fifths, rehearsal after
 * each; then new takes of them, and of five motions that nobody taught. 25 sequences; beside the page's network two simple rules on the same features, which answer
 * always. Writes benchmarks/results/page-motions.json; docs/web.md has the table (`npm run readme`).
 */
import { writeFileSync } from 'node:fs';
import { createLearner } from '../host/index.js';
import { UNKNOWN } from '../host/prediction.js';
import { hopOf } from '../host/project.js';
import { GESTURES, OTHERS, moments } from '../tests/motions.js';
import { EXEMPLARS, configOf } from '../web/learners.js';
import { SIGNALS } from '../web/signals.js';
import { NearestMean } from './everyday/rivals/nearest-mean.js';
import { Neighbours } from './everyday/rivals/neighbours.js';
import { machine } from './machine.js';
import { Random } from './rivals/random.js';
import { sharesOf, type MotionsResult } from './page-table.js';

const SEQUENCES = Array.from({ length: 25 }, (_, k) => 101 + k);
const { window, unknownBelow } = SIGNALS['motion']!;
/** Readings in three seconds, as browsers give them. */
const HELD = 180;
const TAKES = 20;

const labels = Object.keys(GESTURES);
const cut = (readings: number[][], hop: number): Float32Array[] => Array.from({ length: Math.floor((readings.length - window) / hop) + 1 }, (_, k) => Float32Array.from(readings.slice(k * hop, k * hop + window).flat()));

const sequences = [];
for (const seed of SEQUENCES) {
  const random = new Random(seed);
  using learner = await createLearner(configOf({ channels: 3, window }, { exemplars: EXEMPLARS }, labels), { unknownBelow: unknownBelow / 100 });
  const rules = [new NearestMean(learner.inputs), new Neighbours(learner.inputs, 1)];
  const rows = new Map<number, Float32Array[]>();
  for (const [c, label] of labels.entries()) {
    const samples = cut(moments(GESTURES[label]!, HELD, random), hopOf({ signal: 'motion', window }));
    for (const x of samples) learner.learn(x, label);
    learner.sleep(10 * learner.worthRehearsing); // the button is released
    rows.set(c, samples.map((x) => learner.features(x)));
  }
  for (const [c, samples] of rows) for (const x of samples) for (const rule of rules) rule.teach(x, c);
  const right = [0, 0, 0];
  for (let take = 0; take < TAKES; take++) {
    for (const [c, label] of labels.entries()) {
      const x = cut(moments(GESTURES[label]!, window, random), window)[0]!;
      if (learner.predict(x).label === label) right[0]!++;
      rules.forEach((rule, k) => rule.answer(learner.features(x)) === c && right[k + 1]!++);
    }
  }
  let unknown = 0;
  for (let take = 0; take < TAKES; take++) for (const motion of Object.values(OTHERS)) if (learner.predict(cut(moments(motion, window, random), window)[0]!).label === UNKNOWN) unknown++;
  const share = (count: number, of: number): number => Number(((100 * count) / of).toFixed(1));
  sequences.push({ seed, right: share(right[0]!, TAKES * labels.length), nearestMean: share(right[1]!, TAKES * labels.length), nearest: share(right[2]!, TAKES * labels.length), unknown: share(unknown, TAKES * Object.keys(OTHERS).length) });
}
const result: MotionsResult = { takes: TAKES * labels.length, others: TAKES * Object.keys(OTHERS).length, sequences };
console.log(sharesOf(result));
writeFileSync(new URL('results/page-motions.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:page', machine: machine(), unit: '% of answers', ...result }, null, 1)}\n`);
