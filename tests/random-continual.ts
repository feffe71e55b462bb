// Random learners with a memory, and samples that change abruptly. Everything follows from a seed.

import { Random } from '../benchmarks/rivals/random.js';
import { bitsOf } from './core-driver.js';
import { Stream, maybeSecondOrder, randomConfig, randomLocalConfig, type Size } from './random-learners.js';
import type { IntegerConfig } from './reference.js';
import type { ContinualConfig } from './reference/continual-memory.js';

export const DRIFTS: readonly ContinualConfig['drift'][] = ['two-rates', 'page-hinkley', 'adwin', 'ddm', 'input', 'none'];

type Continual = IntegerConfig & { continual: ContinualConfig };

export function continualConfig(random: Random, size: Size, k: number): Continual {
  return withMemory(random, maybeSecondOrder(randomConfig(random, size)), k);
}

/** The same with local layers. */
export function localConfig(random: Random, most: number, k: number): Continual {
  return withMemory(random, randomLocalConfig(random, most), k);
}

function withMemory(random: Random, config: IntegerConfig, k: number): Continual {
  const kind = k % 5; // exemplars of 8, 4, 2 bits, prototypes, drift alarms only
  const often = (share: number): boolean => random.uniform() < share;
  const { window: _, ...plain } = config;
  return {
    ...plain,
    ...(often(0.6) ? { rate: 3277, alpha: 2560, clip: 1280, margin: 1638, gateDivisor: 20, units: config.units.map((count) => (typeof count === 'number' ? Math.max(count, 6) : count)) } : {}),
    ...(kind === 3 ? { secondOrder: undefined } : {}), // not with prototypes
    selfRate: often(0.5),
    ...(often(0.3) && config.scale === undefined ? { scale: bitsOf([often(0.5) ? 0.5 : 1])[0] } : {}),
    continual: {
      exemplars: kind < 3 ? 1 + random.below(often(0.3) ? 5 : 50) : 0,
      exemplarBits: ([8, 4, 2, 8, 8] as const)[kind],
      prototypes: kind === 3 ? 1 + random.below(5) : 0,
      replays: kind < 4 ? random.below(5) : 0,
      spread: kind < 3 && often(0.4),
      drift: DRIFTS[k % 6],
    },
  };
}

/** Samples that can be learned, and change abruptly now and then; often one input in five, or all, are as wild as `Stream` has them. */
export class ChangingStream {
  readonly bits: Uint32Array;
  label = 0;
  private readonly values: Float32Array;
  private readonly wild: Stream;
  private readonly tame: boolean[];
  private centres: number[][] = [];
  private spread = 1;
  private shift = 0;

  constructor(private readonly config: IntegerConfig, private readonly random: Random) {
    this.values = new Float32Array(config.inputs);
    this.bits = new Uint32Array(this.values.buffer);
    this.wild = new Stream(config, random);
    const share = [0, 0.8, 1, 1][random.below(4)];
    this.tame = Array.from({ length: config.inputs }, () => random.uniform() < share);
    this.change();
  }

  /** Labels trade places, or have other means in another unit. */
  change(): void {
    const { config, random } = this;
    if (this.centres.length > 0 && random.uniform() < 0.6) {
      this.centres.push(this.centres.shift()!);
      return;
    }
    this.centres = Array.from({ length: config.labels }, () => Array.from({ length: config.inputs }, () => 2 * random.normal()));
    this.spread = random.uniform() < 0.5 ? 1 : 10 ** (4 * random.uniform() - 2);
    this.shift = random.uniform() < 0.4 ? 0 : (random.uniform() < 0.5 ? 5 : 500) * this.spread * random.normal();
  }

  next(labels: number): void {
    const { random, values, wild } = this;
    wild.next();
    this.bits.set(wild.bits);
    this.label = random.below(labels);
    const centre = this.centres[this.label];
    this.tame.forEach((tame, i) => {
      if (tame) values[i] = this.shift + this.spread * (centre[i] + 0.4 * random.normal());
    });
  }
}
