/** One pass over MNIST, test-then-train, then the test error: the same measurement for every learner. */
import { image, PIXELS, type Images } from './data.js';

export interface ImageLearner {
  step(x: Float32Array, y: number): number; // predicts, then learns; the label predicted before learning
  predict(x: Float32Array): number;
}

export interface PassResult {
  first1000: number; // prequential accuracy over the first 1,000 samples, %
  prequential: number; // over all samples, %
  testError?: number; // %
  seconds: number;
}

export function onePass(learner: ImageLearner, train: Images, test?: Images, samples = train.count): PassResult {
  const start = performance.now();
  const x = new Float32Array(PIXELS);
  let correct = 0;
  let early = 0;
  for (let k = 0; k < samples; k++) {
    if (learner.step(image(train, k, x), train.labels[k]) === train.labels[k]) correct++;
    if (k === 999) early = correct;
  }
  const seconds = (performance.now() - start) / 1000;
  const result = { first1000: early / 10, prequential: (100 * correct) / samples, seconds };
  return test ? { ...result, testError: testError((image) => learner.predict(image), test) } : result;
}

export function testError(predict: (x: Float32Array) => number, test: Images): number {
  const x = new Float32Array(PIXELS);
  let wrong = 0;
  for (let k = 0; k < test.count; k++) if (predict(image(test, k, x)) !== test.labels[k]) wrong++;
  return (100 * wrong) / test.count;
}
