// The costs of a learner on a board: the numbers of budgets.json, of the tables and of the chart.

import { boardNamed, boards, type Board } from './boards.js';
import { learnerSource } from './build.js';
import { buildDevice } from './devices.js';
import { judge, learners } from './learners.js';
import type { Play } from './recording.js';
import { rowExperiment, simulate, windowExperiment } from './simulation.js';
import { samplesFor } from './vectors.js';

export type LearnerName = keyof typeof learners;

/** The learners that each gate board has the RAM for. */
export const fits: Readonly<Record<string, readonly LearnerName[]>> = {
  rp2040: ['wide16', 'wide8', 'small', 'decorrelating', 'remembering', 'fan'],
  microbit: ['wide8', 'small', 'decorrelating', 'remembering', 'fan'],
  'mps2-an386': ['wide16', 'wide8', 'small', 'decorrelating', 'remembering', 'fan'],
  'mps2-an505': ['wide16', 'wide8', 'small', 'remembering'],
  'mps3-an547': ['wide16', 'wide8', 'small', 'remembering'],
  stm32vldiscovery: ['small', 'decorrelating', 'remembering'],
  riscv: ['wide16', 'wide8', 'small', 'decorrelating', 'remembering', 'fan'],
  'riscv-v': ['wide16', 'wide8', 'small', 'remembering'],
};

export interface Measurement {
  readonly board: string;
  readonly learner: LearnerName;
  /** firmware/hand.h instead of the translated core. */
  readonly byHand: boolean;
  /** Of firmware/kernels.h. */
  readonly kernels: Board['kernels'] | 'plain C';
  readonly counts: Board['counts'];
  /** Cycles or instructions: mean prediction, mean learned sample, one that updates every layer. */
  readonly predict: number;
  readonly learn: number;
  readonly learnMost: number;
  /** Bytes. */
  readonly flash: number;
  readonly ram: number;
  readonly stack: number;
  readonly bytesEqual: boolean;
}

/** True of what a board would be given: neither written by hand nor with kernels left out. */
export const isShipped = ({ board, byHand, kernels }: Pick<Measurement, 'board' | 'byHand' | 'kernels'>): boolean => !byHand && kernels === (boardNamed(board).kernels ?? 'plain C');

/** Measured on 120 made-up samples, the fan on the windows of a recording. Simulators are deterministic: the same numbers every time. */
export async function measure(board: Board, learner: LearnerName, recording: Play, { byHand = false, plain = false, flags = [] }: { byHand?: boolean; plain?: boolean; flags?: readonly string[] } = {}): Promise<Measurement> {
  const config = learners[learner];
  const { device, image } = buildDevice(board, learnerSource(config), { saveEvery: 100_000, byHand: byHand ? config : undefined, flags: plain ? ['-DONWARD_PLAIN_C', ...flags] : flags });
  const experiment = config.window ? windowExperiment(recording, config.window.samples) : rowExperiment(samplesFor(config, 120, 7));
  const result = await simulate(device, await judge(config), experiment);
  if (result.damaged > 0) throw new Error(`${board.name}: ${result.damaged} frames came damaged`);
  return {
    board: board.name,
    learner,
    byHand,
    kernels: plain ? 'plain C' : (board.kernels ?? 'plain C'),
    counts: board.counts,
    predict: Math.round(result.predict),
    learn: Math.round(result.learn),
    learnMost: Math.round(result.learnMost),
    flash: image.flashBytes,
    ram: image.ramBytes,
    stack: result.stackBytes,
    bytesEqual: result.bytesEqual,
  };
}

/** Windows of the recording that the fan learner is measured on: every 20th, all speeds. */
export const measuredWindows = (_: unknown, index: number): boolean => index % 20 === 0;

/** The learners for which hand-written C stands beside the translation. */
export const compared = (board: Board, learner: LearnerName): boolean => board.name === 'rp2040' && !['fan', 'remembering'].includes(learner);

/** Boards and learners that are measured with plain C too: what their kernels are held against. */
export const beside = (board: Board, learner: LearnerName): boolean => board.kernels !== undefined && board.like === undefined && ['wide16', 'wide8', 'small'].includes(learner);

export async function measureAll(recording: Play, each: (measurement: Measurement) => void = () => {}): Promise<Measurement[]> {
  const all: Measurement[] = [];
  for (const board of boards) {
    for (const learner of fits[board.name]!) {
      for (const options of [{}, ...(compared(board, learner) ? [{ byHand: true }] : []), ...(beside(board, learner) ? [{ plain: true }] : [])]) {
        const measurement = await measure(board, learner, recording, options);
        each(measurement);
        all.push(measurement);
      }
    }
  }
  return all;
}
