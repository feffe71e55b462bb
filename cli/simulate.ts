/** `onward simulate`: the learner as firmware on a simulated microcontroller, beside the same learner in Node. */
import { checkWritable } from './files.js';
import { statSync } from 'node:fs';
import { boards, boardNamed, type Board } from '../firmware-sim/boards.js';
import { MissingTool, buildFirmware, learnerSource } from '../firmware-sim/build.js';
import { buildDevice } from '../firmware-sim/devices.js';
import type { Image } from '../firmware-sim/elf.js';
import { judge, learners } from '../firmware-sim/learners.js';
import { playOf } from '../firmware-sim/recording.js';
import { shippedDevice } from '../firmware-sim/shipped.js';
import { shippedIsCurrent } from '../firmware-sim/translate.js';
import { rowExperiment, simulate as playThrough, windowExperiment, type Experiment, type Simulation } from '../firmware-sim/simulation.js';
import { resolveConfig, type ResolvedConfig } from '../host/config.js';
import { UsageError, type Arguments, type Command } from './arguments.js';
import { WINDOW, fanWindows } from './fan.js';
import { CSV_OPTIONS, openTable, tellWarnings } from './files.js';
import { DEFAULT_SAMPLES, simulateExport, writeUf2 } from './simulate-export.js';
import { LEARNER_OPTIONS, MEMORY_OPTIONS, learnerConfig } from './learner-options.js';
import { count, jsonText, percent, statusLine, table } from './terminal.js';

/** One window in five: every speed of the fan, in a tenth of a minute. */
const DEFAULT_WINDOWS = 612;

interface Result extends Simulation {
  board: string;
  title: string;
  counts: Board['counts'];
  hertz: number;
  predictMs: number | null;
  learnMs: number | null;
  learnMicrojoules: number | null;
  flashBytes: number;
  ramBytes: number;
  freeBytes: number;
}

export const simulate: Command = {
  name: 'simulate',
  operands: '[OUTDIR] [FILE]',
  about: `Run the learner as firmware on a simulated microcontroller. Without FILE: the fan recording comes from an emulated
accelerometer, labels over the serial line. With FILE: the rows of a CSV come over the line. Node learns the same beside it. With OUTDIR, a folder of onward export: that program as it
is, on an RP2040 or, of --board generic, on this machine; without FILE with a made-up stream.`,
  options: {
    ...CSV_OPTIONS,
    ...LEARNER_OPTIONS,
    ...MEMORY_OPTIONS,
    board: { value: 'NAME', help: `one of ${boards.map(({ name }) => name).join(', ')}, or all (default rp2040)` },
    samples: { value: 'N', help: `how many windows of the recording, spread over it (default ${DEFAULT_WINDOWS} of 3,060), first rows of FILE, or made-up samples (default ${DEFAULT_SAMPLES})` },
    uf2: { value: 'FILE', help: 'where the bytes are equal, also the program as a file that a Pico takes by USB: of the rp2040, or of an export of --board pico' },
    quiet: { help: 'no progress' },
    json: { help: 'one JSON object' },
  },
  notes: [
    'rp2040 without FILE and learner options runs the image that the package carries. Everything else is built on the spot and',
    'needs a cross compiler, and QEMU for the other boards; what is missing is named with the command that installs it.',
    'Cycles are rp2040js\'s; QEMU counts instructions. Energy is an estimate from a typical supply current.',
  ],

  async run(args) {
    const [first] = args.operands;
    if (first !== undefined && isFolder(first)) return simulateExport(first, args);
    if (args.operands.length > 1) throw new UsageError(`${first} is no folder: one FILE at a time, got ${args.operands.join(' ')}`);
    const name = args.text('board') ?? 'rp2040';
    const chosen = name === 'all' ? boards : [boardOf(name)];
    const uf2 = checkWritable('uf2', args);
    if (uf2 !== undefined && name !== 'rp2040') throw new UsageError(`--uf2 is for the rp2040, got --board ${name}`);
    const { config, experiment, shipped } = args.operands.length > 0 ? await rowsOf(args) : await fanOf(args);

    const results: Result[] = [];
    const missing: { board: string; remedy: string }[] = [];
    for (const board of chosen) {
      try {
        results.push(await measure(board, config, experiment, shipped && board.name === 'rp2040', args));
      } catch (error) {
        if (chosen.length === 1 || !(error instanceof Error)) throw error;
        if (error instanceof MissingTool) missing.push({ board: board.name, remedy: error.message });
        else missing.push({ board: board.name, remedy: /overflowed by \d+ bytes/.exec(error.message) ? `does not fit: its RAM ${/overflowed by \d+ bytes/.exec(error.message)![0]}` : error.message });
      }
    }
    if (args.has('json')) process.stdout.write(`${jsonText({ config, results, missing })}\n`);
    else process.stdout.write(`${results.map(report).join('\n')}${missing.map(({ board, remedy }) => `\n${board}: ${remedy}\n`).join('')}`);
    if (results.length === 0 || results.some(({ bytesEqual }) => !bytesEqual)) process.exitCode = 1;
    else if (uf2 !== undefined) writeUf2(uf2, buildFirmware(boardNamed(name), learnerSource(config), { bootable: true }).image);
  },
};

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function boardOf(name: string): Board {
  try {
    return boardNamed(name);
  } catch (cause) {
    throw new UsageError(`--board must be all or one of ${boards.map((board) => board.name).join(', ')}, got ${name}`, { cause });
  }
}

interface Choice {
  config: ResolvedConfig;
  experiment: Experiment;
  /** The package has an image for it. */
  shipped: boolean;
}

async function fanOf(args: Arguments): Promise<Choice> {
  for (const name of Object.keys(CSV_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} needs a FILE`);
  const given = learnerConfig(args);
  const standard = Object.keys(given).length === 0;
  const { labels, windows } = await fanWindows(1);
  const wanted = args.whole('samples', 1, windows.length) ?? DEFAULT_WINDOWS;
  const spread = Array.from({ length: wanted }, (_, index) => windows[Math.floor((index * windows.length) / wanted)]!);
  const config = standard ? learners.fan : resolveConfig({ units: learners.fan.units, ...given, window: WINDOW, labels });
  return { config, experiment: windowExperiment(playOf(spread, labels, WINDOW.axes), WINDOW.samples), shipped: standard && shippedIsCurrent() };
}

async function rowsOf(args: Arguments): Promise<Choice> {
  const path = args.operand('FILE');
  const file = await openTable(path, args);
  tellWarnings(path, file, args);
  const config = resolveConfig({ ...learnerConfig(args), inputs: file.inputs, labels: file.labels });
  const most = args.whole('samples', 1, 1e9) ?? Infinity;
  const samples: { x: Float32Array; label: number }[] = [];
  for await (const { x, y } of file) {
    if (samples.length === most) break;
    if (y !== undefined) samples.push({ x: Float32Array.from(x), label: file.labels.indexOf(y) });
  }
  return { config, experiment: rowExperiment(samples), shipped: false };
}

async function measure(board: Board, config: ResolvedConfig, experiment: Experiment, shipped: boolean, args: Arguments): Promise<Result> {
  // Rows come faster than a board that erases flash can listen: with them it does not save.
  const saveEvery = experiment.session.recording ? 100 : 0x7fffffff;
  const { device, image } = shipped ? shippedDevice() : buildDevice(board, learnerSource(config), { saveEvery });
  const node = await judge(config);
  const status = statusLine(args.has('quiet') || args.has('json'));
  const total = experiment.truth.length;
  const result = await playThrough(device, node, experiment, (seen, right) => {
    if (seen % 10 === 0) status.say(`${board.name}: ${count(seen)} of ${count(total)} samples, accuracy ${percent(right / seen)}`);
  });
  status.clear();
  return figures(board, image, result);
}

function figures(board: Board, image: Image, result: Simulation): Result {
  const ms = (cost: number) => (board.counts === 'cycles' ? (1000 * cost) / board.hertz : null);
  const learnMs = ms(result.learn + result.predict);
  return {
    board: board.name,
    title: board.title,
    counts: board.counts,
    hertz: board.hertz,
    ...result,
    predictMs: ms(result.predict),
    learnMs: ms(result.learn),
    learnMicrojoules: learnMs !== null && board.supply ? learnMs * board.supply.milliamperes * board.supply.volts : null,
    flashBytes: image.flashBytes,
    ramBytes: image.ramBytes,
    freeBytes: board.ram.bytes - image.ramBytes - result.stackBytes,
  };
}

function report(result: Result): string {
  const time = (ms: number | null) => (ms === null ? '' : `${ms.toFixed(2)} ms at ${result.hertz / 1e6} MHz`);
  return `${result.title} (${result.board})\n${table([
    ['accuracy', percent(result.accuracy), `${count(result.samples)} samples, each predicted, then learned`],
    ['bytes equal to Node', result.bytesEqual ? 'yes' : 'NO', `${count(result.saves)} snapshots saved on the way`],
    [`${result.counts} a prediction`, count(result.predict), time(result.predictMs)],
    [`${result.counts} a learned sample`, count(result.learn), time(result.learnMs)],
    ['  updating every layer', count(result.learnMost), ''],
    ...(result.learnMicrojoules === null ? [] : [['energy a sample', `${result.learnMicrojoules.toFixed(0)} uJ`, 'estimate, typical supply current; predicted and learned']]),
    ['flash', `${count(result.flashBytes)} B`, 'code, constants, initial variables'],
    ['static RAM', `${count(result.ramBytes)} B`, 'everything learned, scratch, firmware'],
    ['stack peak', `${count(result.stackBytes)} B`, ''],
    ['RAM left', `${count(result.freeBytes)} B`, ''],
  ])}\n`;
}
