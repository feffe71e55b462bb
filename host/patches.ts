import { describe } from './config.js';

/** A grid of values, channels last: value (y, x, channel) of a sample is at (y x width + x) x channels + channel. */
export interface Grid {
  height: number;
  width: number;
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
  /** Units of a patch, a multiple of 8. */
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

const MOST_UNITS = 4096;

/**
 * A local layer on its grid.
 * @param name of the layer in messages
 * @throws TypeError, RangeError where it is none, or does not fit
 */
export function resolvePatches(name: string, layer: LocalLayer, grid: Readonly<Grid> | undefined): Patches {
  const { field, stride, channels } = layer;
  for (const key of Object.keys(layer)) {
    if (key !== 'field' && key !== 'stride' && key !== 'channels') throw new TypeError(`${name}.${key}: no such field; there are field, stride, channels`);
  }
  if (grid === undefined) {
    throw new RangeError(`${name}: a local layer needs a grid to look at; give config.grid, and local layers before those that are numbers`);
  }
  whole(`${name}.field`, field, 1, Math.min(127, grid.height, grid.width));
  whole(`${name}.stride`, stride, 1, 127);
  whole(`${name}.channels`, channels, 8, MOST_UNITS);
  if (channels % 8 !== 0) throw new RangeError(`${name}.channels: got ${channels}; expected a multiple of 8, such as ${Math.ceil(channels / 8) * 8}`);
  const down = 1 + Math.floor((grid.height - field) / stride);
  const across = 1 + Math.floor((grid.width - field) / stride);
  const units = down * across * channels;
  if (units > MOST_UNITS) {
    throw new RangeError(`${name}: ${down} x ${across} patches of ${channels} units are ${units}; at most ${MOST_UNITS}: raise stride or field, or lower channels`);
  }
  return Object.freeze({ field, stride, channels, grid, down, across, inputs: field * field * grid.channels, units });
}

/** @throws TypeError, RangeError */
export function resolveGrid(grid: Grid): Readonly<Grid> {
  if (typeof grid !== 'object' || grid === null) throw new TypeError(`config.grid: expected { height, width, channels }, got ${describe(grid)}`);
  for (const side of ['height', 'width', 'channels'] as const) whole(`config.grid.${side}`, grid[side], 1, 4096);
  return Object.freeze({ height: grid.height, width: grid.width, channels: grid.channels });
}

function whole(name: string, value: unknown, low: number, high: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name}: expected a number, got ${describe(value)}`);
  if (!Number.isInteger(value) || value < low || value > high) throw new RangeError(`${name}: got ${value}; expected a whole number, ${low} to ${high}`);
}
