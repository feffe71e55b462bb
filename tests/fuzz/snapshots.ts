// Corrupted snapshots against `loadLearner`: none may be accepted, none may fail in another way than by a LearnerError, and the good
// one must still be loaded afterwards. And forged ones, whose checksum fits: refused, or a learner in good order.

import { readFileSync, readdirSync } from 'node:fs';
import { crc32 } from '../../host/checksum.js';
import { createLearner, LearnerError, loadLearner, type LearnerConfig } from '../../host/index.js';
import { stateFault } from '../../host/arena/learner.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { generator } from '../random.js';
import { DAMAGES, EDGES, below, equal, pick, splice, type Random } from './mutate.js';

const CONFIGS: readonly LearnerConfig[] = [
  { inputs: 3, labels: ['a', 'b'], units: [4] },
  { inputs: 5, labels: ['idle', 'gr\u00fcn', '\u{1F7E5}'], units: [9, 8], bits: 16, seed: 2 },
  { window: { axes: 1, samples: 8 }, labels: ['on', 'off'], units: [6, 5, 4], seed: 3 },
  { inputs: 2, labels: Array.from({ length: 20 }, (_, i) => `label ${i}`), units: [5], inputScale: 0.1, selfRate: false, skipInput: false, seed: 4 },
  // with a memory: what the core follows by index there is the likeliest to lead out of bounds
  { inputs: 5, labels: ['a', 'b', 'c'], labelCapacity: 6, units: [6, 5], exemplars: 12, exemplarBits: 4, seed: 5 },
  { inputs: 4, labels: ['a', 'b', 'c'], units: [6], exemplars: 9, exemplarBits: 8, drift: 'adwin', inputScale: 0.2, seed: 6 },
  { inputs: 6, labels: ['a', 'b'], labelCapacity: 3, units: [5], prototypes: 3, drift: 'ddm', seed: 7 },
  { inputs: 3, labels: ['a', 'b'], units: [5], bits: 16, drift: 'page-hinkley', seed: 8 },
  { inputs: 3, labels: ['a', 'b'], labelCapacity: 4, units: [5], exemplars: 7, exemplarBits: 2, drift: 'input', selfRate: true, seed: 9 },
];

/** Good snapshots of today's version, fresh and kept. */
export async function goodSnapshots(): Promise<Uint8Array[]> {
  const good: Uint8Array[] = [];
  for (const config of CONFIGS) {
    const learner = await createLearner(config);
    const random = generator(good.length);
    for (let i = 0; i < 90; i++) learner.learn(Array.from({ length: learner.inputs }, () => 9 * random()), pick(random, learner.labels));
    good.push(learner.save());
  }
  const folder = new URL('../snapshots/', import.meta.url);
  for (const file of readdirSync(folder).sort()) if (/^v2-.*\.snapshot$/.test(file)) good.push(Uint8Array.from(readFileSync(new URL(file, folder))));
  return good;
}

const MAGICS = ['PK\u0003\u0004', '\x7fELF', '\x89PNG', '\x1f\x8b\b\0', 'DWNO', 'onwd', 'ONWE', '\0\0\0\0', '{"la'];

/** One corrupted snapshot; never equal to a good one. */
export function corrupted(random: Random, good: readonly Uint8Array[]): { kind: string; bytes: Uint8Array } {
  const kinds = [...Object.keys(DAMAGES), 'splice', 'magic'];
  for (;;) {
    const kind = pick(random, kinds);
    const from = pick(random, good);
    let bytes: Uint8Array;
    if (kind === 'splice') bytes = splice(random, from, pick(random, good));
    else if (kind === 'magic') {
      bytes = random() < 0.5 ? Uint8Array.from(from) : DAMAGES.noise(random, from);
      bytes.set(Array.from(pick(random, MAGICS), (c) => c.charCodeAt(0)).slice(0, bytes.length));
    } else bytes = DAMAGES[kind as keyof typeof DAMAGES](random, from);
    if (kind === 'noise' && bytes.length >= 8 && random() < 0.7) bytes.set(from.subarray(0, 8)); // a good beginning
    if (!good.some((each) => equal(each, bytes))) return { kind, bytes };
  }
}

/** A snapshot with hostile fields and a checksum that fits; may by chance be as good as any. */
export function forged(random: Random, good: readonly Uint8Array[]): Uint8Array {
  const bytes = Uint8Array.from(pick(random, good));
  const view = new DataView(bytes.buffer);
  for (let n = 1 + below(random, 3); n > 0; n--) {
    const near = random(); // the header and the names, all of it, or the end, where a memory has its indices and counts
    const at = near < 0.4 ? 4 + below(random, 130) : near < 0.8 ? below(random, bytes.length - 8) : Math.max(4, bytes.length - 8 - below(random, 400));
    const value = random() < 0.6 ? pick(random, EDGES) : below(random, 2 ** 32);
    const word = Math.floor(at / 4) * 4;
    if (random() < 0.5) view.setUint32(word, value, true);
    else if (random() < 0.6) view.setUint16(at, value, true);
    else view.setUint8(at, value);
  }
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
  return bytes;
}

export interface SnapshotCounts {
  /** Corrupted ones, by what was done to them. */
  tried: Record<string, number>;
  /** By the code of the refusal. */
  refused: Record<string, number>;
  accepted: number;
  /** Failures of another kind than a LearnerError. */
  crashed: number;
  /** How often a good one was loaded in between, and how often that failed. */
  restored: number;
  notRestored: number;
  /** Forged ones: refused, accepted and in good order, accepted and not. */
  forged: { refused: number; sound: number; unsound: number };
  /** The first findings, to look at. */
  findings: string[];
}

/** Tries `count` corrupted and `forgeries` forged snapshots. */
export async function fuzzSnapshots(count: number, forgeries: number, seed: number, tick: (done: number) => void = () => {}): Promise<SnapshotCounts> {
  const random = generator(seed);
  const good = await goodSnapshots();
  const counts: SnapshotCounts = { tried: {}, refused: {}, accepted: 0, crashed: 0, restored: 0, notRestored: 0, forged: { refused: 0, sound: 0, unsound: 0 }, findings: [] };
  const find = (what: string, bytes: Uint8Array): void => {
    if (counts.findings.length < 20) counts.findings.push(`${what}: ${Buffer.from(bytes).toString('base64').slice(0, 4000)}`);
  };
  const bump = (into: Record<string, number>, key: string): void => void (into[key] = (into[key] ?? 0) + 1);

  for (let i = 0; i < count; i++) {
    const { kind, bytes } = corrupted(random, good);
    bump(counts.tried, kind);
    try {
      await loadLearner(bytes);
      counts.accepted++;
      find(`accepted after ${kind}`, bytes);
    } catch (error) {
      if (error instanceof LearnerError) bump(counts.refused, error.code);
      else {
        counts.crashed++;
        find(`${String(error)} after ${kind}`, bytes);
      }
    }
    if (i % 100 === 99) {
      const original = pick(random, good);
      const saved = (await loadLearner(original)).save();
      const same = new DataView(original.buffer).getUint16(4, true) === 1 ? (await loadLearner(saved)).seen === (await loadLearner(original)).seen : equal(saved, original);
      if (same) counts.restored++;
      else counts.notRestored++;
    }
    if (i % 10_000 === 9_999) tick(i + 1);
  }

  for (let i = 0; i < forgeries; i++) {
    const bytes = forged(random, good);
    try {
      const learner = await loadLearner(bytes);
      const fault = await disorder(learner, bytes, random);
      if (fault === undefined) counts.forged.sound++;
      else {
        counts.forged.unsound++;
        find(`forged, ${fault}`, bytes);
      }
    } catch (error) {
      if (error instanceof LearnerError) counts.forged.refused++;
      else {
        counts.crashed++;
        find(`forged, ${String(error)}`, bytes);
      }
    }
  }
  return counts;
}

/** What is wrong with a learner that came from a forged snapshot. */
async function disorder(learner: Awaited<ReturnType<typeof loadLearner>>, bytes: Uint8Array, random: Random): Promise<string | undefined> {
  const saved = learner.save();
  const isOld = new DataView(bytes.buffer).getUint16(4, true) === 1;
  if (!isOld && !equal(decodeSnapshot(saved).state, decodeSnapshot(bytes).state)) return 'saved another state than was loaded';
  if (!equal((await loadLearner(saved)).save(), saved)) return 'what it saved does not come back';
  const scalar = await loadLearner(bytes, { build: 'scalar' });
  for (let i = 0; i < 5; i++) {
    const x = Array.from({ length: learner.inputs }, () => (random() < 0.1 ? NaN : (random() - 0.5) * 10 ** below(random, 8)));
    const label = learner.labels.length === 0 ? 'first' : pick(random, learner.labels);
    for (const each of [learner, scalar]) {
      each.predict(x);
      each.learn(x, label);
      each.sleep(2);
    }
  }
  if (!equal(learner.save(), scalar.save())) return 'SIMD and scalar part ways';
  const { config, state } = decodeSnapshot(learner.save());
  return stateFault(config, state);
}
