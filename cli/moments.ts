/** Moments of a live source, one by one or cut into windows. */
import type { Sample } from '../host/sources/sample.js';
import { windows } from '../host/sources/window.js';
import type { Option } from './arguments.js';
import type { Clock } from './late-labels.js';

export const MOMENT_OPTIONS: Record<string, Option> = {
  window: { value: 'S', help: 'a sample is a window of S moments of one label, 8 to 256; each value of the source is an axis, at most 64' },
  hop: { value: 'H', help: 'moments from the start of a window to that of the next (default S: no overlap)' },
};

export interface Cut {
  /** Moments in a window; undefined: no windows. */
  samples: number | undefined;
  hop: number | undefined;
  /** Values of a moment, once that is known; then others are refused. */
  axes(): number | undefined;
  clock: Clock;
  refuse(error: Error): void;
}

export async function* cut(source: AsyncIterable<Sample>, { samples, hop, axes, clock, refuse }: Cut): AsyncGenerator<Sample> {
  let width = axes();
  const moments = async function* (): AsyncGenerator<Sample> {
    for await (const moment of source) {
      if (samples !== undefined && moment.x.length !== (width ??= moment.x.length)) refuse(new Error(`the sample has ${moment.x.length} values, the learner takes ${width}`));
      else yield clock.stamp(moment);
    }
  };
  if (samples === undefined) yield* moments();
  else yield* windows(moments(), { samples, ...(hop === undefined ? {} : { hop }), group: ({ group }) => group }) as AsyncGenerator<Sample>;
}
