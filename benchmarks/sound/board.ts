/**
 * npm run bench:sound-board
 *
 * What a second of sound costs a Cortex-M0+: the front end, a prediction and a learned sample on a simulated RP2040, whose bytes must be those of Node. docs/sound.md has the table.
 */
import { writeFileSync } from 'node:fs';
import { boardNamed } from '../../firmware-sim/boards.js';
import { learnerSource } from '../../firmware-sim/build.js';
import { buildDevice } from '../../firmware-sim/devices.js';
import { judge } from '../../firmware-sim/learners.js';
import { rowExperiment, simulate } from '../../firmware-sim/simulation.js';
import { soundSource } from '../../firmware-sim/sound.js';
import { createSoundLearner } from '../../host/sound/index.js';
import { Random } from '../rivals/random.js';
import { SOUNDS, recorded } from './room.js';
import type { BoardRow } from './table.js';

const TAKES = 6;
/** Ticks of 20 ms between two samples: 1.2 s, in which even the slowest has learned. */
const SPARE = 60;
const board = boardNamed('rp2040');

/** The board's counter of cycles has 24 bits. */
const WRAP = 2 ** 24;

const rows: BoardRow[] = [];
for (const audio of [8000, 16000] as const) {
  const half = await costs(audio, audio / 2);
  const whole = await costs(audio, audio);
  // a second has twice the frames and one more: that says how often the counter has begun anew
  const wraps = Math.round((half.hear * (61 / 30) - whole.hear) / WRAP);
  const row = { ...whole, hear: whole.hear + wraps * WRAP };
  rows.push(row);
  console.log(JSON.stringify(row));
}
writeFileSync(new URL('../results/sound-board.json', import.meta.url), `${JSON.stringify({ hertz: 125e6, exemplars: 50, rows }, null, 1)}\n`);

async function costs(audio: 8000 | 16000, length: number): Promise<BoardRow> {
  const node = await createSoundLearner({ window: { audio, samples: length }, labels: SOUNDS, exemplars: 50 }, { build: 'scalar' });
  const random = new Random(1);
  const samples = Array.from({ length: TAKES }, (_, i) => ({ label: i % SOUNDS.length, x: recorded(SOUNDS[i % SOUNDS.length]!, length / audio, audio, random) }));
  const features = samples.map(({ label, x }) => ({ label, x: node.features(x) }));
  const { device, image } = buildDevice(board, soundSource(node.config, node.window), { saveEvery: 100_000 });
  const hearing = await simulate(device, node, rowExperiment(samples, SPARE));
  const alone = await simulate(buildDevice(board, learnerSource(node.config), { saveEvery: 100_000 }).device, await judge(node.config), rowExperiment(features, SPARE));
  if (!hearing.bytesEqual || !alone.bytesEqual) throw new Error('a board learned other bytes than Node');
  return { audio, hear: Math.round(hearing.predict - alone.predict), predict: Math.round(alone.predict), learn: Math.round(alone.learn), flash: image.flashBytes, ram: image.ramBytes };
}
