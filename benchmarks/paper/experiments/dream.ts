/**
 * The paper's open question: can such a network generate? Samples that a learner takes for a label (`onward/dream`), against the simplest rules that make some, and real ones that it never saw.
 * Two judges that had no part in them: the nearest of the training samples, and a network of another seed.
 */
import type { Learner, LearnerConfig } from '../../../host/index.js';
import type { Random } from '../../rivals/random.js';
import type { Experiment, Run, StartOptions } from '../harness/experiment.js';

/** Samples of a stream that each rule makes, all labels together. */
const MADE = 200;
const EXEMPLARS = 200;
const MOST_LEARNED = 10_000;
const JUDGE = { units: [128, 128], passes: 2 } as const;

const STREAMS = ['pictures', 'fan'] as const;
const RULES = ['real, held out', 'mean', 'mean and noise', 'stored sample', 'dream', 'dream, exemplars'] as const;
type Rule = (typeof RULES)[number];
const FIGURES = ['nearest neighbour agrees, %', 'another network agrees, %', 'spread', 'apart'] as const;
const figureOf = (stream: string, rule: string, figure: string): string => `${stream}, ${rule}: ${figure}`;

interface Labelled {
  x: Float32Array;
  y: string;
}

/** A stream that is learned, with what judges samples of it. */
interface Lab {
  labels: readonly string[];
  held: readonly Labelled[];
  learned: readonly Labelled[];
  learner: Learner;
  remembering: Learner;
  judge: Learner;
  /** A sample as distances are taken: of a window its features, each in its deviations. */
  seen(x: Float32Array): Float32Array;
}

async function start({ seed, quick, saved }: StartOptions): Promise<Run> {
  const { dream, usual } = await import('../../../host/dream/index.js');
  const { signalOf } = await import('../../../host/dream/signal.js');
  const { Random: OwnRandom } = await import('../../../host/dream/random.js');
  const { Random } = await import('../../rivals/random.js');
  
  const labs = await Promise.all(STREAMS.map((stream) => labOf(stream, seed, quick)));
  const steps = labs.flatMap((lab, at) => RULES.flatMap((rule) => lab.labels.map((label) => ({ at, rule, label }))));
  /** Per stream and rule, sums over what was made; of distances, over pairs and over samples. */
  const sums: Record<string, { made: number; nearest: number; other: number; pairs: number; between: number; apart: number }> = saved ? JSON.parse(Buffer.from(saved).toString()) : {};

  /** Samples of a label by a rule. */
  const made = ({ held, learned, learner, remembering }: Lab, rule: Rule, label: string, count: number, random: Random): Float32Array[] => {
    const any = (from: readonly Labelled[]): Float32Array[] => {
      const own = from.filter(({ y }) => y === label);
      return Array.from({ length: count }, () => own[random.below(own.length)]!.x);
    };
    switch (rule) {
      case 'real, held out': return random.shuffle(held.filter(({ y }) => y === label)).slice(0, count).map(({ x }) => x);
      case 'stored sample': return any(learned);
      case 'dream': return dream(learner, label, { count, seed }).map(({ x }) => x);
      case 'dream, exemplars': return dream(remembering, label, { count, seed }).map(({ x }) => x);
      default: {
        const values = usual(learner, label);
        const { window } = learner.config;
        return Array.from({ length: count }, (_, k) => {
          const drawn = Float32Array.from(values, ({ low, middle, high }) => middle + (rule === 'mean' ? 0 : ((high - low) / 2) * random.normal()));
          return window === null ? drawn : signalOf(window, new OwnRandom(seed, k))(drawn);
        });
      }
    }
  };

  return {
    summary: `${quick ? '8x8 digits' : 'MNIST, 10,000 images'}, and windows of the fan; 64-64, one pass; ${MADE} samples of each rule`,
    settings: { made: MADE, exemplars: EXEMPLARS, mostLearned: MOST_LEARNED, judge: JUDGE },
    steps: steps.length,
    stepsPerPass: steps.length,
    step(k) {
      const { at, rule, label } = steps[k]!;
      const lab = labs[at]!;
      const xs = made(lab, rule, label, Math.round(MADE / lab.labels.length), new Random(1_000_000 * seed + k));
      const shown = xs.map(lab.seen);
      const sum = (sums[`${STREAMS[at]}, ${rule}`] ??= { made: 0, nearest: 0, other: 0, pairs: 0, between: 0, apart: 0 });
      for (const [i, x] of xs.entries()) {
        let [least, nearest] = [Infinity, ''];
        for (const each of lab.learned) {
          if (each.x === x) continue;
          const apart = distance(lab.seen(each.x), shown[i]!, least);
          if (apart < least) [least, nearest] = [apart, each.y];
        }
        sum.made++;
        sum.apart += Math.sqrt(least);
        sum.nearest += Number(nearest === label);
        sum.other += Number(lab.judge.predict(x).label === label);
        for (let j = 0; j < i; j++) {
          sum.pairs++;
          sum.between += Math.sqrt(distance(shown[i]!, shown[j]!));
        }
      }
    },
    measure: () => Object.fromEntries(STREAMS.flatMap((stream) => RULES.flatMap((rule) => {
      const sum = sums[`${stream}, ${rule}`]!;
      const real = sums[`${stream}, ${RULES[0]}`]!;
      const values = [(100 * sum.nearest) / sum.made, (100 * sum.other) / sum.made, sum.between / sum.pairs / (real.between / real.pairs), sum.apart / sum.made / (real.apart / real.made)];
      return FIGURES.map((figure, f): [string, number] => [figureOf(stream, rule, figure), values[f]!]);
    }))),
    save: () => new Uint8Array(Buffer.from(JSON.stringify(sums))),
    dispose: () => labs.forEach(({ learner, remembering, judge }) => [learner, remembering, judge].forEach((each) => each.dispose())),
  };
}

/** The square of it; anything from `enough` on may be less than it is. */
function distance(a: Float32Array, b: Float32Array, enough = Infinity): number {
  let sum = 0;
  for (let i = 0; i < a.length && sum < enough; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

async function labOf(stream: (typeof STREAMS)[number], seed: number, quick: boolean): Promise<Lab> {
  const { createLearner } = await import('../../../host/index.js');
  const { Random } = await import('../../rivals/random.js');
  const { samples, shape } = stream === 'fan' ? await fan() : quick ? await digits() : await mnist();
  new Random(seed).shuffle(samples);
  const held = samples.splice(0, Math.round(samples.length / 5));
  const learned = samples.slice(0, MOST_LEARNED);
  const labels = [...new Set(learned.map(({ y }) => y))].sort();
  const taught = async (config: Partial<LearnerConfig>, passes = 1): Promise<Learner> => {
    const learner = await createLearner({ ...shape, labels, ...config } as LearnerConfig);
    for (let pass = 0; pass < passes; pass++) for (const { x, y } of new Random(100 * seed + pass).shuffle([...learned])) learner.learn(x, y);
    return learner;
  };
  const [learner, remembering, judge] = [await taught({ seed }), await taught({ seed, exemplars: EXEMPLARS }), await taught({ seed: seed + 1000, units: JUDGE.units }, JUDGE.passes)];
  const seen = stream === 'fan' ? inDeviations((x) => learner.features(x), learned) : (x: Float32Array) => x;
  return { labels, held, learned, learner, remembering, judge, seen };
}

/** Features of windows, each in its deviations, kept once they were made. */
function inDeviations(features: (x: Float32Array) => Float32Array, samples: readonly Labelled[]): (x: Float32Array) => Float32Array {
  const all = samples.map(({ x }) => features(x));
  const scale = all[0]!.map((_, i) => {
    const mean = all.reduce((sum, row) => sum + row[i]!, 0) / all.length;
    return 1 / (Math.sqrt(all.reduce((sum, row) => sum + (row[i]! - mean) ** 2, 0) / all.length) || 1);
  });
  const kept = new WeakMap<Float32Array, Float32Array>();
  return (x) => {
    const known = kept.get(x) ?? features(x).map((value, i) => value * scale[i]!);
    kept.set(x, known);
    return known;
  };
}

interface Stream {
  samples: Labelled[];
  shape: Pick<LearnerConfig, 'inputs' | 'window'>;
}

async function mnist(): Promise<Stream> {
  const { image, loadMnist, PIXELS } = await import('../../mnist/data.js');
  const train = loadMnist('train');
  return { samples: Array.from({ length: (MOST_LEARNED * 5) / 4 }, (_, k) => ({ x: image(train, k, new Float32Array(PIXELS)).slice(), y: String(train.labels[k]) })), shape: { inputs: PIXELS } };
}

async function digits(): Promise<Stream> {
  const { readCsv } = await import('../../streams/tables.js');
  const { ROOT } = await import('../../streams/data.js');
  return { samples: readCsv(`${ROOT}/data/digits_8x8.csv.gz`).map((row) => ({ x: Float32Array.from(row.slice(0, 64), Number), y: row[64]! })), shape: { inputs: 64 } };
}

async function fan(): Promise<Stream> {
  const { fanWindows, WINDOW } = await import('../../../cli/fan.js');
  const { windows } = await fanWindows(1);
  return { samples: windows.map(({ x, y }) => ({ x: Float32Array.from(x), y: y! })), shape: { window: WINDOW } };
}

export const experiment: Experiment = {
  title: 'Generation (dreams)',
  place: 10,
  figures: STREAMS.flatMap((stream) => (['dream, exemplars', 'dream'] as const).flatMap((rule) => FIGURES.map((figure, f) => ({
    name: figureOf(stream, rule, figure),
    better: f === 3 ? ('lower' as const) : ('higher' as const),
    ...(f === 1 && stream === 'pictures' && { target: 95, quickTarget: 95 }), // that others see what was dreamed of
  })))),
  seeds: 3,
  start,
};
