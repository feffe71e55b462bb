// Runs uvu in a process of its own and believes only what adds up: exit code, totals, one `(n / m)` per file, every skip
// declared, every expected file there. uvu 0.5.6 alone exits 0 on eight kinds of broken test; see fixtures/.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
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
  env?: NodeJS.ProcessEnv;
  /** Gets the output as it comes. */
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

/** A run that hangs is a failure with a name, not a job that is still running tomorrow. */
const LIMIT_MS = 30 * 60_000;

/** A good run is gone 0.1 s after its totals; five seconds are for a machine with other work. */
const GRACE_MS = 5_000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function guard({ dir, pattern, expected, env = process.env, echo = () => {}, graceMs = GRACE_MS }: Watch): Promise<Verdict> {
  const problems: string[] = [];
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file)).sort();

  for (const file of expected) if (!files.includes(file)) problems.push(`${file}: expected, but not there`);
  for (const file of files) {
    if (!expected.includes(file)) problems.push(`${file}: not in the list of expected files (tests/expected.json); add it`);
    if (/['"]uvu['"]/.test(readFileSync(join(dir, file), 'utf8'))) problems.push(`${file}: imports uvu itself; import tests/suite.ts`);
  }

  const { output, end, overdue } = await runUvu(dir, files, env, echo, graceMs);
  const count = (label: string): number => Number(last(output, new RegExp(`^  ${label}: +(\\d+)$`, 'gm')) ?? 0);
  const total = count('Total');
  const passed = count('Passed');
  const skipped = count('Skipped');
  const declared = output.match(/^skipped: .+ \(install: .+\)$/gm)?.length ?? 0;

  const heard = new Set(counts(output, files).map(({ file }) => file));
  for (const file of files) if (!heard.has(file)) problems.push(`${file}: ran no suite to its end`);
  if (total === 0) problems.push('no test ran');
  if (skipped !== declared) problems.push(`${skipped} skipped, ${declared} of them declared: a .only or an undeclared skip was left in`);
  if (overdue !== undefined) problems.push(`${overdue}: something was left open by ${suspects(output, files)}`);
  // A failed test explains exit code 1; without one it is the only sign of what went wrong.
  else if (end !== 0 && (end !== 1 || passed === total)) problems.push(`uvu ended with ${typeof end === 'number' ? `exit code ${end}` : end}`);

  return { passed, failed: total - passed + problems.length, skipped, problems, output };
}

interface Ended {
  output: string;
  end: number | string;
  /** What was still there when its time was up, and so was killed; undefined where all ended by itself. */
  overdue: string | undefined;
}

/**
 * uvu never ends its process, it waits until nothing is open: a server that a failed test left behind would hold it for ever. So it gets a process
 * group of its own, which can be killed with all that the tests started, and `graceMs` from its totals, or from its end where a grandchild holds its output.
 */
async function runUvu(dir: string, files: readonly string[], env: NodeJS.ProcessEnv, echo: (text: string) => void, graceMs: number): Promise<Ended> {
  const exactly = `^(${files.map((file) => file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`;
  const uvu = fileURLToPath(new URL('../../node_modules/uvu/bin.js', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', uvu, '--no-color', dir, exactly], {
    env: { ...env, FORCE_COLOR: '0' },
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
  // A group of its own does not hear Ctrl-C, nor what stops the guard.
  const stop = (signal: NodeJS.Signals): void => {
    kill();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, stop);

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
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += stripVTControlCharacters(text);
      echo(text);
      if (showsTotals(output, text.length, files)) endSoon();
    });
  }
  child.on('exit', endSoon);
  try {
    const [code, signal] = await once(child, 'close') as [number | null, NodeJS.Signals | null];
    return { output, end: code ?? signal ?? 'no exit code', overdue };
  } finally {
    clearTimeout(limit);
    clearTimeout(grace);
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** Whether the newest output has the last line of uvu's totals: after the heading of every file, for a failed test may print the totals of another run. */
function showsTotals(output: string, newest: number, files: readonly string[]): boolean {
  return /^ {2}Duration: +[\d.]+ms\n/m.test(output.slice(-newest - 40)) && files.every((file) => output.includes(`${file}\n`));
}

/** Every `(n / m)` that uvu printed, with the file under whose heading it stands. */
function counts(output: string, files: readonly string[]): { file: string; passed: number; total: number }[] {
  const found = [];
  let file: string | undefined;
  for (const line of output.split('\n')) {
    if (files.includes(line)) file = line;
    const count = / {2}\((\d+) \/ (\d+)\)$/.exec(line);
    if (file !== undefined && count !== null) found.push({ file, passed: Number(count[1]), total: Number(count[2]) });
  }
  return found;
}

/** uvu runs all files in one process, so whose handle is open cannot be told: those with failed tests are named, else the last file. */
function suspects(output: string, files: readonly string[]): string {
  const ran = counts(output, files);
  const failed = ran.filter(({ passed, total }) => passed < total);
  return [...new Set((failed.length > 0 ? failed : ran.slice(-1)).map(({ file }) => file))].join(' or ');
}

function last(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1];
}
