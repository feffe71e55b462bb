/** Lines of JSON on standard input. */
import { fstatSync } from 'node:fs';
import { openJsonLines } from './json-lines.js';
import type { SourceKind } from './source.js';

export const stdin: SourceKind<{ kind: 'stdin' }> = {
  kind: 'stdin',
  scheme: '-',
  pattern: /^(-|stdin)$/,
  help: '- for JSON lines on standard input',
  options: [],
  parse: () => ({ kind: 'stdin' }),
  isEndless: () => !fstatSync(0).isFile(),
  open: async (_, args, listeners) => openJsonLines(process.stdin, 'standard input', args, listeners),
};
