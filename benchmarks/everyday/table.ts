/** The matrix as Markdown: a table a group, figures that a small rival beats in bold with the rival's name, and how many they are. */
import { ahead, AHEAD, lost, SMALL, type CellResult, type EverydayResult, type Line } from './result.js';

export function matrixTable(result: EverydayResult): string {
  const groups = [...new Set(result.cells.map(({ group }) => group))];
  return [...groups.map((group) => `## ${group}\n\n${groupTable(result, result.cells.filter((cell) => cell.group === group))}`), counts(result)].join('\n\n');
}

function groupTable({ settings }: EverydayResult, cells: readonly CellResult[]): string {
  const rivals = settings.rivals.map(({ name }) => name);
  const heads = ['regime: samples (inputs, labels)', ...settings.columns.map(({ name }) => name), ...rivals];
  const rows = cells.map((cell) => [
    `${cell.regime}: ${cell.data} (${cell.inputs}, ${cell.labels})${cell.figure === 'accuracy' ? '' : `, ${cell.figure}`}`,
    ...cell.own.map((line, column) => ownCell(line, ahead(cell, column))),
    ...rivals.map((name) => rivalCell(cell.rivals.find((line) => line.name === name))),
  ]);
  return [heads, heads.map((_, column) => (column === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Mean, and the worst seed. */
function ownCell({ mean, worst }: Line, rival: Line | undefined): string {
  const text = `${mean.toFixed(1)} (${worst.toFixed(0)})`;
  return rival === undefined ? text : `**${text} ${rival.name}**`;
}

/** In brackets where it takes more than 16 kB. */
function rivalCell(line: Line | undefined): string {
  if (line === undefined) return '';
  return line.bytes > SMALL ? `[${line.mean.toFixed(1)}]` : line.mean.toFixed(1);
}

export function counts({ cells, settings }: EverydayResult): string {
  const each = settings.columns.map(({ name }, column) => `${name} ${lost(cells, column)} of ${cells.length} cells`);
  return `A rival of at most ${SMALL / 1024} kB is more than ${AHEAD} point better: ${each.join('; ')}.`;
}
