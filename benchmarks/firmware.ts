// `npm run bench:firmware`: measures every learner and the detector on every gate board and writes benchmarks/results/firmware.{json,md,svg}.
// With --accept the numbers also become the budgets (firmware-sim/budgets.json).

import { writeFileSync } from 'node:fs';

import { fanWindows } from '../cli/fan.js';
import { boardNamed } from '../firmware-sim/boards.js';
import { chart } from '../firmware-sim/chart.js';
import { measureDetectors, type DetectorMeasurement } from '../firmware-sim/detector.js';
import { learners } from '../firmware-sim/learners.js';
import { isShipped, measureAll, measuredWindows, type Measurement } from '../firmware-sim/measure.js';
import { kernelTable } from './firmware-kernels.js';
import { playOf } from '../firmware-sim/recording.js';

const names: Record<Measurement['learner'], string> = {
  wide16: '64-[64, 32]-4, int16',
  wide8: '64-[64, 32]-4, int8',
  small: '16-[32, 32]-4, int8',
  decorrelating: "16-[32, 32]-4, int8, secondOrder 'input'",
  remembering: '16-[32, 32]-4, int8, 50 exemplars',
  tiny: '4-[8]-2, int8',
  fan: 'fan: window 50 x 3, [32, 32]-3, int8',
};

const modes: Record<DetectorMeasurement['detector'], string> = {
  streaming: '1 channel, streaming',
  commissioned: '3 channels, commissioned',
};

const count = (value: number): string => value.toLocaleString('en-US');

function markdown(all: readonly Measurement[], detectors: readonly DetectorMeasurement[]): string {
  const detected = detectors.map((row) => {
    const board = boardNamed(row.board);
    const time = row.counts === 'cycles' ? ((1000 * row.observe) / board.hertz).toFixed(2) : '';
    return `| ${board.title} | ${modes[row.detector]} | ${count(row.observe)} | ${count(row.observeMost)} | ${time} | ${count(row.flash)} | ${count(row.ram)} | ${row.stack} |`;
  });
  const rows = all.filter((row) => row.byHand || isShipped(row)).map((row) => {
    const board = boardNamed(row.board);
    const free = board.ram.bytes - row.ram - row.stack;
    const time = row.counts === 'cycles' ? `${((1000 * row.predict) / board.hertz).toFixed(2)} / ${((1000 * row.learn) / board.hertz).toFixed(2)}` : '';
    return `| ${board.title} | ${names[row.learner]}${row.byHand ? ', C by hand' : ''} | ${count(row.predict)} | ${count(row.learn)} | ${count(row.learnMost)} | ${time} | ${count(row.flash)} | ${count(row.ram)} | ${row.stack} | ${count(free)} |`;
  });
  return [
    'Cycles on the RP2040 (rp2040js, code in RAM or cache), instructions elsewhere (QEMU). A prediction includes the features of its',
    'window. Bytes of the whole firmware: link, store, sensor driver and learner. Nothing here was run on silicon.',
    '',
    '| board | learner | predict | learn, mean | every layer updated | ms | flash | static RAM | stack | RAM left |',
    '|---|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
    'By kernels (firmware/kernels.h), instructions; of a prediction, everything in it, also by product of a weight and an input:',
    '',
    kernelTable(all, names),
    '',
    'The detector with its defaults, 8-bit weights, on a machine\'s temperature; a sample is scored and learned in one.',
    '',
    '| board | detector | a sample, mean | the most | ms | flash | static RAM | stack |',
    '|---|---|--:|--:|--:|--:|--:|--:|',
    ...detected,
    '',
  ].join('\n');
}

const { labels, windows } = await fanWindows(1);
const recording = playOf(windows.filter(measuredWindows), labels, learners.fan.window!.axes);
const told = ({ bytesEqual }: { bytesEqual: boolean }): string => (bytesEqual ? '' : '   NOT THE BYTES OF NODE');
const all = await measureAll(recording, (row) => console.log(`${row.board} ${row.learner}${row.byHand ? ' by hand' : ''}, ${row.kernels}: predict ${count(row.predict)}, learn ${count(row.learn)} ${row.counts}${told(row)}`));
const detectors = await measureDetectors((row) => console.log(`${row.board} ${row.detector}: observe ${count(row.observe)} ${row.counts}${told(row)}`));
if ([...all, ...detectors].some(({ bytesEqual }) => !bytesEqual)) throw new Error('a board learned other bytes than Node');

const results = new URL('../benchmarks/results/', import.meta.url);
writeFileSync(new URL('firmware.json', results), `${JSON.stringify({ learners: all, detectors }, null, 1)}\n`);
writeFileSync(new URL('firmware.md', results), markdown(all, detectors));
writeFileSync(new URL('firmware.svg', results), chart(all, names));
if (process.argv.includes('--accept')) {
  const lines = (rows: readonly object[]): string => `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n ]`;
  const learned = all.filter(isShipped).map(({ bytesEqual: _, counts: __, byHand: ___, kernels: ____, ...numbers }) => numbers);
  const observed = detectors.map(({ bytesEqual: _, counts: __, ...numbers }) => numbers);
  writeFileSync(new URL('../firmware-sim/budgets.json', import.meta.url), `{\n "learners": ${lines(learned)},\n "detectors": ${lines(observed)}\n}\n`);
}
