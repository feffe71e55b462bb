/** Options of sources on the command line, and their checks before anything is opened. */
import { UsageError, type Arguments, type Option } from '../arguments.js';
import { BROKER_URL, credentials, protocolOf } from '../broker.js';
import { TABLE_OPTIONS } from '../files.js';
import { SOUND_OPTIONS } from '../sound.js';
import { splitUrl } from './mqtt.js';
import { OPTIONS_OF_SOME, maxBytes, queueOf } from './source.js';
import { SOURCES, SOURCE_HELP, kindOf, parseSource, type SourceName } from './table.js';

export const OPTIONS_OF_SOURCES: Record<string, Option> = {
  source: { value: 'SOURCE', help: SOURCE_HELP },
  topic: { value: 'TOPIC,..', help: 'the topics, instead of the one in the URL: more than one, or with ws:// and wss://' },
  label: { value: 'NAME', help: 'the field or column of the label (default y; a CSV: the last column)' },
  fields: { value: 'NAME,..', help: 'the numeric fields or columns, in this order (default: those of the first sample but label, t and id)' },
  drop: { value: 'COLUMN,..', help: 'columns of a CSV to leave out' },
  ...Object.fromEntries(Object.entries(TABLE_OPTIONS).map(([name, option]) => [name, { ...option, help: `of a CSV: ${option.help}` }])),
  ...SOUND_OPTIONS,
  inputs: { value: 'N', help: 'values in a sample; others are refused (default: as many as the first sample has)' },
  queue: { value: 'N', help: 'messages that may wait; beyond, the oldest is dropped and counted, and who POSTs waits (default 1000)' },
  'max-bytes': { value: 'N', help: 'a payload or line that is longer is refused unread (default 65536)' },
};

/** The options that say where samples come from and predictions go to. */
export interface Ends {
  source: SourceName;
  publish: { url: string | undefined; topic: string } | undefined;
}

/**
 * All that can be known to be wrong before anything is opened: for whoever has to wait before it opens.
 * @throws UsageError for what is written wrong, Error for what is not there
 */
export function checkSource(args: Arguments): Ends {
  const source = parseSource(args.text('source'));
  const kind = kindOf(source);
  for (const [name, needed] of Object.entries(OPTIONS_OF_SOME) as [keyof typeof OPTIONS_OF_SOME, string][]) {
    if (!args.has(name) || kind.options.includes(name)) continue;
    throw new UsageError(`--${name} needs a --source ${needed} (${SOURCES.filter(({ options }) => options.includes(name)).map(({ scheme }) => scheme).join(', ')})`);
  }
  queueOf(args);
  maxBytes(args);
  protocolOf(args);
  credentials(args);
  const publish = publishOf(args, source);
  kind.check?.(source, args);
  return { source, publish };
}

function publishOf(args: Arguments, { kind }: SourceName): Ends['publish'] {
  const publish = args.text('publish');
  if (publish === undefined) return undefined;
  const isUrl = BROKER_URL.test(publish);
  if (!isUrl && kind !== 'mqtt') throw new UsageError('--publish must be mqtt://host/topic where the source is not MQTT');
  const target = isUrl ? splitUrl(publish) : { url: undefined, topic: publish };
  if (target.topic === '' || /[+#]/.test(target.topic)) throw new UsageError(`--publish must name one topic, without + and #, got ${target.topic || 'none'}`);
  return target;
}
