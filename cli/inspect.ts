import { arenaOf } from '../host/arena/learner.js';
import { bitsOf } from '../host/config.js';
import { isDetector } from '../host/detector/snapshot.js';
import { loadDetector, loadLearner, type Detector, type Learner, type ResolvedConfig } from '../host/index.js';
import { isRegressor } from '../host/regressor/snapshot.js';
import { loadRegressor } from '../host/regressor/index.js';
import type { Regressor } from '../host/regressor/regressor.js';
import type { Command } from './arguments.js';
import { readModels, type ModelFile } from './model.js';
import { keptIn } from './detect-loaded.js';
import { checkModelKind } from './model-kinds.js';
import { aheadOf, noteOf, withUnits, type ModelNote } from './model-note.js';
import { count, jsonText, plain, spark, table } from './terminal.js';
import { UsualRanges } from './usual-ranges.js';

const BINS = 32;

export const inspect: Command = {
  name: 'inspect',
  operands: 'MODEL',
  about: `What a model holds: a snapshot, the file of eval --save, or a store: its folder, or the path that a program gave to FileStore.open; of a folder with a learner and a detector, both.
Its fields, its configuration, how much was learned, how the weights are spread. A foreign or damaged file is refused with the reason.`,
  options: { json: { help: 'one JSON object instead of the table' } },

  async run(args) {
    const path = args.operand('MODEL');
    const [first, ...others] = await Promise.all((await readModels(path)).map((file) => inspected(path, file)));
    if (args.has('json')) process.stdout.write(`${jsonText({ ...first!.figures, ...(others.length === 0 ? {} : { beside: others.map(({ figures }) => figures) }) })}\n`);
    else process.stdout.write([first!, ...others].map(({ text }) => `${text}\n`).join('\n'));
  },
};

/** A model as JSON and as text. */
interface Inspected {
  figures: object;
  text: string;
}

async function inspected(path: string, file: ModelFile): Promise<Inspected> {
  checkModelKind('inspect', path, file.bytes);
  try {
    if (isRegressor(file.bytes)) return inspectRegressor(path, file, await loadRegressor(file.bytes));
    return isDetector(file.bytes) ? inspectDetector(path, file, await loadDetector(file.bytes)) : inspectLearner(path, file, await loadLearner(file.bytes));
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}

function inspectLearner(path: string, { bytes: file, generation, skipped }: ModelFile, learner: Learner): Inspected {
  const note = noteOf(learner.note);
  const { config, labels, inputs } = learner;
  const { seen, updates, saturations, exemplars, alarms, lastAlarm, rates, bytes } = learner.stats();
  const layers = config.units.map((units, layer) => ({ units, rate: rates[layer]! * config.rate, ...spread(withoutPadding(learner.weights(layer), config, layer)) }));
  const given = seen === 0 && isGiven(learner);
  learner.dispose();
  const names = plain(labels.join(', '));
  return {
    figures: { file: path, fileBytes: file.length, crc: 'ok', ...(generation === undefined ? {} : { generation, damaged: skipped }), config, labels, ...noteFigures(note), seen, given, updates, saturations, exemplars, alarms, lastAlarm, bytes, layers },
    text: `${table([
      ['file', `${count(file.length)} B`, `header, version and CRC are right${generation === undefined ? '' : `; generation ${generation} of the store${skipped > 0 ? `, ${skipped} newer ones are damaged` : ''}`}`],
      ['layers', config.units.join('-'), `${config.bits}-bit weights${bitsOf(config, 0) === config.bits ? '' : ', 16 in the first layer'}${config.skipInput ? ', skip input' : ''}${config.selfRate ? ', self-finding rate' : ''}`],
      ['inputs', count(inputs), config.window ? `windows of ${config.window.axes} axes x ${config.window.samples} samples` : config.grid ? `a grid of ${config.grid.height} x ${config.grid.width} x ${config.grid.channels}` : ''],
      ...noteLines(note),
      ['labels', count(labels.length), `${config.labelCapacity > labels.length ? `room for ${config.labelCapacity}: ` : ''}${names.length > 60 ? `${names.slice(0, 57)}...` : names}`],
      ['seed', String(config.seed), `rate ${short(config.rate)}, alpha ${short(config.alpha)}, margin ${short(config.margin)}`],
      ['seen', count(seen), given ? 'samples learned by itself: its weights were given to it, as a fleet shares them' : 'samples learned'],
      ['updates', count(updates), `layer updates, ${count(saturations)} weights are at their limit`],
      ...(config.exemplars > 0 ? [['exemplars', count(exemplars), `of ${count(config.exemplars)}, ${config.exemplarBits} bits a value`]] : []),
      ...(config.prototypes > 0 ? [['prototypes', count(config.prototypes), 'for each label']] : []),
      ...(config.drift === 'none' ? [] : [['alarms', count(alarms), `of drift, by ${config.drift}${alarms > 0 ? `, the last after ${count(lastAlarm)} samples` : ''}`]]),
      ...(config.secondOrder === 'off' ? [] : [['factor', `${count(bytes.factor)} B`, `second order: ${config.secondOrder}`]]),
      ['arena', `${count(bytes.arena)} B`, ''],
    ])}\n\n${table(layers.map(({ units, rate, rms, low, high, histogram }, i) => [
      `layer ${i + 1}`,
      `${units} units${config.patches[i] ? ` in ${config.patches[i].down} x ${config.patches[i].across} patches` : ''}`,
      `${spark(histogram)}  weights ${short(low)} to ${short(high)}, RMS ${short(rms)}, rate now ${short(rate)}`,
    ]))}`,
  };
}

/** True of a learner that has seen no sample and has other weights than it was made with: those of a fleet, or of `setParameters`. */
function isGiven(learner: Learner): boolean {
  const fresh = learner.clone();
  fresh.reset();
  const given = learner.config.units.some((_, layer) => Buffer.compare(new Uint8Array(learner.weights(layer).buffer), new Uint8Array(fresh.weights(layer).buffer)) !== 0);
  fresh.dispose();
  return given;
}

function inspectRegressor(path: string, { bytes: file }: ModelFile, regressor: Regressor): Inspected {
  const { config } = regressor;
  const { seen, updates, saturations, bytes } = regressor.stats();
  const note = noteOf(regressor.note);
  regressor.dispose();
  const { target } = note;
  const ahead = aheadOf(note, config);
  return {
    figures: { file: path, fileBytes: file.length, crc: 'ok', regressor: true, config, ...noteFigures(note), target: target ?? null, ahead, seen, updates, saturations, bytes },
    text: table([
      ['file', `${count(file.length)} B`, 'a regressor, which predicts a number; header, version and CRC are right'],
      ...(target === undefined ? [] : [['target', '', `column ${JSON.stringify(plain(target).slice(0, 60))}${ahead > 0 ? `, ${count(ahead)} rows ahead` : ''}`]]),
      ...noteLines(note),
      ['inputs', count(config.inputs), `and ${count(config.lags)} lags; horizon ${count(config.horizon)}`],
      ['layers', config.units.join('-'), `${config.bits}-bit weights, ${config.bins} bins`],
      ['seed', String(config.seed), `rate ${short(config.rate)}`],
      ['seen', count(seen), 'samples learned'],
      ['layer updates', count(updates), `${count(saturations)} weights are at their limit now`],
      ['arena', `${count(bytes.arena)} B`, ''],
    ]),
  };
}

function noteFigures({ form, fields, units, label, time, sound, picture, progress }: ModelNote) {
  return { form: form ?? null, fields: fields ?? null, units: units ?? null, label: label ?? null, time: time ?? null, sound: sound ?? null, picture: picture ?? null, predicted: progress?.samples ?? null };
}

/** Lines about the samples that the model was taught. */
function noteLines(note: ModelNote): string[][] {
  const { form, fields, label, sound, picture, progress } = note;
  const names = plain(withUnits(note).join(', '));
  return [
    ...(sound === undefined ? [] : [['sound', `${count(sound.audio)} Hz`, `windows of ${short(sound.samples / sound.audio)} s, ${count(sound.bands)} bands`]]),
    ...(picture === undefined ? [] : [['picture', `${picture.side} x ${picture.side}`, 'points of a camera; an input is a feature (pictureFeatures of onward/sources/camera)']]),
    ...(fields ? [['fields', count(fields.length), names.length > 80 ? `${names.slice(0, 77)}...` : names]] : form === 'x' ? [['fields', '', 'no names: arrays "x"']] : []),
    ...(label === undefined ? [] : [['label', '', `in ${form === 'table' ? 'column' : 'field'} ${JSON.stringify(plain(label).slice(0, 60))}`]]),
    ...(progress === undefined ? [] : [['predicted', count(progress.samples), 'samples, by the service that keeps it']]),
  ];
}

function inspectDetector(path: string, { bytes: file }: ModelFile, detector: Detector): Inspected {
  const { config } = detector;
  const { seen, alarms, threshold, toLearn, bytes } = detector.stats();
  const note = noteOf(detector.note);
  const { usual } = keptIn(detector.note);
  detector.dispose();
  return {
    figures: { file: path, fileBytes: file.length, crc: 'ok', detector: true, config, ...noteFigures(note), normal: usual ?? null, seen, alarms, threshold, toLearn, bytes },
    text: table([
      ['file', `${count(file.length)} B`, 'a detector; header, version and CRC are right'],
      ['mode', config.mode, config.mode === 'streaming' ? 'never stops learning' : toLearn > 0 ? `${count(toLearn)} samples are still to be learned` : 'has learned its warm-up, then no more'],
      ['channels', count(config.channels), ''],
      ...noteLines(note),
      ...(usual ? [['normal', '', plain(new UsualRanges(usual).text(note.fields))]] : []),
      ['units', count(config.units), `${config.bits}-bit weights`],
      ['seed', String(config.seed), `rate ${short(config.rate)}, warm-up ${count(config.warmup)}`],
      ['seen', count(seen), 'samples observed'],
      ['alarms', count(alarms), `hold ${count(config.hold)}, one in ${count(config.alarmEvery)} is no burden`],
      ['threshold', short(config.threshold), `now ${short(threshold)} times that`],
      ['arena', `${count(bytes.arena)} B`, ''],
    ]),
  };
}

/** Rows are padded to multiples of 8 columns, with zeros that would weigh in the figures. */
function withoutPadding(weights: Float32Array, config: ResolvedConfig, layer: number): Float32Array {
  const { columns } = arenaOf(config).regions.find((region) => region.kind === 'weights' && region.layer === layer)!;
  const isReal = columns.flatMap(({ count, of }) => Array.from({ length: of }, (_, i) => i < count));
  return weights.filter((_, i) => isReal[i % isReal.length]);
}

function spread(weights: Float32Array) {
  let low = Infinity;
  let high = -Infinity;
  let squares = 0;
  for (const w of weights) {
    low = Math.min(low, w);
    high = Math.max(high, w);
    squares += w * w;
  }
  const reach = Math.max(-low, high) || 1;
  const histogram = new Array<number>(BINS).fill(0); // from -reach to reach
  for (const w of weights) histogram[Math.min(BINS - 1, Math.floor(((w + reach) / (2 * reach)) * BINS))]!++;
  return { low, high, rms: Math.sqrt(squares / weights.length), reach, histogram };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
