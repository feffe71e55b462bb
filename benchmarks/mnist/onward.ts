/** The integer learner on MNIST, through the library's public API. */
import type { LearnerWishes } from '../../host/index.js';
import { Random } from '../rivals/random.js';
import { PIXELS, type Images } from './data.js';
import { onePass, testError, type PassResult } from './pass.js';

export const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * The image option. The scale brings the pixels to an RMS of 1, where standardised inputs stand: with 1/255 (RMS 0.33) the steps are too small and the
 * error after one pass is 6.6 % (float, rate 0.03), not 3.9 %. No skip input: it would cost 157,000 weights. No self-finding rate: it prefers the start and falls
 * to its lower limit (first 1,000 samples 4 points better, test error 0.2 worse). The rate and everything else are the defaults.
 */
export const IMAGES = { inputScale: 3 / 255, skipInput: false, selfRate: false };
const RATE = 0.05; // the default, named because tenPasses lets it fall

export async function onwardLine(config: LearnerWishes, train: Images, test: Images): Promise<{ result: PassResult; settings: object }> {
  const { createLearner } = await import('../../host/index.js');
  const learner = await createLearner({ inputs: PIXELS, labels: DIGITS, ...config });
  const predict = (x: Float32Array) => Number(learner.predict(x).label);
  const result = onePass(
    {
      predict,
      step(x, y) {
        const label = predict(x);
        learner.learn(x, DIGITS[y]);
        return label;
      },
    },
    train,
    test,
  );
  const { updates, saturations, bytes } = learner.stats();
  learner.dispose();
  return { result, settings: { ...config, updates: updates / (2 * train.count), saturations, arenaBytes: bytes.arena } };
}

/** 784-500-500, ten passes in a new order each, the rate constant for five, then linearly down to zero. */
export async function tenPasses(
  bits: 8 | 16,
  train: Images,
  test: Images,
  say: (text: string) => void,
): Promise<{ bits: number; testError: number; afterPass: number[]; seconds: number; settings: object }> {
  const { createLearner } = await import('../../host/index.js');
  const passes = 10;
  const chunk = 500; // samples handed over at once, and the steps in which the rate falls
  const settings = { ...IMAGES, units: [500, 500], bits, rate: RATE };
  const learner = await createLearner({ inputs: PIXELS, labels: DIGITS, ...settings });
  const rows = new Float32Array(chunk * PIXELS);
  const labels = new Uint8Array(chunk);
  const afterPass: number[] = [];
  const start = performance.now();
  for (let pass = 0; pass < passes; pass++) {
    const order = new Random(pass + 1).shuffle(Array.from({ length: train.count }, (_, k) => k));
    for (let from = 0; from + chunk <= train.count; from += chunk) {
      const done = (pass + from / train.count) / passes;
      learner.setRate(RATE * Math.min(1, 2 * (1 - done)));
      for (let s = 0; s < chunk; s++) {
        const k = order[from + s];
        rows.set(train.pixels.subarray(k * PIXELS, (k + 1) * PIXELS), s * PIXELS);
        labels[s] = train.labels[k];
      }
      learner.learnMany(rows, labels);
    }
    afterPass.push(testError((x) => Number(learner.predict(x).label), test));
    say(`  int${bits}, pass ${pass + 1}: test error ${afterPass[pass].toFixed(2)} %`);
  }
  const seconds = (performance.now() - start) / 1000;
  learner.dispose();
  return { bits, testError: afterPass[passes - 1], afterPass, seconds, settings };
}
