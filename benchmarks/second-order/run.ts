/**
 * npm run bench:second-order
 *
 * What the decorrelating step adds: `secondOrder` off, 'input' and 'full' in both widths, on the streams of bench:streams that have one row a sample and on the tuning
 * streams; and on synthetic ones, a few strong common factors with weak labels, where it is all that counts. Everything else is the default.
 * docs/how-it-learns.md has the table (`npm run readme`).
 */
import { writeFileSync } from 'node:fs';
import { machine } from '../machine.js';
import { Random } from '../rivals/random.js';
import { later, missingDev, sources, type Stream } from '../streams/data.js';
import { runOnward } from '../streams/onward.js';
import type { SecondOrderRow } from './table.js';

const KINDS = ['off', 'input', 'full'] as const;
const SEEDS = [1, 2, 3, 4, 5];
const SAMPLES = 6000;
/** Channels and labels. */
const SYNTHETIC = [[16, 6], [32, 8], [64, 10], [100, 12]] as const;

if (missingDev !== undefined) throw new Error(missingDev);
const loaded = [];
for (const source of [...sources.filter(({ counted }) => counted), ...later]) loaded.push(await source.load());
const streams: SecondOrderRow[] = [];
for (const stream of loaded) streams.push({ name: stream.name, int8: await accuracies(stream, 8), int16: await accuracies(stream, 16) });
const synthetic: SecondOrderRow[] = [];
for (const [channels, labels] of SYNTHETIC) synthetic.push({ name: `${channels} channels, ${labels} labels`, int8: await accuracies(factors(channels, labels), 8), int16: await accuracies(factors(channels, labels), 16) });
writeFileSync(new URL('../results/second-order.json', import.meta.url), `${JSON.stringify({ machine: machine(), seeds: SEEDS, streams, synthetic }, null, 1)}\n`);

async function accuracies(stream: Stream, bits: 8 | 16): Promise<number[]> {
  const each = [];
  for (const secondOrder of KINDS) {
    const { accuracy } = await runOnward(stream, { units: [64, 64], bits, secondOrder }, SEEDS, () => {});
    each.push(Number(accuracy.toFixed(2)));
  }
  console.log(`${stream.name} int${bits}: ${each.join(' ')}`);
  return each;
}

/** Channels that share a few strong factors, and labels that lie in what the factors leave. */
function factors(channels: number, count: number): Stream {
  const random = new Random(1);
  const strong = Array.from({ length: Math.ceil(channels / 8) }, () => Float64Array.from({ length: channels }, () => random.normal()));
  const centres = Array.from({ length: count }, () => Float64Array.from({ length: channels }, () => 0.5 * random.normal()));
  const x = new Float32Array(SAMPLES * channels);
  const y = Int32Array.from({ length: SAMPLES }, () => random.below(count));
  for (let s = 0; s < SAMPLES; s++) {
    const levels = strong.map(() => 4 * random.normal());
    for (let i = 0; i < channels; i++) x[s * channels + i] = levels.reduce((sum, level, k) => sum + level * strong[k]![i]!, centres[y[s]!]![i]! + random.normal());
  }
  return { name: `${channels} channels`, samples: SAMPLES, inputs: channels, labels: Array.from({ length: count }, (_, c) => String(c)), x, y };
}
