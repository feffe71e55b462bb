// Snapshots as this build writes them, with what a learner that loads them must do from there: run before the format's version is
// bumped, so that the files of every version stay, and after the arithmetic is: older files are then refused. `node --import tsx tests/snapshots/generate.ts` makes v<version>-*.snapshot and
// v<version>.json; the files of older versions cannot be made again and are never touched.

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { createLearner, type Learner, type LearnerConfig } from '../../host/index.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { generator } from '../random.js';

/** What a loaded snapshot must give: now, and after it has learned on. */
export interface Kept {
  file: string;
  labels: string[];
  seen: number;
  /** Goodness of every label for some probes: exact, because the core has integers only. */
  before: number[][];
  after: number[][];
  /** Of the state bytes after learning on. */
  sha256: string;
  note?: string;
}

const CASES: Record<string, LearnerConfig> = {
  int8: { inputs: 5, labels: ['idle', 'gr\u00fcn', '\u{1F7E5}'], units: [12, 9], seed: 11 },
  int16: { inputs: 5, labels: ['idle', 'walk', 'run', 'fall'], units: [12, 9], bits: 16, seed: 12 },
  'int8-window': { window: { axes: 2, samples: 12 }, labels: ['on', 'off'], units: [10, 6], seed: 13 },
  'int16-window': { window: { axes: 2, samples: 12 }, labels: ['on', 'off', ''], units: [10], bits: 16, seed: 14 },
  'int8-note': { inputs: 2, labels: ['idle', 'walk'], units: [9, 5], seed: 16 },
  'int16-scale': { inputs: 9, labels: ['a', 'b'], units: [7, 6, 5], bits: 16, skipInput: false, selfRate: false, inputScale: 0.5, margin: 0, rate: 0.1, seed: 15 },
};

/** A note makes the file one of version 3. */
const NOTES: Record<string, string> = { 'int8-note': '{"fields":["temp","gr\u00fcn"]}' };

/** `steps` samples of a stream that follows from `seed`, learned. Arithmetic only: the same on every machine. */
export function learnOn(learner: Learner, seed: number, steps: number): void {
  const random = generator(seed);
  for (let t = 0; t < steps; t++) {
    const label = Math.floor(random() * learner.labels.length);
    learner.learn(sample(learner, random, label), learner.labels[label]!);
  }
}

/** Goodness of every label for five probes. */
export function probe(learner: Learner): number[][] {
  const random = generator(99);
  return Array.from({ length: 5 }, (_, i) => Array.from(learner.scores(sample(learner, random, i % 2))));
}

function sample(learner: Learner, random: () => number, label: number): number[] {
  return Array.from({ length: learner.inputs }, (_, i) => (random() < 0.02 ? NaN : ((i + label) % 3) * 10 + 15 * random()));
}

/** Hash of what a learner has learned. */
export function hashOf(learner: Learner): string {
  return createHash('sha256').update(decodeSnapshot(learner.save()).state).digest('hex');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const kept: Record<number, Kept[]> = {};
  for (const [name, config] of Object.entries(CASES)) {
    const learner = await createLearner(config);
    learner.note = NOTES[name] ?? '';
    learnOn(learner, 1, 150);
    const bytes = learner.save();
    const version = bytes[4]!;
    const file = `v${version}-${name}.snapshot`;
    writeFileSync(new URL(file, import.meta.url), bytes);
    const facts = { file, labels: [...learner.labels], seen: learner.stats().seen, before: probe(learner) };
    learnOn(learner, 2, 100);
    (kept[version] ??= []).push({ ...facts, after: probe(learner), sha256: hashOf(learner), ...(learner.note === '' ? {} : { note: learner.note }) });
  }
  for (const [version, files] of Object.entries(kept)) {
    writeFileSync(new URL(`v${version}.json`, import.meta.url), `[\n${files.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`);
  }
}
