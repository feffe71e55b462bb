/** What a run says beside the committed results: cells whose figure has moved, so that a change of the learner can be judged at a glance. */
import type { CellResult } from './result.js';

const NOTABLE = 1; // points

/** One line a cell and column that moved by more than a point, the greatest loss first; then the mean over all cells that both have. */
export function changes(before: readonly CellResult[], after: readonly CellResult[]): string {
  const moved = after.flatMap((cell) => {
    const old = before.find(({ group, regime, data }) => group === cell.group && regime === cell.regime && data === cell.data);
    return cell.own.flatMap(({ name, mean }) => {
      const was = old?.own.find((line) => line.name === name)?.mean;
      return was === undefined ? [] : { text: `${cell.regime}: ${cell.data}, ${name} ${was.toFixed(1)} -> ${mean.toFixed(1)}`, name, by: mean - was };
    });
  });
  if (moved.length === 0) return 'no cell of this run is in the committed results';
  const lines = moved.filter(({ by }) => Math.abs(by) > NOTABLE).sort((a, b) => a.by - b.by).map(({ text, by }) => `${signed(by).padStart(6)}  ${text}`);
  const means = [...new Set(moved.map(({ name }) => name))].map((name) => {
    const own = moved.filter((one) => one.name === name);
    return `${name} ${signed(own.reduce((sum, { by }) => sum + by, 0) / own.length)}`;
  });
  return [...lines, `mean of ${moved.length / means.length} cells against the committed results: ${means.join(', ')}`].join('\n');
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(1)}`;
}
