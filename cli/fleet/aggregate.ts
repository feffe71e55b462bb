import { join } from 'node:path';
import { Aggregator } from '../../host/fleet/index.js';
import type { AggregatorOptions } from '../../host/fleet/aggregator-options.js';
import { usualMinDevices } from '../../host/fleet/checked-options.js';
import { ANOTHER_BUDGET, Decisions, promiseOf } from '../../host/fleet/decisions.js';
import { faultUnderMasks, faultUnderNoise } from '../../host/fleet/option-faults.js';
import { isPrivateNote } from '../../host/fleet/private-note.js';
import { checkedPrivate, type PrivateOptions } from '../../host/fleet/private-options.js';
import { LAYERS, type Layers } from '../../host/fleet/turns.js';
import { createLearner, loadLearner, type Learner } from '../../host/index.js';
import { connectMqtt, endMqtt } from '../../host/sources/mqtt-client.js';
import { FileStore } from '../../host/stores/file.js';
import { UsageError, section, type Arguments, type Command } from '../arguments.js';
import { FLEET_OPTIONS, fleetOf, speaker } from './connection.js';
import { LEARNER_OPTIONS, networkConfig } from '../learner-options.js';
import { asideText } from './aside.js';
import { FileHistory, FileNotes } from './history-files.js';
import { privateKeyOf } from './keys.js';
import { METRICS_OPTION, serveFleet } from '../metrics.js';
import { endAll, onDeparture } from '../departure.js';
import { FLEET_FAREWELL_MS } from './connection.js';
import { BROKER_OPTIONS, credentials, tellConnection } from '../broker.js';
import { jsonLine } from '../terminal.js';

const { ca, cert, key } = BROKER_OPTIONS;

export const fleetAggregate: Command = {
  name: 'fleet aggregate',
  operands: '',
  about: `The aggregator of a fleet, as a service: hands out the shared model, averages what devices make of it, exactly, and hands out the next.
One for each fleet. Its folder is the truth: after a crash the round that was open begins anew from the same bytes.`,
  options: {
    ...section('Where', {
      ...FLEET_OPTIONS,
      store: { value: 'DIR', help: 'the folder of the models; made if it is not there' },
      ca: ca!,
      cert: cert!,
      key: key!,
    }),
    ...section('Rounds', {
      rounds: { value: 'N', help: 'end after so many (default: go on); with --private rounds in all that share epsilon, after which the last model stays' },
      examples: { value: 'N', help: 'samples after which a device sends its update (default 64)' },
      seconds: { value: 'S', help: 'a round ends then with whoever came (default 60)' },
      'min-devices': { value: 'N', help: 'with fewer the round goes on (default 2, with --masks 3, with --private 100)' },
      'min-examples': { value: 'N', help: 'with fewer in all the round goes on (default 1)' },
      'most-examples': { value: 'N', help: 'examples that count of one device (default 4 x --examples, with --private 1)' },
      step: { value: 'S', help: 'how much further than the mean change the model moves, 1/256 to 8 (default 2; with --prototypes\n1.5, with --layers few 8, with --private 4)' },
      layers: { value: 'WHICH', help: 'all; turns: one layer a round and device, fewer bytes up; few: 222 bytes a round and device,\nfor a model with --input-scale (default all)' },
      prototypes: { help: 'hand out what devices share of their labels: mean and deviation of each; for `fleet device --prototypes`' },
      masks: { help: 'sum updates under masks, so that no single one is seen; nothing is clipped, capped, trimmed or set aside then;\n3 to 255 devices, for a model with --input-scale' },
      private: { value: 'EPSILON', help: 'noise in every round, so that --rounds N rounds together tell no more of a device than EPSILON, 0.1 to 100;\nfor a model with --input-scale and --bits 16, and a hundred devices or more' },
      delta: { value: 'D', help: 'with --private: the chance that more is told, 1e-15 to 0.001 (default 1e-5)' },
      trust: { help: 'take devices at their word: nothing is clipped, capped, trimmed or set aside' },
      clip: { value: 'C', help: 'longer changes are cut to so many times the median, 0.5 to 100; 0: none is (default 1.5, with --trust 0)' },
      trim: { value: 'P', help: 'leave out this share of the lowest and highest values of every weight, up to 0.45 (default 0)' },
      'sign-key': { value: 'FILE', help: 'sign models with this private Ed25519 key, a PEM of `openssl genpkey -algorithm ed25519`' },
    }),
    ...section('A new model', {
      inputs: { value: 'N', help: 'values of a sample' },
      labels: { value: 'NAME,..', help: 'the labels there are; devices take them from the model' },
      'input-scale': { value: 'S', help: 'multiplies every input, instead of the running standardisation; best where the result is about 1 (default: standardise)' },
      ...LEARNER_OPTIONS,
    }),
    ...section('Output', { ...METRICS_OPTION, quiet: { help: 'nothing on stderr but errors' } }),
  },
  notes: [
    'Each round is one line: {"round": 12, "devices": 9, "examples": 576, "aside": ["pump-3"], "refused": {"stale": 1}, "online": 10}; refused counts since the start.',
    'A device whose update is far from all others is named, and its update set aside. `onward fleet watch` shows device by device; `fleet rollback`, `expel`, `readmit` and `canary` act.',
    'ONWARD_MQTT_USERNAME and ONWARD_MQTT_PASSWORD keep the password off the command line. SIGTERM and SIGINT end with code 0.',
    '',
    'Example:',
    '  onward fleet aggregate --broker mqtt://localhost --fleet pumps --store pumps --inputs 3 --labels ok,worn',
  ],

  async run(args) {
    const [url, fleet] = fleetOf(args) as [string, string];
    const folder = args.text('store');
    if (folder === undefined) throw new UsageError('--store DIR is missing');
    const options = roundOptions(args);
    const budget = budgetOf(args);
    checkTogether(args, options);
    const rounds = budget === undefined ? (args.whole('rounds', 1, 1e9) ?? Infinity) : Infinity;
    const say = speaker(args);
    const store = await FileStore.open(join(folder, 'model'));
    const notes = new FileNotes(join(folder, 'operator.json'));
    const ends: (() => unknown)[] = [];
    try {
      const learner = await modelOf(args, store, notes, budget);
      const signKey = await privateKeyOf(args);
      const client = await connectMqtt(url, { protocolVersion: 4, clientId: `onward-${fleet}-aggregator`, maxBytes: 2 ** 26, ...credentials(args) });
      tellConnection(client, url, say);
      const over = new AbortController();
      ends.push(() => endMqtt(client));
      onDeparture(() => over.abort(), () => process.exit(1), FLEET_FAREWELL_MS);
      // nothing is kept before the broker has been there: a wrong address leaves no model behind
      await new Promise<void>((resolve) => {
        client.once('connect', () => resolve());
        over.signal.addEventListener('abort', () => resolve());
      });
      if (over.signal.aborted) return;
      let ended = 0;
      const [told, toldAside, aside]: [Set<string>, Set<string>, string[]] = [new Set(), new Set(), []];
      const complain = (device: string, reason: string): void => {
        if (told.has(reason) || reason === 'stale' || reason === 'repeated') return; // those two are a network's everyday life
        told.add(reason);
        say(`an update of ${device} is refused: ${reason}${reason === 'foreign' ? ', its learner has another shape or other labels than the model' : ''} (said once; the lines count them)`);
      };
      const aggregator = await Aggregator.open(client, learner, store, {
        ...options,
        fleet,
        masks: args.has('masks'),
        ...(budget === undefined ? {} : { private: budget }),
        history: new FileHistory(join(folder, 'history')),
        notes,
        prototypeNotes: new FileNotes(join(folder, 'prototypes.json')),
        ...(signKey === undefined ? {} : { signKey }),
        onRound(event) {
          const { refused, online } = aggregator.counts();
          const { private: spent } = aggregator.standing();
          process.stdout.write(`${jsonLine({ ...event, aside: aside.splice(0), refused, online, ...(spent && { spent: spent.spent }) })}\n`);
          if (spent && spent.spent >= spent.rounds) say(overText(spent));
          if (++ended >= rounds) over.abort();
        },
        onShort({ round, devices, examples }) {
          const { minDevices = usualMinDevices({ masks: args.has('masks'), isPrivate: budget !== undefined }), minExamples = 1 } = options;
          if (devices >= minDevices && examples >= minExamples) say(`round ${round} begins anew: of ${devices} devices too few came through with their masks`);
          else say(`round ${round} goes on: ${devices} of at least ${minDevices} devices have sent, ${examples} of at least ${minExamples} examples; ${aggregator.counts().online} online`);
        },
        onAside(contribution) {
          aside.push(contribution.device);
          if (!toldAside.has(contribution.device)) say(asideText(contribution));
          toldAside.add(contribution.device);
        },
        onOperator: say,
        onRefused: (device, reason) => complain(device, reason),
        onError: (error) => over.abort(error),
      });
      const { inputs, labels, config } = learner;
      say(`round ${aggregator.counts().round} of fleet ${fleet}: ${inputs} inputs, ${config.units.join('-')} units, ${config.bits} bits, labels ${labels.join(', ')}; ${learner.parameters().length} B of parameters${args.has('masks') ? '; under masks' : ''}`);
      const { private: spent } = aggregator.standing();
      if (spent) say(spent.spent < spent.rounds ? `private: epsilon ${spent.epsilon}, delta ${spent.delta}; ${spent.spent} of ${spent.rounds} rounds are spent` : overText(spent));
      ends.push(() => aggregator.close());
      const metrics = await serveFleet(args, () => aggregator, say);
      if (metrics !== undefined) ends.push(() => metrics.close());
      if (!over.signal.aborted) await new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve()));
      if (over.signal.reason instanceof Error && over.signal.reason.name !== 'AbortError') throw over.signal.reason;
    } finally {
      await endAll([...ends.reverse(), () => store.close()]); // a lock that cannot be removed is taken over by the next run
    }
  },
};

type RoundOptions = Pick<AggregatorOptions, 'examples' | 'seconds' | 'minDevices' | 'minExamples' | 'mostExamples' | 'step' | 'clip' | 'trim' | 'trust' | 'prototypes' | 'layers'>;

function roundOptions(args: Arguments): RoundOptions {
  const options = {
    examples: args.whole('examples', 1, 1e6),
    seconds: args.number('seconds', 0.1, 86400),
    minDevices: args.whole('min-devices', 1, 1e6),
    minExamples: args.whole('min-examples', 1, 1e6),
    mostExamples: args.whole('most-examples', 1, 1e6),
    step: args.number('step', 1 / 256, 8),
    clip: clipOf(args),
    trim: args.number('trim', 0, 0.45),
    trust: args.has('trust') || undefined,
    prototypes: args.has('prototypes'),
    layers: layersOf(args),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Before anything is connected, by the names of the command line. */
function checkTogether(args: Arguments, options: RoundOptions): void {
  for (const [under, faultUnder] of [['private', faultUnderNoise], ['masks', faultUnderMasks]] as const) {
    const fault = args.has(under) ? faultUnder({ ...options, masks: args.has('masks') }) : undefined;
    if (fault === undefined) continue;
    const name = fault.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(fault.value === true ? `--${name} does not go with --${under}: ${fault.why}` : `--${name} ${fault.value} does not go with --${under}, it must be ${fault.expected}: ${fault.why}`);
  }
}

function budgetOf(args: Arguments): Required<PrivateOptions> | undefined {
  const epsilon = args.number('private', 0.1, 100);
  const delta = args.number('delta', 1e-15, 0.001);
  if (epsilon === undefined && delta !== undefined) throw new UsageError('--delta goes with --private EPSILON');
  if (epsilon === undefined) return undefined;
  const rounds = args.whole('rounds', 1, 10_000);
  if (rounds === undefined) throw new UsageError('--private EPSILON needs --rounds N: noise is reckoned for so many rounds');
  return checkedPrivate({ epsilon, rounds, delta });
}

function overText({ epsilon, rounds }: { epsilon: number; rounds: number }): string {
  return `epsilon ${epsilon} is spent, all ${rounds} rounds of it: the last model is handed out, and no other round begins`;
}

function clipOf(args: Arguments): number | undefined {
  return args.text('clip') === '0' ? 0 : args.number('clip', 0.5, 100);
}

function layersOf(args: Arguments): Layers {
  const layers = args.text('layers') ?? 'all';
  if (!LAYERS.includes(layers as Layers)) throw new UsageError(`--layers must be ${LAYERS.join(' or ')}, got ${layers}`);
  return layers as Layers;
}

/** That of the store, as it is; else a new one. */
async function modelOf(args: Arguments, store: FileStore, notes: FileNotes, budget: Required<PrivateOptions> | undefined): Promise<Learner> {
  const folder = args.text('store')!;
  const inputs = args.whole('inputs', 1, 4096);
  const labels = args.text('labels')?.split(',');
  if (labels && (labels.length < 2 || new Set(labels).size < labels.length)) throw new UsageError(`--labels must be two names or more, each once, got ${labels.join(',')}`);
  const inputScale = args.number('input-scale', -1e30, 1e30);
  const asked = { ...networkConfig(args), ...(inputScale === undefined ? {} : { inputScale }), ...(inputs === undefined ? {} : { inputs }), ...(labels === undefined ? {} : { labels }) };
  const kept = await store.load();
  if (!kept) {
    if (inputs === undefined || labels === undefined) throw new UsageError(`${folder} is empty: a new model needs --inputs N and --labels NAME,..`);
    checkScale(args, inputScale ?? null, 'give it --input-scale S');
    const learner = await createLearner({ ...asked, inputs, labels });
    if (budget !== undefined && learner.config.bits !== 16) throw new UsageError('--private needs finer steps than weights of 8 bits have: give the model --bits 16');
    return learner;
  }
  const learner = await loadLearner(kept.snapshot);
  const has: Record<string, unknown> = { ...learner.config, labels: learner.labels };
  for (const [name, value] of Object.entries(asked)) {
    const [given, there] = [String(value), String(has[name])];
    if (given !== there) throw new UsageError(`${name} ${given}: the model in ${folder} has ${there}; leave the option out, or give --store another folder for a new model`);
  }
  const { masks, private: had } = await Decisions.open(notes);
  const isPrivate = isPrivateNote(learner.note);
  if (had === undefined && (budget !== undefined || isPrivate)) throw new UsageError(`--private: got ${promiseOf(budget)}; the notes know of no private fleet${isPrivate ? `, and the model in ${folder} is of one` : ''}: put back the newest operator.json, or give --store another folder for a new model; ${ANOTHER_BUDGET}`);
  if (promiseOf(had) !== promiseOf(budget)) throw new UsageError(`--private: got ${promiseOf(budget)}; the model in ${folder} was begun with ${promiseOf(had)}, and stays so: give that, or give --store another folder for a new model; ${ANOTHER_BUDGET}`);
  if (masks !== undefined && masks !== args.has('masks')) throw new UsageError(masks ? `--masks is missing: the model in ${folder} was begun with it, so that no single update is seen; give --masks, or give --store another folder for a new model` : `--masks: the model in ${folder} was begun without; leave the option out, or give --store another folder for a new model`);
  checkScale(args, learner.config.inputScale, 'begin a model with --input-scale S in another folder');
  return learner;
}

/** Masks and few changes leave the standardisation behind, so each device would have its own. */
function checkScale(args: Arguments, inputScale: number | null, remedy: string): void {
  const asked = args.has('masks') ? '--masks' : args.has('private') ? '--private' : layersOf(args) === 'few' ? '--layers few' : undefined;
  if (asked !== undefined && inputScale === null) throw new UsageError(`${asked} carries no standardisation of the inputs, so the model needs a fixed scale: ${remedy}`);
}
