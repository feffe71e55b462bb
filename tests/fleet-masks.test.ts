// Updates under masks: their sum is, byte for byte, the clear one, whoever drops out at whatever step; of a single update the aggregator gets words that say nothing.

import fc from 'fast-check';
import { resolveConfig } from '../host/config.js';
import { ExactAverage } from '../host/fleet/average.js';
import { Aggregator, FleetDevice, connectDevice, disconnectDevice } from '../host/fleet/index.js';
import { keysOf, pairMask } from '../host/fleet/mask-cipher.js';
import { ATTEMPT_BYTES, decodeMasks, encodeMasks, type Join, type MaskMessage } from '../host/fleet/mask-messages.js';
import { MOST_SUMMED, MaskWords, bytesOf } from '../host/fleet/mask-words.js';
import { MaskedMember, signOf } from '../host/fleet/masked-member.js';
import { MaskedRound } from '../host/fleet/masked-round.js';
import { decodeMessage, encodeMessage } from '../host/fleet/message.js';
import { combine, split } from '../host/fleet/shamir.js';
import { createLearner } from '../host/index.js';
import { architectureOf } from '../host/parameters.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { BROKERS } from './brokers.js';
import { scrambled } from './fleet-judge.js';
import { SHAPE, ends, lesson, topics, until } from './fleet-lab.js';
import { MOSQUITTO } from './mosquitto.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('masks', ...MOSQUITTO);
const MASKED = { ...SHAPE, inputScale: 0.5 };
const config = resolveConfig(MASKED);
const architecture = architectureOf(config);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

test('shares: any threshold of them give the secret, and one fewer leaves every secret as likely', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }), fc.nat(), (secret, threshold, more, seed) => {
      const random = generator(seed);
      const shares = split(secret, threshold, threshold + more).map((share, k) => [k, share] as const).sort(() => random() - 0.5);
      assert.equal(combine(new Map(shares.slice(0, threshold))), secret);
      assert.equal(combine(new Map(shares)), secret);
    }),
  );
  const known = split(Uint8Array.of(77), 3, 3).slice(0, 2).map((share, k) => [k, share] as const);
  const possible = new Set(Array.from({ length: 256 }, (_, last) => combine(new Map([...known, [2, Uint8Array.of(last)]]))[0]));
  assert.is(possible.size, 256);
  assert.is(split(new Uint8Array(1), 2, 255).length, 255);
  assert.throws(() => split(new Uint8Array(1), 2, 256), /holders: got 256/);
  assert.throws(() => split(new Uint8Array(1), 4, 3), /threshold: got 4/);
});

test('the field is that of AES: {57} times {83} is {c1} (FIPS 197, 4.2)', () => {
  // a line through the secret with the slope 0x57, at 1 and at 0x83
  assert.equal(combine(new Map([[0, Uint8Array.of(0x2a ^ 0x57)], [0x82, Uint8Array.of(0x2a ^ 0xc1)]])), Uint8Array.of(0x2a));
});

test('words: sums wrap around and come back, with the most examples and the widest values there are', () => {
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), fc.constantFrom(8, 16) as fc.Arbitrary<8 | 16>, (seed, extreme, bits) => {
      const shape = resolveConfig({ ...MASKED, bits });
      const random = generator(seed);
      const base = scrambled(shape, random);
      const updates = Array.from({ length: 3 }, (_, k) => ({ packed: scrambled(shape, random, extreme), examples: k < 2 ? 20_000 : MOST_SUMMED - 40_000 }));
      const [clear, masked] = [new ExactAverage(shape, base, 512), new ExactAverage(shape, base, 512)];
      const sum = new MaskWords(shape);
      const mask = crypto.getRandomValues(new Uint8Array(bytesOf(shape)));
      updates.forEach(({ packed, examples }, k) => {
        clear.add(packed, examples);
        const words = MaskWords.weighted(shape, packed, examples);
        if (k < 2) words.add(mask, k === 0 ? 1 : -1);
        sum.add(words.bytes, 1);
      });
      masked.addSums(sum.sums(), MOST_SUMMED);
      assert.equal(masked.result(), clear.result());
    }),
    { numRuns: 40 },
  );
});

/** A round among devices in this process. */
interface Lab {
  round: MaskedRound;
  members: MaskedMember[];
  updates: { packed: Uint8Array; examples: number }[];
  base: Uint8Array;
  /** All that devices said and sent, by device. */
  said: Map<string, Uint8Array[]>;
  refused: string[];
  answers: string[];
}

const nameOf = (d: number): string => `d${d}`;

/** @param passes what the network makes of a device's message: another, or none */
function lab(devices: number, passes: (device: string, message: Uint8Array, step: string) => Uint8Array | undefined = (_, message) => message, { patience = 60_000, mostExamples = 256 } = {}): Lab {
  const random = generator(devices);
  const base = scrambled(config, random);
  const said = new Map<string, Uint8Array[]>();
  const [refused, answers]: [string[], string[]] = [[], []];
  const round: MaskedRound = new MaskedRound(7, config, base, { mostExamples, step: 512, minDevices: 3, patience }, (message, device) => {
    members.forEach((member, d) => (device === undefined || device === nameOf(d)) && member.take(text(message)));
  });
  const hand = (device: string, message: Uint8Array, step: string): void => {
    said.set(device, [...(said.get(device) ?? []), message]);
    const passed = passes(device, message, step);
    if (passed === undefined) round.gone(device);
    else answers.push(round.add(device, passed));
  };
  const updates = Array.from({ length: devices }, (_, d) => ({ packed: scrambled(config, random), examples: 1 + 3 * d }));
  const members: MaskedMember[] = updates.map(({ packed, examples }, d) => {
    const say = (message: string): void => hand(nameOf(d), text(message), (JSON.parse(message) as { step: string }).step);
    const member = new MaskedMember(nameOf(d), config, {
      say,
      send: (body, offer, counted) => hand(nameOf(d), encodeMessage({ kind: 'update', architecture, round: offer.round, examples: counted, sequence: 0, masked: true, body }), 'update'),
    }, (reason) => refused.push(`${nameOf(d)}: ${reason}`));
    member.offer({ round: 7, examples, parameters: packed }, true);
    return member;
  });
  return { round, members, updates, base, said, refused, answers };
}

async function joined({ round }: Lab, devices: number): Promise<void> {
  await until('all have joined', () => round.devices.size === devices);
}

function clearSum({ base, updates }: Lab, without: readonly string[], most = 256): Uint8Array {
  const average = new ExactAverage(config, base, 512);
  updates.forEach(({ packed, examples }, d) => without.includes(nameOf(d)) || average.add(packed, Math.min(examples, most)));
  return average.result();
}

for (const [step, gone] of [['none', []], ['shares', ['d3', 'd7', 'd11']], ['update', ['d3', 'd7', 'd11']], ['reveal', ['d3', 'd7', 'd11']]] as const) {
  test(`20 devices, ${gone.length} drop out before their ${step}: the clear sum, byte for byte`, async () => {
    const all = lab(20, (device, message, what) => (what === step && (gone as readonly string[]).includes(device) ? undefined : message));
    await joined(all, 20);
    const { parameters, contributions } = (await all.round.end())!;
    const without = step === 'reveal' ? [] : gone; // its update came, and others have shares of its mask
    assert.equal(parameters, clearSum(all, without));
    assert.equal(contributions.map(({ device }) => device).sort(), all.updates.map((_, d) => nameOf(d)).filter((name) => !(without as readonly string[]).includes(name)).sort());
    assert.equal(all.refused, []);
  });
}

test('any fleet, whoever drops out at whatever step: the clear sum of those whose update came, or none', async () => {
  const STEPS = ['shares', 'update', 'reveal', 'never', 'never', 'never', 'never'] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 9 }), async (fates) => {
      const all = lab(fates.length, (device, message, step) => (step === fates[Number(device.slice(1))] ? undefined : message));
      await joined(all, fates.length);
      const ended = await all.round.end();
      const threshold = Math.floor(fates.length / 2) + 1;
      const left = (...lost: string[]): number => fates.filter((fate) => !lost.includes(fate)).length;
      const enough = left('shares', 'update') >= Math.max(3, threshold) && left('shares', 'update', 'reveal') >= threshold;
      assert.is(ended !== undefined, enough, fates.join());
      if (enough) assert.equal(ended!.parameters, clearSum(all, fates.flatMap((fate, d) => (fate === 'shares' || fate === 'update' ? [nameOf(d)] : []))));
    }),
    { numRuns: 40 },
  );
});

test('a late update is refused; without its own mask, which nobody tells, it stays hidden from who has all pair masks of its device', async () => {
  const late = new Map<string, Uint8Array>();
  const all = lab(5, (device, message, step) => {
    if (step !== 'update' || device !== 'd2') return message;
    late.set(device, message);
    return undefined;
  });
  await joined(all, 5);
  const { parameters } = (await all.round.end())!;
  assert.equal(parameters, clearSum(all, ['d2']));
  assert.is(all.round.add('d2', late.get('d2')!), 'stale');
  // what a curious aggregator has now: the private key that d2 made its pair masks with
  const steps = [...all.said].flatMap(([device, messages]) => messages.flatMap((bytes) => (bytes[0] === 0x7b ? [[device, decodeMasks(bytes)!] as const] : [])));
  const of = <S extends MaskMessage['step']>(step: S) => new Map(steps.flatMap(([device, message]) => (message.step === step ? [[device, message as Extract<MaskMessage, { step: S }>] as const] : [])));
  const reveals = of('reveal');
  assert.ok([...reveals.values()].every(({ self, pair }) => pair.has('d2') && !self.has('d2') && [...self.keys()].every((name) => !pair.has(name))));
  const joins = of('join');
  const keys = keysOf(combine(new Map([...reveals].map(([name, { pair }]) => [Number(name.slice(1)), pair.get('d2')!]))), joins.get('d2')!.mask);
  const { body } = decodeMessage(late.get('d2')!) as Exclude<ReturnType<typeof decodeMessage>, string>;
  const words = new MaskWords(config);
  words.add(body.subarray(ATTEMPT_BYTES), 1);
  for (const [name, { mask }] of joins) if (name !== 'd2') words.add(pairMask(keys, mask, body.subarray(0, ATTEMPT_BYTES), bytesOf(config)), signOf(name, 'd2'));
  const clear = MaskWords.weighted(config, all.updates[2]!.packed, all.updates[2]!.examples).bytes;
  const alike = words.bytes.filter((byte, i) => byte === clear[i]).length / clear.length;
  assert.ok(alike < 0.02, `${(100 * alike).toFixed(1)} % of the bytes are clear`); // one in 256 is by chance
});

test('a device tells its shares once, only of a whole sum that it is in, and joins none whose aggregator could be alone with it', async () => {
  const said: MaskMessage[] = [];
  const sent: Uint8Array[] = [];
  let refused = 0;
  const peers = await Promise.all(['b', 'c'].map(async (name) => {
    const peer = { name, heard: [] as MaskMessage[], member: undefined as unknown as MaskedMember };
    peer.member = new MaskedMember(name, config, { say: (message) => peer.heard.push(decodeMasks(text(message))!), send: () => {} }, () => {});
    peer.member.offer({ round: 1, examples: 5, parameters: scrambled(config, generator(1)) }, true);
    await until('its offer', () => peer.heard.length === 1);
    return peer;
  }));
  const member = new MaskedMember('a', config, { say: (message) => said.push(decodeMasks(text(message))!), send: (body) => sent.push(body) }, () => refused++);
  const offer = { round: 1, examples: 5, parameters: scrambled(config, generator(1)) };
  const attempt = new Uint8Array(ATTEMPT_BYTES);
  const rosterOf = (names: readonly string[], threshold: number, round = 1): string => {
    const joins = new Map([['a', said.filter(({ step }) => step === 'join').at(-1) as Join], ...peers.map(({ name, heard }) => [name, heard[0] as unknown as Join] as const)] as [string, Join][]);
    return encodeMasks({ step: 'roster', round, attempt, threshold, most: 256, members: new Map(names.map((name) => [name, { seal: joins.get(name)!.seal, mask: joins.get(name)!.mask }])) });
  };
  const refuses = async (message: string): Promise<void> => {
    const before = refused;
    member.take(text(message));
    await until('a refusal', () => refused === before + 1);
  };
  member.offer(offer, true);
  await until('its offer', () => said.length === 1);
  member.offer(offer, false); // once more, since the aggregator may not have heard it: with the same keys
  await until('it again', () => said.length === 2);
  assert.equal(said[1], said[0]);
  await refuses('{"step":"roster"}');
  await refuses(rosterOf(['a', 'b'], 2)); // with one other
  await refuses(rosterOf(['a', 'b', 'c'], 1)); // half of them could tell
  await refuses(rosterOf(['a', 'b', 'c'], 2).replace(/"b":\{"seal":"[0-9a-f]+"/, `"b":{"seal":"${'0'.repeat(64)}"`)); // a point of low order: X25519 gives 0
  member.offer(offer, true);
  await until('another offer', () => said.length === 3);
  said.shift();
  const roster = rosterOf(['a', 'b', 'c'], 2);
  for (const each of [member, ...peers.map((peer) => peer.member)]) each.take(text(roster));
  await until('shares of all', () => said.length === 3 && peers.every(({ heard }) => heard.length === 2));
  const dealt = (to: string): Map<string, Uint8Array> => new Map(peers.map(({ name, heard }) => [name, (heard[1] as Extract<MaskMessage, { step: 'shares' }>).sealed.get(to)!]));
  await refuses(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b'] })); // it has sent nothing yet
  await refuses(encodeMasks({ step: 'shares', attempt, sealed: new Map([...dealt('a')].map(([name, bytes]) => [name, bytes.map((byte) => byte ^ 1)])) })); // nobody has sealed that
  member.take(text(encodeMasks({ step: 'shares', attempt, sealed: dealt('a') })));
  await until('its update', () => sent.length === 1);
  await refuses(encodeMasks({ step: 'survivors', attempt, survivors: ['a'] })); // below the threshold
  member.take(text(encodeMasks({ step: 'survivors', attempt, survivors: ['b', 'c'] }))); // without it: that is not its sum
  await refuses(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b', 'd'] })); // a stranger
  member.take(text(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b'] })));
  await until('its shares', () => said.length === 4);
  const reveal = said[3] as Extract<MaskMessage, { step: 'reveal' }>;
  assert.equal([[...reveal.self.keys()].sort(), [...reveal.pair.keys()]], [['a', 'b'], ['c']]);
  await refuses(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'c'] })); // both secrets of b and c would be out
  assert.is(said.length, 4);
  member.offer(offer, true); // another attempt: other keys, and the old one is over
  await until('its offer', () => said.length === 5);
  assert.not.equal((said[4] as unknown as Join).mask, (said[0] as unknown as Join).mask);
  member.take(text(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b'] })));
  member.take(text('no message'));
  await until('that refusal', () => refused === 10);
  assert.is(said.length, 5);
});

test('shares that are not what was promised: no sum rather than a wrong one', async () => {
  for (const kind of ['self', 'pair'] as const) {
    const all = lab(6, (device, message, step) => {
      if (step === 'update' && device === 'd5') return undefined;
      if (step !== 'reveal' || device !== 'd1') return message;
      const reveal = decodeMasks(message) as Extract<MaskMessage, { step: 'reveal' }>;
      return text(encodeMasks({ ...reveal, [kind]: new Map([...reveal[kind]].map(([name, share]) => [name, share.map((byte) => byte ^ 1)])) }));
    });
    await joined(all, 6);
    // the first four that come are believed, and d1 is among them
    assert.is(await all.round.end(), undefined, kind);
  }
});

test('repetitions, strangers, damage and whatever is not asked for are refused by name and change nothing', async () => {
  const all = lab(4);
  await joined(all, 4);
  const { round, said, answers } = all;
  assert.is(round.add('d9', text('{}')), 'damaged');
  assert.is(round.add('d9', text('{"step":"join","round":7}')), 'damaged');
  const clear = encodeMessage({ kind: 'update', architecture, round: 7, examples: 3, sequence: 0, body: all.updates[0]!.packed });
  assert.is(round.add('d1', clear), 'masks');
  assert.is(round.add('d1', clear.subarray(1)), 'magic');
  const { parameters } = (await round.end())!;
  assert.equal(parameters, clearSum(all, []));
  assert.ok(answers.every((answer) => answer === 'heard' || answer === 'taken'), answers.join());
  const [join, shares, update, reveal] = said.get('d1')!;
  assert.equal([join, shares, update, reveal].map((bytes) => round.add('d1', bytes!)), ['repeated', 'repeated', 'stale', 'repeated']);
  assert.is(round.add('d9', shares!), 'damaged');
  assert.is(round.add('d9', reveal!), 'repeated');
});

test('under masks too no device counts for more than the most examples, and all of a round fit their words', async () => {
  const all = lab(4, undefined, { mostExamples: 5 });
  await joined(all, 4);
  const { parameters, contributions } = (await all.round.end())!;
  assert.equal(parameters, clearSum(all, [], 5));
  assert.equal(contributions.map(({ examples }) => examples), [1, 4, 5, 5]);
});

test('what needs single updates is refused, and so is a model without a fixed scale', async () => {
  const client = await connectMqtt('mqtt://127.0.0.1:9', { reconnectPeriod: 0 });
  client.on('error', () => {});
  const open = async (options: object, shape: object = MASKED): Promise<string> => {
    const opened = Aggregator.open(client, await createLearner(shape as typeof MASKED), new MemoryStore(), { fleet: 'lab', masks: true, ...options });
    return opened.then(() => 'opened', (error: Error) => (error instanceof RangeError ? error.message : String(error)));
  };
  assert.match(await open({}, SHAPE), /options\.masks: true carries no standardisation/);
  assert.match(await open({ trust: false }), /options\.trust: got false with masks; expected true/);
  assert.match(await open({ clip: 1.5 }), /options\.clip: got 1.5 with masks/);
  assert.match(await open({ trim: 0.1 }), /options\.trim: got 0.1 with masks/);
  assert.match(await open({ prototypes: true }), /options\.prototypes: got true with masks/);
  assert.match(await open({ layers: 'few' }), /options\.layers: got few with masks/);
  assert.match(await open({ minDevices: 2 }), /options\.minDevices: got 2 with masks; expected 3 or more/);
  assert.match(await open({ minDevices: 256 }), /options\.minDevices: got 256 with masks/);
  assert.is(await open({}), 'opened');
  client.end(true);
});

test('mosquitto: 20 devices, three gone in the middle of each round, and the bytes of the clear average', async () => {
  const broker = await BROKERS.mosquitto();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const learner = await createLearner(MASKED);
  const models = [learner.parameters()];
  const clears: string[] = [];
  client.on('message', (topic, payload) => {
    const message = topic.endsWith('/update') ? decodeMessage(payload) : undefined;
    if (typeof message === 'object' && message.masked !== true) clears.push(topic);
  });
  const events: [number, number][] = [];
  const hub = await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', masks: true, examples: 1e6, minDevices: 15, seconds: 20, onRound: ({ round, devices }) => void (events.push([round, devices]), models.push(learner.parameters())) });
  const updates: { packed: Uint8Array; examples: number }[][] = [[], []];
  const lost = (round: number, d: number): boolean => d % 7 === 2 + round && d < 18;
  const members = await Promise.all(
    Array.from({ length: 20 }, async (_, d) => {
      const own = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}`, reconnectPeriod: 50 });
      const { publish } = own;
      own.publish = ((topic: string, payload: Buffer, ...rest: []) => {
        const message = topic === topics.update(`d${d}`) ? decodeMessage(payload) : undefined;
        // its connection breaks with its update; it is back for the next round
        if (typeof message === 'object' && lost(message.round, d)) return void own.stream.destroy();
        return publish.call(own, topic, payload, ...rest);
      }) as typeof publish;
      const device: FleetDevice = new FleetDevice(own, await createLearner({ ...MASKED, seed: 50 + d }), {
        fleet: 'lab',
        id: `d${d}`,
        masks: true,
        onModel(round) {
          if (round >= 2) return;
          const samples = lesson(d, round);
          for (const { x, y } of samples) device.learn(x, y);
          updates[round]!.push(lost(round, d) ? { packed: models[round]!, examples: 0 } : { packed: device.learner.parameters(), examples: samples.length });
          device.send();
        },
      });
      return { own, device };
    }),
  );
  await until('two rounds', () => models.length === 3, 40);
  for (const r of [0, 1]) {
    assert.equal(events[r], [r, 17]);
    const judge = new ExactAverage(config, models[r]!, 512);
    for (const { packed, examples } of updates[r]!) if (examples > 0) judge.add(packed, examples);
    assert.equal(models[r + 1], judge.result(), `round ${r}`);
  }
  assert.equal(clears, []);
  await hub.close();
  await ends([client, ...members.map(({ own }) => own)]);
  await broker.stop();
});

test('mosquitto: a device that sends under masks only sends nothing to an aggregator that asks for clear updates; a clear one is refused where masks are asked for', async () => {
  const broker = await BROKERS.mosquitto();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const learner = await createLearner(MASKED);
  let hub = await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', examples: 3, seconds: 20 });
  const own = await connectDevice(broker.url, { fleet: 'lab', id: 'd0' });
  const refusals: string[] = [];
  const device = new FleetDevice(own, await createLearner({ ...MASKED, seed: 5 }), { fleet: 'lab', id: 'd0', masks: true, onRefused: (reason) => refusals.push(reason) });
  await device.ready();
  for (const { x, y } of lesson(0, 0)) device.learn(x, y);
  await until('its refusal', () => refusals.includes('masks'));
  assert.is(hub.counts().taken, 0);
  const tells = { updates: 0, stranded: 3 }; // the other two wait for the next update
  const told = (): typeof tells => (({ updates, stranded }) => ({ updates, stranded }))(device.counts());
  assert.equal(told(), tells);
  await hub.close();
  hub = await Aggregator.open(client, learner, new MemoryStore(), { fleet: 'lab', masks: true, examples: 3, seconds: 20 });
  await until('its offer', () => hub.standing().devices.some(({ id, bytes }) => id === 'd0' && bytes > 0));
  client.publish(topics.update('d7'), Buffer.from(encodeMessage({ kind: 'update', architecture, round: 0, examples: 3, sequence: 0, body: learner.parameters() })));
  await until('that refusal', () => hub.counts().refused.masks === 1);
  assert.equal(told(), tells, 'a round of one does not close');
  assert.is(await device.flush(AbortSignal.timeout(50)), 2);
  await hub.rollback(0); // the next model comes without it
  await until('that model', () => device.counts().round === 1);
  device.send();
  assert.equal(told(), { updates: 0, stranded: 5 });
  device.close();
  await hub.close();
  await ends([client, own]);
  await broker.stop();
});

test('mosquitto: devices that end with their samples stay until the sum has their shares', async () => {
  const broker = await BROKERS.mosquitto();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const rounds: number[] = [];
  const hub = await Aggregator.open(client, await createLearner(MASKED), new MemoryStore(), { fleet: 'lab', masks: true, examples: 1e6, seconds: 20, onRound: ({ devices }) => void rounds.push(devices), onShort: () => assert.unreachable('nobody is missing') });
  await Promise.all([0, 1, 2].map(async (d) => {
    const own = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}` });
    const device = new FleetDevice(own, await createLearner({ ...MASKED, seed: 5 + d }), { fleet: 'lab', id: `d${d}` });
    await device.ready();
    await until('all are there', () => hub.counts().online === 3);
    for (const { x, y } of lesson(d, 0)) device.learn(x, y);
    assert.is(await device.flush(AbortSignal.timeout(10_000)), 0);
    assert.equal([device.counts().updates, device.counts().stranded], [1, 0]);
    device.close();
    await disconnectDevice(own);
  }));
  await until('the round', () => rounds.length === 1);
  assert.equal(rounds, [3]);
  await hub.close();
  await ends([client]);
  await broker.stop();
});

test('mosquitto: an update whose sum came to nothing counts once, when another sum has it', async () => {
  const broker = await BROKERS.mosquitto();
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  const devices: FleetDevice[] = [];
  const [shorts, rounds]: [number[][], number[]] = [[], []];
  const hub = await Aggregator.open(client, await createLearner(MASKED), new MemoryStore(), {
    fleet: 'lab', masks: true, examples: 5, seconds: 1,
    onShort: ({ devices: joined }) => void (joined === 3 && shorts.push(devices.map((device) => device.counts().updates))),
    onRound: ({ devices: summed }) => void rounds.push(summed),
  });
  const owns = await Promise.all([0, 1, 2].map(async (d) => {
    const own = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}` });
    const { publish } = own;
    let lost = 0;
    own.publish = ((topic: string, payload: Buffer | string, options: object, done: () => void) => {
      // two of three shares get lost on the way, once
      if (d > 0 && topic === topics.masksOf(`d${d}`) && String(payload).includes('"reveal"') && lost++ === 0) return void done();
      return publish.call(own, topic, payload, options, done);
    }) as typeof publish;
    const device = new FleetDevice(own, await createLearner({ ...MASKED, seed: 5 + d }), { fleet: 'lab', id: `d${d}` });
    devices.push(device);
    await device.ready();
    return own;
  }));
  await until('all are there', () => hub.counts().online === 3);
  devices.forEach((device, d) => lesson(d, 0).slice(0, 5).forEach(({ x, y }) => device.learn(x, y)));
  await until('the round', () => rounds.length === 1);
  assert.equal([shorts, rounds], [[[1, 1, 1]], [3]]);
  assert.equal(devices.map((device) => [device.counts().updates, device.counts().stranded]), [[1, 0], [1, 0], [1, 0]]);
  devices.forEach((device) => device.close());
  await hub.close();
  await ends([client, ...owns]);
  await broker.stop();
});

test.run();
