import { Adaptation, Measures, PendingLabels, Rehearsal, createLearner, loadLearner } from 'onward';
import { isMember, learnerIn } from 'onward/fleet';
import { encodeProject } from 'onward/project';
import { beginningOf } from './beginning.mjs';
import { Kept } from './kept.mjs';

/** @typedef {import('onward').Learner} Learner */
/** @typedef {import('onward/fleet').FleetDevice} FleetDevice */
/**
 * In a fleet: the device that learns for it, which a redeploy takes over from, what was kept of the one before a restart, how one is made, and a seed of its own.
 * @typedef {{ device?: FleetDevice, kept?: Uint8Array, make?: MakeDevice, seed?: number }} Membership
 */
/** @typedef {(learner: Learner, kept: Uint8Array | undefined, store: Pick<import('onward').Store, 'save'> | undefined) => Promise<FleetDevice>} MakeDevice */
/** What the dialog asks for. @typedef {{ inputs?: number, window?: { axes?: number, samples: number }, labels?: readonly string[] }} Wanted */

/** `sleep` blocks everything else in Node-RED: some seconds at the very most. */
const LONGEST_SLEEP = 100_000;
/** What cannot be changed about a stored learner ... */
const FIXED = /** @type {const} */ (['window', 'inputs', 'units', 'bits', 'labelCapacity', 'exemplars', 'drift']);
/** ... and what of it the stored one decides where the model does not say: there was no memory by default once. */
const LEFT_OPEN = new Set(['exemplars', 'drift']);

/** A learner with its folder, its accuracy, and the samples whose labels have not come yet. Several nodes may use one. */
export class LearnerModel {
  /** Values of a reading. @type {number} */ inputs;
  /** Readings of a sample, where it is not one. @type {{ samples: number, hop: number } | undefined} */ window;
  /** @type {readonly string[] | undefined} */ fields;
  /** Fields that were told to be absent, and messages that were refused. @type {Set<string>} */ absent = new Set();
  refused = 0;
  /** Seconds that a label alone is for; undefined: such are refused. @type {number | undefined} */ labelAt;
  /** @type {Kept<Learner>} */ #kept;
  #measures = new Measures();
  /** @type {import('onward').Adapt} */ #adapt;
  /** @type {Adaptation<{ inputs: number } & Required<import('onward').Adaptable>>} */ #adaptation;
  /** With what each was answered, and when it came, in ms. @type {PendingLabels<string | number, { answer: string | undefined, at: number }>} */ #pending;
  /** @type {Rehearsal} */ #rehearsal;
  /** As it began, and below which familiarity it answers unknown. @type {{ project: import('onward/project').Project | undefined, unknownBelow: number }} */ #origin;
  /** @type {Membership} */ #fleet;
  /** What the learner has told while it learned. @type {{ drift?: import('onward').DriftEvent }} */ #told;

  /** @param {import('./settings.mjs').Settings & { onError: (error: Error) => void }} settings */
  static async open({ config, given, hop, adapt, unknownBelow, labelAt, fields, from, ...options }) {
    /** @type {{ drift?: import('onward').DriftEvent }} */
    const told = {};
    const wanted = /** @type {Wanted} */ (/** @type {unknown} */ (config));
    const beginning = from === undefined ? undefined : await beginningOf(from);
    const how = {
      onDrift: (/** @type {import('onward').DriftEvent} */ event) => void (told.drift = event),
      unknownBelow: unknownBelow ?? beginning?.unknownBelow ?? 0,
    };
    /** @type {import('./moments.mjs').Shape} */
    let shape = { inputs: 0 };
    /** @type {Membership} */
    const fleet = {};
    const kept = await Kept.open(
      {
        name: 'learner',
        create: async () => {
          const learner = beginning ? await learnerOf(beginning, wanted, how) : await createLearner(/** @type {import('onward').LearnerConfig} */ ({ ...wanted, ...(fleet.seed === undefined ? {} : { seed: fleet.seed }) }), how);
          shape = shapeOf(learner, hop ?? beginning?.hop);
          if (fields) learner.note = JSON.stringify({ form: 'fields', fields });
          return learner;
        },
        load: (bytes) => {
          fleet.kept = isMember(bytes) ? bytes : undefined;
          return loadLearner(learnerIn(bytes), how);
        },
        save: (learner) => fleet.device?.save() ?? learner.save(),
        seen: (learner) => learner.seen,
        conflict: (stored, wanted) => conflict(stored, wanted, given),
      },
      options,
    );
    const model = new LearnerModel(kept, told, shape, adapt, fields ?? (kept.refused ? undefined : fieldsOf(kept.thing)), { project: beginning?.project, unknownBelow: how.unknownBelow }, fleet);
    model.labelAt = labelAt;
    return model;
  }

  /**
   * @param {Kept<Learner>} kept
   * @param {{ drift?: import('onward').DriftEvent }} told
   * @param {import('./moments.mjs').Shape} shape
   * @param {import('onward').Adapt} adapt
   * @param {readonly string[] | undefined} fields
   * @param {{ project: import('onward/project').Project | undefined, unknownBelow: number }} origin
   * @param {Membership} fleet
   */
  constructor(kept, told, { inputs, window }, adapt, fields, origin, fleet) {
    this.#kept = kept;
    this.#told = told;
    this.inputs = inputs;
    this.window = window;
    this.fields = fields;
    this.#origin = origin;
    this.#fleet = fleet;
    this.#adapt = adapt;
    this.#adaptation = this.#noAdaptation();
    this.#pending = new PendingLabels(this.#adaptation);
    this.#rehearsal = this.#newRehearsal();
  }

  /** Samples learned, and the accuracy over the last 200 labelled ones since the start; undefined before the first. */
  get progress() {
    return { seen: this.#kept.thing.seen, accuracy: this.#measures.samples > 0 ? this.#measures.recent : undefined };
  }

  /** Whether samples without a label have moved the standardisation far since the last label. */
  get moved() {
    return this.#adaptation.moved;
  }

  /**
   * One sample: predicted; then learned where it has a label, and held where it has an id, or where labels alone may follow. Else it changes nothing, unless the model adapts.
   * @param {ArrayLike<number>} x
   * @param {string | undefined} label
   * @param {string | number | undefined} id
   */
  take(x, label, id) {
    const learner = this.#kept.thing;
    this.#told.drift = undefined;
    const { label: answer, probability, familiar = null, margin, scores, probabilities } = learner.predict(x);
    const named = (/** @type {ArrayLike<number>} */ values) => Object.fromEntries(learner.labels.map((name, i) => [name, values[i]]));
    if (label !== undefined) {
      this.#adaptation.learn(x, label);
      this.#measures.add(label, answer);
    } else if (id === undefined && this.labelAt === undefined) this.#adaptation.adapt(x);
    else this.#pending.hold(id, x, { answer, at: performance.now() });
    return {
      label: answer ?? null,
      probability,
      familiar,
      margin,
      scores: named(scores),
      probabilities: named(probabilities),
      learned: label !== undefined,
      correct: label === undefined ? null : label === answer,
      drift: this.#told.drift,
    };
  }

  /**
   * The label of a sample that came before: what had been answered is measured by it. Not learned where none waits under this id.
   * @param {string | number} id
   * @param {string} label
   */
  teachLate(id, label) {
    this.#kept.thing; // may be refused
    this.#told.drift = undefined;
    const resolved = this.#pending.resolve(id, label);
    const answered = resolved?.held?.answer || null; // '': there was no label yet
    if (answered) this.#measures.add(label, answered);
    return { learned: resolved !== undefined, answered, correct: answered ? answered === label : null, drift: this.#told.drift };
  }

  /**
   * The label of all samples of the last seconds that have none: what had been answered is measured by it.
   * @param {string} label
   * @param {number} [seconds] as the model says
   */
  teachSpan(label, seconds = this.labelAt) {
    this.#kept.thing; // may be refused
    this.#told.drift = undefined;
    const since = performance.now() - 1000 * /** @type {number} */ (seconds);
    const held = this.#pending.resolveWhere((sample) => sample !== undefined && sample.at >= since, label);
    const answers = held.flatMap((sample) => sample?.answer || []);
    for (const answer of answers) this.#measures.add(label, answer);
    return { learned: held.length > 0, samples: held.length, right: answers.filter((answer) => answer === label).length, drift: this.#told.drift };
  }

  /**
   * Takes part in a fleet from now on. What an earlier device had learned and not sent is still its own.
   * @param {MakeDevice} make
   * @param {number} seed of a learner that has learned nothing: members that round alike would err alike
   */
  async join(make, seed) {
    const { exemplars } = this.#kept.thing.config;
    if (exemplars > 0) throw new RangeError(`Memory: the model keeps ${exemplars} samples, and a member of a fleet none: set it to 0 in the model, and send msg.command "reset" or give it another folder`);
    if (this.#fleet.make) throw new Error('the model is a member of a fleet already, by another node: give this one another model');
    this.#fleet.make = make;
    try {
      const before = this.#fleet.device?.save() ?? this.#fleet.kept;
      if (before === undefined && this.#kept.thing.seen === 0) {
        this.#fleet.seed = seed;
        await this.#kept.reset();
      }
      await this.#enter(before);
    } catch (error) {
      this.#fleet.make = undefined;
      throw error;
    }
  }

  /** @param {boolean} forever the next `join` is a new member, with nothing to send */
  leave(forever) {
    const { device } = this.#fleet;
    device?.close();
    this.#fleet.make = this.#fleet.kept = undefined;
    if (forever) this.#fleet.device = undefined; // else it goes on learning, and is kept with what it has not sent
    return device;
  }

  /** @param {Uint8Array} [before] */
  async #enter(before) {
    this.#fleet.device = await this.#fleet.make?.(this.#kept.thing, before, this.#kept.store);
  }

  commands = /** @type {const} */ ({
    save: async () => {
      await this.#kept.save();
      return { generation: this.#kept.generation, seen: this.#kept.thing.seen };
    },
    snapshot: () => Buffer.from(this.#kept.thing.save()),
    project: () => {
      const { project, unknownBelow } = this.#origin;
      const learner = this.#kept.thing;
      if (!project) throw new Error('project: this model did not begin as a project of the page; msg.command "snapshot" gives its network, which the page opens, too');
      const { labels } = learner;
      const samples = project.samples.filter(({ label }) => labels.includes(label));
      return Buffer.from(encodeProject({ ...project, unknownBelow, labels, samples, snapshot: learner.save() }));
    },
    reset: async () => {
      this.#rehearsal.close();
      this.#fleet.device?.close();
      this.#fleet.device = undefined;
      const learner = await this.#kept.reset();
      await this.#enter();
      this.#rehearsal = this.#newRehearsal();
      this.#measures = new Measures();
      this.#adaptation = this.#noAdaptation();
      this.#pending = new PendingLabels(this.#adaptation);
      return { seen: learner.seen, labels: learner.labels };
    },
    sleep: (/** @type {{ steps?: unknown }} */ { steps }) => {
      const learner = this.#kept.thing;
      const { exemplars } = learner.stats();
      if (exemplars === 0) throw new RangeError('sleep: there is nothing to replay; give the model a memory, and labelled samples');
      const count = steps === undefined ? Math.min(10 * exemplars, LONGEST_SLEEP) : steps;
      if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > LONGEST_SLEEP) {
        throw new RangeError(`msg.steps: got ${String(count).slice(0, 30)}; expected a whole number, 0 to ${LONGEST_SLEEP}`);
      }
      learner.sleep(count);
      return { steps: count, exemplars };
    },
    forget: (/** @type {{ label?: string }} */ { label }) => {
      const learner = this.#kept.thing;
      if (label === undefined) throw new TypeError('forget: the label is missing; send it where this node reads labels');
      if (this.#fleet.device) throw new Error('forget: the labels are those of the fleet; take the fleet node away first');
      learner.forgetLabel(label);
      this.#adaptation.reset();
      return { labels: learner.labels };
    },
    stats: () => {
      const learner = this.#kept.thing;
      const { samples, accuracy, recent, kappa } = this.#measures;
      return {
        ...learner.stats(),
        labels: learner.labels,
        measured: samples === 0 ? { samples, accuracy: null, recent: null, kappa: null } : { samples, accuracy, recent, kappa },
        late: this.#pending.counts(),
        refused: this.refused,
        generation: this.#kept.generation,
      };
    },
  });

  close() {
    if (!this.#kept.refused) this.#rehearsal.finish();
    this.#rehearsal.close();
    return this.#kept.close();
  }

  /**
   * @param {ArrayLike<number>} x
   * @param {string} label
   */
  #teach(x, label) {
    try {
      (this.#fleet.device ?? this.#kept.thing).learn(x, label);
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      throw new RangeError(message.replace('raise config.labelCapacity', '"Room for labels" in another model would have some; forget a label to make room'), { cause: error });
    }
  }

  /** While nothing is taught; of the learner that is kept now, where the folder does not hold another. */
  #newRehearsal() {
    const kept = this.#kept;
    return new Rehearsal({
      get seen() {
        return kept.refused ? 0 : kept.thing.seen;
      },
      get worthRehearsing() {
        return kept.thing.worthRehearsing;
      },
      sleep: (steps, from, to) => kept.thing.sleep(steps, from, to),
    });
  }

  /** Of whichever learner is kept now. */
  #noAdaptation() {
    const learner = {
      inputs: this.inputs * (this.window?.samples ?? 1),
      predict: (/** @type {ArrayLike<number>} */ x) => this.#kept.thing.predict(x),
      learn: (/** @type {ArrayLike<number>} */ x, /** @type {string} */ label) => this.#teach(x, label),
      adapt: (/** @type {ArrayLike<number>} */ x) => this.#kept.thing.adapt(x),
    };
    return new Adaptation(learner, { adapt: this.#adapt });
  }
}

/**
 * Labels that the model names and the stored learner lacks are added; anything else that differs is a conflict.
 * @param {Learner} stored
 * @param {Learner} wanted
 * @param {ReadonlySet<string>} given what the model says
 */
function conflict(stored, wanted, given) {
  for (const name of FIXED) {
    if (LEFT_OPEN.has(name) && !given.has(name)) continue;
    const [is, should] = [stored.config[name], wanted.config[name]].map((value) => JSON.stringify(value));
    if (is !== should) return `the stored learner has ${name} ${is}, the model asks for ${should}`;
  }
  const [is, should] = [fieldsOf(stored), fieldsOf(wanted)];
  if (is && should && is.join() !== should.join()) return `the stored learner has the fields ${is.join(', ')}, the model asks for ${should.join(', ')}`;
  if (should && !is) stored.note = wanted.note;
  const missing = wanted.labels.filter((label) => !stored.labels.includes(label));
  if (stored.labels.length + missing.length > stored.config.labelCapacity) {
    return `the stored learner has labels ${stored.labels.join(', ')} and no room for ${missing.join(', ')}`;
  }
  for (const label of missing) stored.addLabel(label);
  return undefined;
}

/**
 * The learner of a file: what it is, the file says; the model adds its labels.
 * @param {import('./beginning.mjs').Beginning} beginning
 * @param {Wanted} wanted
 * @param {import('onward').LearnerOptions} options
 */
async function learnerOf({ path, snapshot, project }, { inputs, window, labels }, options) {
  const learner = await loadLearner(snapshot, options).catch((error) => {
    throw new Error(`Begins as: ${path}: ${error.message}`);
  });
  try {
    const { axes, samples } = learner.config.window ?? { axes: learner.inputs, samples: 1 };
    const takes = samples === 1 ? `${axes} numbers per message` : `${axes} numbers per message, ${samples} messages to a window`;
    if (project && (project.channels !== axes || project.window !== samples)) throw new RangeError(`Begins as: ${path}: its network takes ${takes}, its samples are of ${project.channels} and ${project.window}: save it again in the page`);
    const width = window ? window.axes : inputs;
    if (width !== undefined && width !== axes && (window || width !== learner.inputs)) throw new RangeError(`Inputs: got ${width}; ${path} takes ${takes}`);
    if (window && window.samples !== samples) throw new RangeError(`Window: got ${window.samples}; ${path} takes ${takes}: leave it empty`);
    for (const label of labels ?? []) if (!learner.labels.includes(label)) learner.addLabel(label);
    return learner;
  } catch (error) {
    learner.dispose();
    throw error;
  }
}

/**
 * @param {Learner} learner
 * @param {number} [hop]
 * @returns {import('./moments.mjs').Shape}
 */
function shapeOf({ inputs, config: { window } }, hop) {
  return window ? { inputs: window.axes, window: { samples: window.samples, hop: hop ?? window.samples } } : { inputs };
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
