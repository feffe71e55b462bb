import { FEWEST_JUDGED } from '../../host/fleet/distance.js';
import { UsageError, type Command } from '../arguments.js';
import { startEmbeddedBroker } from '../embedded-broker.js';
import { checkBroker } from './connection.js';
import { asideText } from './aside.js';
import { FAULTS, withFault, type FaultName } from './bad-device.js';
import { fleetContest, type Standing } from './contest.js';
import { TASKS, type FleetTask, type TaskName } from './tasks.js';
import { Screen, bar, count, grid, jsonLine, paint, percent, plot, type Colour } from '../terminal.js';

const HEIGHT = 8;

export const fleetDemo: Command = {
  name: 'fleet demo',
  operands: '',
  about: `Devices that hear only a part each, and what they learn together without sharing a sample. A broker, an aggregator and the devices run in this process and talk
MQTT; at the end stands what the shared model knows, what a device knows alone, and what one learner makes of everybody's samples.`,
  options: {
    task: { value: 'NAME', help: 'digits (two of the ten to a device) or fan (one of 17 speeds to a device); default digits' },
    devices: { value: 'N', help: 'members of the fleet, 2 to 200 (default 20)' },
    rounds: { value: 'N', help: 'passes through the samples, with an average after each (default 20)' },
    prototypes: { help: 'devices share mean and deviation of every label too: better for the fan (default: parameters only)' },
    step: { value: 'S', help: 'how much further than the mean change the model moves, 1/256 to 8 (default 2, with prototypes 1.5)' },
    'bad-device': { help: 'with four devices or more: one of the devices tells its values 1,000 times too large; see it found and set aside' },
    fault: { value: 'HOW', help: `what is wrong with it: ${Object.keys(FAULTS).join(', ')} (default scale)` },
    trust: { help: 'take devices at their word: with --bad-device, see what it makes of the model of all' },
    seed: { value: 'N', help: 'decides who hears what and every bit of what is learned (default 1)' },
    broker: { value: 'URL', help: 'a broker of your own instead, mqtt://host:1883; nothing is left there at the end' },
    json: { help: 'one JSON object instead of the view and the table' },
    quiet: { help: 'the table only' },
  },

  async run(args) {
    const name = args.text('task') ?? 'digits';
    if (!Object.hasOwn(TASKS, name)) throw new UsageError(`--task must be ${Object.keys(TASKS).join(' or ')}, got ${name}`);
    const members = args.whole('devices', 2, 200) ?? 20;
    const rounds = args.whole('rounds', 1, 1000) ?? 20;
    const seed = args.whole('seed', 0, 0xffff_0000) ?? 1;
    const step = args.number('step', 1 / 256, 8);
    const fault = args.text('fault') ?? 'scale';
    if (!Object.hasOwn(FAULTS, fault)) throw new UsageError(`--fault must be one of ${Object.keys(FAULTS).join(', ')}, got ${fault}`);
    if (args.has('fault') && !args.has('bad-device')) throw new UsageError('--fault needs --bad-device');
    if (args.has('bad-device') && members < FEWEST_JUDGED) throw new UsageError(`--bad-device needs --devices ${FEWEST_JUDGED} or more, got ${members}: fewer cannot be judged, since nobody is far from two others`);
    const bad = args.has('bad-device') ? { device: Math.floor(members / 3), fault: fault as FaultName } : undefined;
    const honest = await TASKS[name as TaskName](members, seed);
    const task = bad ? withFault(honest, bad.device, bad.fault) : honest;
    const aside = new Map<string, number[]>();
    if (args.has('broker')) checkBroker(args.text('broker')!);
    const broker = args.has('broker') ? { url: args.text('broker')!, stop: async () => {} } : await startEmbeddedBroker();
    const began = performance.now();
    const screen = new Screen();
    const standings: Standing[] = [];
    let bytes = 0;
    process.once('SIGINT', () => {
      screen.end();
      process.exit(130);
    });
    try {
      await fleetContest(broker.url, task, {
        rounds,
        seed,
        prototypes: args.has('prototypes'),
        ...(step === undefined ? {} : { step }),
        trust: args.has('trust'),
        onAside(round, contribution) {
          const rounds = aside.get(contribution.device) ?? [];
          aside.set(contribution.device, [...rounds, round]);
          if (rounds.length === 0 && !screen.live && !args.has('json') && !args.has('quiet')) process.stdout.write(`round ${String(round).padStart(3)}   ${asideText(contribution)}\n`);
        },
        onRound(standing, devices) {
          standings.push(standing);
          bytes = devices[0]!.learner.parameters().length;
          if (args.has('json') || args.has('quiet')) return;
          if (screen.live) screen.draw([...frame(task, standings, rounds), ...(bad ? ['', ...badLines(bad, aside, args.has('trust'))] : [])]);
          else if (standing.round % 5 === 0 || standing.round === rounds) process.stdout.write(`${line(standing)}\n`);
        },
      });
    } finally {
      screen.end();
      await broker.stop();
    }
    const seconds = (performance.now() - began) / 1000;
    const last = standings.at(-1)!;
    process.stdout.write(args.has('json') ? `${jsonLine({ task: name, devices: members, seed, seconds: Number(seconds.toFixed(2)), updateBytes: bytes, ...(bad ? { bad: { device: `device-${bad.device + 1}`, fault: bad.fault } } : {}), aside: Object.fromEntries(aside), rounds: standings })}\n` : `${closing(task, last, rounds, seconds, bytes, args.has('prototypes'))}${bad ? `${badLines(bad, aside, args.has('trust')).join('\n')}\n` : ''}`);
  },
};

/** The lines about the bad device: what is the matter with it, and what became of it. */
function badLines({ device, fault }: { device: number; fault: FaultName }, aside: ReadonlyMap<string, readonly number[]>, trust: boolean): string[] {
  const name = `device-${device + 1}`;
  const rounds = aside.get(name)?.length ?? 0;
  const others = [...aside.keys()].filter((each) => each !== name);
  const fate = trust ? 'is taken at its word' : rounds > 0 ? `is found and set aside in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}` : 'is not far from the others: clipped, and counted for no more than the median device';
  return [`${paint('red', name)} ${FAULTS[fault]}: it ${fate}`, ...(others.length > 0 ? [`set aside, too: ${others.join(', ')}`] : [])];
}

const LINES: readonly { name: 'central' | 'shared' | 'alone'; colour: Colour; title: string }[] = [
  { name: 'alone', colour: 'red', title: 'mean device alone' },
  { name: 'central', colour: 'grey', title: 'one learner, all samples' },
  { name: 'shared', colour: 'blue', title: 'shared model' },
];

function frame({ title, devices, judged }: FleetTask, standings: readonly Standing[], rounds: number): string[] {
  const width = Math.max(50, Math.min(100, process.stdout.columns ?? 80)) - 6;
  const now = standings.at(-1)!;
  const series = LINES.map(({ name, colour }) => ({ colour, points: standings.map((s) => [rounds === 1 ? 1 : (s.round - 1) / (rounds - 1), s[name]] as const) }));
  return [
    paint('bold', `${devices.length} devices: ${title}`),
    paint('grey', `accuracy on ${count(judged.length)} samples that nobody has heard`),
    `${bar(now.round / rounds, 30)} round ${now.round} of ${rounds}`,
    '',
    ...LINES.map(({ name, colour, title: text }) => `${paint(colour, text.padEnd(26))}${percent(now[name]).padStart(8)}`).reverse(),
    '',
    ...plot(series, width, HEIGHT).map((text, i) => `${i === 0 ? '100 %' : i === HEIGHT - 1 ? '  0 %' : '     '}┤${text}`),
  ];
}

function line({ round, shared, alone, central }: Standing): string {
  return `round ${String(round).padStart(3)}   shared ${percent(shared).padStart(7)}   alone ${percent(alone).padStart(7)}   one learner, all samples ${percent(central).padStart(7)}`;
}

function closing({ title, devices, all, judged }: FleetTask, { shared, alone, best, central }: Standing, rounds: number, seconds: number, bytes: number, prototypes: boolean): string {
  const apart = (other: number): string => `${shared >= other ? '+' : ''}${(100 * (shared - other)).toFixed(1)}`;
  return `
${grid([
    [`after ${rounds} rounds`, 'accuracy', 'shared is better by'],
    ['shared model', percent(shared), ''],
    ['mean device alone', percent(alone), apart(alone)],
    ['best device alone', percent(best), apart(best)],
    ['one learner, all samples', percent(central), apart(central)],
  ])}

${devices.length} devices: ${title}. ${count(all.length)} samples stayed where they were heard; ${count(bytes)} B of parameters${prototypes ? ', and of each label mean and deviation,' : ''} went to the
broker from each device and round. Judged on ${count(judged.length)} samples that nobody heard. ${seconds.toFixed(1)} s.
`;
}
