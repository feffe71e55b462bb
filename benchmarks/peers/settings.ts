/** Settings of the peers: for backpropagation, FANN and brain.js the best accuracy of a scan by factors of two on the task itself; the others share backpropagation's rate. onward keeps its defaults. */
export const RATES: Record<string, Record<string, number>> = {
  backprop: { A: 0.02, B: 0.02, C: 0.02, fan: 0.01 },
  fann: { A: 0.2, B: 0.1, C: 0.05, fan: 0.05 },
  brain: { A: 0.02, B: 0.2, C: 0.2, fan: 0.02 },
  sklearn: { A: 0.02, B: 0.02, C: 0.02, fan: 0.01 },
};

/** brain.js's activation: with tanh it learns A well and B not at all. */
export const BRAIN_ACTIVATION: Record<string, string> = { A: 'tanh', B: 'leaky-relu', C: 'leaky-relu', fan: 'tanh' };

/** Of rule 1, in every implementation of it: onward's defaults. */
export const RULE = { rate: 0.05, alpha: 10, gateDivisor: 20, margin: 0.05 };
