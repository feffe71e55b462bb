// Several processes that want one store, some of them killed while they have it: never two at a time.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TwoCounts {
  processes: number;
  /** Times that a process had the store. */
  had: number;
  /** Times that one was refused with ESTORE_LOCKED. */
  refused: number;
  killed: number;
  /** Killed while it had the store; the next one took over. */
  killedInside: number;
  /** Two at a time: must be 0. */
  overlaps: number;
}

export async function contend(bundle: string, processes: number, milliseconds: number): Promise<TwoCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'onward-two-'));
  const log = join(folder, 'log');
  const path = join(folder, 'learner');
  const counts: TwoCounts = { processes, had: 0, refused: 0, killed: 0, killedInside: 0, overlaps: 0 };
  const killed = new Set<number>();
  appendFileSync(log, '');
  try {
    const end = performance.now() + milliseconds;
    await Promise.all(
      Array.from({ length: processes }, async (_, index) => {
        while (performance.now() < end) {
          const dies = index % 2 === 1; // every other one is killed again and again
          const child = spawn(process.execPath, [bundle, 'contend', path, log, String(Math.max(1, end - performance.now()))], { stdio: ['ignore', 'pipe', 'inherit'] });
          let told = '';
          child.stdout.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
          const closed = once(child, 'close');
          if (dies) {
            await new Promise((resolve) => setTimeout(resolve, 150 + 250 * Math.random()));
            if (child.kill('SIGKILL')) killed.add(child.pid!);
          }
          const [code, signal] = (await closed) as [number | null, string | null];
          if (signal === 'SIGKILL') counts.killed++;
          else if (code !== 0) throw new Error(`a contender ended with code ${code}`);
          else counts.refused += (JSON.parse(told) as { refused: number }).refused;
        }
      }),
    );
    const lines = readFileSync(log, 'utf8').trim().split('\n').map((line) => line.split(' ') as ['in' | 'out', string]);
    let inside: string | undefined;
    lines.forEach(([what, pid], i) => {
      if (what === 'in') {
        counts.had++;
        if (inside !== undefined) {
          // the one before never left: it must have been killed, and nothing may be heard of it again
          if (killed.has(Number(inside)) && !lines.slice(i).some(([, later]) => later === inside)) counts.killedInside++;
          else counts.overlaps++;
        }
        inside = pid;
      } else {
        if (inside !== pid) counts.overlaps++;
        inside = undefined;
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}
