// How a model's learner comes to be: as the dialog asks, as a file has it, or as its folder does; and what it is then.

import { createLearner, loadLearner } from 'onward';
import { learnerIn } from 'onward/fleet';
import { beginningOf, beginningOfStored } from './beginning.mjs';

/** @typedef {import('onward').Learner} Learner */
/** @typedef {import('./beginning.mjs').Beginning} Beginning */
/** What the dialog asks for. @typedef {{ inputs?: number, window?: { axes?: number, samples: number }, labels?: readonly string[] }} Wanted */
/** What a sample is, the names of its numbers, below which familiarity the answer is unknown, and what it began as. @typedef {import('./moments.mjs').Shape & { fields?: readonly string[], unknownBelow: number, beginning?: Beginning }} Description */

/** What cannot be changed about a stored learner ... */
const FIXED = /** @type {const} */ (['window', 'inputs', 'units', 'bits', 'labelCapacity', 'exemplars', 'drift']);
/** ... and what of it the stored one decides where the model does not say: there was no memory by default once. */
const LEFT_OPEN = new Set(['exemplars', 'drift']);

export class Learners {
  /** @type {import('./settings.mjs').Settings} */ #settings;
  /** @type {(event: import('onward').DriftEvent) => void} */ #onDrift;
  /** @type {WeakMap<Learner, Description>} */ #descriptions = new WeakMap();

  /**
   * @param {import('./settings.mjs').Settings} settings
   * @param {(event: import('onward').DriftEvent) => void} onDrift
   */
  constructor(settings, onDrift) {
    this.#settings = settings;
    this.#onDrift = onDrift;
  }

  get isOfFile() {
    return this.#settings.from !== undefined;
  }

  /**
   * As the model asks for.
   * @param {number} [seed]
   */
  async create(seed) {
    const { from, fields } = this.#settings;
    const beginning = from === undefined ? undefined : await beginningOf(from);
    const learner = beginning ? await this.#ofFile(beginning) : await createLearner(/** @type {import('onward').LearnerConfig} */ ({ ...this.#wanted, ...(seed === undefined ? {} : { seed }) }), this.#options(beginning));
    if (fields) learner.note = noteOf(fields);
    this.#describe(learner, beginning);
    return learner;
  }

  /** @param {Uint8Array} bytes of its folder */
  async load(bytes) {
    const { from, folder } = this.#settings;
    const beginning = from === undefined ? undefined : await beginningOfStored(from, folder);
    const learner = await loadLearner(learnerIn(bytes), this.#options(beginning));
    this.#describe(learner, beginning);
    return learner;
  }

  /**
   * Labels that the dialog names and the stored learner lacks are added; anything else that differs is a conflict. Of a file there is nothing to compare: it may have changed since.
   * @param {Learner} stored
   * @param {Learner} wanted
   */
  conflict(stored, wanted) {
    const { fields, given } = this.#settings;
    if (this.isOfFile) {
      const fault = widthFault(stored, this.#wanted, 'the stored learner');
      if (fault) return fault;
    } else {
      for (const name of FIXED) {
        if (LEFT_OPEN.has(name) && !given.has(name)) continue;
        const [is, should] = [stored.config[name], wanted.config[name]].map((value) => JSON.stringify(value));
        if (is !== should) return `the stored learner has ${name} ${is}, the model asks for ${should}`;
      }
    }
    const is = fieldsOf(stored);
    if (is && fields && is.join() !== fields.join()) return `the stored learner has the fields ${is.join(', ')}, the model asks for ${fields.join(', ')}`;
    const missing = (this.#wanted.labels ?? []).filter((label) => !stored.labels.includes(label));
    if (stored.labels.length + missing.length > stored.config.labelCapacity) {
      return `the stored learner has labels ${stored.labels.join(', ')} and no room for ${missing.join(', ')}`;
    }
    if (fields && !is) stored.note = noteOf(fields);
    for (const label of missing) stored.addLabel(label);
    return undefined;
  }

  /**
   * @param {Learner} [learner] undefined: none could be made
   * @returns {Description}
   */
  description(learner) {
    const { fields } = this.#settings;
    const known = learner && this.#descriptions.get(learner);
    return known ?? { inputs: this.#wanted.inputs ?? 0, unknownBelow: 0, ...(fields ? { fields } : {}) };
  }

  get #wanted() {
    return /** @type {Wanted} */ (/** @type {unknown} */ (this.#settings.config));
  }

  /** @param {Beginning | undefined} beginning */
  #options(beginning) {
    return { onDrift: this.#onDrift, unknownBelow: this.#settings.unknownBelow ?? beginning?.unknownBelow ?? 0 };
  }

  /**
   * @param {Learner} learner
   * @param {Beginning | undefined} beginning
   */
  #describe(learner, beginning) {
    const { hop, fields = fieldsOf(learner) } = this.#settings;
    const { unknownBelow } = this.#options(beginning);
    this.#descriptions.set(learner, { ...shapeOf(learner, hop ?? beginning?.hop), ...(fields ? { fields } : {}), unknownBelow, ...(beginning ? { beginning } : {}) });
  }

  /**
   * What it is, the file says; the model adds its labels.
   * @param {Beginning} beginning
   */
  async #ofFile(beginning) {
    const { path, snapshot, project } = beginning;
    const learner = await loadLearner(snapshot, this.#options(beginning)).catch((error) => {
      throw new Error(`Begins as: ${path}: ${error.message}`);
    });
    try {
      const { axes, samples } = shapeIn(learner);
      if (project && (project.channels !== axes || project.window !== samples)) throw new RangeError(`Begins as: ${path}: its network takes ${takes(learner)}, its samples are of ${project.channels} and ${project.window}: save it again in the page`);
      const fault = widthFault(learner, this.#wanted, path);
      if (fault) throw new RangeError(fault);
      for (const label of this.#wanted.labels ?? []) if (!learner.labels.includes(label)) learner.addLabel(label);
      return learner;
    } catch (error) {
      learner.dispose();
      const { message } = /** @type {Error} */ (error);
      throw new RangeError(inWordsOfDialog(message), { cause: error });
    }
  }
}

/** What the library says of a configuration that no dialog has. @param {string} message */
export function inWordsOfDialog(message) {
  return message.replace('raise config.labelCapacity', 'forget a label, or take a model with more "Room for labels" (where it begins as a file, that is the file\'s)');
}

/** @param {Learner} learner */
const shapeIn = ({ inputs, config: { window } }) => window ?? { axes: inputs, samples: 1 };

/** @param {Learner} learner */
function takes(learner) {
  const { axes, samples } = shapeIn(learner);
  return samples === 1 ? `${axes} numbers per message` : `${axes} numbers per message, ${samples} messages to a window`;
}

/**
 * Why a learner's samples are not of the width that the dialog gives, where it gives one.
 * @param {Learner} learner
 * @param {Wanted} wanted
 * @param {string} whose
 */
function widthFault(learner, { inputs, window }, whose) {
  const { axes, samples } = shapeIn(learner);
  const width = window ? window.axes : inputs;
  if (width !== undefined && width !== axes && (window || width !== learner.inputs)) return `Inputs: got ${width}; ${whose} takes ${takes(learner)}`;
  if (window && window.samples !== samples) return `Window: got ${window.samples}; ${whose} takes ${takes(learner)}: leave it empty`;
  return undefined;
}

/**
 * @param {Learner} learner
 * @param {number} [hop]
 * @returns {import('./moments.mjs').Shape}
 */
function shapeOf({ inputs, config: { window } }, hop) {
  return window ? { inputs: window.axes, window: { samples: window.samples, hop: hop ?? window.samples } } : { inputs };
}

/** @param {readonly string[]} fields */
function noteOf(fields) {
  return JSON.stringify({ form: 'fields', fields });
}

/**
 * The names of a learner's inputs, where its snapshot says them (FORMAT.md).
 * @param {Learner} learner
 * @returns {readonly string[] | undefined}
 */
function fieldsOf({ note }) {
  try {
    const { fields } = JSON.parse(note || '{}');
    return Array.isArray(fields) && fields.every((name) => typeof name === 'string') ? fields : undefined;
  } catch {
    return undefined; // somebody else's note
  }
}
