/** brain.js 1.6.1, one pattern at a time through `trainPattern`; `train` would prepare look-up tables on every call and be slower. */
import { argument, rate } from './arguments.js';
import { argmax } from './plain.js';
import type { Learner } from './learner.js';
import type { Task } from './tasks.js';

export async function brain({ inputs, units, labels }: Task): Promise<Learner> {
  const { default: { NeuralNetwork } } = await import('brain.js' as string);
  const targets = Array.from({ length: labels }, (_, c) => Array.from({ length: labels }, (_, k) => (k === c ? 1 : 0)));
  let net: any;
  return {
    reset() {
      net = new NeuralNetwork({ hiddenLayers: units, activation: argument(1) });
      // it takes a momentum of 0 for a mistake
      net.updateTrainingOptions({ learningRate: rate(), momentum: 1e-9 });
      net.sizes = [inputs, ...units, labels];
      net.initialize();
    },
    learn: (x, y) => net.trainPattern({ input: x, output: targets[y] }),
    predict: (x) => argmax(net.runInput(x)),
  };
}
