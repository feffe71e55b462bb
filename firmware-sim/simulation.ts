// The experiment of `onward simulate`: samples through a board, each predicted, then labelled; Node learns the same beside it, and in
// the end both must hold the same bytes.

import type { Learner } from '../host/learner.js';
import type { Device, Session } from './device.js';
import { encodeFrame, labelFrame, type Frame } from '../host/sources/slip.js';
import { learnedHash } from './learners.js';
import type { Play } from './recording.js';
import { costsOf, statusOf, vectorSession, type LabelledSample } from './vectors.js';

export interface Experiment {
  readonly session: Session;
  /** Label index of each sample. */
  readonly truth: readonly number[];
  /** The sample as the board sees it. */
  x(index: number): ArrayLike<number>;
}

/** Windows from the sensor, labels over the link, each half a window after the window it names: time enough for a save in between. */
export function windowExperiment(play: Play, samples: number): Experiment {
  const messages = play.labels.map((label, index) => ({ tick: Math.floor((index + 1.5) * samples), bytes: labelFrame(index + 1, label) }));
  const end = (play.labels.length + 1) * samples;
  messages.push({ tick: end, bytes: encodeFrame('?', 0) });
  // The sensor goes on to the end: the board must not wait for readings that never come.
  const { axes, values } = play.recording;
  const padded = new Int16Array((end + 20) * axes);
  padded.set(values);
  return { session: { recording: { axes, values: padded }, messages, ticks: end + 20 }, truth: play.labels, x: play.window };
}

/** Samples and labels over the link. @param spare ticks of 20 ms from one to the next, for a board that takes longer */
export function rowExperiment(samples: readonly LabelledSample[], spare = 1): Experiment {
  return { session: vectorSession(samples, spare), truth: samples.map(({ label }) => label), x: (index) => samples[index]!.x };
}

export interface Simulation {
  readonly samples: number;
  readonly accuracy: number;
  /** True if board and Node hold the same learned bytes in the end. */
  readonly bytesEqual: boolean;
  /** Mean cost of a prediction in cycles or instructions, the features of its window included. */
  readonly predict: number;
  /** Mean and greatest cost of a learned sample. */
  readonly learn: number;
  readonly learnMost: number;
  readonly saves: number;
  readonly stackBytes: number;
  /** Frames that the board could not read. */
  readonly damaged: number;
}

export async function simulate(device: Device, node: Learner, experiment: Experiment, watch?: (seen: number, right: number) => void): Promise<Simulation> {
  const { session, truth, x } = experiment;
  let right = 0;
  let seen = 0;
  let saves = 0;
  const follow = (frame: Frame): void => {
    if (frame.type === 'F') saves++;
    if (frame.type !== 'P' || seen === truth.length) return;
    if (frame.body.getUint8(0) === truth[seen]) right++;
    seen++;
    watch?.(seen, right);
  };
  const outcome = await device.play(session, follow);
  if (outcome.end !== 'off') throw new Error(`${device.board.name}: the firmware ended with a ${outcome.end} after ${seen} samples`);
  truth.forEach((label, index) => node.learn(x(index), node.labels[label]!));

  const predicted = costsOf(outcome.frames, 'P', device.countsEach).slice(0, truth.length);
  const learned = costsOf(outcome.frames, 'T', device.countsEach);
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const status = statusOf(outcome);
  return {
    samples: seen,
    accuracy: right / seen,
    bytesEqual: status.hash === learnedHash(node),
    predict: mean(predicted),
    learn: mean(learned),
    learnMost: Math.max(...learned),
    saves,
    stackBytes: status.stack,
    damaged: status.damaged,
  };
}
