import type { ResolvedConfig } from '../config.js';
import { architectureOf, parametersFault } from '../parameters.js';
import { ExactAverage } from './average.js';
import { RobustAverage } from './robust.js';
import { FAULTS, decodeMessage, type Fault } from './message.js';
import { layerInTurn, withPart, type Layers } from './turns.js';

/** Every reason, in the order in which they are looked for. */
export const REFUSALS = [...FAULTS, 'foreign', 'stale', 'layer', 'repeated', 'empty', 'damaged'] as const;
/** Why an update is not folded in; `layer`: one that was not asked for. */
export type Refusal = Fault | 'foreign' | 'stale' | 'layer' | 'repeated' | 'empty' | 'damaged';

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
}

/** One round: the first update of every device counts, whatever came before or after it, so repetitions and orders of arrival cannot show. */
export class Round {
  readonly number: number;
  readonly #config: ResolvedConfig;
  readonly #architecture: number;
  readonly #base: Uint8Array;
  readonly #mostExamples: number;
  readonly #layers: Layers;
  readonly #average: ExactAverage | RobustAverage;
  readonly #devices = new Set<string>();

  /** @param base packed parameters of the model of this round */
  constructor(number: number, config: ResolvedConfig, base: Uint8Array, { mostExamples, step, clip = 0, trim = 0, layers = 'all' }: RoundRules) {
    this.number = number;
    this.#config = config;
    this.#architecture = architectureOf(config);
    this.#base = base;
    this.#mostExamples = mostExamples;
    this.#layers = layers;
    this.#average = clip > 0 || trim > 0 ? new RobustAverage(config, base, { step, clip, trim }) : new ExactAverage(config, base, step);
  }

  /** Devices that have been folded in. */
  get devices(): ReadonlySet<string> {
    return this.#devices;
  }

  get examples(): number {
    return this.#average.examples;
  }

  /** Folds a device's message in; or why not: nothing has changed then. */
  add(device: string, bytes: Uint8Array): Refusal | 'taken' {
    const message = decodeMessage(bytes);
    if (typeof message === 'string') return message;
    const { kind, architecture, round, examples, layer, body } = message;
    if (kind !== 'update') return 'kind';
    if (architecture !== this.#architecture) return 'foreign';
    if (round !== this.number) return 'stale';
    if (layer !== undefined && (this.#layers === 'all' || layer !== layerInTurn(this.#config, device, round))) return 'layer';
    if (this.#devices.has(device)) return 'repeated';
    if (examples === 0) return 'empty';
    const packed = withPart(this.#config, this.#base, body, layer);
    if (packed === undefined || parametersFault(this.#config, packed) !== undefined) return 'damaged';
    this.#average.add(packed, Math.min(examples, this.#mostExamples), layer);
    this.#devices.add(device);
    return 'taken';
  }

  /** Packed parameters of the next model. */
  result(): Uint8Array {
    return this.#average.result();
  }
}
