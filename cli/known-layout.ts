/** Columns of a table as a note may have them: plain JSON that anybody may have written. */
import type { Input, Layout } from '../host/sources/layout.js';

type Unknown<T> = { readonly [Name in keyof T]?: unknown };

const KINDS: readonly unknown[] = ['number', 'switch', 'word', 'difference'] satisfies Input['as'][];

/** True if a table can be read as it says. */
export function isLayout(value: unknown): value is Layout {
  if (!isObject(value)) return false;
  const { names, width, inputs, label, labelName, labels, group, time, missing, series }: Unknown<Layout> = value;
  const isColumn = isColumnOf(value);
  return (
    Number.isInteger(width) &&
    isIfAny(names, isTexts) &&
    typeof labelName === 'string' &&
    isTexts(labels) &&
    isNumbers(missing) &&
    isIfAny(series, isText) &&
    Array.isArray(inputs) &&
    inputs.every((input) => isInput(input, value)) &&
    [label, group].every((column) => isIfAny(column, isColumn)) &&
    isIfAny(time, (each) => isObject(each) && isColumn(each['column']) && isIfAny(each['clock'], isColumn))
  );
}

/** True if it is an input of such a table. */
export function isInput(value: unknown, layout: Unknown<Layout>): value is Input {
  if (!isObject(value)) return false;
  const { name, column, as, word, unit, missing }: Unknown<Input> = value;
  return isText(name) && isColumnOf(layout)(column) && KINDS.includes(as) && isIfAny(word, isText) && isIfAny(unit, isText) && isIfAny(missing, isNumbers);
}

/** Columns have names where there is a header. */
const isColumnOf = ({ width, names }: Unknown<Layout>) => (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < Math.min(width as number, isTexts(names) ? names.length : Infinity);

const isIfAny = (value: unknown, is: (value: unknown) => boolean): boolean => value === undefined || is(value);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isText = (value: unknown): value is string => typeof value === 'string';

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const isNumbers = (value: unknown): value is number[] => Array.isArray(value) && value.every((each) => typeof each === 'number');
