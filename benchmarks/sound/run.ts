/**
 * npm run bench:sound [-- --dev]
 *
 * Ten words by eight voices of espeak-ng (apt-get install espeak-ng): features of the core against the same in floats, one learner on both; and the simplest rivals. Six voices are taught,
 * one pass in a random order and a rehearsal, two that were never heard are asked. Then claps, a whistle and a hum, three seconds of each, one after the other.
 * --dev takes other words and other voices, on which all was chosen, and writes nothing. docs/sound.md has the tables (`npm run readme`).
 */
import { writeFileSync } from 'node:fs';
import { createLearner, type Learner } from '../../host/index.js';
import { createHearing, type Hearing } from '../../host/sound/index.js';
import { soundWindows } from '../../host/sources/wav.js';
import { shuffle, randomFrom } from '../../host/shuffle.js';
import { melFeatures } from '../../tests/float-sound.js';
import { machine } from '../machine.js';
import { Random } from '../rivals/random.js';
import { nearestMean, nearestSample, type Taught } from './rivals.js';
import { SOUNDS, recorded } from './room.js';
import { DEV_VOICES, DEV_WORDS, VOICES, WORDS, spoken } from './speech.js';
import type { RoomRow, SpeechRow } from './table.js';

const isDev = process.argv.includes('--dev');
const [voices, words] = isDev ? [DEV_VOICES, DEV_WORDS] : [VOICES, WORDS];
const TAKES = 8;
const SEEDS = [1, 2, 3, 4, 5];
const FOLDS = 4;
const EXEMPLARS = 200;
const ROOM_SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const ASKED = 20;

const speech: SpeechRow[] = [];
for (const audio of [8000, 16000] as const) {
  const hearing = await createHearing({ audio });
  const all = spoken(audio, { voices, words, takes: TAKES, seed: isDev ? 5 : 11 });
  const views = { core: all.map(({ sound }) => hearing.features(sound)), float: all.map(({ sound }) => Float32Array.from(melFeatures(sound, hearing.window))) };
  const samples = (x: readonly Float32Array[], isAsked: boolean, fold: number): Taught[] =>
    all.flatMap(({ voice, word }, i) => ((voices.indexOf(voice) % FOLDS === fold) === isAsked ? [{ x: x[i]!, y: word }] : []));
  const [rows, means, neighbours] = [{ core: [] as number[], float: [] as number[] }, [] as number[], [] as number[]];
  for (let fold = 0; fold < FOLDS; fold++) {
    for (const view of ['core', 'float'] as const) {
      const [taught, asked] = [samples(views[view], false, fold), samples(views[view], true, fold)];
      for (const seed of SEEDS) {
        const learner = await createLearner({ inputs: hearing.inputs, labels: words, exemplars: EXEMPLARS, seed });
        for (const { x, y } of shuffle([...taught], randomFrom(seed))) learner.learn(x, y);
        learner.sleep();
        rows[view].push(share(asked, (x) => learner.predict(x).label));
        learner.dispose();
      }
      if (view === 'float') continue;
      means.push(share(asked, nearestMean(taught)));
      neighbours.push(share(asked, nearestSample(taught)));
    }
  }
  const row = { audio, core: mean(rows.core), coreWorst: Math.min(...rows.core), float: mean(rows.float), floatWorst: Math.min(...rows.float), nearestMean: mean(means), nearestSample: mean(neighbours), taught: (all.length * 3) / 4 };
  speech.push(row);
  console.log(JSON.stringify(row));
}

const room: RoomRow[] = [];
for (const audio of [8000, 16000] as const) {
  const hearing = await createHearing({ audio });
  const rights = { onward: [] as number[], nearestMean: [] as number[], nearestSample: [] as number[] };
  let windows = 0;
  for (const seed of ROOM_SEEDS) {
    const random = new Random((isDev ? 1000 : 0) + seed);
    const taught = SOUNDS.flatMap((y) => heard(hearing, recorded(y, 3, audio, random)).map((x): Taught => ({ x, y })));
    const asked = SOUNDS.flatMap((y) => Array.from({ length: ASKED }, (): Taught => ({ x: hearing.features(recorded(y, 1, audio, random)), y })));
    windows = taught.length / SOUNDS.length;
    const learner = await createLearner({ inputs: hearing.inputs, labels: [], labelCapacity: 8, exemplars: EXEMPLARS, seed });
    inTurn(learner, taught);
    rights.onward.push(share(asked, (x) => learner.predict(x).label));
    rights.nearestMean.push(share(asked, nearestMean(taught)));
    rights.nearestSample.push(share(asked, nearestSample(taught)));
    learner.dispose();
  }
  const row = { audio, windows, onward: mean(rights.onward), worst: Math.min(...rights.onward), nearestMean: mean(rights.nearestMean), nearestMeanWorst: Math.min(...rights.nearestMean), nearestSample: mean(rights.nearestSample), nearestSampleWorst: Math.min(...rights.nearestSample) };
  room.push(row);
  console.log(JSON.stringify(row));
}

if (!isDev) writeFileSync(new URL('../results/sound.json', import.meta.url), `${JSON.stringify({ machine: machine(), voices, words, takes: TAKES, seeds: SEEDS.length, folds: FOLDS, exemplars: EXEMPLARS, roomSeeds: ROOM_SEEDS.length, speech, room }, null, 1)}\n`);

/** Windows of a recording as a microphone gives them: a second, every fifth of one. */
function heard(hearing: Hearing, samples: Float32Array): Float32Array[] {
  const { audio, samples: length } = hearing.window;
  return [...soundWindows({ samples, rate: audio }, { audio, samples: length, hop: length / 5 })].map(({ x }) => hearing.features(x));
}

/** One label after the other, with a rehearsal after each, as a page does while nothing is held. */
function inTurn(learner: Learner, taught: readonly Taught[]): void {
  taught.forEach(({ x, y }, i) => {
    learner.learn(x, y);
    if (taught[i + 1]?.y !== y) learner.sleep();
  });
}

function share(asked: readonly Taught[], answer: (x: ArrayLike<number>) => string | undefined): number {
  return Number(((100 * asked.filter(({ x, y }) => answer(x) === y).length) / asked.length).toFixed(2));
}

function mean(values: readonly number[]): number {
  return Number((values.reduce((a, b) => a + b) / values.length).toFixed(2));
}
