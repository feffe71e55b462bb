// Detectors: the states that they really reach must load again, and what is corrupted or forged is refused, or a detector in good order.

import { crc32 } from '../../host/checksum.js';
import { createDetector, LearnerError, loadDetector, type Detector, type DetectorConfig } from '../../host/index.js';
import { decodeDetector } from '../../host/detector/snapshot.js';
import { generator } from '../random.js';
import { DAMAGES, EDGES, below, equal, pick, type Random } from './mutate.js';

const HOSTILE = [0, -0, 1, -1, 1e-45, 1.2e-38, 3.4e38, -3.4e38, Infinity, NaN, 1e9, -1e-9];

function randomConfig(random: Random): DetectorConfig {
  const streaming = random() < 0.5;
  const channels = 1 + below(random, streaming ? 4 : 9);
  return {
    mode: streaming ? 'streaming' : 'commissioned',
    channels,
    units: streaming && (channels === 1 || random() < 0.2) ? 0 : 1 + below(random, 20),
    bits: random() < 0.5 ? 8 : 16,
    rate: pick(random, [0, 0.05, 1]),
    warmup: streaming ? below(random, 100) : 40 + below(random, 200),
    hold: random() < 0.5 ? 0 : below(random, 100),
    alarmEvery: random() < 0.5 ? 0 : pick(random, [1, 100, 1_000_000]),
    threshold: pick(random, [0.1, 1.1, 16]),
    seed: below(random, 2 ** 32),
  };
}

/** Signals of every kind, with changes of scale and hostile values among them. */
function play(detector: Detector, random: Random, samples: number): void {
  const { channels } = detector.config;
  let scale = 1;
  let hostile = random() < 0.5 ? 0.1 : 0;
  for (let i = 0; i < samples; i++) {
    if (random() < 0.01) scale = 10 ** (below(random, 60) - 30);
    if (random() < 0.005) hostile = random() < 0.5 ? 0 : 0.5;
    const stuck = random() < 0.05;
    detector.observe(Array.from({ length: channels }, (_, c) => (random() < hostile ? pick(random, HOSTILE) : stuck ? 7 : scale * (Math.sin(i / (3 + c)) + random() + 5))));
  }
}

/** Noise with rare pulses, which stop at a sample: from then on what comes is far finer than what is known. */
function playPulses(detector: Detector, random: Random, samples: number, stop: number): void {
  const { channels } = detector.config;
  const until = detector.seen + samples;
  for (let t = detector.seen; t < until; t++) {
    const size = t < stop && t % 68 === 0 ? 29 : 0;
    detector.observe(Array.from({ length: channels }, (_, c) => size * (1 - 2 * (c % 2)) + 0.08 * (random() - 0.5)));
  }
}

/** What is refused of what detectors of random shapes reach. One of five lives ten times as long, with rare pulses that stop. */
export async function fuzzDetectorStates(detectors: number, samples: number, seed: number): Promise<string[]> {
  const random = generator(seed);
  const refused: string[] = [];
  for (let i = 0; i < detectors; i++) {
    const config = randomConfig(random);
    const detector = await createDetector(config);
    const stop = random() < 0.2 ? 4 * samples : 0;
    for (let done = 0; done < (stop > 0 ? 10 : 1) * samples; done += 50) {
      try {
        const saved = detector.save();
        if (!equal((await loadDetector(saved)).save(), saved)) throw new Error('what it saved does not come back');
      } catch (error) {
        refused.push(`${(error as Error).message} after ${done} samples of ${JSON.stringify(config)}`);
        break;
      }
      if (stop > 0) {
        playPulses(detector, random, 50, stop);
        continue;
      }
      play(detector, random, 50);
      if (random() < 0.02) detector.commission();
    }
    detector.dispose();
  }
  return refused;
}

/** Corrupted ones must be refused; forged ones, whose checksum fits, may be taken if they are in good order and stay so. */
export async function fuzzDetectorSnapshots(count: number, seed: number): Promise<{ accepted: number; refused: number; sound: number; findings: string[] }> {
  const random = generator(seed);
  const good: Uint8Array[] = [];
  for (let i = 0; i < 12; i++) {
    const detector = await createDetector(randomConfig(random));
    play(detector, random, 150);
    good.push(detector.save());
  }
  const counts = { accepted: 0, refused: 0, sound: 0, findings: [] as string[] };
  const find = (what: string, bytes: Uint8Array): void => void (counts.findings.length < 10 && counts.findings.push(`${what}: ${Buffer.from(bytes).toString('base64').slice(0, 1000)}`));
  for (let i = 0; i < count; i++) {
    const from = pick(random, good);
    const forge = i % 2 === 1;
    let bytes: Uint8Array;
    if (forge) {
      bytes = Uint8Array.from(from);
      const view = new DataView(bytes.buffer);
      for (let n = 1 + below(random, 3); n > 0; n--) {
        const at = random() < 0.6 ? 4 + below(random, 200) : below(random, bytes.length - 8);
        const value = random() < 0.6 ? pick(random, EDGES) : below(random, 2 ** 32);
        const word = Math.min(bytes.length - 8, Math.floor(at / 4) * 4);
        if (random() < 0.5) view.setUint32(word, value, true);
        else view.setUint8(Math.min(at, bytes.length - 5), value);
      }
      view.setUint32(bytes.length - 4, crc32(bytes.subarray(0, -4)), true);
    } else bytes = DAMAGES[pick(random, Object.keys(DAMAGES)) as keyof typeof DAMAGES](random, from);
    if (good.some((each) => equal(each, bytes))) continue;
    try {
      const detector = await loadDetector(bytes);
      if (!forge) {
        counts.accepted++;
        find('accepted though damaged', bytes);
        continue;
      }
      play(detector, random, 60);
      const then = detector.save();
      detector.dispose();
      try {
        decodeDetector(then);
        counts.sound++;
      } catch (error) {
        find(`taken, and then ${error}`, bytes);
      }
    } catch (error) {
      if (error instanceof LearnerError) counts.refused++;
      else find(String(error), bytes);
    }
  }
  return counts;
}
