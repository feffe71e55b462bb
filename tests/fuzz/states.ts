// The other side of `stateFault`: what learners really reach must pass. A check that is too strict loses somebody's state.

import { Random } from '../../benchmarks/rivals/random.js';
import { createLearner, loadLearner, type Learner, type LearnerConfig, type LearnerWishes } from '../../host/index.js';
import { randomConfig, randomLocalConfig, Stream } from '../random-learners.js';

function memory(random: Random): LearnerWishes {
  const drift = (['none', 'two-rates', 'page-hinkley', 'adwin', 'ddm', 'input'] as const)[random.below(6)]!;
  if (random.uniform() < 0.3) return { drift };
  if (random.uniform() < 0.4) return { drift, prototypes: 1 + random.below(6), replays: random.below(9) };
  return { drift, exemplars: 1 + random.below(40), exemplarBits: ([8, 4, 2] as const)[random.below(3)]!, replays: random.below(9) };
}

/** Sleep, and what can be done to labels; the names in use stay at least two. */
function rename(learner: Learner, random: Random): void {
  const some = (): string => learner.labels[random.below(learner.labels.length)]!;
  const [a, b] = [some(), some()];
  const what = random.below(6);
  if (what === 0) learner.sleep(1 + random.below(20));
  if (what === 1 && a !== b && learner.labels.length > 2) learner.mergeLabels(a, b);
  if (what === 2 && learner.labels.length > 2) learner.forgetLabel(a);
  if (what === 3 && learner.labels.length < learner.config.labelCapacity) learner.addLabel(`new ${learner.seen}`);
  if (what === 4) learner.renameLabel(a, `renamed ${learner.seen}`);
}

/** Learners of random shapes, each taught `steps` hostile samples; what is refused along the way. */
export async function fuzzStates(learners: number, steps: number, seed: number): Promise<string[]> {
  const random = new Random(seed);
  const refused: string[] = [];
  for (let i = 0; i < learners; i++) {
    const shape = i % 8 === 7 ? randomLocalConfig(random, 1500) : randomConfig(random, { inputs: 24, units: 24, layers: 4, labels: 12, cost: 3000 });
    const grid = shape.grid && { ...shape.grid, channels: shape.inputs / (shape.grid.height * shape.grid.width) };
    const config: LearnerConfig = {
      ...(grid ? { grid } : shape.window ? { window: shape.window } : { inputs: shape.inputs }),
      units: shape.units,
      labels: Array.from({ length: shape.labels }, (_, label) => `label ${label}`),
      bits: shape.bits as 8 | 16,
      skipInput: shape.skipInput,
      selfRate: shape.selfRate,
      seed: shape.seed,
      rate: shape.rate / 65536,
      margin: shape.margin / 32768,
      labelCapacity: Math.min(256, shape.labels + random.below(4)),
      ...(random.uniform() < 0.5 ? {} : memory(random)),
      ...(shape.scale === undefined ? {} : { inputScale: new Float32Array(Uint32Array.of(shape.scale).buffer)[0]! }),
    };
    if (shape.seed % 3 === 0 && !config.prototypes && !grid) config.secondOrder = shape.seed % 2 === 0 ? 'full' : 'input';
    const learner = await createLearner(config);
    const stream = new Stream(shape, random);
    const x = new Float32Array(stream.bits.buffer);
    for (let step = 0; step < steps; step++) {
      stream.next();
      learner.learn(x, learner.labels[stream.label % learner.labels.length]!);
      if (step % 40 !== 39) continue;
      try {
        rename(learner, random);
        const saved = learner.save();
        const again = (await loadLearner(saved)).save();
        if (!again.every((byte, i) => byte === saved[i])) throw new Error('what it saved does not come back');
      } catch (error) {
        refused.push(`${(error as Error).message} after ${step + 1} samples of ${JSON.stringify(config)}`);
        break;
      }
    }
  }
  return refused;
}
