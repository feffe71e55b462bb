/**
 * npm run bench:fields [-- --quick]
 *
 * What the decorrelating step adds to local layers: `secondOrder` off, 'input' and 'full' in both widths, on pictures in one pass, and two simple rules on the same
 * samples. Of MNIST also 5,000 pictures that were not learned. Writes benchmarks/results/fields.json; docs/fields.md has the table (`npm run readme`). --quick takes
 * one seed and 1,000 samples, and writes nothing.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createLearner, type Grid, type LocalLayer } from '../../host/index.js';
import { NearestMean } from '../everyday/rivals/nearest-mean.js';
import { Neighbours } from '../everyday/rivals/neighbours.js';
import { machine } from '../machine.js';
import { image, loadMnist, PIXELS } from '../mnist/data.js';
import { DIGITS, IMAGES } from '../mnist/onward.js';
import { sources, type Stream } from '../streams/data.js';
import { mean, prequential, row } from '../streams/prequential.js';
import { fieldsTable, type FieldsResult, type FieldsRow, type Shares } from './fields-table.js';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const KINDS = ['off', 'input', 'full'] as const;
const SEEDS = options.quick ? [1] : [1, 2, 3, 4, 5];
const [LEARNED, HELD] = options.quick ? [1_000, 500] : [20_000, 5_000];

interface Net {
  grid: Grid;
  units: (LocalLayer | number)[];
  inputScale?: number;
}

interface Pictures {
  learned: Stream;
  held?: Stream;
  nets: readonly { says: string; seeds: readonly number[]; net: Net }[];
}

const digits = await sources.find(({ name }) => name === 'digits')!.load(LEARNED);
const small = { height: 8, width: 8, channels: 1 };
const large = { height: 28, width: 28, channels: 1 };
const [first, dense, second] = [{ field: 7, stride: 3, channels: 8 }, 64, { field: 3, stride: 2, channels: 32 }];
const pictures: Pictures[] = [
  { learned: digits, nets: [{ says: 'digits of `data/`, 4 x 4 / 2 / 32', seeds: SEEDS, net: { grid: small, units: [{ field: 4, stride: 2, channels: 32 }] } }] },
  {
    learned: mnist('20,000 of MNIST', 0, LEARNED),
    held: mnist('held', LEARNED, HELD),
    nets: [
      { says: '20,000 of MNIST, 7 x 7 / 3 / 8 and a dense 64', seeds: SEEDS.slice(0, 3), net: { grid: large, units: [first, dense], inputScale: IMAGES.inputScale } },
      { says: 'the same, 7 x 7 / 3 / 8 and 3 x 3 / 2 / 32', seeds: SEEDS.slice(0, 3), net: { grid: large, units: [first, second], inputScale: IMAGES.inputScale } },
    ],
  },
];

const rows: FieldsRow[] = [];
for (const { learned, held, nets } of pictures) {
  for (const { says, seeds, net } of nets) {
    for (const bits of [8, 16] as const) {
      const kinds: Shares[] = [];
      for (const secondOrder of KINDS) {
        const bySeed: Shares[] = [];
        for (const seed of seeds) bySeed.push(await learn(learned, held, { ...net, bits, secondOrder, seed }));
        kinds.push(together(bySeed));
        console.error(`${says}, ${bits} bits, ${secondOrder}: ${JSON.stringify(kinds.at(-1))}`);
      }
      rows.push({ says, seeds: seeds.length, bits, kinds });
    }
  }
}
const rules = pictures.map(({ learned, held }) => ({
  says: learned.name,
  nearestMean: simple(learned, held, new NearestMean(learned.inputs)),
  nearest: simple(learned, held, new Neighbours(learned.inputs, 1)),
}));
const result: FieldsResult = { rows, rules };
console.log(fieldsTable(result));
if (!options.quick) writeFileSync(new URL('../results/fields.json', import.meta.url), `${JSON.stringify({ machine: machine(), ...result }, null, 1)}\n`);

async function learn(stream: Stream, held: Stream | undefined, settings: Net & { bits: 8 | 16; secondOrder: (typeof KINDS)[number]; seed: number }): Promise<Shares> {
  using learner = await createLearner({ ...settings, labels: stream.labels });
  const indexOf = new Map(stream.labels.map((label, c) => [label, c]));
  const answer = (x: Float32Array): number => indexOf.get(learner.predict(x).label ?? '') ?? -1;
  return shares(stream, held, answer, (x, y) => void learner.learn(x, stream.labels[y]!));
}

function simple(stream: Stream, held: Stream | undefined, rule: NearestMean | Neighbours): Shares {
  return shares(stream, held, (x) => rule.answer(x), (x, y) => rule.teach(x, y));
}

/** Right answers in %: each before its sample was learned, and those of `held` at the end. */
function shares(stream: Stream, held: Stream | undefined, answer: (x: Float32Array) => number, teach: (x: Float32Array, y: number) => void): Shares {
  const accuracy = prequential(stream, {
    step(x, y) {
      const answered = answer(x);
      teach(x, y);
      return answered;
    },
  });
  if (held === undefined) return { accuracy, worst: accuracy };
  let right = 0;
  for (let s = 0; s < held.samples; s++) if (answer(row(held, s)) === held.y[s]) right++;
  return { accuracy, worst: accuracy, held: (100 * right) / held.samples };
}

function together(bySeed: readonly Shares[]): Shares {
  const accuracies = bySeed.map(({ accuracy }) => accuracy);
  const held = bySeed.flatMap((one) => one.held ?? []);
  const rounded = (value: number): number => Number(value.toFixed(2));
  return { accuracy: rounded(mean(accuracies)), worst: rounded(Math.min(...accuracies)), ...(held.length > 0 ? { held: rounded(mean(held)) } : {}) };
}

function mnist(name: string, from: number, samples: number): Stream {
  const images = loadMnist('train');
  const x = new Float32Array(samples * PIXELS);
  for (let s = 0; s < samples; s++) image(images, from + s, x.subarray(s * PIXELS, (s + 1) * PIXELS));
  return { name, samples, inputs: PIXELS, labels: [...DIGITS], x, y: Int32Array.from(images.labels.subarray(from, from + samples)) };
}
