import { image, PIXELS, type Images } from '../mnist/data.js';
import { DIGITS } from '../mnist/onward.js';
import { testError } from '../mnist/pass.js';
import { Random } from '../rivals/random.js';
import { LinearReadout } from './linear-readout.js';

/** Test error of a linear readout of the pixels themselves, in percent: the simplest rule beside features. The rate falls in the second half of the passes. */
export function pixelsError(all: Images, learned: readonly number[], test: Images, { passes, seed }: { passes: number; seed: number }): number {
  const readout = new LinearReadout(PIXELS, DIGITS.length);
  const random = new Random(77 * seed);
  const x = new Float32Array(PIXELS);
  for (let pass = 0; pass < passes; pass++) for (const k of random.shuffle(learned.slice())) readout.learn(image(all, k, x), all.labels[k]!, 2 * Math.min(1, 2 * (1 - pass / passes)));
  return testError((shown) => readout.predict(shown), test);
}
