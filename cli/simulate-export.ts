/** `onward simulate OUTDIR`: a program of `onward export`, taught line by line; Node learns the same beside it. */
import { checkWritable } from './files.js';
import { writeFileSync } from 'node:fs';
import { type Image } from '../firmware-sim/elf.js';
import { answeredLabel, linesOf, programIn, programOf, snapshotIn } from '../firmware-sim/exported.js';
import { type ExportTarget } from '../firmware-sim/export-formats.js';
import { exportListOf } from '../firmware-sim/export-folder.js';
import { machineStream } from '../firmware-sim/stream.js';
import { uf2Of } from '../firmware-sim/uf2.js';
import type { LabelledSample } from '../firmware-sim/vectors.js';
import { loadLearner } from '../host/index.js';
import { decodeSnapshot } from '../host/snapshot.js';
import type { ResolvedConfig } from '../host/config.js';
import { UsageError, type Arguments } from './arguments.js';
import { CSV_OPTIONS, openTable, tellWarnings, titleOf } from './files.js';
import { inOrder, likeOf, noteOf } from './model-note.js';
import { LEARNER_OPTIONS, MEMORY_OPTIONS } from './learner-options.js';
import { bar, count, jsonText, percent, plain, statusLine, table } from './terminal.js';

/** Samples made up where there is no FILE: enough for every label to come several times. */
export const DEFAULT_SAMPLES = 300;

/** Shares are told of so many pieces of the stream. */
const PIECES = 6;

const WHERE: Partial<Record<ExportTarget, string>> = { pico: 'on a simulated Pico (RP2040)', generic: 'on this machine' };

export async function simulateExport(folder: string, args: Arguments): Promise<void> {
  for (const name of ['board', ...Object.keys({ ...LEARNER_OPTIONS, ...MEMORY_OPTIONS })]) {
    if (args.has(name)) throw new UsageError(`--${name} is for a learner that is made here: ${folder} has its own`);
  }
  const target = targetOf(folder);
  const uf2 = checkWritable('uf2', args);
  if (uf2 !== undefined && target !== 'pico') throw new UsageError(`--uf2 is for an export of --board pico: ${folder} is one of ${target}`);
  const program = await programOf(folder);
  const start = snapshotIn(program.converse(['snapshot'])[0]!);
  const { config } = decodeSnapshot(start);
  const samples = await samplesOf(folder, config, args);

  const lines = linesOf(config.labels, samples);
  const status = statusLine(args.has('quiet') || args.has('json'));
  const answers = program.converse([...lines, 'snapshot'], (answered) => {
    if (answered % 10 === 0) status.say(`${count(answered)} of ${count(lines.length)} samples`);
  });
  status.clear();

  const node = await loadLearner(start);
  for (const { x, label } of samples) node.learn(x, config.labels[label]!);
  const bytesEqual = Buffer.compare(snapshotIn(answers.at(-1)!), node.save()) === 0;
  const right = samples.map(({ label }, index) => Number(answeredLabel(config.labels, answers[index]!) === label));
  const refused = answers.slice(0, -1).filter((answer) => answer.startsWith('error,'));
  const pieces = Array.from({ length: Math.min(PIECES, samples.length) }, (_, k) => {
    const [from, to] = [k, k + 1].map((edge) => Math.floor((edge * samples.length) / Math.min(PIECES, samples.length))) as [number, number];
    return { from: from + 1, to, accuracy: right.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from) };
  });

  if (args.has('json')) process.stdout.write(`${jsonText({ program: target, samples: samples.length, pieces, bytesEqual, refused: refused.length })}\n`);
  else {
    const shown = [...new Set([0, 1, samples.length - 1])].filter((index) => index < samples.length).map((index) => `${index > 2 ? '...\n' : ''}> ${short(lines[index]!)}\n  ${plain(answers[index]!)}`);
    process.stdout.write(`${plain(folder)} ${WHERE[target] ?? 'on a simulated RP2040'}: a line is learned, the answer says the label that it would have given, how probable, how familiar, and layers updated

${shown.join('\n')}

${table([
  ...pieces.map(({ from, to, accuracy }) => [`samples ${count(from)} to ${count(to)}`, percent(accuracy), bar(accuracy, 30)]),
  ['bytes equal to Node', bytesEqual ? 'yes' : 'NO', refused.length === 0
    ? `${count(samples.length)} samples, each answered, then learned`
    : `${count(refused.length)} of ${count(samples.length)} lines were refused, and not learned there: ${plain(refused[0]!)}`],
])}\n`);
  }
  if (!bytesEqual) process.exitCode = 1;
  else if (uf2 !== undefined) writeUf2(uf2, program.image!);
}

/** An image that has been seen to learn. @param path that of a Pico as well, where it shows itself as a drive: its folder and a name */
export function writeUf2(path: string, image: Image): void {
  writeFileSync(path, uf2Of(image));
}

function targetOf(folder: string): ExportTarget {
  try {
    return programIn(folder);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function samplesOf(folder: string, config: ResolvedConfig, args: Arguments): Promise<LabelledSample[]> {
  const most = args.whole('samples', 1, 1e6);
  const path = args.operands[1];
  if (path === undefined) {
    for (const name of Object.keys(CSV_OPTIONS)) if (args.has(name)) throw new UsageError(`--${name} needs a FILE`);
    return machineStream(config, most ?? DEFAULT_SAMPLES, 1);
  }
  if (config.window) throw new UsageError(`${path}: this learner takes windows of readings, and a row is one sample; leave FILE out`);
  const note = noteOf(exportListOf(folder)?.note ?? '');
  const file = await openTable(path, args, likeOf(note));
  tellWarnings(path, file, args);
  const rows = inOrder(file, note); // by the names that the model was taught with; by place where it knows none
  if (rows === file && file.inputs !== config.inputs) throw new UsageError(`${path} has ${file.inputs} values a row, the learner takes ${config.inputs}`);
  const samples: LabelledSample[] = [];
  const left = new Map<string, number>();
  for await (const { x, y } of rows) {
    if (samples.length === most) break;
    const label = y === undefined ? -1 : config.labels.indexOf(y);
    if (label >= 0) samples.push({ x: Float32Array.from(x), label });
    else left.set(y ?? 'none', (left.get(y ?? 'none') ?? 0) + 1);
  }
  const sum = [...left.values()].reduce((a, b) => a + b, 0);
  if (sum > 0 && !args.has('quiet')) process.stderr.write(`${plain(`${titleOf(path)}: ${count(sum)} rows are left out, for the learner has no such label: ${[...left].slice(0, 5).map(([name, times]) => `${name} ${count(times)}`).join(', ')}${left.size > 5 ? ', ...' : ''}`)}\n`);
  if (samples.length === 0) throw new UsageError(`${path} has no row with one of the labels ${config.labels.join(', ')}`);
  return samples;
}

/** A window is too long to be shown. */
function short(line: string): string {
  return plain(line.length <= 70 ? line : `${line.slice(0, 60)}... (${count(line.length)} characters)`);
}
