/** A board on a serial port. */
import { existsSync } from 'node:fs';
import { LANGUAGES } from '../../host/sources/link.js';
import { openSerial, type Message } from '../../host/sources/serial.js';
import { UsageError } from '../arguments.js';
import { count } from '../terminal.js';
import { JsonSource, jsonFields } from './json.js';
import { nameAndSettings, numberOf } from './name.js';
import { maxBytes, queueOf, type Shape, type SourceKind } from './source.js';

type Format = (typeof LANGUAGES)[number];

export const serial: SourceKind<{ kind: 'serial'; path: string; baud: number; format: Format | undefined }> = {
  kind: 'serial',
  scheme: 'serial:',
  help: 'serial:/dev/ttyACM0[?baud=115200&format=frames|json|text], a board that speaks the firmware\'s frames, or lines of JSON or plain numbers (told by what comes)',
  options: ['queue'],
  parse(rest, text) {
    const { name, settings } = nameAndSettings(rest, ['baud', 'format'], text);
    const asked = settings.get('format') ?? undefined;
    const format = LANGUAGES.find((language) => language === asked);
    if (format !== asked) throw new UsageError(`--source: format must be frames, json or text, got ${asked}`);
    return { kind: 'serial', path: name, baud: numberOf(settings, 'baud', 115200, 1e7), format };
  },
  check({ path }) {
    if (path.startsWith('/') && !existsSync(path)) throw new Error(`serial: there is no ${path}: is the board plugged in?`);
  },
  async open({ path, baud, format }, args, listeners) {
    const board = new Board(args.text('labels')?.split(',') ?? listeners.known?.names);
    const link = await openSerial(path, {
      baud,
      ...(format === undefined ? {} : { format }),
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
    return new SerialSource(link, board);
  },
};

class SerialSource extends JsonSource {
  constructor(
    private readonly link: Awaited<ReturnType<typeof openSerial>>,
    private readonly board: Board,
  ) {
    super(link, link, () => link.counts().dropped, () => void link.close());
  }

  override get shape(): Shape | undefined {
    return this.link.format === 'frames' ? { form: 'x', columns: undefined } : super.shape;
  }

  get device(): string | undefined {
    const { damaged, opened } = this.link.counts();
    const parts = [...this.board.lines(), ...(damaged > 0 ? [`${count(damaged)} damaged`] : []), ...(opened > 1 ? [`opened ${opened} times`] : [])];
    return parts.length > 0 ? parts.join(', ') : undefined;
  }
}

/** Latest messages of a board that learns by itself. */
class Board {
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
