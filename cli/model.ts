/** A model by its path: a snapshot, what `eval --save` wrote, a project of the page, the folder of a store, or the path that a program gave to `FileStore.open`. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { learnerIn } from '../host/fleet/member.js';
import { decodeProject, isProject } from '../host/project.js';
import { loadLearner, type Learner, type LearnerOptions } from '../host/index.js';
import { hearing } from '../host/sound/silence.js';
import { FileStore } from '../host/stores/file.js';
import { checkModelKind, type ModelCommand } from './model-kinds.js';
import { noteOf, type ModelNote } from './model-note.js';

/** The bytes of a model, and where they are from. */
export interface ModelFile {
  bytes: Uint8Array;
  /** Of a store: which of its generations. */
  generation?: number;
  /** Newer generations that are damaged. */
  skipped: number;
}

/** Names of the snapshots in a store's folder: of `learn` and Node-RED, of a detector, of `learn --target`, of a fleet's aggregator and its members. */
const STORED = ['learner', 'detector', 'regressor', 'model', 'member'];

/** Names of all the stores in a folder: a store's files are `NAME.GENERATION`. */
function storesIn(folder: string): string[] {
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.[1-9]\d{0,14}$/.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** Those of them that a command of onward has written. */
function storedIn(folder: string): string[] {
  const names = storesIn(folder);
  return STORED.filter((name) => names.includes(name));
}

/** The kinds that a service keeps, and how each is gone on with. */
const KEPT = { learner: 'learn', detector: 'detect', regressor: 'learn --target' };

/** Remarks about a new store: the folder holds other kinds, which this command does not continue. */
export function besides(folder: string, kind: keyof typeof KEPT): string[] {
  const names = storedIn(folder);
  return Object.entries(KEPT).flatMap(([other, command]) => (other !== kind && names.includes(other) ? [`${folder} holds a ${other} (onward ${command} goes on with it) and no ${kind}: a new one is kept beside it`] : []));
}

/** Of a folder with several the first. @throws where there is none, or where the command takes no model of its kind; it may be damaged yet */
export async function readModel(path: string, command: ModelCommand): Promise<ModelFile> {
  const model = (await readModels(path, 1))[0]!;
  checkModelKind(command, path, model.bytes);
  return model;
}

/** Each of what the folder of a store holds, or the one file. @throws as `readModel` */
export async function readModels(path: string, most = STORED.length): Promise<ModelFile[]> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return [{ bytes: snapshotIn(path, new Uint8Array(readFileSync(path))), skipped: 0 }];
  if (!stat?.isDirectory()) {
    if (isStore(path)) return [await readStored(path)];
    throw new Error(`there is no file ${path}, and no store: neither a folder of that name nor files such as ${path}.12`);
  }
  const names = storedIn(path).slice(0, most);
  if (names.length === 0) {
    const others = storesIn(path).slice(0, 5).map((name) => join(path, name));
    throw new Error(`${path} holds no snapshot of a command: ${others.length > 0 ? `name ${others.join(' or ')}, as the program that wrote it does` : `a store has files such as ${STORED[0]}.12`}`);
  }
  return Promise.all(names.map((name) => readStored(join(path, name))));
}

/** A project of the page brings its samples, too; a member of a fleet what it has not sent. */
function snapshotIn(path: string, bytes: Uint8Array): Uint8Array {
  if (!isProject(bytes)) return learnerIn(bytes);
  try {
    return decodeProject(bytes).snapshot;
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Has a program kept a store under this very path? */
function isStore(path: string): boolean {
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  return folder?.isDirectory() === true && storesIn(dirname(path)).includes(basename(path));
}

async function readStored(path: string): Promise<ModelFile> {
  const store = await FileStore.open(path, { lock: false }); // beside the process that writes it
  try {
    const { snapshot, generation, skipped } = (await store.load())!;
    return { bytes: learnerIn(snapshot), generation, skipped: skipped.length };
  } finally {
    await store.close();
  }
}

/** A line about what a store could not read, if there is any. */
export function damageOf(path: string, { generation, skipped }: ModelFile): string[] {
  return skipped === 0 ? [] : [`${path}: the newest of its generations ${skipped === 1 ? 'is' : `(${skipped}) are`} damaged, so this is generation ${generation}`];
}

export interface Model extends ModelFile {
  learner: Learner;
  note: ModelNote;
}

/** A learner to ask, with what it knows of its samples. */
export async function openModel(path: string, command: ModelCommand, options: LearnerOptions = {}): Promise<Model> {
  const file = await readModel(path, command);
  try {
    const learner = await loadLearner(file.bytes, options);
    const note = noteOf(learner.note);
    return { ...file, learner: note.sound ? hearing(learner) : learner, note };
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}
