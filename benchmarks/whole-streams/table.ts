/** Tables of the whole streams in Markdown, for docs/whole-streams.md. */
import { criticalDifference, meanRanks } from './ranks.js';

export interface Measured {
  name: string;
  accuracy: number; // percent
  kappaTemporal: number; // 1 perfect, 0 no better than repeating the last label
  bytes: number; // at the end
  microseconds: number; // of processor a sample: answered and learned
}

export interface WholeResult {
  stream: string;
  generated: boolean;
  samples: number;
  inputs: number;
  labels: number;
  persistence: number; // percent: repeating the last label
  learners: Measured[];
}

/** Learners with more have no rank in the second list. */
export const LIMIT = 65_536;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const span = (values: readonly number[], digits: number): string => `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;

const isOwn = ({ name }: Measured): boolean => name.startsWith('onward');

/** One kind of onward, by its number, and all rivals: three of one family among the others would push each other and the rest down. */
function beside(result: WholeResult, kind: number): Measured[] {
  return [result.learners.filter(isOwn)[kind], ...result.learners.filter((learner) => !isOwn(learner))];
}

/** Mean ranks of one kind of onward and of the rivals beside it; who has more than `limit` bytes on a stream has no rank there. */
export function ranked(results: readonly WholeResult[], kind = 0, limit = Infinity): { name: string; rank: number }[] {
  const rows = results.map((result) => beside(result, kind));
  return meanRanks(rows.map((row) => row.map(({ accuracy, bytes }) => (bytes <= limit ? accuracy : NaN)))).map((rank, k) => ({ name: rows[0][k].name, rank }));
}

export const differenceOf = (results: readonly WholeResult[]): number => criticalDifference(beside(results[0], 0).length, results.length);

/** Where onward as it is by default loses, and to whom. */
export function losses(results: readonly WholeResult[]): string {
  const lost = results.flatMap((result) => {
    const [own, ...rivals] = beside(result, 0);
    const best = rivals.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
    return best.accuracy > own.accuracy ? [`${result.stream} (${best.name} +${(best.accuracy - own.accuracy).toFixed(1)})`] : [];
  });
  const repeated = results.filter((result) => result.persistence > beside(result, 0)[0].accuracy).map(({ stream }) => stream);
  return `With its defaults onward is behind the best rival on ${lost.length} of ${results.length} streams: ${lost.join(', ')}. Repeating the last label is better than it on ${repeated.join(', ')}.`;
}

export function tables(results: readonly WholeResult[]): string {
  const names = results[0].learners.map(({ name }) => name);
  const kinds = results[0].learners.filter(isOwn).length;
  // a kind of onward has its own rank beside the rivals; a rival the one beside onward's default
  const ranks = (limit: number): string[] => names.map((name, k) => ranked(results, k < kinds ? k : 0, limit).find((other) => other.name === name)!.rank).map((rank) => (Number.isNaN(rank) ? '' : rank.toFixed(2)));
  const table = (title: string, cell: (learner: Measured) => string, best: (learners: readonly Measured[]) => number): string => [
    line([title, 'rows', 'inputs, labels', 'repeat', ...names]),
    line(['---', '---:', '---:', '---:', ...names.map(() => '---:')]),
    ...results.map((r) => {
      const top = best(r.learners);
      return line([r.generated ? `*${r.stream}*` : r.stream, r.samples.toLocaleString('en'), `${r.inputs}, ${r.labels}`, r.persistence.toFixed(1), ...r.learners.map((learner, k) => (k === top ? `**${cell(learner)}**` : cell(learner)))]);
    }),
  ].join('\n');
  const highest = (learners: readonly Measured[]): number => learners.reduce((top, { accuracy }, k) => (accuracy > learners[top].accuracy ? k : top), 0);
  const list = (values: (k: number) => readonly number[], digits: number): string[] => names.map((_, k) => span(values(k), digits));
  const summary = [
    line(['over all streams', '', '', '', ...names]),
    line(['---', '---:', '---:', '---:', ...names.map(() => '---:')]),
    line(['mean accuracy, %', '', '', '', ...names.map((_, k) => (results.reduce((sum, { learners }) => sum + learners[k].accuracy, 0) / results.length).toFixed(1))]),
    line(['mean rank of eight', '', '', '', ...ranks(Infinity)]),
    line([`the same among those of at most ${LIMIT / 1024} KiB`, '', '', '', ...ranks(LIMIT)]),
    line(['kB', '', '', '', ...list((k) => results.map(({ learners }) => learners[k].bytes / 1000), 1)]),
    line(['us a sample', '', '', '', ...list((k) => results.map(({ learners }) => learners[k].microseconds), 0)]),
  ].join('\n');
  return [losses(results), '', table('accuracy, %', ({ accuracy }) => accuracy.toFixed(1), highest), '', table('kappa-temporal', ({ kappaTemporal }) => kappaTemporal.toFixed(2), highest), '', summary].join('\n');
}
