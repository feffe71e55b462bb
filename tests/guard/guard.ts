// Runs uvu in a process of its own for each file, two more at a time than there are cores, one of which mostly waits, and believes only what adds up: exit code, totals, one
// `(n / m)` per file, every skip declared, every expected file there. uvu 0.5.6 alone exits 0 on eight kinds of broken test; see fixtures/.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fileURLToPath } from 'node:url';

export interface Watch {
  /** Folder that is searched, with all folders below it. */
  dir: string;
  /** Which of its files, by path inside `dir`, are tests. */
  pattern: RegExp;
  /** The files that must be found: no fewer, so that a renamed file cannot vanish; no more, so that the list stays true. */
  expected: readonly string[];
  /** Those of them that take longest, in the order in which they are started, before all others: none of them is left to run alone at the end. */
  first?: readonly string[];
  /** Those that mostly wait, for brokers and timers: one at a time runs beside those that compute. */
  idle?: readonly string[];
  /** Makes a folder with the same tests in JavaScript, which is removed in the end; without it, tsx translates what each imports. */
  compile?: (dir: string, files: readonly string[]) => Promise<string>;
  env?: NodeJS.ProcessEnv;
  /** Gets the output: of one file as it comes, of several one after the other, when each has ended. */
  echo?: (text: string) => void;
  /** How long uvu, and what it started, may live on after its totals. */
  graceMs?: number;
}

export interface Verdict {
  passed: number;
  failed: number;
  skipped: number;
  /** What is wrong with the run itself, beyond tests that failed. Each counts as one failed. */
  problems: string[];
  output: string;
}

/** A file that hangs is a failure with a name, not a job that is still running tomorrow. */
const LIMIT_MS = 20 * 60_000;

/** A good run is gone 0.1 s after its totals; ten seconds are for a machine with other work. */
const GRACE_MS = 10_000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function guard({ dir, pattern, expected, first = [], idle = [], compile, env = process.env, echo = () => {}, graceMs = GRACE_MS }: Watch): Promise<Verdict> {
  const verdict: Verdict = { passed: 0, failed: 0, skipped: 0, problems: [], output: '' };
  const { problems } = verdict;
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file)).sort();

  for (const file of expected) if (!files.includes(file)) problems.push(`${file}: expected, but not there`);
  for (const file of files) {
    if (!expected.includes(file)) problems.push(`${file}: not in the list of expected files (tests/expected.json); add it`);
    if (/['"]uvu['"]/.test(readFileSync(join(dir, file), 'utf8'))) problems.push(`${file}: imports uvu itself; import tests/suite.ts`);
  }

  let total = 0;
  const compiled = (translated = await compile?.(dir, files));
  const queue = [...first.filter((file) => files.includes(file)), ...files.filter((file) => !first.includes(file))];
  const lane = async (next: () => string | undefined): Promise<void> => {
    for (let file = next(); file !== undefined; file = next()) {
      const ended = await runUvu(dir, file, compiled, env, files.length === 1 ? echo : () => {}, graceMs);
      if (files.length > 1) echo(`${ended.output.trim()}\n\n`);
      total += judge(file, ended, verdict);
    }
  };
  const [waiting, computing] = [queue.filter((file) => idle.includes(file)), queue.filter((file) => !idle.includes(file))];
  try {
    await Promise.all([lane(() => waiting.shift()), ...Array.from({ length: availableParallelism() + 1 }, () => lane(() => computing.shift() ?? waiting.shift()))]);
  } finally {
    removeTranslated();
  }

  if (total === 0) problems.push('no test ran');
  verdict.failed = total - verdict.passed + problems.length;
  return verdict;
}

/** Adds what became of one file to the verdict. Returns how many tests it has. */
function judge(file: string, { output, end, overdue }: Ended, verdict: Verdict): number {
  const count = (label: string): number => Number([...output.matchAll(new RegExp(`^  ${label}: +(\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  const [total, passed, skipped] = [count('Total'), count('Passed'), count('Skipped')];
  const declared = output.match(/^skipped: .+ \(install: .+\)$/gm)?.length ?? 0;
  verdict.passed += passed;
  verdict.skipped += skipped;
  verdict.output += output;

  const { problems } = verdict;
  if (!/ {2}\(\d+ \/ \d+\)$/m.test(output)) problems.push(`${file}: ran no suite to its end`);
  if (skipped !== declared) problems.push(`${file}: ${skipped} skipped, ${declared} of them declared: a .only or an undeclared skip was left in`);
  if (overdue !== undefined) problems.push(`${overdue}: something was left open by ${file}`);
  // A failed test explains exit code 1; without one it is the only sign of what went wrong.
  else if (end !== 0 && (end !== 1 || passed === total)) problems.push(`${file}: uvu ended with ${typeof end === 'number' ? `exit code ${end}` : end}`);
  return total;
}

interface Ended {
  output: string;
  end: number | string;
  /** What was still there when its time was up, and so was killed; undefined where all ended by itself. */
  overdue: string | undefined;
}

/** What a signal to the guard has to kill, too: groups of their own do not hear Ctrl-C, nor what stops the guard. */
const running = new Set<() => void>();

/** Folder of translated tests, while they run. */
let translated: string | undefined;

const removeTranslated = (): void => {
  if (translated !== undefined) rmSync(translated, { recursive: true, force: true });
};

function stop(signal: NodeJS.Signals): void {
  for (const kill of running) kill();
  removeTranslated();
  process.kill(process.pid, signal);
}

/**
 * uvu never ends its process, it waits until nothing is open: a server that a failed test left behind would hold it for ever. So it gets a process
 * group of its own, which can be killed with all that the tests started, and `graceMs` from its totals, or from its end where a grandchild holds its output.
 */
async function runUvu(dir: string, file: string, compiled: string | undefined, env: NodeJS.ProcessEnv, echo: (text: string) => void, graceMs: number): Promise<Ended> {
  const [options, folder, name] = compiled === undefined ? [['--import', 'tsx'], dir, file] as const : [['--enable-source-maps'], compiled, file.replace(/\.ts$/, '.js')] as const;
  const exactly = `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  const uvu = fileURLToPath(new URL('../../node_modules/uvu/bin.js', import.meta.url));
  const child = spawn(process.execPath, [...options, uvu, '--no-color', folder, exactly], {
    // one thread beside the first: four, as Node has them, take a tenth more of processors that are busy
    env: { ...env, FORCE_COLOR: '0', NODE_OPTIONS: `${env['NODE_OPTIONS'] ?? ''} --v8-pool-size=1` },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const kill = (): void => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      child.kill('SIGKILL'); // no process groups here, or nobody left in it
    }
  };
  if (running.size === 0) for (const signal of SIGNALS) process.once(signal, stop);
  running.add(kill);

  let overdue: string | undefined;
  const giveUp = (why: string): void => {
    overdue = why;
    kill();
    // Who left the group lives on, but is not waited for.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const limit = setTimeout(giveUp, LIMIT_MS, `uvu did not end in ${LIMIT_MS / 60_000} minutes`);
  let grace: NodeJS.Timeout | undefined;
  const endSoon = (): void => {
    grace ??= setTimeout(() => giveUp(child.exitCode === null && child.signalCode === null ? 'uvu did not end after its totals' : 'uvu ended, but not all that it started'), graceMs);
  };

  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const text = chunk.replace(`${name}\n`, `${file}\n`);
      output += stripVTControlCharacters(text);
      echo(text);
      if (showsTotals(output, text.length, file)) endSoon();
    });
  }
  child.on('exit', endSoon);
  try {
    const [code, signal] = await once(child, 'close') as [number | null, NodeJS.Signals | null];
    return { output, end: code ?? signal ?? 'no exit code', overdue };
  } finally {
    clearTimeout(limit);
    clearTimeout(grace);
    running.delete(kill);
    if (running.size === 0) for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** Whether the newest output has the last line of uvu's totals: after the heading of the file. */
function showsTotals(output: string, newest: number, file: string): boolean {
  return /^ {2}Duration: +[\d.]+ms\n/m.test(output.slice(-newest - 40)) && output.includes(`${file}\n`);
}
