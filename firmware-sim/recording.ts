// Windows of accelerometer readings as one recording for the sensor, and back: steps of 4 mg, so that board and Node see the same numbers.

import { steps, type Recording } from './sensor.js';

export interface LabelledWindow {
  /** One row of axes for each instant, in g. */
  readonly x: ArrayLike<number>;
  readonly y?: string;
}

export interface Play {
  readonly recording: Recording;
  /** Label index of each window. */
  readonly labels: readonly number[];
  /** Window `index` as the board's firmware puts it together. */
  window(index: number): Int16Array;
}

export function playOf(windows: readonly LabelledWindow[], labels: readonly string[], axes: number): Play {
  const each = windows[0]?.x.length ?? 0;
  const values = new Int16Array(windows.length * each);
  windows.forEach(({ x }, index) => {
    for (let i = 0; i < each; i++) values[index * each + i] = steps(x[i]!);
  });
  return {
    recording: { axes, values },
    labels: windows.map(({ y }) => labels.indexOf(y!)),
    window: (index) => values.subarray(index * each, (index + 1) * each),
  };
}
