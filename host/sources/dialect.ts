/** How a table is written, told by its first lines: what stands above it, its delimiter and its quote. */
import { cellNumber } from './cells.js';
import { SPARSE_HEADER, isLibsvm, rangeOf, type Sparse, type SparseWishes } from './libsvm.js';

/** How rows are cut into cells. */
export interface Dialect {
  delimiter: string;
  quote: '"' | "'";
  /** Lines that begin so are no rows. */
  comment: '#' | '%';
  /** Each line begins with its time and an arrow, as a serial monitor writes it: 12:00:01.234 -> 20.5,3 */
  arrow?: true;
  /** The names are those of an ARFF file, its first row is a header for certain. */
  header: boolean;
  /** Rows are those of libsvm. */
  sparse?: Sparse;
}

/** The head of a table without what stands above it, and how many lines that was. */
export interface Opening {
  dialect: Dialect;
  body: string;
  cut: number;
  told: string[];
}

const LINE = /[^\n]*(?:\n|$)/y;

/**
 * @param head the first characters of the file, lines ended by \n
 * @param sparse what is known of the file, where it is one of libsvm
 * @throws where they are those of a format that is no table, by its name
 */
export function openingOf(head: string, sparse: SparseWishes = {}): Opening {
  if (/^\s*<(!doctype html|html|head|body|table)\b/i.test(head)) throw new Error('this is an HTML page, not a table: the address gave a page to look at; save the data itself');
  if (/^\s*<\?xml\b/i.test(head)) throw new Error('this is XML, not a table: export it as CSV');
  if (/^\s*[[{]\s*["{[\]}]/.test(head)) throw new Error('this is JSON, not a table: onward learn, detect and predict take one object a line (--source FILE)');
  if (head.includes('\0')) throw new Error('this is not a text file');
  if (/^(\s*|%[^\n]*\n)*@relation\b/i.test(head)) return arff(head);
  if (isLibsvm(head)) return libsvm(head, sparse);
  if (hasArrows(head)) {
    const delimiter = findDelimiter(head.replace(/^.*? -> /gm, ''));
    return { dialect: { ...dialectWith(delimiter), arrow: true }, body: head, cut: 0, told: [] };
  }
  const named = /^\s*"?sep=(.)"?[^\S\n]*(\n|$)/i.exec(head);
  if (named) {
    const rest = cutComments(head.slice(named[0].length), named[1]);
    return { ...rest, cut: rest.cut + 1, told: [] };
  }
  return { ...cutComments(head), told: [] };
}

const ARROW = /^\d{1,2}:\d{2}:\d{2}(\.\d+)? -> /;

function hasArrows(head: string): boolean {
  const lines = head.split('\n', 20).filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.slice(0, -1).every((line) => ARROW.test(line));
}

function dialectWith(delimiter: string): Dialect {
  return { delimiter, quote: '"', comment: '#', header: false };
}

/** Without the comments at its top, and how many lines those were. "# a, b, y" over "1, 2, on" is not one, but the header. */
function cutComments(head: string, given?: string): Omit<Opening, 'told'> {
  let comment = '';
  let cut = 0;
  let at = 0;
  LINE.lastIndex = 0;
  for (let text = LINE.exec(head)![0]; /^\s*#/.test(text); text = LINE.exec(head)![0]) {
    comment = text;
    cut++;
    at = LINE.lastIndex;
  }
  const body = head.slice(at);
  if (cut > 0 && body.trim() === '') throw new Error('the file holds comments only: every line starts with #');
  const delimiter = given ?? findDelimiter(body);
  const dialect = dialectWith(delimiter);
  if (cut === 0) return { dialect, body, cut };
  const header = comment.replace(/^\s*#+ */, '');
  const names = fieldsOf(header, delimiter);
  const below = fieldsOf(/[^\n]*/.exec(body)![0], delimiter);
  const isNumber = (cell: string) => !Number.isNaN(cellNumber(cell.trim()) ?? NaN);
  if (names.length < 2 || names.length !== below.length || names.some(isNumber) || !below.some(isNumber)) return { dialect, body, cut };
  return { dialect, body: header + body, cut: cut - 1 };
}

/** One line in its fields, quoted ones blanked out; delimiters at its end do not count. */
function fieldsOf(line: string, delimiter: string): string[] {
  const bare = line.replace(/"[^"]*"/g, 'q').trim();
  const fields = delimiter === ' ' ? bare.split(/ +/) : bare.split(delimiter);
  while (fields.length > 1 && fields.at(-1)!.trim() === '') fields.pop();
  return fields;
}

/**
 * The delimiter that cuts most of the first lines into the same number of fields, more than one; commas if none does. Of two that cut
 * as evenly it is the one that is no decimal comma; blanks only where nothing else cuts half of the lines: dates have blanks too.
 */
function findDelimiter(head: string): string {
  const lines = head.split('\n', 100).filter((line) => line.trim() !== '');
  if (lines.length > 1) lines.pop(); // may be cut short
  let best = ',';
  let most = 0;
  for (const delimiter of ['\t', ';', '|', ',', ' ']) {
    const tally = new Map<number, number>();
    for (const line of lines) {
      const fields = fieldsOf(line, delimiter).length;
      if (fields > 1) tally.set(fields, (tally.get(fields) ?? 0) + 1);
    }
    const even = Math.max(0, ...tally.values());
    if (even > most && !(delimiter === ' ' && most >= lines.length / 2)) {
      most = even;
      best = delimiter;
    }
  }
  return best;
}

/** "1 1:20 2:0.5": a label, then index:value. */
function libsvm(head: string, { labelled = true, ...known }: SparseWishes): Opening {
  const range = rangeOf(head.slice(0, head.lastIndexOf('\n') + 1) || head, known);
  return {
    dialect: { ...dialectWith(' '), header: true, sparse: { ...range, labelled } },
    body: `${SPARSE_HEADER}\n${head}`,
    cut: -1,
    told: [`the libsvm format: columns ${range.from} to ${range.to} by their index, 0 where a row does not have it${/\sqid:/.test(head) ? '; qid is left out' : ''}`],
  };
}

/** Makes a header of what an ARFF file says of its columns; its rows are those of a CSV with single quotes. */
function arff(head: string): Opening {
  const names: string[] = [];
  let cut = 0;
  LINE.lastIndex = 0;
  while (LINE.lastIndex < head.length) {
    const line = LINE.exec(head)![0];
    cut++;
    const [, quoted, plain] = /^\s*@attribute\s+(?:'((?:[^'\\]|\\.)*)'|"?([^\s"]+)"?)/i.exec(line) ?? [];
    const name = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    if (name !== undefined) names.push(name);
    if (!/^\s*@data\b/i.test(line)) continue;
    const body = head.slice(LINE.lastIndex);
    if (/^\s*\{/.test(body.replace(/^(\s*|%[^\n]*\n)*/, ''))) throw new Error('this is a sparse ARFF file ({index value, ..}): save it dense, or as CSV');
    const header = names.map((each) => `'${each.replaceAll("'", "''")}'`).join(',');
    return { dialect: { delimiter: ',', quote: "'", comment: '%', header: true }, body: `${header}\n${body}`, cut: cut - 1, told: [`an ARFF file of ${names.length} columns`] };
  }
  throw new Error('this ARFF file has no @data in its first lines: save it as CSV');
}
