/** A file that is whole, read once to its end: a CSV, or lines of JSON. */
import { createReadStream } from 'node:fs';
import type { Sample } from '../../host/sources/sample.js';
import { UsageError, type Arguments } from '../arguments.js';
import { checkReadable, openTable, tableOptions, tellWarnings } from '../files.js';
import { inOrder, likeOf, tableShape } from '../model-note.js';
import { checkChannels, checkMost, otherColumns } from './csv.js';
import { checkSound, isSound, soundOf, soundTable, soundWindowOf } from '../sound.js';
import { isJsonFile, openJsonLines } from './json-lines.js';
import { given } from './name.js';
import type { ResolvedSoundWindow } from '../../host/sound/window.js';
import type { Shape, Source, SourceKind, SourceListeners } from './source.js';

const NO_FIELDS = '--fields: a CSV has columns; leave some out with --drop';

export const file: SourceKind<{ kind: 'file'; path: string }> = {
  kind: 'file',
  scheme: 'a file',
  pattern: /^(?![a-z]{2,}:)/, // one letter: a Windows drive
  help: 'FILE.csv, FILE of JSON lines, FILE.wav or a folder of such sounds, read once',
  options: ['drop', 'time', 'take', 'missing', 'differences', 'series', 'audio', 'seconds'],
  parse: (path, text) => ({ kind: 'file', path: given(path, text) }),
  check({ path }, args) {
    if (args.has('fields') && /\.csv(\.gz)?$/i.test(path)) throw new UsageError(NO_FIELDS);
    if (soundOf(path, args) === undefined) checkReadable(path);
  },
  isEndless: () => false,
  async open({ path }, args, listeners) {
    if (!isSound(path) && (await isJsonFile(path))) return openJsonLines(createReadStream(path), path, args, listeners);
    if (args.has('fields')) throw new UsageError(NO_FIELDS);
    checkChannels(args, listeners);
    return openCsvFile(path, args, listeners);
  },
};

/** The windows that a model was taught, or those that are asked for. @throws where it was taught none, or others */
function soundLike(shape: Shape | undefined, args: Arguments): ResolvedSoundWindow {
  const known = shape?.sound;
  if (shape?.fields !== undefined && known === undefined) throw new Error('the stored learner was taught no sound: take another --store');
  if (known === undefined) return soundWindowOf(args);
  checkSound(known, args, 'the stored learner');
  return known;
}

async function openCsvFile(path: string, args: Arguments, { inputs, known, shape, channelsOnly, take = [], most, onRefused }: SourceListeners): Promise<Source> {
  const stop = new AbortController();
  const sound = isSound(path) ? soundLike(shape, args) : undefined;
  const table = await openTable(path, args, { signal: stop.signal, take: [...(tableOptions(args).take ?? []), ...take], ...likeOf(shape), ...(known ? { known } : {}), ...(channelsOnly ? { label: null } : {}), onRefused: (error) => onRefused(error, path) }, sound && (await soundTable(path, sound, args, shape?.layout !== undefined)).text);
  tellWarnings(path, table, args);
  checkMost(path, table.inputs, most);
  if (known && table.inputs !== inputs) throw new Error(`${path}: ${otherColumns(table.names, inputs!, known)}`);
  const rows = inOrder(table, shape);
  const samples = async function* (): AsyncGenerator<Sample> {
    try {
      yield* rows;
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  };
  return { samples: samples(), fields: shape?.fields ?? table.names, shape: { ...(shape?.fields ? shape : tableShape(table)), ...(sound ? { sound } : {}) }, dropped: 0, stop: () => stop.abort() };
}
