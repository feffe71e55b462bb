// The other side of `stateFault`: what learners really reach must pass. A check that is too strict loses somebody's state.

import { Random } from '../../benchmarks/rivals/random.js';
import { createLearner, type LearnerConfig } from '../../host/index.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { randomConfig, Stream } from '../random-learners.js';

/** Learners of random shapes, each taught `steps` hostile samples; what is refused along the way. */
export async function fuzzStates(learners: number, steps: number, seed: number): Promise<string[]> {
  const random = new Random(seed);
  const refused: string[] = [];
  for (let i = 0; i < learners; i++) {
    const shape = randomConfig(random, { inputs: 24, units: 24, layers: 4, labels: 12, cost: 3000 });
    const config: LearnerConfig = {
      ...(shape.window ? { window: shape.window } : { inputs: shape.inputs }),
      units: shape.units,
      labels: Array.from({ length: shape.labels }, (_, label) => `label ${label}`),
      bits: shape.bits as 8 | 16,
      skipInput: shape.skipInput,
      selfRate: shape.selfRate,
      seed: shape.seed,
      rate: shape.rate / 65536,
      margin: shape.margin / 32768,
      ...(shape.scale === undefined ? {} : { inputScale: new Float32Array(Uint32Array.of(shape.scale).buffer)[0]! }),
    };
    const learner = await createLearner(config);
    const stream = new Stream(shape, random);
    const x = new Float32Array(stream.bits.buffer);
    for (let step = 0; step < steps; step++) {
      stream.next();
      learner.learn(x, learner.labels[stream.label]!);
      if (step % 40 !== 39) continue;
      try {
        decodeSnapshot(learner.save());
      } catch (error) {
        refused.push(`${(error as Error).message} after ${step + 1} samples of ${JSON.stringify(config)}`);
        break;
      }
    }
  }
  return refused;
}
