// Random configurations of two-pass and recurrent networks and of detectors, and the samples that try them hardest. Everything follows from a seed.

import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf } from './core-driver.js';
import { detectorDefaults } from './detector-driver.js';
import { Stream, dice, randomConfig } from './random-learners.js';
import type { DetectorIntegers } from './reference/detector.js';
import type { RecurrentIntegers } from './reference/recurrent.js';
import type { TwoPassIntegers } from './reference/two-pass.js';

/** The hardest signals there are, as many as there are inputs. */
export function hardestStream(seed: number, inputs: number, labels?: number, streamSeed = seed): Stream {
  const shape = randomConfig(new Random(seed), { inputs: 1, units: 1, layers: 1, labels: 2, cost: 1e9 });
  return new Stream({ ...shape, inputs, labels: labels ?? shape.labels, window: undefined }, new Random(streamSeed));
}

/** A two-pass network: dense and local layers, with and without labels, in every combination of options. */
export function randomTwoPass(random: Random): TwoPassIntegers {
  const { between, often } = dice(random);
  const local = often(0.5);
  const grid = local ? ([between(1, 9), between(1, 9), between(1, 3)] as const) : ([1, 1, often(0.2) ? between(200, 300) : between(1, 50)] as const);
  let [height, width] = grid;
  const group = often(0.3) ? 8 : 0;
  const layers = Array.from({ length: between(1, 3) }, () => {
    const field = local && often(0.7) ? between(1, Math.min(height, width)) : 0;
    const stride = field === 0 ? 0 : between(1, 4);
    [height, width] = field === 0 ? [1, 1] : [Math.floor((height - field) / stride) + 1, Math.floor((width - field) / stride) + 1];
    const units = field === 0 ? between(1, 40) : between(1, 11);
    return { units: group === 0 ? units : Math.ceil(units / 8) * 8, field, stride };
  });
  const labelInput = layers[0].field === 0 && often(0.4);
  const readout = often(0.5);
  return {
    grid,
    layers,
    labels: labelInput || readout ? between(2, often(0.2) ? 20 : 6) : 0,
    bits: often(0.5) ? 8 : 16,
    sign: often(0.5) ? 1 : -1,
    meanActivity: often(0.4),
    normalise: often(0.6),
    labelInput,
    pairwise: often(0.6),
    readout,
    seed: random.u32(),
    rate: often(0.5) ? 6554 : between(0, 8 * 65536),
    alpha: often(0.5) ? 1024 : often(0.2) ? between(4, 4096 * 256) : between(4, 5000),
    margin: often(0.5) ? 0 : between(1, 8000),
    clip: often(0.7) ? 2047 : between(1, 4096),
    ...(often(0.3) ? { scale: bitsOf([(often(0.2) ? -1 : 1) * 2 ** (12 * random.uniform() - 10)])[0] } : {}),
    readoutRate: often(0.5) ? 65536 : between(0, 8 * 65536),
    theta: often(0.6) ? 65536 : between(0, 64 * 65536),
    peers: often(0.5) ? 0 : often(0.6) ? 123 : between(1, 4096),
    readoutFrom: random.below(layers.length),
    goodnessFrom: random.below(layers.length),
    strength: often(0.6) ? 1536 : between(0, 2047),
    hardness: often(0.6) ? 1024 : between(0, 64 * 256),
    group,
    readoutDrop: often(0.6) ? 0 : between(1, 60000),
  };
}

/** A recurrent network of two to four layers. */
export function randomRecurrent(random: Random): RecurrentIntegers {
  const { between, often } = dice(random);
  const common = randomConfig(random, { inputs: often(0.1) ? 300 : 40, units: 1, layers: 1, labels: 12, cost: 1e9 });
  const { inputs, labels, bits, seed, rate, alpha, margin, clip, scale, gateDivisor } = common;
  const units = Array.from({ length: often(0.6) ? 2 : between(2, 4) }, () => between(1, often(0.1) ? 270 : 30));
  const iterations = between(1, 6);
  const countFrom = between(1, iterations);
  return {
    inputs, labels, bits, seed, rate, alpha, margin, clip, gateDivisor, ...(scale === undefined ? {} : { scale }), units, iterations, countFrom,
    carry: often(0.5), stateDrop: often(0.4) ? 0 : between(1, 59000),
  };
}

/** A detector of either mode. */
export function randomDetector(random: Random): DetectorIntegers {
  const { between, often } = dice(random);
  const mode = often(0.5) ? 'streaming' : 'commissioned';
  const channels = mode === 'streaming' ? between(1, 4) : between(1, 12);
  return detectorDefaults({
    mode,
    channels,
    units: mode === 'streaming' && (channels === 1 || often(0.2)) ? 0 : often(0.5) ? 16 : between(1, 24),
    bits: often(0.5) ? 8 : 16,
    seed: random.u32(),
    warmup: between(0, 300),
    ...(often(0.5) ? { hold: between(0, 100), threshold: between(1, 50_000_000), rise: between(0, 5_000_000), every: often(0.2) ? 0 : between(1, 3000) } : {}),
    ...(often(0.3) ? { rate: between(0, 65536), alpha: between(64, 64 * 256) } : {}),
  });
}
