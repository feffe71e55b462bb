/** Rows that are usual and rows that are not: a label left out of a recording, and faults on signals. */
import { CARRIERS } from '../faults-of-signals/carriers.js';
import { FAULTS } from '../faults-of-signals/faults.js';
import { quiet, scenario } from '../faults-of-signals/scenario.js';
import { Random } from '../rivals/random.js';
import { sources } from '../streams/data.js';
import { standardise } from './scenes.js';

export interface AnomalySet {
  name: string;
  /** Usual rows, the only ones that are learned. */
  train: Float32Array[];
  usual: Float32Array[];
  /** Kinds of unusual rows; each is judged by itself. */
  unusual: Float32Array[][];
}

/** The rows of all labels but one are usual: seven tenths of them learned. */
export async function labelLeftOut(source: string, label: number, seed: number): Promise<AnomalySet> {
  const { samples, inputs, x, y } = await sources.find(({ name }) => name === source)!.load();
  const rows = (wanted: (label: number) => boolean): Float32Array[] =>
    Array.from({ length: samples }, (_, k) => k).filter((k) => wanted(y[k]!)).map((k) => x.slice(k * inputs, (k + 1) * inputs));
  const others = new Random(100 * seed + label).shuffle(rows((each) => each !== label));
  const learned = Math.round(0.7 * others.length);
  return standardised({ name: source, train: others.slice(0, learned), usual: others.slice(learned), unusual: [rows((each) => each === label)] });
}

/** Rows of a signal that are seen at once. */
const LENGTH = 16;
const SETTLED = 400;
const ROWS = 4000;
/** Windows of a fault, and streams that have it. */
const FAULTY = 60;
const STREAMS = 3;
/** A missing value and a wrong number need no network. */
const PLAIN = ['dropout', 'sentinel', 'drop to 0'];

/** Windows of a signal; each kind of fault is an unusual one. */
export function faultySignal(name: string, seed: number): AnomalySet {
  const carrier = CARRIERS.find((each) => each.name === name)!;
  const windows = (rows: readonly Float64Array[], from: number, until: number): Float32Array[] =>
    Array.from({ length: until - from }, (_, k) => Float32Array.from(rows.slice(from + k - LENGTH + 1, from + k + 1).flatMap((row) => [...row])));
  const unusual = FAULTS.filter((fault) => !PLAIN.includes(fault.name) && (fault.fits?.(carrier) ?? true)).map((fault) =>
    Array.from({ length: STREAMS }, (_, s) => scenario(carrier, fault, 100 * seed + s)).flatMap(({ rows, from }) =>
      windows(rows, from, Math.min(rows.length, from + Math.min(FAULTY, Math.max(LENGTH, fault.lasts(carrier))))),
    ),
  );
  const part = (seed: number): Float32Array[] => windows(quiet(carrier, seed, ROWS), SETTLED, ROWS);
  return standardised({ name: 'signals', train: part(5000 + seed), usual: part(6000 + seed).filter((_, k) => k % 4 === 0), unusual });
}

function standardised(set: AnomalySet): AnomalySet {
  standardise([...set.train], [...new Set([...set.train, ...set.usual, ...set.unusual.flat()])]);
  return set;
}

/** Area under the ROC curve in percent: how often an unusual row scores above a usual one. */
export function areaPercent(usual: readonly number[], unusual: readonly number[]): number {
  const sorted = Float64Array.from(usual).sort();
  /** Usual scores below a value, or up to it. */
  const count = (value: number, isEqualIn: boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value || (isEqualIn && sorted[middle] === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const won = unusual.reduce((sum, value) => sum + (count(value, false) + count(value, true)) / 2, 0);
  return (100 * won) / (usual.length * unusual.length);
}
