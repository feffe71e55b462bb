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

export async function guard({ dir, pattern, expected, env = process.env, echo = () => {} }: Watch): Promise<Verdict> {
  const problems: string[] = [];
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file)).sort();

  for (const file of expected) if (!files.includes(file)) problems.push(`${file}: expected, but not there`);
  for (const file of files) {
    if (!expected.includes(file)) problems.push(`${file}: not in the list of expected files (tests/expected.json); add it`);
    if (/['"]uvu['"]/.test(readFileSync(join(dir, file), 'utf8'))) problems.push(`${file}: imports uvu itself; import tests/suite.ts`);
  }

  const { output, end } = await runUvu(dir, files, env, echo);
  const count = (label: string): number => Number(last(output, new RegExp(`^  ${label}: +(\\d+)$`, 'gm')) ?? 0);
  const total = count('Total');
  const passed = count('Passed');
  const skipped = count('Skipped');
  const declared = output.match(/^skipped: .+ \(install: .+\)$/gm)?.length ?? 0;

  for (const file of silentFiles(output, files)) problems.push(`${file}: ran no suite to its end`);
  if (total === 0) problems.push('no test ran');
  if (skipped !== declared) problems.push(`${skipped} skipped, ${declared} of them declared: a .only or an undeclared skip was left in`);
  // A failed test explains exit code 1; without one it is the only sign of what went wrong.
  if (end !== 0 && (end !== 1 || passed === total)) problems.push(`uvu ended with ${typeof end === 'number' ? `exit code ${end}` : end}`);

  return { passed, failed: total - passed + problems.length, skipped, problems, output };
}

async function runUvu(dir: string, files: readonly string[], env: NodeJS.ProcessEnv, echo: (text: string) => void) {
  const exactly = `^(${files.map((file) => file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`;
  const uvu = fileURLToPath(new URL('../../node_modules/uvu/bin.js', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', uvu, '--no-color', dir, exactly], {
    env: { ...env, FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += stripVTControlCharacters(text);
      echo(text);
    });
  }
  const [code, signal] = await once(child, 'close') as [number | null, NodeJS.Signals | null];
  return { output, end: code ?? signal ?? 'no exit code' };
}

/** Files under whose heading uvu printed no `(n / m)`. */
function silentFiles(output: string, files: readonly string[]): string[] {
  const silent = new Set(files);
  let current: string | undefined;
  for (const line of output.split('\n')) {
    if (files.includes(line)) current = line;
    else if (current !== undefined && / {2}\(\d+ \/ \d+\)$/.test(line)) silent.delete(current);
  }
  return [...silent];
}

function last(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1];
}
