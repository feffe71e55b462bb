/**
 * Every rival, and the settings that each stream's best is taken of, where ours has one for all. Those that see a sample see it with and without the
 * last target, since ours remembers how far off it was.
 */
import type { Stream } from '../streams.js';
import { hoeffdingTree } from './hoeffding.js';
import { nlms, rls } from './linear.js';
import { mlp } from './mlp.js';
import { nearest } from './nearest.js';
import { withLast, type Rival } from './rival.js';
import { holtWinters, runningMean, seasonalNaive } from './series.js';

type Make = (stream: Stream) => Rival;

/** Each setting as it is, and beside the last target. */
function seeing(settings: { [setting: string]: (inputs: number) => Rival }): { [setting: string]: Make } {
  return Object.fromEntries(Object.entries(settings).flatMap(([setting, make]): [string, Make][] => [
    [setting, ({ x }) => make(x[0].length)],
    [`${setting} + last`, ({ x }) => withLast(make, x[0].length)],
  ]));
}

const each = (values: readonly number[], make: (value: number) => (inputs: number) => Rival): { [setting: string]: Make } => seeing(Object.fromEntries(values.map((value) => [`${value}`, make(value)])));

export const RIVALS: Record<string, { [setting: string]: Make }> = {
  'running mean': { '': () => runningMean() },
  persistence: { '': () => seasonalNaive(1) },
  'seasonal naive': { '': ({ season }) => seasonalNaive(season === 0 ? 1 : season) },
  'Holt-Winters': Object.fromEntries(([[0.2, 0], [0.5, 0], [0.9, 0], [0.9, 0.1]] as const).map(([alpha, beta]) => [`${alpha} ${beta}`, ({ season }: Stream) => holtWinters(season, alpha, beta, 0.1)])),
  NLMS: each([0.003, 0.01, 0.03, 0.1, 0.3, 0.6], (rate) => (inputs) => nlms(inputs, rate)),
  RLS: each([1, 0.9998, 0.999, 0.995], (forgetting) => (inputs) => rls(inputs, forgetting)),
  '5-NN of 1,000': seeing({ '': (inputs) => nearest(inputs) }),
  'MLP of 64': each([0.001, 0.003, 0.01, 0.03], (rate) => (inputs) => mlp(inputs, 64, rate)),
  'Hoeffding tree': seeing({ '': (inputs) => hoeffdingTree(inputs) }),
};
