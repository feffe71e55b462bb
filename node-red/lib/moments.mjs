/** Topics whose readings are gathered; the one that has been silent for longest gives way. */
const MOST_TOPICS = 100;

/** What a sample is made of: values of a reading, and readings of a window. @typedef {{ inputs: number, window?: { samples: number, hop: number } }} Shape */

/**
 * Readings until they are a sample: one is one, or so many in a row are a window. A window is of one topic and one label, or none: where the label changes the next one begins.
 * What the library's `windows` does with a stream.
 */
export class Moments {
  /** @type {Shape} */ #shape;
  /** @type {Map<unknown, { held: number[][], label: string | undefined, skip: number }>} */ #topics = new Map();

  /** @param {Shape} shape */
  constructor(shape) {
    this.#shape = shape;
  }

  /**
   * @param {ArrayLike<number>} x a reading, or a window that is whole already
   * @param {string | undefined} label
   * @param {unknown} topic
   * @returns {ArrayLike<number> | undefined} undefined: more have to come
   */
  add(x, label, topic) {
    const { inputs, window } = this.#shape;
    if (window === undefined || x.length !== inputs) return x;
    const { samples, hop } = window;
    let gathered = this.#topics.get(topic);
    if (gathered?.label !== label) gathered = undefined;
    const { held, skip } = gathered ?? { held: /** @type {number[][]} */ ([]), skip: 0 };
    if (skip === 0) held.push(Array.from(x));
    const isWhole = held.length === samples;
    this.#topics.delete(topic); // the newest is the last
    this.#topics.set(topic, isWhole ? { held: held.slice(hop), label, skip: Math.max(0, hop - samples) } : { held, label, skip: Math.max(0, skip - 1) });
    if (this.#topics.size > MOST_TOPICS) this.#topics.delete(this.#topics.keys().next().value);
    return isWhole ? held.flat() : undefined;
  }
}
