/**
 * `aesop` with rule 1 in float64, JavaScript: what the integers cost. The same windows, clipped as the core clips them, the same schedule; other random
 * numbers.
 */
import { FloatLearner } from '../../../tests/float-reference.js';
import { AESOP, aesopRun, HELD_OUT, TRAINING, type Reader } from '../aesop-run.js';
import { SYMBOLS, WINDOW } from '../aesop-text.js';
import { joinBytes, splitBytes } from '../harness/checkpoint.js';
import type { Experiment } from '../harness/experiment.js';

export const experiment: Experiment = {
  title: 'the same in float',
  place: 7.2,
  figures: [
    { name: TRAINING, better: 'higher' },
    { name: HELD_OUT, better: 'higher' },
  ],
  seeds: 1,
  async start(options) {
    const { passes, ...settings } = AESOP;
    return aesopRun(floatReader(options), '300-200-200, float64', settings, { passes: options.quick ? 5 : passes, seed: options.seed });
  },
};

/** As host/predictor.ts has it. */
const FADING = 0.7;
const CLIP = 5;

function floatReader({ seed, saved }: { seed: number; saved?: Uint8Array }): Reader {
  const { units, skipInput, rate } = AESOP;
  const inputs = WINDOW * SYMBOLS.length;
  const learner = new FloatLearner({ inputs, labels: SYMBOLS.length, units, skipInput, rate, selfRate: false, inputScale: 1, seed });
  const arrays = learner.layers.flatMap(({ weights, biases, gates }) => [weights, biases, gates]);
  if (saved) splitBytes(saved).forEach((bytes, k) => arrays[k]!.set(new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)));
  const strengths = Array.from({ length: WINDOW }, (_, age) => FADING ** age);
  const scale = Math.sqrt(inputs / strengths.reduce((sum, strength) => sum + strength * strength, 0));
  const sample = new Float64Array(inputs);
  let seen: number[] = []; // newest first
  const see = (symbol: string): void => {
    seen = [SYMBOLS.indexOf(symbol), ...seen].slice(0, WINDOW);
    sample.fill(0);
    seen.forEach((index, age) => (sample[age * SYMBOLS.length + index] = Math.min(CLIP, scale * strengths[age]!)));
  };
  return {
    begin: () => {
      seen = [];
      sample.fill(0);
    },
    see,
    learn(symbol) {
      learner.step(sample, SYMBOLS.indexOf(symbol));
      see(symbol);
    },
    next: () => SYMBOLS[learner.predict(sample)]!,
    setRate: (rate) => (learner.rate = rate),
    save: () => joinBytes(arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength))),
    dispose: () => {},
  };
}
