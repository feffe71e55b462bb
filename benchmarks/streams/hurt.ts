/** The table of the rivals that hurt: accuracy of each stream, bytes, time, and mean ranks; where onward loses, the rival stands in bold. */
import type { OnwardResult } from './onward.js';
import { mean } from './prequential.js';
import type { Met } from './rivals/all.js';
import type { StreamResult } from './table.js';

/** Who has more bytes is shown, and has no part in ranks: a rival, or onward, on the streams where it has. */
const LIMIT = 65_536;
/** Other features of a stream that is there. */
const ASIDE = 'fan-log';

const ONWARD: readonly (readonly [name: string, pick: (r: StreamResult) => OnwardResult | undefined])[] = [
  ['onward', (r) => r.int16],
  ['full', (r) => r.hurt?.full],
  ['full, 200 exemplars', (r) => r.hurt?.remembering],
];

/** Rivals that a stream has within the limit, and one kind of onward: the rank of each, 1 the best; of equals the mean. */
function ranks(r: StreamResult, own: number): Map<string, number> {
  const all = [...r.hurt!.met.filter(({ bytes }) => bytes <= LIMIT), { name: 'onward', accuracy: own }];
  return new Map(all.map(({ name, accuracy }) => [name, 1 + all.filter((other) => other.accuracy > accuracy).length + (all.filter((other) => other.accuracy === accuracy).length - 1) / 2]));
}

const measured = (results: readonly StreamResult[]): StreamResult[] => results.filter((r) => r.hurt !== undefined && r.name !== ASIDE && ONWARD.every(([, pick]) => pick(r) !== undefined));

/** The streams on which one kind of onward has few enough bytes. */
const fitting = (rows: readonly StreamResult[], kind: number): StreamResult[] => rows.filter((r) => ONWARD[kind][1](r)!.arenaBytes <= LIMIT);

/** Mean ranks of one kind of onward and of the rivals beside it, over the streams that each has a rank in; the best first. */
function meanRanks(rows: readonly StreamResult[], kind: number): [name: string, rank: number][] {
  const each = fitting(rows, kind).map((r) => ranks(r, ONWARD[kind][1](r)!.accuracy));
  const names = [...new Set(each.flatMap((rank) => [...rank.keys()]))];
  return names.map((name): [string, number] => [name, mean(each.flatMap((rank) => rank.get(name) ?? []))]).sort((a, b) => a[1] - b[1]);
}

/** In one sentence; empty where nothing was measured. */
export function hurtSentence(results: readonly StreamResult[]): string {
  const rows = measured(results);
  if (rows.length === 0) return '';
  const kinds = ONWARD.map((_, kind) => meanRanks(rows, kind));
  const own = kinds.map((all, kind) => `${all.find(([name]) => name === 'onward')![1].toFixed(1)} (${fitting(rows, kind).length})`);
  const [name, rank] = kinds[1].find(([who]) => who !== 'onward')!;
  return `Mean rank among eleven rivals, tuned per stream, where all have at most ${LIMIT / 1024} KiB (of ${rows.length} streams so many): ${own[0]}, ${own[1]} with \`secondOrder: 'full'\`, ${own[2]} with 200 exemplars too; the best rival, ${name}, ${rank.toFixed(1)}`;
}

/** In Markdown; empty where nothing was measured. */
export function hurtTable(results: readonly StreamResult[]): string {
  const rows = measured(results);
  if (rows.length === 0) return '';
  const names = rows[0].hurt!.met.map(({ name }) => name);
  const of = (r: StreamResult, name: string): Met => r.hurt!.met.find((met) => met.name === name)!;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const accuracies = rows.map((r) => {
    const full = r.hurt!.full!.accuracy;
    const cells = names.map((name) => of(r, name)).map(({ accuracy }) => (accuracy > full ? `**${accuracy.toFixed(1)}**` : accuracy.toFixed(1)));
    return line([`${r.name} (${r.inputs}, ${r.labels})`, ...ONWARD.map(([, pick]) => pick(r)!.accuracy.toFixed(1)), ...cells]);
  });
  const ranked = ONWARD.map((_, kind) => new Map(meanRanks(rows, kind)));
  const meanRank = (kind: number, name: string): string => ranked[kind].get(name)?.toFixed(1) ?? '';
  const span = (values: readonly number[], digits = 0): string => [Math.min(...values), Math.max(...values)].map((v) => v.toFixed(digits)).join(' to ');
  const kilobytes = (values: readonly number[]): string => `${span(values.map((v) => v / 1000), 1)}`;
  return [
    line(['stream (values, labels)', ...ONWARD.map(([name]) => name), ...names]),
    line(['---', ...ONWARD.map(() => '---:'), ...names.map(() => '---:')]),
    ...accuracies,
    line(['mean', ...ONWARD.map(([, pick]) => mean(rows.map((r) => pick(r)!.accuracy)).toFixed(1)), ...names.map((name) => mean(rows.map((r) => of(r, name).accuracy)).toFixed(1))]),
    line([`mean rank among those of at most ${LIMIT / 1024} KiB`, ...ONWARD.map((_, kind) => meanRank(kind, 'onward')), ...names.map((name) => meanRank(1, name))]),
    line(['kB', ...ONWARD.map(([, pick]) => kilobytes(rows.map((r) => pick(r)!.arenaBytes))), ...names.map((name) => kilobytes(rows.map((r) => of(r, name).bytes)))]),
    line(['us a sample', ...ONWARD.map(([, pick]) => span(rows.map((r) => (1000 * pick(r)!.milliseconds) / r.samples))), ...names.map((name) => span(rows.map((r) => of(r, name).microseconds)))]),
  ].join('\n');
}
