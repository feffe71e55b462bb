/** Choice of the label's column: the last one, unless that cannot be. */
import { isMissing } from './cells.js';
import type { Column, Survey } from './columns.js';
import { bareName, columnName } from './column-names.js';
import { SERIES_NAME, type Stacked } from './stacked.js';
import { ID_NAME, MEASUREMENT_NAME, TIME_NAME, clockKind } from './time-column.js';

/** Names that are a label's column for certain; more than one such column are more than one label. */
export const LABEL_FAMILY = /^(label|class|target|truth|ground[ _-]?truth|annotation)s?([ _.-]?\w{1,24})?$|[ _.-](label|class|target)s?$/i;
/** And what it may be called. */
const LABEL_NAME = /^(y|state|status|activity|activities|mode|category|outcome|gesture|event|fault|failure|condition|anomaly|diagnosis|species|quality|occupancy|occupied|zustand|klasse|classe|clase|etat|état|estado|result|is_\w+)$/i;
const REMARK_NAME = /^(comments?|remarks?|notes?|memo|description|message|text|info|kommentare?|bemerkung(en)?|hinweise?|anmerkung(en)?|notiz(en)?|commentaires?|remarques?|observ\w+|notas?|opmerking(en)?)$/i;

/** Names of things that a row is of, which are no labels: sensor.kitchen, device 7. */
const NO_LABEL_NAME = new RegExp(`${SERIES_NAME.source}|${ID_NAME.source}|^(device|machine|unit|station|node|site|room|location|subject|user|person)s?([ _.-]?(name|no|number))?$`, 'i');

/** Nothing tells which column is the label. */
export class LabelNeeded extends Error {
  /** The columns there are. */
  readonly columns: readonly string[];

  constructor(message: string, columns: readonly string[]) {
    super(message);
    this.columns = columns;
  }
}

/**
 * The last column that can be one: not remarks, times, or what is different in every row. Where it is a measurement, it is the one column of
 * words that is called like a label. @param stacked what is said of series in one column @throws LabelNeeded where that is none
 */
export function chooseLabel(survey: Survey, end: number, warnings: string[], stacked: Stacked | undefined): number {
  const { columns, names, rows, width } = survey;
  const nameOf = (i: number) => names?.[i] ?? '';
  let last = end - 1;
  const skipped: string[] = [];
  for (; last > 0; last--) {
    const why = whyNoLabel(columns[last]!, nameOf(last), last, rows, last > 0 ? columns[last - 1]! : undefined);
    if (why === undefined) break;
    skipped.push(`${bareName(names, last)} (${why})`);
  }
  if (last === 0 && width > 1 && whyNoLabel(columns[0]!, nameOf(0), 0, rows, undefined) !== undefined) last = end - 1; // none is better
  const column = columns[last]!;
  const named = Array.from({ length: end }, (_, i) => i).filter((i) => i !== last && isWords(columns[i]!) && (LABEL_FAMILY.test(nameOf(i)) || LABEL_NAME.test(nameOf(i))));
  const words = columns.flatMap((each, i) => (i !== last && i < end && isWords(each) ? [i] : []));
  const called = named.length === 0 && words.length === 1 && words[0] === 0 && !NO_LABEL_NAME.test(nameOf(0)) ? words : named;
  const why = whyMeasured(column, nameOf(last), rows);
  const isCalled = LABEL_FAMILY.test(nameOf(last)) || LABEL_NAME.test(nameOf(last));
  if (why !== undefined || (!isCalled && column.texts === 0 && !isBinary(column) && called.length === 1)) {
    if (called.length === 1) {
      const found = called[0]!;
      warnings.push(`label: ${bareName(names, found)}, ${found === 0 ? 'the first column' : `column ${found}`}, because ${bareName(names, last)}, the last one, holds ${why ?? 'numbers'}; --label COLUMN names another`);
      return found;
    }
    throw new LabelNeeded(
      `column ${columnName(names, last)}, the last one, holds ${why}: a measurement is no label; --label COLUMN names the label's${words.length > 0 ? ` (${words.slice(0, 6).map((i) => bareName(names, i)).join(', ')}?)` : ''}${stacked ? `; ${stacked.told}` : ''}`,
      columns.map((_, i) => bareName(names, i)),
    );
  }
  if (last === stacked?.column) throw new LabelNeeded(`no column tells a label: ${stacked.told}; or --label COLUMN`, columns.map((_, i) => bareName(names, i)));
  if (skipped.length > 0 && last < end - 1) warnings.push(`label: ${bareName(names, last)}, because behind it there is only ${skipped.join(', ')}`);
  return last;
}

const isBinary = ({ fractions, low, high }: Column): boolean => !fractions && low.value! >= 0 && high.value! <= 1;

/** Few words, each again and again. */
function isWords({ kinds, numbers, words }: Column): boolean {
  const texts = kinds.word + kinds.switch;
  return texts > 0 && numbers === 0 && kinds.date + kinds.clock + kinds.unit === 0 && words !== undefined && words.size >= 2 && texts >= 2 * words.size;
}

function whyNoLabel(column: Column, name: string, place: number, rows: number, before: Column | undefined): string | undefined {
  const { kinds, numbers, texts, words } = column;
  const filled = numbers + texts;
  if (filled === 0) return 'nothing';
  if (kinds.date + kinds.clock > 0.9 * filled) return 'times';
  if (texts === 0 && TIME_NAME.test(name) && clockKind(column, name, place) !== undefined) return 'a clock';
  const text = kinds.word + kinds.switch;
  if (text === filled && rows >= 8 && filled === rows && words?.size === 1) return `${[...words.keys()][0]} in every row`;
  if (text < 0.5 * filled || rows < 8) return undefined;
  if (REMARK_NAME.test(name)) return 'remarks';
  const different = words === undefined ? Infinity : [...words.keys()].filter((word) => !isMissing(word)).length;
  if (filled < rows / 2 && (different > filled / 2 || (before !== undefined && isWords(before) && before.missing === 0))) return 'remarks';
  if (filled >= 20 && different > 0.9 * filled) return 'another word in every row';
  return undefined;
}

/** Says why a column is a measurement, and no label; undefined if it may be one. */
function whyMeasured({ fractions, low, high, texts, kinds, words, steps }: Column, name: string, rows: number): string | undefined {
  if (texts > 0 && kinds.unit < texts) return undefined;
  const different = words?.size ?? Infinity;
  const such = `${steps.count > 0 ? `numbers from ${low.value} to ${high.value}` : 'numbers'}${different === Infinity ? '' : `, ${different} different ones`}`;
  if (kinds.unit > 0) return `${such}, with a unit`;
  if (rows < 8) return undefined;
  const called = LABEL_FAMILY.test(name) || LABEL_NAME.test(name);
  if (fractions && (different > 10 || 3 * different > rows || (!called && name !== ''))) return such;
  if (called || different <= 2) return undefined;
  if (MEASUREMENT_NAME.test(name)) return such;
  if (low.value! < 0 && (different > 3 || low.value! < -1)) return such;
  return different > 20 && different > rows / 5 ? such : undefined;
}
