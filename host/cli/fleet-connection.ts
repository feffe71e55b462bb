import type { connectMqtt } from '../sources/mqtt-client.js';
import { checkSegment } from '../fleet/topics.js';
import { UsageError, type Arguments, type Option } from './arguments.js';

/** Where a fleet is found, for all who take part. */
export const FLEET_OPTIONS: Record<string, Option> = {
  broker: { value: 'URL', help: 'mqtt://[user:password@]host[:port] (mqtts, ws and wss too)' },
  fleet: { value: 'NAME', help: 'letters, digits, _ and -' },
};

type Client = Awaited<ReturnType<typeof connectMqtt>>;
const FAREWELL_MS = 2000;

export function fleetOf(args: Arguments, names: readonly string[] = ['broker', 'fleet']): string[] {
  return names.map((name) => {
    const value = args.text(name);
    if (value === undefined) throw new UsageError(`--${name} ${name === 'broker' ? 'URL' : 'NAME'} is missing`);
    if (name !== 'broker') segment(name, value);
    else if (!/^(mqtts?|wss?):\/\//.test(value)) throw new UsageError('--broker must be such as mqtt://host:1883'); // not repeated: it may hold a password
    return value;
  });
}

function segment(name: string, value: string): void {
  try {
    checkSegment(`--${name}`, value);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** To stderr: stdout belongs to the records. What others wrote gets no control character to a terminal. */
export function speaker(args: Arguments): (text: string) => void {
  return (text) => void (args.has('quiet') || process.stderr.write(`onward: ${text.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 500)}\n`));
}

/** A goodbye that a broker which does not answer cannot hold up. */
export async function farewell(client: Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([client.endAsync(!client.connected), new Promise<void>((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)))]);
  clearTimeout(timer);
  client.stream.destroy();
}
