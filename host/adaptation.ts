import { checkFields, describe } from './config-values.js';

/**
 * The share that a sample without a label has in learning. `never`: nothing. `balanced`: the running standardisation, within the bounds of `Adaptation`; never a
 * weight.
 */
export type Adapt = 'never' | 'balanced';

/** The part of a learner that `Adaptation` uses; `balanced` uses all of it. */
export interface Adaptable {
  /** The answer to `x`, and how far it is from turning; changes nothing. */
  predict?(x: ArrayLike<number>): { label: string | undefined; margin?: number };
  /** One step. */
  learn(x: ArrayLike<number>, label: string): void;
  /** Lets the running standardisation see `x`. */
  adapt?(x: ArrayLike<number>): void;
}

/** The standardisation has moved far: what was taught as `label` is answered otherwise, and no label came between. */
export interface MovedEvent {
  label: string;
  answer: string | undefined;
  /** Samples without a label that it has seen since the last label. */
  adapted: number;
}

/** Settings of an `Adaptation`: how far samples without a label may go, and a callback for when they went far. */
export interface AdaptationOptions {
  /** Default `never`. */
  adapt?: Adapt;
  /** Called at most once between two labels. */
  onMoved?: (event: MovedEvent) => void;
}

/** Credit of a label: one for 32 labels so far, since the standardisation of a young learner moves with every sample; at most this. */
const MOST_CREDIT = 256;
const LABELS_PER_CREDIT = 32;
/** The usual margin is the mean over about so many labelled samples. */
const MARGIN_SAMPLES = 64;

/**
 * A learner, and what samples without labels may do to it.
 *
 * A device that was taught and then left alone in one state would unlearn if its standardisation followed that state: the weights stay, what they
 * see moves. So nothing changes by default. With `balanced` the standardisation sees a sample only
 *
 * - out of a credit since the last label: min(256, labels so far / 32) samples;
 * - in balance: of the answer that it was given, no more were let in since the last label than of any other label that was taught;
 * - in certainty: its margin is at least the usual one of labelled samples before they were learned.
 *
 * It keeps the newest sample of each label. The standardisation has moved *far* when one of those is answered otherwise than before the first sample
 * without a label; it tells so, and lets nothing in until the next label. Numbers: docs/decisions.md.
 *
 * Labels are those that were taught through it: `reset` it where one was renamed, merged or forgotten.
 */
export class Adaptation<L extends Adaptable = Adaptable> {
  readonly learner: L;
  readonly #balanced: Required<Adaptable> | undefined;
  readonly #onMoved: ((event: MovedEvent) => void) | undefined;
  /** The newest sample of each label. */
  readonly #newest = new Map<string, Float32Array>();
  /** Samples let in since the last label, by answer. */
  readonly #counts = new Map<string, number>();
  /** Labels whose newest sample was answered rightly before the first one was let in. */
  #held: string[] = [];
  #taught = 0;
  #usualMargin = 0;
  #credit = 0;
  #adapted = 0;
  #moved = false;

  /** @throws TypeError, RangeError for another `adapt`, or a learner that cannot be adapted */
  constructor(learner: L, options: AdaptationOptions = {}) {
    checkFields('options', options, ['adapt', 'onMoved']);
    const { adapt = 'never', onMoved } = options;
    if (adapt !== 'never' && adapt !== 'balanced') throw new RangeError(`options.adapt: got ${describe(adapt)}; expected 'never' or 'balanced'`);
    if (onMoved !== undefined && typeof onMoved !== 'function') throw new TypeError(`options.onMoved: expected a function, got ${describe(onMoved)}`);
    if (adapt === 'balanced' && !canAdapt(learner)) throw new TypeError("options.adapt: 'balanced' takes a learner with predict and adapt; leave it out for this one");
    this.learner = learner;
    this.#balanced = adapt === 'balanced' && canAdapt(learner) ? learner : undefined;
    this.#onMoved = onMoved;
  }

  /** True once the standardisation has moved far since the last label. */
  get moved(): boolean {
    return this.#moved;
  }

  /** One step with a label. @throws what the learner throws; nothing has changed then */
  learn(x: ArrayLike<number>, label: string): void {
    if (this.#balanced === undefined) return this.learner.learn(x, label);
    const { margin = 0 } = this.#balanced.predict(x);
    this.learner.learn(x, label);
    this.#usualMargin += (margin - this.#usualMargin) / Math.min(++this.#taught, MARGIN_SAMPLES);
    this.#newest.set(label, Float32Array.from(x));
    this.#begin(Math.min(MOST_CREDIT, Math.floor(this.#taught / LABELS_PER_CREDIT)));
  }

  /** As if no label had come yet. */
  reset(): void {
    this.#newest.clear();
    this.#taught = 0;
    this.#usualMargin = 0;
    this.#begin(0);
  }

  #begin(credit: number): void {
    this.#credit = credit;
    this.#counts.clear();
    this.#adapted = 0;
    this.#moved = false;
  }

  /** A sample whose label did not come. True where the standardisation has seen it. */
  adapt(x: ArrayLike<number>): boolean {
    const learner = this.#balanced;
    if (learner === undefined || this.#credit === 0 || this.#newest.size < 2) return false;
    const { label, margin = Infinity } = learner.predict(x);
    if (label === undefined || !this.#newest.has(label) || margin < this.#usualMargin) return false;
    const count = this.#counts.get(label) ?? 0;
    for (const other of this.#newest.keys()) if (count > (this.#counts.get(other) ?? 0)) return false;

    if (this.#adapted === 0) this.#held = [...this.#newest].filter(([name, sample]) => learner.predict(sample).label === name).map(([name]) => name);
    this.#counts.set(label, count + 1);
    this.#credit--;
    this.#adapted++;
    learner.adapt(x);
    this.#look(learner);
    return true;
  }

  /** True if what was taught is still answered as it was. */
  #look(learner: Required<Adaptable>): void {
    for (const label of this.#held) {
      const answer = learner.predict(this.#newest.get(label)!).label;
      if (answer === label) continue;
      this.#moved = true;
      this.#credit = 0;
      this.#onMoved?.({ label, answer, adapted: this.#adapted });
      return;
    }
  }
}

function canAdapt(learner: Adaptable): learner is Required<Adaptable> {
  return typeof learner.predict === 'function' && typeof learner.adapt === 'function';
}
