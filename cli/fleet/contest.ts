import { once } from 'node:events';
import type { MqttClient } from 'mqtt';
import { Aggregator, FleetDevice, connectDevice, disconnectDevice, type Contribution } from '../../host/fleet/index.js';
import type { Layers } from '../../host/fleet/turns.js';
import { createLearner, type Learner } from '../../host/index.js';
import { randomFrom, shuffle } from '../../host/shuffle.js';
import { topicsOf } from '../../host/fleet/topics.js';
import { connectMqtt, connectionFault, endMqtt } from '../../host/sources/mqtt-client.js';
import { MemoryStore } from '../../host/stores/memory.js';
import type { FleetTask, TaskSample } from './tasks.js';

/** After a round, shares of right answers on what nobody has heard. */
export interface Standing {
  round: number;
  shared: number;
  /** Mean of the devices, each on its own samples for as many rounds; and the best of them. */
  alone: number;
  best: number;
  /** One learner on the samples of all, for as many passes. */
  central: number;
}

export interface ContestOptions {
  rounds: number;
  seed: number;
  /** Devices share prototypes. Default false. */
  prototypes?: boolean;
  step?: number;
  /** Of an update. Default all. */
  layers?: Layers;
  /** Takes devices at their word. Default false. */
  trust?: boolean;
  /** The line about a device that was set aside, with the number of the round that ended. */
  onAside?: (round: number, contribution: Contribution) => void;
  onRound?: (standing: Standing, devices: readonly FleetDevice[]) => void;
}

/** A fleet on a broker against its devices alone and against one learner that hears everything. In a round everybody goes through their samples once, in an order of their own. */
export async function fleetContest(url: string, task: FleetTask, { rounds, seed, prototypes = false, step, layers = 'all', trust = false, onAside, onRound }: ContestOptions): Promise<Standing[]> {
  // to everybody an order of their own: who comes first over the network changes nothing
  const pass = (samples: readonly TaskSample[], random: () => number, learn: (x: Float32Array, y: string) => void): void => {
    for (const { x, y } of shuffle([...samples], random)) learn(x, y);
  };
  const orders = (): (() => number)[] => task.devices.map((_, d) => randomFrom(1000 * seed + d));
  const [inFleet, byThemselves, ofAll] = [orders(), orders(), randomFrom(seed)];
  const accuracy = (learner: Learner): number => task.judged.filter(({ x, y }) => learner.predict(x).label === y).length / task.judged.length;
  const learners = (): Promise<Learner[]> => Promise.all(task.devices.map((_, d) => createLearner({ ...task.config, seed: seed + 1 + d })));

  const client = await reached(url);
  // of its own, on a broker that others use too; at the end nothing is left of it there
  const fleet = `demo-${Date.now().toString(36)}`;
  const clients = await Promise.all(task.devices.map((_, d) => connectDevice(url, { fleet, id: `device-${d + 1}` })));
  const alone = await learners();
  const central = await createLearner({ ...task.config, seed });
  const devices = (await learners()).map((learner, d) => {
    const device: FleetDevice = new FleetDevice(clients[d]!, learner, {
      fleet,
      id: `device-${d + 1}`,
      prototypes,
      onModel(round) {
        if (round >= rounds) return;
        pass(task.devices[d]!, inFleet[d]!, (x, y) => device.learn(x, y));
        device.send();
      },
    });
    return device;
  });

  const standings: Standing[] = [];
  const over = new AbortController();
  const shared = await createLearner({ ...task.config, seed });
  const aggregator = await Aggregator.open(client, shared, new MemoryStore(), {
    fleet,
    examples: 1e6, // a device sends when it has gone through its samples, not after some number of them
    mostExamples: 1e6,
    minDevices: task.devices.length,
    prototypes,
    layers,
    trust,
    onAside: (contribution) => onAside?.(standings.length + 1, contribution),
    ...(step === undefined ? {} : { step }),
    onRound({ round }) {
      task.devices.forEach((samples, d) => pass(samples, byThemselves[d]!, (x, y) => alone[d]!.learn(x, y)));
      pass(task.all, ofAll, (x, y) => central.learn(x, y));
      const each = alone.map(accuracy);
      const mean = each.reduce((sum, a) => sum + a, 0) / each.length;
      standings.push({ round: round + 1, shared: accuracy(shared), alone: mean, best: Math.max(...each), central: accuracy(central) });
      onRound?.(standings.at(-1)!, devices);
      if (standings.length === rounds) over.abort();
    },
  });
  try {
    await once(over.signal, 'abort');
  } finally {
    for (const device of devices) device.close();
    await aggregator.close();
    await Promise.all(clients.map(disconnectDevice));
    const { model, round, prototypes: shared, standing, status } = topicsOf(fleet);
    for (const topic of [model, round, shared, standing, ...task.devices.map((_, d) => status(`device-${d + 1}`))]) client.publish(topic, '', { qos: 1, retain: true }, () => {});
    await endMqtt(client);
  }
  return standings;
}

/** A demonstration does not wait for a broker. @throws Error that says why there is no connection */
async function reached(url: string): Promise<MqttClient> {
  const client = await connectMqtt(url, { protocolVersion: 4, maxBytes: 2 ** 24 });
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', (error) => {
      client.end(true);
      reject(new Error(`no connection to ${new URL(url).host} (${connectionFault(error)}): is a broker running there?`, { cause: error }));
    });
  });
  return client;
}
