// What a model begins as: a network, or a project of the page, in a file.

import { readFile } from 'node:fs/promises';
import { decodeProject, hopOf, isProject } from 'onward/project';

/** @typedef {{ path: string, snapshot: Uint8Array, project?: import('onward/project').Project, hop?: number, unknownBelow?: number }} Beginning */

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
  if (!isProject(file)) return { path, snapshot: file };
  const project = await Promise.resolve(file).then(decodeProject).catch((error) => {
    throw new Error(`Begins as: ${path}: ${error.message}`);
  });
  const unserved = UNSERVED[project.signal];
  if (unserved) throw new Error(`Begins as: ${unserved(path)}`);
  return { path, snapshot: project.snapshot, project, hop: hopOf(project), unknownBelow: project.unknownBelow };
}
