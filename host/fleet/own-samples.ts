import type { Learner } from '../learner.js';
import type { Report } from './members.js';

/** Labelled samples that a shared model is tested on before it is taken: 50 predictions of some 10 us. */
const MOST = 50;

/** A device's last labelled samples, which stay with it: what it tells is how often a model answers them rightly. */
export class OwnSamples {
  /** Oldest first. */
  readonly #samples: { x: ArrayLike<number>; label: string }[] = [];

  get size(): number {
    return this.#samples.length;
  }

  add(x: ArrayLike<number>, label: string): void {
    this.#samples.push({ x: Float32Array.from(x), label });
    if (this.#samples.length > MOST) this.#samples.shift();
  }

  /** How two models do on them. The learner is afterwards what it was. */
  compare(learner: Learner, model: Uint8Array, before: Uint8Array): Pick<Report, 'samples' | 'right' | 'before'> {
    const own = learner.parameters();
    const right = (parameters: Uint8Array): number => {
      learner.setParameters(parameters);
      return this.#samples.filter(({ x, label }) => learner.predict(x).label === label).length;
    };
    const result = { samples: this.size, right: right(model), before: right(before) };
    learner.setParameters(own);
    return result;
  }
}
