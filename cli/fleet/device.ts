import { once } from 'node:events';
import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import { crc32 } from '../../host/checksum.js';
import { configFromWords, configWords, type CoreName } from '../../host/config.js';
import { compile, supportedBuild } from '../../host/core.js';
import { FleetDevice, connectDevice, disconnectDevice } from '../../host/fleet/index.js';
import { decodeMessage } from '../../host/fleet/message.js';
import { topicsOf } from '../../host/fleet/topics.js';
import { Measures, autosave, createLearner, type Learner } from '../../host/index.js';
import { modelOf, unsealed, verified } from '../../host/fleet/signature.js';
import { decodeSnapshot } from '../../host/snapshot.js';
import { FileStore } from '../../host/stores/file.js';
import { snapshotFault } from '../../host/stores/fault.js';
import { UsageError, section, type Command } from '../arguments.js';
import { Complaints } from '../complaints.js';
import { FLEET_FAREWELL_MS, FLEET_OPTIONS, WAIT_OPTION, fleetOf, hintWhileWaiting, notTaken, roundTeller, sendTheRest, speaker, strandedText, unsentText, waitOf, whenTakenOver } from './connection.js';
import { endAll, onDeparture } from '../departure.js';
import { MODEL_KEY, publicKeyOf } from './keys.js';
import { BROKER_OPTIONS, credentials, tellConnection } from '../broker.js';
import { familiarFigure } from '../learner-options.js';
import { openSource } from '../sources/open.js';
import { STORE_OPTIONS, savedEvery } from '../keeper.js';
import { OPTIONS_OF_SOURCES, checkSource } from '../sources/options.js';
import { count, jsonLine, percent } from '../terminal.js';

const { inputs: _, ...SOURCE_OPTIONS } = OPTIONS_OF_SOURCES;
/** All that a fleet's model may ask for. */
const CORES: readonly CoreName[] = ['core', 'continual', 'fields', 'vision'];

export const fleetDevice: Command = {
  name: 'fleet device',
  operands: '',
  about: `A member of a fleet, as a service: takes the shape and the labels of its learner from the fleet's model, predicts and learns what its source gives, and shares
parameters, never samples. It goes on whatever the network does.`,
  options: {
    ...section('Fleet', { ...FLEET_OPTIONS, id: { value: 'NAME', help: 'of this device, one of its own: letters, digits, _ and -' }, 'model-key': MODEL_KEY, masks: { help: 'send updates under masks only: none to an aggregator without --masks' }, prototypes: { help: 'share mean and deviation of each label too, where `fleet aggregate --prototypes` hands them out' } }),
    ...section('Where samples come from', { ...SOURCE_OPTIONS, ...WAIT_OPTION }),
    ...section('Where it is kept', {
      ...STORE_OPTIONS,
      store: { value: 'DIR', help: 'a folder: what was learned and not sent is gone on with after a restart (default: it is lost)' },
    }),
    ...section('Broker', BROKER_OPTIONS),
    ...section('Output', { quiet: { help: 'nothing on stderr but errors' } }),
  },
  notes: [
    'A sample has the fleet\'s inputs, in the order of --fields or of the first sample, and one of its labels or none. An absent field is a missing value, as null is; told of once.',
    'Samples, sources and predictions are those of onward learn; --publish, --session and --protocol are about the source. --ca, --cert and --key serve both connections.',
    'When the source has ended it sends what it has: the rest of a round, and what did not fit into that with the next one. After kill -9 what it learned since the last save is lost to the fleet; without --store, all that it had not sent.',
    '',
    'Example:',
    '  onward fleet device --broker mqtt://localhost --fleet pumps --id pump-7 --source mqtt://localhost/plant/pump/7',
  ],

  async run(args) {
    const [url, fleet, id] = fleetOf(args, ['broker', 'fleet', 'id']) as [string, string, string];
    checkSource(args); // before the model is waited for, which may take days
    const wait = waitOf(args);
    const publicKey = publicKeyOf(args);
    const say = speaker(args);
    if (args.has('masks') && args.has('prototypes')) throw new UsageError('--prototypes does not go with --masks: they tell more of a device than its update does');
    const folder = args.text('store');
    for (const name of ['save-every', 'save-seconds']) if (folder === undefined && args.has(name)) throw new UsageError(`--${name} needs --store DIR`);
    const every = savedEvery(args);
    const store = folder === undefined ? undefined : await FileStore.open(join(folder, 'member'));
    const client = await connectDevice(url, { fleet, id, ...credentials(args) });
    tellConnection(client, url, say);
    const over = new AbortController();
    let live: Awaited<ReturnType<typeof openSource>> | undefined;
    const stop = (reason?: Error): void => {
      over.abort(reason);
      live?.stop();
    };
    onDeparture(() => stop(), () => process.exit(1), FLEET_FAREWELL_MS);
    whenTakenOver(client, stop);
    const measures = new Measures();
    let index = 0;
    const complaints = new Complaints(say);
    const refuse = complaints.take;
    let device: FleetDevice | undefined;
    let broken: Error | undefined;
    let saver: ReturnType<typeof autosave> | undefined;
    let unsent = 0;
    let failed: unknown;
    let hint: NodeJS.Timeout | undefined;
    const tell = roundTeller(say);
    const notKept = (error: Error): void => refuse(error, 'the store');
    try {
      const options: ConstructorParameters<typeof FleetDevice>[2] = {
        fleet,
        id,
        ...(store === undefined ? {} : { store, onError: notKept }),
        prototypes: args.has('prototypes'),
        masks: args.has('masks'),
        ...(publicKey === undefined ? {} : { publicKey }),
        onModel(round) {
          clearTimeout(hint);
          tell(round);
        },
        onRefused: (reason, detail) => reason === 'prototypes' || (reason === 'masks' && detail !== undefined) ? say(`--${reason}: ${detail}`) : refuse(notTaken(reason, detail, '--store with an empty folder begins anew in the shape of the fleet'), 'the broker'),
      };
      const kept = await store?.load();
      if (kept !== undefined) device = await FleetDevice.restore(client, kept.snapshot, options);
      else {
        for (const core of CORES) await compile(supportedBuild(), core); // by the first model the package may be another
        say(`waiting for the model of fleet ${fleet}`);
        hint = hintWhileWaiting(client, fleet, say);
        const made = await firstLearner(client, fleet, id, publicKey, over.signal, (reason) => refuse(notTaken(reason, undefined, ''), 'the broker'));
        if (made === undefined) return;
        device = new FleetDevice(client, made, options);
      }
      const member = device;
      const { learner } = member;
      if (kept === undefined) await member.ready(over.signal); // what it learned before would be replaced by the model
      if (over.signal.aborted) return;
      if (store !== undefined) saver = autosave(member, store, { ...every, onError: notKept });
      say(`${learner.inputs} inputs, labels ${learner.labels.join(', ')}${kept === undefined ? '' : `; ${count(learner.seen)} samples learned before`}`);
      const listeners = {
        fields: undefined,
        inputs: learner.inputs,
        known: { names: learner.labels, whose: "the fleet's" },
        place: undefined,
        onLabel: () => refuse(new Error('a label that comes later is not taken here; send it with its sample'), 'a label'),
        onRefused: refuse,
        say,
      };
      const hear = async (): Promise<void> => {
        live = await openSource(args, listeners);
        for await (const { x, y, t } of live.samples) {
          if (x.length !== learner.inputs) {
            refuse(new Error(`the sample has ${x.length} values, the fleet's model takes ${learner.inputs}`), 'a sample');
            continue;
          }
          if (y !== undefined && !learner.labels.includes(y)) {
            refuse(new Error(`label '${y.slice(0, 80)}' is none of the fleet's: ${learner.labels.join(', ')}`), 'a sample'); // of a board's frames
            continue;
          }
          const { label, probability, familiar, margin } = learner.predict(x);
          const learned = y !== undefined;
          if (learned) {
            member.learn(x, y);
            measures.add(y, label);
          }
          const line = { index: index++, label, probability: Number(probability.toFixed(4)), familiar: familiarFigure(familiar), margin: Number(margin.toFixed(4)), correct: learned ? label === y : null, round: member.counts().round, ...(t === undefined ? {} : { t }) };
          live.publish(line);
          if (!process.stdout.write(`${jsonLine(line)}\n`)) await once(process.stdout, 'drain', { signal: over.signal }).catch(() => {});
        }
      };
      await hear().catch((error: unknown) => void (broken = error as Error));
      // what was kept, or learned before the source broke, goes all the same
      unsent = await sendTheRest(member, wait, over.signal, say, broken && `the source is no more (${broken.message})`);
    } finally {
      clearTimeout(hint);
      // the store after what is being kept, and so the last update has gone out
      failed = await endAll([() => device?.close(), () => live?.close(), () => saver?.close().catch(notKept), () => store?.close(), () => disconnectDevice(client)]);
      const { models = 0, updates = 0, stranded = 0 } = device?.counts() ?? {};
      const isOver = device?.isOver === true;
      if (unsent > 0) say(unsentText(unsent, isOver, store === undefined ? ': with --store DIR they would wait for the next start' : ': they are kept, and go with the next start'));
      if (stranded > 0 && !isOver) say(strandedText(stranded, store !== undefined));
      const accuracy = measures.samples > 0 ? `, accuracy ${percent(measures.accuracy)}` : '';
      say(`${count(index)} samples, ${count(measures.samples)} learned${accuracy}, ${models} models taken, ${updates} updates sent, ${count(complaints.count)} refused`);
    }
    if (failed !== undefined) throw failed;
    if (broken !== undefined) throw broken;
    if (over.signal.reason instanceof Error && over.signal.reason.name !== 'AbortError') throw over.signal.reason;
  },
};

/** A learner of the shape that the fleet's model has, with a random state of its own: devices that round alike would err alike. */
async function firstLearner(client: MqttClient, fleet: string, id: string, key: Uint8Array | undefined, signal: AbortSignal, onRefused: (reason: string) => void): Promise<Learner | undefined> {
  const { model } = topicsOf(fleet);
  const { promise, resolve } = deferred<Uint8Array | undefined>();
  const take = async (topic: string, payload: Uint8Array): Promise<void> => {
    if (topic !== model) return;
    const bytes = key === undefined ? unsealed(payload) : await verified(payload, modelOf(fleet), key).catch(() => 'forged' as const);
    if (typeof bytes === 'string') return onRefused(bytes);
    const message = decodeMessage(bytes);
    if (typeof message === 'object' && message.kind === 'model' && snapshotFault(message.body) === undefined) resolve(message.body);
    else onRefused(typeof message === 'string' ? message : 'damaged'); // the next one may be
  };
  const subscribe = (): void => void client.subscribe(model, { qos: 1 }, () => {});
  client.on('message', take);
  client.on('connect', subscribe);
  if (client.connected) subscribe();
  signal.addEventListener('abort', () => resolve(undefined));
  const body = await promise;
  client.off('message', take);
  client.off('connect', subscribe);
  if (body === undefined) return undefined;
  await client.unsubscribeAsync(model); // or the client would leave out the device's subscription, and the broker the retained model
  const { config } = decodeSnapshot(body);
  return createLearner({ ...configFromWords(configWords(config), config.labels), seed: crc32(new TextEncoder().encode(id)) });
}

function deferred<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve!: (value: T) => void;
  return { promise: new Promise<T>((keep) => (resolve = keep)), resolve };
}
