import { textOf, type RawSource, type Sample } from './sample.js';

export interface NdjsonOptions {
  /** The field that holds the label. Default `y`. */
  label?: string;
  /** The field that holds the time. Default `t`. */
  time?: string;
  /** The numeric fields to read, in this order. Default: every other field of the first object. */
  fields?: readonly string[];
  signal?: AbortSignal;
}

/**
 * One JSON object a line: `{"x": [1, 2], "y": "idle"}`, or any flat object with numeric fields and a label field,
 * `{"temp": 21.5, "fan": 3, "y": "idle"}`. null or absent is a missing value. Empty lines are skipped.
 */
export async function* ndjson(source: RawSource, options: NdjsonOptions = {}): AsyncGenerator<Sample> {
  const { label = 'y', time = 't', signal } = options;
  let fields = options.fields;
  let inputs: number | undefined;
  let number = 0;
  for await (const line of lines(source, signal)) {
    number++;
    if (line.trim() === '') continue;
    const value = object(line, number);

    let x: Float64Array;
    if (Array.isArray(value['x']) && !fields) {
      x = Float64Array.from(value['x'], (v, i) => numeric(v, `x[${i}]`, number));
    } else {
      fields ??= Object.keys(value).filter((key) => key !== label && key !== time);
      x = Float64Array.from(fields, (key) => numeric(value[key], `"${key}"`, number));
    }
    inputs ??= x.length;
    if (x.length === 0) throw new Error(`line ${number} holds no numbers: give "x", or at least one numeric field`);
    if (x.length !== inputs) throw new Error(`line ${number} holds ${x.length} values, the lines before it ${inputs}`);

    const sample: Sample = { x };
    const y = value[label];
    if (y !== undefined && y !== null) {
      if (typeof y === 'object') throw new Error(`line ${number}: the label "${label}" must be a string or a number`);
      sample.y = String(y);
    }
    if (typeof value[time] === 'number') sample.t = value[time];
    yield sample;
  }
}

async function* lines(source: RawSource, signal?: AbortSignal): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of textOf(source, signal)) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    yield* parts;
  }
  yield rest;
}

function object(line: string, number: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new Error(`line ${number} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`line ${number} must be a JSON object, for example {"x": [1, 2], "y": "idle"}`);
  }
  return value as Record<string, unknown>;
}

function numeric(value: unknown, name: string, number: number): number {
  if (value === undefined || value === null) return NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  throw new Error(`line ${number}: ${name} must be a number, got ${JSON.stringify(value).slice(0, 40)}; list the numeric fields in "fields"`);
}
