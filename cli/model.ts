/** A model by its path: a snapshot, what `eval --save` wrote, or the folder of a store. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDetector } from '../host/detector/snapshot.js';
import { decodeMember, isMember } from '../host/fleet/member.js';
import { loadLearner, type Learner, type LearnerOptions } from '../host/index.js';
import { FileStore } from '../host/stores/file.js';
import { noteOf, type ModelNote } from './model-note.js';

/** The bytes of a model, and where they are from. */
export interface ModelFile {
  bytes: Uint8Array;
  /** Of a store: which of its generations. */
  generation?: number;
  /** Newer generations that are damaged. */
  skipped: number;
}

/** Names of the snapshots in a store's folder: of `learn` and Node-RED, of a detector, of a fleet's aggregator and its members. */
const STORED = ['learner', 'detector', 'model', 'member'];

/** @throws where there is none; the file may be damaged or another thing yet */
export async function readModel(path: string): Promise<ModelFile> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return { bytes: new Uint8Array(readFileSync(path)), skipped: 0 };
  if (!stat?.isDirectory()) throw new Error(`there is no file ${path}, and no folder of a store`);
  const files = readdirSync(path);
  const name = STORED.find((each) => files.some((file) => new RegExp(`^${each}\\.\\d+$`).test(file)));
  if (name === undefined) throw new Error(`${path} holds no snapshot: a store has files such as ${STORED[0]}.12`);
  const store = await FileStore.open(join(path, name), { lock: false }); // beside the process that writes it
  try {
    const { snapshot, generation, skipped } = (await store.load())!;
    return { bytes: isMember(snapshot) ? decodeMember(snapshot).snapshot : snapshot, generation, skipped: skipped.length };
  } finally {
    await store.close();
  }
}

export interface Model extends ModelFile {
  learner: Learner;
  note: ModelNote;
}

/** A learner to ask, with what it knows of its samples. */
export async function openModel(path: string, options: LearnerOptions = {}): Promise<Model> {
  const file = await readModel(path);
  try {
    if (isDetector(file.bytes)) throw new Error('this is a detector, which has no labels: onward detect has answers of one');
    const learner = await loadLearner(file.bytes, options);
    return { ...file, learner, note: noteOf(learner.note) };
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}
