/** A network and the signal it listens to: cuts moments into samples, answers each, and learns those that are taught. */
import type { Learner } from '../host/learner.js';
import { Measures } from '../host/measures.js';
import type { Prediction } from '../host/prediction.js';
import { Rehearsal } from '../host/rehearsal.js';
import type { Alike } from './alike.js';
import type { Shape } from './learners.js';
import type { Trial } from './trial.js';

export interface Answer extends Prediction {
  x: Float32Array;
  /** Moments of it that were in no sample before. */
  fresh: number;
  /** The label that it was taught as, if it was. */
  taught: string | undefined;
  /** The label that it was held as in a test; OTHER for none of them. */
  asked: string | undefined;
  /** How much nearer it is to what was taught as each label than as any other, where that is what tells the unknown; 0 to 1. */
  alike: ReadonlyMap<string, number> | undefined;
}

/** A sound so many times quieter than the quietest lesson, 24 dB, is none of those that were taught: the room, with nobody in it. */
const QUIET = 16;

export class Session {
  learner: Learner;
  /** The sample answered last. */
  answer: Answer | undefined;
  /** A label that is held: every sample that ends is taught as this, or tested. */
  held: string | undefined;
  measures = new Measures([], { window: 50 });
  /** Accuracy over the last samples, after each one taught. */
  history: number[] = [];
  onAnswer: (answer: Answer) => void = () => {};
  onLesson: (label: string, x: Float32Array) => void = () => {};
  /** Of sounds and pictures, which familiarity does not tell. */
  alike: Alike | undefined;

  /** There while the visitor tests: nothing is learned. */
  trial: Trial | undefined;

  readonly shape: Shape;
  readonly #buffer: Float32Array;
  #filled = 0;
  /** Moments so far; at the end of the last answer; of the last one that counted for the accuracy. */
  #moments = 0;
  #answeredAt = 0;
  #countedAt = -Infinity;
  #truth: string | undefined;
  /** Of all sound that was taught. */
  #quietest = Infinity;
  #rehearsal: Rehearsal;
  /** Figures go by numbers, so that a label can be renamed. */
  #ids = new Map<string, string>();
  #next = 0;

  /** @throws RangeError for a window that has no moment: no sample would ever end */
  constructor(shape: Shape, learner: Learner) {
    if (!(shape.window >= 1)) throw new RangeError(`window: ${shape.window} moments make no sample: choose 1 or more`);
    this.shape = shape;
    this.learner = learner;
    this.#buffer = new Float32Array(learner.inputs);
    this.#rehearsal = new Rehearsal(learner);
  }

  /** Another network for the same signal, which has learned the same. */
  adopt(learner: Learner, rehearsal: Rehearsal = new Rehearsal(learner)): void {
    this.close();
    this.learner = learner;
    this.#rehearsal = rehearsal;
  }

  /** Another network for the same signal, which knows something else. */
  replace(learner: Learner): void {
    this.adopt(learner);
    this.answer = undefined;
    this.held = undefined;
    this.#quietest = Infinity;
    this.beginFigures();
  }

  /** The accuracy is that of another network from now on. */
  beginFigures(): void {
    this.measures = new Measures([], { window: 50 });
    this.history = [];
    this.#ids.clear();
  }

  /** Lets go of the network. */
  close(): void {
    this.#rehearsal.close();
    this.learner.dispose();
  }

  /** No label is held any more: what was taught is rehearsed at once. Elsewhere a lesson has ended when a second has brought none. */
  release(): void {
    this.held = undefined;
    if (this.trial === undefined) this.#rehearsal.now();
  }

  /** The signal comes no more: what it said last is no answer to what comes next. */
  end(): void {
    this.restart();
    this.release();
    this.alike?.restart();
    this.answer = undefined;
  }

  /** The sample under way is given up: the next one begins with the next moment. */
  restart(): void {
    this.#filled = 0;
  }

  /**
   * @param moments one or more, each of `channels` values
   * @param truth what the signal itself calls them, where it is to be the teacher
   */
  take(moments: ArrayLike<number>, truth?: string): void {
    if (this.shape.hop !== undefined && truth !== this.#truth) this.restart(); // half of one label and half of another is a sample of neither
    this.#truth = truth;
    const { length } = this.#buffer;
    for (let at = 0; at < moments.length; ) {
      const count = Math.min(length - this.#filled, moments.length - at);
      for (let i = 0; i < count; i++) this.#buffer[this.#filled + i] = moments[at + i]!;
      at += count;
      this.#filled += count;
      this.#moments += count / this.shape.channels;
      if (this.#filled < length) return;
      this.#ends(truth);
    }
  }

  /** A sample is complete: it is answered, taught if somebody says what it is, and the next one begins. */
  #ends(truth: string | undefined): void {
    const { window, hop = window, channels } = this.shape;
    const x = this.#buffer.slice();
    const prediction = this.learner.predict(x);
    const label = this.learner.seen === 0 ? undefined : prediction.label; // the first of its labels is no answer of one that was taught nothing
    this.answer = { ...prediction, label, x, fresh: Math.min(window, this.#moments - this.#answeredAt), taught: undefined, asked: undefined, alike: label === undefined ? undefined : this.alike?.of(x) };
    this.#answeredAt = this.#moments;
    this.#buffer.copyWithin(0, hop * channels);
    this.#filled -= hop * channels;
    const lesson = this.held ?? truth;
    if (lesson !== undefined) this.show(lesson);
    this.onAnswer(this.answer);
  }

  /** The sample answered last is of this label: that is taught, or tested. False where it was before, or there is none. */
  show(label: string): boolean {
    if (this.trial === undefined) return this.teachLast(label);
    if (this.answer === undefined || this.answer.asked !== undefined) return false;
    this.answer.asked = label;
    return true;
  }

  /**
   * Teaches the sample answered last, once. It was predicted before, so it counts for the accuracy, unless part of it was taught already. False where there is
   * none left to teach.
   */
  teachLast(label: string): boolean {
    const { answer } = this;
    if (answer === undefined || answer.taught !== undefined) return false;
    this.learner.learn(answer.x, label); // may refuse
    answer.taught = label;
    this.knows(answer.x);
    this.onLesson(label, answer.x);
    if (this.#moments - this.#countedAt < this.shape.window) return true;
    this.#countedAt = this.#moments;
    const id = this.#id(label);
    this.measures.add(id, answer.label === undefined ? undefined : this.#id(answer.label), true, answer.probability);
    this.history.push(this.measures.recent);
    if (this.history.length > 4000) this.history = this.history.filter((_, i) => i % 2 === 1);
    return true;
  }

  /** This was taught, now or before: of sound, how loud is too quiet to be any of it. */
  knows(x: Float32Array): void {
    if (this.shape.audio !== undefined) this.#quietest = Math.min(this.#quietest, loudness(x));
  }

  isQuiet({ x }: Answer): boolean {
    return this.shape.audio !== undefined && this.#quietest < Infinity && loudness(x) < this.#quietest / QUIET;
  }

  rename(from: string, to: string): void {
    this.learner.renameLabel(from, to);
    const id = this.#id(from);
    this.#ids.delete(from);
    this.#ids.set(to, id);
    if (this.held === from) this.held = to;
    this.alike?.restart();
    const { answer } = this;
    if (answer === undefined) return;
    if (answer.label === from) answer.label = to;
    if (answer.taught === from) answer.taught = to;
    if (answer.alike !== undefined) answer.alike = new Map(Array.from(answer.alike, ([label, share]) => [label === from ? to : label, share]));
  }

  forget(label: string): void {
    this.learner.forgetLabel(label);
    this.#ids.delete(label); // a new label of this name is another
    this.alike?.restart();
    if (this.held === label) this.held = undefined;
    if (this.answer?.label === label) this.answer = undefined;
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

const loudness = (x: Float32Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length);
