import { UNKNOWN, type Prediction } from '../prediction.js';

/** True of the features of a window without any sound. */
export function isSilent(features: ArrayLike<number>): boolean {
  return Number.isNaN(features[0]); // its level
}

/** The same learner, which from now on answers features of such a window by `nothingHeard`. */
export function hearing<T extends { predict(x: ArrayLike<number>): Prediction }>(learner: T): T {
  const predict = learner.predict.bind(learner);
  return Object.assign(learner, { predict: (x: ArrayLike<number>) => (isSilent(x) ? nothingHeard(predict(x)) : predict(x)) });
}

/** The answer to such a window: nothing speaks for a label, so each is as likely as the others. */
export function nothingHeard<L extends string>(prediction: Prediction<L>): Prediction<L> {
  const { label, familiar, scores } = prediction;
  if (label === undefined) return prediction; // there are no labels yet
  const each = 1 / scores.length;
  return { ...prediction, label: UNKNOWN, probability: each, familiar: familiar === undefined ? undefined : 0, probabilities: new Float64Array(scores.length).fill(each) };
}
