// assembly/tables.ts, from its formulas: `node --import tsx scripts/tables.ts` writes it, tests/tables.test.ts compares.
// The reference takes its tables from here, so that it shares no number with the core.

import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const table = (entry: (k: number) => number): readonly number[] => Array.from({ length: 65 }, (_, k) => Math.round(entry(k)));

/** 65535 * 2^(-k/64), k = 0..64 */
export const EXP2 = table((k) => 65535 * 2 ** (-k / 64));
/** 32767 * sin(pi/2 * k/64), k = 0..64 */
export const SINE = table((k) => 32767 * Math.sin((Math.PI / 2) * (k / 64)));

/** The text of assembly/tables.ts. */
export function tablesSource(): string {
  return [
    '// Constant tables. `scripts/tables.ts` recomputes them; a test compares.\n',
    source('EXP2', 'u16', '65535 * 2^(-k/64), k = 0..64, u16.', EXP2),
    source('SINE', 'i16', '32767 * sin(pi/2 * k/64), k = 0..64, i16: a quarter wave.', SINE),
  ].join('\n');
}

function source(name: string, type: string, comment: string, values: readonly number[]): string {
  const rows = [];
  for (let at = 0; at < values.length; at += 13) rows.push(`  ${values.slice(at, at + 13).join(', ')},\n`);
  return `/** ${comment} */\n// @ts-ignore: decorator\n@lazy\nexport const ${name}: usize = memory.data<${type}>([\n${rows.join('')}]);\n`;
}

const self = fileURLToPath(import.meta.url);
if (argv[1] === self) writeFileSync(fileURLToPath(new URL('../assembly/tables.ts', import.meta.url)), tablesSource());
