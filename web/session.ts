/** A network and the signal it listens to: cuts moments into samples, answers each, and learns those that are taught. */
import { createLearner } from '../host/create-learner.js';
import type { Learner } from '../host/learner.js';
import type { Prediction } from '../host/prediction.js';
import type { LearnerConfig, LearnerWishes } from '../host/config.js';
import { Measures } from '../host/measures.js';
import { Rehearsal } from '../host/rehearsal.js';

export interface Shape {
  readonly channels: number;
  /** Moments of a sample; below 8 each moment is a sample of its own. */
  readonly window: number;
}

export interface Answer extends Prediction {
  x: Float32Array;
  /** The label that it was taught as, if it was. */
  taught: string | undefined;
}

/** Past samples that are kept where labels are taught by hand, one after the other: 8 kB of a wand's strokes. */
export const EXEMPLARS = 200;

/** Labels that there is room for, where a signal does not bring more: two bytes a unit each. */
const LABEL_ROOM = 12;

export function configOf({ channels, window }: Shape, settings: LearnerWishes, labels: readonly string[] = []): LearnerConfig {
  const input = window > 1 ? { window: { axes: channels, samples: window } } : { inputs: channels };
  return { ...input, labels, labelCapacity: Math.max(LABEL_ROOM, labels.length), ...settings };
}

export class Session {
  learner: Learner;
  /** The sample answered last. */
  answer: Answer | undefined;
  /** A label that is held: every sample that ends is taught as this. */
  held: string | undefined;
  measures = new Measures([], { window: 50 });
  /** Accuracy over the last samples, after each one taught. */
  history: number[] = [];
  onAnswer: (answer: Answer) => void = () => {};

  readonly shape: Shape;
  #buffer: Float32Array;
  #filled = 0;
  #rehearsal: Rehearsal;
  /** Figures go by numbers, so that a label can be renamed. */
  #ids = new Map<string, string>();
  #next = 0;

  static async create(shape: Shape, settings: LearnerWishes, labels: readonly string[] = []): Promise<Session> {
    return new Session(shape, await createLearner(configOf(shape, settings, labels)));
  }

  constructor(shape: Shape, learner: Learner) {
    this.shape = shape;
    this.learner = learner;
    this.#buffer = new Float32Array(learner.inputs);
    this.#rehearsal = new Rehearsal(learner);
  }

  /** Says why a learner cannot listen to a signal of this shape; undefined if it can. */
  static mismatch({ channels, window }: Shape, { config }: Learner): string | undefined {
    const takes = config.window === null ? `single moments of ${config.inputs} values` : `windows of ${config.window.samples} moments of ${config.window.axes} axes`;
    const own = window > 1 ? `windows of ${window} moments of ${channels} axes` : `single moments of ${channels} values`;
    return takes === own ? undefined : `it takes ${takes}, this signal gives ${own}: choose the signal it was taught with`;
  }

  /** Another network for the same signal. */
  replace(learner: Learner): void {
    this.close();
    this.learner = learner;
    this.#rehearsal = new Rehearsal(learner);
    this.measures = new Measures([], { window: 50 });
    this.history = [];
    this.#ids.clear();
    this.answer = undefined;
    this.held = undefined;
  }

  /** Lets go of the network. */
  close(): void {
    this.#rehearsal.close();
    this.learner.dispose();
  }

  /** No label is held any more: what was taught is rehearsed at once. Elsewhere a lesson has ended when a second has brought none. */
  release(): void {
    this.held = undefined;
    this.#rehearsal.now();
  }

  /** How much of the sample under way is there, 0 to 1. */
  get filled(): number {
    return this.#filled / this.#buffer.length;
  }

  /** The sample under way is given up: the next one begins with the next moment. */
  restart(): void {
    this.#filled = 0;
  }

  /** @param truth what the signal itself calls the moment, where it is to be the teacher */
  take(moment: ArrayLike<number>, truth?: string): void {
    this.#buffer.set(moment, this.#filled);
    this.#filled += this.shape.channels;
    if (this.#filled < this.#buffer.length) return;
    this.#filled = 0;
    const x = this.#buffer.slice();
    this.answer = { ...this.learner.predict(x), x, taught: undefined };
    const label = this.held ?? truth;
    if (label !== undefined) this.teachLast(label);
    this.onAnswer(this.answer);
  }

  /** Teaches the sample answered last, once: it was predicted before, so it counts for the accuracy. False where there is none left to teach. */
  teachLast(label: string): boolean {
    const { answer } = this;
    if (answer === undefined || answer.taught !== undefined) return false;
    this.learner.learn(answer.x, label); // may refuse
    answer.taught = label;
    const id = this.#id(label);
    this.measures.add(id, answer.label === undefined ? undefined : this.#id(answer.label), true, answer.probability);
    this.history.push(this.measures.recent);
    if (this.history.length > 4000) this.history = this.history.filter((_, i) => i % 2 === 1);
    return true;
  }

  rename(from: string, to: string): void {
    this.learner.renameLabel(from, to);
    const id = this.#id(from);
    this.#ids.delete(from);
    this.#ids.set(to, id);
    if (this.held === from) this.held = to;
    if (this.answer?.label === from) this.answer.label = to;
    if (this.answer?.taught === from) this.answer.taught = to;
  }

  forget(label: string): void {
    this.learner.forgetLabel(label);
    this.#ids.delete(label); // a new label of this name is another
    if (this.held === label) this.held = undefined;
  }

  /** Share of a label's samples that were answered rightly; undefined before the first. */
  recall(label: string): number | undefined {
    const id = this.#ids.get(label);
    return id === undefined ? undefined : this.measures.recall(id);
  }

  /** How often samples taught as one label were answered as another, in the order of the learner's labels. */
  get confusion(): number[][] {
    const { labels, counts } = this.measures.confusion;
    const at = this.learner.labels.map((label) => labels.indexOf(this.#ids.get(label) ?? ''));
    return at.map((truth) => at.map((answer) => counts[truth]?.[answer] ?? 0));
  }

  #id(label: string): string {
    let id = this.#ids.get(label);
    if (id === undefined) this.#ids.set(label, (id = String(this.#next++)));
    return id;
  }
}
