// A full disk, a real one: a small file system of its own, filled to every degree. Needs root; says so where it is not.

import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, statfsSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { autosave, createLearner, type LearnerError } from '../../host/index.js';
import { FileStore } from '../../host/stores/file.js';
import { equal } from '../fuzz/mutate.js';
import { CONFIG, learnNext } from './stream.js';

export interface DiskCounts {
  /** Which file system was filled: tmpfs, or ext4 in a file. */
  on: string;
  /** Saves that failed for want of room. */
  failed: number;
  /** Saves that found room. */
  fitted: number;
  /** Failed with another error than ESTORE_FULL: must be 0. */
  unclear: number;
  /** Failed and left a temporary file: must be 0. */
  remains: number;
  /** The generation before was not restored: must be 0. */
  lost: number;
  /** Samples that autosave let pass while the disk was full, and whether the save after it found room again. */
  learnedWhileFull: number;
  savedAfter: boolean;
}

export async function fillDisk(kind: 'tmpfs' | 'ext4'): Promise<DiskCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-disk-'));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  if (kind === 'tmpfs') execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  else {
    const image = join(folder, 'image');
    writeFileSync(image, '');
    truncateSync(image, 4 << 20);
    execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
    execFileSync('mount', ['-o', 'loop', image, disk]);
  }
  try {
    return await fill(kind, disk);
  } finally {
    execFileSync('umount', [disk]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(on: string, disk: string): Promise<DiskCounts> {
  const counts: DiskCounts = { on, failed: 0, fitted: 0, unclear: 0, remains: 0, lost: 0, learnedWhileFull: 0, savedAfter: false };
  const ballast = join(disk, 'ballast');
  const learner = await createLearner(CONFIG);
  const store = await FileStore.open(join(disk, 'learner'));
  let kept = learner.save();
  await store.save(kept);
  await store.save(kept);

  const check = async (): Promise<void> => {
    if (readdirSync(disk).some((name) => name.endsWith('.tmp'))) counts.remains++;
    const restored = await store.load();
    if (restored === undefined || restored.skipped.length > 0 || !equal(restored.snapshot, kept)) counts.lost++;
  };

  // from no room at all to room for one and a half more, in steps of 1 KiB
  const room = kept.length * 1.5;
  for (let left = 0; left < room; left += 1024) {
    rmSync(ballast, { force: true });
    const free = statfsSync(disk).bavail * statfsSync(disk).bsize;
    fillFile(ballast, Math.max(0, free - left));
    learnNext(learner);
    const snapshot = learner.save();
    try {
      await store.save(snapshot);
      counts.fitted++;
      kept = snapshot;
    } catch (error) {
      counts.failed++;
      if ((error as LearnerError).code !== 'ESTORE_FULL') counts.unclear++;
    }
    await check();
  }

  // autosave on a full disk: told of every failure, learning goes on, and the first save with room again keeps it all
  rmSync(ballast, { force: true });
  fillFile(ballast, statfsSync(disk).bavail * statfsSync(disk).bsize);
  let failures = 0;
  const saver = autosave(learner, store, { samples: 10, seconds: Infinity, onError: (error) => ((error as LearnerError).code === 'ESTORE_FULL' ? failures++ : counts.unclear++) });
  for (; counts.learnedWhileFull < 200; counts.learnedWhileFull++) {
    learnNext(learner);
    await saver.step();
  }
  if (failures !== 20) counts.unclear++;
  counts.failed += failures;
  await check();
  rmSync(ballast);
  await saver.close();
  kept = learner.save();
  await check();
  counts.savedAfter = equal((await store.load())!.snapshot, kept);
  await store.close();
  return counts;
}

/** Writes until the disk is full or the file is that long. */
function fillFile(path: string, bytes: number): void {
  const file = openSync(path, 'w');
  const block = Buffer.alloc(1024, 1);
  try {
    for (let written = 0; written < bytes; written += 1024) writeSync(file, block);
    fsyncSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
