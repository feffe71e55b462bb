/** Common part of a CSV that is read once and one that grows. */
import type { KnownLabels } from '../../host/sources/sample.js';
import { UsageError, type Arguments } from '../arguments.js';
import type { SourceListeners } from './source.js';

export function checkChannels(args: Arguments, { channelsOnly }: SourceListeners): void {
  if (channelsOnly && args.has('label')) throw new UsageError('--label: of a CSV every column of numbers is a channel; leave a truth out with --drop COLUMN');
}

export function checkMost(path: string, columns: number, most = Infinity): void {
  if (columns > most) throw new Error(`${path}: ${columns} columns of numbers, ${most} are the most that there may be: leave others out with --drop COLUMN,..`);
}

/** Every row will have them, so the remedy is on the command line. */
export function otherColumns(names: readonly string[], inputs: number, { whose }: KnownLabels): string {
  const listed = `${names.slice(0, 12).join(', ')}${names.length > 12 ? ', ...' : ''}`;
  return `${names.length} columns of numbers beside the label (${listed}), ${whose} samples have ${inputs}: leave columns out with --drop COLUMN,.., or name the label's with --label COLUMN`;
}
