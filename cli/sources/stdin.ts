/** Lines of JSON, or of plain numbers, on standard input. */
import { fstatSync } from 'node:fs';
import { openJsonLines } from './json-lines.js';
import type { SourceKind } from './source.js';

export const stdin: SourceKind<{ kind: 'stdin' }> = {
  kind: 'stdin',
  scheme: '-',
  pattern: /^(-|stdin)$/,
  help: '- for lines on standard input: JSON, or plain numbers',
  options: [],
  parse: () => ({ kind: 'stdin' }),
  isEndless: () => !fstatSync(0).isFile(),
  open: async (_, args, listeners) => openJsonLines(process.stdin, 'standard input', args, listeners, true),
};
