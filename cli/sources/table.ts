/** Every kind of source, a row each, and the one place that reads how a source is written. A new kind is a file like serial.ts and a row here. */
import { UsageError } from '../arguments.js';
import { file } from './file.js';
import { follow } from './follow.js';
import { http } from './http.js';
import { iio } from './iio.js';
import { mqtt } from './mqtt.js';
import { serial } from './serial.js';
import type { SourceKind } from './source.js';
import { stdin } from './stdin.js';

const ROWS = [mqtt, serial, http, iio, stdin, follow, file] as const; // in the order of --help; the first that matches is taken

/** A source as it was written. */
export type SourceName = ReturnType<(typeof ROWS)[number]['parse']>;

export const SOURCES: readonly SourceKind<SourceName>[] = ROWS;

export const SOURCE_HELP = `${SOURCES.slice(0, -1).map(({ help }) => help).join(',\n')},\nor ${SOURCES.at(-1)!.help}`;

/** @throws UsageError that says what a source may be */
export function parseSource(text: string | undefined): SourceName {
  if (text === undefined) throw new UsageError('--source SOURCE is missing');
  const row = SOURCES.find(({ scheme, pattern }) => pattern?.test(text) ?? text.startsWith(scheme));
  if (row === undefined) throw new UsageError(`--source: ${text.slice(0, text.indexOf(':'))}: is none of ${SOURCES.slice(0, -1).map(({ scheme }) => scheme).join(', ')} and ${SOURCES.at(-1)!.scheme}`);
  return row.parse(row.pattern ? text : text.slice(row.scheme.length), text);
}

export function kindOf({ kind }: SourceName): SourceKind<SourceName> {
  return SOURCES.find((row) => row.kind === kind)!;
}

/** True if samples come when they come: not those of a file, which is read once, nor of one that is standard input. */
export function isEndless(text: string | undefined): boolean {
  return kindOf(parseSource(text)).isEndless?.() ?? true;
}
