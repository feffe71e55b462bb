/**
 * npm run bench:signals [-- --quick]
 *
 * Elementary faults on signals as sensors give them: 12 carriers x 17 faults x 5 seeds (the limits of views were chosen on other seeds), each stream from a cold
 * start with a fault at about row 2,600, and the carriers alone for false alarms. Ours: `createDetector` with its defaults. Rivals are given what no
 * detector has: for each carrier the threshold that lets 2 of 10,000 of its own normal rows through. A fault counts as found when there is an alarm within its
 * window. Writes benchmarks/results/signals.json and signals.html, a page with one small plot a cell. --quick: two seeds, and no slow rivals; those see two seeds of five otherwise.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createDetector, detectorBytesNeeded } from '../../host/index.js';
import { machine } from '../machine.js';
import { CARRIERS, type Carrier } from './carriers.js';
import { FAULTS, type Fault } from './faults.js';
import { signalsPage, type Cell } from './page.js';
import { RIVALS, type Rival } from './rivals.js';
import { SETTLED, quiet, scenario } from './scenario.js';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const SEEDS = options.quick ? [11, 12] : [11, 12, 13, 14, 15];
const QUIET_ROWS = 10_000;
/** Seeds of signals without faults lie apart from those with. */
const QUIET_SEED = 1000;
const ALLOWED = 2e-4;
const rivals = RIVALS.filter(({ slow }) => !options.quick || !slow);

const cells: Cell[] = [];
const falseAlarms: { carrier: string; perTenThousand: number; early: number }[] = [];
for (const carrier of CARRIERS) {
  falseAlarms.push(await alarmsWithoutFaults(carrier));
  const limits = new Map(rivals.map((rival) => [rival, limitOf(rival, carrier)]));
  for (const fault of FAULTS) if (fault.fits?.(carrier) ?? true) cells.push(await cellOf(carrier, fault, limits));
  console.log(lineOf(carrier));
}

const share = (these: Cell[], found: (cell: Cell) => number): number => these.reduce((sum, cell) => sum + found(cell), 0) / these.reduce((sum, { of }) => sum + of, 0);
const plain = cells.filter((cell) => cell.plain);
const summary = {
  plain: round(share(plain, ({ found }) => found)),
  all: round(share(cells, ({ found }) => found)),
  falseAlarms: round(falseAlarms.reduce((sum, each) => sum + each.perTenThousand, 0) / falseAlarms.length),
  most: Math.max(...falseAlarms.map(({ perTenThousand }) => perTenThousand)),
  rivals: Object.fromEntries(rivals.map(({ name }) => [name, { plain: round(share(plain, (cell) => cell.of * cell.rivals[name]!)), all: round(share(cells, (cell) => cell.of * cell.rivals[name]!)) }])),
  /** Cells in which a rival finds more. */
  behind: cells.filter((cell) => Object.values(cell.rivals).some((found) => found * cell.of > cell.found + 1e-9)).map(({ carrier, fault, found, of, rivals: others }) => {
    const [name, most] = Object.entries(others).sort((a, b) => b[1] - a[1])[0]!;
    return `${fault} on ${carrier}: ${found} of ${of}, ${name} ${percent(most)}`;
  }),
};
console.log(`plain faults found: ${percent(summary.plain)}, all ${percent(summary.all)}; false alarms in 10,000 rows: ${summary.falseAlarms} on average, at most ${summary.most}`);
for (const [name, { plain: p, all }] of Object.entries(summary.rivals)) console.log(`${name.padEnd(18)} plain ${percent(p)}, all ${percent(all)}`);
console.log(`a rival finds more in ${summary.behind.length} of ${cells.length} cells${summary.behind.map((line) => `\n  ${line}`).join('')}`);
if (!options.quick) {
  const results = new URL('../results/', import.meta.url);
  const settings = { seeds: SEEDS, quietRows: QUIET_ROWS, bytes: { one: (await detectorBytesNeeded()).arena, eight: (await detectorBytesNeeded({ channels: 8 })).arena } };
  writeFileSync(new URL('signals.json', results), `${JSON.stringify({ machine: machine(), settings, summary, falseAlarms, cells }, null, 1)}\n`);
  writeFileSync(new URL('signals.html', results), await signalsPage(cells, SEEDS[0]!));
}

async function alarmsWithoutFaults(carrier: Carrier): Promise<(typeof falseAlarms)[number]> {
  let [late, early] = [0, 0];
  for (const seed of SEEDS) {
    const detector = await createDetector({ channels: carrier.channels });
    quiet(carrier, QUIET_SEED + seed, QUIET_ROWS).forEach((row, t) => {
      if (!detector.observe(row).alarm) return;
      if (t < SETTLED) early++;
      else late++;
    });
    detector.dispose();
  }
  return { carrier: carrier.name, perTenThousand: round((1e4 * late) / (SEEDS.length * (QUIET_ROWS - SETTLED))), early: round(early / SEEDS.length) };
}

/** Slow ones see two of the seeds. */
function seedsOf({ slow }: Rival): readonly number[] {
  return slow ? SEEDS.slice(0, 2) : SEEDS;
}

/** The score that 2 of 10,000 normal rows exceed. */
function limitOf(rival: Rival, carrier: Carrier): number {
  const score = rival.make(carrier.channels);
  const scores = quiet(carrier, QUIET_SEED + SEEDS[0]!, QUIET_ROWS).map((row, t) => score(row, t >= SETTLED)).slice(SETTLED).sort((a, b) => b - a);
  return scores[Math.floor(ALLOWED * scores.length)]!;
}

async function cellOf(carrier: Carrier, fault: Fault, limits: ReadonlyMap<Rival, number>): Promise<Cell> {
  const cell: Cell = { carrier: carrier.name, fault: fault.name, plain: fault.plain, found: 0, of: SEEDS.length, views: [], rivals: Object.fromEntries([...limits.keys()].map(({ name }) => [name, 0])) };
  const delays: number[] = [];
  for (const seed of SEEDS) {
    const { rows, from, until } = scenario(carrier, fault, seed);
    const detector = await createDetector({ channels: carrier.channels });
    for (let t = 0; t < until; t++) {
      const { alarm, channels, views } = detector.observe(rows[t]!);
      if (!alarm || t < from) continue;
      cell.found++;
      delays.push(t - from);
      const view = views[channels.indexOf(Math.max(...channels))]!;
      if (!cell.views.includes(view)) cell.views.push(view);
      break;
    }
    detector.dispose();
    for (const [rival, limit] of limits) {
      if (!seedsOf(rival).includes(seed)) continue;
      const score = rival.make(carrier.channels);
      for (let t = 0; t < from; t++) score(rows[t]!, false);
      for (let t = from; t < until; t++) {
        if (!(score(rows[t]!, true) > limit)) continue;
        cell.rivals[rival.name]! += 1 / seedsOf(rival).length;
        break;
      }
    }
  }
  return delays.length === 0 ? cell : { ...cell, delay: round(delays.reduce((sum, delay) => sum + delay, 0) / delays.length) };
}

function lineOf({ name }: Carrier): string {
  const own = cells.filter(({ carrier }) => carrier === name);
  const { perTenThousand } = falseAlarms.at(-1)!;
  return `${name.padEnd(10)} ${own.map(({ fault, found, of }) => `${fault} ${found}/${of}`).join(', ')}; ${perTenThousand} false alarms in 10,000`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
