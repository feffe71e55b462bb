/**
 * The paper's open question: how far apart may positive and negative phases be? Awake, B samples are learned under their own labels; then, asleep, the
 * same ones under wrong labels; then the next B.
 */
import type { TwoPass } from '../../../host/index.js';
import { DIGITS } from '../../mnist/onward.js';
import { joinBytes, splitBytes } from '../harness/checkpoint.js';
import type { Experiment, Run, StartOptions } from '../harness/experiment.js';

const PHASES = [1, 10, 100, 1000, 10_000] as const;
const RATES = [0.1, 0.01] as const;
/** Whose labels the negatives carry: any wrong one, or one drawn by how much the network, as it is by then, believes it. */
const NEGATIVES = ['believed', 'random'] as const;
/** The core's own choice in `learnLabelled` has this hardness too. */
const HARDNESS = 4;
const CONFIG = { units: [200, 200], labels: DIGITS, labelInput: true, loss: 'threshold', inputScale: 3 / 255 } as const;
const CHUNK = 500;

const figureOf = (phase: number, negatives: string, rate: number): string =>
  `test error with phases of ${phase}, %${negatives === 'believed' && rate === RATES[0] ? '' : ` (${negatives} labels, rate ${rate})`}`;

/** One network after the other, each one pass. Presentation e is positive in the first half of its 2B and negative in the second, so a position says everything. */
async function start({ seed, quick, saved }: StartOptions): Promise<Run> {
  const { createTwoPass, loadTwoPass } = await import('../../../host/index.js');
  const { image, loadMnist, PIXELS } = await import('../../mnist/data.js');
  const { testError } = await import('../../mnist/pass.js');
  const { Random } = await import('../../rivals/random.js');
  const train = loadMnist('train');
  const count = quick ? 20_000 : train.count;
  const plans = (quick ? NEGATIVES.slice(0, 1) : NEGATIVES).flatMap((negatives) =>
    (quick ? RATES.slice(0, 1) : RATES).flatMap((rate) => PHASES.map((phase) => ({ negatives, rate, phase }))),
  );
  const snapshots = saved && splitBytes(saved);
  const networks: TwoPass[] = [];
  for (const [at, { rate }] of plans.entries()) networks.push(await (snapshots ? loadTwoPass(snapshots[at]!) : createTwoPass({ ...CONFIG, inputs: PIXELS, rate, seed })));
  const order = new Random(seed).shuffle(Array.from({ length: count }, (_, i) => i));
  const x = new Float32Array(PIXELS);

  /** A wrong label, drawn from softmax(hardness x goodness); hardness 0 for any. */
  const wrong = (network: TwoPass, label: number, hardness: number, u: number): number => {
    const scores = hardness > 0 ? network.predictByGoodness(x).scores : new Float64Array(DIGITS.length);
    const top = Math.max(...scores.filter((_, c) => c !== label)); // of those that are drawn from, so that one of them has 1
    const shares = scores.map((score, c) => (c === label ? 0 : Math.exp(hardness * (score - top))));
    let left = u * shares.reduce((sum, share) => sum + share, 0);
    const drawn = shares.findIndex((share) => (left -= share) < 0);
    return drawn >= 0 ? drawn : shares.indexOf(1);
  };

  const stepsPerNetwork = (2 * count) / CHUNK;
  return {
    summary: `${[PIXELS, ...CONFIG.units].join('-')}, label as input, threshold loss, int16, one pass${quick ? ` of ${count}` : ''}, rate ${RATES[0]}, wrong labels by belief`,
    settings: { ...CONFIG, rates: RATES, phases: PHASES, negatives: NEGATIVES, hardness: HARDNESS, count, chunk: CHUNK },
    steps: plans.length * stepsPerNetwork,
    stepsPerPass: plans.length * stepsPerNetwork,
    step(k) {
      const at = Math.floor(k / stepsPerNetwork);
      const network = networks[at]!;
      const { phase, negatives } = plans[at]!;
      const random = new Random(1_000_000 * seed + k);
      const first = (k % stepsPerNetwork) * CHUNK;
      for (let e = first; e < first + CHUNK; e++) {
        const within = e % (2 * phase);
        const sample = order[Math.floor(e / (2 * phase)) * phase + (within % phase)]!;
        image(train, sample, x);
        const label = train.labels[sample]!;
        if (within < phase) network.learnPositive(x, DIGITS[label]);
        else network.learnNegative(x, DIGITS[wrong(network, label, negatives === 'believed' ? HARDNESS : 0, random.uniform())]);
      }
    },
    measure() {
      const test = loadMnist('t10k');
      return Object.fromEntries(plans.map(({ phase, negatives, rate }, at) => [figureOf(phase, negatives, rate), testError((x) => Number(networks[at]!.predict(x).label), test)]));
    },
    save: () => joinBytes(networks.map((network) => network.save())),
    dispose: () => networks.forEach((network) => network.dispose()),
  };
}

export const experiment: Experiment = {
  title: 'Phases apart (sleep)',
  place: 8,
  figures: PHASES.map((phase) => ({
    name: figureOf(phase, NEGATIVES[0], RATES[0]),
    better: 'lower',
    ...(phase === 1 && { target: 10, quickTarget: 15 }), // that it learns
  })),
  seeds: 1,
  start,
};
