import type { ResolvedConfig } from '../config.js';
import { architectureOf, parametersFault } from '../parameters.js';
import { ExactAverage } from './average.js';
import { RobustAverage } from './robust.js';
import { FAULTS, decodeMessage, type Fault } from './message.js';

/** Every reason, in the order in which they are looked for. */
export const REFUSALS = [...FAULTS, 'foreign', 'stale', 'repeated', 'empty', 'damaged'] as const;
/** Why an update is not folded in. */
export type Refusal = Fault | 'foreign' | 'stale' | 'repeated' | 'empty' | 'damaged';

export interface RoundRules {
  /** Examples that count of one device, so that none can outvote the others. */
  mostExamples: number;
  /** Server step, 1/256. */
  step: number;
  /** Rules of `RobustAverage`; 0 is without. */
  clip?: number;
  trim?: number;
}

/** One round: the first update of every device counts, whatever came before or after it, so repetitions and orders of arrival cannot show. */
export class Round {
  readonly number: number;
  readonly #config: ResolvedConfig;
  readonly #architecture: number;
  readonly #mostExamples: number;
  readonly #average: ExactAverage | RobustAverage;
  readonly #devices = new Set<string>();

  /** @param base packed parameters of the model of this round */
  constructor(number: number, config: ResolvedConfig, base: Uint8Array, { mostExamples, step, clip = 0, trim = 0 }: RoundRules) {
    this.number = number;
    this.#config = config;
    this.#architecture = architectureOf(config);
    this.#mostExamples = mostExamples;
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
    const { kind, architecture, round, examples, body } = message;
    if (kind !== 'update') return 'kind';
    if (architecture !== this.#architecture) return 'foreign';
    if (round !== this.number) return 'stale';
    if (this.#devices.has(device)) return 'repeated';
    if (examples === 0) return 'empty';
    if (parametersFault(this.#config, body) !== undefined) return 'damaged';
    this.#average.add(body, Math.min(examples, this.#mostExamples));
    this.#devices.add(device);
    return 'taken';
  }

  /** Packed parameters of the next model. */
  result(): Uint8Array {
    return this.#average.result();
  }
}
