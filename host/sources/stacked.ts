/** Series that stand one upon the other in one column of values, told by the column that names them. */
import { argument, bareName, quote } from './column-names.js';
import type { Column, Survey } from './columns.js';
import { isMissing } from './cells.js';

/** Names of the column that says which series a row belongs to. */
export const SERIES_NAME = /(entity|sensor|series|metric|measurement|_?field|variable|parameter|channel|tag|topic|item|point|quantity|signal|kanal|gr[öo](ss|ß)e)([ _.-]?(id|name))?$|^(name|key)$/i;
/** Rows of a series that make it one. */
const LEAST_ROWS = 8;

/** The column that names the series, and a sentence that says so, and what splits them. */
export interface Stacked {
  column: number;
  told: string;
}

/** Undefined where nothing is stacked. */
export function stackedBy({ columns, names, rows }: Survey): Stacked | undefined {
  const values = columns.filter(({ numbers, kinds, texts, steps, words, changes }) => numbers > 0 && numbers + kinds.unit >= 0.5 * (numbers + texts) && kinds.date === 0 && steps.rises + steps.falls > 0 && (words === undefined || changes > words.size));
  if (values.length !== 1) return undefined;
  for (const [i, column] of columns.entries()) {
    const series = seriesOf(column);
    if (series.length < 2 || rows < LEAST_ROWS * series.length) continue;
    const inBlocks = column.changes === series.length;
    const name = names?.[i] ?? '';
    const ids = series.every((each) => /^[a-z_]+\.\w+$/i.test(each)); // sensor.kitchen_temperature
    if (!(ids || SERIES_NAME.test(name)) || (!inBlocks && column.changes < rows / 2)) continue;
    const told = `column ${quote(bareName(names, i))} names ${series.length} series that are stacked in one column (${series.slice(0, 3).join(', ')}${series.length > 3 ? ', ...' : ''}): --series ${argument(names, i)} makes a column of each`;
    return { column: i, told };
  }
  return undefined;
}

function seriesOf({ kinds, numbers, words }: Column): string[] {
  if (words === undefined || kinds.word === 0 || numbers > 0 || kinds.date + kinds.clock > 0) return [];
  return [...words.keys()].filter((word) => !isMissing(word));
}
