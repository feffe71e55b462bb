import { checkObject, whole } from './config-values.js';

/** A grid of values, channels last: value (y, x, channel) of a sample is at (y x width + x) x channels + channel. */
export interface Grid {
  /** Rows, 1 to 4096. */
  height: number;
  /** Columns, 1 to 4096. */
  width: number;
  /** Values of a point, 1 to 4096: 3 of a colour picture. height x width x channels is 4096 at most. */
  channels: number;
}

/**
 * A layer with local receptive fields: wherever a window of `field` x `field` fits into the grid before it, `stride` apart, it has a patch of `channels` units
 * with weights of their own, none shared, over the values of that window. Its units are a grid again: patches down x patches across x channels.
 */
export interface LocalLayer {
  /** Side of a window, 1 to 127, at most that of the grid. */
  field: number;
  /** From one window to the next, both ways, 1 to 127. */
  stride: number;
  /** Units of a patch, 1 to 4096; of a learner's a multiple of 8. */
  channels: number;
}

/** A local layer and the grid that it lies on. */
export interface Patches extends Readonly<LocalLayer> {
  readonly grid: Readonly<Grid>;
  readonly down: number;
  readonly across: number;
  /** Values in a window. */
  readonly inputs: number;
  readonly units: number;
}

/**
 * A local layer on its grid.
 * @param name of the layer in messages
 * @throws TypeError, RangeError where it does not fit
 */
export function resolvePatches(name: string, layer: LocalLayer, grid: Readonly<Grid> | undefined): Patches {
  if (grid === undefined) throw new RangeError(`config.${name}: a local layer needs a grid; give config.grid, and local layers before those that are numbers`);
  const field = whole(`${name}.field`, layer.field, 1, Math.min(127, grid.height, grid.width));
  const stride = whole(`${name}.stride`, layer.stride, 1, 127);
  const channels = whole(`${name}.channels`, layer.channels, 8, 4096);
  if (channels % 8 !== 0) throw new RangeError(`config.${name}.channels: got ${channels}; expected a multiple of 8`);
  const down = 1 + Math.floor((grid.height - field) / stride);
  const across = 1 + Math.floor((grid.width - field) / stride);
  const units = down * across * channels;
  if (units > 4096) {
    throw new RangeError(`config.${name}: ${down} x ${across} patches of ${channels} units are ${units}; at most 4096: raise stride or field, or lower channels`);
  }
  return Object.freeze({ field, stride, channels, grid, down, across, inputs: field * field * grid.channels, units });
}

/** @throws TypeError, RangeError */
export function resolveGrid(grid: Grid): Readonly<Grid> {
  checkObject('config.grid', grid, ' such as { height, width, channels }');
  const [height, width, channels] = (['height', 'width', 'channels'] as const).map((side) => whole(`grid.${side}`, grid[side], 1, 4096)) as [number, number, number];
  return Object.freeze({ height, width, channels });
}
