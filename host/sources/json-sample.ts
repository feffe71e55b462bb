import { at, leaves } from './json-path.js';
import { namesOf, numeral, plainLine, valuesOf } from './plain-line.js';
import { checkLabel, type KnownLabels, type Sample } from './sample.js';
import { dateOf, labelOf, numberOf } from './words.js';

/** Form of a stream's samples: the first good one decides, and the others must look alike. */
export interface SampleForm {
  /** Arrays `x`, or objects whose numbers have names. */
  form: 'x' | 'fields';
  /** The names, or paths, of the numbers in their order. */
  fields?: readonly string[];
  /** The field that holds the label; undefined where `y` is a number like others. */
  label: string | undefined;
  /** The field that holds the time. */
  time: string;
  /** The names that a line of names gave to the columns of lines without JSON, if one did. */
  columns?: readonly string[];
}

export interface JsonFields {
  /** The field that holds the label. Default `y`, unless it is one of the `fields` or stands beside the axes x and z. */
  label?: string;
  /** The field that holds the time. Default `t`; where there is none, the first that is called like a time. */
  time?: string;
  /** The field that names a sample, so that its label can come later. Default: none. */
  id?: string;
  /** The numeric fields to read, in this order: names, or paths such as `ENERGY.Power` and `acc.0`. Default: every number of the first object, nested ones too. */
  fields?: readonly string[];
  /** The names of the columns of lines without JSON, until a line of names says otherwise. Default: the `fields`. */
  columns?: readonly string[];
  /** Samples are arrays `x`, as those before were: named ones are refused. Default false. */
  arrays?: boolean;
  /** Values of a sample, 1 to 4096. Default: as many as the first one has. */
  inputs?: number;
  /** Values that a sample may have, 1 or more. Default 4096, which is what a learner takes at most. */
  most?: number;
  /** The labels there are; a sample with another one is refused. Default: any. */
  known?: KnownLabels;
  /** Called for a label that is for all samples of the last `seconds`. */
  onSpan?: ((span: LateLabel) => void) | undefined;
  /** Called for what is allowed and may be a slip of the pen, once for each field: one that is not there, not read, or holds text. */
  onDoubt?: (text: string) => void;
}

/** A label that comes by itself: for the sample of this id, or, without one, for all samples of a stretch of time. */
export interface LateLabel {
  id?: string | number;
  y: string;
  /** How long the stretch was, where that is said. */
  seconds?: number;
  /** Its end in the samples' own time; undefined: now. */
  t?: number;
}

/** Listeners for labels that come by themselves. */
export interface LateListeners {
  onLabel?: (id: string | number, label: string) => void;
  /** Takes labels for a stretch of time: objects with nothing but a label, `{"y": "walk", "seconds": 5}`. Without, they are refused. */
  onSpan?: (span: LateLabel) => void;
}

/** Names of a field of a time. */
const TIME_NAME = /(^|[._])(t|ts|time|times?tamp|date|datetime|epoch|clock|millis|uptime|uptimesec|last_?seen|(received|created|updated|measured|published)_?at)$/i;
/** Names of a field of a label. */
const LABEL_NAME = /(^|[._])(label|class|target|state|status|activity|category)$/i;
/** A number that says when, by the clock: 2010 to 2050 in seconds, ms, us or ns. */
const EPOCH = [1, 1e3, 1e6, 1e9].map((unit) => [1_262_304_000 * unit, 2_524_608_000 * unit] as const);
/** Fields that a message has named, each once. */
const MOST_TOLD = 50;

/**
 * JSON texts as samples: `{"x": [1, 2], "y": "idle"}`, or an object with numbers and a label, however nested. Quoted numbers are numbers, ON, true and open are 1, OFF, false and closed 0;
 * null, `unavailable`, `NA` and the like are missing values, and so is a field that is not there, but an object with none of the fields is refused, and so is other text in a field. With an `id` field, an object of an id
 * and a label only is a label that comes late. What the first good object looks like, the others must: one that is refused leaves no trace.
 */
export class JsonSamples {
  readonly #options: JsonFields;
  #form: SampleForm | undefined;
  #inputs: number | undefined;
  /** Names that a line of names gave to what follows it, or that were given before this stream. */
  #columns: readonly string[] | undefined;
  /** Those that a sample was read by. */
  #readBy: readonly string[] | undefined;
  /** Those of an earlier stream. */
  readonly #remembered: readonly string[] | undefined;
  readonly #told = new Set<string>();
  /** Fields that the first object had without a value: text in one means that it is no field of numbers at all. */
  readonly #blank = new Set<string>();

  constructor(options: JsonFields = {}) {
    this.#options = options;
    this.#columns = this.#remembered = options.arrays === true ? undefined : options.columns;
    this.#inputs = options.inputs ?? options.fields?.length;
  }

  /** Form of the samples; undefined before the first. */
  get form(): SampleForm | undefined {
    return this.#form && { ...this.#form, ...(this.#readBy ? { columns: this.#readBy } : {}) };
  }

  /** The numeric fields in their order; undefined while none were met, and where samples are `x`. */
  get fields(): readonly string[] | undefined {
    return this.#form?.fields ?? this.#options.fields;
  }

  /** Forgets the form: the next object is the first. Names of columns stay. */
  restart(): void {
    this.#form = undefined;
    this.#readBy = undefined;
    this.#blank.clear();
    this.#inputs = this.#options.inputs ?? this.#options.fields?.length;
  }

  /** @param where what an error calls this text: `line 7` */
  parse(text: string, where: string): Sample | LateLabel {
    let value: unknown;
    try {
      value = jsonOf(text);
    } catch (cause) {
      throw new Error(`${where} is not JSON: ${(cause as Error).message}`, { cause });
    }
    return this.read(value, where);
  }

  /**
   * A line of JSON, or one without, as boards and scripts print it: `21.5,40`, `21.5 40 idle`, `temp:21.5 hum:40`. Undefined where it names the columns of those that follow.
   * @param where what an error calls this line
   * @param canName false where lines of names are none: they come from many
   */
  parseLine(text: string, where: string, canName = true): Sample | LateLabel | undefined {
    if (/^\uFEFF?\s*[{[]/.test(text)) return this.parse(text, where);
    const line = plainLine(text);
    if (canName && line !== undefined && 'cells' in line && line.delimited && this.#takeNames(line.cells, where)) return undefined;
    const object = line === undefined ? undefined : 'named' in line ? { ...line.named, ...this.#labelled(line.label) } : this.#columned(line.cells, where);
    if (object === undefined) throw new Error(`${where} is not JSON, nor plain numbers such as 21.5,40: ${JSON.stringify(text.slice(0, 40))}`);
    const item = this.read(object, where);
    if (line !== undefined && 'cells' in line && this.#columns !== undefined) {
      this.#readBy = this.#columns;
      if (this.#ofBefore() !== '') this.#doubt('remembered', `${where} is read by ${quoted(this.#columns)}${this.#ofBefore()}`);
    }
    return item;
  }

  #ofBefore(): string {
    return this.#columns !== undefined && this.#columns === this.#remembered ? ', as before: a line of names changes it' : '';
  }

  /** True if the cells name columns: before the first sample, or again, as a board does that starts anew. Later it is talk: a comma does not make it more. */
  #takeNames(cells: readonly string[], where: string): boolean {
    const names = namesOf(cells);
    if (names === undefined || this.#options.arrays === true || this.#form?.form === 'x') return false;
    if ((this.#form?.fields ?? this.#options.fields)?.some((field) => !names.includes(field))) return false;
    this.#columns = names;
    this.#doubt(`columns ${names}`, `${where} names the columns: ${quoted(names)}`);
    return true;
  }

  /** Cells by the names that were given to columns, with or without one for the label; else as `x`. */
  #columned(cells: readonly string[], where: string): object | undefined {
    const { label: labelField, fields } = this.#options;
    const { values, label, ...time } = valuesOf(cells, labelField !== undefined) ?? {};
    const given = (names: readonly string[] | undefined): readonly string[] | undefined => columnsGiven(names, [cells.length, values?.length], labelField ?? 'y');
    if (this.#form === undefined && given(this.#columns) === undefined) this.#columns = this.#remembered; // it was no line of names
    const names = given(this.#columns) ?? this.#columns ?? fields;
    const byName = (of: readonly string[]): object => Object.fromEntries(names!.map((name, i) => [name, of[i]]));
    if (names?.length === cells.length) return byName(cells.map((cell) => numeral(cell) ?? cell));
    if (values === undefined || (this.#form === undefined && values.every((cell) => Number.isNaN(numberOf(cell))))) return undefined; // a dash is not what all samples look like
    const last = values.at(-1)!;
    if (this.#form === undefined && names === undefined && values.length > 1 && /^[a-z]/i.test(last) && !Number.isNaN(numberOf(last))) this.#doubt('state', `${where} ends with "${last}", a ${numberOf(last)}: if it is the label, name its field ("label")`);
    if (names === undefined) {
      if (this.#form === undefined && cells.length === 2 && cells.every((cell) => /^\d+$/.test(cell))) this.#doubt('comma', `${where} is two values, ${cells.join(' and ')}: if it is one with a decimal comma, print a point`);
      return { x: values, ...time, ...this.#labelled(label) };
    }
    if (names.length !== values.length) throw new Error(`${where} holds ${values.length} values, its columns are ${quoted(names)}${this.#ofBefore()}`);
    return { ...byName(values), ...time, ...this.#labelled(label) };
  }

  #labelled(label: string | undefined): object {
    return label === undefined ? {} : { [this.#options.label ?? this.#form?.label ?? 'y']: label };
  }

  /** The same of what was parsed. */
  read(given: unknown, where: string): Sample | LateLabel {
    const value = objectOf(given, where);
    const { id: idField, known } = this.#options;
    const form = this.#form ?? this.#formOf(value);
    const id = idField === undefined ? undefined : idOf(at(value, idField), idField, where);
    const y = form.label === undefined ? undefined : this.#label(at(value, form.label), form.label, where);
    if (y !== undefined && id !== undefined && this.#isAlone(value, form)) return { id, y };
    if (y !== undefined && id === undefined && this.#options.onSpan && this.#isAlone(value, form, 'seconds')) {
      const [seconds, t] = [readingOf(at(value, 'seconds')), timeOf(at(value, form.time))];
      return { y, ...(seconds === undefined ? {} : { seconds }), ...(t === undefined ? {} : { t }) };
    }

    const x = form.form === 'x' ? this.#array(value, where) : this.#named(value, form, where);
    const { inputs, most = 4096 } = this.#options;
    if (x.length === 0) throw new Error(`${where} holds no numbers: give "x", or at least one numeric field`);
    if (x.length > most) throw new Error(`${where} holds ${x.length} values, ${most} are the most that there may be: choose some with "fields"`);
    if (this.#inputs !== undefined && x.length !== this.#inputs) {
      throw new Error(`${where} holds ${x.length} values, ${inputs === undefined ? 'the lines before it' : 'the learner takes'} ${this.#inputs}`);
    }
    if (known !== undefined) checkLabel(y, known, where);
    if (this.#form === undefined) {
      this.#tellForm(value, form, where);
      if (form.fields && !this.#options.fields) for (const [i, field] of form.fields.entries()) if (Number.isNaN(x[i]!)) this.#blank.add(field);
    }
    this.#form = form;
    this.#inputs = x.length;

    const sample: Sample = { x };
    if (y !== undefined) sample.y = y;
    const t = timeOf(at(value, form.time));
    if (t !== undefined) sample.t = t;
    if (id !== undefined) sample.id = id;
    return sample;
  }

  /** Form by the first object and the options. */
  #formOf(value: object): SampleForm {
    const { label: named, fields, arrays } = this.#options;
    const label = named ?? (fields?.includes('y') || (!fields && isAxis(value)) ? undefined : 'y');
    const time = this.#options.time ?? 't';
    if (!fields && (arrays || Array.isArray(at(value, 'x')))) return { form: 'x', label, time };
    const others = [...this.#others(value, label, time)];
    const clock = this.#options.time === undefined && at(value, time) === undefined ? others.find(([path, leaf]) => isTime(path, leaf) && timeOf(leaf) !== undefined)?.[0] : undefined;
    const chosen = fields ?? others.filter(([path, leaf]) => !isTime(path, leaf) && readingOf(leaf) !== undefined).map(([path]) => path);
    return { form: 'fields', fields: chosen, label, time: clock === undefined || chosen.includes(clock) ? time : clock };
  }

  /** Values that are neither label, time nor id. */
  *#others(value: object, label: string | undefined, time: string): Generator<[string, unknown]> {
    for (const leaf of leaves(value)) if (leaf[0] !== label && leaf[0] !== time && leaf[0] !== this.#options.id) yield leaf;
  }

  #label(value: unknown, field: string, where: string): string | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object') throw new Error(`${where}: the label "${field}" must be a string or a number`);
    if (typeof value === 'number' && !Number.isInteger(value) && this.#options.label === undefined) {
      throw new Error(`${where}: the label "${field}" is ${value}, a measurement and no name: name the label's field ("label"), list the numeric fields ("fields"), or send it as text`);
    }
    const label = labelOf(String(value));
    if (label === undefined && value !== '') this.#doubt(`label ${value}`, `${where}: the label ${JSON.stringify(value)} counts as none`);
    return label;
  }

  /** A label and what it is for, and nothing else. */
  #isAlone(value: object, { label, time }: SampleForm, allowed?: string): boolean {
    for (const [path] of this.#others(value, label, time)) if (path !== allowed) return false;
    return true;
  }

  #array(value: object, where: string): Float64Array {
    const list = at(value, 'x');
    if (!Array.isArray(list)) throw new Error(`${where} has no array "x", as the samples before it had; there are ${quoted(Object.keys(value))}`);
    return Float64Array.from(list as unknown[], (v, i) => {
      const number = readingOf(v);
      if (number === undefined) throw noNumber(`x[${i}]`, v, where);
      return number;
    });
  }

  #named(value: object, { fields = [], label, time }: SampleForm, where: string): Float64Array {
    const others = (): string[] => [...this.#others(value, label, time)].map(([path]) => path);
    let there = 0;
    const x = new Float64Array(fields.length);
    fields.forEach((field, i) => {
      const leaf = at(value, field);
      const number = readingOf(leaf);
      x[i] = number ?? NaN;
      if (leaf === undefined) return;
      if (typeof leaf === 'object' && leaf !== null) throw new Error(`${where}: "${field}" is no number but holds ${quoted(Object.keys(leaf).map((name) => `${field}.${name}`))}: name one of them in "fields"`);
      if (number === undefined && !this.#blank.has(field)) throw noNumber(`"${field}"`, leaf, where);
      there++;
      if (typeof leaf === 'string' && Number.isNaN(x[i]!)) this.#doubt(`text ${field}`, `${where}: "${field}" is ${JSON.stringify(leaf).slice(0, 40)}, which counts as missing`);
      else if (number !== undefined && !Number.isNaN(number)) this.#blank.delete(field);
    });
    if (there === 0 && fields.length > 0) {
      const found = [...new Set(others().map((path) => path.replace(/(\.\d+)+$/, '')))]; // an array is one
      throw new Error(`${where} has none of the fields ${quoted(fields)}${found.length > 0 ? `; there are ${quoted(found)}` : ''}`);
    }
    if (there === 0) {
      const [path, leaf] = [...this.#others(value, label, time)].find(([, each]) => readingOf(each) === undefined) ?? [];
      if (path !== undefined) throw noNumber(`"${path}"`, leaf, where);
    }
    if (there < fields.length && this.#options.fields !== undefined) {
      const gone = fields.filter((field) => at(value, field) === undefined && !this.#told.has(`gone ${field}`));
      if (gone.length > 0) this.#doubt(gone.map((field) => `gone ${field}`), `${where}: there is no ${quoted(gone)}, which counts as missing; there are ${quoted(others())}`);
    }
    if (this.#form !== undefined && this.#options.fields === undefined) {
      const more = others().filter((field) => !fields.includes(field) && !this.#told.has(`more ${field}`));
      if (more.length > 0) this.#doubt(more.map((field) => `more ${field}`), `${where}: ${quoted(more)} is not read: the fields are those of the first sample, ${quoted(fields)}`);
    }
    return x;
  }

  /** Once, what the first object decided and a person may not expect. */
  #tellForm(value: object, form: SampleForm, where: string): void {
    const left = form.form === 'x' || this.#options.fields ? [] : [...this.#others(value, form.label, this.#options.time ?? 't')].filter(([path]) => !form.fields!.includes(path));
    for (const [path] of left) this.#told.add(`more ${path}`);
    const why = ([path, leaf]: [string, unknown]): string => `${quoted([path])} (${isTime(path, leaf) ? 'a time' : 'text'})`;
    if (left.length > 0) this.#doubt('left', `${where}: left out: ${left.slice(0, 10).map(why).join(', ')}${left.length > 10 ? ', ...' : ''}; "fields" names what is to be read`);
    const words = [...this.#others(value, form.label, form.time)].filter(([path, leaf]) => typeof leaf === 'string' && !isTime(path, leaf) && (LABEL_NAME.test(path) || numberOf(leaf) === undefined)).map(([path]) => path);
    const is = words.length > 0 ? `: is it ${quoted(words)}?` : '';
    if (form.label === undefined && this.#options.fields === undefined) this.#doubt('axis', `${where}: "y" is an axis, beside x: no sample has a label until its field is named ("label")${is}`);
    else if (form.label !== undefined && at(value, form.label) === undefined && is !== '') this.#doubt('label', `${where}: there is no label "${form.label}"${is} ("label")`);
  }

  #doubt(kinds: string | readonly string[], text: string): void {
    const fresh = [kinds].flat().filter((kind) => !this.#told.has(kind));
    if (fresh.length === 0 || this.#told.size >= MOST_TOLD) return;
    for (const kind of fresh) this.#told.add(kind);
    this.#options.onDoubt?.(text);
  }
}

export function tellLate(late: LateLabel, { onLabel, onSpan }: LateListeners): void {
  if (late.id === undefined) onSpan?.(late);
  else onLabel?.(late.id, late.y);
}

export function isLateLabel(item: Sample | LateLabel): item is LateLabel {
  return !('x' in item);
}

/** The columns that a line of this many cells, or values, has: all, or those without the label's and the time's; undefined where neither fits. */
function columnsGiven(names: readonly string[] | undefined, counts: readonly (number | undefined)[], label: string): readonly string[] | undefined {
  if (names === undefined || counts.includes(names.length)) return names;
  const others = names.filter((name) => name !== label && !TIME_NAME.test(name));
  return others.length === counts[1] ? others : undefined;
}

/** x, y and z of one thing, all numbers; or x and y where y is a fraction, which is no label. */
function isAxis(value: object): boolean {
  const [x, y, z] = ['x', 'y', 'z'].map((axis) => {
    const leaf = at(value, axis);
    return typeof leaf === 'number' || (typeof leaf === 'string' && leaf.trim() !== '') ? Number(leaf) : NaN; // "on" is a label
  }) as [number, number, number];
  return Number.isFinite(x) && Number.isFinite(y) && (Number.isFinite(z) || !Number.isInteger(y));
}

function isTime(path: string, leaf: unknown): boolean {
  if (/(^|\.)T$/.test(path) && typeof leaf !== 'object' && Math.abs(Number(leaf)) < EPOCH[0][0]) return false; // a temperature
  if (typeof leaf === 'number') return TIME_NAME.test(path) || EPOCH.some(([from, to]) => leaf >= from && leaf < to);
  return typeof leaf === 'string' && (dateOf(leaf) !== undefined || (TIME_NAME.test(path) && numberOf(leaf) !== undefined));
}

function timeOf(leaf: unknown): number | undefined {
  const time = typeof leaf === 'string' ? (dateOf(leaf) ?? numberOf(leaf)) : leaf;
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined;
}

/** A value as a number: NaN where it says that it is missing, undefined where it is not there, or no number. */
function readingOf(leaf: unknown): number | undefined {
  if (typeof leaf === 'number') return leaf;
  if (typeof leaf === 'boolean') return leaf ? 1 : 0;
  if (leaf === null) return NaN;
  return typeof leaf === 'string' ? numberOf(leaf) : undefined;
}

function idOf(value: unknown, field: string, where: string): string | number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`${where}: the id "${field}" must be a string or a number`);
  return value;
}

/** A string, closed or not, so that none is looked at twice; or what Python and others write and JSON does not have. */
const STRING_OR_NAN = /("[^"\\]*(?:\\[^][^"\\]*)*"?)|[+-]?\b(?:NaN|Infinity)\b/g;

/** JSON, behind a mark of Unicode or not, in which NaN and Infinity are null. @throws SyntaxError */
export function jsonOf(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(plain);
  } catch (cause) {
    if (!/NaN|Infinity/.test(plain)) throw cause;
    try {
      return JSON.parse(plain.replace(STRING_OR_NAN, (_, quotedText?: string) => quotedText ?? 'null'));
    } catch {
      throw cause;
    }
  }
}

function objectOf(value: unknown, where: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where} must be a JSON object, for example {"x": [1, 2], "y": "idle"}`);
  }
  return value;
}

const quoted = (names: readonly string[]): string => `${names.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 40))).join(', ')}${names.length > 10 ? ', ...' : ''}`;

function noNumber(name: string, value: unknown, where: string): Error {
  return new Error(`${where}: ${name} must be a number, got ${String(JSON.stringify(value)).slice(0, 40)}; list the numeric fields in "fields"`);
}
