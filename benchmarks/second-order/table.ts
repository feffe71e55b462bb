/** What the decorrelating step adds, as docs/how-it-learns.md has it. */
import { mean } from '../streams/prequential.js';

export interface SecondOrderRow {
  name: string;
  /** Accuracy in %, mean of the seeds: off, 'input', 'full'. */
  int8: number[];
  int16: number[];
}

export interface SecondOrderResult {
  readonly seeds: readonly number[];
  readonly streams: readonly SecondOrderRow[];
  readonly synthetic: readonly SecondOrderRow[];
}

const [INPUT, FULL] = [1, 2];
const signed = (value: number, digits: number): string => `${value > 0 ? '+' : ''}${value.toFixed(digits)}`;

/** In Markdown: the table, and in one sentence what is gained. */
export function secondOrderTable({ seeds, streams, synthetic }: SecondOrderResult): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cells = ({ int8, int16 }: SecondOrderRow): string[] => [...int8, ...int16].map((accuracy) => accuracy.toFixed(1));
  const means = (['int8', 'int16'] as const).flatMap((width) => [0, INPUT, FULL].map((kind) => mean(streams.map((row) => row[width][kind]))));
  const gain = (width: 'int8' | 'int16', kind: number): string => {
    const gains = streams.map((row) => ({ name: row.name, by: row[width][kind] - row[width][0] }));
    const worst = gains.reduce((a, b) => (b.by < a.by ? b : a));
    return `${signed(mean(gains.map(({ by }) => by)), 2)} (worst ${signed(worst.by, 1)}, ${worst.name})`;
  };
  return [
    line(['', '8 bits: off', "`'input'`", "`'full'`", '16 bits: off', "`'input'`", "`'full'`"]),
    line(['---', ...means.map(() => '---:')]),
    ...streams.map((row) => line([row.name, ...cells(row)])),
    line(['**mean**', ...means.map((accuracy) => `**${accuracy.toFixed(2)}**`)]),
    ...synthetic.map((row) => line([row.name, ...cells(row)])),
    '',
    `At most 10,000 samples, mean of ${seeds.length} seeds, everything else the default, so with votes (\`npm run bench:second-order\`). Against \`off\`, mean of the ${streams.length} streams: \`'full'\` ${gain('int8', FULL)} with 8 bits, ${gain('int16', FULL)} with 16; \`'input'\` ${gain('int8', INPUT)} and ${gain('int16', INPUT)}.`,
    'The last rows are synthetic: channels that share a few strong factors, and labels that lie in what these leave. Where that is all there is, it is another league.',
  ].join('\n');
}
