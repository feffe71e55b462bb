/** Three motions that are taught on the page, as docs/web.md has them. */
export interface MotionsResult {
  /** New takes of what was taught, and of what was not, in each sequence. */
  readonly takes: number;
  readonly others: number;
  /** In %. */
  readonly sequences: readonly { seed: number; right: number; nearestMean: number; nearest: number; unknown: number }[];
}

/** In Markdown. */
export function sharesOf({ takes, others, sequences }: MotionsResult): string {
  const cell = (name: 'right' | 'nearestMean' | 'nearest' | 'unknown'): string => {
    const values = sequences.map((each) => each[name]);
    return `${(values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1)} (${Math.min(...values).toFixed(0)})`;
  };
  return [
    `| three motions, % (worst of ${sequences.length} sequences) | right, of ${takes} new takes | *unknown*, of ${others} takes of five other motions |`,
    '|---|---:|---:|',
    `| the page's network | ${cell('right')} | ${cell('unknown')} |`,
    `| nearest mean of the same features | ${cell('nearestMean')} | it always answers |`,
    `| the nearest lesson, 1-NN | ${cell('nearest')} | it always answers |`,
  ].join('\n');
}
