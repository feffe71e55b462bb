/** Columns by their names, or by their numbers from 0. */
import { labelKey } from './labels.js';
import { nearest } from './nearest.js';

/** @throws where there is no such column, or more than one */
export function findColumn(wanted: string | number, names: readonly string[] | undefined, width: number): number {
  const text = String(wanted);
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) {
    if (names!.indexOf(text, named + 1) >= 0) throw new Error(`more than one column is called ${quote(text)}: give its number from 0, ${names!.flatMap((name, i) => (name === text ? [i] : [])).join(' or ')}`);
    return named;
  }
  const index = typeof wanted === 'number' || /^\d+$/.test(wanted) ? Number(wanted) : -1;
  if (Number.isInteger(index) && index >= 0 && index < width) return index;
  const folded = (names ?? []).flatMap((name, i) => (labelKey(name) === labelKey(text) ? [i] : []));
  if (folded.length === 1) return folded[0]!;
  const near = typeof wanted === 'string' && index < 0 && names ? nearest(wanted, names) : undefined;
  const list = names ? `; the columns are ${names.slice(0, 12).map(quote).join(', ')}${names.length > 12 ? ', ...' : ''}` : '; the file has no header';
  throw new Error(`no column ${quote(text)}${near ? `, did you mean ${quote(near)}` : ''}${list}; or give an index from 0 to ${width - 1}`);
}

/** As `--drop` takes it. */
export function argument(names: readonly string[] | undefined, i: number): string | number {
  return /^[\w.-]+$/.test(names?.[i] ?? '') ? names![i]! : i;
}

export function bareName(names: readonly string[] | undefined, i: number): string {
  return names?.[i] || String(i);
}

export function columnName(names: readonly string[] | undefined, i: number): string {
  return names?.[i] ? quote(names[i]) : String(i);
}

export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
