import type { Learner } from '../learner.js';
import { randomFrom } from '../shuffle.js';

/** Samples of a label before its prototype may leave the device: the mean of one sample is that sample. */
const LEAST_SAMPLES = 8;
/** Prototypes that are handed out with a model: what a device must hold does not grow with the fleet. */
export const MOST_PROTOTYPES = 64;
/** Deviations are narrowed: features hang together, and a draw that ignores it strays further than a sample does. 1 loses half a point on digits, and nothing on the fan. */
const WIDTH = 0.7;

/** Mean and deviation, feature by feature, of what one device has heard of one label. */
export interface Prototype {
  label: number;
  samples: number;
  mean: Float32Array;
  deviation: Float32Array;
}

/** The running prototypes of a device: one for each label that it hears (Welford's update). Samples with missing values do not count. */
export class OwnPrototypes {
  readonly #labels = new Map<number, { samples: number; mean: Float64Array; squares: Float64Array }>();

  observe(features: ArrayLike<number>, label: number): void {
    const width = features.length;
    for (let i = 0; i < width; i++) if (!Number.isFinite(features[i])) return;
    let own = this.#labels.get(label);
    if (own === undefined) this.#labels.set(label, (own = { samples: 0, mean: new Float64Array(width), squares: new Float64Array(width) }));
    own.samples++;
    for (let i = 0; i < width; i++) {
      const off = features[i]! - own.mean[i]!;
      own.mean[i]! += off / own.samples;
      own.squares[i]! += off * (features[i]! - own.mean[i]!);
    }
  }

  /** Those of enough samples, by label. */
  ready(): Prototype[] {
    return [...this.#labels]
      .filter(([, { samples }]) => samples >= LEAST_SAMPLES)
      .sort(([a], [b]) => a - b)
      .map(([label, { samples, mean, squares }]) => ({ label, samples, mean: Float32Array.from(mean), deviation: Float32Array.from(squares, (sum) => Math.sqrt(sum / samples)) }));
  }
}

/** Others' prototypes, and samples made up from them. */
export class OthersPrototypes {
  readonly #random: () => number;
  #prototypes: Prototype[] = [];

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** In place of those it had. `own` are left out: what a device hears itself it need not make up. */
  replace(all: readonly Prototype[], own: readonly Prototype[]): void {
    this.#prototypes = all.filter((each) => !own.some((mine) => mine.label === each.label && mine.samples === each.samples && mine.mean.every((m, i) => m === each.mean[i])));
  }

  /** A sample's features and label; undefined while nothing is known of others. Sums of twelve uniform numbers stand for normal ones: the same on every machine. */
  draw(): { features: Float32Array; label: number } | undefined {
    const random = this.#random;
    if (this.#prototypes.length === 0) return undefined;
    const { label, mean, deviation } = this.#prototypes[Math.floor(random() * this.#prototypes.length)]!;
    return {
      label,
      features: mean.map((m, i) => {
        let normal = -6;
        for (let k = 0; k < 12; k++) normal += random();
        return m + WIDTH * deviation[i]! * normal;
      }),
    };
  }
}

/** Body of a `prototypes` message: for each u16 label, u16 samples (65535 for more), [features] binary32 means, [features] binary32 deviations. FORMAT.md. */
export function encodePrototypes(prototypes: readonly Prototype[]): Uint8Array {
  const bytes = new Uint8Array(prototypes.reduce((sum, { mean }) => sum + 4 + 8 * mean.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { label, samples, mean, deviation } of prototypes) {
    view.setUint16(at, label, true);
    view.setUint16(at + 2, Math.min(samples, 65535), true);
    at += 4;
    for (const values of [mean, deviation]) for (const value of values) view.setFloat32((at += 4) - 4, value, true);
  }
  return bytes;
}

/** Undefined for what no learner of this shape can have sent: it comes from outside. */
export function decodePrototypes(bytes: Uint8Array, { config, labels }: Pick<Learner, 'config' | 'labels'>, most: number): Prototype[] | undefined {
  const size = 4 + 8 * config.inputs;
  if (bytes.length % size !== 0 || bytes.length > most * size) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const prototypes: Prototype[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const values = (from: number): Float32Array => Float32Array.from({ length: config.inputs }, (_, i) => view.getFloat32(from + 4 * i, true));
    const prototype = { label: view.getUint16(at, true), samples: view.getUint16(at + 2, true), mean: values(at + 4), deviation: values(at + 4 + 4 * config.inputs) };
    if (prototype.label >= labels.length || prototype.samples < LEAST_SAMPLES) return undefined;
    if (!prototype.mean.every(Number.isFinite) || !prototype.deviation.every((d) => d >= 0 && d < Infinity)) return undefined;
    prototypes.push(prototype);
  }
  return prototypes;
}

/** The prototypes that go out with a model: of all devices, by name, and of many another part in every round. The same whatever came first. */
export function chosenPrototypes(devices: ReadonlyMap<string, readonly Prototype[]>, round: number): Prototype[] {
  const all = [...devices].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, prototypes]) => prototypes);
  const start = (round * MOST_PROTOTYPES) % Math.max(1, all.length);
  return [...all.slice(start), ...all.slice(0, start)].slice(0, MOST_PROTOTYPES);
}
