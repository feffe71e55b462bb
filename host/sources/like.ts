/** The columns of another file, found in this one. */
import { columnName, quote } from './column-names.js';
import { isMissing } from './cells.js';
import type { Survey } from './columns.js';
import { labelKey, orderLabels } from './labels.js';
import { checkText, type Input, type Layout } from './layout.js';
import { columnUnit, isSameUnit, splitUnit, unitChange, type UnitChange } from './units.js';

/** The end of a warning that matters to nobody who only asks. */
export const UNLABELLED = 'no row has a label';

/**
 * By name where both have a header, else by place; of columns with one name, the first is taken for the first. A name that is not here is one
 * that was changed where all others stand in their places; otherwise nothing tells which column it is. Other columns do not count, and the
 * label may be missing: then no row has one.
 * @throws where an input is not to be found
 */
export function layoutLike(survey: Survey, like: Layout, warnings: string[]): Layout {
  const { names, columns, width } = survey;
  const find = names && like.names ? byName(survey, like, warnings) : byPlace(survey, like, warnings);
  const inputs = like.inputs.map(({ change: _, ...input }) => {
    const column = find(input.column)!;
    const change = changeOf(survey, column, input, warnings);
    const unit = input.unit ?? unitHere(survey, column, input, warnings);
    return { ...input, column, ...(unit === undefined ? {} : { unit }), ...(change ? { change } : {}) };
  });
  const checked = new Set<number>();
  for (const { column, as } of inputs) {
    if (as === 'number' && !checked.has(column)) checkText(columns[column]!, column, names, warnings);
    checked.add(column);
  }
  const { label: learned, group: lot, time: moment, names: _, ...rest } = like;
  const label = learned === undefined ? undefined : find(learned);
  if (label !== undefined) tellStrange(columns[label]!.words, like, warnings);
  const group = lot === undefined ? undefined : find(lot);
  const column = moment && find(moment.column);
  const clock = moment?.clock === undefined ? undefined : find(moment.clock);
  const time = column === undefined ? undefined : { column, ...(clock === undefined ? {} : { clock }), order: columns[column]!.dates.told ? columns[column]!.dates.order : moment!.order };
  return {
    ...rest,
    ...(names ? { names } : {}),
    width,
    comma: survey.comma,
    inputs,
    ...(label === undefined ? {} : { label }),
    ...(group === undefined ? {} : { group }),
    ...(time ? { time } : {}),
  };
}

/** The unit of a column that was learned without one, so that its cells are read: most of them have it behind the number, or the name does. */
function unitHere({ names, units, columns }: Survey, column: number, { as }: Input, warnings: string[]): string | undefined {
  if (as !== 'number' && as !== 'difference') return undefined;
  const [[common] = ['']] = [...columns[column]!.units].sort((a, b) => b[1] - a[1]);
  const unit = common || columnUnit(units, names, column);
  if (unit === '') return undefined;
  warnings.push(`column ${columnName(names, column)} is in ${unit} here, and was learned without a unit: its values are taken as they stand`);
  return unit;
}

/** Conversion of this file's values to the unit that was learned; undefined if they are in it, or if nothing tells. */
function changeOf({ names, units, columns }: Survey, column: number, { as, unit }: Input, warnings: string[]): UnitChange | undefined {
  if (unit === undefined || (as !== 'number' && as !== 'difference')) return undefined;
  const here = columnUnit(units, names, column);
  const change = here === '' ? undefined : unitChange(here, unit);
  const title = `column ${columnName(names, column)}`;
  if (here !== '' && !change) warnings.push(`${title} is in ${here} here, and was learned in ${unit}: nothing tells how one becomes the other, and its values are taken as they stand`);
  else if (change && !isSameUnit(change)) warnings.push(`${title} is in ${here} here, and was learned in ${unit}: its values are converted`);
  const others = [...columns[column]!.units.keys()].filter((each) => each !== here && !isSameUnit(unitChange(each, unit) ?? { times: 0, plus: 0 }));
  if (others.length > 0) warnings.push(`${title} has cells in ${others.slice(0, 5).join(', ')}, and was learned in ${unit}: ${others.every((each) => unitChange(each, unit)) ? 'they are converted' : 'those that are of another kind are missing values'}`);
  if (!change || isSameUnit(change)) return undefined;
  return as === 'difference' ? { times: change.times, plus: 0 } : change;
}

type Find = (learned: number) => number | undefined;

function byName({ names, width }: Survey, like: Layout, warnings: string[]): Find {
  const here = names!;
  const learned = like.names!;
  const find: Find = (i) => {
    const name = learned[i]!;
    const before = learned.slice(0, i).filter((each) => each === name).length;
    const exact = here.flatMap((each, j) => (each === name ? [j] : []));
    if (exact.length > 0) return exact[before];
    const folded = here.flatMap((each, j) => (labelKey(each) === labelKey(name) ? [j] : []));
    if (folded.length === 1) return folded[0];
    const named = labelKey(splitUnit(name).name);
    const inOtherUnit = here.flatMap((each, j) => (labelKey(splitUnit(each).name) === named && !learned.includes(each) ? [j] : []));
    return inOtherUnit.length === 1 ? inOtherUnit[0] : undefined;
  };
  const needed = [...new Set(like.inputs.map(({ column }) => column))];
  const lost = needed.filter((i) => find(i) === undefined);
  const moved = learned.some((name, i) => here.includes(name) && here[i] !== name);
  if (lost.length > 0 && (width !== like.width || moved)) {
    throw new Error(`no column ${lost.slice(0, 5).map((i) => columnName(learned, i)).join(', ')}${lost.length > 5 ? ', ...' : ''} as in the file that was learned; the columns here are ${here.slice(0, 12).map(quote).join(', ')}${here.length > 12 ? ', ...' : ''}`);
  }
  const aside = [like.label, like.group, like.time?.column].filter((i) => i !== undefined && find(i) === undefined) as number[];
  const byOrder = width === like.width && !moved ? [...lost, ...aside.filter((i) => !lost.includes(i))] : [];
  if (byOrder.length > 0) {
    const pairs = byOrder.slice(0, 5).map((i) => `${columnName(here, i)} for ${columnName(learned, i)}`).join(', ');
    warnings.push(`${byOrder.length} columns have other names than in the file that was learned (${pairs}${byOrder.length > 5 ? ', ...' : ''}): matched by place`);
  } else if (like.label !== undefined && aside.includes(like.label)) warnings.push(`no column ${columnName(learned, like.label)}: ${UNLABELLED}`);
  const twice = [...new Set(needed.map((i) => learned[i]!))].filter((name) => name !== '' && here.filter((each) => each === name).length > 1);
  if (twice.length > 0 && here.join('\n') !== learned.join('\n')) {
    throw new Error(`more than one column is called ${twice.slice(0, 5).map(quote).join(', ')}, and the columns are not those of the file that was learned, in its order: nothing tells which is which; give them names of their own`);
  }
  if (twice.length > 0) warnings.push(`more than one column is called ${twice.slice(0, 5).map(quote).join(', ')}: the first is taken for the first of the file that was learned, and so on`);
  return (i) => (byOrder.includes(i) ? i : find(i));
}

function byPlace({ width, names }: Survey, like: Layout, warnings: string[]): Find {
  if (width === like.width) return (i) => i;
  const { label } = like;
  if (label !== undefined && width === like.width - 1) {
    warnings.push(`one column less than in the file that was learned: ${UNLABELLED} (${names || like.names ? 'only one of the two has a header' : 'neither has a header'}: columns go by their places)`);
    return (i) => (i === label ? undefined : i > label ? i - 1 : i);
  }
  throw new Error(`this file has ${width} columns, the file that was learned ${like.width}`);
}

function tellStrange(words: ReadonlyMap<string, number> | undefined, { labels, numericLabels }: Layout, warnings: string[]): void {
  const known = new Set(labels.map(labelKey));
  const unknown = orderLabels([...(words?.keys() ?? [])].filter((cell) => !isMissing(cell)), numericLabels).filter((label) => !known.has(labelKey(label)));
  if (unknown.length > 0) warnings.push(`${unknown.length === 1 ? '1 label was' : `${unknown.length} labels were`} not in the file that was learned (${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ', ...' : ''}): no answer names ${unknown.length === 1 ? 'it' : 'them'} before ${unknown.length === 1 ? 'it is' : 'they are'} learned`);
}

