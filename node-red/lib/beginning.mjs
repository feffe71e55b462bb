// What a model begins as: a network, or a project of the page, in a file.

import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeProject, hopOf, isProject } from 'onward/project';

/** @typedef {{ path: string, file: Uint8Array, snapshot: Uint8Array, project?: import('onward/project').Project, hop?: number, unknownBelow?: number }} Beginning */

/** Signals whose samples no message holds, and what to do with such a project. @type {Record<string, (path: string) => string>} */
const UNSERVED = {
  sound: (path) => `a project of sound is not served by a node: ask it with onward predict ${path} FILE.wav, or begin with motions`,
  camera: (path) => `a project of pictures is not served by a node: save the network alone in the page, begin with that instead of ${path}, and send of each picture the 104 features of pictureFeatures (onward/sources/camera)`,
};

/**
 * @param {string} path
 * @returns {Promise<Beginning>} `hop` and `unknownBelow` where the file says them
 */
export async function beginningOf(path) {
  const file = await readFile(path).catch((error) => {
    throw new Error(`Begins as: ${path} cannot be read (${error.code})`);
  });
  if (!isProject(file)) return { path, file, snapshot: file };
  const project = await Promise.resolve(file).then(decodeProject).catch((error) => {
    throw new Error(`Begins as: ${path}: ${error.message}`);
  });
  const unserved = UNSERVED[project.signal];
  if (unserved) throw new Error(`Begins as: ${unserved(path)}`);
  return { path, file, snapshot: project.snapshot, project, hop: hopOf(project), unknownBelow: project.unknownBelow };
}

/** Of what the learner in a folder began as: hop, samples and what is unknown are this one's, whatever has become of the file. @param {string} folder */
const copyIn = (folder) => join(folder, 'beginning');

/**
 * @param {string} path
 * @param {string | undefined} folder of a stored learner
 * @returns {Promise<Beginning | undefined>} what that one began as, or what the file is now; undefined where nobody can say any more
 */
export async function beginningOfStored(path, folder) {
  const copy = folder === undefined ? undefined : await beginningOf(copyIn(folder)).catch(() => undefined);
  return copy ?? beginningOf(path).catch(() => undefined);
}

/**
 * @param {string} folder
 * @param {Beginning | undefined} beginning of the learner that is kept there; undefined: of no file
 */
export async function keepBeginning(folder, beginning) {
  const copy = copyIn(folder);
  if (!beginning) return rm(copy, { force: true });
  await writeFile(`${copy}.tmp`, beginning.file);
  await rename(`${copy}.tmp`, copy);
}
