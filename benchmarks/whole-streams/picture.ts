/** The critical-difference picture of Demšar, as SVG: learners on an axis of mean ranks, the best on the left; a bar joins those that do not differ. */
import { groups } from './ranks.js';

const WIDTH = 720;
const MARGIN = 150;

export function picture(learners: readonly { name: string; rank: number }[], distance: number): string {
  const sorted = [...learners].sort((a, b) => a.rank - b.rank);
  const most = sorted.length;
  const at = (rank: number): number => MARGIN + ((rank - 1) / (most - 1)) * (WIDTH - 2 * MARGIN);
  const bars = groups(sorted.map(({ rank }) => rank), distance);
  const top = 46;
  const names = top + 18 + 9 * bars.length;
  const half = Math.ceil(most / 2);
  const height = names + 18 * half + 10;
  const text = (x: number, y: number, anchor: string, words: string): string => `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}">${words}</text>`;
  const line = (x1: number, y1: number, x2: number, y2: number, width = 1): string => `<line x1="${x1.toFixed(1)}" y1="${y1}" x2="${x2.toFixed(1)}" y2="${y2}" stroke-width="${width}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Mean ranks: ${sorted.map(({ name, rank }) => `${name} ${rank.toFixed(2)}`).join(', ')}; critical difference ${distance.toFixed(2)}">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    '<g font-family="sans-serif" font-size="12" fill="#222" stroke="none">',
    ...Array.from({ length: most }, (_, i) => text(at(i + 1), top - 8, 'middle', String(i + 1))),
    text(at(1), 14, 'start', `critical difference ${distance.toFixed(2)} (Nemenyi, 0.05)`),
    ...sorted.map(({ name, rank }, i) => (i < half ? text(MARGIN - 12, names + 18 * i + 4, 'end', `${name} ${rank.toFixed(1)}`) : text(WIDTH - MARGIN + 12, names + 18 * (most - 1 - i) + 4, 'start', `${rank.toFixed(1)} ${name}`))),
    '</g>',
    '<g stroke="#222" fill="none">',
    line(at(1), top, at(most), top),
    ...Array.from({ length: most }, (_, i) => line(at(i + 1), top - 4, at(i + 1), top)),
    line(at(1), 22, at(1 + Math.min(distance, most - 1)), 22, 2),
    ...bars.map(([from, to], i) => line(at(sorted[from].rank) - 3, top + 9 + 9 * i, at(sorted[to].rank) + 3, top + 9 + 9 * i, 3)),
    ...sorted.map(({ rank }, i) => {
      const y = names + 18 * (i < half ? i : most - 1 - i);
      return `<polyline points="${at(rank).toFixed(1)},${top} ${at(rank).toFixed(1)},${y} ${i < half ? MARGIN - 8 : WIDTH - MARGIN + 8},${y}"/>`;
    }),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
