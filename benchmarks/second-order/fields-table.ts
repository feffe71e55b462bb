/** What the decorrelating step adds to local layers, as docs/fields.md has it. */

/** Right answers in %. */
export interface Shares {
  /** Each sample before it was learned; mean of the seeds. */
  accuracy: number;
  /** The same of the worst seed. */
  worst: number;
  /** Of pictures that were not learned, where some were kept. */
  held?: number;
}

export interface FieldsRow {
  says: string;
  seeds: number;
  bits: 8 | 16;
  /** off, 'input', 'full'. */
  kinds: readonly Shares[];
}

export interface FieldsResult {
  readonly rows: readonly FieldsRow[];
  /** Simple rules on the same samples. */
  readonly rules: readonly { says: string; nearestMean: Shares; nearest: Shares }[];
}

const share = ({ accuracy, held }: Shares): string => `${accuracy.toFixed(1)}${held === undefined ? '' : `, held ${held.toFixed(1)}`}`;
const shareAndWorst = (shares: Shares): string => `${share(shares)} (worst ${shares.worst.toFixed(1)})`;

/** In Markdown. */
export function fieldsTable({ rows, rules }: FieldsResult): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['right answers, %', '', 'off', "`'input'`", "`'full'`"]),
    line(['---', '---', '---:', '---:', '---:']),
    ...rows.map(({ says, seeds, bits, kinds }, k) => line([rows[k - 1]?.says === says ? '' : `${says}; ${seeds} seeds`, `${bits} bits`, ...kinds.map(shareAndWorst)])),
    '',
    `The simplest rules on the same samples: ${rules.map(({ says, nearestMean, nearest }) => `nearest mean ${share(nearestMean)} and the nearest of the last 1,000 samples ${share(nearest)} (${says})`).join('; ')}.`,
  ].join('\n');
}
