/** Linear rivals on the standardised sample: normalised least mean squares, and recursive least squares with forgetting. */
import { Standardiser } from '../../rivals/standardiser.js';
import { Scale, type Rival } from './rival.js';

const SCALING = 100;

export function nlms(inputs: number, rate: number): Rival {
  const standardiser = new Standardiser(inputs, 5);
  const scale = new Scale();
  const weights = new Float64Array(inputs + 1);
  const answer = (z: Float64Array): number => z.reduce((sum, value, i) => sum + weights[i] * value, weights[inputs]);
  return {
    predict: (x) => scale.held(scale.mean + scale.deviation * answer(standardiser.standardise(x))),
    learn(x, y) {
      standardiser.observe(x);
      scale.observe(y);
      const z = standardiser.standardise(x);
      const error = (y - scale.mean) / scale.deviation - answer(z);
      const step = (rate * error) / z.reduce((sum, value) => sum + value * value, 1);
      for (let i = 0; i < inputs; i++) weights[i] += step * z[i];
      weights[inputs] += step;
    },
  };
}

/**
 * P starts at `start` times the identity; forgetting stops while its trace has grown beyond a million times the inputs. Inputs are scaled by their first 100 samples, and then
 * stay so: it has no use for a scale, and under one that moves its weights no longer fit (machine: 0.887 in place of 0.991).
 */
export function rls(inputs: number, forgetting: number, start = 10): Rival {
  const standardiser = new Standardiser(inputs, Infinity);
  let seen = 0;
  const scale = new Scale();
  const size = inputs + 1;
  const weights = new Float64Array(size);
  const p = new Float64Array(size * size);
  for (let i = 0; i < size; i++) p[i * size + i] = start;
  const z = new Float64Array(size);
  const pz = new Float64Array(size);
  const take = (x: Float64Array): void => {
    z.set(standardiser.standardise(x));
    z[inputs] = 1;
  };
  const answer = (): number => z.reduce((sum, value, i) => sum + weights[i] * value, 0);
  let origin = NaN;
  return {
    predict(x) {
      take(x);
      return Number.isNaN(origin) ? 0 : scale.held(origin + answer());
    },
    learn(x, y) {
      if (Number.isNaN(origin)) origin = y;
      if (seen++ < SCALING) standardiser.observe(x);
      scale.observe(y);
      take(x);
      let [along, trace] = [0, 0];
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += p[i * size + k] * z[k];
        pz[i] = sum;
        along += sum * z[i];
        trace += p[i * size + i];
      }
      const keep = trace > 1e6 * size ? 1 : forgetting;
      const error = y - origin - answer();
      for (let i = 0; i < size; i++) {
        const gain = pz[i] / (keep + along);
        weights[i] += gain * error;
        for (let k = 0; k < size; k++) p[i * size + k] = (p[i * size + k] - gain * pz[k]) / keep;
      }
    },
  };
}
