/** A CSV that grows, read from its start or from where it was left. */
import { checkLabel, type Sample } from '../../host/sources/sample.js';
import { HEAD_BYTES, StreamTable } from '../../host/sources/stream-table.js';
import { UsageError, type Arguments } from '../arguments.js';
import { tableOptions } from '../files.js';
import { unitsOf } from '../model-note.js';
import { checkChannels, checkMost, otherColumns } from './csv.js';
import { firstLines, followLines, type Place } from './growing-file.js';
import { given } from './name.js';
import { maxBytes, type Shape, type Source, type SourceKind, type SourceListeners } from './source.js';

export const follow: SourceKind<{ kind: 'follow'; path: string }> = {
  kind: 'follow',
  scheme: 'follow:',
  help: 'follow:FILE for a CSV that grows, read from its start',
  options: ['drop', 'time', 'take', 'missing', 'differences'],
  parse: (path, text) => ({ kind: 'follow', path: given(path, text) }),
  check(_, args) {
    if (args.has('series')) throw new UsageError('--series needs the whole table: give FILE.csv, not follow:FILE.csv');
  },
  async open({ path }, args, listeners) {
    checkChannels(args, listeners);
    return openGrowing(path, args, listeners);
  },
};

async function openGrowing(path: string, args: Arguments, { onRefused, fields, shape, inputs, known, channelsOnly, take = [], most, place, say }: SourceListeners): Promise<Source> {
  const limit = maxBytes(args);
  const options = tableOptions(args);
  const label = channelsOnly ? null : args.text('label') ?? (shape?.form === 'table' ? shape.label : undefined);
  const table = new StreamTable({ ...options, take: [...(options.take ?? []), ...take], ...(label === undefined ? {} : { label }), ...(args.has('drop') ? { drop: args.text('drop')!.split(',') } : {}) }, shape?.fields ?? fields ?? args.text('fields')?.split(','), shape?.layout, (text) => say(`${path}: ${text}`));
  const at: Place = place ?? { inode: -1, offset: 0 };
  /** Behind the row that was given last. */
  const given: Place = { ...at };
  const stop = new AbortController();
  let toldToWait = false;
  const failing = <T>(read: () => T): T => {
    try {
      return read();
    } catch (cause) {
      throw new Error(`${path}: ${(cause as Error).message}`, { cause });
    }
  };
  if (at.offset > 0) {
    const lines = await firstLines(path, HEAD_BYTES, limit);
    failing(() => lines.length > 0 && table.resume(lines.map(({ text }) => text)));
  } else say(`reading ${path} from its start`);
  const samples = async function* (): AsyncGenerator<Sample> {
    for await (const line of followLines(path, at, limit, stop.signal)) {
      if (line === undefined) {
        if (!table.ready && !table.enough) {
          if (!toldToWait) say(`${path}: waiting for more rows, to tell by them what its columns are`);
          toldToWait = true;
          failing(() => table.check());
          continue;
        }
      } else {
        if (at.offset === line.bytes) table.restart(); // a file that was replaced begins anew
        table.add(line, { ...at });
      }
      if (line === undefined || table.ready || table.full) {
        const isNew = !table.ready;
        failing(() => table.decide());
        if (isNew) checkMost(path, table.fields!.length, most);
        for (const { sample, error, place: behind } of table.take()) {
          Object.assign(given, behind);
          try {
            if (error) throw error;
            if (known) {
              if (sample!.x.length !== inputs) throw new Error(otherColumns(table.fields!, inputs!, known));
              checkLabel(sample!.y, known, `line ${sample!.row}`);
            }
          } catch (refused) {
            onRefused(refused as Error, path);
            continue;
          }
          yield sample!;
        }
      }
    }
  };
  return {
    samples: samples(),
    get fields() {
      return table.fields;
    },
    get shape(): Shape | undefined {
      return table.layout && { form: 'table', fields: table.fields!, ...unitsOf(table.layout), ...(table.layout.labelName === '' ? {} : { label: table.layout.labelName }), layout: table.layout };
    },
    get place() {
      return given;
    },
    dropped: 0,
    stop: () => stop.abort(),
  };
}
