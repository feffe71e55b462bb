/** Doubts about figures that mean nothing, or less than they seem: one line each, after the figures. */
import type { Measures } from '../host/measures.js';
import type { CsvFile } from '../host/sources/csv.js';
import { argument } from '../host/sources/column-names.js';
import { TIME_NAME } from '../host/sources/time-column.js';
import { count, percent } from './terminal.js';

/** Repeating the last label is as good as this: labels come in runs. */
const IN_RUNS = 0.9;
/** A label has so many of the rows that answering nothing else is hard to beat. */
const MOSTLY = 0.9;
/** Found less often than this is hardly ever. */
const HARDLY = 0.1;
/** Rows of a label, and rows left out, below which nothing is said. */
const FEW_ROWS = 5;
const LEFT_OUT = 0.01;

interface Findings {
  file: CsvFile;
  measures: Measures;
  /** Of rows that were only predicted, where there were such. */
  test: Measures | undefined;
  /** Columns that tell the label by themselves. */
  giveaways: readonly string[];
  shuffled: boolean;
  /** Windows of one recording have sound in common. */
  overlaps: boolean;
}

export function doubtsAbout({ file, measures, test, giveaways, shuffled, overlaps }: Findings): string[] {
  const doubts: string[] = [];
  const length = file.rows / Math.max(1, file.runs);
  if (!shuffled && measures.samples > 20 && measures.persistence >= IN_RUNS) {
    doubts.push(
      `labels come in runs, of ${count(Math.round(length))} rows on average: repeating the last label is right in ${percent(measures.persistence)}, so an accuracy of ${percent(measures.accuracy)} says ${measures.kappaTemporal < 0.5 ? 'nothing' : 'little'}; --test FILE, --test-share 0.3 or --shuffle ask for more`,
    );
  }
  if (overlaps && shuffled) doubts.push('windows of one recording overlap, and --shuffle asks about some of them when half of their sound was taught: their accuracy is too high; --test FILE and --test-share 0.2 are about other recordings');
  const [label, share] = mostOf(measures);
  if (share >= MOSTLY && measures.labels.length > 1) doubts.push(`${percent(share)} of the rows are ${JSON.stringify(label)}: answering nothing else is right as often; see balanced accuracy, ${percent(measures.balancedAccuracy)}`);
  for (const [asked, where] of [[measures, ''], [test, ' in the test']] as const) doubts.push(...hardlyFound(asked, where));
  const { names } = file.layout;
  const columnOf = (name: string): string | number => (names?.includes(name) ? argument(names, names.indexOf(name)) : name); // --drop takes no name with a comma in it
  for (const name of giveaways) doubts.push(`${JSON.stringify(name)} tells the label by itself, each of its values came with one label only: if it is the label in other words, --drop ${columnOf(name)}`);
  const times = file.layout.inputs.filter(({ name, as }) => as === 'number' && TIME_NAME.test(name)).map(({ name }) => name);
  if (times.length > 0) doubts.push(`the time is an input (${times.slice(0, 5).join(', ')}): when a row was tells its label in this file, not in the next; --drop ${times.slice(0, 5).map(columnOf).join(',')}`);
  const scored = file.rows - file.unlabelled;
  if (file.left > LEFT_OUT * file.rows) doubts.push(`${count(file.left)} of ${count(file.rows + file.left)} rows were left out: they have another number of fields`);
  if (scored < (1 - LEFT_OUT) * file.rows) doubts.push(`${count(file.unlabelled)} of ${count(file.rows)} rows have no label: no figure counts them`);
  const used = new Set(file.layout.inputs.map(({ column }) => column));
  const unused = Array.from({ length: file.layout.width }, (_, i) => i).filter((i) => !used.has(i) && i !== file.layout.label && i !== file.layout.time?.column && i !== file.layout.group);
  if (unused.length > 0) doubts.push(`${unused.length === 1 ? '1 column is' : `${unused.length} columns are`} no input: ${unused.slice(0, 8).map((i) => file.layout.names?.[i] || i).join(', ')}${unused.length > 8 ? ', ...' : ''}`);
  if (file.still.length > 0) doubts.push(`${file.still.length === 1 ? 'an input never moves' : `${file.still.length} inputs never move`}: ${file.still.slice(0, 8).join(', ')}${file.still.length > 8 ? ', ...' : ''}`);
  return doubts;
}

/** The label with the most rows, and its share of them. */
function mostOf({ confusion, samples, labels }: Measures): [string, number] {
  const rows = confusion.counts.map((counts) => counts.reduce((sum, n) => sum + n, 0));
  const most = rows.indexOf(Math.max(...rows));
  return [labels[most] ?? '', samples === 0 ? 0 : rows[most]! / samples];
}

function hardlyFound(measures: Measures | undefined, where: string): string[] {
  if (!measures) return [];
  const { counts, labels } = measures.confusion;
  return labels.flatMap((label, i) => {
    const rows = counts[i]!.reduce((sum, n) => sum + n, 0);
    const recall = measures.recall(label) ?? 1;
    return rows >= FEW_ROWS && recall < HARDLY ? [`${JSON.stringify(label)} is hardly ever found${where}: ${percent(recall)} of its ${count(rows)} rows`] : [];
  });
}
