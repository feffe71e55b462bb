/** The sources that need no device: tables and MQTT; lines of JSON: json-lines.ts. */
import { MqttSource } from '../host/sources/mqtt.js';
import { checkLabel, type KnownLabels, type Sample } from '../host/sources/sample.js';
import { HEAD_BYTES, StreamTable } from '../host/sources/stream-table.js';
import type { MqttClient } from 'mqtt';
import type { Arguments } from './arguments.js';
import { openTable, tableOptions, tellWarnings } from './files.js';
import { firstLines, followLines, type Place } from './follow.js';
import { inOrder, likeOf, tableShape, unitsOf } from './model-note.js';
import { maxBytes, queueOf, topicsOf } from './live-options.js';
import { jsonFields, shapeOf, type LiveListeners, type Reader, type Shape } from './reader.js';

/** A CSV that is whole: read once, to its end. */
export async function liveFile(path: string, args: Arguments, { inputs, known, shape, channelsOnly, most, onRefused }: LiveListeners): Promise<Reader> {
  const stop = new AbortController();
  const file = await openTable(path, args, { signal: stop.signal, ...likeOf(shape), ...(known ? { known } : {}), ...(channelsOnly ? { label: null } : {}), onRefused: (error) => onRefused(error, path) });
  tellWarnings(path, file, args);
  checkMost(path, file.inputs, most);
  if (known && file.inputs !== inputs) throw new Error(`${path}: ${otherColumns(file.names, inputs!, known)}`);
  const rows = inOrder(file, shape);
  const samples = async function* (): AsyncGenerator<Sample> {
    try {
      yield* rows;
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  };
  return { samples: samples(), fields: shape?.fields ?? file.names, shape: shape?.fields ? shape : tableShape(file), dropped: 0, stop: () => stop.abort() };
}

function checkMost(path: string, columns: number, most = Infinity): void {
  if (columns > most) throw new Error(`${path}: ${columns} columns of numbers, ${most} are the most that there may be: leave others out with --drop COLUMN,..`);
}

/** Every row will have them, so the remedy is on the command line. */
function otherColumns(names: readonly string[], inputs: number, { whose }: KnownLabels): string {
  const listed = `${names.slice(0, 12).join(', ')}${names.length > 12 ? ', ...' : ''}`;
  return `${names.length} columns of numbers beside the label (${listed}), ${whose} samples have ${inputs}: leave columns out with --drop COLUMN,.., or name the label's with --label COLUMN`;
}

export async function liveMqtt(source: string, args: Arguments, listeners: LiveListeners, connect: (url: string) => Promise<MqttClient>): Promise<Reader> {
  const { url, topics } = topicsOf(source, args);
  const { onLabel, onRefused, say } = listeners;
  const mqtt = new MqttSource(await connect(url), topics, {
    ...jsonFields(args, listeners),
    queue: queueOf(args),
    maxBytes: maxBytes(args),
    onLabel,
    onRefused,
    onSubscribed: () => say(`listening to ${topics.join(', ')}`),
  });
  return {
    samples: mqtt,
    get fields() {
      return mqtt.fields;
    },
    get shape() {
      return shapeOf(mqtt.form);
    },
    restart: () => mqtt.restart(),
    get dropped() {
      return mqtt.counts().dropped;
    },
    stop: () => mqtt.close(),
  };
}

export async function liveCsv(path: string, args: Arguments, { onRefused, fields, shape, inputs, known, channelsOnly, most, place, say }: LiveListeners): Promise<Reader> {
  const limit = maxBytes(args);
  const label = channelsOnly ? null : args.text('label') ?? (shape?.form === 'table' ? shape.label : undefined);
  const table = new StreamTable({ ...tableOptions(args), ...(label === undefined ? {} : { label }), ...(args.has('drop') ? { drop: args.text('drop')!.split(',') } : {}) }, fields ?? args.text('fields')?.split(','), shape?.layout, (text) => say(`${path}: ${text}`));
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
