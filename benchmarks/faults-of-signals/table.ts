/** What the suite of elementary faults found, as docs/detector.md has it. */
import type { Cell } from './page.js';

export interface SignalsResult {
  readonly summary: {
    readonly plain: number;
    readonly all: number;
    readonly falseAlarms: number;
    readonly most: number;
    readonly rivals: Readonly<Record<string, { readonly plain: number; readonly all: number }>>;
    readonly behind: readonly string[];
  };
  readonly falseAlarms: readonly { readonly carrier: string; readonly perTenThousand: number }[];
  readonly cells: readonly Cell[];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** In Markdown: who finds how much; each fault; the cells in which a rival finds more. */
export function signalsTables({ summary, falseAlarms, cells }: SignalsResult): string {
  const worst = falseAlarms.reduce((a, b) => (b.perTenThousand > a.perTenThousand ? b : a));
  const rivals = Object.entries(summary.rivals).sort(([, a], [, b]) => b.plain - a.plain);
  const found = [...new Set(cells.map(({ fault }) => fault))].map((fault) => {
    const own = cells.filter((cell) => cell.fault === fault);
    const sum = (pick: (cell: Cell) => number): number => own.reduce((all, cell) => all + pick(cell), 0);
    return `| ${fault}${own[0]!.plain ? '' : ' (not plain)'} | ${sum((cell) => cell.found)} of ${sum((cell) => cell.of)} |`;
  });
  return [
    '| | plain faults found | all faults | false alarms in 10,000 rows |',
    '|---|---:|---:|---:|',
    `| **onward**, defaults | ${percent(summary.plain)} | ${percent(summary.all)} | ${summary.falseAlarms}, at most ${worst.perTenThousand} (${worst.carrier}) |`,
    ...rivals.map(([name, { plain, all }]) => `| ${name} | ${percent(plain)} | ${percent(all)} | 2 (given) |`),
    '',
    '| fault | found |',
    '|---|---:|',
    ...found,
    '',
    `A rival finds more in ${summary.behind.length} of ${cells.length} cells: ${summary.behind.join('; ')}.`,
  ].join('\n');
}
