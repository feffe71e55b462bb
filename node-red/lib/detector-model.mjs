import { createDetector, loadDetector } from 'onward';
import { Kept } from './kept.mjs';

/** @typedef {import('onward').Detector} Detector */

/** Channels named in an explanation: what somebody reads on a phone. */
const EXPLAINED = 3;

/** A detector with its folder. Several nodes may feed one. */
export class DetectorModel {
  /** @type {number} */ inputs;
  /** @type {readonly string[] | undefined} */ fields;
  /** Fields that were told to be absent, and messages that were refused. @type {Set<string>} */ absent = new Set();
  refused = 0;
  /** @type {Kept<Detector>} */ #kept;
  #alarmed = false;

  /** @param {import('./settings.mjs').Settings & { onError: (error: Error) => void }} settings */
  static async open({ config, fields, ...options }) {
    const kept = await Kept.open(
      {
        name: 'detector',
        create: () => createDetector(config),
        load: loadDetector,
        seen: (detector) => detector.stats().seen,
        conflict,
      },
      options,
    );
    return new DetectorModel(kept, Number(config.channels), fields);
  }

  /**
   * @param {Kept<Detector>} kept
   * @param {number} inputs
   * @param {readonly string[]} [fields]
   */
  constructor(kept, inputs, fields) {
    this.#kept = kept;
    this.inputs = inputs;
    this.fields = fields;
  }

  get progress() {
    const { seen, alarms, toLearn } = this.#kept.thing.stats();
    const { warmup } = this.#kept.thing.config;
    return { seen, alarm: this.#alarmed, alarms, toLearn: Math.max(toLearn, warmup - seen), warmup };
  }

  /**
   * One reading: how unusual it is, whether that is an alarm, whether the alarm begins with it, and which channels have the most to do with it.
   * @param {ArrayLike<number>} x
   */
  take(x) {
    const { score, alarm, channels, views } = this.#kept.thing.observe(x);
    const begins = alarm && !this.#alarmed;
    this.#alarmed = alarm;
    const explanation = Array.from(channels, (part, i) => ({ channel: this.fields?.[i] ?? i, part, view: views[i] }))
      .filter(({ part }) => part > 0)
      .sort((a, b) => b.part - a.part)
      .slice(0, EXPLAINED);
    return { score, alarm, begins, explanation, channels: Array.from(channels) };
  }

  commands = /** @type {const} */ ({
    save: async () => {
      await this.#kept.save();
      return { generation: this.#kept.generation, seen: this.progress.seen };
    },
    recommission: () => {
      this.#kept.thing.commission();
      this.#alarmed = false;
      return { toLearn: this.progress.toLearn };
    },
    snapshot: () => Buffer.from(this.#kept.thing.save()),
    reset: async () => {
      await this.#kept.reset();
      this.#alarmed = false;
      return this.progress;
    },
    stats: () => ({ ...this.#kept.thing.stats(), config: this.#kept.thing.config, generation: this.#kept.generation, refused: this.refused }),
  });

  close() {
    return this.#kept.close();
  }
}

/**
 * @param {Detector} stored
 * @param {Detector} wanted
 */
function conflict(stored, wanted) {
  for (const name of /** @type {const} */ (['channels', 'mode', 'warmup', 'hold', 'threshold', 'bits', 'units'])) {
    if (stored.config[name] !== wanted.config[name]) return `the stored detector has ${name} ${stored.config[name]}, the model asks for ${wanted.config[name]}`;
  }
  return undefined;
}
