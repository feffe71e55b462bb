/**
 * Gaussian naive Bayes: a mean and a variance a label and input. A variance counts one sample more, with the input's variance over all labels, so that
 * one sample a label is enough for an answer.
 */
import type { Contestant } from '../script.js';
import { InputMoments } from './moments.js';

export class NaiveBayes implements Contestant {
  private readonly classes: (InputMoments | undefined)[] = []; // by label
  private readonly counts: number[] = [];
  private readonly overall: InputMoments;

  constructor(private readonly inputs: number) {
    this.overall = new InputMoments(inputs);
  }

  teach(x: Float32Array, label: number): void {
    this.overall.observe(x);
    (this.classes[label] ??= new InputMoments(this.inputs)).observe(x);
    this.counts[label] = (this.counts[label] ?? 0) + 1;
  }

  answer(x: Float32Array): number {
    let best = -1;
    let most = -Infinity;
    this.classes.forEach((own, label) => {
      let score = Math.log(this.counts[label]);
      for (let i = 0; i < this.inputs; i++) {
        const d = x[i] - own!.mean[i];
        const all = this.overall.variance(i);
        if (d !== d || all <= 1e-12 || own!.count[i] === 0) continue;
        const v = (own!.sumOfSquares(i) + all) / (own!.count[i] + 1);
        score -= 0.5 * (Math.log(v) + (d * d) / v);
      }
      if (score > most) [most, best] = [score, label];
    });
    return best;
  }

  /** Mean and variance an input and label, a count a label, the variance of the inputs. */
  bytes(): number {
    return 4 * (this.counts.filter((count) => count > 0).length * (2 * this.inputs + 1) + 2 * this.inputs);
  }
}
