// `onward learn`, or another service, as a child, and the stream it learns: a sample follows from its number, so whoever knows how many were learned can make the same learner.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Rehearsal, createLearner, loadLearner, type Learner } from '../host/index.js';
import { loadRegressor } from '../host/regressor/index.js';
import { FileStore } from '../host/stores/file.js';
import { CLI } from './command.js';
import { generator } from './random.js';

export const LABELS = ['a', 'b', 'c', 'd'];

export function sampleOf(number: number): { x: number[]; y: string } {
  const random = generator(number);
  const label = number % LABELS.length;
  return { x: Array.from({ length: 6 }, (_, i) => Number((((i + label) % 4) + random()).toFixed(3))), y: LABELS[label]! };
}

export function linesOf(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => JSON.stringify(sampleOf(from + i)));
}

/** Of tests that are about what is kept, over pauses of any length. */
export const NO_MEMORY = ['--exemplars', '0'];

/** The state of a learner with the memory that it has by default, taught up to each of these samples in turn and rehearsed after each. */
export async function rehearsed(...stretches: number[]): Promise<Uint8Array> {
  const learner = await createLearner({ inputs: 6, labels: LABELS, exemplars: 200 });
  const rehearsal = new Rehearsal(learner, { seconds: Infinity });
  stretches.forEach((to, i) => {
    teach(learner, to, stretches[i - 1]);
    rehearsal.finish();
  });
  return learner.save();
}

/** The state after samples 0 to `to` without any interruption, and without a memory. */
export async function uninterrupted(to: number): Promise<Uint8Array> {
  const learner = await createLearner({ inputs: 6, labels: LABELS });
  teach(learner, to);
  return learner.save();
}

function teach(learner: Learner, to: number, from = 0): void {
  for (let number = from; number < to; number++) {
    const { x, y } = sampleOf(number);
    learner.learn(x, y);
  }
}

/** What a store holds, read beside whoever writes it. */
async function snapshotIn(folder: string): Promise<Uint8Array> {
  const store = await FileStore.open(folder, { lock: false });
  const restored = await store.load();
  await store.close();
  if (restored === undefined) throw new Error(`${folder} holds no snapshot`);
  return restored.snapshot;
}

export async function storedLearner(folder: string): Promise<Learner> {
  return loadLearner(await snapshotIn(join(folder, 'learner')));
}

/** Likewise, of `learn --target`, without its note. */
export async function storedNumbers(folder: string): Promise<Uint8Array> {
  const regressor = await loadRegressor(await snapshotIn(join(folder, 'regressor')));
  regressor.note = '';
  return regressor.save();
}

/** All that the stored learner has learned; its note says how it came to it, and is left out. */
export async function stored(folder: string): Promise<Uint8Array> {
  const learner = await storedLearner(folder);
  learner.note = '';
  return learner.save();
}

/** A running `onward learn`, or another command. */
export class Service {
  readonly process: ChildProcess;
  lines: string[] = [];
  err = '';
  readonly #ended: Promise<unknown[]>;

  constructor(args: readonly string[], env: Record<string, string> = {}, command = 'learn', cli = CLI) {
    this.process = spawn(process.execPath, [cli, command, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let rest = '';
    this.process.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop()!;
      this.lines.push(...parts);
    });
    this.process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.err += text));
    this.process.stdin!.on('error', () => {});
    this.#ended = once(this.process, 'close');
  }

  get predictions(): { index: number; label: string | null; margin: number; correct: boolean | null; familiar: number | null; y?: string; topic?: string; id?: number }[] {
    return this.lines.map((line) => JSON.parse(line));
  }

  async until(what: string, done: () => boolean): Promise<void> {
    for (let waited = 0; !done(); waited += 20) {
      if (this.process.exitCode !== null || waited > 15_000) throw new Error(`${what}: did not come; ${this.lines.length} predictions, stderr: ${this.err}`);
      await sleep(20);
    }
  }

  predicted(n: number): Promise<void> {
    return this.until(`${n} predictions`, () => this.lines.length >= n);
  }

  said(text: string, times = 1): Promise<void> {
    return this.until(`"${text}" on stderr`, () => this.err.split(text).length > times);
  }

  async ended(): Promise<number | null> {
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 15_000);
    const [code] = await this.#ended;
    clearTimeout(timer);
    return code as number | null;
  }

  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.process.kill(signal);
    return this.ended();
  }
}
