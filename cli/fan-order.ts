/** The order in which the fan's windows are played, here and on the web page: the machine speeds up; inside a speed its three configurations are shuffled. */
import { randomFrom, shuffle } from '../host/shuffle.js';
import type { Sample } from '../host/sources/sample.js';
import { windows, type Window } from '../host/sources/window.js';

/** One second. */
export const WINDOW = { axes: 3, samples: 50 };

export interface FanWindow extends Window {
  group: number; // the speed in percent
}

/** @param moments of the recording: speed, then the axes */
export async function speedingUp(moments: AsyncIterable<Sample>, seed: number): Promise<FanWindow[]> {
  const cut = windows(moments, { samples: WINDOW.samples, axes: [1, 2, 3], group: ({ x }) => x[0] });
  const bySpeed = new Map<number, FanWindow[]>();
  for await (const window of cut as AsyncIterable<FanWindow>) {
    const same = bySpeed.get(window.group);
    if (same) same.push(window);
    else bySpeed.set(window.group, [window]);
  }
  const random = randomFrom(seed);
  const speeds = [...bySpeed.keys()].sort((a, b) => a - b);
  return speeds.flatMap((speed) => shuffle(bySpeed.get(speed)!, random));
}
