// The model's edit dialog holds texts; here they become configurations of the library, which checks them further.

import { join, resolve } from 'node:path';
import { refuseReserved } from './reading.mjs';

/** Labels there is room for where neither they nor their number are given. */
const LABEL_CAPACITY = 32;

/** Past samples kept where the model does not say how many: a learner that is taught by hand forgets what comes first without them. */
const EXEMPLARS = 200;

/** Numbers known before that are inputs, too, where a number is to be foreseen and the model does not say how many. */
const LAGS_AHEAD = 12;

/**
 * @typedef {{ kind: 'learner' | 'detector' | 'regressor', config: Record<string, unknown>, given: ReadonlySet<string>, hop?: number, adapt: import('onward').Adapt, unknownBelow?: number, labelAt?: number, ahead?: number, fields?: readonly string[], from?: string, folder?: string, samples: number, seconds: number }} Settings
 */

/**
 * @param {Record<string, any>} dialog the model as the editor saved it
 * @param {string} userDir where Node-RED keeps its files
 * @returns {Settings} `folder` undefined: kept in memory only; `given`: what of `config` the dialog says, and a stored learner must have
 * @throws {TypeError | RangeError} naming the field of the dialog
 */
export function settingsOf(dialog, userDir) {
  const fields = names(dialog.fields);
  const given = number('Inputs', dialog.inputCount);
  const inputs = given ?? fields?.length;
  const kind = dialog.kind === 'detector' || dialog.kind === 'regressor' ? dialog.kind : 'learner';
  const from = kind === 'learner' ? dialog.from?.trim() : '';
  if (inputs === undefined && !from) throw new RangeError('Inputs: missing; give the number of values per message, or name the fields');
  if (fields && fields.length !== inputs) throw new RangeError(`Inputs: ${inputs} do not fit the ${fields.length} names in "Fields"; leave one of the two empty`);
  const ahead = kind === 'regressor' ? (number('Horizon', dialog.horizon) ?? 0) : undefined;
  const config = kind === 'detector' ? detectorConfig(dialog, inputs) : ahead === undefined ? learnerConfig(dialog, inputs) : regressorConfig(dialog, inputs, ahead);
  const hop = kind === 'learner' ? hopOf(dialog) : undefined;
  const unknownBelow = number('Unknown below', dialog.unknownBelow);
  if (unknownBelow !== undefined && !(unknownBelow >= 0 && unknownBelow <= 1)) throw new RangeError(`Unknown below: got ${unknownBelow}; expected 0 to 1`);
  const labelAt = above0('Label alone', dialog.labelAt);
  const said = Object.entries(config).filter(([, value]) => value !== undefined);
  return {
    kind,
    config: { ...(kind === 'learner' ? { exemplars: EXEMPLARS } : {}), ...Object.fromEntries(said) },
    given: new Set(said.map(([name]) => name)),
    ...(hop === undefined ? {} : { hop }),
    adapt: adaptOf(dialog.adapt),
    ...(unknownBelow === undefined ? {} : { unknownBelow }),
    ...(labelAt === undefined ? {} : { labelAt }),
    ...(ahead === undefined ? {} : { ahead }),
    ...(fields ? { fields } : {}),
    ...(from ? { from: resolve(userDir, from) } : {}),
    ...(dialog.keep === false ? {} : { folder: folderOf(dialog, userDir) }),
    samples: above0('Save after samples', dialog.samples) ?? 1000,
    seconds: above0('Save after seconds', dialog.seconds) ?? 10,
  };
}

/**
 * @param {Record<string, any>} dialog
 * @param {number | undefined} inputs undefined: as the file says that it begins as
 */
function learnerConfig(dialog, inputs) {
  const labels = names(dialog.labels) ?? [];
  const exemplars = number('Memory', dialog.exemplars);
  const samples = number('Window', dialog.window);
  return {
    ...(samples === undefined ? { inputs } : { window: { axes: inputs, samples } }),
    labels,
    labelCapacity: number('Room for labels', dialog.labelCapacity) ?? (labels.length > 0 ? Math.max(2, labels.length) : LABEL_CAPACITY),
    units: listed(dialog.units)?.map((count) => number('Units', count)),
    bits: number('Bits', dialog.bits),
    exemplars,
    drift: dialog.drift || undefined,
  };
}

/**
 * @param {Record<string, any>} dialog
 * @param {number | undefined} channels
 */
function detectorConfig(dialog, channels) {
  return {
    channels,
    mode: dialog.mode || undefined,
    warmup: number('Warm-up', dialog.warmup),
    threshold: number('Threshold', dialog.threshold),
    hold: number('Hold', dialog.hold),
    bits: number('Bits', dialog.bits),
  };
}

/**
 * @param {Record<string, any>} dialog
 * @param {number | undefined} inputs
 * @param {number} ahead messages from a sample to its number; 0: they come together, which is as soon as one later
 */
function regressorConfig(dialog, inputs, ahead) {
  return {
    inputs,
    lags: number('Lags', dialog.lags) ?? (ahead > 0 ? LAGS_AHEAD : 0),
    horizon: ahead === 0 ? 1 : ahead,
    units: listed(dialog.units)?.map((count) => number('Units', count)),
  };
}

/** @param {Record<string, any>} dialog */
function hopOf(dialog) {
  const hop = number('Hop', dialog.hop);
  if (hop !== undefined && !(Number.isInteger(hop) && hop >= 1)) throw new RangeError(`Hop: got ${hop}; expected a whole number of messages, 1 or more`);
  return hop;
}

/**
 * A folder of its own for every model, unless one is named: then that one, inside Node-RED's folder where it is relative.
 * @param {Record<string, any>} dialog
 * @param {string} userDir
 */
function folderOf({ store, id }, userDir) {
  const folder = typeof store === 'string' && store.trim() !== '' ? store.trim() : join('onward', String(id).replace(/[^\w-]/g, '_'));
  return resolve(userDir, folder);
}

/**
 * @param {unknown} value
 * @returns {import('onward').Adapt}
 */
function adaptOf(value) {
  if (value === undefined || value === '' || value === 'never') return 'never';
  if (value === 'balanced') return value;
  throw new RangeError(`Without a label: expected never or balanced, got '${String(value).slice(0, 30)}'`);
}

/**
 * `64, 64` as ['64', '64']; undefined for an empty text.
 * @param {unknown} text
 */
function listed(text) {
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const list = text.split(',').map((name) => name.trim());
  if (list.includes('')) throw new RangeError(`"${text.slice(0, 60)}": an empty name between commas; take the comma out`);
  return list;
}

/**
 * The same of names, each of which stands there once.
 * @param {unknown} text
 */
function names(text) {
  const list = listed(text);
  if (list && new Set(list).size < list.length) throw new RangeError(`"${String(text).slice(0, 60)}": a name stands there twice`);
  if (list) refuseReserved(list);
  return list;
}

/**
 * @param {string} field
 * @param {unknown} text
 */
function number(field, text) {
  if (text === undefined || text === null || text === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new TypeError(`${field}: expected a number, got '${String(text).slice(0, 30)}'`);
  return value;
}

/**
 * @param {string} field
 * @param {unknown} text
 */
function above0(field, text) {
  const value = number(field, text);
  if (value !== undefined && !(value > 0)) throw new RangeError(`${field}: got ${value}; expected more than 0`);
  return value;
}
