/** TensorFlow.js 4.22.0 in its leanest eager form: `minimize` over a hand-written dense stack, batch 1. `model.trainOnBatch` is up to three times slower. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { rate } from './arguments.js';
import type { Make } from './learner.js';

const require = createRequire(import.meta.url); // of its builds, Node can only load the CommonJS one

export const tensorflow = (backend: 'cpu' | 'wasm'): Make => async ({ inputs, units, labels }) => {
  const tf = quietly(() => require('@tensorflow/tfjs'));
  tf.enableProdMode(); // no checks, no greeting
  if (backend === 'wasm') {
    const path = require.resolve('@tensorflow/tfjs-backend-wasm');
    require(path).setWasmPaths(`${dirname(path)}/`);
  }
  await tf.setBackend(backend);
  const sizes = [inputs, ...units, labels];
  const optimizer = tf.train.sgd(rate());
  const targets = Array.from({ length: labels }, (_, c) => tf.tensor2d(Array.from({ length: labels }, (_, k) => (k === c ? 1 : 0)), [1, labels]));
  let layers: { weights: any; biases: any }[] = [];
  const forward = (x: any) => layers.reduce((z, { weights, biases }, l) => {
    const a = tf.add(tf.matMul(z, weights), biases);
    return l + 1 < layers.length ? tf.relu(a) : a;
  }, x);
  return {
    reset() {
      for (const { weights, biases } of layers) tf.dispose([weights, biases]);
      layers = sizes.slice(1).map((count, l) => ({
        weights: tf.variable(tf.randomNormal([sizes[l], count], 0, Math.sqrt(2 / sizes[l]!), 'float32', l + 1)),
        biases: tf.variable(tf.zeros([count])),
      }));
    },
    learn(x, y) {
      tf.tidy(() => {
        const row = tf.tensor2d(x, [1, inputs]);
        optimizer.minimize(() => tf.neg(tf.sum(tf.mul(targets[y], tf.logSoftmax(forward(row))))));
      });
    },
    predict: (x) => tf.tidy(() => tf.argMax(forward(tf.tensor2d(x, [1, inputs])), 1).dataSync()[0]),
  };
};

/** tfjs greets on stdout, where the answers go. */
function quietly<T>(load: () => T): T {
  const { log, warn } = console;
  console.log = console.warn = () => {};
  try {
    return load();
  } finally {
    Object.assign(console, { log, warn });
  }
}
