/** docs/everyday.md with its tables made anew from a result. */
import type { EverydayResult } from './result.js';
import { matrixTable } from './table.js';
import { targetTable } from './targets.js';

const START = '<!-- matrix -->';
const END = '<!-- /matrix -->';

export function withMatrix(page: string, result: EverydayResult): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`docs/everyday.md: "${START}" or "${END}" is missing; the matrix has no place`);
  const { settings, machine, seconds } = result;
  const { cpu, node } = machine as { cpu: string; node: string };
  const made = `Mean of ${settings.seeds.length} seeds, the worst seed in brackets; ${cpu}, Node ${node}, ${Math.round(seconds / 60)} minutes.`;
  return `${page.slice(0, start)}${START}\n${made}\n\n${matrixTable(result)}\n\n## Targets\n\n${targetTable(result.targets)}\n${page.slice(end)}`;
}
