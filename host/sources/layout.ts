/** Meaning of a table: which column is the label, which are inputs and how their cells become numbers, and what is left out and why. */
import { isMissing, switchValue } from './cells.js';
import { FEW_WORDS, type Column, type Survey } from './columns.js';
import type { DayOrder } from './dates.js';
import { cellLabel, foldLabels, isPlainNumber, labelKey, orderLabels } from './labels.js';
import { argument, bareName, columnName, findColumn, quote } from './column-names.js';
import { LABEL_FAMILY, LabelNeeded, chooseLabel } from './label-column.js';
import { stackedBy, type Stacked } from './stacked.js';
import { clockKind, isCounter, ID_NAME, TIME_NAME } from './time-column.js';
import type { KnownLabels } from './sample.js';
import { columnUnit, unitChange, type UnitChange } from './units.js';

/** How a column becomes an input. One of words becomes one input for each word, which is 1 where the cell is that word. */
export interface Input {
  /** Name of the input: that of its column, with the word behind it where there is one. */
  name: string;
  /** Its column, from 0. */
  column: number;
  /** `number`: as it stands; `switch`: ON 1, OFF 0; `word`: is it this word?; `difference`: from the row before. */
  as: 'number' | 'switch' | 'word' | 'difference';
  /** The word, where `as` is `word`. */
  word?: string;
  /** Unit of its values, where a row of units, the name or the cells tell. */
  unit?: string;
  /** Of a file in another unit than the one that was learned: what makes its values those. */
  change?: UnitChange;
  /** Numbers of this column that stand for no value. */
  missing?: readonly number[];
}

/** Roles of the columns, and how a cell becomes a number: plain JSON, so that another file can be read the same way (`like`), at any time. */
export interface Layout {
  /** The header, if there is one. */
  names?: readonly string[];
  width: number;
  comma: boolean;
  inputs: readonly Input[];
  /** Undefined where no row has a label. */
  label?: number;
  labelName: string;
  labels: readonly string[];
  /** Labels are numbers: 1, 1.0 and "1" are one. */
  numericLabels: boolean;
  group?: number;
  time?: TimeColumn;
  /** Numbers that stand for no value in every column. */
  missing: readonly number[];
  /** The column that says which series a row belongs to, where series were stacked. */
  series?: string;
}

/** The column with the time of a row. */
export interface TimeColumn {
  column: number;
  /** A clock of the same moment, where the date stands in a column of its own. */
  clock?: number;
  order: DayOrder;
}

/** Decisions of the caller about a table. */
export interface Wishes {
  /** The label's column, by name or by index from 0; null: there is none, every column of numbers is a channel. Default: found, mostly the last. */
  label?: string | number | null | undefined;
  drop?: readonly (string | number)[] | undefined;
  /** Columns that are inputs though they look like clocks, row numbers or ids, or hold text between their numbers. */
  take?: readonly (string | number)[] | undefined;
  /** Columns that only grow, to be learned by what they add from row to row. */
  differences?: readonly (string | number)[] | undefined;
  group?: string | number | undefined;
  time?: string | number | undefined;
  /** Numbers that stand for no value. Default: those that are plainly none, see `sentinels`. */
  missing?: readonly number[] | undefined;
  known?: KnownLabels | undefined;
  /** More rows and labels are to come: what is not there yet is no mistake. */
  open?: boolean | undefined;
}

/** A learner's limits: a label's index fits a byte; the accumulators are proven for 4096 inputs. */
const MAX_LABELS = 256;
const MAX_INPUTS = 4096;
/** Text in a column of numbers: below this share a sensor's slip, from it on a column that is something else. */
const MAX_TEXT_SHARE = 0.05;
/** So many texts and no number are no slip. */
const LEAST_TEXTS = 3;
/** A stream that has shown so few rows may yet show a value in a column. */
const FEW_ROWS = 20;
/** A column of more different words is no category. */
const MOST_WORDS = 16;

/** @param warnings gets one sentence for each decision */
export function layoutOf(survey: Survey, wishes: Wishes, warnings: string[]): Layout {
  const { columns, names, width } = survey;
  const find = (column: string | number) => findColumn(column, names, width);
  let end = width;
  while (end > 1 && !columns[end - 1]!.filled && columns[end - 1]!.absent === 0 && (names?.[end - 1] ?? '') === '') end--;

  const stacked = stackedBy(survey);
  if (stacked) warnings.push(stacked.told);
  const label = wishes.label === null ? undefined : wishes.label !== undefined ? find(wishes.label) : labelOf(survey, end, wishes, stacked, warnings);
  const group = wishes.group === undefined ? undefined : find(wishes.group);
  const named = wishes.time === undefined ? undefined : find(wishes.time);
  const nameOf = (i: number) => columnName(names, i);
  if (named !== undefined && named === label) throw new Error(`column ${nameOf(named)} is the label and cannot be the time too`);
  const dropped = new Set((wishes.drop ?? []).flatMap((column) => all(column, survey)));
  const kept = new Set((wishes.take ?? []).flatMap((column) => all(column, survey)));
  const differences = new Set((wishes.differences ?? []).map(find));
  if (label !== undefined && dropped.has(label)) throw new Error(`column ${nameOf(label)} is the label and cannot be left out too`);

  const left: string[] = [];
  const times: number[] = [];
  const inputs: Input[] = [];
  for (let i = 0; i < end; i++) {
    if (i === label || i === group || i === named || dropped.has(i)) continue;
    const why = kept.has(i) || differences.has(i) ? undefined : whyLeftOut(survey, i, wishes, label);
    if (why !== undefined) {
      if (why.time) times.push(i);
      left.push(`${bareName(names, i)} (${why.reason})`);
      continue;
    }
    inputs.push(...inputsOf(survey, i, differences.has(i), kept.has(i), wishes, warnings, left));
  }
  tellNames(survey, warnings);
  if (left.length > 0) warnings.push(`${label === undefined ? '' : `label: ${bareName(names, label)}; `}left out: ${left.slice(0, 20).join(', ')}${left.length > 20 ? `, ... (${left.length} columns)` : ''}`);

  const labels = label === undefined ? { labels: [], numericLabels: false } : wishes.known ? knownLabels(wishes.known.names) : findLabels(columns[label]!, nameOf(label), survey.rows, wishes, warnings);
  if (inputs.length > MAX_INPUTS) throw new Error(`${inputs.length} columns of numbers, at most ${MAX_INPUTS} can be inputs: leave others out with --drop COLUMN,..`);
  if (inputs.length === 0) throw new Error(`no column of numbers is left${label === undefined ? '' : ` beside the label, column ${nameOf(label)}`}${left.length > 0 ? `; left out: ${left.slice(0, 6).join(', ')}` : ''}`);
  const time = timeOf(survey, named, times, warnings);
  return {
    ...(names ? { names } : {}),
    width,
    comma: survey.comma,
    inputs: distinct(inputs),
    ...(label === undefined ? {} : { label }),
    labelName: label === undefined ? '' : bareName(names, label),
    ...labels,
    ...(group === undefined ? {} : { group }),
    ...(time ? { time } : {}),
    missing: wishes.missing ?? [],
  };
}

/** The label's column; where nothing tells it, what else is to be known before one is named: clocks and counters. */
function labelOf(survey: Survey, end: number, wishes: Wishes, stacked: Stacked | undefined, warnings: string[]): number {
  try {
    return chooseLabel(survey, end, warnings, stacked);
  } catch (error) {
    if (!(error instanceof LabelNeeded)) throw error;
    for (const [i, column] of survey.columns.entries()) {
      const name = bareName(survey.names, i);
      const why = whyLeftOut(survey, i, wishes, undefined);
      if (why?.time) error.message += `; ${name} is left out (${why.reason})`;
      else if (!why && isCounter(column, name)) error.message += `; ${name} is a counter (--differences ${argument(survey.names, i)})`;
    }
    throw error;
  }
}

/** Every column of that name, where more than one has it. */
function all(column: string | number, { names, width }: Survey): number[] {
  const same = (names ?? []).flatMap((name, i) => (name === String(column) ? [i] : []));
  return same.length > 1 ? same : [findColumn(column, names, width)];
}

/** Why a column is no input, and whether it is a time. */
function whyLeftOut({ columns, names, rows, width }: Survey, i: number, { open, label: wanted }: Wishes, label: number | undefined): { reason: string; time?: boolean } | undefined {
  const column = columns[i]!;
  const name = names?.[i] ?? '';
  const { kinds, numbers, texts, steps } = column;
  const filled = numbers + texts;
  if (i === 0 && names?.[0] === '' && width > 2) return { reason: 'it has no name: a row number' };
  if (filled === 0) return open && rows < FEW_ROWS ? undefined : { reason: column.absent > 0 ? `nothing but ${quote(column.absence!.cell)}` : 'empty' };
  if (kinds.date >= 0.9 * filled) return { reason: 'a date', time: true };
  if (kinds.clock >= 0.9 * filled) return { reason: 'a clock', time: true };
  if (texts === 0) {
    if (i === 0 && width > 1 && rows >= 10 && steps.rises === steps.count && steps.span === steps.count && !column.fractions) return { reason: 'it counts the rows' };
    const clock = width > 1 ? clockKind(column, name, i) : undefined;
    if (clock) return { reason: clock, time: true };
    if (ID_NAME.test(name) && column.fractions) return undefined;
  }
  if (wanted !== null && label !== undefined && LABEL_FAMILY.test(name) && LABEL_FAMILY.test(names?.[label] ?? '') && (column.words?.size ?? Infinity) <= FEW_WORDS) return { reason: `another label: --label ${argument(names, i)} takes it instead` };
  if (ID_NAME.test(name)) return { reason: 'an id' };
  const strange = kinds.word + kinds.unit - Math.max(0, ...column.units.values());
  if ((numbers + kinds.unit === 0 && kinds.switch < 0.95 * filled) || (filled >= 10 && strange > 0.5 * filled)) return wordsLeftOut(column, filled, wanted === null);
  return undefined;
}

function wordsLeftOut(column: Column, filled: number, channelsOnly: boolean): { reason: string } | undefined {
  const words = wordsOf(column);
  if (channelsOnly) return { reason: `text, such as ${quote(column.text!.cell)}` };
  if (words.length === 1) return { reason: `always ${quote(column.text!.cell)}` };
  if (words.length === 0 || words.length > MOST_WORDS || filled < 3 * words.length || column.kinds.word + column.kinds.switch < 0.95 * filled) return { reason: `text, such as ${quote(column.text!.cell)}${words.length === 0 ? '' : `, ${words.length} different ones`}` };
  return undefined;
}

/** The words of a column, spellings of one word together; none where there are more than were kept. */
function wordsOf({ words }: Column): string[] {
  const byKey = new Map<string, string>();
  for (const word of words?.keys() ?? []) if (!isMissing(word) && !byKey.has(labelKey(word))) byKey.set(labelKey(word), word);
  return orderLabels(byKey.values(), false);
}

/** @throws where the column is neither of numbers nor of words; `left` gets it instead where there are no labels */
function inputsOf({ columns, names, units, rows }: Survey, column: number, difference: boolean, isTaken: boolean, { label, open, missing }: Wishes, warnings: string[], left: string[]): Input[] {
  const found = columns[column]!;
  const { kinds, numbers, texts } = found;
  const name = bareName(names, column);
  const filled = numbers + texts;
  const unit = columnUnit(units, names, column);
  const none = missing === undefined ? sentinels(found, name, rows, warnings) : [];
  const said = { name, column, ...(unit === '' ? {} : { unit }), ...(none.length > 0 ? { missing: none } : {}) };
  if (found.absent > 0) warnings.push(`column ${quote(name)}: ${found.absent} cells such as ${quote(found.absence!.cell)} in row ${found.absence!.row} are missing values`);

  const others = kinds.word + kinds.date + kinds.clock;
  if (kinds.switch > 0 && kinds.switch + numbers + others === filled && others < MAX_TEXT_SHARE * filled && (numbers === 0 || (found.low.value! >= 0 && found.high.value! <= 1))) {
    tellText(found, name, others, warnings);
    const [one, zero] = [1, 0].map((value) => [...(found.words?.keys() ?? [])].find((word) => switchValue(word) === value));
    warnings.push(`column ${quote(name)}: ${one === undefined ? '' : `${one} is 1`}${one === undefined || zero === undefined ? '' : ', '}${zero === undefined ? '' : `${zero} is 0`}`);
    return [{ ...said, as: 'switch' }];
  }
  if (filled > 0 && kinds.word + kinds.switch >= 0.95 * filled && numbers + kinds.unit === 0) {
    const words = wordsOf(found);
    warnings.push(`column ${quote(name)} is a category: an input for each of ${words.slice(0, 6).map(quote).join(', ')}${words.length > 6 ? ', ...' : ''}`);
    return words.map((word) => ({ name: `${name}=${word}`, column, as: 'word', word }));
  }
  const [[common, times] = ['', 0]] = [...found.units].sort((a, b) => b[1] - a[1]);
  const strange = texts - [...found.units].reduce((sum, [each, n]) => sum + (unitChange(each, common) === undefined ? 0 : n), 0);
  const as = difference ? 'difference' : 'number';
  if (times > 0 && strange < MAX_TEXT_SHARE * filled) {
    warnings.push(`column ${quote(name)}: ${common} stands in ${times} cells behind the number, and is its unit${strange > 0 ? `; ${strange} cells hold something else` : ''}`);
    return [{ ...said, as, unit: common }];
  }
  if (texts > 0 && texts >= MAX_TEXT_SHARE * filled && !isOneWord(found) && !(isTaken && numbers > 0)) {
    if (label === null || open) {
      left.push(`${name} (text in ${((100 * texts) / filled).toFixed(0)} % of its cells)`);
      return [];
    }
    refuseText(found, names, column);
  }
  tellText(found, name, texts, warnings);
  if (isCounter(found, name) && !difference) warnings.push(`column ${quote(name)} is a counter: it ${found.steps.falls === 0 ? 'only grows' : `grows and ${found.steps.falls === 1 ? 'once begins' : `${found.steps.falls} times begins`} anew`}; --differences ${argument(names, column)} takes what it adds from row to row`);
  return [{ ...said, as }];
}

/** One and the same word, again and again, in a column of numbers: a word of absence that nobody told us. */
function isOneWord({ kinds, numbers, texts, words }: Column): boolean {
  if (texts !== kinds.word + kinds.switch || texts < 3 || numbers < texts || !words) return false;
  return [...words.keys()].filter((word) => Number.isNaN(Number(word)) && !isMissing(word)).length === 1;
}

function tellText({ text }: Column, name: string, texts: number, warnings: string[]): void {
  if (texts > 0 && text) warnings.push(`column ${quote(name)}: ${texts} cell${texts === 1 ? '' : 's'} of text taken as missing, the first is ${quote(text.cell)} in row ${text.row}`);
}

function refuseText({ text, texts, numbers }: Column, names: readonly string[] | undefined, i: number): never {
  throw new Error(`row ${text!.row}, column ${columnName(names, i)}: ${quote(text!.cell)} is not a number (${((100 * texts) / (texts + numbers)).toFixed(0)} % of the column is text); correct it, ${numbers > 0 ? `take its text for missing (--take ${argument(names, i)}), ` : ''}or leave the column out (--drop ${argument(names, i)})`);
}

/** Text in a column that another file has numbers in is missing; a column of nothing else is another column. */
export function checkText(column: Column, i: number, names: readonly string[] | undefined, warnings: string[]): void {
  const { kinds, numbers, text, words } = column;
  const truths = [...(words ?? [])].reduce((sum, [word, times]) => sum + (/^(true|false)$/i.test(word) ? times : 0), 0); // which are 1 and 0
  const strange = kinds.word + kinds.date + kinds.clock + kinds.switch - truths;
  if (strange === 0) return;
  if (numbers + kinds.unit === 0 && strange >= LEAST_TEXTS) throw new Error(`column ${columnName(names, i)} holds text alone, ${quote(text!.cell)} in row ${text!.row}, and numbers in the file that was learned: correct it, or leave its cells empty`);
  tellText(column, bareName(names, i), strange, warnings);
}

/** Numbers that programs write for no value: nines, and the limits of their words. */
const NO_NUMBER = /^(-99|-?999+(\.9+)?|-?32767|-?32768|65535|-?2147483647|-?2147483648|4294967295|1e\+?\d+|9\.9\d*e\+?\d+)$/;
const MAYBE_NO_NUMBER = /^(-200|-127|85|-273\.15|-\d+)$/;

/**
 * A value that stands far from all others and comes again exactly is no measurement. "Far" is three times what all others span. One that is
 * written as programs write no number is missing; another one gets a warning only. Gives the missing ones.
 */
function sentinels({ low, high, words, numbers }: Column, name: string, rows: number, warnings: string[]): number[] {
  const found: number[] = [];
  for (const [extreme, other] of [[low, high], [high, low]] as const) {
    const { value, next, times } = extreme;
    if (value === undefined || next === undefined || numbers < 8 || times > rows / 2) continue;
    const rest = Math.abs(next - other.value!);
    if (Math.abs(value - next) <= 3 * rest || (rest === 0 && (words?.size ?? 3) <= 2)) continue;
    if (NO_NUMBER.test(String(value)) && times >= 2) {
      found.push(value);
      warnings.push(`column ${quote(name)}: ${value} comes ${times} times, far from all other values: taken for missing; --missing none takes it as it stands`);
    } else if (MAYBE_NO_NUMBER.test(String(value)) && times >= 3) {
      warnings.push(`column ${quote(name)}: ${value} comes ${times} times, far from all other values: if it stands for no value, --missing ${value}`);
    }
  }
  return found;
}

function tellNames({ names }: Survey, warnings: string[]): void {
  const twice = [...new Set(names?.filter((name, i) => name !== '' && names.indexOf(name) !== i))];
  if (twice.length > 0) warnings.push(`more than one column is called ${twice.slice(0, 5).map(quote).join(', ')}: told apart by their order; --drop leaves out all of a name, a number from 0 one of them`);
}

/** Inputs of one name get a number. */
function distinct(inputs: readonly Input[]): Input[] {
  const seen = new Map<string, number>();
  return inputs.map((input) => {
    const times = (seen.get(input.name) ?? 0) + 1;
    seen.set(input.name, times);
    return times === 1 ? input : { ...input, name: `${input.name} (${times})` };
  });
}

/** The column of the time: the one that was named; else the first date, with the clock that stands beside it, or the first clock. */
function timeOf({ columns, names }: Survey, named: number | undefined, found: readonly number[], warnings: string[]): TimeColumn | undefined {
  const isDate = (i: number) => columns[i]!.kinds.date > columns[i]!.numbers + columns[i]!.kinds.clock;
  const isClock = (i: number) => columns[i]!.kinds.clock > columns[i]!.numbers + columns[i]!.kinds.date;
  const column = named ?? found.find(isDate) ?? found.find((i) => TIME_NAME.test(names?.[i] ?? '')) ?? found[0];
  if (column === undefined) return undefined;
  const { told, order } = columns[column]!.dates;
  if (told) warnings.push(`column ${columnName(names, column)}: dates with the ${order === 'dmy' ? 'day' : 'month'} first${told.sure ? '' : ', because that leaves them in order and near one another'}`);
  const clock = isDate(column) ? found.find((i) => isClock(i)) : undefined;
  return { column, ...(clock === undefined ? {} : { clock }), order };
}

function knownLabels(labels: readonly string[]): Pick<Layout, 'labels' | 'numericLabels'> {
  return { labels, numericLabels: labels.every((label) => label === String(Number(label))) };
}

/** Spellings of one number, such as versions 1.1 and 1.10, are one label: whoever meant two has to know. */
function tellOneNumber(cells: readonly string[], name: string, warnings: string[]): void {
  const spellings = new Map<string, string[]>();
  for (const cell of cells) spellings.set(cellLabel(cell, true)!, [...(spellings.get(cellLabel(cell, true)!) ?? []), cell]);
  for (const [label, same] of spellings) if (same.length > 1) warnings.push(`column ${name}: ${same.slice(0, 6).map(quote).join(', ')} are one number, and one label, ${quote(label)}`);
}

function findLabels(column: Column, name: string, rows: number, { open }: Wishes, warnings: string[]): Pick<Layout, 'labels' | 'numericLabels'> {
  const cells = [...(column.words?.keys() ?? [])].filter((cell) => !isMissing(cell));
  const many = column.words === undefined;
  const numericLabels = many ? column.texts === 0 : cells.every(isPlainNumber);
  const folds = foldLabels(column.words ?? new Map(), numericLabels);
  const labels = orderLabels(cells, numericLabels).filter((label) => !folds.has(label));
  for (const target of new Set(folds.values())) {
    const spellings = [...folds].flatMap(([from, to]) => (to === target ? [from] : []));
    warnings.push(`column ${name}: ${[target, ...spellings].slice(0, 6).map(quote).join(', ')} are one label, ${quote(target)}`);
  }
  if (numericLabels) tellOneNumber(cells, name, warnings);
  const continuous = many ? column.texts === 0 : numericLabels && (column.fractions || labels.length > rows / 2);
  const [least, next] = many ? [column.low.value, column.low.next] : labels;
  const hint = continuous ? ` The column looks continuous (${least}, ${next}, ...): a label is one of a few names.` : '';
  if (many || labels.length > MAX_LABELS) {
    throw new Error(`column ${name} holds ${many ? 'more than 1000' : labels.length} different labels, at most ${MAX_LABELS} are possible.${hint} Name another column as the label`);
  }
  if (labels.length < 2 && !open) {
    throw new Error(`column ${name} holds ${labels.length === 0 ? 'no label' : `one label only, ${quote(labels[0]!)}`}; two are needed to learn a difference. Name another column as the label`);
  }
  if (labels.length > 20 && labels.length > rows / 5) warnings.push(`column ${name} holds ${labels.length} labels in ${rows} rows.${hint}`);
  if (column.missing > 0 && !open) warnings.push(`${column.missing} rows have no label; they are neither scored nor learned`);
  return { labels, numericLabels };
}
