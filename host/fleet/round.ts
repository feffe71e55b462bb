import type { ResolvedConfig } from '../config.js';
import { architectureOf, parametersFault } from '../parameters.js';
import { owned } from '../bytes.js';
import { ExactAverage } from './average.js';
import { distancesOf, farOf, type Distance, type KeptUpdate } from './distance.js';
import { withFew } from './few.js';
import { NoisyAverage, type Noise } from './noisy-average.js';
import { RobustAverage } from './robust.js';
import { decodeMessage, type Fault } from './message.js';
import { layerInTurn, withPart, type Layers } from './turns.js';

/**
 * Why an update is not folded in, in the order in which it is looked for; `layer`: one that was not asked for, `masks`: under masks where none are asked for, or the
 * other way round, `expelled`: its device may not send any, `over`: a private fleet has spent its epsilon.
 */
export type Refusal = Fault | 'foreign' | 'stale' | 'layer' | 'masks' | 'repeated' | 'empty' | 'damaged' | 'expelled' | 'over';

export interface RoundRules {
  /** Examples that count of one device, so that none can outvote the others. */
  mostExamples: number;
  /** Server step, 1/256. */
  step: number;
  /** Rules of `RobustAverage`; 0 is without. */
  clip?: number;
  trim?: number;
  /** Default all. Who sends all of them nevertheless is folded in: it has the layer that was asked for. */
  layers?: Layers;
  /** Devices are taken at their word: none is set aside, and none counts for less than its examples. Default true. */
  trust?: boolean;
  /** Of a private fleet; devices are trusted then. */
  noise?: Noise | undefined;
}

/** A device that is not trusted counts for no more than so many times the median device. With 2, one that learned 3,000 wrong labels costs digits a point more. */
const MOST_SHARE = 1;

/** A device's update, and what it counted for. */
export interface Contribution {
  device: string;
  /** That it counted for. */
  examples: number;
  /** From the others; undefined where devices are trusted. */
  distance: Distance | undefined;
  /** True where it was left out, for it is far from all others. */
  aside: boolean;
}

/** One round: the first update of every device counts, whatever came before or after it, so repetitions and orders of arrival cannot show. */
export class Round {
  readonly number: number;
  readonly #config: ResolvedConfig;
  readonly #architecture: number;
  readonly #base: Uint8Array;
  readonly #rules: Required<Omit<RoundRules, 'noise'>>;
  /** Of trusted devices, whose updates need not be kept. */
  readonly #exact: ExactAverage | NoisyAverage | undefined;
  readonly #kept: KeptUpdate[] = [];
  readonly #devices = new Map<string, number>();
  #examples = 0;

  /** @param base packed parameters of the model of this round */
  constructor(number: number, config: ResolvedConfig, base: Uint8Array, { noise, ...rules }: RoundRules) {
    this.number = number;
    this.#config = config;
    this.#architecture = architectureOf(config);
    this.#base = base;
    this.#rules = { clip: 0, trim: 0, layers: 'all', trust: true, ...rules };
    const { step, clip, trim, trust } = this.#rules;
    this.#exact = noise !== undefined ? new NoisyAverage(config, base, step, noise) : trust && clip === 0 && trim === 0 ? new ExactAverage(config, base, step) : undefined;
  }

  /** Devices that have been folded in. */
  get devices(): ReadonlyMap<string, number> {
    return this.#devices;
  }

  get examples(): number {
    return this.#examples;
  }

  /** Folds a device's message in; or why not: nothing has changed then. */
  add(device: string, bytes: Uint8Array): Refusal | 'taken' {
    const message = decodeMessage(bytes);
    if (typeof message === 'string') return message;
    const { kind, architecture, round, examples, layer, few = false, masked = false, body } = message;
    const { layers, mostExamples } = this.#rules;
    if (kind !== 'update') return 'kind';
    if (architecture !== this.#architecture) return 'foreign';
    if (round !== this.number) return 'stale';
    if (masked) return 'masks';
    if (few && layers !== 'few') return 'layer';
    if (layer !== undefined && (layers !== 'turns' || layer !== layerInTurn(this.#config, device, round))) return 'layer';
    if (this.#devices.has(device)) return 'repeated';
    if (examples === 0) return 'empty';
    const packed = few ? withFew(this.#config, this.#base, body) : withPart(this.#config, this.#base, body, layer);
    if (packed === undefined || parametersFault(this.#config, packed) !== undefined) return 'damaged';
    const counted = Math.min(examples, mostExamples);
    if (this.#exact !== undefined) this.#exact.add(packed, counted, layer);
    else this.#kept.push({ device, packed: owned(packed), examples: counted, only: layer });
    this.#devices.set(device, counted);
    this.#examples += counted;
    return 'taken';
  }

  /** Takes a device's update out again, where updates are kept. */
  drop(device: string): void {
    const at = this.#kept.findIndex((each) => each.device === device);
    if (at < 0) return;
    this.#examples -= this.#kept[at]!.examples;
    this.#kept.splice(at, 1);
    this.#devices.delete(device);
  }

  /** Packed parameters of the next model, and what became of every update. To be asked once where there is noise: each time it is another, and costs as much. */
  end(): { parameters: Uint8Array; contributions: Contribution[] } {
    if (this.#exact !== undefined) return { parameters: this.#exact.result(), contributions: [...this.#devices].map(([device, examples]) => ({ device, examples, distance: undefined, aside: false })) };
    const { step, clip, trim, trust } = this.#rules;
    // by name: what depends on an order must not depend on that of arrival
    const updates = this.#kept.sort((a, b) => (a.device < b.device ? -1 : 1));
    const distances = trust ? undefined : distancesOf(this.#config, this.#base, updates);
    const far = distances === undefined ? updates.map(() => false) : farOf(distances);
    const near = updates.filter((_, k) => !far[k]);
    const most = trust ? Infinity : MOST_SHARE * median(near.map(({ examples }) => examples));
    const counted = (examples: number): number => Math.min(examples, most);
    const average = clip > 0 || trim > 0 ? new RobustAverage(this.#config, this.#base, { step, clip, trim }) : new ExactAverage(this.#config, this.#base, step);
    for (const { packed, examples, only } of near) average.add(packed, counted(examples), only);
    const contributions = updates.map(({ device, examples }, k) => ({ device, examples: far[k] ? 0 : counted(examples), distance: distances?.[k], aside: far[k]! }));
    return { parameters: average.result(), contributions };
  }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
