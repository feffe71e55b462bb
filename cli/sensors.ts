/** A board on a serial port and a sensor of Linux as live sources. */
import { openIio } from '../host/sources/iio.js';
import { openSerial, type Message } from '../host/sources/serial.js';
import type { Arguments } from './arguments.js';
import { maxBytes, queueOf } from './live-options.js';
import { jsonFields, shapeOf, type LiveListeners, type Reader } from './reader.js';
import type { SourceName } from './source.js';
import { count } from './terminal.js';

export async function liveSerial({ path, baud, format }: Extract<SourceName, { kind: 'serial' }>, args: Arguments, listeners: LiveListeners): Promise<Reader> {
  const board = new BoardNews(args.text('labels')?.split(',') ?? listeners.known?.names);
  const link = await openSerial(path, {
    baud,
    format,
    ...jsonFields(args, listeners),
    ...(board.labels ? { labels: board.labels } : {}),
    queue: queueOf(args),
    maxBytes: maxBytes(args),
    onLabel: listeners.onLabel,
    onRefused: (error) => listeners.onRefused(error, path),
    onMessage: (message) => board.take(message),
    onConnection: (connected) => listeners.say(connected ? `${path} is back` : `${path} is gone, trying again`),
  });
  listeners.say(`listening to ${path}`);
  return {
    samples: link,
    get fields() {
      return link.fields;
    },
    get shape() {
      return format === 'frames' ? { form: 'x' as const } : shapeOf(link.form);
    },
    restart: () => link.restart(),
    get dropped() {
      return link.counts().dropped;
    },
    get device() {
      const { damaged, opened } = link.counts();
      const parts = [...board.lines(), ...(damaged > 0 ? [`${count(damaged)} damaged`] : []), ...(opened > 1 ? [`opened ${opened} times`] : [])];
      return parts.length > 0 ? parts.join(', ') : undefined;
    },
    stop: () => void link.close(),
  };
}

/** What a board that learns by itself has told so far. */
class BoardNews {
  #predicted = 0;
  #learned = 0;
  #alarms = 0;
  #last: Message | undefined;

  constructor(readonly labels: readonly string[] | undefined) {}

  take(message: Message): void {
    if (message.kind === 'predicted') this.#predicted++;
    if (message.kind === 'learned') this.#learned++;
    if (message.kind === 'observed' && message.alarm) this.#alarms++;
    if (message.kind === 'predicted' || message.kind === 'observed' || message.kind === 'trap') this.#last = message;
  }

  lines(): string[] {
    const last = this.#last;
    return [
      ...(this.#predicted > 0 ? [`${count(this.#predicted)} predicted, ${count(this.#learned)} learned`] : []),
      ...(last?.kind === 'predicted' ? [`the last ${this.labels?.[last.label] ?? `label ${last.label}`}`] : []),
      ...(last?.kind === 'observed' ? [`score ${last.score.toFixed(2)}, ${count(this.#alarms)} alarms`] : []),
      ...(last?.kind === 'trap' ? [`stopped with a trap, code ${last.code}`] : []),
    ];
  }
}

export async function liveIio({ device, hz, channels }: Extract<SourceName, { kind: 'iio' }>, { fields, say }: LiveListeners): Promise<Reader> {
  // of before: a learner's inputs keep their order
  const wanted = channels ?? fields;
  const source = await openIio(device, { hz, ...(wanted ? { channels: wanted } : {}) });
  say(`reading ${source.names.join(', ')} ${hz} times a second`);
  return {
    samples: source,
    fields: source.names,
    shape: { form: 'fields', fields: source.names },
    get dropped() {
      return source.counts().dropped;
    },
    stop: () => source.close(),
  };
}
