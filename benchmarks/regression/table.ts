/** The table of docs/regression.md, from what was measured. */

export interface Measured {
  r2: number;
  setting?: string;
}

export interface RegressionResult {
  name: string;
  says: string;
  /** No default was chosen by it. */
  isAside: boolean;
  samples: number;
  inputs: number;
  /** One a seed. */
  ours: { r2: number; covered: number; microseconds: number; bytes: number }[];
  /** Each stream's best setting. */
  rivals: Record<string, Measured>;
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
export const ourR2 = ({ ours }: RegressionResult): number => mean(ours.map(({ r2 }) => r2));
export const bestRival = ({ rivals }: RegressionResult): [name: string, measured: Measured] => Object.entries(rivals).reduce((best, each) => (each[1].r2 > best[1].r2 ? each : best));
const digits = (value: number): string => value.toFixed(3).replace('-', '−');

/** Where a rival is ahead its figure is bold. */
export function table(streams: readonly RegressionResult[]): string {
  const rivals = Object.keys(streams[0]!.rivals);
  const row = (name: string, of: readonly RegressionResult[]): string => {
    const ours = mean(of.map(ourR2));
    const worst = mean(of.map((each) => Math.min(...each.ours.map(({ r2 }) => r2))));
    const covered = mean(of.flatMap((each) => each.ours.map((run) => run.covered)));
    const cells = rivals.map((rival) => {
      const r2 = mean(of.map((each) => each.rivals[rival]!.r2));
      return Number(r2.toFixed(3)) > Number(ours.toFixed(3)) ? `**${digits(r2)}**` : digits(r2);
    });
    return `| ${[name, digits(ours), digits(worst), covered.toFixed(1), ...cells].join(' | ')} |`;
  };
  const aside = streams.filter(({ isAside }) => isAside);
  return [
    `| stream | onward | worst seed | within, % | ${rivals.join(' | ')} |`,
    `| --- | ${['', '', ...['', ...rivals]].map(() => '---:').join(' | ')} |`,
    ...streams.map((each) => row(each.isAside ? `${each.name} (aside)` : each.name, [each])),
    row(`mean of ${streams.length}`, streams),
    ...(aside.length > 0 && aside.length < streams.length ? [row(`mean of the ${aside.length} aside`, aside)] : []),
  ].join('\n');
}
