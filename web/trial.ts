/** A test: labels are held as in lessons, nothing is learned, and every answer counts. */
import type { Answer } from './session.js';

/** Held for what is none of the labels; "unknown" is the right answer to it. No label has this name. */
export const OTHER = '';

export interface Score {
  right: number;
  all: number;
  /** Most of its wrong answers said this; OTHER: unknown. */
  mistaken: string | undefined;
}

export class Trial {
  readonly #answers = new Map<string, Map<string, number>>();
  #last: Answer | undefined;

  /** @param said a label, or OTHER where it was unknown */
  add(answer: Answer, said: string): void {
    if (answer.asked === undefined || answer === this.#last) return;
    this.#last = answer;
    let counts = this.#answers.get(answer.asked);
    if (counts === undefined) this.#answers.set(answer.asked, (counts = new Map()));
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }

  /** Undefined where nothing was held as this label. */
  score(label: string): Score | undefined {
    const counts = this.#answers.get(label);
    if (counts === undefined) return undefined;
    let [all, most, mistaken] = [0, 0, undefined as string | undefined];
    for (const [said, count] of counts) {
      all += count;
      if (said !== label && count > most) [most, mistaken] = [count, said];
    }
    return { right: counts.get(label) ?? 0, all, mistaken };
  }

  /** Over all labels that were held, and the one that was answered worst. */
  get total(): { right: number; all: number; worst: string | undefined } {
    let [right, all, least, worst] = [0, 0, 1, undefined as string | undefined];
    for (const label of this.#answers.keys()) {
      const score = this.score(label)!;
      right += score.right;
      all += score.all;
      if (score.right / score.all < least) [least, worst] = [score.right / score.all, label];
    }
    return { right, all, worst };
  }
}
