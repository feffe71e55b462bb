// Private fleets: the sampler against its formula, epsilon against exact curves, changes cut to one length, and a budget that no restart, crash or rollback spends twice.

import fc from 'fast-check';
import { startEmbeddedBroker } from '../cli/embedded-broker.js';
import { prometheusFleet } from '../cli/fleet/prometheus.js';
import { standingIn, view } from '../cli/fleet/watch.js';
import { resolveConfig } from '../host/config.js';
import { Decisions } from '../host/fleet/decisions.js';
import { DiscreteGaussian } from '../host/fleet/discrete-gaussian.js';
import { MemoryHistory } from '../host/fleet/history.js';
import { Aggregator, FleetDevice, connectDevice, type AggregatorOptions } from '../host/fleet/index.js';
import { encodeMessage } from '../host/fleet/message.js';
import { NoisyAverage, PARTS, noiseOf } from '../host/fleet/noisy-average.js';
import { deltaOf, noiseFor, rhoOf } from '../host/fleet/privacy-loss.js';
import { createLearner, loadLearner } from '../host/index.js';
import { architectureOf, packedLayout } from '../host/parameters.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { MemoryStore } from '../host/stores/memory.js';
import { scrambled } from './fleet-judge.js';
import { SHAPE, ends, lesson, topics, until } from './fleet-lab.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const test = suite('private fleets');
const PRIVATE = { ...SHAPE, inputScale: 0.5, bits: 16 } as const;
const config = resolveConfig(PRIVATE);

/** Bytes that a seed decides. */
const seeded = (seed: number) => {
  const random = generator(seed);
  return (bytes: Uint8Array): void => bytes.forEach((_, i) => (bytes[i] = Math.floor(256 * random())));
};

/** Probabilities of the discrete Gaussian distribution, from its formula. */
function table(deviation: number): (x: number) => number {
  const weight = (x: number): number => Math.exp(-(x ** 2) / (2 * deviation ** 2));
  let all = 0;
  for (let x = -20 * deviation; x <= 20 * deviation; x++) all += weight(x);
  return (x) => weight(x) / all;
}

test('the sampler: as often as the formula says, value by value, and at any size', () => {
  for (const deviation of [1, 2, 5]) {
    const [sampler, of] = [new DiscreteGaussian(BigInt(deviation), seeded(deviation)), table(deviation)];
    const draws = 20_000;
    const counts = new Map<number, number>();
    for (let k = 0; k < draws; k++) {
      const x = Number(sampler.draw());
      counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    // chi-square over all that are expected five times and more
    let [chi, cells] = [0, 0];
    for (let x = -5 * deviation; x <= 5 * deviation; x++) {
      const expected = draws * of(x);
      if (expected < 5) continue;
      chi += ((counts.get(x) ?? 0) - expected) ** 2 / expected;
      cells++;
    }
    assert.ok(cells >= 7 && chi < cells - 1 + 4 * Math.sqrt(2 * cells), `deviation ${deviation}: ${chi} in ${cells} cells`);
  }
  const [deviation, draws] = [2 ** 40 + 1, 4000];
  const sampler = new DiscreteGaussian(BigInt(deviation)); // with the platform's own randomness
  const values = Array.from({ length: draws }, () => Number(sampler.draw()) / deviation);
  const moment = (power: number): number => values.reduce((sum, x) => sum + x ** power, 0) / draws;
  assert.ok(Math.abs(moment(1)) < 6 / Math.sqrt(draws), `mean ${moment(1)}`);
  assert.ok(Math.abs(moment(2) - 1) < 6 * Math.sqrt(2 / draws), `square ${moment(2)}`);
  assert.ok(Math.abs(moment(4) - 3) < 6 * Math.sqrt(96 / draws), `fourth power ${moment(4)}`);
  assert.throws(() => new DiscreteGaussian(0n), /deviation: got 0/);
});

test('the sampler: each number below an end for as many random words as any other', () => {
  for (const end of [1n, 2n, 5n, 13n]) {
    let next = 0n;
    const counted = new DiscreteGaussian(1n, (bytes) => new BigUint64Array(bytes.buffer).forEach((_, i, words) => (words[i] = next++)));
    const counts = new Map<bigint, number>();
    for (let k = 0n; k < 16n * end; k++) {
      const value = counted.below(end);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    assert.equal([...counts].sort(([a], [b]) => Number(a - b)), Array.from({ length: Number(end) }, (_, value) => [BigInt(value), 16]));
  }
  const wide = new DiscreteGaussian(1n, seeded(9));
  const end = 3n * 2n ** 130n;
  const thirds = [0, 0, 0];
  for (let k = 0; k < 600; k++) thirds[Number(wide.below(end) / 2n ** 130n)]!++;
  assert.ok(thirds.every((count) => Math.abs(count - 200) < 6 * Math.sqrt(133)), thirds.join());
});

/** P(N < x), by Simpson's rule. */
function below(x: number): number {
  const [from, steps] = [-12, 2000];
  const width = (x - from) / steps;
  let sum = 0;
  for (let k = 0; k <= steps; k++) sum += (k === 0 || k === steps ? 1 : k % 2 === 0 ? 2 : 4) * Math.exp(-((from + k * width) ** 2) / 2);
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

test('epsilon and delta: never less than the exact curves of the noise, never more than the closed form', () => {
  for (const deviation of [1, 2, 4]) {
    const of = table(deviation);
    for (const epsilon of [0.25, 0.5, 1, 2, 4]) {
      // whole-number noise on a change of 1, exactly
      let exact = 0;
      for (let x = -15 * deviation; x <= 15 * deviation; x++) exact += Math.max(0, of(x) - Math.exp(epsilon) * of(x - 1));
      const told = deltaOf(1 / (2 * deviation ** 2), epsilon);
      assert.ok(told >= exact && told <= 1, `deviation ${deviation}, epsilon ${epsilon}: ${told} for ${exact}`);
    }
  }
  for (const [epsilon, delta] of [[0.1, 1e-5], [1, 1e-6], [8, 1e-5], [100, 1e-15]] as const) {
    const rho = rhoOf(epsilon, delta);
    // Bun and Steinke 2016, proposition 1.3, is the looser one
    assert.ok(rho + 2 * Math.sqrt(rho * Math.log(1 / delta)) >= epsilon * (1 - 1e-6));
    assert.ok(deltaOf(rho, epsilon) <= delta && deltaOf(1.001 * rho, epsilon) > delta);
    // the curve of continuous noise (Dong et al. 2022, corollary 2.13), where it can be told from its rounding
    const mu = Math.sqrt(2 * rho);
    if (delta > 1e-10) assert.ok(below(mu / 2 - epsilon / mu) - Math.exp(epsilon) * below(-mu / 2 - epsilon / mu) < delta);
  }
  assert.is(noiseFor(8, 1e-5, 40).toFixed(4), '4.0329');
  assert.ok(Math.abs(noiseFor(8, 1e-5, 160) / noiseFor(8, 1e-5, 40) - 2) < 1e-9);
});

test('no device moves the sum by more than the one length, and what is not cut is the exact mean', () => {
  const weights = packedLayout(config).runs.filter(({ layer }, k, runs) => runs[k - 1]?.layer !== layer);
  const read = (packed: Uint8Array): number[] => weights.flatMap(({ at, count }) => Array.from({ length: count }, (_, i) => new DataView(packed.buffer, packed.byteOffset).getInt16(at + 2 * i, true)));
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.integer({ min: 1, max: 30_000_000 }), (seed, devices, extreme, length) => {
      const random = generator(seed);
      const base = scrambled(config, random);
      const updates = Array.from({ length: devices }, () => scrambled(config, random, extreme));
      const average = new NoisyAverage(config, base, PARTS, { length, deviation: 0n });
      for (const packed of updates) average.add(packed);
      const [result, was] = [average.result(), read(base)];
      const moved = Math.hypot(...read(result).map((value, i) => value - was[i]!));
      assert.ok(moved <= length / PARTS + 0.5 * Math.sqrt(was.length), `${moved} for ${length / PARTS}`);
      const whole = new NoisyAverage(config, base, PARTS, { length: 2 ** 40, deviation: 0n });
      for (const packed of updates) whole.add(packed);
      const all = updates.map(read);
      assert.equal(read(whole.result()), was.map((value, i) => Math.floor(value + all.reduce((sum, each) => sum + each[i]! - value, 0) / devices + 0.5)).map((value) => Math.max(-32767, Math.min(32767, value))));
      // biases and gates are not told
      const rest = (packed: Uint8Array): number[] => [...packed].filter((_, at) => !weights.some((run) => at >= run.at && at < run.at + 2 * run.count));
      assert.equal(rest(result), rest(base));
    }),
    { numRuns: 30 },
  );
  const { length, deviation } = noiseOf(config, { epsilon: 8, delta: 1e-5, rounds: 40 });
  assert.ok(Number(deviation) >= length * noiseFor(8, 1e-5, 40) && Number(deviation) < length * noiseFor(8, 1e-5, 40) + 1);
});

const memory = (text?: string) => {
  const notes = { text, load: async () => notes.text, save: async (saved: string) => void (notes.text = saved) };
  return notes;
};

test('what would tell of single devices is refused by its name', async () => {
  const client = await connectMqtt('mqtt://127.0.0.1:9', { reconnectPeriod: 0 });
  client.on('error', () => {});
  const open = async (options: object, shape: object = PRIVATE): Promise<string> => {
    const opened = Aggregator.open(client, await createLearner(shape as typeof PRIVATE), new MemoryStore(), { fleet: 'lab', private: { epsilon: 8, rounds: 3 }, notes: memory(), ...options });
    return opened.then(() => 'opened', (error: Error) => `${error.name}: ${error.message}`);
  };
  for (const [options, words] of [
    [{ masks: true }, /^RangeError: options\.masks: got true with private; expected false: what is under a mask cannot be cut/],
    [{ trust: false }, /options\.trust: got false with private; expected true/],
    [{ clip: 1.5 }, /options\.clip: got 1\.5 with private; expected 0/],
    [{ trim: 0.1 }, /options\.trim: got 0\.1 with private/],
    [{ prototypes: true }, /options\.prototypes: got true with private/],
    [{ layers: 'turns' }, /options\.layers: got turns with private; expected all/],
    [{ mostExamples: 9 }, /options\.mostExamples: got 9 with private; expected 1/],
    [{ minExamples: 9 }, /options\.minExamples: got 9 with private/],
    [{ notes: undefined }, /options\.notes: got none with private; expected a NoteStore/],
    [{ private: 8 }, /^TypeError: options\.private: expected \{ epsilon, rounds \}, got 8/],
    [{ private: { epsilon: 0, rounds: 3 } }, /^RangeError: options\.private\.epsilon: got 0; expected 0\.1 to 100/],
    [{ private: { epsilon: '8', rounds: 3 } }, /^TypeError: options\.private\.epsilon: expected a number, got '8'/],
    [{ private: { epsilon: 8 } }, /^TypeError: options\.private\.rounds: expected a number, got undefined/],
    [{ private: { epsilon: 8, rounds: 2.5 } }, /^RangeError: options\.private\.rounds: got 2\.5; expected a whole number/],
    [{ private: { epsilon: 8, rounds: 3, delta: '1e-5' } }, /^TypeError: options\.private\.delta: expected a number, got '1e-5'/],
    [{ private: { epsilon: 8, rounds: 3, delta: 1 } }, /options\.private\.delta: got 1; expected 1e-15 to 0\.001/],
  ] as const) assert.match(await open(options), words);
  assert.match(await open({}, { ...SHAPE, bits: 16 }), /options\.private carries no standardisation/);
  assert.match(await open({}, { ...PRIVATE, bits: 8 }), /options\.private needs finer steps .* bits: 16/);
  assert.is(await open({}), 'opened');
  client.end(true);
});

/** A private fleet of three devices over a broker, and what it keeps. */
async function fleetOf(rounds: number) {
  const broker = await startEmbeddedBroker();
  const [client, notes, store] = [await connectMqtt(broker.url, { protocolVersion: 4 }), memory(), new MemoryStore()];
  const budget = { epsilon: 8, rounds, delta: 1e-5 };
  const open = async (options: Partial<AggregatorOptions> = {}): Promise<Aggregator> => Aggregator.open(client, await createLearner(PRIVATE), store, { fleet: 'lab', private: budget, notes, minDevices: 3, examples: 1e6, seconds: 20, ...options });
  const members = await Promise.all([0, 1, 2].map(async (d) => {
    const own = await connectDevice(broker.url, { fleet: 'lab', id: `d${d}` });
    const device: FleetDevice = new FleetDevice(own, await createLearner({ ...PRIVATE, seed: 50 + d }), {
      fleet: 'lab',
      id: `d${d}`,
      prototypes: d === 0,
      onModel(round) {
        for (const { x, y } of lesson(d, round)) device.learn(x, y);
        device.send();
      },
    });
    return { own, device };
  }));
  const over = async (hub: Aggregator): Promise<void> => {
    await hub.close();
    for (const { device } of members) device.close();
    await ends([client, ...members.map(({ own }) => own)]);
    await broker.stop();
  };
  return { client, notes, store, budget, open, members, over };
}

const spent = (notes: { text: string | undefined }): number[] => (({ spent, again }) => [spent, again])(JSON.parse(notes.text!).private);

test('rounds are noted before their model is heard of; when all are spent no other begins, after a restart either, and devices hear so', async () => {
  const { client, notes, store, open, members, over } = await fleetOf(2);
  const heard: [number, number[]][] = [];
  let means = 0;
  client.on('message', (topic) => void (topic === topics.prototypesOf('d0') && means++));
  client.subscribe(topics.prototypesOf('d0'));
  client.on('message', (topic, payload) => topic === topics.model && heard.push([new DataView(payload.buffer, payload.byteOffset).getUint32(12, true), spent(notes)]));
  client.subscribe(topics.model);
  const events: number[][] = [];
  let hub = await open({ onRound: ({ round, devices, examples }) => void events.push([round, devices, examples]) });
  await until('both rounds', () => members.every(({ device }) => device.counts().round === 2));
  assert.equal([events, spent(notes)], [[[0, 3, 3], [1, 3, 3]], [2, 0]]);
  await until('the last model', () => heard.at(-1)?.[0] === 2);
  for (const [round, [noted]] of heard) assert.ok(noted! >= round, 'a model was told of before its round was noted');
  await until('their word for it', () => members.every(({ device }) => device.counts().stranded > 0));
  for (const [d, { device }] of members.entries()) {
    device.learn(lesson(0, 9)[0]!.x, 'a');
    assert.is(await device.flush(), lesson(d, 2).length + 1, 'it does not wait for a round that never comes');
    assert.ok(device.isOver);
  }
  assert.is(means, 0, 'means without noise');
  assert.is(hub.counts().refused.over, undefined);
  const update = encodeMessage({ kind: 'update', architecture: architectureOf(config), round: 2, examples: 3, sequence: 9, body: (await createLearner(PRIVATE)).parameters() });
  client.publish(topics.update('d0'), Buffer.from(update));
  await until('that refusal', () => hub.counts().refused.over === 1);
  const { private: told, devices, accuracy, rounds } = hub.standing();
  assert.equal([told, devices, accuracy, rounds.map((each) => each.devices)], [{ epsilon: 8, delta: 1e-5, rounds: 2, spent: 2 }, [], null, [3, 3]]);
  const shown = view('lab', hub.standing()).join('\n');
  assert.match(shown, /private: epsilon 8, delta 0\.00001; all 2 rounds are spent, no other begins/);
  assert.not.match(shown, /devices, \d+ examples/);
  const metrics = await (await prometheusFleet(() => hub)).metrics();
  assert.match(metrics, /^onward_fleet_spent_rounds 2$/m);
  assert.not.match(metrics, /^onward_fleet_round_examples/m);
  const outside = (change: object) => standingIn(new TextEncoder().encode(JSON.stringify({ ...hub.standing(), ...change })));
  assert.ok(outside({}));
  for (const wrong of [{}, null, { ...told, epsilon: '\x1b[2J' }, { ...told, spent: null }]) assert.is(outside({ private: wrong }), undefined);
  await hub.close();

  // a restart
  const [history, plain] = [new MemoryHistory(), (await createLearner(PRIVATE)).save()];
  for (const round of [1, 7]) await history.keep(round, plain); // of a fleet that was here before
  hub = await open({ history });
  assert.equal([hub.counts().round, hub.standing().private!.spent, spent(notes), hub.standing().history], [2, 2, [2, 0], [1, 2]]);
  for (const [round, words] of [[7, /there is no model of round 7; there are 1, 2/], [1, /the model of round 1 has no noise, it is of an earlier fleet/]] as const) {
    await hub.rollback(round).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, words));
  }
  client.publish(topics.update('d1'), Buffer.from(update));
  await until('its refusal', () => hub.counts().refused.over === 1);
  // an older model costs nothing, and gives no round back
  await hub.rollback(2);
  assert.equal([hub.counts().round, spent(notes)], [3, [2, 1]]);
  await hub.canary(['d0']).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, /devices: got d0 in a private fleet; expected none/));
  await hub.canary([]);
  await hub.close();

  // it stays what it was begun as, with a new model, too
  const refused = async (options: Partial<AggregatorOptions>, words: RegExp, models = store): Promise<void> => {
    await Aggregator.open(client, await createLearner(PRIVATE), models, { fleet: 'lab', notes, ...options }).then(() => assert.unreachable(), (error: Error) => assert.match(error.message, words));
  };
  await refused({}, /options\.private: got none; this fleet was begun with epsilon 8, delta 0\.00001, rounds 2, and stays so/);
  await refused({ private: { epsilon: 8, rounds: 20 } }, /options\.private: got epsilon 8, delta 0\.00001, rounds 20; this fleet was begun with .* rounds 2/);
  await refused({ private: { epsilon: 80, rounds: 2 } }, /got epsilon 80/, new MemoryStore());
  await refused({ private: { epsilon: 8, rounds: 2 }, notes: memory() }, /options\.private: got epsilon 8.*; the notes know of no private fleet, and the model is of one: put back the newest notes/);
  await refused({ notes: memory() }, /options\.private: got none; the notes know of no private fleet, and the model is of one/);
  // what it gave may begin a plain fleet, which is none of its
  const [given, models] = [await loadLearner((await store.load())!.snapshot), new MemoryStore()];
  for (let start = 0; start < 2; start++) await (await Aggregator.open(client, given, models, { fleet: 'lab' })).close();
  // notes from before the last rounds would spend them again
  notes.text = notes.text!.replace('"spent":2', '"spent":1');
  await refused({ private: { epsilon: 8, rounds: 2 } }, /notes: they know of 2 rounds, and the model is of round 3: they are older than the model/);
  await over(hub = await open({ notes: memory(notes.text.replace('"spent":1', '"spent":2')) }));
});

test('a round whose model was lost in a crash is spent all the same, and begins anew with the next', async () => {
  const { notes, store, open, over } = await fleetOf(3);
  const { save } = store;
  const errors: Error[] = [];
  let saves = 0;
  store.save = async (snapshot) => {
    if (saves++ === 1) throw new Error('the disk is full');
    return save.call(store, snapshot);
  };
  let hub = await open({ onError: (error) => void errors.push(error) });
  await until('the crash', () => errors.length === 1);
  assert.equal([errors[0]!.message, spent(notes)], ['the disk is full', [1, 0]]);
  const rounds: number[] = [];
  hub = await open({ onRound: ({ round }) => void rounds.push(round) });
  await until('the rounds that are left', () => hub.standing().private!.spent === 3 && rounds.length === 2);
  assert.equal([rounds, hub.counts().round, spent(notes)], [[0, 1], 2, [3, 0]]);
  await over(hub);
});

test('notes that another has written, that are damaged or lost: nobody goes on with them', async () => {
  const notes = memory();
  const begun = { masks: false, private: { epsilon: 8, delta: 1e-5, rounds: 3 } };
  const first = await Decisions.open(notes);
  const own = (await first.begin(undefined, begun))!;
  const second = await Decisions.open(notes);
  const others = (await second.begin({ round: 0, isPrivate: true }, begun))!;
  own.spend();
  await first.keep(own.kept);
  others.spend();
  const fault = (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: Error) => error.message);
  assert.is(await fault(second.keep(others.kept)), 'notes: another aggregator has written them; one for a fleet');
  assert.match(await fault(second.expel('d1')), /another aggregator/); // which would take the other's count back
  assert.equal(spent(notes), [1, 0]);
  assert.is(await fault(first.expel('d1')), 'none');
  assert.match(await fault(Decisions.open(memory('{'))), /put back its newest copy; only of a fleet that is neither private nor under masks delete it/);
  assert.match(await fault((await Decisions.open(memory())).begin({ round: 1, isPrivate: false }, begun)), /the notes know of no private fleet: put back the newest notes, or begin a new model .*; that is another budget, and for the same devices both add up/);
});

test('where the budget cannot be noted, nobody hears of a model', async () => {
  const { notes, open, members, over } = await fleetOf(3);
  const errors: Error[] = [];
  const hub = await open({ onError: (error) => void errors.push(error) });
  notes.save = async () => Promise.reject(new Error('the disk is full'));
  await until('the error', () => errors.length === 1);
  assert.is(errors[0]!.message, 'the disk is full');
  assert.equal(members.map(({ device }) => device.counts().round), [0, 0, 0]);
  await over(hub);
});

test.run();
