// Memory of the continual learner beside its weights, as plain rows; continual-state.ts lays it out as bytes.

import { Codes } from './continual-codes.js';
import type { Votes } from './votes.js';

/** How many of what; 0 exemplars and 0 prototypes: no memory, drift alarms only. */
export interface ContinualConfig {
  exemplars: number;
  /** Of a stored value. */
  exemplarBits: 8 | 4 | 2;
  /** Per label; instead of exemplars. */
  prototypes: number;
  /** Stored samples learned again beside every new one. */
  replays: number;
  /** A full store keeps a fair sample of a label, not its newest. */
  spread?: boolean;
  drift: 'none' | 'two-rates' | 'page-hinkley' | 'adwin' | 'ddm' | 'input';
}

export interface LabelMemory {
  offered: number; // samples of it since the memory was emptied
  last: number; // the moment of its last sample, 0: never seen
  seen: number; // samples of it ever, up to 65535
  kept: number; // exemplars of it
  newest: number; // index + 1 of its newest exemplar, or 0
  secondNewest: number; // and of the one before
}

const NEVER_SEEN: LabelMemory = { offered: 0, last: 0, seen: 0, kept: 0, newest: 0, secondNewest: 0 };

export const newLabelMemory = (): LabelMemory => ({ ...NEVER_SEEN });

export interface Exemplar {
  label: number;
  codes: number[];
}

export interface Prototype {
  count: number;
  /** Codes of the means, and deviations in half steps of the codes. */
  means: number[];
  deviations: number[];
}

export const newPrototype = (inputs: number): Prototype => ({
  count: 0,
  means: new Array<number>(inputs).fill(0),
  deviations: new Array<number>(inputs).fill(0),
});

/** A drift detector's numbers, one set for all kinds. */
export interface Detector {
  fast: number;
  slow: number;
  watched: number;
  sum: number;
  least: number;
  leastDeviation: number;
  recent: boolean[]; // the last 256 errors, youngest first
}

export class Memory {
  age = 0; // samples learned since it was last emptied
  stored = 0;
  doubt = 0; // samples left until the memory is judged
  contradicted = 0; // of those judged
  judged = 0;
  alarms = 0;
  lastAlarm = 0;
  inputPrint = 0; // of the last raw input
  turn = 0; // where in the store sleep is, of 2^32
  share = 0; // Q16, of the replays of labels that came lately
  harm = 0; // what one of them does to the loss of a waiting sample, octaves in Q20
  /** Of the nearest exemplars. */
  votes?: Votes;
  readonly detector: Detector = { fast: 0, slow: 0, watched: 0, sum: 0, least: 0, leastDeviation: 0, recent: new Array<boolean>(256).fill(false) };
  readonly codes: Codes;
  readonly labels: LabelMemory[];
  /** Every place, those from `stored` on too: what stood there once still stands there. */
  readonly exemplars: Exemplar[];
  readonly prototypes: Prototype[][]; // [labels][prototypes]

  constructor(readonly config: ContinualConfig, inputs: number, labels: number, fixedScale: boolean) {
    this.codes = new Codes(config.exemplarBits, fixedScale, config.prototypes > 0);
    this.labels = Array.from({ length: labels }, newLabelMemory);
    this.exemplars = Array.from({ length: config.exemplars }, () => ({ label: 0, codes: new Array<number>(inputs).fill(0) }));
    this.prototypes = Array.from({ length: labels }, () => Array.from({ length: config.prototypes }, () => newPrototype(inputs)));
  }
}
