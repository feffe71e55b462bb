/**
 * npm run bench:mnist [-- --only onward | --only rivals | --ten]
 *
 * MNIST, batch size 1, no augmentation. Default: 784-200-200, one pass in file order, the integer learner (int16, int8) beside the float rule, a float
 * backprop MLP of the same shape and logistic regression, both with rate and input scale scanned on the first 10,000 samples. --ten: 784-500-500,
 * ten passes, the rate falling linearly to zero over the last five, int16 and int8. Progress goes to stderr.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FloatLearner } from '../../tests/float-reference.js';
import { machine } from '../machine.js';
import { Mlp } from '../rivals/mlp.js';
import { loadMnist, PIXELS } from './data.js';
import { DIGITS, IMAGES, onwardLine, tenPasses } from './onward.js';
import { onePass, type PassResult } from './pass.js';

interface Line extends PassResult {
  name: string;
  rival: boolean; // does not change with the core
  settings: object;
  errors: number[]; // test error of every seed
}

const { values: options } = parseArgs({ options: { only: { type: 'string' }, ten: { type: 'boolean', default: false } } });
if (options.only !== undefined && !['onward', 'rivals'].includes(options.only)) throw new RangeError(`--only: got '${options.only}', expected 'onward' or 'rivals'`);

const UNITS = [200, 200];
const SEEDS = [1, 2, 3];
const SCANNED = 10_000; // samples for choosing the rivals' rates
const RATES = Array.from({ length: 11 }, (_, k) => 0.0005 * 2 ** (k / 2)); // 0.0005 to 0.016
const SCALES = [1 / 255, 2 / 255, IMAGES.inputScale]; // the rivals may choose their input scale too
const folder = fileURLToPath(new URL('../results/', import.meta.url));
const train = loadMnist('train');
const test = loadMnist('t10k');

if (options.ten) {
  const lines = [await tenPasses(16, train, test, say), await tenPasses(8, train, test, say)];
  for (const { bits, testError, seconds } of lines) console.log(`784-500-500, ten passes, int${bits}: test error ${testError.toFixed(2)} %, ${seconds.toFixed(0)} s`);
  save('mnist-ten.json', { lines });
} else {
  const lines = [...(await onwardLines()), ...rivalLines()];
  console.log(`MNIST, one pass, batch 1, mean of ${SEEDS.length} seeds`.padEnd(44) + ['first 1,000', 'prequential', 'test error', 'seconds'].map((h) => h.padStart(12)).join(''));
  for (const { name, first1000, prequential, testError, seconds } of lines) {
    console.log(name.padEnd(44) + [first1000, prequential, testError ?? NaN, seconds].map((v) => v.toFixed(2).padStart(12)).join(''));
  }
  save('mnist.json', { lines });
}

async function onwardLines(): Promise<Line[]> {
  if (options.only === 'rivals') return keptLines().filter((line) => !line.rival);
  const lines: Line[] = [];
  for (const [name, config] of [
    ['onward int16, 784-200-200', { bits: 16, ...IMAGES }],
    ['onward int8, 784-200-200', { bits: 8, ...IMAGES }],
    ['onward int16, skip input, self rate', { bits: 16, inputScale: IMAGES.inputScale }],
    ['onward int8, skip input, self rate', { bits: 8, inputScale: IMAGES.inputScale }],
  ] as const) {
    const runs = [];
    for (const seed of SEEDS) runs.push(await onwardLine({ units: UNITS, ...config, seed }, train, test));
    lines.push(averaged(name, false, runs[0].settings, runs.map((run) => run.result)));
  }
  return lines;
}

function rivalLines(): Line[] {
  if (options.only === 'onward') return keptLines().filter((line) => line.rival);
  const shape = { inputs: PIXELS, labels: DIGITS.length };
  const float = { ...shape, units: UNITS, ...IMAGES };
  const lines = [averaged('rule 1 in float, 784-200-200', true, float, SEEDS.map((seed) => onePass(new FloatLearner({ ...float, seed }), train, test)))];
  for (const [name, hidden] of [
    ['backprop in float, 784-200-200', UNITS],
    ['logistic regression in float', []],
  ] as const) {
    const config = (rate: number, inputScale: number) => ({ ...shape, hidden, rate, inputScale });
    const scanned = SCALES.flatMap((inputScale) =>
      RATES.map((rate) => ({ rate, inputScale, prequential: onePass(new Mlp(config(rate, inputScale)), train, undefined, SCANNED).prequential })),
    );
    // A subset may like a higher rate than the whole: per scale the best rate and its two lower neighbours run in full, and the best by test error is taken.
    const full = SCALES.flatMap((inputScale) => {
      const line = scanned.filter((s) => s.inputScale === inputScale);
      const at = line.reduce((best, s, k) => (s.prequential > line[best].prequential ? k : best), 0);
      return line.slice(Math.max(0, at - 2), at + 1).map(({ rate }) => {
        const result = onePass(new Mlp(config(rate, inputScale)), train, test);
        say(`  ${name}, pixels x ${inputScale.toFixed(4)}, rate ${rate.toPrecision(2)}: test error ${result.testError!.toFixed(2)}`);
        return { rate, inputScale, result };
      });
    });
    const best = full.reduce((a, b) => (b.result.testError! < a.result.testError! ? b : a));
    const others = SEEDS.slice(1).map((seed) => onePass(new Mlp({ ...config(best.rate, best.inputScale), seed }), train, test));
    const settings = { ...config(best.rate, best.inputScale), scanned, full };
    lines.push(averaged(`${name}, rate ${best.rate.toPrecision(2)}`, true, settings, [best.result, ...others]));
  }
  return lines;
}

/** What the last run measured: a part of it stands when only the other part runs. */
function keptLines(): Line[] {
  const path = `${folder}mnist.json`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { lines: Line[] }).lines : [];
}

/** Mean over seeds: the test error after one pass at a constant rate spreads by 0.3 points. */
function averaged(name: string, rival: boolean, settings: object, runs: PassResult[]): Line {
  const mean = (pick: (run: PassResult) => number) => runs.reduce((sum, run) => sum + pick(run), 0) / runs.length;
  const errors = runs.map((run) => run.testError!);
  const line = {
    name, rival, settings, errors,
    first1000: mean((r) => r.first1000), prequential: mean((r) => r.prequential), testError: mean((r) => r.testError!), seconds: mean((r) => r.seconds),
  };
  say(`${name}: prequential ${line.prequential.toFixed(2)}, test error ${line.testError.toFixed(2)} (${errors.map((e) => e.toFixed(2)).join(', ')}), ${line.seconds.toFixed(1)} s a pass`);
  return line;
}

function save(file: string, content: object): void {
  mkdirSync(folder, { recursive: true });
  const rounded = (_: string, v: unknown) => (typeof v === 'number' && !Number.isInteger(v) ? Number(v.toPrecision(5)) : v);
  writeFileSync(folder + file, JSON.stringify({ machine: machine(), ...content }, rounded, 1) + '\n');
  say(`written: benchmarks/results/${file}`);
}

function say(text: string): void {
  process.stderr.write(text + '\n');
}
