// What the children of the fault tests learn: a stream that follows from the sample's number alone, so that whoever knows how many
// samples a learner has seen can make the very same one.

import type { Learner, LearnerConfig } from '../../host/index.js';
import { generator } from '../random.js';

/** 44 kB of snapshot: writing it takes longer than learning the samples between two saves. */
export const CONFIG: LearnerConfig = { inputs: 32, labels: ['a', 'b', 'c', 'd'], units: [128, 128], seed: 5 };

/** Learns sample number `learner.seen` of the stream. */
export function learnNext(learner: Learner): void {
  const number = learner.seen;
  const random = generator(number);
  const label = number % learner.labels.length;
  learner.learn(Array.from({ length: learner.inputs }, (_, i) => ((i + label) % 4) + random()), learner.labels[label]!);
}
