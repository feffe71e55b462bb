// A program that `onward export` wrote, run as it is: on a simulated RP2040, with the few functions of its SDK that it calls (firmware/pico-sdk, firmware/esp-idf, ...), whichever
// chip it is for; the one for any machine with a C compiler on this one. One talks to it in the lines of lines.h.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { boardNamed, storeBytes } from './boards.js';
import { boardConfig, calledAfter, linked, requireTool } from './build.js';
import type { Image } from './elf.js';
import { exportListOf } from './export-folder.js';
import { FORMATS, SKETCH, exportTargets, type ExportTarget, type Format } from './export-formats.js';
import { Rp2040Device } from './rp2040.js';
import type { LabelledSample } from './vectors.js';

/** From firmware-sim/ and from the bundle in dist/ alike. */
const sources = fileURLToPath(new URL('../firmware-sim/firmware/', import.meta.url));

/** @throws RangeError where there is no exported learner with an example */
export function programIn(folder: string): ExportTarget {
  return exportIn(folder).target;
}

function exportIn(folder: string): { target: ExportTarget; format: Format; name: string } {
  const { example, name } = exportListOf(folder) ?? {};
  const target = exportTargets.find((each) => each === example);
  if (!target) throw new RangeError(`${folder} is no folder of onward export, or that of a detector or a regressor`);
  const format = FORMATS[target];
  if (format.program === null) throw new RangeError(`${folder} is a module for ${target}, which is not simulated: README.md in it says how it is built`);
  return { target, format, name: name! };
}

/** An exported program, compiled. */
export interface Program {
  /** The lines' answers, one each. The program starts anew. */
  converse(lines: readonly string[], watch?: (answers: number) => void): string[];
  /** Of a simulated board. */
  readonly image: Image | null;
}

export async function programOf(folder: string): Promise<Program> {
  return exportIn(folder).format.sdk === null ? { converse: (lines) => onHost(folder, lines), image: null } : poweredOn(folder);
}

/** Answers of a program that is compiled for them, and has an empty flash. */
export async function converse(folder: string, lines: readonly string[]): Promise<string[]> {
  return (await programOf(folder)).converse(lines);
}

function onHost(folder: string, lines: readonly string[]): string[] {
  requireTool('make');
  execFileSync('make', ['-s', '-C', folder, 'learn'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const scratch = mkdtempSync(join(tmpdir(), 'onward-exported-'));
  try {
    const said = execFileSync(join(resolve(folder), 'learn'), [join(scratch, 'out.onward')], { input: `${lines.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 30 }).split('\n');
    const start = said.findIndex(isReady);
    if (start < 0) throw new Error(`the program did not say "ready,...": ${REMEDY}`);
    return said.slice(start + 1, -1);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

export interface PoweredOn extends Program {
  readonly device: Rp2040Device;
  readonly image: Image;
  /** Switches it on, sends the lines and gives their answers. `before`: what it said until it was ready. */
  converse(lines: readonly string[], watch?: (answers: number) => void, before?: string[]): string[];
}

/** A simulated RP2040 with the program of a folder; its flash is its own. */
export async function poweredOn(folder: string): Promise<PoweredOn> {
  const board = boardNamed('rp2040');
  const { format, name } = exportIn(folder);
  const inside = (file: string): string => join(resolve(folder), calledAfter(name, file));
  const learner = inside(format.learner);
  const snapshotBytes = Number(/_SNAPSHOT_BYTES (\d+)/.exec(readFileSync(join(learner, 'config.h'), 'utf8'))![1]);
  const bytes = storeBytesIn(learner) ?? storeBytes(board, snapshotBytes);
  const scratch = mkdtempSync(join(tmpdir(), 'onward-exported-'));
  try {
    const sdk = join(sources, format.sdk!);
    const program = format.program === SKETCH ? join(resolve(folder), readdirSync(folder).find((file) => file.endsWith('.ino'))!) : inside(format.program!);
    const include = ['-I', dirname(learner), '-I', learner, '-I', sdk, '-I', join(sources, 'libc')];
    writeFileSync(join(scratch, 'board-config.h'), boardConfig(board, snapshotBytes));
    const compiled = (compiler: 'gcc' | 'g++', given: readonly string[]): void => {
      requireTool(`arm-none-eabi-${compiler}`);
      const flags = [...board.cpu, '-Os', '-ffreestanding', '-ffunction-sections', '-fdata-sections', `-DPARTITION_BYTES=${bytes}`, ...configured(folder)];
      execFileSync(`arm-none-eabi-${compiler}`, [...flags, '-c', '-I', '.', '-I', sources, ...include, ...given], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
    };
    const isSketch = format.sdk === 'arduino';
    const plain = ['learner.c', 'lines.c', 'store.c'].map((file) => join(learner, file)).filter((file) => existsSync(file));
    compiled('gcc', [...plain, ...(isSketch ? [] : [program]), ...['rp2040.c', 'partition.c', 'boot2.c'].map((file) => join(sources, file)), ...readdirSync(sdk).filter((file) => file.endsWith('.c')).map((file) => join(sdk, file))]);
    if (isSketch) {
      const cpp = ['-fno-exceptions', '-fno-rtti', '-fno-threadsafe-statics'];
      compiled('g++', [...cpp, '-o', 'core.o', join(sdk, 'arduino.cpp')]);
      compiled('g++', [...cpp, '-o', 'sketch.o', '-include', 'Arduino.h', '-x', 'c++', program]);
    }
    const { image } = linked(board, scratch, readdirSync(scratch).filter((file) => file.endsWith('.o')));
    const device = new Rp2040Device(image, bytes);
    return { device, image, converse: (lines, watch, before) => converseOver(device, lines, watch, before) };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Bytes at the end of flash up to the beginning of an exported program's store; null: it has none of a size of its own. */
function storeBytesIn(learner: string): number | null {
  const path = join(learner, 'board-config.h');
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'utf8');
  const [bytes, end] = ['FLASH_STORE_BYTES', 'FLASH_STORE_END'].map((name) => Number(new RegExp(`${name} (\\d+)`).exec(text)?.[1] ?? 0));
  return bytes! + end! || null;
}

/** The options of a Zephyr application, as its build hands them to the compiler. */
function configured(folder: string): string[] {
  const path = join(folder, 'prj.conf');
  return existsSync(path) ? [...readFileSync(path, 'utf8').matchAll(/^(CONFIG_\w+)=y$/gm)].map(([, option]) => `-D${option}=1`) : [];
}

/** How long a line may take, in nanoseconds of the board: a save erases three slots at worst. */
const PATIENCE = 60e9;
/** The same of the start: a learned state of 200 kB is checked and taken in 0.1 s. */
const START_PATIENCE = 10e9;
const SLICE = 1e6;

/** Switches it on, and sends each line when the one before is answered. */
export function converseOver(device: Rp2040Device, lines: readonly string[], watch: (answers: number) => void = () => {}, before: string[] = []): string[] {
  const answers: string[] = [];
  let answer = '';
  let ready = false;
  const { clock, line, live } = device.boot((byte) => {
    if (byte !== 10) answer += String.fromCharCode(byte);
    else {
      if (ready) answers.push(decoded(answer));
      else if (isReady(answer)) ready = true;
      else before.push(answer);
      answer = '';
    }
  });
  while (!ready) {
    const end = live(clock.nanos + SLICE);
    if (end !== 'off') throw new Error(`the program ended with a ${end} before it was ready: ${answer}`);
    if (clock.nanos > START_PATIENCE) throw new Error(`the program did not say "ready,..." in ${START_PATIENCE / 1e9} s of its time: ${REMEDY}`);
  }
  for (const [index, text] of lines.entries()) {
    line.send(Buffer.from(`${text}\n`));
    const late = clock.nanos + PATIENCE;
    while (answers.length <= index) {
      const end = live(clock.nanos + SLICE);
      if (end !== 'off') throw new Error(`the program ended with a ${end} at "${text}": ${answer}`);
      if (clock.nanos > late) throw new Error(`the program does not answer "${text}"`);
    }
    watch(answers.length);
  }
  return answers;
}

/** The line that the examples say when they can receive. */
const isReady = (line: string): boolean => /^ready,\d+,\d+\r?$/.test(line);
const REMEDY = 'it calls onward_line_ready() once, before the first onward_line(); a folder of an older onward is to be exported anew';

const decoded = (latin: string): string => Buffer.from(latin, 'latin1').toString('utf8');

/** A sample as a line: `label` is null where it is only asked for. */
export function lineOf(labels: readonly string[], x: ArrayLike<number>, label: number | null): string {
  return [label === null ? '?' : labelWord(labels, label), ...Array.from(x, shortest)].join(',');
}

/** How a line names a label: by its number where it could not be read with the name in it. */
export function labelWord(labels: readonly string[], label: number): string {
  const name = labels[label]!;
  return /^[^,#?\s\p{Cc}]([^,\p{Cc}]*[^,\s\p{Cc}])?$/u.test(name) && Buffer.byteLength(name) <= 40 ? name : `#${label}`;
}

/** The fewest digits that give this binary32 back; at most nine are needed. */
function shortest(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Object.is(value, -0)) return '-0'; // other bits, and the core learns bits
  for (let digits = 1; ; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (digits === 9 || Math.fround(Number(text)) === value) return text;
  }
}

/** The label that an answer gives, by its number. */
export function answeredLabel(labels: readonly string[], answer: string): number {
  const name = answer.slice(0, answer.indexOf(','));
  const number = /^#(\d+)$/.exec(name)?.[1];
  return number === undefined ? labels.indexOf(name) : Number(number);
}

/** The snapshot that "snapshot" was answered with. */
export function snapshotIn(answer: string): Uint8Array {
  if (!answer.startsWith('snapshot,')) throw new Error(`no snapshot: ${answer.slice(0, 80)}`);
  return Buffer.from(answer.slice('snapshot,'.length), 'hex');
}

export const linesOf = (labels: readonly string[], samples: readonly LabelledSample[]): string[] => samples.map(({ x, label }) => lineOf(labels, x, label));
