// The bar chart of BENCHMARKS.md: time of a prediction and of a learned sample on the RP2040, RAM on every board. SVG, no library.

import { boardNamed } from './boards.js';
import { isShipped, type Measurement } from './measure.js';

const WIDTH = 760;
const LEFT = 250;
const BAR = 13;
const BLUE = '#2a78d6';
const ORANGE = '#d97b29';
const GREY = '#6b7280';

interface Bar {
  readonly label: string;
  readonly values: readonly { readonly value: number; readonly text: string; readonly colour: string }[];
}

function panel(title: string, bars: readonly Bar[], top: number): { svg: string; bottom: number } {
  const most = Math.max(...bars.flatMap(({ values }) => values.map(({ value }) => value)));
  const parts = [`<text x="16" y="${top + 16}" font-weight="600">${title}</text>`];
  let y = top + 32;
  for (const { label, values } of bars) {
    parts.push(`<text x="${LEFT - 10}" y="${y + (values.length * BAR) / 2 + 4}" text-anchor="end">${label}</text>`);
    for (const { value, text, colour } of values) {
      const width = Math.max(1, ((WIDTH - LEFT - 130) * value) / most);
      parts.push(`<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 2}" rx="2" fill="${colour}"/>`);
      parts.push(`<text x="${(LEFT + width + 6).toFixed(1)}" y="${y + BAR - 4}" font-size="11" fill="${GREY}">${text}</text>`);
      y += BAR;
    }
    y += 9;
  }
  return { svg: parts.join('\n'), bottom: y + 8 };
}

export function chart(all: readonly Measurement[], names: Readonly<Record<string, string>>): string {
  const cycles = all.filter(({ counts, byHand }) => counts === 'cycles' && !byHand);
  const milliseconds = (row: Measurement, cost: number): number => (1000 * cost) / boardNamed(row.board).hertz;
  const time = panel('RP2040 at 125 MHz, milliseconds: a prediction (blue), a learned sample (orange)', cycles.map((row) => ({
    label: names[row.learner]!,
    values: [
      { value: milliseconds(row, row.predict), text: `${milliseconds(row, row.predict).toFixed(2)} ms`, colour: BLUE },
      { value: milliseconds(row, row.learn), text: `${milliseconds(row, row.learn).toFixed(2)} ms`, colour: ORANGE },
    ],
  })), 8);
  const ram = panel('RAM of the whole firmware with its stack, bytes (grey: what the board has, to 64 KB)', all.filter((row) => isShipped(row) && boardNamed(row.board).like === undefined).filter(({ learner }) => learner === 'fan' || learner === 'small').map((row) => {
    const board = boardNamed(row.board);
    return {
      label: `${board.title}, ${row.learner}`,
      values: [
        { value: row.ram + row.stack, text: (row.ram + row.stack).toLocaleString('en-US'), colour: BLUE },
        { value: Math.min(board.ram.bytes, 65536), text: board.ram.bytes.toLocaleString('en-US'), colour: '#d1d5db' },
      ],
    };
  }), time.bottom);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${ram.bottom}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2937">
<rect width="100%" height="100%" fill="#ffffff"/>
${time.svg}
${ram.svg}
</svg>
`;
}
