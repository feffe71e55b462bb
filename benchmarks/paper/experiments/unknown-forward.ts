/**
 * "Mortal computation": a network that learns on a device whose forward pass nobody knows, against the weights of an ideal network that are put onto the
 * same device. The paper has the idea and no experiment.
 */
import { NO_FAULTS, type Faults } from '../device-model.js';
import type { Experiment, Run, StartOptions } from '../harness/experiment.js';

const UNITS = [64, 64] as const;
const PASSES = 3;
const LABELS = 10;

/** All faults at once at four strengths, then each alone as the strong device has it. */
const STRONG: Faults = { gain: 0.8, dead: 0.3, clip: 1, noise: 0.5 };
const DEVICES: Record<string, Faults> = {
  mild: { gain: 0.2, dead: 0.05, clip: 3, noise: 0.1 },
  middling: { gain: 0.4, dead: 0.15, clip: 2, noise: 0.25 },
  strong: STRONG,
  severe: { gain: 1.2, dead: 0.5, clip: 0.5, noise: 1 },
  'strong gain errors only': { ...NO_FAULTS, gain: STRONG.gain },
  'strong dead units only': { ...NO_FAULTS, dead: STRONG.dead },
  'strong clipping only': { ...NO_FAULTS, clip: STRONG.clip },
  'strong noise only': { ...NO_FAULTS, noise: STRONG.noise },
};

const IDEAL = 'ideal device, right, %';
const learnedOn = (device: string): string => `learned on a device with faults (${device}), right, %`;
const putOnto = (device: string): string => `ideal network put onto it (${device}), right, %`;

/** The ideal network first: step 0 learns it and tries it on every device; each later one learns on one device. Every step begins anew, so the figures are all the state. */
async function start({ seed, saved }: StartOptions): Promise<Run> {
  const { Device, DeviceLearner } = await import('../device-model.js');
  const { Random } = await import('../../rivals/random.js');
  const { readCsv } = await import('../../streams/tables.js');
  const { ROOT } = await import('../../streams/data.js');
  const samples = readCsv(`${ROOT}/data/digits_8x8.csv.gz`).map((row) => ({ x: Float64Array.from(row.slice(0, 64), Number), y: Number(row[64]) }));
  new Random(seed).shuffle(samples);
  const held = samples.splice(0, Math.round(samples.length / 5));
  const devices = Object.entries(DEVICES);
  const deviceOf = (k: number) => new Device(devices[k]![1], UNITS, 1000 * seed + 10 * k);

  const learned = (device?: InstanceType<typeof Device>) => {
    const learner = new DeviceLearner({ inputs: 64, labels: LABELS, units: UNITS, seed }, device);
    for (let pass = 0; pass < PASSES; pass++) for (const { x, y } of new Random(100 * seed + pass).shuffle([...samples])) learner.step(x, y);
    return learner;
  };
  const right = (learner: InstanceType<typeof DeviceLearner>): number => (100 * held.filter(({ x, y }) => learner.predict(x) === y).length) / held.length;
  const figures = saved ? (JSON.parse(Buffer.from(saved).toString()) as Record<string, number>) : {};
  return {
    summary: `8x8 digits, ${[64, ...UNITS].join('-')} in float, ${PASSES} passes, a random fifth held out; device model`,
    settings: { units: UNITS, passes: PASSES, held: held.length, devices: DEVICES },
    steps: 1 + devices.length,
    stepsPerPass: 1 + devices.length,
    step(k) {
      if (k > 0) {
        figures[learnedOn(devices[k - 1]![0])] = right(learned(deviceOf(k - 1)));
        return;
      }
      const ideal = learned();
      figures[IDEAL] = right(ideal);
      devices.forEach(([name], at) => {
        ideal.device = deviceOf(at);
        figures[putOnto(name)] = right(ideal);
      });
    },
    measure: () => ({ ...figures }),
    save: () => new Uint8Array(Buffer.from(JSON.stringify(figures))),
    dispose: () => {},
  };
}

export const experiment: Experiment = {
  title: 'Unknown forward path',
  place: 9,
  figures: [IDEAL, ...['mild', 'middling', 'strong', 'severe'].flatMap((name) => [learnedOn(name), putOnto(name)])].map((name) => ({ name, better: 'higher' })),
  seeds: 3,
  start,
};
