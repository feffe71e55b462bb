import { arenaOf } from '../arena/learner.js';
import type { Placed } from '../arena/regions.js';
import type { ResolvedConfig } from '../config.js';

/**
 * The way back from what a learner keeps of samples to the units of the stream: anchored coordinates (assembly/anchor.ts, docs/arithmetic.md) in floats, or with a fixed input scale standardised
 * inputs. Coordinates are counted in spreads, or in standardised units.
 */
export interface Coordinate {
  /** A value in the unit of the stream. */
  valueAt(t: number): number;
  /** The coordinate of a place, in which usual means are kept. */
  ofPlace(place: number): number;
  /** Width of a place where a channel usually is. */
  readonly place: number;
  /** False of a channel that has only had one value. */
  readonly varies: boolean;
}

/** Places beyond this many spreads count for three eighths in a wide anchor. */
const KNEE = 6;
const PLACES = 8;
/** A fixed scale's places are sixteenths of a standardised unit. */
const FIXED_PLACES = 16;
const UNVARIED = 0x8000;
const DECADES = 1;
const FARTHEST = 2047 / 64;

/** The region whose values are called so; undefined where this learner keeps none. */
export const regionOf = (config: ResolvedConfig, field: string): Placed | undefined => arenaOf(config).regions.find(({ columns }) => columns[0]!.fields[0]!.name === field);

/** Of every input, in their order. */
export function coordinatesOf(config: ResolvedConfig, state: DataView): Coordinate[] {
  const { inputs, inputScale } = config;
  if (inputScale !== null) {
    const fixed: Coordinate = { varies: true, valueAt: (t) => t / inputScale, ofPlace: (place) => place / FIXED_PLACES, place: 1 / FIXED_PLACES };
    return Array.from({ length: inputs }, () => fixed);
  }
  const [centres, scales] = [regionOf(config, 'centre')!.at, regionOf(config, 'scale')!.at];
  return Array.from({ length: inputs }, (_, i) => anchored(state.getInt32(centres + 4 * i, true), state.getUint16(scales + 2 * i, true)));
}

function anchored(kept: number, scale: number): Coordinate {
  const octaves = (scale & ~UNVARIED & ~DECADES) / 64 - 160;
  const spread = 2 ** octaves;
  const centre = kept * 2 ** (Math.floor(octaves) - 3);
  const isWide = (scale & DECADES) !== 0 || Math.abs(kept) >= 256;
  return {
    varies: (scale & UNVARIED) === 0,
    place: 1 / PLACES,
    valueAt: (t) => (isWide && centre !== 0 && t * centre < 0 ? inward(Math.abs(t), centre, spread) : centre + Math.sign(t) * sizeOf(Math.abs(t), spread)),
    ofPlace: (place) => {
      if (place === 0) return 0; // where the channel rests: the lower edge of this place, not its middle
      const t = (place + 0.5) / PLACES;
      const beyond = Math.abs(t) - KNEE;
      return !isWide || beyond <= 0 ? t : Math.sign(t) * Math.min(FARTHEST, KNEE + (beyond * 8) / 3);
    },
  };
}

/** T of a distance, and the distance that a T stands for. */
const counted = (size: number, spread: number): number => (size <= 2 * spread ? size / spread : 2 * (1 + Math.log(size / (2 * spread))));
const sizeOf = (t: number, spread: number): number => (t <= 2 ? t * spread : 2 * spread * Math.exp(t / 2 - 1));

/** A value on the side of zero of a wide anchor's centre: what lies nearer to zero than to the centre counts from zero. */
function inward(far: number, centre: number, spread: number): number {
  const half = Math.abs(centre) / 2;
  const toHalf = counted(half, spread);
  if (far <= toHalf) return centre - Math.sign(centre) * sizeOf(far, spread);
  const finest = Math.abs(centre) * 2 ** -14;
  const fromZero = counted(half, finest) - 2 * (far - toHalf);
  return Math.sign(centre) * Math.sign(fromZero) * sizeOf(Math.abs(fromZero), finest);
}
