/**
 * Streams with a number to predict, in the order in which they were recorded: readings ahead of now, one sensor from the others, and what a cheap
 * sensor says in the unit of a dear one. `isAside` ones no default was chosen by.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Random } from '../rivals/random.js';
import { fanSamples } from '../streams/fan.js';
import { ROOT } from '../streams/data.js';
import { readCsv } from '../streams/tables.js';

const SHIPPED = join(ROOT, 'data');
const DEV = process.env.ONWARD_DEV_DATA === undefined ? undefined : resolve(ROOT, process.env.ONWARD_DEV_DATA);

export interface Stream {
  name: string;
  says: string;
  isAside: boolean;
  /** Rows a season, for the rivals that are told; 0: none. */
  season: number;
  x: Float64Array[];
  y: Float64Array;
}

export interface Source {
  name: string;
  file: string;
  load(): Promise<Stream>;
}

type Rows = { x: number[][]; y: number[] };

function source(name: string, file: string, says: string, shape: (path: string) => Rows | Promise<Rows>, { isAside = false, season = 0, isShipped = false } = {}): Source {
  const folder = isShipped ? SHIPPED : DEV;
  const path = folder === undefined ? `ONWARD_DEV_DATA/${file}` : join(folder, file);
  return {
    name,
    file: path,
    async load() {
      const { x, y } = await shape(path);
      return { name, says, isAside, season, x: x.map((row) => Float64Array.from(row)), y: Float64Array.from(y) };
    },
  };
}

/** Values of a table without its header; cells that are no number are NaN. */
const table = (path: string): number[][] => readCsv(path).slice(1).map((row) => row.map(Number));

/** Column `target` from all others but `without`. */
function fromOthers(rows: number[][], target: number, without: readonly number[] = []): Rows {
  const seen = rows.filter((row) => !Number.isNaN(row[target]));
  return { x: seen.map((row) => row.filter((_, i) => i !== target && !without.includes(i))), y: seen.map((row) => row[target]) };
}

/** A reading from the `lags` before it, and from what else is known when it is asked. */
function ahead(y: number[], lags: readonly number[], beside: number[][] = []): Rows {
  const from = Math.max(...lags);
  const x: number[][] = [];
  for (let i = from; i < y.length; i++) x.push([...lags.map((lag) => y[i - lag]), ...(beside[i] ?? [])]);
  return { x, y: y.slice(from) };
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const label = (rows: number[][]): number => rows[0].length - 1;

function occupancy(path: string): number[][] {
  const files = [path, path.replace('datatest', 'datatraining'), path.replace('datatest', 'datatest2')];
  return files.flatMap((file) => readCsv(file).slice(1).map((row) => row.slice(2, 7).map(Number)));
}

export const sources: readonly Source[] = [
  source('machine', 'nab_machine_temperature_system_failure.csv.gz', 'temperature of a machine five minutes ahead, from 12 readings', (path) => ahead(table(path).map((row) => row[1]), upTo(12)), { isShipped: true, season: 288 }),
  source('fan', 'accelerometer_fan.csv.gz', 'speed of a fan from how it shakes, seconds in random order', async () => {
    const { xs, speeds } = await fanSamples('core');
    const order = new Random(1).shuffle(xs.map((_, i) => i));
    return { x: order.map((i) => [...(xs[i] as number[])]), y: order.map((i) => speeds[i]) };
  }, { isShipped: true }),
  source('office', 'occupancy_datatest.txt.gz', 'CO2 in an office from temperature, humidity and light', (path) => fromOthers(occupancy(path), 3), { isShipped: true }),
  source('price', 'elec2.csv.gz', 'price of electricity from time of day, demands and a neighbour\'s price', (path) => { const rows = table(path); return fromOthers(rows, 3, [0, label(rows)]); }, { season: 48 }),
  source('robot', 'robot.csv.gz', 'a sonar of a robot from 23 others', (path) => { const rows = table(path); return fromOthers(rows, 3, [label(rows)]); }),
  source('satellite', 'satellite.csv.gz', 'a band of a pixel from 35 other values', (path) => { const rows = table(path); return fromOthers(rows, 17, [label(rows)]); }),
  source('air-co', 'airquality.csv.gz', 'carbon monoxide as a station measures it, from five metal-oxide sensors, temperature and humidity', (path) => fromOthers(gases(path), 2, [0, 1, 4, 5, 7, 9])),
  source('bikes', 'bikes.csv.gz', 'hired bikes in an hour from the calendar, the weather and the hours before', (path) => {
    const rows = table(path);
    return ahead(rows.map((row) => row[16]), [1, 2, 3, 24, 168], rows.map((row) => [row[5], row[6], row[7], row[8], row[9], row[10], row[12], row[13]]));
  }, { season: 168 }),
  source('demand', 'elec2.csv.gz', 'demand for electricity half an hour ahead, from a day', (path) => ahead(table(path).map((row) => row[4]), upTo(48)), { isAside: true, season: 48 }),
  source('room', 'room_occupancy.csv.gz', 'CO2 in a room from temperature, light, sound and motion', (path) => { const rows = table(path); return fromOthers(rows, 12, [13, label(rows)]); }, { isAside: true }),
  source('eeg', 'eeg_eye.csv.gz', 'an electrode from 13 others', (path) => { const rows = table(path); return fromOthers(rows, 7, [label(rows)]); }, { isAside: true }),
  source('wifi', 'wifi_rooms.csv.gz', 'the strength of one access point from six', (path) => { const rows = table(path); return fromOthers(rows, 0, [label(rows)]); }, { isAside: true }),
  source('air-no2', 'airquality.csv.gz', 'nitrogen dioxide as a station measures it, from the same sensors', (path) => fromOthers(gases(path), 9, [0, 1, 2, 4, 5, 7]), { isAside: true }),
  source('frogs', 'frogs.csv.gz', 'a coefficient of a call from 20 others', (path) => { const rows = table(path); return fromOthers(rows, 5, [label(rows)]); }, { isAside: true }),
];

/** -200 is how these recordings write a missing value. */
function gases(path: string): number[][] {
  return table(path).map((row) => row.map((value) => (value === -200 ? NaN : value)));
}

export const isThere = ({ file }: Source): boolean => existsSync(file);
