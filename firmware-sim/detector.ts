// The detector as firmware: what a build of it is made of, and the experiments that it is tested and measured with, on a machine's temperature.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { detectorWordsOf, resolveDetectorConfig, type ResolvedDetectorConfig } from '../host/detector/config.js';
import { compileDetector, placeDetector } from '../host/detector/core.js';
import { Detector } from '../host/detector/detector.js';
import { decodeDetector, encodeDetector } from '../host/detector/snapshot.js';
import { boards, type Board } from './boards.js';
import { sourceOf, type Source } from './build.js';
import { corePlan, fnv1a } from './core-plan.js';
import type { Outcome, Session } from './device.js';
import { buildDevice } from './devices.js';
import { encodeFrame } from '../host/sources/slip.js';
import { detectorCore } from './translate.js';
import { costsOf, statusOf, vectorSession } from './vectors.js';

/** @param sensed samples are readings of the board's sensor (one channel: the ADC, three: the accelerometer); otherwise they come over the link */
export async function detectorSource(config: ResolvedDetectorConfig, sensed: boolean, learned?: Uint8Array): Promise<Source> {
  const words = detectorWordsOf(config);
  const { channels, mode, threshold } = config;
  return {
    ...sourceOf(corePlan(placeDetector(await compileDetector(), words).core), (state) => encodeDetector(config, state)),
    core: detectorCore,
    words,
    shape: {
      ONWARD_DETECTOR: 1, ONWARD_AXES: sensed ? channels : 0, ONWARD_SAMPLES: 1, ONWARD_VALUES: channels,
      ONWARD_COMMISSIONED: Number(mode === 'commissioned'), ONWARD_THRESHOLD: Math.round(threshold * 2 ** 24),
    },
    ...(learned ? { learned } : {}),
  };
}

/** The judge: the same detector in Node. */
export async function detectorJudge(config: ResolvedDetectorConfig): Promise<Detector> {
  return new Detector(await compileDetector(), config);
}

/** Hash of what a detector in Node has learned, as a board computes it. */
export function detectedHash(detector: Detector): number {
  return fnv1a(decodeDetector(detector.save()).state);
}

export type DetectorName = 'streaming' | 'commissioned';

export interface DetectorExperiment {
  readonly config: ResolvedDetectorConfig;
  readonly sensed: boolean;
  readonly session: Session;
  /** At least what the board has observed when it is asked for its state. */
  readonly samples: readonly ArrayLike<number>[];
}

/** Degrees Fahrenheit every five minutes: from row 3,800 on, 190 rows before the planned shutdown of 16 December 2013. */
function temperatures(count: number, before = 0): number[] {
  const path = fileURLToPath(new URL('../data/nab_machine_temperature_system_failure.csv.gz', import.meta.url));
  const rows = gunzipSync(readFileSync(path)).toString().trim().split('\n').slice(1);
  return rows.slice(3800 - before, 3800 + count).map((row) => Number(row.split(',')[1]));
}

/** Both modes with their defaults, but for a warm-up that 300 samples have room for. */
export const detectorExperiments: Readonly<Record<DetectorName, () => DetectorExperiment>> = {
  /** One channel from the ADC, a reading a tick, 1/32 of a degree a step. */
  streaming() {
    const values = Int16Array.from(temperatures(330), (degrees) => Math.round(32 * degrees));
    const end = 300; // when the question comes: the sensor does not stop for it
    return {
      config: resolveDetectorConfig({ channels: 1 }),
      sensed: true,
      session: { recording: { axes: 1, values }, messages: [{ tick: end, bytes: encodeFrame('?', 0) }], ticks: end + 20 },
      samples: Array.from(values, (value) => [value]),
    };
  },
  /** Three channels over the link, in degrees: now, an hour ago, a day ago; here and there a value is missing. */
  commissioned() {
    const [hour, day] = [12, 288];
    const all = temperatures(300, day);
    const samples = Array.from({ length: 300 }, (_, index) => Float32Array.of(all[index + day]!, index % 37 === 5 ? NaN : all[index + day - hour]!, all[index]!));
    return {
      config: resolveDetectorConfig({ channels: 3, mode: 'commissioned', warmup: 150 }),
      sensed: false,
      session: vectorSession(samples.map((x) => ({ x, label: null }))),
      samples,
    };
  },
};

export interface Detected {
  readonly alarm: boolean;
  /** Q16, before it is divided by the threshold. */
  readonly score: number;
}

/** The samples that the board observed until it was asked for its state. */
export function detectedOn({ frames }: Outcome): Detected[] {
  const asked = frames.findIndex(({ type }) => type === 'H');
  return frames.slice(0, asked).filter(({ type }) => type === 'O').map(({ body }) => ({ alarm: body.getUint8(0) === 1, score: body.getInt32(5, true) }));
}

export interface DetectorMeasurement {
  readonly board: string;
  readonly detector: DetectorName;
  readonly counts: Board['counts'];
  /** Cycles or instructions of a sample, scored and learned: mean, and the most. */
  readonly observe: number;
  readonly observeMost: number;
  /** Bytes. */
  readonly flash: number;
  readonly ram: number;
  readonly stack: number;
  readonly bytesEqual: boolean;
}

export async function measureDetector(board: Board, name: DetectorName): Promise<DetectorMeasurement> {
  const { config, sensed, session, samples } = detectorExperiments[name]();
  const { device, image } = buildDevice(board, await detectorSource(config, sensed), { saveEvery: 100_000 });
  const outcome = await device.play(session);
  if (outcome.end !== 'off') throw new Error(`${board.name}: the firmware ended with a ${outcome.end}`);
  const node = await detectorJudge(config);
  for (const x of samples.slice(0, detectedOn(outcome).length)) node.observe(x);
  const costs = costsOf(outcome.frames, 'O', device.countsEach);
  const status = statusOf(outcome);
  return {
    board: board.name,
    detector: name,
    counts: board.counts,
    observe: Math.round(costs.reduce((sum, cost) => sum + cost, 0) / costs.length),
    observeMost: Math.round(Math.max(...costs)),
    flash: image.flashBytes,
    ram: image.ramBytes,
    stack: status.stack,
    bytesEqual: status.hash === detectedHash(node),
  };
}

/** A detector has no kernels of its own: boards that are there for theirs show nothing new of it. */
export const detectorBoards = boards.filter(({ like }) => like === undefined);

export async function measureDetectors(each: (measurement: DetectorMeasurement) => void = () => {}): Promise<DetectorMeasurement[]> {
  const all: DetectorMeasurement[] = [];
  for (const board of detectorBoards) {
    for (const name of Object.keys(detectorExperiments) as DetectorName[]) {
      const measurement = await measureDetector(board, name);
      each(measurement);
      all.push(measurement);
    }
  }
  return all;
}
