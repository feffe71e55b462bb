/** A table without labels: every column of numbers is a channel. Its numbers are held in memory. */
import { openCsv, type CsvOptions, type Layout, type RawSource } from '../host/sources/csv.js';

export interface Readings {
  /** Names of the channels; the column's number from 0 where the file has no header. */
  readonly names: readonly string[];
  /** [rows][channels]; NaN is missing. A row of another width and a blank line are rows of missing values, so that row numbers stay those of the file. */
  readonly rows: readonly Float64Array[];
  /** Line of the first of them, as a text editor counts; the others follow it. */
  readonly firstLine: number;
  /** When each row was, NaN where that is not known; undefined where the table has no time. */
  readonly times: readonly number[] | undefined;
  /** How its rows became readings, for another file: as of `CsvFile`. */
  readonly layout: Layout;
  /** Decisions, omissions and doubts, one sentence each. */
  readonly warnings: readonly string[];
}

/** @param source as `openCsv` takes it: it is read twice */
export async function readReadings(source: string | Uint8Array | (() => RawSource), options: Omit<CsvOptions, 'label' | 'known' | 'onRefused'> = {}): Promise<Readings> {
  const file = await openCsv(source, { ...options, label: null });
  const rows: Float64Array[] = [];
  const times: number[] = [];
  let firstLine: number | undefined;
  for await (const { x, row, t } of file) {
    firstLine ??= row;
    while (firstLine + rows.length < row) {
      rows.push(new Float64Array(x.length).fill(NaN));
      times.push(NaN);
    }
    rows.push(x);
    times.push(t ?? NaN);
  }
  const blank = rows.length - file.rows - file.left - file.skipped;
  const warnings = [...file.warnings];
  if (blank > 0) warnings.push(`${blank} blank lines between rows are rows of missing values`);
  return { names: file.names, rows, firstLine: firstLine ?? 1, times: file.layout.time ? times : undefined, layout: file.layout, warnings };
}
