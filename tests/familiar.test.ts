// How familiar a sample is: calibrated on ordinary samples, next to 0 on what is like nothing that was learned, and no part of what is learned.

import { UNKNOWN, createLearner, loadLearner, type Learner, type LearnerWishes } from '../host/index.js';
import { generator } from './random.js';
import { assert, suite } from './suite.js';
import { Alike, labelOf } from '../web/alike.js';
import { PICTURE_SIDE, PICTURE_VALUES } from '../host/sources/picture-shape.js';

const test = suite('familiar');
const LABELS = ['idle', 'wash', 'spin'];
const INPUTS = 5;

/** Normal clouds around a centre of each label, of a deviation of its own in every input. */
class World {
  readonly #random: () => number;
  readonly #centres: number[][];
  readonly #widths: number[][];

  constructor(seed: number, private readonly labels = LABELS) {
    this.#random = generator(seed);
    const table = (make: () => number): number[][] => labels.map(() => Array.from({ length: INPUTS }, make));
    this.#centres = table(() => 20 + 4 * this.normal());
    this.#widths = table(() => 0.3 + this.#random());
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
  }

  sample(label: number): number[] {
    return this.#centres[label]!.map((centre, i) => centre + this.#widths[label]![i]! * this.normal());
  }

  any(): { x: number[]; y: string } {
    const label = Math.floor(this.#random() * this.labels.length);
    return { x: this.sample(label), y: this.labels[label]! };
  }

  /** 2 to 10 of the inputs' deviations off, in every input. */
  farOff(): number[] {
    const by = 4 * (0.5 + 2 * this.#random());
    return this.any().x.map((value) => value + by * 4 * this.normal());
  }
}

const taught = async (world: World, config: LearnerWishes = {}, samples = 1000): Promise<Learner> => {
  const learner = await createLearner({ inputs: INPUTS, labels: LABELS, ...config });
  for (let n = 0; n < samples; n++) {
    const { x, y } = world.any();
    learner.learn(x, y);
  }
  return learner;
};

const share = (count: number, of: () => boolean): number => Array.from({ length: count }, of).filter(Boolean).length / count;

for (const [name, config, order] of [
  ['by default', {}, 'mixed'],
  ['weights of 16 bits', { bits: 16 }, 'mixed'],
  ['with a memory', { exemplars: 200 }, 'mixed'],
  ['with a memory, labels one after the other', { exemplars: 200 }, 'blocks'],
  ['with prototypes, labels one after the other', { prototypes: 1 }, 'blocks'],
  ['inputs of a fixed scale, asked for', { inputScale: 0.2, familiar: true }, 'mixed'],
] as const) {
  test(`${name}: one ordinary sample in fifty is below 0.02, and what is far off nearly always`, async () => {
    let lost = 0;
    let caught = 0;
    for (let seed = 1; seed <= 5; seed++) {
      const world = new World(seed);
      const learner = await taught(world, config, order === 'mixed' ? 1000 : 0);
      if (order === 'blocks') LABELS.forEach((label, c) => Array.from({ length: 100 }, () => learner.learn(world.sample(c), label)));
      const familiar = (x: number[]): number => learner.predict(x).familiar!;
      lost += share(500, () => familiar(world.any().x) < 0.02) / 5;
      caught += share(500, () => familiar(world.farOff()) < 0.02) / 5;
    }
    assert.ok(lost < 0.05, `${lost} of ordinary samples are lost`);
    assert.ok(caught > 0.95, `${caught} of those far off are found`);
  });
}

test('it is at most the share that it says: a tenth below 0.1, half below 0.5', async () => {
  const world = new World(9);
  const learner = await taught(world, {}, 4000);
  const shares = Array.from({ length: 2000 }, () => learner.predict(world.any().x).familiar!);
  for (const [below, least, most] of [[0.02, 0.005, 0.045], [0.1, 0.04, 0.15], [0.5, 0.25, 0.55]] as const) {
    const found = shares.filter((familiar) => familiar < below).length / shares.length;
    assert.ok(found > least && found < most, `${found} below ${below}`);
  }
  assert.ok(shares.every((familiar) => familiar >= 0 && familiar <= 1));
});

test('one sensor of five that breaks is found, and a state that nobody taught more often than not', async () => {
  const world = new World(4, [...LABELS, 'nobody']);
  const learner = await createLearner({ inputs: INPUTS, labels: LABELS });
  for (let n = 0; n < 900; n++) learner.learn(world.sample(n % 3), LABELS[n % 3]!);
  const broken = share(300, () => learner.predict(world.sample(0).with(2, -9999)).familiar! < 0.02);
  const untaught = share(300, () => learner.predict(world.sample(3)).familiar! < 0.02);
  assert.ok(broken > 0.95, `${broken} of the broken sensor`);
  assert.ok(untaught > 0.5, `${untaught} of the state that nobody taught`);
});

test('unknownBelow: the answer is unknown, what stands beside it stays; nothing that is learned changes', async () => {
  const world = new World(5);
  const learner = await taught(world);
  const strict = await loadLearner(learner.save(), { unknownBelow: 0.02 });
  const before = strict.save();
  for (let n = 0; n < 200; n++) {
    const x = n % 2 === 0 ? world.any().x : world.farOff();
    const open = learner.predict(x);
    const answer = strict.predict(x);
    assert.equal({ ...answer, label: '' }, { ...open, label: '' });
    assert.is(answer.label, open.familiar! < 0.02 ? UNKNOWN : open.label);
  }
  assert.equal(strict.save(), before);
  assert.is(strict.clone().predict(world.farOff().map(() => 1e6)).label, UNKNOWN);
});

test('where nothing can be said it says so: before nine samples, of a learner that does not keep it', async () => {
  const world = new World(6);
  const learner = await createLearner({ inputs: INPUTS, labels: [], labelCapacity: 4 }, { unknownBelow: 1 });
  const asked = (): number | undefined => learner.predict(world.any().x).familiar;
  assert.is(asked(), undefined);
  let told = 0;
  for (let n = 1; n <= 12; n++) {
    learner.learn(world.sample(n % 2), LABELS[n % 2]!);
    if (asked() !== undefined) told ||= n;
  }
  assert.is(told, 10); // the first of each of two labels lies nowhere yet
  const without = await taught(world, { familiar: false });
  assert.is(without.predict(world.any().x).familiar, undefined);
  assert.is((await createLearner({ inputs: 2, labels: LABELS, inputScale: 1 })).config.familiar, false);
  assert.is(learner.stats().bytes.arena - (await createLearner({ inputs: INPUTS, labels: [], labelCapacity: 4, familiar: false })).stats().bytes.arena, 16 + 32 + 32 + 16 + 32 + 16 + 16 + 256); // 4 counts, 4 x 8 means and deviations, 4 spans; 5 centres and scales; 4 votes, 128 reciprocals
});

test('what cannot be is refused by name', async () => {
  const refused = async (options: unknown, error: typeof TypeError | typeof RangeError, message: RegExp, config: object = {}): Promise<void> => {
    const reason = await createLearner({ inputs: 2, labels: LABELS, ...config }, options as never).then(() => undefined, (caught: Error) => caught);
    assert.ok(reason instanceof error && message.test(reason.message), reason?.message);
  };
  await refused({ unknownBelow: 2 }, RangeError, /options\.unknownBelow: got 2; expected 0 to 1/);
  await refused({ unknownBelow: NaN }, RangeError, /options\.unknownBelow: got NaN/);
  await refused({ unknownBelow: '0.1' }, TypeError, /options\.unknownBelow: expected a number, got '0\.1'/);
  await refused({ unknownBelow: 0.1 }, RangeError, /does not keep what is familiar; make it with config\.familiar: true/, { familiar: false });
  await refused({ unkownBelow: 0.1 }, TypeError, /options\.unkownBelow: no such option; there are build, onDrift, unknownBelow/);
  await refused({}, TypeError, /config\.familiar: expected true or false, got 1/, { familiar: 1 });
});

test('a label that is forgotten takes what it usually was with it, and the last one keeps its own', async () => {
  const world = new World(12);
  const learner = await createLearner({ inputs: INPUTS, labels: LABELS });
  const sample = (label: number): number[] => world.sample(label).map((value) => value + (label === 0 ? 30 : 0)); // idle is far from the others
  for (let n = 0; n < 900; n++) learner.learn(sample(n % 3), LABELS[n % 3]!);
  const strange = (label: number): number => share(200, () => learner.predict(sample(label)).familiar! < 0.02);
  assert.ok(strange(0) < 0.1 && strange(2) < 0.1);
  learner.forgetLabel('idle'); // 'spin' takes its column
  assert.ok(strange(2) < 0.1, 'spin is what it was');
  assert.ok(strange(0) > 0.95, 'idle is like neither of the others');
});

test('a world that moves: what was new is familiar once it was taught', async () => {
  const world = new World(8);
  const learner = await taught(world);
  const moved = (): number[] => world.sample(1).map((value) => value + 15);
  assert.ok(share(100, () => learner.predict(moved()).familiar! < 0.02) > 0.95);
  for (let n = 0; n < 100; n++) learner.learn(moved(), 'wash');
  assert.ok(share(100, () => learner.predict(moved()).familiar! < 0.02) < 0.1);
});

/** One answer takes some milliseconds of lessons: asked again until it knows all of them. */
function alikeNow(alike: Alike, label: string, x: Float32Array): number | undefined {
  for (let k = 0; k < 50; k++) {
    alike.restart();
    const shares = alike.of(x);
    if (shares !== undefined) return shares.get(label);
  }
  return undefined;
}

test('alike, of the page: a sound at another pitch is, one between two labels or of neither is not, and it follows what is taught, deleted and renamed', async () => {
  const random = generator(8);
  /** Level, then 20 bands in each of 8 parts: energy about one band. */
  const sound = (band: number, width: number): Float32Array => Float32Array.from([random(), ...Array.from({ length: 160 }, (_, i) => (Math.abs((i % 20) - band) < width ? 4 : 0) + 0.2 * random())]);
  const lessons = { version: 1, all: Array.from({ length: 20 }, (_, key) => ({ key, label: key < 10 ? 'tone' : 'noise', x: key < 10 ? sound(8, 1) : sound(10, 8) })) };
  const alike = new Alike(false, (x) => x, () => lessons);
  const [taught, lower, halfway] = [sound(8, 1), sound(4, 1), sound(9, 4)];
  assert.ok(alikeNow(alike, 'tone', taught)! > 0.6);
  assert.ok(alikeNow(alike, 'tone', lower)! > 0.4);
  assert.ok(alikeNow(alike, 'tone', halfway)! < 0.25);
  assert.is(alikeNow(alike, 'noise', taught), 0);
  assert.is(alikeNow(alike, 'hum', taught), undefined); // nothing was taught as that

  // three answers in a row weigh as one, a restart forgets them, and one that is more alike is told at once
  const first = alikeNow(alike, 'tone', taught)!;
  const then = alike.of(halfway)!.get('tone')!;
  const strange = alikeNow(alike, 'tone', halfway)!;
  assert.ok(then < first && then > strange);
  alike.of(halfway);
  assert.is(alike.of(taught)!.get('tone'), first);

  // the network's word stands, unless its label is less alike than another
  const shares = new Map([['tone', 0.1], ['noise', 0.4]]);
  assert.equal([labelOf('tone', shares, 0.1), labelOf('tone', shares, 0.3), labelOf('tone', shares, 0.5), labelOf('hum', shares, 0.3), labelOf('tone', undefined, 0.3)], ['tone', 'noise', undefined, 'hum', 'tone']);
  assert.is(labelOf('tone', new Map([['tone', 0.1], ['hum', 0.4], ['noise', 0.9], ['click', 0.5]]), 0.3), 'noise');

  // lessons count a second later, or at once where labels change
  lessons.all[0]!.label = 'click';
  lessons.version++;
  alike.restart();
  assert.is.not(alike.of(taught)!.get('click'), undefined);
  lessons.all[0]!.label = 'clap';
  lessons.version++;
  assert.is(alike.of(taught)!.get('clap'), undefined);
  await new Promise((resolve) => setTimeout(resolve, 1010));
  assert.is.not(alike.of(taught)!.get('clap'), undefined);
  Object.assign(lessons, { all: lessons.all.filter(({ label }) => label === 'tone'), version: 4 });
  await new Promise((resolve) => setTimeout(resolve, 1010));
  assert.is(alikeNow(alike, 'tone', taught), undefined); // one label is nothing to tell it from
});

test('alike, of the page: what many lessons need goes on between two answers', async () => {
  const random = generator(7);
  const lessons = { version: 1, all: Array.from({ length: 60 }, (_, key) => ({ key, label: key < 30 ? 'a' : 'b', x: Float32Array.from({ length: 161 }, random) })) };
  const slow = (x: Float32Array): Float32Array => {
    for (const end = performance.now() + 1; performance.now() < end; );
    return x;
  };
  const alike = new Alike(false, slow, () => lessons);
  assert.is(alike.of(lessons.all[0]!.x), undefined);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.is.not(alike.of(lessons.all[0]!.x), undefined);
});

test('alike, of the page: a picture in a mirror is as alike as the picture', () => {
  const random = generator(9);
  const picture = (): Float32Array => Float32Array.from({ length: PICTURE_VALUES }, random);
  const lessons = { version: 1, all: ['a', 'a', 'b', 'b'].map((label, key) => ({ key, label, x: picture() })) };
  const alike = new Alike(true, (x) => x.slice(), () => lessons);
  const mirrored = Float32Array.from({ length: PICTURE_VALUES }, (_, i) => {
    const [row, column, colour] = [Math.floor(i / 3 / PICTURE_SIDE), Math.floor(i / 3) % PICTURE_SIDE, i % 3];
    return lessons.all[0]!.x[3 * (row * PICTURE_SIDE + PICTURE_SIDE - 1 - column) + colour]!;
  });
  assert.is(alikeNow(alike, 'a', mirrored), 1);
  assert.ok(alikeNow(alike, 'a', picture())! < 0.2);
});

test.run();
