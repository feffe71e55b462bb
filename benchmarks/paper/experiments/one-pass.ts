/**
 * MNIST, every image once without labels, then a linear readout of all labels. The one pass is in float: units of a local layer, a set for each window, of which the most like a whitened patch learns it
 * (winner takes all). Their weights are then put into the core, which answers, and whose readout learns, in integers.
 */
import { joinBytes, splitBytes } from '../harness/checkpoint.js';
import type { Experiment, Run, StartOptions } from '../harness/experiment.js';
import { TEST_ERROR } from '../images.js';

const PATCHES = { field: 6, stride: 3, channels: 64, ridge: 3, conscience: 0.3, active: 0.2 } as const;
const NETWORK = { bits: 16, inputScale: 3 / 255, readoutFrom: 0, readoutDrop: 0.5, readoutRate: 2 } as const;
/** Images kept for the whitening, the first of the pass, and for thresholds, the last. */
const FIRST = 2000;
const LAST = 500;
const CHUNK = 250;
/** Of a linear readout of the pixels, by as many passes. */
const PIXELS_ERROR = `pixels, linear: ${TEST_ERROR}`;
/** Settings were chosen with 10,000: the last training images, tested on and not learned. */
const VALIDATION = 0;

async function start({ seed, quick, saved }: StartOptions): Promise<Run> {
  const { createTwoPass } = await import('../../../host/index.js');
  const { supportedBuild } = await import('../../../host/core.js');
  const { compileTwoPass } = await import('../../../host/two-pass/core.js');
  const { TwoPass } = await import('../../../host/two-pass/network.js');
  const { decodeTwoPass } = await import('../../../host/two-pass/snapshot.js');
  const { image, loadMnist, PIXELS } = await import('../../mnist/data.js');
  const { DIGITS } = await import('../../mnist/onward.js');
  const { testError } = await import('../../mnist/pass.js');
  const { Random } = await import('../../rivals/random.js');
  const { pixelsError } = await import('../pixels-readout.js');
  const { putLayer } = await import('../put-layer.js');
  const { WinningPatches } = await import('../winning-patches.js');

  const all = loadMnist('train');
  const end = all.count - VALIDATION;
  const count = quick ? 20_000 : end;
  const test = VALIDATION > 0 ? { count: VALIDATION, pixels: all.pixels.subarray(end * PIXELS), labels: all.labels.subarray(end) } : loadMnist('t10k');
  const stepsPerPass = Math.floor(count / CHUNK);
  const readoutPasses = quick ? 4 : 12;
  const readoutSteps = readoutPasses * stepsPerPass;
  const orderOf = (pass: number): number[] => new Random(1000 * seed + pass).shuffle(Array.from({ length: count }, (_, k) => k));

  /** Scaled as the core scales it. */
  function shown(k: number): Float32Array {
    const x = image(all, k, new Float32Array(PIXELS));
    const scale = Math.sqrt(PIXELS / x.reduce((sum, value) => sum + value * value, 0));
    return x.map((value) => scale * value);
  }

  let order = { pass: 0, images: orderOf(0) };
  const patches = new WinningPatches(PATCHES, order.images.slice(0, FIRST).map(shown), seed);
  const own = [patches.weights, patches.wins, patches.taught];
  const parts = saved ? splitBytes(saved) : [];
  own.forEach((values, k) => parts[k] && values.set(new Float32Array(parts[k].slice().buffer)));

  const build = supportedBuild();
  const module = await compileTwoPass(build);
  /** A snapshot's network, at once: a step does not wait. */
  function networkOf(snapshot: Uint8Array): InstanceType<typeof TwoPass> {
    const { config, state } = decodeTwoPass(snapshot);
    return new TwoPass(module, build, config, state);
  }
  let network = parts[own.length] ? networkOf(parts[own.length]!) : await createTwoPass({ ...NETWORK, grid: { height: 28, width: 28, channels: 1 }, units: [{ field: PATCHES.field, stride: PATCHES.stride, channels: PATCHES.channels }], labels: DIGITS, seed });
  const rows = new Float32Array(CHUNK * PIXELS);
  const labels = new Uint8Array(CHUNK);
  return {
    summary: `${patches.windows} windows of 6 x 6 with 64 units each, one pass of ${count} images in float, then int16 and ${readoutPasses} passes of the readout`,
    settings: { ...NETWORK, patches: PATCHES, images: count, first: FIRST, last: LAST, readoutPasses, validation: VALIDATION, chunk: CHUNK },
    steps: stepsPerPass + readoutSteps,
    stepsPerPass: stepsPerPass + readoutSteps,
    step(k) {
      const pass = Math.floor(k / stepsPerPass);
      if (pass !== order.pass) order = { pass, images: orderOf(pass) };
      const from = (k % stepsPerPass) * CHUNK;
      const chosen = order.images.slice(from, from + CHUNK);
      if (pass > 0) {
        chosen.forEach((at, s) => {
          image(all, at, rows.subarray(s * PIXELS, (s + 1) * PIXELS));
          labels[s] = all.labels[at]!;
        });
        network.setRate(undefined, NETWORK.readoutRate * Math.min(1, 2 * (1 - (k - stepsPerPass) / readoutSteps)));
        network.learnReadoutMany(rows, labels);
        return;
      }
      chosen.forEach((at, s) => patches.learn(shown(at), (from + s) / count));
      if (k < stepsPerPass - 1) return;
      const { weights, biases } = patches.layer(order.images.slice(-LAST).map(shown));
      const learned = putLayer(network.save(), 0, weights, biases);
      network.dispose();
      network = networkOf(learned);
    },
    measure: () => ({ [TEST_ERROR]: testError((x) => Number(network.predict(x).label), test), [PIXELS_ERROR]: pixelsError(all, orderOf(0), test, { passes: readoutPasses, seed }) }),
    save: () => joinBytes([...own.map((values) => new Uint8Array(values.slice().buffer)), network.save()]),
    dispose: () => network.dispose(),
  };
}

export const experiment: Experiment = {
  title: 'MNIST, one pass without labels, then a readout',
  place: 3.01,
  figures: [{ name: TEST_ERROR, better: 'lower', target: 2.2, quickTarget: 4 }, { name: PIXELS_ERROR, better: 'lower' }],
  seeds: 3,
  start,
};
