/** docs/streams.md with its table made anew from a result. */
import { hurtTable } from './hurt.js';
import type { StreamResult } from './table.js';

const START = '<!-- hurt -->';
const END = '<!-- /hurt -->';

export function withHurt(page: string, streams: readonly StreamResult[]): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`docs/streams.md: "${START}" or "${END}" is missing; the table has no place`);
  return `${page.slice(0, start)}${START}\n${hurtTable(streams)}\n${page.slice(end)}`;
}
