// A share of a batch of learners in a worker thread: learner k is its own where k mod `workers` is `share`. Plain JavaScript, since a worker of Node 20 loads no TypeScript.
import { parentPort, workerData } from 'node:worker_threads';

const { library, config, learners, share, workers, rows, labels } = workerData;
const { createLearner } = await import(library);
const own = [];
for (let k = share; k < learners; k += workers) own.push({ k, learner: await createLearner({ ...config, seed: k + 1 }) });

const jobs = {
  /** One sample for each learner, `steps` times, from where all threads see them. */
  learn(steps) {
    for (let t = 0; t < steps; t++) {
      for (const { k, learner } of own) {
        const at = (k + t) % labels.length;
        learner.learn(rows.subarray(at * config.inputs, (at + 1) * config.inputs), config.labels[labels[at]]);
      }
    }
  },
  /** The same share of a task that touches no memory: what the machine gives to so many threads at the moment. */
  count(turns) {
    let x = 1;
    for (let k = 0; k < turns / workers; k++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
    return x;
  },
  save: () => own.map(({ learner }) => learner.save()),
};
parentPort.on('message', ([job, amount]) => parentPort.postMessage(jobs[job](amount)));
parentPort.postMessage('ready');
