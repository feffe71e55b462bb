/**
 * npm run bench:page
 *
 * Three things before a camera, taught as on the page of `onward serve`: held for three seconds each, one after the other, ten pictures a second, rehearsal after each; then
 * new takes of them in other places, sizes and lights, before the same untidy table and before another; and once more with all three painted alike. 25 sequences; beside
 * the page's network two simple rules on the same features, and all three on the picture in grey. And what the page says, which may be *unknown*, of these and of things
 * that nobody taught. Writes benchmarks/results/page-things.json; docs/web.md has the table (`npm run readme`).
 */
import { writeFileSync } from 'node:fs';
import { createLearner } from '../host/index.js';
import { pictureFeatures, smallPicture, type Pixels } from '../host/sources/picture-features.js';
import { PICTURE_FEATURES, PICTURE_SIDE } from '../host/sources/picture-shape.js';
import { OTHERS, THINGS, Table, painted, pictures, type Thing } from '../tests/objects.js';
import { Alike, labelOf } from '../web/alike.js';
import { EXEMPLARS } from '../web/learners.js';
import { SIGNALS } from '../web/signals.js';
import { NearestMean } from './everyday/rivals/nearest-mean.js';
import { Neighbours } from './everyday/rivals/neighbours.js';
import { machine } from './machine.js';
import { thingsTable, type Shares, type ThingsResult } from './page-table.js';
import { Random } from './rivals/random.js';

/** Features were chosen on 101 to 108, what is unknown on 101 to 125. */
const SEQUENCES = Array.from({ length: 25 }, (_, k) => 201 + k);
/** Pictures in three seconds. */
const HELD = 30;
const TAKES = 20;
/** Less alike than this is unknown. */
const UNKNOWN_BELOW = SIGNALS['camera']!.unknownBelow / 100;

const labels = Object.keys(THINGS);
const views: Record<string, (picture: Uint8ClampedArray) => Float32Array> = {
  '': pictureFeatures,
  'Grey': (rgb) => Float32Array.from({ length: PICTURE_SIDE * PICTURE_SIDE }, (_, i) => (77 * rgb[3 * i]! + 150 * rgb[3 * i + 1]! + 29 * rgb[3 * i + 2]!) / 256),
};
const takesOf = (things: readonly Thing[], table: Table, random: Random): Uint8ClampedArray[][] => things.map((thing) => Array.from({ length: TAKES }, () => smallPicture(pictures(thing, 1, table, random)[0] as Pixels)));
const share = (parts: readonly boolean[]): number => Number(((100 * parts.filter(Boolean).length) / parts.length).toFixed(1));

/** Lessons are looked through in slices. */
function whole<T>(answer: () => T | undefined): T {
  for (;;) {
    const alike = answer();
    if (alike !== undefined) return alike;
  }
}

/** Teaches all learners, and asks them about each set of takes. */
async function ask(things: readonly Thing[], table: Table, asked: Record<string, Uint8ClampedArray[][]>, strange: Uint8ClampedArray[][], random: Random) {
  const lessons = things.map((thing) => pictures(thing, HELD, table, random).map(smallPicture));
  const right: Record<string, Record<string, number>> = {};
  let page = { right: 0, lost: 0, unknown: 0 };
  for (const [view, of] of Object.entries(views)) {
    const rows = lessons.map((pictures) => pictures.map(of));
    const { length: inputs } = rows[0]![0]!;
    using learner = await createLearner({ inputs, labels, labelCapacity: 12, exemplars: EXEMPLARS });
    const rules = { nearestMean: new NearestMean(inputs), nearest: new Neighbours(inputs, 1) };
    rows.forEach((samples, c) => {
      for (const x of samples) learner.learn(x, labels[c]!);
      learner.sleep(10 * learner.worthRehearsing); // the button is released
      for (const x of samples) for (const rule of Object.values(rules)) rule.teach(x, c);
    });
    for (const [set, takes] of Object.entries(asked)) {
      const answers = (name: string, answer: (x: Float32Array) => number): void => {
        (right[name + view] ??= {})[set] = share(takes.flatMap((samples, c) => samples.map((picture) => answer(of(picture)) === c)));
      };
      answers('network', (x) => labels.indexOf(learner.predict(x).label!));
      for (const [name, rule] of Object.entries(rules)) answers(name, (x) => rule.answer(x));
    }
    if (view === '') {
      const kept = lessons.flatMap((pictures, c) => pictures.map((picture, key) => ({ key, label: labels[c]!, x: Float32Array.from(picture, (value) => value / 256) })));
      const alike = new Alike(true, (x) => pictureFeatures(x.map((value) => 256 * value)), () => ({ all: kept, version: 1 }));
      /** The page's word, one picture each; undefined: unknown. */
      const wordsOf = (takes: Uint8ClampedArray[][]): { word: string | undefined; c: number }[] => takes.flatMap((pictures, c) => pictures.map((picture) => {
        alike.restart();
        return { word: labelOf(learner.predict(of(picture)).label!, whole(() => alike.of(Float32Array.from(picture, (value) => value / 256))), UNKNOWN_BELOW), c };
      }));
      const taught = wordsOf(Object.values(asked)[0]!);
      const isUnknown = ({ word }: { word: string | undefined }): boolean => word === undefined;
      page = { right: share(taught.map(({ word, c }) => word === labels[c])), lost: share(taught.map(isUnknown)), unknown: share(wordsOf(strange).map(isUnknown)) };
    }
  }
  return { right, page };
}

const sequences: ThingsResult['sequences'][number][] = [];
for (const seed of SEQUENCES) {
  const random = new Random(seed);
  const [table, other] = [new Table(160, 120, random), new Table(160, 120, random)];
  const things = Object.values(THINGS);
  const alike = things.map(painted);
  const ordinary = await ask(things, table, { here: takesOf(things, table, random), elsewhere: takesOf(things, other, random) }, takesOf(Object.values(OTHERS), table, random), random);
  const colourless = await ask(alike, table, { alike: takesOf(alike, table, random) }, [], random);
  const right = Object.fromEntries(Object.entries(ordinary.right).map(([name, sets]) => [name, { ...sets, ...colourless.right[name] } as unknown as Shares]));
  sequences.push({ seed, right, page: ordinary.page });
}
const result: ThingsResult = { features: PICTURE_FEATURES, takes: TAKES * labels.length, others: TAKES * Object.keys(OTHERS).length, unknownBelow: UNKNOWN_BELOW, sequences };
console.log(thingsTable(result));
writeFileSync(new URL('results/page-things.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:page', machine: machine(), unit: '% of answers', ...result }, null, 1)}\n`);
