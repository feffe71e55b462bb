import type { LearnerInput } from '../host/index.js';
import type { CsvFile } from '../host/sources/csv.js';
import type { Sample } from '../host/sources/sample.js';
import { windows } from '../host/sources/window.js';
import type { Arguments, Option } from './arguments.js';

export const WINDOW_OPTION: Record<string, Option> = {
  window: { value: 'S', help: 'a sample is a window of S rows, 8 to 256, of one label; every input column is an axis, at most 64' },
};

/** Samples of a table for a learner: its rows, or windows of them. */
export interface TableInput {
  shape: LearnerInput;
  samples: AsyncIterable<Sample>;
  /** "rows" or "windows", and how many there may be at most. */
  unit: string;
  most: number;
}

export function inputOf(file: CsvFile, args: Arguments): TableInput {
  const samples = args.whole('window', 8, 256);
  if (samples === undefined) return { shape: { inputs: file.inputs }, samples: file, unit: 'rows', most: file.rows };
  if (file.inputs > 64) throw new Error(`--window: ${file.inputs} columns, at most 64 can be axes; leave others out with --drop COLUMN,..`);
  return {
    shape: { window: { axes: file.inputs, samples } },
    samples: {
      async *[Symbol.asyncIterator]() {
        let any = false;
        for await (const window of windows(file, { samples, group: ({ group }) => group })) {
          any = true;
          yield window;
        }
        if (!any) throw new Error(`--window ${samples}: nowhere do ${samples} rows in a row have the same label; take fewer`);
      },
    },
    unit: 'windows',
    most: Math.floor(file.rows / samples),
  };
}
