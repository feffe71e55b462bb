// A made-up stream to show what a learner does: a machine with one state a label, each about ten samples long.

import type { ResolvedConfig } from '../host/config.js';
import { Random } from './random.js';
import type { LabelledSample } from './vectors.js';

/** In every state each channel has a level and a swing of its own, and noise on top. */
export function machineStream({ labels, window, inputs }: ResolvedConfig, count: number, seed: number): LabelledSample[] {
  const random = new Random(seed);
  const channels = window?.axes ?? inputs;
  const states = labels.map(() => Array.from({ length: channels }, () => ({ level: 4 * random.next() - 2, swing: 2 * random.next(), period: 3 + 12 * random.next() })));
  let label = 0;
  return Array.from({ length: count }, () => {
    if (random.next() < 0.1) label = (label + 1 + random.below(Math.max(1, labels.length - 1))) % labels.length;
    const phase = 2 * Math.PI * random.next();
    const x = Float32Array.from({ length: channels * (window?.samples ?? 1) }, (_, at) => {
      const { level, swing, period } = states[label]![at % channels]!;
      const wave = window ? swing * Math.sin(phase + (2 * Math.PI * Math.floor(at / channels)) / period) : 0;
      return Math.round(100 * (level + wave + 3 * (random.next() - 0.5))) / 100;
    });
    return { x, label };
  });
}
