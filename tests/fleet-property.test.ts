// Whatever number of devices, in whatever order, whatever comes twice, late or never: over every broker the model is, byte for byte, that of the central computation.

import fc from 'fast-check';
import { topicsOf } from '../host/fleet/topics.js';
import { BROKERS, NATS, type AnyBroker } from './brokers.js';
import { aggregate, central, ends, member, until } from './fleet-lab.js';
import { MOSQUITTO } from './mosquitto.js';
import { assert, suite } from './suite.js';

/** What the network does with the update of one device in one round. */
const FATE = fc.record({
  /** Who is first: by this number. */
  place: fc.nat(1000),
  /** It never arrives, and the device is gone. */
  lost: fc.boolean(),
  /** How often it comes again, and the one of the round before with it. */
  again: fc.integer({ min: 0, max: 2 }),
});
const FLEET = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
  .chain(([devices, rounds]) => fc.array(fc.array(FATE, { minLength: devices, maxLength: devices }), { minLength: rounds, maxLength: rounds }))
  .map((rounds) => rounds.map((fates) => fates.map((fate, d) => ({ ...fate, lost: fate.lost && d > 0 })))); // somebody is left
type Fates = typeof FLEET extends fc.Arbitrary<infer T> ? T : never;
const RUNS = 6;

let fleets = 0;

async function holds(broker: AnyBroker, protocolVersion: 4 | 5, rounds: Fates): Promise<void> {
  const devices = rounds[0]!.length;
  const models = await central(devices, rounds.length, (round, d) => rounds[round]![d]!.lost);
  const fleet = `lab-${fleets++}`; // what a broker retains is of fleets before
  const topics = topicsOf(fleet);
  const hub = await aggregate(broker.url, { fleet, protocolVersion, minDevices: 1, seconds: 60 });
  const sent: Buffer[][] = Array.from({ length: devices }, () => []);
  const members = await Promise.all(
    Array.from({ length: devices }, async (_, d) => {
      const made = await member(broker.url, d, { fleet, protocolVersion, rounds: rounds.length, onLesson: () => {} });
      const { publish } = made.client;
      made.client.publish = ((topic: string, payload: Buffer, ...rest: []) => {
        if (topic !== topics.update(`d${d}`)) return publish.call(made.client, topic, payload, ...rest);
        sent[d]!.push(payload);
        const { lost, again } = rounds[sent[d]!.length - 1]![d]!;
        for (let k = 0; !lost && k <= again; k++) {
          if (k > 0 && sent[d]!.length > 1) publish.call(made.client, topic, sent[d]!.at(-2)!, { qos: 1 });
          publish.call(made.client, topic, payload, { qos: 1 });
        }
        return made.client;
      }) as typeof publish;
      return made;
    }),
  );
  const say = (d: number, online: boolean): void => {
    const { client } = members[d]!;
    const { boot } = JSON.parse(String(client.options.will!.payload)) as { boot: number }; // any other would be another device
    client.publish(topics.status(`d${d}`), JSON.stringify({ online, boot }), { qos: 1 });
  };
  let extra = 0;
  for (const [round, fates] of rounds.entries()) {
    await until(`the model of round ${round}`, () => members.every(({ device }) => device.counts().round === round));
    fates.forEach((_, d) => say(d, true));
    await until('all are online', () => hub.aggregator.counts().online === devices);
    const order = fates.map((fate, d) => ({ ...fate, d })).sort((a, b) => a.place - b.place || a.d - b.d);
    for (const { d, lost, again } of order) {
      members[d]!.device.send();
      if (lost) say(d, false);
      else extra += again * (round > 0 ? 2 : 1);
    }
    await until(`the end of round ${round}`, () => hub.models.length === round + 2);
  }
  assert.equal(hub.models, models);
  const refused = (): number => Object.values(hub.aggregator.counts().refused).reduce((sum, n) => sum + n, 0);
  await until(`${extra} refusals`, () => refused() === extra);
  const { taken, refused: reasons } = hub.aggregator.counts();
  assert.is(taken, rounds.flat().filter(({ lost }) => !lost).length);
  assert.ok(Object.keys(reasons).every((reason) => reason === 'stale' || reason === 'repeated'), JSON.stringify(reasons));
  await hub.aggregator.close();
  await ends([hub.client, ...members.map(({ client }) => client)]);
}

const test = suite('any fleet', ...MOSQUITTO, NATS);
for (const [name, protocolVersion] of [['mosquitto', 4], ['mosquitto', 5], ['nats', 4], ['aedes', 4]] as const) {
  test(`over ${name}, MQTT ${protocolVersion === 4 ? '3.1.1' : '5'}`, async () => {
    const broker = await BROKERS[name]();
    try {
      await fc.assert(fc.asyncProperty(FLEET, (rounds) => holds(broker, protocolVersion, rounds)), { numRuns: RUNS, endOnFailure: true }); // to shrink would take minutes
    } finally {
      await broker.stop();
    }
  });
}
test.run();
