import { checkLabel, type KnownLabels, type Sample } from './sample.js';

export interface JsonFields {
  /** The field that holds the label. Default `y`. */
  label?: string;
  /** The field that holds the time. Default `t`. */
  time?: string;
  /** The field that names a sample, so that its label can come later. Without, there is none. */
  id?: string;
  /** The numeric fields to read, in this order. Default: every other field of the first object. */
  fields?: readonly string[];
  /** Values of a sample. Default: as many as the first one has. */
  inputs?: number;
  /** The labels there are; a sample with another one is refused. Default: any. */
  known?: KnownLabels;
  /**
   * Told once of what is allowed and may be a slip of the pen: a field of `fields` that the first object does not have, or, without `fields`,
   * a field that the first object did not have (it is not read).
   */
  onDoubt?: (text: string) => void;
}

/** A label that comes by itself, for the sample of this id. */
export interface LateLabel {
  id: string | number;
  y: string;
}

/**
 * JSON texts as samples: `{"x": [1, 2], "y": "idle"}`, or any flat object with numeric fields and a label field. With an `id` field,
 * an object of an id and a label only is a label that comes late. What the first good one looks like, the others must: one that is
 * refused leaves no trace. Only an object's own fields are read, so `__proto__` is a name like others.
 */
export class JsonSamples {
  readonly #options: JsonFields;
  #fields: readonly string[] | undefined;
  #inputs: number | undefined;
  #doubted = false;

  constructor(options: JsonFields = {}) {
    this.#options = options;
    this.#fields = options.fields;
    this.#inputs = options.inputs ?? options.fields?.length;
  }

  /** The numeric fields in their order; undefined while none were met, and where samples are `x`. */
  get fields(): readonly string[] | undefined {
    return this.#fields;
  }

  /** @param where what an error calls this text: `line 7` */
  parse(text: string, where: string): Sample | LateLabel {
    const { label = 'y', time = 't', id: idField, known } = this.#options;
    const value = objectOf(text, where);

    const y = own(value, label) ?? undefined;
    if (typeof y === 'object') throw new Error(`${where}: the label "${label}" must be a string or a number`);
    const id = idField === undefined ? undefined : (own(value, idField) ?? undefined);
    if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') throw new Error(`${where}: the id "${idField}" must be a string or a number`);
    const others = Object.keys(value).filter((key) => key !== label && key !== time && key !== idField);
    if (id !== undefined && y !== undefined && others.length === 0) return { id, y: String(y) };

    const list = own(value, 'x');
    let fields = this.#fields;
    let x: Float64Array;
    if (Array.isArray(list) && !fields) {
      x = Float64Array.from(list, (v, i) => numeric(v, `x[${i}]`, where));
    } else {
      fields ??= others;
      if (fields.length > 0 && !fields.some((key) => Object.hasOwn(value, key))) {
        throw new Error(`${where} has none of the fields ${quoted(fields)}${others.length > 0 ? `; there are ${quoted(others)}` : ''}`);
      }
      x = Float64Array.from(fields, (key) => numeric(own(value, key), `"${key}"`, where));
    }
    if (x.length === 0) throw new Error(`${where} holds no numbers: give "x", or at least one numeric field`);
    if (this.#inputs !== undefined && x.length !== this.#inputs) {
      throw new Error(`${where} holds ${x.length} values, ${this.#options.inputs === undefined ? 'the lines before it' : 'the learner takes'} ${this.#inputs}`);
    }
    if (known !== undefined) checkLabel(y === undefined ? undefined : String(y), known, where);
    if (fields) this.#doubt(value, others, fields, where);
    this.#fields = fields;
    this.#inputs = x.length;

    const sample: Sample = { x };
    if (y !== undefined) sample.y = String(y);
    const t = own(value, time);
    if (typeof t === 'number') sample.t = t;
    if (id !== undefined) sample.id = id;
    return sample;
  }

  /** Named fields are a choice among those there are, so only their absence is doubtful; of inferred ones, only what comes beside them. */
  #doubt(value: object, others: readonly string[], fields: readonly string[], where: string): void {
    const { fields: named, onDoubt } = this.#options;
    if (onDoubt === undefined || this.#doubted) return;
    const doubtful = named ? fields.filter((name) => !Object.hasOwn(value, name)) : others.filter((name) => !fields.includes(name));
    this.#doubted = named !== undefined || doubtful.length > 0; // named ones: by the first object
    if (doubtful.length === 0) return;
    onDoubt(`${where}: ${named ? `there is no ${quoted(doubtful)}, which counts as missing; there are ${quoted(others)}` : `${quoted(doubtful)} is not read: the fields are those of the first sample, ${quoted(fields)}`}`);
  }
}

export function isLateLabel(item: Sample | LateLabel): item is LateLabel {
  return !('x' in item);
}

function objectOf(text: string, where: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${where} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where} must be a JSON object, for example {"x": [1, 2], "y": "idle"}`);
  }
  return value;
}

const quoted = (names: readonly string[]): string => names.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 40))).join(', ');

function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key as keyof typeof value] : undefined;
}

function numeric(value: unknown, name: string, where: string): number {
  if (value === undefined || value === null) return NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  throw new Error(`${where}: ${name} must be a number, got ${JSON.stringify(value).slice(0, 40)}; list the numeric fields in "fields"`);
}
