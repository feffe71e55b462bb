// Golden vectors: hashes of the state bytes after a number of steps, so that a change of the arithmetic shows even when it is
// made in the core and in the reference alike. `node --import tsx tests/vectors/generate.ts` makes golden.json anew.

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Random } from '../../benchmarks/rivals/random.js';
import { defaults, reference, type Implementation } from '../core-driver.js';
import { SECOND_ORDER, Stream } from '../random-learners.js';
import type { IntegerConfig } from '../reference.js';
import type { ContinualConfig } from '../reference/continual-memory.js';

export interface Golden {
  name: string;
  config: IntegerConfig;
  /** Seed of the stream. */
  stream: number;
  steps: number;
  /** Of the state bytes after the last step. */
  sha256: string;
}

function continual(memory: Partial<ContinualConfig>): IntegerConfig {
  return defaults({
    inputs: 9, labels: 5, units: [12, 12], bits: 8, selfRate: false,
    continual: { exemplars: 0, exemplarBits: 8, prototypes: 0, replays: 3, drift: 'two-rates', ...memory },
  });
}

const CASES: readonly Omit<Golden, 'sha256'>[] = [
  { name: 'as created', config: defaults({ inputs: 16, labels: 4 }), stream: 1, steps: 0 },
  { name: 'default, 16 bits', config: defaults({ inputs: 16, labels: 4 }), stream: 1, steps: 500 },
  { name: 'default, 8 bits', config: defaults({ inputs: 16, labels: 4, bits: 8 }), stream: 1, steps: 500 },
  { name: 'bare', config: defaults({ inputs: 9, labels: 3, units: [13], skipInput: false, selfRate: false, margin: 0 }), stream: 2, steps: 2000 },
  { name: 'bare, 8 bits', config: defaults({ inputs: 9, labels: 3, units: [13], bits: 8, skipInput: false, selfRate: false, margin: 0 }), stream: 2, steps: 2000 },
  { name: 'eight layers', config: defaults({ inputs: 5, labels: 6, units: [9, 8, 7, 6, 5, 4, 3, 2] }), stream: 3, steps: 1000 },
  { name: 'many labels', config: defaults({ inputs: 7, labels: 256, units: [17, 5] }), stream: 4, steps: 200 },
  { name: 'wide, 8 bits', config: defaults({ inputs: 301, labels: 5, units: [33, 20], bits: 8 }), stream: 5, steps: 200 },
  { name: 'fixed scale', config: defaults({ inputs: 12, labels: 2, units: [10, 10], scale: 0x3c808081 }), stream: 6, steps: 500 },
  { name: 'window', config: defaults({ inputs: 3 * 34, labels: 3, units: [16, 16], window: { axes: 3, samples: 50 } }), stream: 7, steps: 100 },
  { name: 'familiar', config: defaults({ inputs: 11, labels: 5, units: [16, 16], bits: 8, familiar: true }), stream: 14, steps: 2000 },
  { name: 'familiar, exemplars', config: { ...continual({ exemplars: 30 }), familiar: true }, stream: 15, steps: 2000 },
  { name: 'continual, as created', config: continual({ exemplars: 30, exemplarBits: 4 }), stream: 1, steps: 0 },
  { name: 'exemplars of 8 bits, two rates', config: continual({ exemplars: 30 }), stream: 8, steps: 400 },
  { name: 'exemplars of 4 bits, adwin', config: continual({ exemplars: 60, exemplarBits: 4, drift: 'adwin' }), stream: 9, steps: 400 },
  { name: 'exemplars of 2 bits, fixed scale, page-hinkley', config: { ...continual({ exemplars: 100, exemplarBits: 2, drift: 'page-hinkley' }), scale: 0x3f000000 }, stream: 10, steps: 400 },
  { name: 'prototypes, ddm', config: continual({ prototypes: 3, drift: 'ddm' }), stream: 11, steps: 400 },
  { name: 'prototypes, fixed scale, 16 bits', config: { ...continual({ prototypes: 2, drift: 'none' }), scale: 0x3f000000, bits: 16 }, stream: 12, steps: 400 },
  { name: 'second order, 8 bits', config: defaults({ inputs: 21, labels: 4, bits: 8, ...SECOND_ORDER }), stream: 14, steps: 600 },
  { name: 'second order, 130 inputs, no skip input', config: defaults({ inputs: 130, labels: 3, units: [9, 7], skipInput: false, ...SECOND_ORDER }), stream: 15, steps: 300 },
  { name: 'second order of all weights', config: defaults({ inputs: 10, labels: 3, units: [20, 12, 9], bits: 8, ...SECOND_ORDER, secondOrder: 'full' }), stream: 17, steps: 600 },
  { name: 'second order, exemplars, two rates', config: { ...continual({ exemplars: 30 }), secondOrder: 'input' }, stream: 16, steps: 600 },
  { name: 'second order of all weights, local fields', config: defaults({ inputs: 98, labels: 3, units: [{ field: 3, stride: 2, channels: 8 }, { field: 2, stride: 1, channels: 8 }, 9], grid: { height: 7, width: 7 }, skipInput: false, ...SECOND_ORDER, secondOrder: 'full' }), stream: 18, steps: 200 },
  { name: 'alarms of the inputs, no memory', config: continual({ replays: 0, drift: 'input' }), stream: 13, steps: 1500 },
];

/** State bytes of an implementation after the steps of a case. */
export function goldenState({ config, stream: seed, steps }: Omit<Golden, 'sha256'>, make: (config: IntegerConfig) => Implementation): Uint8Array {
  const learner = make(config);
  const stream = new Stream(config, new Random(seed));
  for (let t = 0; t < steps; t++) {
    stream.next();
    learner.learn(config.window ? learner.extract(stream.bits) : stream.bits, stream.label);
  }
  return learner.state();
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const golden = CASES.map((each) => ({ ...each, sha256: createHash('sha256').update(goldenState(each, reference)).digest('hex') }));
  writeFileSync(new URL('./golden.json', import.meta.url), `[\n${golden.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`);
}
