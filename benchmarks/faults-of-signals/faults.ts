/** Faults that anyone sees who looks at the plot: what they do to a row, how long they last, and within how many rows they are to be told. */
import type { Random } from '../rivals/random.js';
import type { Carrier } from './carriers.js';

export interface Fault {
  name: string;
  /** Whether a detector must find it: 6 sigma or more, or total. The others are there to see where it ends. */
  plain: boolean;
  /** Rows that it lasts, and within which it counts as found. */
  lasts(carrier: Carrier): number;
  within(carrier: Carrier): number;
  fits?(carrier: Carrier): boolean;
  /** Pace and rhythm of the carrier while it lasts. */
  pace?: number;
  still?: true;
  /** Changes a row in place. `k` counts from 0 at the beginning; `before` is the last row without a fault, `channel` the one that has it. */
  apply?(row: Float64Array, k: number, now: Moment): void;
}

export interface Moment {
  channel: number;
  before: Float64Array;
  /** Mean of the carrier's values, each channel. */
  mean: Float64Array;
  sigma: Float64Array;
  wanders: boolean;
  random: Random;
}

const rows = (count: number) => (): number => count;
const periods = (count: number) => (carrier: Carrier): number => Math.max(60, Math.ceil(count * (carrier.period ?? 60)));
const hasPeriod = (carrier: Carrier): boolean => carrier.period !== undefined;

const spike = (sigmas: number): Fault => ({
  name: `spike ${sigmas}`, plain: sigmas >= 6, lasts: rows(1), within: rows(5),
  apply: (row, _k, { channel, sigma }) => { row[channel]! += sigmas * sigma[channel]!; },
});

const shift = (name: string, sigmas: number): Fault => ({
  name, plain: true, lasts: rows(100), within: rows(30),
  apply: (row, _k, { channel, sigma }) => { row[channel]! += sigmas * sigma[channel]!; },
});

export const FAULTS: readonly Fault[] = [
  spike(3),
  spike(6),
  spike(10),
  { name: 'drop to 0', plain: true, lasts: rows(5), within: rows(5), fits: (carrier) => !carrier.hasZero, apply: (row, _k, { channel }) => { row[channel] = 0; } },
  shift('shift up', 6),
  shift('shift down', -6),
  { name: 'noise x4', plain: true, lasts: rows(60), within: rows(60), apply: (row, _k, { channel, sigma, random }) => { row[channel]! += 4 * sigma[channel]! * random.normal(); } },
  {
    // the channel stays at its last value, with a hundredth of its noise
    name: 'noise gone', plain: true, lasts: rows(100), within: rows(100),
    apply: (row, _k, { channel, before, sigma, random }) => { row[channel] = before[channel]! + 0.01 * sigma[channel]! * random.normal(); },
  },
  { name: 'stuck', plain: true, lasts: rows(80), within: rows(80), apply: (row, _k, { channel, before }) => { row[channel] = before[channel]!; } },
  { name: 'trend', plain: true, lasts: rows(120), within: rows(120), apply: (row, k, { channel, sigma, wanders }) => { row[channel]! += (k + 1) * sigma[channel]! * (wanders ? 1 : 0.1); } },
  { name: 'rhythm gone', plain: true, lasts: periods(2), within: periods(2), fits: hasPeriod, still: true },
  { name: 'other period', plain: false, lasts: periods(2), within: periods(2), fits: hasPeriod, pace: 1.6 },
  {
    name: 'swapped', plain: true, lasts: rows(60), within: rows(60), fits: ({ channels }) => channels > 1,
    apply: (row) => { [row[0], row[1]] = [row[1]!, row[0]!]; },
  },
  {
    // one channel goes its own way: its values are those of a while ago, played backwards in amplitude
    name: 'correlation', plain: false, lasts: rows(100), within: rows(100), fits: ({ joined }) => joined === true,
    apply: (row, _k, { channel, mean }) => { row[channel] = 2 * mean[channel]! - row[channel]!; },
  },
  {
    name: 'gain', plain: false, lasts: periods(2), within: periods(2), fits: ({ wanders }) => wanders !== true,
    apply: (row, _k, { channel, mean }) => { row[channel] = mean[channel]! + 2 * (row[channel]! - mean[channel]!); },
  },
  { name: 'dropout', plain: true, lasts: rows(40), within: rows(40), apply: (row, _k, { channel }) => { row[channel] = NaN; } },
  { name: 'sentinel', plain: true, lasts: rows(1), within: rows(5), apply: (row, _k, { channel }) => { row[channel] = -9999; } },
];
