/**
 * Are dreams good negatives? Two-pass networks learn the same images, each with other negatives: hybrids of two images as the paper has them, dreams of a learner that was taught these images, both in
 * turn; or, with the label as input, a wrong label, or a dream of the right one under it. What layers that have learned nothing come to stands beside them.
 */
import type { TwoPass, TwoPassConfig } from '../../../host/index.js';
import { DIGITS } from '../../mnist/onward.js';
import { smoothMask } from '../hybrid-run.js';
import { joinBytes, splitBytes } from '../harness/checkpoint.js';
import type { Experiment, Run, StartOptions } from '../harness/experiment.js';

const RULES = ['none', 'hybrids', 'dreams', 'hybrids and dreams', 'wrong labels', 'dreams under their label'] as const;
type Rule = (typeof RULES)[number];
const UNITS = [200, 200];
const COUNT = 10_000;
const PASSES = 3;
const READOUT_PASSES = 3;
const BLURS = 6;
/** Dreams of each label, drawn once and shown again and again. */
const POOL = 60;
/** Dreams and images that a step takes. */
const DRAWN = 10;
const CHUNK = 250;

const withLabels = (rule: Rule): boolean => rule === 'wrong labels' || rule === 'dreams under their label';
const figureOf = (rule: Rule): string => `test error, negatives ${rule}, %`;

async function start({ seed, quick, saved }: StartOptions): Promise<Run> {
  const { createLearner, createTwoPass, loadTwoPass } = await import('../../../host/index.js');
  const { dream } = await import('../../../host/dream/index.js');
  const { image, loadMnist, PIXELS } = await import('../../mnist/data.js');
  const { testError } = await import('../../mnist/pass.js');
  const { Random } = await import('../../rivals/random.js');
  const train = loadMnist('train');
  const test = loadMnist('t10k');
  const perLabel = quick ? 20 : POOL;
  const passes = quick ? 1 : PASSES;
  const x = new Float32Array(PIXELS);
  const other = new Float32Array(PIXELS);

  const dreamer = await createLearner({ inputs: PIXELS, labels: DIGITS, exemplars: 200, seed });
  for (let k = 0; k < COUNT; k++) dreamer.learn(image(train, k, x), DIGITS[train.labels[k]!]!);

  const [pooled, ...snapshots] = saved ? splitBytes(saved) : [];
  /** Dreams as bytes, as the images are: label after label. */
  const pool = pooled ?? new Uint8Array(DIGITS.length * perLabel * PIXELS);
  const networks: TwoPass[] = [];
  for (const [at, rule] of RULES.entries()) {
    const config: TwoPassConfig = { inputs: PIXELS, units: UNITS, labels: DIGITS, inputScale: 3 / 255, seed, ...(withLabels(rule) ? { labelInput: true, loss: 'threshold' } : { readout: true }) };
    networks.push(await (snapshots[at] ? loadTwoPass(snapshots[at]) : createTwoPass(config)));
  }
  const dreamed = (label: number, random: InstanceType<typeof Random>): Float32Array => {
    const at = (label * perLabel + random.below(perLabel)) * PIXELS;
    other.set(pool.subarray(at, at + PIXELS));
    return other;
  };
  const hybrid = (random: InstanceType<typeof Random>): Float32Array => {
    image(train, random.below(COUNT), other);
    const mask = smoothMask(random, BLURS);
    for (let i = 0; i < PIXELS; i++) if (mask[i]) other[i] = x[i]!;
    return other;
  };
  const learn = (network: TwoPass, rule: Rule, label: number, random: InstanceType<typeof Random>): void => {
    const name = DIGITS[label]!;
    if (rule === 'wrong labels') network.learnLabelled(x, name);
    else if (rule === 'dreams under their label') network.learnPair(x, dreamed(label, random), name, name);
    else if (rule !== 'none') network.learnPair(x, rule === 'hybrids' || (rule === 'hybrids and dreams' && random.below(2) === 0) ? hybrid(random) : dreamed(label, random));
  };

  const poolSteps = (DIGITS.length * perLabel) / DRAWN;
  const stepsPerPass = COUNT / CHUNK;
  const pairSteps = passes * stepsPerPass;
  const readoutSteps = (quick ? 1 : READOUT_PASSES) * stepsPerPass;
  const steps = poolSteps + pairSteps + readoutSteps;
  return {
    summary: `${[PIXELS, ...UNITS].join('-')}, int16, ${COUNT} images, ${passes} passes; ${perLabel} dreams of each label, with 200 exemplars`,
    settings: { units: UNITS, count: COUNT, passes, readoutPasses: READOUT_PASSES, blurs: BLURS, perLabel, chunk: CHUNK },
    steps,
    stepsPerPass: steps,
    step(k) {
      if (k < poolSteps) {
        const [label, part] = [Math.floor((k * DRAWN) / perLabel), k % (perLabel / DRAWN)];
        const drawn = dream(dreamer, DIGITS[label]!, { count: DRAWN, seed: 1000 * seed + part });
        for (const [i, each] of drawn.entries()) pool.set(each.x.map((value) => Math.min(255, Math.max(0, Math.round(value)))), (k * DRAWN + i) * PIXELS);
        return;
      }
      const from = k - poolSteps;
      const order = new Random(1000 * seed + Math.floor(from / stepsPerPass)).shuffle(Array.from({ length: COUNT }, (_, i) => i));
      const random = new Random(1_000_000 * seed + k);
      for (let s = 0; s < CHUNK; s++) {
        const sample = order[(from % stepsPerPass) * CHUNK + s]!;
        image(train, sample, x);
        const label = train.labels[sample]!;
        for (const [at, rule] of RULES.entries()) {
          if (from < pairSteps) learn(networks[at]!, rule, label, random);
          else if (!withLabels(rule)) networks[at]!.learnReadout(x, DIGITS[label]!);
        }
      }
    },
    measure: () => Object.fromEntries(RULES.map((rule, at) => [figureOf(rule), testError((each) => Number(networks[at]!.predict(each).label), test)])),
    save: () => joinBytes([pool, ...networks.map((network) => network.save())]),
    dispose: () => [dreamer, ...networks].forEach((each) => each.dispose()),
  };
}

export const experiment: Experiment = {
  title: 'Generation (dreams as negatives)',
  place: 10.1,
  figures: RULES.map((rule) => ({ name: figureOf(rule), better: 'lower', ...(rule === 'hybrids' && { target: 10, quickTarget: 15 }) })), // that it learns
  seeds: 3,
  start,
};
