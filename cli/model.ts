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

/** Which of them a folder holds. */
function storedIn(folder: string): string[] {
  const files = readdirSync(folder);
  return STORED.filter((name) => files.some((file) => new RegExp(`^${name}\\.\\d+$`).test(file)));
}

/** What is worth a line where a store is new: that the folder holds the other kind, which nobody goes on with here. */
export function besides(folder: string, kind: 'learner' | 'detector'): string[] {
  const [other, command] = kind === 'learner' ? ['detector', 'detect'] : ['learner', 'learn'];
  return storedIn(folder).includes(other) ? [`${folder} holds a ${other} (onward ${command} goes on with it) and no ${kind}: a new one is kept beside it`] : [];
}

/** Of a folder with several the first. @throws where there is none; the file may be damaged or another thing yet */
export async function readModel(path: string): Promise<ModelFile> {
  return (await readModels(path, 1))[0]!;
}

/** Each of what the folder of a store holds, or the one file. @throws as `readModel` */
export async function readModels(path: string, most = STORED.length): Promise<ModelFile[]> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return [{ bytes: new Uint8Array(readFileSync(path)), skipped: 0 }];
  if (!stat?.isDirectory()) throw new Error(`there is no file ${path}, and no folder of a store`);
  const names = storedIn(path).slice(0, most);
  if (names.length === 0) throw new Error(`${path} holds no snapshot: a store has files such as ${STORED[0]}.12`);
  return Promise.all(names.map((name) => readStored(join(path, name))));
}

async function readStored(path: string): Promise<ModelFile> {
  const store = await FileStore.open(path, { lock: false }); // beside the process that writes it
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
