// The learners of the boards by kernels: a column for each instruction set that firmware-sim/firmware/kernels.h knows, beside plain C on the same board.

import type { Measurement } from '../firmware-sim/measure.js';

type Row = Pick<Measurement, 'board' | 'kernels' | 'byHand' | 'predict' | 'learn'> & { readonly learner: string };

const columns: readonly [board: string, kernels: Measurement['kernels'], title: string][] = [
  ['mps2-an386', 'plain C', 'plain C, M4'], ['mps2-an386', 'DSP', 'DSP, M4'], ['mps2-an505', 'DSP', 'DSP, M33'], ['mps3-an547', 'Helium', 'Helium, M55'],
  ['riscv', 'plain C', 'plain C, RV32'], ['riscv-v', 'V', 'V, RV32'],
];
/** Products of a weight and an input in one prediction. */
const products: Readonly<Record<string, number>> = { wide16: 64 * 64 + 128 * 32, wide8: 64 * 64 + 128 * 32, small: 16 * 32 + 48 * 32 };

export function kernelTable(all: readonly Row[], names: Readonly<Record<string, string>>): string {
  const cell = (learner: string, cost: 'predict' | 'learn') => ([board, kernels]: (typeof columns)[number]): string => {
    const row = all.find((one) => one.board === board && one.kernels === kernels && one.learner === learner && !one.byHand)!;
    return `${row[cost].toLocaleString('en-US')}${cost === 'predict' ? ` (${(row.predict / products[learner]!).toFixed(1)})` : ''}`;
  };
  return [
    `| learner | | ${columns.map(([, , title]) => title).join(' | ')} |`,
    `| --- | --- |${columns.map(() => ' ---: |').join('')}`,
    ...Object.keys(products).flatMap((learner) => (['predict', 'learn'] as const).map((cost) => `| ${names[learner]} | ${cost} | ${columns.map(cell(learner, cost)).join(' | ')} |`)),
  ].join('\n');
}
