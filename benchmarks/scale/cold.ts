/** From `import` to the first learned sample, each time in a fresh process without a TypeScript loader: onward and TensorFlow.js on its cpu backend. */
import { execFileSync } from 'node:child_process';
import { installed, installPeers } from '../peers/install.js';

const library = new URL('../../dist/index.js', import.meta.url).href;
/** What `import '@tensorflow/tfjs'` resolves to in Node. */
const tfjs = new URL('../node_modules/@tensorflow/tfjs/dist/tf.node.js', import.meta.url).href;

/** Milliseconds from the start of the import, after every stage. */
const onward = `
const start = performance.now();
const { createLearner } = await import(${JSON.stringify(library)});
const imported = performance.now() - start;
const learner = await createLearner({ inputs: 16, units: [32, 32], labels: ['0', '1', '2', '3'] });
const created = performance.now() - start;
learner.learn(new Float32Array(16).fill(0.5), '1');
console.log(JSON.stringify({ imported, created, learned: performance.now() - start }));
`;

const tensorflow = `
const { log, warn } = console;
console.log = console.warn = () => {};
const start = performance.now();
const { default: tf } = await import(${JSON.stringify(tfjs)});
const imported = performance.now() - start;
await tf.setBackend('cpu');
const sizes = [16, 32, 32, 4];
const layers = sizes.slice(1).map((count, l) => [tf.variable(tf.randomNormal([sizes[l], count])), tf.variable(tf.zeros([count]))]);
const optimizer = tf.train.sgd(0.01);
const target = tf.tensor2d([[0, 1, 0, 0]]);
const created = performance.now() - start;
tf.tidy(() => optimizer.minimize(() => {
  const out = layers.reduce((z, [w, b], l) => { const a = tf.add(tf.matMul(z, w), b); return l < 2 ? tf.relu(a) : a; }, tf.tensor2d([Array(16).fill(0.5)]));
  return tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(out))));
}));
const learned = performance.now() - start;
Object.assign(console, { log, warn });
console.log(JSON.stringify({ imported, created, learned }));
`;

export interface Cold {
  name: string;
  imported: number;
  created: number;
  learned: number;
}

/** Medians in milliseconds; the programs take turns. */
export function coldStarts(runs: number): Cold[] {
  installPeers(['@tensorflow/tfjs']);
  const programs = [{ name: 'onward', code: onward }, ...(installed('@tensorflow/tfjs') ? [{ name: 'tfjs 4.22.0 cpu', code: tensorflow }] : [])];
  const times = programs.map(() => [] as Omit<Cold, 'name'>[]);
  for (let run = 0; run < runs; run++) {
    programs.forEach(({ code }, k) => times[k]!.push(JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))));
  }
  const median = (values: number[]): number => Number(values.sort((a, b) => a - b)[values.length >> 1]!.toFixed(2));
  return programs.map(({ name }, k) => ({
    name,
    imported: median(times[k]!.map((time) => time.imported)),
    created: median(times[k]!.map((time) => time.created)),
    learned: median(times[k]!.map((time) => time.learned)),
  }));
}
