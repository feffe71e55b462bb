// What a message holds, read with suspicion: it may come from any broker. Nothing here touches a learner, so whatever is refused here did no harm.

import { at, labelOf, numberOf } from 'onward/sources/ndjson';

/** What JavaScript keeps for itself: under such a name comes an attack or an accident, never a sensor or a label. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];
/** Labels and ids go into messages, logs and snapshots. */
const LONGEST_NAME = 200;
/** Beyond, binary32 has infinity only. */
const LARGEST = 3.4028234663852886e38;

/**
 * The numbers of one sample, read as by every source of onward: quoted numbers, ON and OFF, true and false; NaN where the message says null, `unavailable` or the like, and where a field is
 * not there at all, which is told once for each field. A message with none of the fields is another thing's.
 * @param {unknown} value an array of numbers; an object, perhaps nested, where the model names its fields or their paths; a number where it takes one
 * @param {{ inputs: number, window?: { samples: number }, fields?: readonly string[], absent: Set<string> }} model `absent`: fields that were told of; an array may also be a whole window, one reading behind the other
 * @param {string} where what an error calls the value: `msg.payload`
 * @param {(text: string) => void} [tell]
 * @returns {Float64Array} [inputs], of a whole window [samples, inputs]
 * @throws {TypeError | RangeError} naming what is wrong, and what to do
 */
export function readFeatures(value, { inputs, window, fields, absent }, where, tell) {
  if (typeof value === 'number' || typeof value === 'boolean') value = [value];
  if (typeof value === 'string') throw new TypeError(`${where} is a string (${show(value)}): put a json or csv node before this one`);
  if (typeof value !== 'object' || value === null) throw new TypeError(`${where} is ${show(value)}: set "Features" of this node to where the numbers are; a label alone needs msg.id, or "Label alone" in the model`);
  if (value instanceof Uint8Array) throw new TypeError(`${where} is a Buffer: put a node before this one that makes numbers of its bytes`);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return readList(/** @type {ArrayLike<unknown>} */ (value), { inputs, whole: inputs * (window?.samples ?? 1), fields }, where);

  for (const name of RESERVED) {
    if (Object.hasOwn(value, name)) throw new RangeError(`${where} has a field "${name}", which no sensor sends: refuse such messages where they come in`);
  }
  if (!fields) throw new TypeError(`${where} is an object: name its fields in the model, in their order, or send an array`);
  const object = value;
  const leaves = fields.map((name) => at(object, name));
  const gone = fields.filter((_, i) => leaves[i] === undefined);
  const there = Object.keys(object).slice(0, 6).map((name) => `"${name.slice(0, 30)}"`).join(', ') || 'none';
  if (gone.length === fields.length) throw new RangeError(`${where} has no field "${fields[0]}" and no other of the model's: there are ${there}; send null for a missing value`);
  const x = Float64Array.from(fields, (name, i) => (leaves[i] === undefined ? NaN : numeric(leaves[i], `${where}.${name}`)));
  const fresh = gone.filter((name) => !absent.has(name));
  for (const name of fresh) absent.add(name);
  if (fresh.length > 0) tell?.(`${where} has no field ${fresh.slice(0, 6).map((name) => `"${name}"`).join(', ')}, which counts as missing; there are ${there}`);
  return x;
}

/**
 * How long the stretch is that a label alone is for; undefined where the message does not say it.
 * @param {unknown} value
 */
export function readSeconds(value) {
  if (value === undefined || value === null || value === '') return undefined;
  const seconds = Number(value);
  if (!(seconds > 0 && seconds <= 1e6)) throw new RangeError(`msg.seconds is ${show(value)}: give the seconds that the label is for, above 0`);
  return seconds;
}

/**
 * @param {ArrayLike<unknown>} list
 * @param {{ inputs: number, whole: number, fields: readonly string[] | undefined }} model
 * @param {string} where
 */
function readList(list, { inputs, whole, fields }, where) {
  const { length } = list;
  if (length !== inputs && length !== whole) {
    const names = fields ? ` (${fields.slice(0, 6).join(', ')}${fields.length > 6 ? ', ...' : ''})` : '';
    throw new RangeError(`${where} has ${length ?? 'no'} values, the model takes ${inputs}${names}${whole === inputs ? '' : `, or ${whole} of a whole window`}: send as many, or give another model`);
  }
  return Float64Array.from({ length }, (_, i) => numeric(list[i], `${where}[${i}]`));
}

/**
 * @param {unknown} value
 * @param {string} where
 */
function numeric(value, where) {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') {
    const number = numberOf(value);
    if (number === undefined) throw new TypeError(`${where} is a string (${show(value)}): make it a number, for example with Number() in a function node`);
    value = Number.isNaN(number) ? null : number;
  }
  if (value === null) return NaN;
  if (typeof value !== 'number') throw new TypeError(`${where} is ${show(value)}: send a number, or null for a missing value`);
  if (!(Math.abs(value) <= LARGEST)) throw new RangeError(`${where} is ${value}: send null for a missing value`);
  return value;
}

/**
 * The number that belongs to a sample; NaN where it is not known.
 * @param {unknown} value
 * @param {string} where
 */
export function readTarget(value, where) {
  return value === undefined || value === '' ? NaN : numeric(value, where);
}

/**
 * A label; undefined where there is none.
 * @param {unknown} value
 * @param {string} where
 */
export function readLabel(value, where) {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') throw new TypeError(`${where} is ${show(value)}: a label is a name or a number; leave it out where there is none`);
  if (value.length > LONGEST_NAME) throw new RangeError(`${where} has ${value.length} characters: a label has at most ${LONGEST_NAME}`);
  if (RESERVED.includes(value)) throw new RangeError(`${where} is "${value}", which JavaScript keeps for itself: call the label something else`);
  return labelOf(value);
}

/**
 * What names a sample until its label comes; undefined where nothing does.
 * @param {unknown} value
 * @param {string} where
 */
export function readId(value, where) {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string') throw new TypeError(`${where} is ${show(value)}: an id is a text or a number`);
  if (value.length > LONGEST_NAME) throw new RangeError(`${where} has ${value.length} characters: an id has at most ${LONGEST_NAME}`);
  return value;
}

/** @param {readonly string[]} names */
export function refuseReserved(names) {
  const name = names.flatMap((each) => each.split('.')).find((each) => RESERVED.includes(each));
  if (name !== undefined) throw new RangeError(`"${name}" is what JavaScript keeps for itself: choose another name`);
}

/** @param {unknown} value */
function show(value) {
  if (typeof value === 'string') return `'${value.length > 30 ? `${value.slice(0, 30)}...` : value}'`;
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
