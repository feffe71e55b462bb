/** One stream of the suite: a carrier from a cold start, and a fault late in it. */
import { Random } from '../rivals/random.js';
import { sigmasOf, type Carrier } from './carriers.js';
import type { Fault, Moment } from './faults.js';

/** False alarms are counted from here on; before it a detector may still find out what is usual. */
export const SETTLED = 400;
const FAULT_FROM = 2500;
const FAULT_SPREAD = 200;
const MEAN_ROWS = 1000;

export interface Scenario {
  rows: Float64Array[];
  /** Row in which the fault begins, and the one behind those in which it is to be told. */
  from: number;
  until: number;
}

const yardsticks = new WeakMap<Carrier, Float64Array>();

function yardstick(carrier: Carrier): Float64Array {
  const known = yardsticks.get(carrier) ?? sigmasOf(carrier);
  yardsticks.set(carrier, known);
  return known;
}

export function scenario(carrier: Carrier, fault: Fault, seed: number): Scenario {
  const random = new Random(seed);
  const next = carrier.make(random);
  const from = FAULT_FROM + random.below(FAULT_SPREAD);
  const channel = random.below(carrier.channels);
  const rows = Array.from({ length: from }, () => next(1, true));
  const mean = Float64Array.from({ length: carrier.channels }, (_, c) => rows.slice(-MEAN_ROWS).reduce((sum, row) => sum + row[c]!, 0) / MEAN_ROWS);
  const now: Moment = { channel, before: rows.at(-1)!, mean, sigma: yardstick(carrier), wanders: carrier.wanders === true, random };
  for (let k = 0; k < fault.lasts(carrier); k++) {
    const row = next(fault.pace ?? 1, fault.still !== true);
    fault.apply?.(row, k, now);
    rows.push(row);
  }
  const until = from + fault.within(carrier);
  while (rows.length < until) rows.push(next(1, true));
  return { rows, from, until };
}

/** Rows of a carrier without any fault. */
export function quiet(carrier: Carrier, seed: number, count: number): Float64Array[] {
  const next = carrier.make(new Random(seed));
  return Array.from({ length: count }, () => next(1, true));
}
