// Runs one of the package's own tools under this Node, with its output passed through.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

export async function runTool(script: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
  const [code, signal] = await once(child, 'exit') as [number | null, NodeJS.Signals | null];
  if (code !== 0) {
    console.error(`build: ${script} ${args.join(' ')} failed (${signal ?? `exit code ${code}`})`);
    process.exit(1);
  }
}
