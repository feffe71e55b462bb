// One learner in a worker thread: learns for the given time, says how many samples. Plain JavaScript, since a worker of Node 20 loads no TypeScript.
import { parentPort, workerData } from 'node:worker_threads';

const { createLearner } = await import(workerData.library);
const { config, milliseconds } = workerData;
const learner = await createLearner(config);
const rows = Array.from({ length: 32 }, (_, s) => Float32Array.from({ length: config.inputs }, (_, i) => Math.sin(1 + s * 7 + i * 3)));
const learn = (ms) => {
  const start = performance.now();
  let count = 0;
  do {
    for (let s = 0; s < 32; s++) learner.learn(rows[s], config.labels[s % config.labels.length]);
    count += 32;
  } while (performance.now() - start < ms);
  return count / (performance.now() - start);
};
learn(100);
parentPort.postMessage('ready');
parentPort.once('message', () => parentPort.postMessage(1000 * learn(milliseconds)));
