// kill -9 and power failures in the middle of autosave: nothing older than the last finished save is ever lost, and what is restored is,
// to the byte, the learner that had seen so many samples.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLearner } from '../../host/index.js';
import { FileStore } from '../../host/stores/file.js';
import { generator } from '../random.js';
import { equal } from '../fuzz/mutate.js';
import { CONFIG, learnNext } from './stream.js';

export interface KillCounts {
  kills: number;
  /** Saves that children said were finished, all in all. */
  finishedSaves: number;
  /** Kills that left a temporary file: in the middle of a write. */
  midWrite: number;
  /** Kills with a save under way or finished that its child could no longer tell of. */
  untold: number;
  /** Kills before the child's first finished save. */
  early: number;
  /** Locks of the dead that were taken over. */
  takenOver: number;
  /** Restored less than the last finished save: must be 0. */
  lost: number;
  /** Restored other bytes than that many samples leave: must be 0. */
  different: number;
  /** Generations that were damaged: must be 0, a generation's name is given to whole files only. */
  damaged: number;
}

export async function killWhileSaving(bundle: string, kills: number, seed: number, tick: (done: number) => void = () => {}): Promise<KillCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-kill-'));
  try {
    return await crash(bundle, folder, kills, seed, tick);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The same with the file system cut off under the child, as by a power failure: an ext4 of its own is shut down without writing its
 * journal, so that everything not flushed is gone, and mounted again. kill -9 alone would not miss a forgotten flush. Needs root and python3 (for one ioctl).
 */
export async function cutPowerWhileSaving(bundle: string, cuts: number, seed: number): Promise<KillCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-power-'));
  const [disk, image] = [join(folder, 'disk'), join(folder, 'image')];
  mkdirSync(disk);
  writeFileSync(image, '');
  truncateSync(image, 16 << 20);
  execFileSync('mkfs.ext4', ['-q', '-F', image]);
  const mount = (): void => void execFileSync('mount', ['-o', 'loop', image, disk], { stdio: 'pipe' });
  mount();
  try {
    const cut = (): void => {
      // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH
      execFileSync('python3', ['-c', 'import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))', disk], { stdio: 'pipe' });
    };
    const mend = (): void => {
      execFileSync('umount', [disk], { stdio: 'pipe' });
      mount();
    };
    return await crash(bundle, disk, cuts, seed, () => {}, { cut, mend });
  } finally {
    execFileSync('umount', [disk], { stdio: 'pipe' });
    rmSync(folder, { recursive: true, force: true });
  }
}

async function crash(bundle: string, folder: string, kills: number, seed: number, tick: (done: number) => void, power?: { cut(): void; mend(): void }): Promise<KillCounts> {
  const random = generator(seed);
  const path = join(folder, 'learner');
  const judge = await createLearner(CONFIG);
  const counts: KillCounts = { kills: 0, finishedSaves: 0, midWrite: 0, untold: 0, early: 0, takenOver: 0, lost: 0, different: 0, damaged: 0 };
  let finished = 0; // samples in the last save that was told of, of whatever child
  while (counts.kills < kills) {
    const child = spawn(process.execPath, [bundle, 'learn', path], { stdio: ['ignore', 'pipe', power === undefined ? 'inherit' : 'ignore'] });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
    const closed = once(child, 'close');
    if (random() < 0.9) await Promise.race([once(child.stdout, 'data'), closed]);
    await new Promise((resolve) => setTimeout(resolve, (random() < 0.9 ? 60 : 150) * random()));
    power?.cut();
    child.kill('SIGKILL');
    const [, signal] = (await closed) as [number | null, string | null];
    if (signal !== 'SIGKILL' && power === undefined) throw new Error(`the child ended by itself after ${counts.kills} kills`);
    counts.kills++;

    const saves = told.split('\n').filter(Boolean);
    counts.finishedSaves += saves.length;
    if (saves.length === 0) counts.early++;
    else finished = Number(saves.at(-1)!.split(' ')[1]);
    power?.mend();
    const files = readdirSync(folder);
    if (files.some((name) => name.endsWith('.tmp'))) counts.midWrite++;
    if (files.some((name) => name.includes('.lock-'))) counts.takenOver++;

    const store = await FileStore.open(path);
    const restored = await store.load().catch(() => 'none good' as const);
    await store.close();
    if (restored === 'none good') {
      counts.damaged++;
      counts.lost++;
    } else if (restored === undefined) {
      if (finished > 0) counts.lost++;
    } else {
      counts.damaged += restored.skipped.length;
      const view = new DataView(restored.snapshot.buffer, restored.snapshot.byteOffset);
      const seen = seenOf(restored.snapshot, view);
      if (seen < finished) counts.lost++;
      if (seen > finished) counts.untold++;
      while (judge.seen < seen) learnNext(judge);
      if (judge.seen !== seen || !equal(judge.save(), restored.snapshot)) counts.different++;
      finished = Math.max(finished, seen);
    }
    if (counts.kills % 50 === 0) tick(counts.kills);
  }
  return counts;
}

/** Samples seen: the first field of the state, which ends 4 bytes before the end of the snapshot. */
function seenOf(snapshot: Uint8Array, view: DataView): number {
  return Number(view.getBigUint64(snapshot.length - 4 - view.getUint32(108, true), true));
}
