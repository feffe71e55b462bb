/** What the continual benchmark prints: one row a protocol, then the streams of the abrupt change. */
import type { Line } from './measure.js';
import { isMet } from './measure.js';
import type { Protocol, Target } from './protocols.js';
import { RIVALS } from './rivals.js';

export interface Result {
  name: string;
  title: string;
  figure: string;
  target?: Target;
  met?: boolean;
  seeds: number[];
  settings: object; // onward's, beyond its defaults
  rivalsKey: string; // hash of the code that made the rivals' lines
  lines: Line[]; // onward first
}

export const ONWARD = 'onward';
const COLUMNS = [ONWARD, 'no memory', ...Object.values(RIVALS)];

export function targetText(target: Target | undefined): string {
  if (target === undefined) return '';
  return 'atLeast' in target ? `>= ${target.atLeast}` : `<= ${target.atMost}`;
}

export function table(results: readonly Result[]): string {
  const head = 'protocol'.padEnd(64) + ['target', ...COLUMNS].map((name) => name.padStart(21)).join('') + '  met';
  const rows = results.map((result) => {
    const cells = COLUMNS.map((column) => {
      const line = result.lines.find(({ learner }) => learner === column);
      return (line ? `${line.mean.toFixed(1)} +- ${line.deviation.toFixed(1)}` : '-').padStart(21);
    });
    return result.title.padEnd(64) + targetText(result.target).padStart(21) + cells.join('') + `  ${result.met === undefined ? '' : result.met ? 'yes' : 'NO'}`;
  });
  return [head, ...rows, ...results.flatMap(details)].join('\n');
}

/** Settings tried, other settings of onward, figures by stream. */
function details({ title, lines }: Result): string[] {
  const rest = lines.filter(({ learner, tried }) => tried || !COLUMNS.includes(learner)).map(({ learner, mean, deviation, tried, chosenBy }) => {
    const by = (setting: string) => (chosenBy ? ` at accuracy ${chosenBy[setting].toFixed(1)}` : '');
    const scan = tried ? ` (${Object.entries(tried).map(([setting, value]) => `${setting}: ${value.toFixed(1)}${by(setting)}`).join(', ')})` : '';
    return `    ${learner} ${mean.toFixed(1)} +- ${deviation.toFixed(1)}${scan}`;
  });
  const { parts = {}, memoryBytes } = lines.find(({ learner }) => learner === ONWARD) ?? {};
  const streams = Object.entries(parts).map(([stream, part]) => `    ${stream}: ${Object.entries(part).map(([key, value]) => `${key} ${value.toFixed(1)}`).join(', ')}`);
  const memory = memoryBytes === undefined ? [] : [`    memory of onward: ${memoryBytes.toLocaleString('en')} bytes`];
  return ['', title, ...memory, ...rest, ...streams];
}

export function resultOf(protocol: Protocol, seeds: number[], settings: object, rivalsKey: string, lines: Line[]): Result {
  const { name, title, figure, target } = protocol;
  const own = lines.find(({ learner }) => learner === ONWARD);
  return { name, title, figure, target, met: target && own && isMet(own, target), seeds, settings, rivalsKey, lines };
}
