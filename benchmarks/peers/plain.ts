/**
 * What one would write without a library: plain JavaScript over Float32Array. Backpropagation (ReLU, softmax, in place, batch 1), and onward's
 * own rule without skip input or standardiser; c/backprop.c and c/rule.c line by line.
 */
import { Random } from '../rivals/random.js';
import { rate } from './arguments.js';
import type { Learner } from './learner.js';
import { RULE } from './settings.js';
import type { Task } from './tasks.js';

/** Not the tasks' seed: first-layer weights drawn like the clusters' centres would know them. */
const SEED = 2;

export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < values.length; c++) if (values[c]! > values[best]!) best = c;
  return best;
}

/** Units times inputs, with a bias. */
function dense(weights: Float32Array, biases: Float32Array, z: Float32Array, out: Float32Array, rectify: boolean): void {
  const inputs = z.length;
  for (let j = 0, w = 0; j < out.length; j++) {
    let a = biases[j]!;
    for (let i = 0; i < inputs; i++) a += weights[w++]! * z[i]!;
    out[j] = a > 0 || !rectify ? a : 0;
  }
}

export function plainBackprop({ inputs, units, labels }: Task): Learner {
  const eta = rate();
  const sizes = [inputs, ...units, labels];
  const layers = sizes.slice(1).map((count, l) => ({
    weights: new Float32Array(count * sizes[l]!),
    biases: new Float32Array(count),
    out: new Float32Array(count),
    delta: new Float32Array(count),
  }));
  const last = layers.length - 1;
  const forward = (x: Float32Array): Float32Array => {
    let z = x;
    for (let l = 0; l <= last; l++) {
      const { weights, biases, out } = layers[l]!;
      dense(weights, biases, z, out, l < last);
      z = out;
    }
    return z;
  };
  return {
    bytes: 4 * layers.reduce((sum, { weights, biases }) => sum + weights.length + 3 * biases.length, 0),
    reset() {
      const random = new Random(SEED);
      layers.forEach(({ weights, biases }, l) => {
        weights.set(random.normals(weights.length, Math.sqrt(2 / sizes[l]!)));
        biases.fill(0);
      });
    },
    predict: (x) => argmax(forward(x)),
    learn(x, y) {
      const logits = forward(x);
      const top = logits[argmax(logits)]!;
      const output = layers[last]!.delta;
      let sum = 0;
      for (let c = 0; c < labels; c++) sum += output[c] = Math.exp(logits[c]! - top);
      for (let c = 0; c < labels; c++) output[c] = (c === y ? 1 : 0) - output[c]! / sum;
      for (let l = last; l >= 0; l--) {
        const { weights, biases, delta } = layers[l]!;
        const below = layers[l - 1];
        const z = below ? below.out : x;
        const down = below?.delta;
        down?.fill(0);
        for (let j = 0; j < delta.length; j++) {
          const d = delta[j]!;
          if (d === 0) continue;
          const step = eta * d;
          biases[j]! += step;
          let w = j * z.length;
          if (down) {
            for (let i = 0; i < z.length; i++, w++) {
              down[i]! += d * weights[w]!;
              weights[w]! += step * z[i]!;
            }
          } else {
            for (let i = 0; i < z.length; i++) weights[w++]! += step * z[i]!;
          }
        }
        if (down) for (let i = 0; i < z.length; i++) if (z[i] === 0) down[i] = 0;
      }
    },
  };
}

interface Layer {
  weights: Float32Array; // [units, inputs]
  gates: Float32Array; // [labels, units]
  biases: Float32Array;
  a: Float32Array;
  r: Float32Array;
  z: Float32Array; // what it hands on
  meanPull: Float32Array;
  meanInputs: Float32Array;
  logRate: number;
}

export function plainRule({ inputs, units, labels }: Task): Learner {
  const before = [inputs, ...units];
  const layers = units.map((count, l): Layer => {
    const vector = () => new Float32Array(count);
    return {
      weights: new Float32Array(count * before[l]!), gates: new Float32Array(count * labels), biases: vector(), a: vector(), r: vector(), z: vector(),
      meanPull: vector(), meanInputs: new Float32Array(before[l]!), logRate: 0,
    };
  });
  const e = new Float32Array(labels);
  const total = new Float32Array(labels);
  let boost = 1;

  const sense = ({ weights, biases, gates, a }: Layer, z: Float32Array): void => {
    dense(weights, biases, z, a, false);
    for (let c = 0, v = 0; c < labels; c++) {
      let sum = 0;
      for (let j = 0; j < a.length; j++) {
        const h = a[j]! + gates[v++]!;
        if (h > 0) sum += h * h;
      }
      e[c] = sum / a.length;
      total[c]! += e[c]!;
    }
  };
  const pace = (layer: Layer, z: Float32Array): number => {
    const { r, meanPull, meanInputs } = layer;
    let rr = 0;
    let zz = 1;
    for (let j = 0; j < r.length; j++) {
      rr += r[j]! * meanPull[j]!;
      meanPull[j]! += (r[j]! - meanPull[j]!) / 32;
    }
    for (let i = 0; i < z.length; i++) {
      zz += z[i]! * meanInputs[i]!;
      meanInputs[i]! += (z[i]! - meanInputs[i]!) / 32;
    }
    layer.logRate = Math.min(Math.log(2.5), Math.max(-Math.log(2.5), layer.logRate + Math.sign(rr * zz) / 256));
    return Math.exp(layer.logRate) * (1 + boost);
  };
  const correct = (layer: Layer, z: Float32Array, y: number): void => {
    const { weights, biases, gates, a, r } = layer;
    const top = e[argmax(e)]!;
    let sum = 0;
    for (let c = 0; c < labels; c++) sum += e[c] = Math.exp(RULE.alpha * (e[c]! - top));
    for (let c = 0; c < labels; c++) e[c] = (c === y ? 1 : 0) - e[c]! / sum;
    if (e[y]! < RULE.margin) return;
    r.fill(0);
    for (let c = 0, v = 0; c < labels; c++) {
      for (let j = 0; j < r.length; j++) {
        const h = a[j]! + gates[v++]!;
        if (h > 0) r[j]! += e[c]! * h;
      }
    }
    const eta = RULE.rate * RULE.alpha * pace(layer, z);
    for (let c = 0, v = 0; c < labels; c++) {
      const step = (eta / RULE.gateDivisor) * e[c]!;
      for (let j = 0; j < r.length; j++, v++) {
        const h = a[j]! + gates[v]!;
        if (h > 0) gates[v]! += step * h;
      }
    }
    let square = z.length;
    for (let i = 0; i < z.length; i++) square += z[i]! * z[i]!;
    for (let j = 0, w = 0; j < r.length; j++) {
      const step = ((2 * eta) / square) * r[j]!;
      biases[j]! += step;
      for (let i = 0; i < z.length; i++) weights[w++]! += step * z[i]!;
    }
  };
  const handOn = ({ a, z }: Layer): void => {
    let square = 0;
    for (let j = 0; j < a.length; j++) {
      const h = a[j]! > 0 ? a[j]! : 0;
      z[j] = h;
      square += h * h;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square / a.length) : 0;
    for (let j = 0; j < a.length; j++) z[j]! *= scale;
  };
  const sweep = (x: Float32Array, y: number): void => {
    total.fill(0);
    let z = x;
    for (const layer of layers) {
      sense(layer, z);
      if (y >= 0) correct(layer, z, y);
      handOn(layer);
      z = layer.z;
    }
  };
  const floats = layers.reduce((sum, l) => sum + l.weights.length + l.gates.length + 5 * l.biases.length + l.meanInputs.length, 2 * labels);
  return {
    bytes: 4 * floats,
    reset() {
      const random = new Random(SEED);
      boost = 1;
      layers.forEach((layer, l) => {
        layer.weights.set(random.normals(layer.weights.length, Math.sqrt(1 / before[l]!)));
        layer.gates.set(random.normals(layer.gates.length, 1));
        for (const vector of [layer.biases, layer.meanPull, layer.meanInputs]) vector.fill(0);
        layer.logRate = 0;
      });
    },
    predict(x) {
      sweep(x, -1);
      return argmax(total);
    },
    learn(x, y) {
      sweep(x, y);
      boost *= 1 - 1 / 256;
    },
  };
}
