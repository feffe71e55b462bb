import { createReadStream, existsSync, statSync } from 'node:fs';
import { openCsv, type CsvFile, type CsvOptions } from '../sources/csv.js';
import type { Arguments, Option } from './arguments.js';

/** A file of this package, whether this runs from dist/cli.js or from host/cli/. */
export function packageFile(path: string): URL {
  const found = ['../', '../../'].map((up) => new URL(up + path, import.meta.url)).find((url) => existsSync(url));
  if (!found) throw new Error(`${path} is missing from this installation: install onward again`);
  return found;
}

/** The options that say how a CSV file is read. */
export const CSV_OPTIONS: Record<string, Option> = {
  label: { value: 'COLUMN', help: 'the column of the label, by name or by number from 0 (default: the last)' },
  drop: { value: 'COLUMN,..', help: 'columns to leave out' },
};

export async function openTable(path: string, args: Arguments, options: CsvOptions = {}): Promise<CsvFile> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error(`there is no file ${path}`);
  if (stat.isDirectory()) throw new Error(`${path} is a directory; name a CSV file`);
  const label = args.text('label');
  const drop = args.text('drop')?.split(',');
  try {
    return await openCsv(() => createReadStream(path), { ...(label === undefined ? {} : { label }), ...(drop ? { drop } : {}), ...options });
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}

/** What a file's reader found doubtful goes to stderr: stdout belongs to the answer. */
export function tellWarnings(path: string, { warnings }: CsvFile, args: Arguments): void {
  if (args.has('quiet')) return;
  for (const warning of warnings) process.stderr.write(`${path}: ${warning}\n`);
}
