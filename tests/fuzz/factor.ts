// The whitening factor under hostile samples: it must stay within its limits, load again, and whiten as well as a factor in double precision does.

import { Random } from '../../benchmarks/rivals/random.js';
import { configWords, resolveConfig } from '../../host/config.js';
import { compile, instantiate, type CoreExports } from '../../host/core.js';
import { loadLearner } from '../../host/index.js';
import { stateFault } from '../../host/arena/learner.js';
import { encodeSnapshot } from '../../host/snapshot.js';
import { Generator } from '../reference/random.js';

/** Fills a sample of standardised size; `t` counts samples. */
type Generate = (x: Float64Array, t: number) => void;

const fill = (x: Float64Array, value: (i: number) => number): void => {
  for (let i = 0; i < x.length; i++) x[i] = value(i);
};

/** What the samples are like, each from a generator of its own. */
export const GENERATORS: Record<string, (random: Random, inputs: number) => Generate> = {
  white: (random) => (x) => fill(x, () => random.normal()),
  collinear: (random) => (x) => {
    const a = random.normal();
    fill(x, (i) => a + 0.001 * i);
  },
  'nearly collinear': (random) => (x) => {
    const a = random.normal();
    fill(x, () => a + 0.02 * random.normal());
  },
  'of rank two': (random, inputs) => {
    const [a, b] = [0, 1].map(() => Array.from({ length: inputs }, () => random.normal()));
    return (x) => {
      const [u, v] = [random.normal(), random.normal()];
      fill(x, (i) => 0.7 * (u * a![i]! + v * b![i]!));
    };
  },
  'pairs of twins': (random) => (x) => fill(x, (i) => (i % 2 === 0 ? random.normal() : x[i - 1]!)),
  'half dead': (random) => (x) => fill(x, (i) => (i % 2 === 0 ? random.normal() : 0)),
  dead: () => (x) => x.fill(0),
  constant: () => (x) => fill(x, (i) => (i % 3) - 1),
  'at the clip': () => (x) => x.fill(5),
  'clipped at random': (random) => (x) => fill(x, () => (random.uniform() < 0.5 ? -5 : 5)),
  'heavy-tailed': (random) => (x) => fill(x, () => random.normal() / (Math.abs(random.normal()) + 0.01)),
  'one-hot': (random, inputs) => (x) => {
    x.fill(0);
    x[random.below(inputs)] = Math.sqrt(inputs);
  },
  'mostly silent': (random) => (x) => (random.uniform() < 0.99 ? x.fill(0) : fill(x, () => 5 * random.normal())),
  'alternating worlds': (random) => (x, t) => {
    const a = random.normal();
    const narrow = Math.floor(t / 5000) % 2 === 1;
    fill(x, () => (narrow ? a + 0.01 * random.normal() : random.normal()));
  },
  'signs in turn': (random) => (x, t) => fill(x, (i) => ((t + i) % 2 === 0 ? 1 : -1) + 0.001 * random.normal()),
  'a period of eight': () => (x, t) => fill(x, (i) => Math.SQRT2 * Math.sin((2 * Math.PI * t * (1 + (i % 3))) / 8 + i)),
  'growing and shrinking': (random) => (x, t) => {
    const scale = 2 ** (4 * Math.sin(t / 3000) - 2);
    fill(x, () => scale * random.normal());
  },
  'a random walk': (random, inputs) => {
    const at = new Float64Array(inputs);
    return (x) => fill(x, (i) => (at[i] = Math.max(-5, Math.min(5, at[i]! + 0.02 * random.normal()))));
  },
  'bits of one word': (random) => (x) => {
    const word = random.u32();
    fill(x, (i) => ((word >>> i % 32) & 1 ? 1 : -1));
  },
  'one loud channel': (random) => (x) => fill(x, (i) => (i === 0 ? 5 : 0.02) * random.normal()),
};

export interface Verdict {
  generator: string;
  inputs: number;
  samples: number;
  /** Mean of z'd / n over samples never learned, and what a factor in double precision makes of it. */
  length: number;
  exact: number;
  /** Greatest value of the factor, of 8.0. */
  greatest: number;
  /** In words. */
  violations: string[];
}

/** Lengths may differ by this much, and by what values of R that tremble by 0.004 add where nothing should be left (64 inputs at the clip: 0.009). */
const TOLERANCE = 0.1;
const TREMBLE = 0.012;
/** Lengths are means over the second half of the checks. */
const CHECKS = 40;
const PROBES = 50;
/** Bytes before the generator's state in the arena, and before the rows of a factor. */
const RANDOM_AT = 16;
const FACTOR_BYTES = 16;
/** Bytes of the one behind it, of the pulls of four units. */
const PULLS_BYTES = FACTOR_BYTES + 8 * 16;

/** `samples` of one kind through a learner, looked at `CHECKS` times. */
export async function fuzzFactor(generator: string, inputs: number, samples: number, seed: number): Promise<Verdict> {
  const random = new Random(seed);
  const generate = GENERATORS[generator]!(random, inputs);
  // samples as they are: the standardisation would take some of the hostility out of them
  const config = resolveConfig({ inputs, labels: ['a', 'b'], units: [4], inputScale: 1, secondOrder: 'full', seed });
  const core = instantiate(await compile('simd', 'continual'), configWords(config));
  const input = new Float32Array(core.memory.buffer, core.input(), inputs);
  const state = new Uint8Array(core.memory.buffer, core.arena(), core.stateBytes());
  const exact = new DoubleFactor(core, inputs);
  const x = new Float64Array(inputs);
  const verdict: Verdict = { generator, inputs, samples, length: 0, exact: 0, greatest: 0, violations: [] };
  const next = (t: number): void => {
    generate(x, t);
    fill(x, (i) => Math.round(256 * Math.max(-5, Math.min(5, x[i]!))) / 256);
  };
  let t = 0;
  for (let check = 0; check < CHECKS; check++) {
    for (; t < Math.floor((samples * (check + 1)) / CHECKS); t++) {
      next(t);
      exact.follow(x);
      input.set(x);
      core.learn(random.uniform() < 0.5 ? 0 : 1);
    }
    const fault = stateFault(config, state);
    if (fault !== undefined) verdict.violations.push(`${fault} after ${t} samples`);
    const rows = exact.rows();
    for (const row of rows) for (const value of row) verdict.greatest = Math.max(verdict.greatest, Math.abs(value));
    let [length, wanted] = [0, 0];
    for (let probe = 0; probe < PROBES; probe++) {
      next(t + probe);
      length += lengthOf(rows, x) / inputs / PROBES;
      wanted += lengthOf(exact.R, x) / inputs / PROBES;
    }
    if (!(length >= 0)) verdict.violations.push(`z'd ${length} after ${t} samples`);
    if (check < CHECKS / 2) continue;
    verdict.length += length / (CHECKS / 2);
    verdict.exact += wanted / (CHECKS / 2);
  }
  if (Math.abs(verdict.length - verdict.exact) > TOLERANCE * verdict.exact + TREMBLE) {
    verdict.violations.push(`z'd / n ${verdict.length.toFixed(3)}, in double precision ${verdict.exact.toFixed(3)}`);
  }
  const saved = encodeSnapshot(config, state);
  const again = (await loadLearner(saved)).save();
  if (!again.every((byte, i) => byte === saved[i])) verdict.violations.push('what it saved does not come back');
  return verdict;
}

function lengthOf(rows: readonly Float64Array[], x: Float64Array): number {
  return rows.reduce((sum, row) => sum + row.reduce((y, value, j) => y + value * x[j]!, 0) ** 2, 0);
}

/** The factor of a core once more, without rounding and without limits: it follows the same samples with the same ridge. */
class DoubleFactor {
  readonly R: Float64Array[];
  private readonly view: DataView;
  private readonly factor: number;
  private readonly random = new Generator(1);

  constructor(private readonly core: CoreExports, private readonly inputs: number) {
    const lanes = 8 * Math.ceil(inputs / 8);
    this.view = new DataView(core.memory.buffer);
    this.factor = core.memoryState!() - PULLS_BYTES - FACTOR_BYTES - lanes * (lanes + 8);
    this.R = Array.from({ length: inputs }, (_, i) => Float64Array.from({ length: i + 1 }, (_, j) => (i === j ? 1 : 0)));
  }

  /** To be called before the core learns the sample. */
  follow(z: Float64Array): void {
    const { R, inputs, view, factor } = this;
    const count = view.getUint16(factor, true);
    if (view.getUint16(factor + 2, true) > 0) return;
    this.random.state = view.getUint32(this.core.arena() + RANDOM_AT, true);
    let signs = 0;
    const x = z.map((value, i) => {
      if (i % 32 === 0) signs = this.random.next();
      return value + ((signs >>> i % 32) & 1 ? -0.25 : 0.25);
    });
    const y = R.map((row) => row.reduce((sum, value, j) => sum + value * x[j]!, 0));
    const e0 = Math.min(1 / 20, Math.max(1 / 256, 0.5 / (count + 8)));
    const e = e0 / (1 + e0 * y.reduce((sum, value) => sum + value * value, 0));
    const w = new Float64Array(inputs);
    R.forEach((row, i) => {
      for (let j = 0; j <= i; j++) {
        w[j]! += y[i]! * row[j]!;
        row[j]! += e * ((1 + 1 / 16) * row[j]! - y[i]! * w[j]!);
      }
    });
  }

  /** Those of the core, in units of 1. */
  rows(): Float64Array[] {
    let at = this.factor + FACTOR_BYTES;
    return this.R.map((_, i) => {
      const row = Float64Array.from({ length: i + 1 }, (_, j) => this.view.getInt16(at + 2 * j, true) / 1024);
      at += 16 * (Math.floor(i / 8) + 1);
      return row;
    });
  }
}
