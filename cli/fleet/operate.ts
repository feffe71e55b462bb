import { randomBytes } from 'node:crypto';
import type { OperatorAnswer } from '../../host/fleet/operator.js';
import { checkSegment, topicsOf } from '../../host/fleet/topics.js';
import { connectMqtt, connectionFault, endMqtt } from '../../host/sources/mqtt-client.js';
import { UsageError, section, type Arguments, type Command } from '../arguments.js';
import { BROKER_OPTIONS, credentials } from '../broker.js';
import { plain } from '../terminal.js';
import { FLEET_OPTIONS, fleetOf } from './connection.js';

const { ca, cert, key } = BROKER_OPTIONS;
const PATIENCE_MS = 10_000;

function command(name: string, operands: string, about: string, notes: string[], request: (args: Arguments) => object): Command {
  return {
    name: `fleet ${name}`,
    operands,
    about,
    options: section('Where', { ...FLEET_OPTIONS, ca: ca!, cert: cert!, key: key! }),
    notes: [...notes, 'The aggregator answers with one line; no answer in ten seconds is code 1. Whoever may write onward/v1/NAME/operator can do this: docs/fleet/acl keeps devices from it.'],
    async run(args) {
      const [url, fleet] = fleetOf(args) as [string, string];
      const answer = await ask(url, fleet, request(args), args);
      if (!answer.ok) throw new Error(answer.text);
      process.stdout.write(`${plain(answer.text)}\n`);
    },
  };
}

const deviceIn = (args: Arguments): string => named(args.operand('DEVICE'));

function named(name: string): string {
  try {
    checkSegment('DEVICE', name);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return name;
}

export const fleetRollback = command('rollback', 'ROUND', 'Hands out the model that an earlier round began with, as that of a new round. Devices add to it what they have learned and not sent.', ['The aggregator keeps the models of the last hundred rounds; `fleet watch` says which.'], (args) => {
  const round = args.operand('ROUND');
  if (!/^\d{1,9}$/.test(round)) throw new UsageError(`ROUND must be a whole number, got ${round}`);
  return { do: 'rollback', round: Number(round) };
});
export const fleetExpel = command('expel', 'DEVICE', 'Takes no update of a device any more, and waits for it in no round. It still gets the models.', ['Its name is kept in the folder of the aggregator; `fleet readmit DEVICE` takes it back.'], (args) => ({ do: 'expel', device: deviceIn(args) }));
export const fleetReadmit = command('readmit', 'DEVICE', 'Takes updates of a device again that was expelled.', [], (args) => ({ do: 'readmit', device: deviceIn(args) }));
export const fleetCanary = command(
  'canary',
  'DEVICES',
  'From now on a model goes to all only after it was no worse than the one before it on the last samples of these devices.',
  ['DEVICES are names with commas between them, or none: models go to all at once again.', 'No worse: at most one sample in fifty fewer is right. Where none of them answers in the time of a round, 60 s at most, the model before stays.'],
  (args) => ({ do: 'canary', devices: args.operand('DEVICES') === 'none' ? [] : args.operand('DEVICES').split(',').map(named) }),
);

async function ask(url: string, fleet: string, request: object, args: Arguments): Promise<OperatorAnswer> {
  const topics = topicsOf(fleet);
  const id = randomBytes(8).toString('hex');
  const client = await connectMqtt(url, { protocolVersion: 4, reconnectPeriod: 0, ...credentials(args) });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<OperatorAnswer>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer: does onward fleet aggregate --fleet ${fleet} run on this broker, and may you write to it?`)), PATIENCE_MS);
      client.on('error', (error) => reject(new Error(`no connection to ${new URL(url).host} (${connectionFault(error)})`, { cause: error })));
      client.on('message', (_, payload) => {
        const answer = answerIn(payload);
        if (answer?.id === id) resolve(answer);
      });
      client.on('connect', () => {
        client.subscribe(topics.answer, { qos: 1 }, () => client.publish(topics.operator, JSON.stringify({ ...request, id }), { qos: 1 }, () => {}));
      });
    });
  } finally {
    clearTimeout(timer);
    await endMqtt(client);
  }
}

function answerIn(payload: Uint8Array): OperatorAnswer | undefined {
  try {
    const { id, ok, text } = JSON.parse(new TextDecoder().decode(payload)) as OperatorAnswer;
    return typeof id === 'string' && typeof text === 'string' ? { id, ok: ok === true, text } : undefined;
  } catch {
    return undefined;
  }
}
