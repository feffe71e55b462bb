/**
 * Context as a teacher: units see a part of a scene and what lies around it; positive where the two belong together, negative where the context is another scene's. In the paper
 * the context comes from a layer above that sees more; here it is given. A linear readout then learns labels from the activities, all of them or a few.
 */
import type { TwoPass } from '../../../host/index.js';
import { joinBytes, splitBytes } from '../harness/checkpoint.js';
import type { Experiment, Figure, Run, StartOptions } from '../harness/experiment.js';
import type { Scene, Scenes } from '../scenes.js';

/** Ways to learn before the readout does, as the figures name them. */
const WAYS = ['raw', 'untrained', 'hybrid, part alone', 'hybrid', 'context', 'context and hybrid'] as const;
type Way = (typeof WAYS)[number];

const SETTINGS = { bits: 16, group: 64, alpha: 4, rate: 0.03, peers: 0.01, margin: 0.02, readoutFrom: 0, readoutDrop: 0.5, readoutRate: 2 } as const;
/** Samples a step. */
const CHUNK = 100;
/** Settings were chosen with true, on the last 10,000 training images and the seconds 36 to 48. */
const VALIDATION = false;

const errorOf = (scenes: string, way: string, few: boolean): string => `${scenes}, ${way}${few ? ', few labels' : ''}: test error, %`;

interface Arm {
  name: string;
  scenes: Scenes;
  way: Way;
  /** Units of a place. */
  channels: number;
  /** Passes in pairs, of the readout, and of that of `few` labels. */
  pairPasses: number;
  readoutPasses: number;
  few: number;
  fewPasses: number;
}

/** Reads labels: from activities the network, from raw scenes a float rule of the same form. */
interface Reader {
  learn(scene: Scene, label: number, share: number): void;
  predict(scene: Scene): number;
  save(): Uint8Array;
  dispose(): void;
}

async function start({ seed, quick, saved }: StartOptions): Promise<Run> {
  const { createTwoPass, loadTwoPass } = await import('../../../host/index.js');
  const { Random } = await import('../../rivals/random.js');
  const { LinearReadout } = await import('../linear-readout.js');
  const { fanScenes, mnistScenes } = await import('../scenes.js');

  const images = quick ? 5000 : 10_000;
  const kinds = [
    { name: 'MNIST', scenes: mnistScenes(images, VALIDATION ? 10_000 : 0), channels: 128, pairPasses: quick ? 3 : 5, readoutPasses: quick ? 4 : 6, few: 600, fewPasses: 20 },
    { name: 'fan', scenes: await fanScenes(VALIDATION), channels: 512, pairPasses: 20, readoutPasses: 20, few: 15, fewPasses: 40 },
  ];
  const arms: Arm[] = kinds.flatMap((kind) => WAYS.map((way) => ({ ...kind, way, pairPasses: way === 'raw' || way === 'untrained' ? 0 : kind.pairPasses })));
  const [stored, ...states] = saved ? splitBytes(saved) : [];
  const figures: Record<string, number> = stored ? (JSON.parse(Buffer.from(stored).toString()) as Record<string, number>) : {};

  const networks: (TwoPass | undefined)[] = [];
  const readers: Reader[] = [];
  for (const [a, { scenes, way, channels }] of arms.entries()) {
    if (way === 'raw') {
      networks.push(undefined);
      readers.push(rawReader(scenes, states[a]));
      continue;
    }
    const { grid, inputScale, labels } = scenes;
    const network = await (states[a] ? loadTwoPass(states[a]) : createTwoPass({ ...SETTINGS, grid, inputScale, labels, units: [{ field: 1, stride: 1, channels }], seed }));
    networks.push(network as TwoPass);
    readers.push(networkReader(network as TwoPass, scenes, way));
  }

  function rawReader({ labels, train }: Scenes, state?: Uint8Array): Reader {
    const readout = new LinearReadout(train.scenes[0]!.length, labels.length);
    if (state) readout.weights.set(new Float64Array(state.buffer, state.byteOffset, state.byteLength / 8));
    return {
      learn: (scene, label, share) => readout.learn(scene, label, share),
      predict: (scene) => readout.predict(scene),
      save: () => new Uint8Array(readout.weights.slice().buffer),
      dispose: () => {},
    };
  }

  function networkReader(network: TwoPass, { labels, lay }: Scenes, way: Way): Reader {
    const row = new Float32Array(network.config.inputs);
    const show = (scene: Scene): Float32Array => {
      lay(row, scene, way === 'hybrid, part alone' ? undefined : scene);
      return row;
    };
    return {
      learn(scene, label, share) {
        network.setRate(undefined, SETTINGS.readoutRate * share);
        network.learnReadout(show(scene), labels[label]!);
      },
      predict: (scene) => labels.indexOf(network.predict(show(scene)).label!),
      save: () => network.save(),
      dispose: () => network.dispose(),
    };
  }

  /** Positive and negative of a pair. */
  function pair({ scenes: { train, lay, mix }, way }: Arm, k: number, random: InstanceType<typeof Random>, positive: Float32Array, negative: Float32Array): void {
    const scene = train.scenes[k]!;
    const other = train.scenes[random.below(train.scenes.length)]!;
    const isAlone = way === 'hybrid, part alone';
    lay(positive, scene, isAlone ? undefined : scene);
    if (way === 'context' || (way === 'context and hybrid' && random.uniform() < 0.5)) {
      // the part in another's context, or another part in this context: by turns, so that neither is always the same on both sides
      if (random.uniform() < 0.5) lay(negative, scene, other);
      else lay(negative, other, scene);
      return;
    }
    const mixed = mix(scene, other, random);
    lay(negative, mixed, isAlone ? undefined : mixed);
  }

  const errorPercent = (reader: Reader, { test }: Scenes): number => (100 * test.scenes.filter((scene, k) => reader.predict(scene) !== test.labels[k]).length) / test.scenes.length;

  /** A reader of its own for few labels, before the other begins. */
  function readFew(a: number): void {
    const { name, scenes, way, few, fewPasses } = arms[a]!;
    const copy = networks[a]?.clone();
    const reader = copy ? networkReader(copy, scenes, way) : rawReader(scenes);
    const random = new Random(77 * seed + 1);
    const chosen = random.shuffle(scenes.train.scenes.map((_, k) => k)).slice(0, few);
    const all = few * fewPasses;
    for (let pass = 0, t = 0; pass < fewPasses; pass++) for (const k of random.shuffle(chosen)) reader.learn(scenes.train.scenes[k]!, scenes.train.labels[k]!, fallen(t++ / all));
    figures[errorOf(name, way, true)] = errorPercent(reader, scenes);
    reader.dispose();
  }

  const stepsOf = arms.map(({ scenes, pairPasses, readoutPasses }) => {
    const pass = Math.floor(scenes.train.scenes.length / CHUNK);
    return { pass, pairs: pairPasses * pass, all: (pairPasses + readoutPasses) * pass };
  });
  const steps = stepsOf.reduce((sum, { all }) => sum + all, 0);
  let order = { key: '', scenes: new Array<number>() };
  return {
    summary: `int16, one layer; MNIST: ${images} images, 16 places of 128 units, ${kinds[0]!.pairPasses} passes without labels, ${kinds[0]!.readoutPasses} of the readout; fan: 512 units, ${kinds[1]!.pairPasses} and ${kinds[1]!.readoutPasses}`,
    settings: { ...SETTINGS, images, kinds: kinds.map(({ scenes, ...rest }) => rest), validation: VALIDATION, chunk: CHUNK },
    steps,
    stepsPerPass: steps,
    step(k) {
      let [a, at] = [0, k];
      while (at >= stepsOf[a]!.all) at -= stepsOf[a++]!.all;
      const { pass, pairs, all } = stepsOf[a]!;
      const { scenes } = arms[a]!;
      const key = `${a} ${Math.floor(at / pass)}`;
      if (order.key !== key) order = { key, scenes: new Random(1000 * seed + Math.floor(at / pass)).shuffle(scenes.train.scenes.map((_, i) => i)) };
      const chosen = order.scenes.slice((at % pass) * CHUNK, (at % pass + 1) * CHUNK);
      if (at >= pairs) {
        if (at === pairs) readFew(a);
        for (const i of chosen) readers[a]!.learn(scenes.train.scenes[i]!, scenes.train.labels[i]!, fallen((at - pairs) / (all - pairs)));
        return;
      }
      const network = networks[a]!;
      const random = new Random(1_000_000 * seed + k);
      const [positive, negative] = [new Float32Array(network.config.inputs), new Float32Array(network.config.inputs)];
      network.setRate(SETTINGS.rate * fallen(at / pairs));
      for (const i of chosen) {
        pair(arms[a]!, i, random, positive, negative);
        network.learnPair(positive, negative);
      }
    },
    measure: () => ({ ...figures, ...Object.fromEntries(arms.map(({ name, scenes, way }, a) => [errorOf(name, way, false), errorPercent(readers[a]!, scenes)])) }),
    save: () => joinBytes([new Uint8Array(Buffer.from(JSON.stringify(figures))), ...readers.map((reader) => reader.save())]),
    dispose: () => readers.forEach((reader) => reader.dispose()),
  };
}

/** Share of a rate that is constant for half of the time and then falls to zero in a straight line. */
const fallen = (gone: number): number => Math.min(1, 2 * (1 - gone));

export const experiment: Experiment = {
  title: 'Context as a teacher',
  place: 3.1,
  figures: ['MNIST', 'fan'].flatMap((scenes) =>
    (['raw', 'untrained', 'hybrid', 'context'] as const).map((way): Figure => ({ name: errorOf(scenes, way, false), better: 'lower', ...(scenes === 'MNIST' && way === 'context' && { quickTarget: 8 }) })),
  ),
  seeds: 3,
  start,
};
