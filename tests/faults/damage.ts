// A store whose newest generation was damaged on the disk: the one before it is restored, and the damage named.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '../../host/stores/file.js';
import { corrupted, goodSnapshots } from '../fuzz/snapshots.js';
import { equal } from '../fuzz/mutate.js';
import { generator } from '../random.js';

export interface DamageCounts {
  tried: number;
  restored: number;
  /** The good generation was not what came back: must be 0. */
  failed: number;
}

export async function damageNewest(count: number, seed: number): Promise<DamageCounts> {
  const random = generator(seed);
  const folder = mkdtempSync(join(tmpdir(), 'onward-damage-'));
  const path = join(folder, 'learner');
  const counts: DamageCounts = { tried: 0, restored: 0, failed: 0 };
  try {
    const all = await goodSnapshots();
    const good = all[1]!;
    writeFileSync(`${path}.1`, good);
    const store = await FileStore.open(path);
    for (; counts.tried < count; counts.tried++) {
      writeFileSync(`${path}.2`, corrupted(random, all).bytes);
      const restored = await store.load().catch(() => undefined);
      const fine = restored !== undefined && restored.generation === 1 && restored.skipped[0]?.generation === 2 && equal(restored.snapshot, good);
      counts[fine ? 'restored' : 'failed']++;
    }
    await store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}
