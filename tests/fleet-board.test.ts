// Simulated boards as members of a fleet: real firmware on emulated processors, links that lose, repeat, reorder and damage frames, power that goes while flash is
// written, a real broker. What the aggregator makes of it are the bytes that Node devices give which learned the same samples.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { boardNamed } from '../firmware-sim/boards.js';
import { learnerSource } from '../firmware-sim/build.js';
import { buildDevice } from '../firmware-sim/devices.js';
import { Flash } from '../firmware-sim/flash.js';
import { judge, learnedHash, learners } from '../firmware-sim/learners.js';
import { playOf } from '../firmware-sim/recording.js';
import { liveQemu, liveRp2040, type Living } from '../firmware-sim/live.js';
import type { QemuDevice } from '../firmware-sim/qemu.js';
import type { Rp2040Device } from '../firmware-sim/rp2040.js';
import { troubled } from '../firmware-sim/uart.js';
import { samplesFor, statusOf } from '../firmware-sim/vectors.js';
import { fanWindows } from '../cli/fan.js';
import { resolveConfig } from '../host/config.js';
import { ExactAverage } from '../host/fleet/average.js';
import { Aggregator, Board, FleetBoard, connectDevice } from '../host/fleet/index.js';
import { topicsOf } from '../host/fleet/topics.js';
import { createLearner, loadLearner } from '../host/index.js';
import { Link } from '../host/sources/link.js';
import { connectMqtt } from '../host/sources/mqtt-client.js';
import { encodeFrame, writeFrame, type Message } from '../host/sources/slip.js';
import { MemoryStore } from '../host/stores/memory.js';
import { CLI, buildCli } from './command.js';
import { toolsOf } from './firmware/tools.js';
import { Broker, MOSQUITTO } from './mosquitto.js';
import { SOCAT, SerialPair } from './pty.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';

const SHAPE = { inputs: 6, labels: ['a', 'b', 'c'], units: [16, 12] };
const ROUNDS = 3;
const seeded = (d: number) => ({ ...SHAPE, seed: 100 + d });
const nodeOf = (d: number) => createLearner(seeded(d));

async function until(what: string, holds: () => boolean, seconds = 40): Promise<void> {
  for (const end = Date.now() + 1000 * seconds; !holds(); await sleep(5)) if (Date.now() > end) throw new Error(`waited ${seconds} s for: ${what}`);
}

/** What device d learns in a round. */
function lesson(d: number, round: number): { x: Float32Array; y: string }[] {
  const random = generator(1000 * round + d);
  return Array.from({ length: 6 + d }, (_, k) => ({ x: Float32Array.from({ length: 6 }, () => random() * 4 + ((d + k) % 3)), y: SHAPE.labels[(d + k) % 3]! }));
}

/** What a test has open, for its end: a test that fails must not keep the process alive. */
const open: (() => unknown)[] = [];
async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

/** A simulated board behind a bad link, which can lose its power and get it back. */
class Bench {
  readonly device: Rp2040Device | QemuDevice;
  /** Told of the type of every frame that arrives at the board. */
  onFrame: (type: string) => void = () => {};
  living!: Living;
  cuts = 0;
  #toHost: (bytes: Uint8Array) => void = () => {};
  readonly #seed: number;

  constructor(name: string, d: number) {
    this.device = buildDevice(boardNamed(name), learnerSource(resolveConfig(seeded(d))), { saveEvery: 4 }).device as Rp2040Device | QemuDevice;
    this.#seed = 7 * d + 1;
    open.push(() => this.living.off());
  }

  on(): void {
    const transmit = (bytes: Uint8Array): void => this.#toHost(bytes);
    const again = (): void => {
      this.cuts++;
      setTimeout(() => this.on(), 20);
    };
    this.living = 'boot' in this.device ? liveRp2040(this.device, transmit, again) : liveQemu(this.device, transmit);
  }

  /** Takes the power away as soon as a byte of the flash has changed, and gives it back. QEMU writes a slot in some 15 ms and is killed after 5 to 10; where the machine was too busy for that, right after. */
  async cutInNextWrite(): Promise<void> {
    const before = this.living.flash().slice();
    while (Buffer.compare(before, this.living.flash()) === 0) await sleep(0);
    await this.living.off();
    this.cuts++;
    await sleep(20);
    this.on();
  }

  /** Attached over a link that is bad in both directions. */
  async attach(): Promise<Board> {
    const trouble = { losses: 0.0005, flips: 0.0005, lost: 0.03, twice: 0.05, late: 0.05, lateMs: 60 };
    const down = troubled((bytes) => this.living.send(bytes), { ...trouble, seed: this.#seed });
    const line = async (take: (bytes: Uint8Array) => void) => {
      this.#toHost = troubled(take, { ...trouble, seed: this.#seed + 1 });
      let gone!: () => void;
      const ended = new Promise<void>((resolve) => (gone = resolve));
      const write = async (bytes: Uint8Array): Promise<void> => {
        this.onFrame(String.fromCharCode(bytes[1]!));
        down(bytes);
      };
      return { ended, write, close: async () => gone() };
    };
    const board = await Board.attach((onMessage) => Link.open('the simulated board', line, { onMessage, reconnect: false }), { retryMs: 150 });
    open.push(() => board.close());
    return board;
  }
}

const flash = suite('a snapshot into a board', ...toolsOf('rp2040'));
flash.afterEach(closeAll);

flash('the power goes at any byte of the transfer: the board has what it had, or all of the new one', async () => {
  const board = boardNamed('rp2040');
  const device = buildDevice(board, learnerSource(learners.tiny)).device as Rp2040Device;
  const node = await judge(learners.tiny);
  const [fresh, samples] = [learnedHash(node), samplesFor(learners.tiny, 20, 3)];
  for (const { x, label } of samples) node.learn(x, node.labels[label]!);
  const snapshot = node.save();
  const write = (transfer: number) =>
    Array.from({ length: Math.ceil(snapshot.length / board.unit) }, (_, k) => ({ tick: 1 + 6 * k, bytes: writeFrame(transfer, k * board.unit, snapshot.subarray(k * board.unit, (k + 1) * board.unit)) }));
  const play = (messages: { tick: number; bytes: Uint8Array }[]) => {
    const ticks = (messages.at(-1)?.tick ?? 0) + 6;
    return device.playNow({ recording: null, messages: [...messages, { tick: ticks, bytes: encodeFrame('?', 0) }], ticks: ticks + 3 });
  };
  assert.is(statusOf(play(write(1))).hash, learnedHash(node));
  const whole = device.flash.written;
  let [old, taken] = [0, 0];
  for (let cut = 0; cut < whole; cut += cut < board.sector ? 128 : 9) {
    device.flash = new Flash(device.flash.bytes.length, board.sector, board.unit, cut);
    device.flash.cutAt = cut;
    assert.is(play(write(1)).end, 'power cut');
    const hash = statusOf(play([])).hash;
    if (hash === fresh) old++;
    else if (hash === learnedHash(node)) taken++;
    else assert.unreachable(`cut at ${cut}: neither`);
    if (cut % 4 === 0) assert.is(statusOf(play(write(1))).hash, learnedHash(node), `sent again after a cut at ${cut}`);
  }
  assert.ok(old > 80 && taken > 10, `${old} old, ${taken} new`); // the slot's header, written last, ends in 240 bytes of padding

  // pieces twice, in the wrong order, of another transfer, of another learner
  device.flash = new Flash(device.flash.bytes.length, board.sector, board.unit);
  const [first, ...rest] = write(3);
  const told = play([{ tick: 1, bytes: rest[0]!.bytes }, { ...first!, tick: 8 }, { ...first!, tick: 16 }, { tick: 24, bytes: write(2)[0]!.bytes }, ...rest.map(({ bytes }, k) => ({ tick: 32 + 6 * k, bytes }))]);
  assert.is(statusOf(told).hash, fresh);
  assert.equal(told.frames.filter(({ type }) => type === 'A').slice(0, 5).map(({ sequence, body }) => [sequence, body.getUint32(0, true)]), [[3, 0], [3, 256], [3, 256], [2, 256], [3, 0]]);
  const other = new Uint8Array(snapshot);
  other[20]! ^= 1;
  const foreign = write(4).map(({ tick }, k) => ({ tick, bytes: writeFrame(4, k * board.unit, other.subarray(k * board.unit, (k + 1) * board.unit)) }));
  const refused = play(foreign);
  assert.is(statusOf(refused).hash, fresh);
  assert.is(refused.frames.findLast(({ type }) => type === 'A')!.body.getUint32(0, true), 0);
});

flash('over a bad link, with the power going at times: every sample is learned once, and the snapshots are those of Node', async () => {
  const bench = new Bench('rp2040', 0);
  bench.on();
  const board = await bench.attach();
  const node = await nodeOf(0);
  const { flash } = bench.device;
  let right = 0;
  for (let round = 0; round < 5; round++) {
    for (const { x, y } of lesson(3, round)) {
      const wanted = node.predict(x).label;
      const got = await board.learn(x, y);
      if (got === wanted) right++;
      else assert.is(got, undefined);
      node.learn(x, y);
    }
    if (round > 1) flash.cutAt = flash.written + 4000 + 300 * round; // in the erase, in the programming
    assert.equal(await board.save(), node.save(), `round ${round}`);
  }
  assert.ok(right > 30, `${right} of 45 predictions came`);
  assert.is(await board.predict(lesson(0, 0)[0]!.x), node.predict(lesson(0, 0)[0]!.x).label);
  const other = await nodeOf(0);
  for (const { x, y } of lesson(1, 9)) other.learn(x, y);
  flash.cutAt = flash.written + 4500;
  await board.load(other.save());
  await board.learn(lesson(1, 0)[0]!.x, 'b');
  other.learn(lesson(1, 0)[0]!.x, 'b');
  assert.equal(await board.save(), other.save());
  assert.ok(bench.cuts >= 3, `${bench.cuts} cuts`);
  // another board in its place, or a flash that was wiped: what is known of it is put back
  await bench.living.off();
  flash.bytes.fill(0xff);
  bench.on();
  for (const { x, y } of lesson(2, 1)) {
    await board.learn(x, y);
    other.learn(x, y);
  }
  assert.equal(await board.save(), other.save());
  const { repeated, restored } = board.counts();
  assert.ok(repeated > 5 && restored === 1, JSON.stringify(board.counts()));
});

flash('a board with a sensor: labels of its windows, its snapshot out and another one in, and it goes on from there', async () => {
  const { labels, windows } = await fanWindows(1);
  const play = playOf(windows.slice(0, 24), labels, 3);
  const device = buildDevice(boardNamed('rp2040'), learnerSource(learners.fan), { saveEvery: 100_000 }).device as Rp2040Device;
  const node = await judge(learners.fan);
  let toHost: (bytes: Uint8Array) => void = () => {};
  let asked: (window: number) => void = () => {};
  const learned: number[] = [];
  const living = liveRp2040(device, (bytes) => toHost(bytes), () => {}, { axes: 3, values: play.recording.values });
  open.push(() => living.off());
  const line = async (take: (bytes: Uint8Array) => void) => {
    toHost = take;
    return { ended: new Promise<void>(() => {}), write: async (bytes: Uint8Array) => living.send(bytes), close: async () => {} };
  };
  const board = await Board.attach((onMessage) => {
    const hear = (message: Message): void => {
      onMessage(message);
      if (message.kind === 'predicted') asked(message.sequence);
      if (message.kind === 'learned') learned.push(message.sequence);
    };
    return Link.open('the simulated board', line, { onMessage: hear });
  });
  open.push(() => board.close());
  const teach = async (count: number): Promise<void> => {
    let told = 0;
    asked = (window) => {
      told++;
      void board.label(window, node.labels[play.labels[window - 1]!]!);
    };
    await until(`${count} windows`, () => learned.length >= count);
    asked = () => {};
    await until('the labels that are on their way', () => learned.length === told);
    for (const window of learned.splice(0)) node.learn(play.window(window - 1), node.labels[play.labels[window - 1]!]!);
  };
  await teach(6);
  assert.equal(await board.save(), node.save());
  assert.is(board.seen, node.seen);
  const parameters = node.parameters();
  parameters.fill(0, parameters.length - 50); // the last gates
  node.setParameters(parameters);
  await board.load(node.save());
  await teach(4);
  assert.equal(await board.save(), node.save());
  assert.throws(() => board.learn([1], '1'), /sensor of its own/);
});

flash.run();

const BOARDS = ['rp2040', 'microbit', 'riscv'];
const test = suite('boards in a fleet', ...MOSQUITTO, ...BOARDS.flatMap(toolsOf));
test.afterEach(closeAll);

test('three boards over bad links, one power cut each in a save: every round has the bytes of three Node devices', async () => {
  const models = [(await createLearner(SHAPE)).parameters()];
  const nodes = await Promise.all(BOARDS.map((_, d) => nodeOf(d)));
  for (let round = 0; round < ROUNDS; round++) {
    const average = new ExactAverage(resolveConfig(SHAPE), models[round]!, 512);
    nodes.forEach((node, d) => {
      node.setParameters(models[round]!);
      for (const { x, y } of lesson(d, round)) node.learn(x, y);
      average.add(node.parameters(), lesson(d, round).length);
    });
    models.push(average.result());
  }

  const broker = await Broker.start();
  open.push(() => broker.stop());
  const hubClient = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  open.push(() => hubClient.end(true));
  const learner = await createLearner(SHAPE);
  const got = [learner.parameters()];
  const hub = await Aggregator.open(hubClient, learner, new MemoryStore(), {
    fleet: 'lab',
    examples: 1e6,
    mostExamples: 1e6,
    seconds: 120,
    trust: true,
    minDevices: BOARDS.length,
    onRound: ({ round }) => void (got[round + 1] = learner.parameters()),
  });
  open.push(() => hub.close());
  const members = await Promise.all(
    BOARDS.map(async (name, d) => {
      const bench = new Bench(name, d);
      bench.on();
      const board = await bench.attach();
      const client = await connectDevice(broker.url, { fleet: 'lab', id: `board-${d}`, reconnectPeriod: 100 });
      open.push(() => client.end(true));
      let cutting: Promise<void> | undefined;
      const member: FleetBoard = new FleetBoard(client, board, {
        fleet: 'lab',
        id: `board-${d}`,
        onModel(round) {
          if (round >= ROUNDS) return;
          for (const { x, y } of lesson(d, round)) void member.learn(x, y);
          // a power cut in the save of the update of one round: a byte of the RP2040's flash that is known, some byte of the others'
          bench.onFrame = (type) => {
            if (type !== 'S' || round !== d % ROUNDS || cutting) return;
            const { flash } = bench.device;
            cutting = 'boot' in bench.device ? Promise.resolve(void (flash.cutAt = flash.written + flash.sector + 700)) : bench.cutInNextWrite();
          };
          void member.send();
        },
      });
      return { bench, board, member, cut: () => cutting };
    }),
  );
  await until('three rounds on every board', () => members.every(({ member }) => member.counts().round === ROUNDS));
  assert.equal(got, models);
  for (const [d, { bench, board, member, cut }] of members.entries()) {
    await cut();
    assert.is(bench.cuts, 1, `${BOARDS[d]}: its power went once`);
    assert.equal((await loadLearner(await board.save())).parameters(), models[ROUNDS], BOARDS[d]);
    assert.equal(member.counts(), { round: ROUNDS, models: ROUNDS + 1, updates: ROUNDS, stranded: 0, refused: 0 });
    assert.ok(board.counts().repeated > 3, JSON.stringify(board.counts()));
  }
  assert.equal(hub.counts().refused, {});

  // a fleet that takes no more: nothing is waited for
  await hub.close();
  const { member } = members[0]!;
  await hubClient.publishAsync(topicsOf('lab').round, JSON.stringify({ round: ROUNDS, endsIn: 0, examples: 1, minDevices: 1, minExamples: 1, boot: 2 ** 50, over: true }), { qos: 1, retain: true });
  await until('its word', () => member.isOver);
  await member.learn(lesson(0, 0)[0]!.x, 'a');
  assert.equal([await member.flush(), member.counts().updates], [1, ROUNDS]);
});

const command = suite('onward fleet board', SOCAT, ...MOSQUITTO, ...toolsOf('rp2040'));
command.afterEach(closeAll);

command.before(buildCli);

command('a board on a serial port: samples from standard input, and the fleet gets what Node would have learned', async () => {
  const device = buildDevice(boardNamed('rp2040'), learnerSource(resolveConfig(seeded(0)))).device as Rp2040Device;
  const pair = new SerialPair();
  open.push(() => pair.remove());
  let living: Living | undefined;
  await pair.plug((bytes) => living?.send(bytes));
  living = liveRp2040(device, (bytes) => void pair.send(bytes));
  open.push(() => living.off());
  const broker = await Broker.start();
  open.push(() => broker.stop());
  const client = await connectMqtt(broker.url, { protocolVersion: 4, maxBytes: 2 ** 20 });
  open.push(() => client.end(true));
  const model = await createLearner(SHAPE);
  const start = model.parameters();
  let ended = false;
  const hub = await Aggregator.open(client, model, new MemoryStore(), { fleet: 'lab', examples: 9, minDevices: 1, seconds: 60, onRound: () => void (ended = true) });
  open.push(() => hub.close());

  const samples = lesson(3, 0); // nine
  const args = [CLI, 'fleet', 'board', '--broker', broker.url, '--fleet', 'lab', '--id', 'pump-9', '--port', pair.host, '--source', '-'];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  open.push(() => child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  child.stdin.write(samples.map(({ x, y }) => `${JSON.stringify({ x: [...x], y })}\n`).join(''));
  await until('the round', () => ended || child.exitCode !== null);
  child.stdin.end(`${JSON.stringify({ x: [1, 2, 3, 4, 5, 6] })}\n{"x":[1],"y":"a"}\n{"x":[1,2,3,4,5,6],"y":"q"}\n`);
  const [code] = await once(child, 'close');
  assert.is(code, 0, err);
  const node = await nodeOf(0);
  node.setParameters(start);
  const wanted = samples.map(({ x, y }) => {
    const { label } = node.predict(x);
    node.learn(x, y);
    return label;
  });
  const average = new ExactAverage(resolveConfig(SHAPE), start, 512);
  average.add(node.parameters(), samples.length);
  assert.equal(model.parameters(), average.result());
  const lines = out.trim().split('\n').map((line) => JSON.parse(line) as { label: string | null; correct: boolean | null });
  assert.is(lines.length, 10);
  lines.slice(0, 9).forEach(({ label }, k) => assert.ok(label === null || label === wanted[k], `sample ${k}`));
  assert.is(lines[9]!.correct, null);
  assert.match(err, /10 samples, accuracy .*1 updates sent, 2 refused/);
});

command.run();

test.run();
