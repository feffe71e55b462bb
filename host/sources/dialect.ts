/** How a CSV is written, told by its first lines: comments, a header among them, and the delimiter. */
import { cellNumber } from './columns.js';

/** Without the comments at its top, and how many lines those were. "# a, b, y" over "1, 2, on" is not one, but the header. */
export function cutComments(head: string): { body: string; cut: number } {
  const line = /[^\r\n]*(?:\r\n|\n|\r|$)/y;
  let comment = '';
  let cut = 0;
  let at = 0;
  for (let text = line.exec(head)![0]; /^\s*#/.test(text); text = line.exec(head)![0]) {
    comment = text;
    cut++;
    at = line.lastIndex;
  }
  const body = head.slice(at);
  if (cut === 0) return { body, cut };
  if (body.trim() === '') throw new Error('the file holds comments only: every line starts with #');
  const delimiter = findDelimiter(body);
  const header = comment.replace(/^\s*#+ */, '');
  const names = fieldsOf(header, delimiter);
  const below = fieldsOf(/[^\r\n]*/.exec(body)![0], delimiter);
  const isNumber = (cell: string) => !Number.isNaN(cellNumber(cell.trim()) ?? NaN);
  if (names.length < 2 || names.length !== below.length || names.some(isNumber) || !below.some(isNumber)) return { body, cut };
  return { body: header + body, cut: cut - 1 };
}

/** One line in its fields, quoted ones blanked out. */
function fieldsOf(line: string, delimiter: string): string[] {
  const bare = line.replace(/"[^"]*"/g, 'q').trim();
  return delimiter === ' ' ? bare.split(/ +/) : bare.split(delimiter);
}

/** The delimiter that cuts most of the first lines into the same number of fields, more than one; commas if none does. */
export function findDelimiter(head: string): string {
  const lines = head.split(/\r\n|\n|\r/, 50).filter((line) => line.trim() !== '');
  if (lines.length > 1) lines.pop(); // may be cut short
  let best = ',';
  let most = 0;
  for (const delimiter of [',', ';', '\t', '|', ' ']) {
    const tally = new Map<number, number>();
    for (const line of lines) {
      const fields = fieldsOf(line, delimiter).length;
      if (fields > 1) tally.set(fields, (tally.get(fields) ?? 0) + 1);
    }
    const even = Math.max(0, ...tally.values());
    if (even > most) {
      most = even;
      best = delimiter;
    }
  }
  return best;
}
