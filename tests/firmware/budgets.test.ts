// Cycles, instructions and bytes of every gate board against firmware-sim/budgets.json. The simulators are deterministic, so
// 2 % is room for another compiler's minor version and for nothing else. `npm run bench:firmware -- --accept` sets them anew.

import { readFileSync } from 'node:fs';

import { boardNamed, boards, type Board } from '../../firmware-sim/boards.js';
import { detectorBoards, detectorExperiments, measureDetector, type DetectorMeasurement, type DetectorName } from '../../firmware-sim/detector.js';
import { learners } from '../../firmware-sim/learners.js';
import { compared, fits, measure, measuredWindows, type LearnerName, type Measurement } from '../../firmware-sim/measure.js';
import { playOf, type Play } from '../../firmware-sim/recording.js';
import { fanWindows } from '../../cli/fan.js';
import { assert, suite } from '../suite.js';
import { toolsOf } from './tools.js';

const { learners: budgets, detectors: detectorBudgets } = JSON.parse(readFileSync(new URL('../../firmware-sim/budgets.json', import.meta.url), 'utf8')) as {
  learners: Omit<Measurement, 'counts' | 'bytesEqual' | 'byHand' | 'kernels'>[];
  detectors: Omit<DetectorMeasurement, 'counts' | 'bytesEqual'>[];
};
const kinds = ['predict', 'learn', 'learnMost', 'flash', 'ram', 'stack'] as const;

let recording: Promise<Play> | undefined;
const fan = (): Promise<Play> => (recording ??= fanWindows(1).then(({ labels, windows }) => playOf(windows.filter(measuredWindows), labels, learners.fan.window!.axes)));

/** The simulators give the same numbers every time, so each learner is measured once on a board. */
const measured = new Map<string, Promise<Measurement>>();
function once(board: Board, learner: LearnerName): Promise<Measurement> {
  const key = `${board.name} ${learner}`;
  if (!measured.has(key)) measured.set(key, fan().then((recording) => measure(board, learner, recording)));
  return measured.get(key)!;
}

for (const board of boards) {
  const test = suite(`firmware budgets of ${board.name}`, ...toolsOf(board.name));
  for (const learner of fits[board.name]!) {
    test(learner, async () => {
      const budget = budgets.find((row) => row.board === board.name && row.learner === learner);
      assert.ok(budget, 'there is no budget for it');
      const found = await once(board, learner);
      assert.ok(found.bytesEqual, 'other bytes than Node');
      for (const kind of kinds) assert.ok(found[kind] <= 1.02 * budget[kind], `${kind}: ${found[kind]}, budget ${budget[kind]}`);
    });
  }
  for (const name of detectorBoards.includes(board) ? (Object.keys(detectorExperiments) as DetectorName[]) : []) {
    test(`${name} detector`, async () => {
      const budget = detectorBudgets.find((row) => row.board === board.name && row.detector === name);
      assert.ok(budget, 'there is no budget for it');
      const found = await measureDetector(board, name);
      assert.ok(found.bytesEqual, 'other bytes than Node');
      for (const kind of ['observe', 'observeMost', 'flash', 'ram', 'stack'] as const) {
        assert.ok(found[kind] <= 1.02 * budget[kind], `${kind}: ${found[kind]}, budget ${budget[kind]}`);
      }
    });
  }
  for (const learner of fits[board.name]!.filter((name) => compared(board, name))) {
    test(`${learner}: the translation costs at most 1.35 times hand-written C, which learns the same bytes`, async () => {
      const [ours, hand] = [await once(board, learner), await measure(board, learner, await fan(), { byHand: true })];
      assert.ok(hand.bytesEqual, 'hand.h learns other bytes than Node');
      for (const kind of ['predict', 'learn', 'learnMost'] as const) assert.ok(ours[kind] <= 1.35 * hand[kind], `${kind}: ${ours[kind]} against ${hand[kind]}`);
    });
  }
  test.run();
}

const kernels = suite('kernels by instruction set', ...toolsOf('mps2-an386'));

kernels('the same board in plain C learns the same bytes, and takes at least 1.5 times the instructions of a prediction', async () => {
  const board = boardNamed('mps2-an386');
  const plain = await measure(board, 'wide8', await fan(), { plain: true });
  assert.ok(plain.bytesEqual);
  assert.ok(plain.predict >= 1.5 * (await once(board, 'wide8')).predict, `${plain.predict}`);
});

kernels.run();

const ide = suite('flags of an IDE', ...toolsOf('rp2040'));

ide('-Os, -O2 and -O3, without a flag of ours, take at most a tenth more cycles than the budget, and learn the same bytes', async () => {
  const budget = budgets.find(({ board, learner }) => board === 'rp2040' && learner === 'small')!;
  for (const level of ['-Os', '-O2', '-O3']) {
    const found = await measure(boardNamed('rp2040'), 'small', await fan(), { flags: [level, '-ftree-reassoc'] });
    assert.ok(found.bytesEqual, level);
    for (const kind of ['predict', 'learn', 'learnMost'] as const) assert.ok(found[kind] <= 1.1 * budget[kind], `${level} ${kind}: ${found[kind]}, budget ${budget[kind]}`);
  }
});

ide.run();

const goals = suite('what was promised');

goals('the fan learner, stack and all, in the 16 KB of a microbit', () => {
  const row = budgets.find(({ board, learner }) => board === 'microbit' && learner === 'fan')!;
  assert.ok(row.ram + row.stack <= 16 * 1024);
});

goals('16-[32, 32]-4 leaves 1.5 KB of an 8 KB board', () => {
  const row = budgets.find(({ board, learner }) => board === 'stm32vldiscovery' && learner === 'small')!;
  assert.ok(row.ram + row.stack <= 8 * 1024 - 1536);
});

goals.run();
