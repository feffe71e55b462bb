/** A perceptron with one hidden layer of ReLUs and a linear output, squared error, batch 1, plain gradient descent. */
import { Random } from '../../rivals/random.js';
import { Standardiser } from '../../rivals/standardiser.js';
import { Scale, type Rival } from './rival.js';

export function mlp(inputs: number, hidden: number, rate: number, seed = 1): Rival {
  const random = new Random(seed);
  const standardiser = new Standardiser(inputs, 5);
  const scale = new Scale();
  const first = random.normals(hidden * inputs, Math.sqrt(2 / inputs));
  const biases = new Float64Array(hidden);
  const last = random.normals(hidden, Math.sqrt(1 / hidden) / 4);
  let bias = 0;
  const h = new Float64Array(hidden);
  const forward = (z: Float64Array): number => {
    let out = bias;
    for (let j = 0, at = 0; j < hidden; j++) {
      let sum = biases[j];
      for (let i = 0; i < inputs; i++) sum += first[at++] * z[i];
      h[j] = Math.max(0, sum);
      out += last[j] * h[j];
    }
    return out;
  };
  return {
    predict: (x) => scale.held(scale.mean + scale.deviation * forward(standardiser.standardise(x))),
    learn(x, y) {
      standardiser.observe(x);
      scale.observe(y);
      const z = standardiser.standardise(x);
      const out = forward(z);
      // a wild target moves as one of 5 deviations does: without it plain descent diverges on two of the streams
      const step = rate * Math.max(-5, Math.min(5, (y - scale.mean) / scale.deviation - out));
      bias += step;
      for (let j = 0; j < hidden; j++) {
        if (h[j] === 0) continue;
        const back = step * last[j];
        last[j] += step * h[j];
        biases[j] += back;
        for (let i = 0, at = j * inputs; i < inputs; i++) first[at++] += back * z[i];
      }
    },
  };
}
