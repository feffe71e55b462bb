import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** The command's code for "somebody else has it", util-linux's and busybox's. */
const CONFLICT = 1;

/**
 * The kernel's lock on an open file, `flock(2)`, through the command of that name: it locks a descriptor that it inherits, and the lock stays with the file's description,
 * which is this process's. It ends with the process, however that ends, and means the same in every container that shares the disk, where process numbers do not.
 * @returns `none` where there is no such command, or no such lock on this file system
 */
export function flock(file: number): 'held' | 'taken' | 'none' {
  try {
    const { status } = spawnSync('flock', ['-n', '-x', '3'], { stdio: ['ignore', 'ignore', 'ignore', file], timeout: 2000 });
    return status === 0 ? 'held' : status === CONFLICT ? 'taken' : 'none';
  } catch {
    return 'none'; // a runtime that may start nothing
  }
}

/** True if somebody holds the kernel's lock on a file. */
export function isLocked(path: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false; // it has just gone
  }
  try {
    return flock(file) !== 'held';
  } finally {
    closeSync(file);
  }
}
