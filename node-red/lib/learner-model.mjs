import { Adaptation, Measures, PendingLabels, Rehearsal } from 'onward';
import { encodeProject } from 'onward/project';
import { keepBeginning } from './beginning.mjs';
import { Kept } from './kept.mjs';
import { Learners, inWordsOfDialog } from './learners.mjs';
import { Membership } from './membership.mjs';

/** @typedef {import('onward').Learner} Learner */

/** `sleep` blocks everything else in Node-RED: some seconds at the very most. */
const LONGEST_SLEEP = 100_000;
/** A learner with its folder, its accuracy, and the samples whose labels have not come yet. Several nodes may use one. */
export class LearnerModel {
  /** Values of a reading. */ inputs = 0;
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
  /** @type {Learners} */ #learners;
  /** @type {Membership} */ #membership;
  /** @type {string | undefined} */ #folder;
  /** What the learner has told while it learned. @type {{ drift?: import('onward').DriftEvent }} */ #told;

  /** @param {import('./settings.mjs').Settings & { onError: (error: Error) => void }} settings */
  static async open(settings) {
    /** @type {{ drift?: import('onward').DriftEvent }} */
    const told = {};
    const learners = new Learners(settings, (event) => void (told.drift = event));
    let membership = new Membership();
    /** @type {Membership | undefined} */
    let stored;
    /** @type {Learner | undefined} */
    let created;
    /** @type {LearnerModel} */
    let model;
    const kept = await Kept.open(
      {
        name: 'learner',
        isOfFile: learners.isOfFile,
        create: async () => (created = await learners.create(membership.seed)),
        load: async (bytes) => {
          const learner = await learners.load(bytes);
          stored = Membership.of(bytes, learner);
          return learner;
        },
        save: (learner) => membership.save(learner),
        seen: (learner) => learner.seen,
        conflict: (found, wanted) => learners.conflict(found, wanted),
        renewed: (learner) => model.#renew(learner),
      },
      settings,
    );
    if (stored && !kept.refused) membership = stored;
    model = new LearnerModel(kept, told, learners, membership, learners.description(kept.refused ? created : kept.thing), settings);
    if (!kept.refused && kept.generation === 0) await model.#keepBeginning();
    return model;
  }

  /**
   * @param {Kept<Learner>} kept
   * @param {{ drift?: import('onward').DriftEvent }} told
   * @param {Learners} learners
   * @param {Membership} membership
   * @param {import('./learners.mjs').Description} description
   * @param {import('./settings.mjs').Settings} settings
   */
  constructor(kept, told, learners, membership, description, { adapt, labelAt, folder }) {
    this.#kept = kept;
    this.#told = told;
    this.#learners = learners;
    this.#membership = membership;
    this.#adapt = adapt;
    this.labelAt = labelAt;
    this.#folder = folder;
    this.#become(description);
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

  /** @throws why it cannot be a member of a fleet */
  checkMember() {
    const { exemplars } = this.#kept.thing.config;
    if (exemplars > 0) throw new RangeError(`Memory: the model keeps ${exemplars} samples, and a member of a fleet none: set it to 0 in the model, and send msg.command "reset" or give it another folder`);
  }

  /**
   * Takes part in a fleet from now on. What an earlier device had learned and not sent is still its own.
   * @param {import('./membership.mjs').Seat} seat
   */
  async join(seat) {
    this.checkMember();
    await this.#membership.join(seat, this.#kept.thing, this.#kept.store, async () => {
      if (!this.#learners.isOfFile) await this.#kept.reset();
    });
  }

  /**
   * @param {import('./membership.mjs').Seat} seat
   * @param {boolean} forever the node is taken away, and not only deployed again
   */
  leave(seat, forever) {
    return this.#membership.leave(seat, forever);
  }

  commands = /** @type {const} */ ({
    save: async () => {
      await this.#kept.save();
      return { generation: this.#kept.generation, seen: this.#kept.thing.seen };
    },
    snapshot: () => Buffer.from(this.#kept.thing.save()),
    project: () => {
      const learner = this.#kept.thing;
      const { beginning: { project } = {}, unknownBelow } = this.#learners.description(learner);
      if (!project) throw new Error('project: this model did not begin as a project of the page; msg.command "snapshot" gives its network, which the page opens, too');
      const { labels } = learner;
      const samples = project.samples.filter(({ label }) => labels.includes(label));
      return Buffer.from(encodeProject({ ...project, unknownBelow, labels, samples, snapshot: learner.save() }));
    },
    reset: () =>
      this.#membership.inTurn(async () => {
        const { seen, labels } = await this.#kept.reset();
        await this.#keepBeginning();
        return { seen, labels };
      }),
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
      if (this.#membership.device) throw new Error('forget: the labels are those of the fleet; take the fleet node away first');
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

  async close() {
    if (!this.#kept.refused) this.#rehearsal.finish();
    this.#rehearsal.close();
    await this.#membership.leave();
    await this.#kept.close();
  }

  /**
   * @param {ArrayLike<number>} x
   * @param {string} label
   */
  #teach(x, label) {
    try {
      (this.#membership.device ?? this.#kept.thing).learn(x, label);
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      throw new RangeError(inWordsOfDialog(message), { cause: error });
    }
  }

  /** Another learner has taken the place of the one before. @param {Learner} learner */
  #renew(learner) {
    this.#membership.renew(learner, this.#kept.store);
    this.#become(this.#learners.description(learner));
    this.#rehearsal.close();
    this.#rehearsal = this.#newRehearsal();
    this.#measures = new Measures();
    this.#adaptation = this.#noAdaptation();
    this.#pending = new PendingLabels(this.#adaptation);
  }

  /** @param {import('./learners.mjs').Description} description */
  #become({ inputs, window, fields }) {
    this.inputs = inputs;
    this.window = window;
    this.fields = fields;
  }

  /** With the learner that began, where that is on disk. */
  async #keepBeginning() {
    if (this.#folder !== undefined) await keepBeginning(this.#folder, this.#learners.description(this.#kept.thing).beginning);
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
