/** `onward simulate OUTDIR`: a program of `onward export`, taught line by line; Node learns the same beside it. */
import { answeredLabel, converse, linesOf, programIn, snapshotIn, type Program } from '../firmware-sim/exported.js';
import { machineStream } from '../firmware-sim/stream.js';
import type { LabelledSample } from '../firmware-sim/vectors.js';
import { loadLearner } from '../host/index.js';
import { decodeSnapshot } from '../host/snapshot.js';
import type { ResolvedConfig } from '../host/config.js';
import { UsageError, type Arguments } from './arguments.js';
import { CSV_OPTIONS, openTable, tellWarnings } from './files.js';
import { LEARNER_OPTIONS, MEMORY_OPTIONS } from './learner-options.js';
import { bar, count, jsonText, percent, plain, statusLine, table } from './terminal.js';

/** Samples made up where there is no FILE: enough for every label to come several times. */
export const DEFAULT_SAMPLES = 300;

/** Shares are told of so many pieces of the stream. */
const PIECES = 6;

const WHERE: Record<Program, string> = {
  pico: 'on a simulated Pico (RP2040)',
  arduino: 'on a simulated RP2040',
  generic: 'on this machine',
};

export async function simulateExport(folder: string, args: Arguments): Promise<void> {
  for (const name of ['board', ...Object.keys({ ...LEARNER_OPTIONS, ...MEMORY_OPTIONS })]) {
    if (args.has(name)) throw new UsageError(`--${name} is for a learner that is made here: ${folder} has its own`);
  }
  const program = programOf(folder);
  const start = snapshotIn((await converse(folder, ['snapshot']))[0]!);
  const { config } = decodeSnapshot(start);
  const samples = await samplesOf(config, args);

  const lines = linesOf(config.labels, samples);
  const status = statusLine(args.has('quiet') || args.has('json'));
  const answers = await converse(folder, [...lines, 'snapshot'], (answered) => {
    if (answered % 10 === 0) status.say(`${count(answered)} of ${count(lines.length)} samples`);
  });
  status.clear();

  const node = await loadLearner(start);
  for (const { x, label } of samples) node.learn(x, config.labels[label]!);
  const bytesEqual = Buffer.compare(snapshotIn(answers.at(-1)!), node.save()) === 0;
  const right = samples.map(({ label }, index) => Number(answeredLabel(config.labels, answers[index]!) === label));
  const pieces = Array.from({ length: Math.min(PIECES, samples.length) }, (_, k) => {
    const [from, to] = [k, k + 1].map((edge) => Math.floor((edge * samples.length) / Math.min(PIECES, samples.length))) as [number, number];
    return { from: from + 1, to, accuracy: right.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from) };
  });

  if (args.has('json')) process.stdout.write(`${jsonText({ program, samples: samples.length, pieces, bytesEqual })}\n`);
  else {
    const shown = [0, 1, samples.length - 1].map((index) => `> ${short(lines[index]!)}\n  ${plain(answers[index]!)}`);
    process.stdout.write(`${plain(folder)} ${WHERE[program]}: a line is learned, the answer says the label that it would have given, how probable, how familiar, and layers updated

${shown.join('\n')}

${table([
  ...pieces.map(({ from, to, accuracy }) => [`samples ${count(from)} to ${count(to)}`, percent(accuracy), bar(accuracy, 30)]),
  ['bytes equal to Node', bytesEqual ? 'yes' : 'NO', `${count(samples.length)} samples, each answered, then learned`],
])}\n`);
  }
  if (!bytesEqual) process.exitCode = 1;
}

function programOf(folder: string): Program {
  try {
    return programIn(folder);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function samplesOf(config: ResolvedConfig, args: Arguments): Promise<LabelledSample[]> {
  const most = args.whole('samples', 1, 1e6);
  const path = args.operands[1];
  if (path === undefined) {
    for (const name of Object.keys(CSV_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} needs a FILE`);
    return machineStream(config, most ?? DEFAULT_SAMPLES, 1);
  }
  if (config.window) throw new UsageError(`${path}: this learner takes windows of readings, and a row is one sample; leave FILE out`);
  const file = await openTable(path, args);
  tellWarnings(path, file, args);
  if (file.inputs !== config.inputs) throw new UsageError(`${path} has ${file.inputs} values a row, the learner takes ${config.inputs}`);
  const samples: LabelledSample[] = [];
  for await (const { x, y } of file) {
    if (samples.length === most) break;
    const label = y === undefined ? -1 : config.labels.indexOf(y);
    if (label >= 0) samples.push({ x: Float32Array.from(x), label });
  }
  if (samples.length === 0) throw new UsageError(`${path} has no row with one of the labels ${config.labels.join(', ')}`);
  return samples;
}

/** A window is too long to be shown. */
function short(line: string): string {
  return plain(line.length <= 70 ? line : `${line.slice(0, 60)}... (${count(line.length)} characters)`);
}
