// Updates under masks: their sum is, byte for byte, the clear one, whoever drops out at whatever step; of a single update the aggregator gets words that say nothing.

import fc from 'fast-check';
import { resolveConfig } from '../host/config.js';
import { ExactAverage } from '../host/fleet/average.js';
import { Aggregator } from '../host/fleet/index.js';
import { keysOf, keysThatFit, makeKeys, pairMask } from '../host/fleet/mask-cipher.js';
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
import { scrambled } from './fleet-judge.js';
import { SHAPE, until } from './fleet-lab.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('masks');
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
function lab(devices: number, passes: (device: string, message: Uint8Array, step: string) => Uint8Array | undefined = (_, message) => message, { patience = 60_000, mostExamples = 256, barred = [] as string[] } = {}): Lab {
  const random = generator(devices);
  const base = scrambled(config, random);
  const said = new Map<string, Uint8Array[]>();
  const [refused, answers]: [string[], string[]] = [[], []];
  const round: MaskedRound = new MaskedRound(7, config, base, { mostExamples, step: 512, minDevices: 3, patience }, (message, device) => {
    members.forEach((member, d) => (device === undefined || device === nameOf(d)) && member.take(text(message)));
  }, barred);
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
  const peers = await Promise.all(['b', 'c', 'd'].map(async (name) => {
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
  await refuses(rosterOf(['a', 'b', 'c', 'd'], 2)); // half of them could tell
  await refuses(rosterOf(['a', 'b', 'c', 'd'], 3).replace(/"b":\{"seal":"[0-9a-f]+"/, `"b":{"seal":"${'0'.repeat(64)}"`)); // a point of low order: X25519 gives 0
  member.offer(offer, true);
  await until('another offer', () => said.length === 3);
  said.shift();
  const roster = rosterOf(['a', 'b', 'c', 'd'], 3);
  for (const each of [member, ...peers.map((peer) => peer.member)]) each.take(text(roster));
  await until('shares of all', () => said.length === 3 && peers.every(({ heard }) => heard.length === 2));
  const dealt = (to: string): Map<string, Uint8Array> => new Map(peers.map(({ name, heard }) => [name, (heard[1] as Extract<MaskMessage, { step: 'shares' }>).sealed.get(to)!]));
  await refuses(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b'] })); // it has sent nothing yet
  await refuses(encodeMasks({ step: 'shares', attempt, sealed: new Map([...dealt('a')].map(([name, bytes]) => [name, bytes.map((byte) => byte ^ 1)])) })); // nobody has sealed that
  await refuses(encodeMasks({ step: 'shares', attempt, sealed: new Map([...dealt('a')].slice(1)).set('e', dealt('a').get('b')!) })); // a stranger
  await refuses(encodeMasks({ step: 'shares', attempt, sealed: new Map([...dealt('a')].slice(2)) })); // of two, each would know the other's update
  member.take(text(encodeMasks({ step: 'shares', attempt, sealed: dealt('a') })));
  await until('its update', () => sent.length === 1);
  await refuses(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b'] })); // below the threshold
  member.take(text(encodeMasks({ step: 'survivors', attempt, survivors: ['b', 'c', 'd'] }))); // without it: that is not its sum
  await refuses(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b', 'e'] })); // a stranger
  member.take(text(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b', 'c'] })));
  await until('its shares', () => said.length === 4);
  const reveal = said[3] as Extract<MaskMessage, { step: 'reveal' }>;
  assert.equal([[...reveal.self.keys()].sort(), [...reveal.pair.keys()]], [['a', 'b', 'c'], ['d']]);
  await refuses(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b', 'd'] })); // both secrets of c and d would be out
  assert.is(said.length, 4);
  member.offer(offer, true); // another attempt: other keys, and the old one is over
  await until('its offer', () => said.length === 5);
  assert.not.equal((said[4] as unknown as Join).mask, (said[0] as unknown as Join).mask);
  member.take(text(encodeMasks({ step: 'survivors', attempt, survivors: ['a', 'b', 'c'] })));
  member.take(text('no message'));
  await until('that refusal', () => refused === 12);
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
  assert.match(await open({ masks: 'yes' }), /TypeError: options\.masks: expected true or false, got 'yes'/);
  assert.match(await open({ masks: 1, prototypes: true }), /TypeError: options\.masks: expected true or false, got 1/);
  assert.is(await open({}), 'opened');
  client.end(true);
});

/** A join with another key, by which none of its fleet could take part: X25519 gives zeros. */
const withKey = (message: Uint8Array, name: 'seal' | 'mask', key: Uint8Array): Uint8Array => text(encodeMasks({ ...(decodeMasks(message) as { step: 'join' } & Join), [name]: key }));
const LOW_ORDER = [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31)), Uint8Array.from(Buffer.from('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800', 'hex'))];

test('a device with a key of low order is refused by name, and the others have their sum', async () => {
  for (const [k, key] of LOW_ORDER.entries()) {
    for (const name of ['seal', 'mask'] as const) {
      const all = lab(5, (device, message, step) => (step === 'join' && device === 'd2' ? withKey(message, name, key) : message));
      await joined(all, 4);
      assert.equal(all.answers, ['heard', 'heard', 'damaged', 'heard', 'heard'], `${name} ${k}`);
      assert.equal((await all.round.end())!.parameters, clearSum(all, ['d2']));
      assert.equal(all.refused, []);
    }
  }
});

const garbled = (message: Uint8Array, whose: (name: string) => boolean): Uint8Array => {
  const shares = decodeMasks(message) as Extract<MaskMessage, { step: 'shares' }>;
  return text(encodeMasks({ ...shares, sealed: new Map([...shares.sealed].map(([name, bytes]) => [name, whose(name) ? bytes.map((byte) => byte ^ 1) : bytes])) }));
};

test('shares that do not open for some cost nothing; a dealer of which too few open is known by name, and the next attempt is without it', async () => {
  for (const size of [3, 4, 7]) {
    const some = lab(5, (device, message, step) => (step === 'shares' && device === 'd2' ? garbled(message, (name) => name < 'd2') : message));
    await joined(some, 5);
    assert.equal((await some.round.end())!.parameters, clearSum(some, []));
    assert.equal([some.refused, some.round.faulty], [[], []]);
    for (const gone of [false, true]) {
      const none = lab(size, (device, message, step) => (device !== 'd2' ? message : step === 'shares' ? garbled(message, () => true) : step === 'update' && gone ? undefined : message));
      await joined(none, size);
      assert.is(await none.round.end(), undefined);
      if (size > 3 || !gone) assert.equal(none.round.faulty, ['d2'], `${size} devices, gone: ${gone}`);
      assert.equal(none.refused, []);
    }
    const next = lab(size, undefined, { barred: ['d2'] });
    await joined(next, size - 1);
    assert.is(next.answers[2], 'damaged');
    const ended = await next.round.end();
    assert.equal(ended?.parameters, size === 3 ? undefined : clearSum(next, ['d2']));
  }
});

test('who promised another secret than it dealt is known by name; who tells false shares of all is not, and slanders nobody', async () => {
  for (const [kind, gone] of [['self', false], ['pair', true]] as const) {
    const all = lab(5, (device, message, step) => (device !== 'd2' ? message : step === 'join' ? text(encodeMasks({ ...(decodeMasks(message) as { step: 'join' } & Join), [kind]: new Uint8Array(32) })) : step === 'update' && gone ? undefined : message));
    await joined(all, 5);
    assert.is(await all.round.end(), undefined);
    assert.equal([all.round.faulty, [...all.round.barred]], [['d2'], ['d2']], kind);
    all.round.pardon();
    assert.is(all.round.barred.size, 0);
  }
  const all = lab(5, (device, message, step) => {
    if (device !== 'd0' || step !== 'reveal') return message;
    const reveal = decodeMasks(message) as Extract<MaskMessage, { step: 'reveal' }>;
    return text(encodeMasks({ ...reveal, self: new Map([...reveal.self].map(([name, share]) => [name, share.map((byte) => byte ^ 1)])) }));
  });
  await joined(all, 5);
  assert.is(await all.round.end(), undefined);
  assert.equal(all.round.faulty, []);
  const [keys, other] = [makeKeys(), makeKeys()];
  assert.ok(keysThatFit(keys.secret, keys.publicKey));
  assert.is(keysThatFit(keys.secret, other.publicKey), undefined); // its masks were not those that the others took
});

test('a round that is abandoned ends at once without a sum, says nothing more, takes nothing more, and holds no process up', async () => {
  const timeouts = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  for (const [step, said] of [['shares', ['join']], ['update', ['join', 'shares']], ['reveal', ['join', 'shares', 'update']]] as const) {
    let held: Uint8Array | undefined;
    const silent: ReturnType<typeof lab> = lab(4, (device, message, what) => {
      if (what !== step || (step !== 'reveal' && device !== 'd1')) return message;
      held ??= message;
      return text('{}'); // the network loses it, and nobody is known to be gone
    });
    await joined(silent, 4);
    const before = timeouts();
    const ended = silent.round.end();
    await until('it waits', () => held !== undefined);
    assert.is(timeouts(), before);
    silent.round.abandon();
    assert.is(await ended, undefined);
    assert.is(silent.said.get('d0')!.length, said.length + 1);
    assert.not.ok(['heard', 'taken'].includes(silent.round.add('d1', held!)), step);
    assert.is(await silent.round.end(), undefined);
  }
});

test.run();
