/** Signals without faults, as sensors give them: one row after the other, the same for the same seed. */
import { Random } from '../rivals/random.js';

export interface Carrier {
  name: string;
  channels: number;
  /** Samples of what repeats; absent: nothing does. */
  period?: number;
  /** Values wander without a level of their own: faults are measured in steps. */
  wanders?: true;
  /** Two neighbouring channels that belong together. */
  joined?: true;
  /** 0 is a value like others. */
  hasZero?: true;
  /** A row for each `t` from 0, to be asked in order. `pace` stretches time: 1 is as usual; `rhythm` false: what repeats stands still. */
  make(random: Random): (pace: number, rhythm: boolean) => Float64Array;
}

type One = (random: Random, t: number, rhythm: boolean) => number;

/** One channel, a function of time and chance. */
const single = (name: string, about: Partial<Carrier>, make: () => One): Carrier => ({
  name,
  channels: 1,
  ...about,
  make(random) {
    const value = make();
    let t = random.below(about.period ?? 1);
    return (pace, rhythm) => Float64Array.of(value(random, (t += pace), rhythm));
  },
});

const wave = (t: number, period: number): number => Math.sin((2 * Math.PI * t) / period);

/** A daily load: a base, a morning and an evening. */
const day = (t: number, period: number): number => {
  const hour = (24 * (t % period)) / period;
  return 8 + 6 * Math.exp(-(((hour - 8) / 2.5) ** 2)) + 9 * Math.exp(-(((hour - 19) / 3) ** 2));
};

export const CARRIERS: readonly Carrier[] = [
  single('constant', {}, () => (r) => 5 + 0.1 * r.normal()),
  single('sine', { period: 126 }, () => (r, t, rhythm) => 20 + (rhythm ? 3 * wave(t, 126) : 0) + 0.2 * r.normal()),
  single('daily', { period: 288 }, () => (r, t, rhythm) => (rhythm ? day(t, 288) : 12) + 0.3 * r.normal()),
  single('two-state', { period: 74 }, () => (r, t, rhythm) => (rhythm && t % 74 >= 37 ? 40 : 10) + 0.3 * r.normal()),
  single('sawtooth', { period: 50 }, () => (r, t, rhythm) => 20 + (rhythm ? (t % 50) * 0.2 : 5) + 0.1 * r.normal()),
  single('walk', { wanders: true }, () => { let at = 50; return (r) => (at += 0.1 * r.normal()); }),
  single('bursts', {}, () => (r) => 2 + (r.uniform() < 0.02 ? 6 + 2 * r.uniform() : 0) + 0.2 * r.normal()),
  single('drift', { wanders: true }, () => { let at = 0; return (r) => { at += 0.002 + 0.002 * r.normal(); return 30 + at + 0.15 * r.normal(); }; }),
  single('levels', { period: 188 }, () => (r, t, rhythm) => Math.round(10 + (rhythm ? 2.5 * wave(t, 188) : 0) + 0.6 * r.normal())),
  single('counter', { wanders: true }, () => { let at = 1000; return (r) => (at += 3 + r.below(3)); }),
  {
    // electric power, pressure and flow of a pump that runs when a tank is empty
    name: 'pump',
    channels: 3,
    joined: true,
    make(random) {
      let [running, left, load, phase] = [false, 20, 0, 0];
      return (pace, rhythm) => {
        phase += pace;
        while (phase >= 1) {
          phase--;
          if (--left <= 0) [running, left] = [!running, running ? 30 + random.below(20) : 15 + random.below(10)];
        }
        load += 0.1 * (0.5 * random.normal() - load);
        const on = running && rhythm ? 1 : 0;
        return Float64Array.of(0.5 + on * (7 + load) + 0.1 * random.normal(), 2 + on * (3 + 0.5 * load) + 0.05 * random.normal(), 1 + on * (11 + 2 * load) + 0.2 * random.normal());
      };
    },
  },
  {
    // three axes of an accelerometer on a motor, m/s2: one turn in 17 samples, its double, and gravity on z
    name: 'vibration',
    channels: 3,
    joined: true,
    hasZero: true,
    make(random) {
      let t = 0;
      return (pace, rhythm) => {
        t += pace;
        const turn = rhythm ? (2 * Math.PI * t) / 17.3 : 0;
        const size = rhythm ? 1 : 0;
        return Float64Array.of(
          size * (1.5 * Math.cos(turn) + 0.4 * Math.cos(2 * turn)) + 0.15 * random.normal(), size * (2.2 * Math.sin(turn) + 0.3 * Math.cos(2 * turn)) + 0.15 * random.normal(),
          9.8 + size * 0.5 * Math.sin(2 * turn) + 0.15 * random.normal(),
        );
      };
    },
    period: 17,
  },
];

const YARDSTICK_ROWS = 6000;

/**
 * One sigma of each channel: a 5.15th of the distance between the 0.5 and the 99.5 % quantile, which is the standard deviation where values are
 * normal, and leaves nothing to chance where they are not. Of a carrier that wanders: of its steps.
 */
export function sigmasOf(carrier: Carrier): Float64Array {
  const next = carrier.make(new Random(1));
  const rows = Array.from({ length: YARDSTICK_ROWS }, () => next(1, true));
  return Float64Array.from({ length: carrier.channels }, (_, c) => {
    const values = rows.slice(1).map((row, t) => row[c]! - (carrier.wanders ? rows[t]![c]! : 0)).sort((a, b) => a - b);
    return (values[Math.floor(0.995 * values.length)]! - values[Math.floor(0.005 * values.length)]!) / 5.15;
  });
}
