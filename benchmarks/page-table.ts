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
    return `${mean(values).toFixed(1)} (${Math.min(...values).toFixed(0)})`;
  };
  return [
    `| three motions, % (worst of ${sequences.length} sequences) | right, of ${takes} new takes | *unknown*, of ${others} takes of five other motions |`,
    '|---|---:|---:|',
    `| the page's network | ${cell('right')} | ${cell('unknown')} |`,
    `| nearest mean of the same features | ${cell('nearestMean')} | it always answers |`,
    `| the nearest lesson, 1-NN | ${cell('nearest')} | it always answers |`,
  ].join('\n');
}

/** In %: before the table where they were taught, before another, and all three painted alike. */
export interface Shares {
  readonly here: number;
  readonly elsewhere: number;
  readonly alike: number;
}

/** Three things before a camera. */
export interface ThingsResult {
  readonly features: number;
  readonly takes: number;
  readonly others: number;
  readonly unknownBelow: number;
  readonly sequences: readonly { seed: number; right: Record<string, Shares>; page: { right: number; lost: number; unknown: number } }[];
}

/** In Markdown. */
export function thingsTable({ takes, others, unknownBelow, sequences }: ThingsResult): string {
  const told = (values: readonly number[]): string => `${mean(values).toFixed(1)} (${Math.min(...values).toFixed(0)})`;
  const said = (name: 'right' | 'lost' | 'unknown'): string => `${mean(sequences.map(({ page }) => page[name])).toFixed(1)} %`;
  const row = (title: string, name: string): string => `| ${title} | ${(['here', 'elsewhere', 'alike'] as const).map((set) => told(sequences.map(({ right }) => right[name]![set]))).join(' | ')} |`;
  return [
    `| three things, % (worst of ${sequences.length} sequences) | right, of ${takes} new takes | before another table | all three of one colour |`,
    '|---|---:|---:|---:|',
    row('the page\'s network', 'network'),
    row('nearest mean of the same features', 'nearestMean'),
    row('the nearest lesson, 1-NN', 'nearest'),
    row('the network, of 32 x 32 grey', 'networkGrey'),
    row('1-NN, of 32 x 32 grey', 'nearestGrey'),
    '',
    `The page itself calls ${said('right')} of new takes rightly and ${said('lost')} *unknown*, less than ${(100 * unknownBelow).toFixed(0)} % alike; of ${others} takes of four other things and the bare table it calls ${said('unknown')} *unknown* (worst sequence ${Math.min(...sequences.map(({ page }) => page.unknown)).toFixed(0)}).`,
  ].join('\n');
}

/** Three sounds before a microphone, and five that nobody taught. */
export interface SoundsResult {
  readonly takes: number;
  readonly others: number;
  readonly unknownBelow: number;
  /**
   * In %, of the first window that is all sound, the second and the third: takes that the page calls rightly, or unknown; that its network alone and the simple rules call
   * rightly; takes of what nobody taught that are unknown.
   */
  readonly sequences: readonly ({ seed: number } & Record<'right' | 'lost' | 'network' | 'nearestMean' | 'nearest' | 'unknown', readonly number[]>)[];
}

/** In Markdown. */
export function soundsTable({ takes, others, unknownBelow, sequences }: SoundsResult): string {
  const row = (title: string, name: Exclude<keyof SoundsResult['sequences'][number], 'seed'>, worst: (...values: number[]) => number): string => {
    const cells = sequences[0]![name].map((_, window) => {
      const values = sequences.map((each) => each[name][window]!);
      return `${mean(values).toFixed(1)} (${worst(...values).toFixed(0)})`;
    });
    return `| ${title} | ${cells.join(' | ')} |`;
  };
  return [
    `| three sounds, % (worst of ${sequences.length} sequences) | first whole window | second | third |`,
    '|---|---:|---:|---:|',
    row(`right, of ${takes} new takes of claps, a whistle and a hum`, 'right', Math.min),
    row(`of those called *unknown*: less than ${(100 * unknownBelow).toFixed(0)} % alike`, 'lost', Math.max),
    row('right, by the network alone, which always answers', 'network', Math.min),
    row('by the nearest mean of the same features, which always answers', 'nearestMean', Math.min),
    row('by the nearest lesson, 1-NN, which always answers', 'nearest', Math.min),
    row(`*unknown*, of ${others} takes of a siren, a bell, a hiss, beeps and talk`, 'unknown', Math.min),
  ].join('\n');
}

/** Visits of the page in a browser. */
export interface RunsResult {
  /** New takes of what was taught, and of what was not, in each run. */
  readonly takes: number;
  readonly others: number;
  /** Times that the processor was slower while frames were counted. */
  readonly slowed: number;
  /** Processes that waited for a processor when it began. */
  readonly load: number;
  /** Clicks and seconds to the first right answer; right and unknown in %; frames a second while it learns. */
  readonly runs: readonly { seed: number; clicks: number; seconds: number; right: number; unknown: number; frames: number }[];
}

/** In Markdown. */
export function runsTable({ takes, others, slowed, load, runs }: RunsResult): string {
  const row = (title: string, name: 'clicks' | 'seconds' | 'right' | 'unknown' | 'frames', wanted: string, worst: (...values: number[]) => number, digits = 0): string => {
    const values = runs.map((each) => each[name]);
    return `| ${title} | ${mean(values).toFixed(digits)} | ${worst(...values).toFixed(digits)} | ${wanted} |`;
  };
  return [
    `| ${runs.length} first visits in Chromium, three motions | mean | worst | wanted |`,
    '|---|---:|---:|---:|',
    row('clicks to the first right answer, a hold is one', 'clicks', '5 at most', Math.max),
    row('seconds from the first click to it, 6 of them held', 'seconds', '10 at most', Math.max, 1),
    row(`right, % of ${takes} new takes`, 'right', '95', Math.min, 1),
    row(`*unknown*, % of ${others} takes of five other motions`, 'unknown', '80', Math.min),
    row(`frames a second while it learns, the processor ${slowed} times slower`, 'frames', '45', Math.min),
    '',
    `Seconds and frames hold for this machine and what else it did: a load of ${load} when it began.`,
  ].join('\n');
}

/** Visits of the page with a microphone and a camera of files. */
export interface SensesResult {
  /** New takes of what was taught, in each run. */
  readonly takes: number;
  /** Processes that waited for a processor when it began. */
  readonly load: number;
  /** In %. */
  readonly runs: readonly { signal: string; seed: number; right: number; unknown: number }[];
}

/** In Markdown. */
export function sensesTable({ takes, runs }: SensesResult): string {
  const row = (title: string, signal: string, name: 'right' | 'unknown', wanted: string): string => {
    const values = runs.filter((each) => each.signal === signal).map((each) => each[name]);
    return `| ${title} | ${mean(values).toFixed(1)} | ${Math.min(...values).toFixed(1)} | ${wanted} |`;
  };
  return [
    `| ${runs.length / 2} visits in Chromium with a microphone, ${runs.length / 2} with a camera, % | mean | worst | wanted |`,
    '|---|---:|---:|---:|',
    row(`three sounds: right, of ${takes} new takes`, 'sound', 'right', '95'),
    row('*unknown*, of five others', 'sound', 'unknown', ''),
    row(`three things: right, of ${takes} new takes`, 'camera', 'right', '90'),
    row('*unknown*, of four others and the bare table', 'camera', 'unknown', ''),
  ].join('\n');
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
