/** Lines of JSON that a program prints. */
import { spawn } from 'node:child_process';
import { openJsonLines } from './json-lines.js';
import { given } from './name.js';
import type { SourceKind } from './source.js';

export const exec: SourceKind<{ kind: 'exec'; command: string }> = {
  kind: 'exec',
  scheme: 'exec:',
  help: 'exec:COMMAND, what a program prints',
  options: [],
  parse: (rest, text) => ({ kind: 'exec', command: given(rest, text) }),
  open: async ({ command }, args, listeners) => openJsonLines(spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] }).stdout, command, args, listeners),
};
