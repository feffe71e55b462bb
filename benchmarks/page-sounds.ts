/**
 * npm run bench:page
 *
 * Three sounds before a microphone at 8 kHz, taught as on the page of `onward serve`: held for three seconds each, one after the other, windows that overlap by four fifths,
 * rehearsal after each; then new takes of them, and of five sounds that nobody taught. Each begins in a quiet room, somewhere in a window, as the page cuts them: two
 * windows are partly of the room, three are all sound. Writes benchmarks/results/page-sounds.json; docs/web.md has the figures (`npm run readme`).
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

/** Windows of a take that are partly of the room before it, and those that are not. */
const PARTLY = 2;
const WHOLE = 3;

/** So many windows of a sound, one a fifth of a second after the other. @param before moments of the room alone, which come first */
function heard(kind: RoomSound, count: number, random: Random, before = 0): Float32Array[] {
  const sound = recorded(kind, (window + (count - 1) * hop) / 8000, 8000, random, before / 8000);
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
  /** Of each window that is all sound. */
  const ask = (kind: RoomSound): { isRight: boolean; isUnknown: boolean }[] => {
    const windows = heard(kind, PARTLY + WHOLE, random, Math.round(hop * (PARTLY - random.uniform())));
    const answers = windows.map((x) => {
      const answer = learner.predict(x).label as string;
      return { isRight: answer === kind, isUnknown: alike.of(answer, x)! < unknownBelow / 100 };
    });
    return answers.slice(PARTLY);
  };
  const takesOf = (kinds: readonly RoomSound[]) => kinds.flatMap((kind) => Array.from({ length: TAKES }, () => ask(kind)));
  const [taught, others] = [takesOf(SOUNDS), takesOf(OTHERS)];
  const byWindow = (count: (window: number) => boolean[]): number[] => Array.from({ length: WHOLE }, (_, window) => share(count(window)));
  sequences.push({
    seed,
    right: byWindow((window) => taught.map((take) => take[window]!.isRight)),
    lost: byWindow((window) => taught.map((take) => take[window]!.isRight && take[window]!.isUnknown)),
    unknown: byWindow((window) => others.map((take) => take[window]!.isUnknown)),
  });
}
const result: SoundsResult = { takes: TAKES * SOUNDS.length, others: TAKES * OTHERS.length, unknownBelow: unknownBelow / 100, sequences };
console.log(soundsTable(result));
writeFileSync(new URL('results/page-sounds.json', import.meta.url), `${JSON.stringify({ command: 'npm run bench:page', machine: machine(), unit: '% of takes', ...result }, null, 1)}\n`);
