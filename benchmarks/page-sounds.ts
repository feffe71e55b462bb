/**
 * npm run bench:page
 *
 * Three sounds before a microphone at 8 kHz, taught as on the page of `onward serve`: held for three seconds each, one after the other, windows that overlap by four fifths,
 * rehearsal after each; then new takes of them, and of five sounds that nobody taught, each by its third window. Writes benchmarks/results/page-sounds.json; docs/web.md
 * has the figures (`npm run readme`).
 */
import { writeFileSync } from 'node:fs';
import { createSoundLearner } from '../host/sound/index.js';
import { Alike } from '../web/alike.js';
import { EXEMPLARS } from '../web/learners.js';
import { SIGNALS, hopOf } from '../web/signals.js';
import { machine } from './machine.js';
import { Random } from './rivals/random.js';
import { soundsTable, type SoundsResult } from './page-table.js';
import { OTHERS, SOUNDS, recorded, type RoomSound } from './sound/room.js';

/** What is unknown was chosen on 1 to 20. */
const SEQUENCES = Array.from({ length: 25 }, (_, k) => 201 + k);
const TAKES = 20;
const { window, unknownBelow } = SIGNALS['sound']!;
const hop = hopOf(window)!;

/** So many windows of a sound, one a fifth of a second after the other. */
function heard(kind: RoomSound, count: number, random: Random): Float32Array[] {
  const sound = recorded(kind, (window + (count - 1) * hop) / 8000, 8000, random);
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
  const alike = new Alike(false, (x) => learner.features(x), () => ({ all: lessons, version: 1 }));
  while (alike.of(SOUNDS[0], lessons[0]!.x) === undefined); // lessons are looked through in slices
  const ask = (kind: RoomSound): { answer: string; isUnknown: boolean } => {
    alike.restart();
    const last = heard(kind, 3, random).map((x) => {
      const answer = learner.predict(x).label as string;
      return { answer, isUnknown: alike.of(answer, x)! < unknownBelow / 100 };
    });
    return last.at(-1)!;
  };
  const takesOf = (kinds: readonly RoomSound[]) => kinds.flatMap((kind) => Array.from({ length: TAKES }, () => ({ kind, ...ask(kind) })));
  const taught = takesOf(SOUNDS);
  sequences.push({ seed, right: share(taught.map(({ kind, answer }) => answer === kind)), lost: share(taught.map(({ kind, answer, isUnknown }) => answer === kind && isUnknown)), unknown: share(takesOf(OTHERS).map(({ isUnknown }) => isUnknown)) });
}
const result: SoundsResult = { takes: TAKES * SOUNDS.length, others: TAKES * OTHERS.length, unknownBelow: unknownBelow / 100, sequences };
console.log(soundsTable(result));
writeFileSync(new URL('results/page-sounds.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:page', machine: machine(), unit: '% of takes', ...result }, null, 1)}\n`);
