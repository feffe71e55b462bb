/**
 * npm run bench:page
 *
 * Three sounds before a microphone, taught as on the page of `onward serve`: held for three seconds each, one after the other, windows that overlap by four fifths,
 * rehearsal after each; then new takes of them, and of five sounds that nobody taught. They come at 16 kHz and are resampled to 8, as the page's microphone does. Each
 * begins in a quiet room, somewhere in a window, as the page cuts them: two windows are partly of the room, three are all sound. Beside what the page says the network
 * alone, and two simple rules on the same features. Writes benchmarks/results/page-sounds.json; docs/web.md has the figures (`npm run readme`).
 */
import { writeFileSync } from 'node:fs';
import { createSoundLearner } from '../host/sound/index.js';
import { resample } from '../host/sources/resample.js';
import { hopOf } from '../host/project.js';
import { Alike, labelOf } from '../web/alike.js';
import { EXEMPLARS } from '../web/learners.js';
import { SIGNALS } from '../web/signals.js';
import { NearestMean } from './everyday/rivals/nearest-mean.js';
import { Neighbours } from './everyday/rivals/neighbours.js';
import { machine } from './machine.js';
import { Random } from './rivals/random.js';
import { soundsTable, type SoundsResult } from './page-table.js';
import { OTHERS, SOUNDS, recorded, type RoomSound } from './sound/room.js';

/** What is unknown was chosen on 201 to 220. */
const SEQUENCES = Array.from({ length: 25 }, (_, k) => 301 + k);
const TAKES = 20;
const { window, unknownBelow } = SIGNALS['sound']!;
const hop = hopOf({ signal: 'sound', window });
/** Samples a second: as they are recorded, and as the page learns them. */
const [RECORDED, LEARNED] = [16000, 8000];

/** Windows of a take that are partly of the room before it, and those that are not. */
const PARTLY = 2;
const WHOLE = 3;

/** So many windows of a sound, one a fifth of a second after the other. @param before moments of the room alone, which come first */
function heard(kind: RoomSound, count: number, random: Random, before = 0): Float32Array[] {
  const sound = resample(recorded(kind, (window + count * hop) / LEARNED, RECORDED, random, before / LEARNED), RECORDED, LEARNED);
  return Array.from({ length: count }, (_, k) => sound.slice(k * hop, k * hop + window));
}

const share = (parts: readonly boolean[]): number => Number(((100 * parts.filter(Boolean).length) / parts.length).toFixed(1));

const sequences = [];
for (const seed of SEQUENCES) {
  const random = new Random(seed);
  using learner = await createSoundLearner({ window: { audio: 8000, samples: window }, labels: [...SOUNDS], labelCapacity: 12, exemplars: EXEMPLARS });
  const lessons = SOUNDS.flatMap((label) => {
    const windows = heard(label, 11, random);
    for (const x of windows) learner.learn(x, label);
    learner.sleep(10 * learner.worthRehearsing); // the button is released
    return windows.map((x, key) => ({ key, label, x }));
  });
  const rules = { nearestMean: new NearestMean(learner.inputs), nearest: new Neighbours(learner.inputs, 1) };
  for (const { label, x } of lessons) for (const rule of Object.values(rules)) rule.teach(learner.features(x), SOUNDS.indexOf(label));
  const alike = new Alike(false, (x) => learner.features(x), () => ({ all: lessons, version: 1 }));
  while (alike.of(lessons[0]!.x) === undefined); // lessons are looked through in slices
  /** Of each window that is all sound. */
  const ask = (kind: RoomSound) => {
    const windows = heard(kind, PARTLY + WHOLE, random, Math.round(hop * (PARTLY - random.uniform())));
    const answers = windows.map((x) => {
      const network = learner.predict(x).label as string;
      const word = labelOf(network, alike.of(x), unknownBelow / 100);
      const [nearestMean, nearest] = [rules.nearestMean, rules.nearest].map((rule) => SOUNDS[rule.answer(learner.features(x))] === kind);
      return { right: word === kind, network: network === kind, nearestMean: nearestMean!, nearest: nearest!, unknown: word === undefined };
    });
    return answers.slice(PARTLY);
  };
  const takesOf = (kinds: readonly RoomSound[]) => kinds.flatMap((kind) => Array.from({ length: TAKES }, () => ask(kind)));
  const [taught, others] = [takesOf(SOUNDS), takesOf(OTHERS)];
  const byWindow = (takes: typeof taught, name: keyof (typeof taught)[number][number]): number[] => Array.from({ length: WHOLE }, (_, window) => share(takes.map((take) => take[window]![name])));
  sequences.push({
    seed,
    right: byWindow(taught, 'right'),
    lost: byWindow(taught, 'unknown'),
    network: byWindow(taught, 'network'),
    nearestMean: byWindow(taught, 'nearestMean'),
    nearest: byWindow(taught, 'nearest'),
    unknown: byWindow(others, 'unknown'),
  });
}
const result: SoundsResult = { takes: TAKES * SOUNDS.length, others: TAKES * OTHERS.length, unknownBelow: unknownBelow / 100, sequences };
console.log(soundsTable(result));
writeFileSync(new URL('results/page-sounds.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:page', machine: machine(), unit: '% of takes', ...result }, null, 1)}\n`);
