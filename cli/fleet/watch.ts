import type { Standing } from '../../host/fleet/index.js';
import { topicsOf } from '../../host/fleet/topics.js';
import { connectMqtt, endMqtt } from '../../host/sources/mqtt-client.js';
import { UsageError, section, type Command } from '../arguments.js';
import { BROKER_OPTIONS, credentials, tellConnection } from '../broker.js';
import { onDeparture } from '../departure.js';
import { hostAndPort } from '../http-server.js';
import { Screen, count, grid, jsonLine, paint, percent, plain, spark } from '../terminal.js';
import { times } from './aside.js';
import { FLEET_FAREWELL_MS, FLEET_OPTIONS, fleetOf, speaker } from './connection.js';
import { StandingPage } from './watch-page.js';

const { ca, cert, key } = BROKER_OPTIONS;
const PATIENCE_MS = 10_000;
const MOST_ROUNDS = 6;
const MOST_DEVICES = 30;

export const fleetWatch: Command = {
  name: 'fleet watch',
  operands: '',
  about: `How a fleet stands, as its aggregator tells it: rounds, who took part, bytes, how often the newest model is right on the devices' own last samples, and how far each
device is from the others. On a terminal a view that is redrawn; elsewhere a line of JSON whenever something has changed.`,
  options: {
    ...section('Where', { ...FLEET_OPTIONS, ca: ca!, cert: cert!, key: key! }),
    ...section('Output', { http: { value: '[HOST:]PORT', help: 'a page too, live, on http://HOST:PORT (default host 127.0.0.1: 0.0.0.0 lets others in)' }, once: { help: 'show it once, and end' }, json: { help: 'lines of JSON on a terminal, too' }, quiet: { help: 'nothing on stderr but errors' } }),
  },
  notes: [
    'Distance: how many times larger or smaller than usual a device\'s inputs are, or how many times longer its weights moved. A device that is marked ! was set aside.',
    'Where nothing of the fleet comes in ten seconds, --once ends with code 1; without it, it says so and waits.',
    'It reads what the aggregator retains on onward/v1/NAME/standing, and asks for nothing.',
  ],

  async run(args) {
    const [url, fleet] = fleetOf(args) as [string, string];
    if (args.has('http') && args.has('once')) throw new UsageError('--http stays: leave --once out');
    const where = args.has('http') ? hostAndPort(args.text('http')!, '--http') : undefined;
    const secrets = credentials(args);
    const page = where && (await StandingPage.serve(where, fleet));
    const client = await connectMqtt(url, { protocolVersion: 4, maxBytes: 2 ** 20, ...secrets }).catch((error: unknown) => {
      page?.close(); // a server that nobody closes would hold the command
      throw error;
    });
    const say = speaker(args);
    tellConnection(client, url, say);
    if (page) say(`the page: ${page.url}/`);
    const { standing } = topicsOf(fleet);
    const screen = new Screen();
    const live = screen.live && !args.has('json');
    let over!: () => void;
    const end = new Promise<void>((resolve) => (over = resolve));
    onDeparture(over, () => process.exit(), FLEET_FAREWELL_MS);
    let fault: string | undefined;
    const waiting = setTimeout(() => {
      const nothing = client.connected ? `nothing of fleet ${fleet} is on ${new URL(url).host}: does onward fleet aggregate --fleet ${fleet} run on this broker, and may you read it?` : `no connection to ${new URL(url).host} in ten seconds`;
      if (!args.has('once')) return say(`${nothing} Waiting for it`);
      fault = nothing;
      over();
    }, PATIENCE_MS);
    client.on('connect', () => client.subscribe(standing, { qos: 1 }, () => {}));
    client.on('message', (_, payload) => {
      const now = standingIn(payload);
      if (now === undefined) return;
      clearTimeout(waiting);
      page?.tell(now);
      if (live) screen.draw(view(fleet, now));
      else if (args.has('once') && !args.has('json')) process.stdout.write(`${view(fleet, now).join('\n')}\n`);
      else process.stdout.write(`${jsonLine(now)}\n`);
      if (args.has('once')) over();
    });
    await end;
    screen.end();
    clearTimeout(waiting);
    page?.close();
    await endMqtt(client);
    if (fault !== undefined) throw new Error(fault);
  },
};

/** It comes from outside: undefined for what is none. */
export function standingIn(payload: Uint8Array): Standing | undefined {
  try {
    const now = JSON.parse(new TextDecoder().decode(payload)) as Standing;
    const numbers = (values: unknown[]): boolean => Array.isArray(values) && values.every((each) => typeof each === 'number');
    const names = (values: unknown[]): boolean => Array.isArray(values) && values.every((each) => typeof each === 'string');
    const rows = (values: unknown[]): boolean => Array.isArray(values) && values.every((each) => typeof each === 'object' && each !== null);
    const isOne = numbers([now.round, now.online, now.modelBytes, now.samples]) && numbers(now.history) && names(now.expelled) && names(now.canaries) && rows(now.rounds) && rows(now.devices)
      && now.rounds.every((each) => numbers([each.round, each.devices, each.examples, each.bytes]) && names(each.aside)) && now.devices.every((each) => numbers([each.round, each.examples, each.bytes]))
      && (now.private === undefined || numbers([now.private.epsilon, now.private.delta, now.private.rounds, now.private.spent]));
    view('', now); // what cannot be shown is none
    return isOne ? now : undefined;
  } catch {
    return undefined;
  }
}

export function view(fleet: string, { round, online, modelBytes, accuracy, before, samples, rounds, devices, expelled, canaries, history, private: spent }: Standing): string[] {
  const change = accuracy !== null && before !== null ? ` (${accuracy >= before ? '+' : ''}${(100 * (accuracy - before)).toFixed(1)} on the model before)` : '';
  const right = accuracy === null ? 'no device has tested a model yet' : `the newest model is right on ${percent(accuracy)} of the devices' last ${count(samples)} samples${change}`;
  const table = grid([
    ['device', 'round', 'examples', 'inputs', 'weights', 'right', 'bytes'],
    ...devices.slice(0, MOST_DEVICES).map(({ id, round: last, examples, distance, aside, online: there, report, bytes }) => [
      `${aside ? '! ' : '  '}${plain(String(id))}${there ? '' : ' (gone)'}`, last < 0 ? '-' : String(last), count(examples), distance ? `${times(distance.channels)} x` : '-', distance ? `${times(distance.weights)} x` : '-',
      report && report.samples > 0 ? percent(report.right / report.samples) : '-', count(bytes),
    ]),
  ]).split('\n');
  return [
    `${paint('bold', `fleet ${fleet}`)}: round ${round}, ${count(online)} online, a model of ${count(modelBytes)} B`,
    ...(spent ? [`private: epsilon ${spent.epsilon}, delta ${spent.delta}; ${spent.spent < spent.rounds ? `${count(spent.spent)} of ${count(spent.rounds)} rounds are spent` : paint('orange', `all ${count(spent.rounds)} rounds are spent, no other begins`)}`] : [right]),
    `devices in a round ${spark(rounds.map((each) => each.devices))}`,
    ...rounds.slice(-MOST_ROUNDS).map((each) => `  round ${each.round}: ${count(each.devices)} devices, ${spent ? '' : `${count(each.examples)} examples, `}${count(each.bytes)} B${each.aside.length > 0 ? paint('red', `; set aside: ${plain(each.aside.join(', '))}`) : ''}${each.model === 'mean' ? '' : paint('orange', `; ${each.model === 'kept' ? 'worse on the canaries, the model before stays' : 'rolled back'}`)}`),
    ...(expelled.length > 0 ? [`expelled: ${plain(expelled.join(', '))}`] : []),
    ...(canaries.length > 0 ? [`canaries: ${plain(canaries.join(', '))}`] : []),
    ...(history.length > 0 ? [`models kept of rounds ${history[0]} to ${history.at(-1)}`] : []),
    '',
    ...table,
    ...(devices.length > MOST_DEVICES ? [`  and ${count(devices.length - MOST_DEVICES)} more`] : []),
  ];
}
