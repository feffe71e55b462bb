/**
 * The detector on the Numenta Anomaly Benchmark: one default for all 58 series, its own alarms as they come, no threshold chosen afterwards (the
 * published detectors beside it were given the threshold that serves the corpus best). Reported apart: lower thresholds, and commissioned mode. `tsx benchmarks/nab/run.ts`; ONWARD_NAB names the data (data.ts).
 *
 * The defaults were chosen on elementary faults (../faults-of-signals) with this corpus in view. What is known of its faults: windows are a tenth of each
 * series wherever the oddity is in them, several are marked where nothing is to be seen and not where something is, and a false alarm costs little. 116 windows: one is 0.86 points, a false alarm 0.05.
 */
import { writeFileSync } from 'node:fs';
import { createDetector, detectorBytesNeeded, type DetectorConfig } from '../../host/index.js';
import { rangeMeasures } from '../../cli/range-measures.js';
import { machine } from '../machine.js';
import { Random } from '../rivals/random.js';
import { loadSeries, type Series } from './data.js';
import { PROFILES, probation, scoreCorpus, type Outcome } from './score.js';

const SEEDS = [1, 2, 3, 4, 5, 6];
const MACHINE_TEMPERATURE = 'realKnownCause/machine_temperature_system_failure.csv';
/** 5 minutes apart: a week, and a month of 365 / 12 days. */
const WEEK = 2016;
const MONTH = (365 / 12) * 288;

const VARIANTS: Record<string, (series: Series) => DetectorConfig> = {
  streaming: () => ({}),
  'streaming, threshold 0.9': () => ({ threshold: 0.9 }),
  'streaming, threshold 0.85': () => ({ threshold: 0.85 }),
  'streaming, no hold': () => ({ hold: 0 }),
  'commissioned on the probationary rows, hold 96': (series) => ({ mode: 'commissioned', warmup: Math.floor(probation(series.rows)), hold: 96 }),
};

const series = loadSeries();
const results = [];
let alarmsOfSeries: object[] = [];
for (const [name, configOf] of Object.entries(VARIANTS)) {
  const outcomes: Record<keyof typeof PROFILES, Outcome>[] = [];
  const seeds = /streaming/.test(name) ? [1] : SEEDS; // a stream of one channel draws nothing
  for (const seed of seeds) {
    const alarms: Uint8Array[] = [];
    for (const each of series) alarms.push(await alarmsOf(each, { ...configOf(each), seed }));
    const score = (profile: keyof typeof PROFILES) => scoreCorpus(series, alarms, PROFILES[profile], 1);
    outcomes.push({ standard: score('standard'), lowFalsePositives: score('lowFalsePositives'), lowFalseNegatives: score('lowFalseNegatives') });
    if (name === 'streaming' && seed === 1) alarmsOfSeries = series.map((each, i) => summaryOf(each, alarms[i]!));
  }
  const mean = (profile: keyof typeof PROFILES, key: 'score' | 'windowsFound' | 'falseAlarms'): number =>
    round(outcomes.reduce((sum, outcome) => sum + outcome[profile][key], 0) / outcomes.length);
  const result = {
    name,
    standard: mean('standard', 'score'),
    bySeed: outcomes.map(({ standard }) => round(standard.score)),
    lowFalsePositives: mean('lowFalsePositives', 'score'),
    lowFalseNegatives: mean('lowFalseNegatives', 'score'),
    windowsFound: mean('standard', 'windowsFound'),
    falseAlarms: mean('standard', 'falseAlarms'),
    bytes: (await detectorBytesNeeded(configOf(series[0]!))).arena,
  };
  results.push(result);
  console.log(
    `${name.padEnd(48)} ${result.standard.toFixed(1).padStart(5)} (${result.bySeed.join(' ')}), low FP ${result.lowFalsePositives}, low FN ${result.lowFalseNegatives}, ` +
      `${result.windowsFound} of 116 windows, ${result.falseAlarms} false alarms, ${result.bytes} B`,
  );
}

// The machine's temperature, with a week in which it says nothing; false alarms are all alarms outside of windows.
const temperature = series.find(({ name }) => name === MACHINE_TEMPERATURE)!;
const machineTemperature = [];
for (const threshold of [1, 0.85]) {
  const alarms = await alarmsOf(temperature, { warmup: WEEK, threshold });
  const { windowsFound, falseAlarms } = summaryOf(temperature, alarms);
  machineTemperature.push({ threshold, windowsFound, falseAlarms, perMonth: round(falseAlarms / (temperature.rows / MONTH)) });
}
for (const { threshold, windowsFound, falseAlarms, perMonth } of machineTemperature) {
  console.log(`machine temperature, threshold ${threshold}: ${windowsFound} of 4 windows, ${falseAlarms} false alarms, ${perMonth} a month`);
}

// The field's metric (TSB-AD, 2024) over the series that have windows, causal: what is recent, for a window is a stretch; and the score of each row by itself.
// Beside it the simplest rule, how many deviations so far a value lies from the mean so far, and scores at random.
const withWindows = series.filter(({ windows }) => windows.length > 0);
const vusPr = { series: withWindows.length, mean: await volumeOf(streamed('recent')), scores: await volumeOf(streamed('score')), deviations: await volumeOf(deviations), random: await volumeOf(atRandom) };
console.log(`VUS-PR ${vusPr.mean} over ${vusPr.series} series by what is recent; by the score ${vusPr.scores}, deviations from the mean ${vusPr.deviations}, at random ${vusPr.random}`);

const content = { machine: machine(), settings: { seeds: SEEDS, series: series.length }, results, vusPr, machineTemperature, alarmsOfSeries };
writeFileSync(new URL('../results/nab.json', import.meta.url), JSON.stringify(content, null, 1) + '\n');

/** Mean VUS-PR of the scores that a series is given. */
async function volumeOf(scoresOf: (series: Series) => Float64Array | Promise<Float64Array>): Promise<number> {
  let volume = 0;
  for (const each of withWindows) {
    const truth = new Uint8Array(each.rows);
    for (const [first, last] of each.windows) truth.fill(1, first, last + 1);
    const scores = await scoresOf(each);
    volume += rangeMeasures(truth, scores, scores).vusPr;
  }
  return round(volume / withWindows.length);
}

function streamed(which: 'recent' | 'score') {
  return async ({ values }: Series): Promise<Float64Array> => {
    const detector = await createDetector();
    const scores = Float64Array.from(values, (value) => detector.observe(value)[which]);
    detector.dispose();
    return scores;
  };
}

function deviations({ values }: Series): Float64Array {
  let [count, mean, squares] = [0, 0, 0];
  return Float64Array.from(values, (value) => {
    const off = value - mean;
    const score = squares > 0 ? Math.abs(off) / Math.sqrt(squares / count) : 0;
    mean += off / ++count;
    squares += off * (value - mean);
    return score;
  });
}

function atRandom({ rows }: Series): Float64Array {
  const random = new Random(1);
  return Float64Array.from({ length: rows }, () => random.uniform());
}

/** 1 where the detector gave an alarm. */
async function alarmsOf({ values }: Series, config: DetectorConfig): Promise<Uint8Array> {
  const detector = await createDetector(config);
  const alarms = Uint8Array.from(values, (value) => (detector.observe(value).alarm ? 1 : 0));
  detector.dispose();
  return alarms;
}

function summaryOf({ name, windows }: Series, alarms: Uint8Array) {
  const rows = [...alarms.keys()].filter((row) => alarms[row] === 1);
  const inside = (row: number): number => windows.findIndex(([first, last]) => row >= first && row <= last);
  const found = new Set(rows.map(inside).filter((window) => window >= 0));
  return { name, windows: windows.length, windowsFound: found.size, falseAlarms: rows.filter((row) => inside(row) < 0).length };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
