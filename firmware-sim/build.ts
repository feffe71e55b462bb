// From a plan to an image: the C of the core, the constants of this learner, the compiler.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { STORE_STEP, boardNamed, exportedStoreBytes, storeBytes, type Board } from './boards.js';
import { readElf, type Image } from './elf.js';
import type { StorePlace } from './export-formats.js';
import { configWords, coreOf, isContinual, type ResolvedConfig } from '../host/config.js';
import { instantiate } from '../host/core.js';
import { unpack } from '../host/packed.js';
import { encodeSnapshot } from '../host/snapshot.js';
import { corePlan, type CorePlan } from './core-plan.js';
import { objectOf, run } from './objects.js';
import { coreSource, learnerCores, type Core } from './translate.js';

/** From firmware-sim/ and from the bundle in dist/ alike. */
const sources = fileURLToPath(new URL('../firmware-sim/firmware/', import.meta.url));

/** The part of the C sources that one learner, detector or regressor adds. */
export interface Source {
  readonly core: Core;
  readonly plan: CorePlan;
  /** The core's configuration. */
  readonly words: Int32Array;
  /** Constants of config.h that say what a sample is. */
  readonly shape: Readonly<Record<string, number>>;
  /** Leading bytes of its snapshots: everything before the state. */
  readonly header: Uint8Array;
  readonly snapshotBytes: number;
  /** The front end that makes features of windows of sound, where there is one. */
  readonly front?: Core;
  /** A learner's. */
  readonly labels?: readonly string[];
  /** Learned bytes to start from instead of the seed. */
  readonly learned?: Uint8Array;
}

/** `encode` makes a snapshot: everything in it before the state is the same for every state. */
export function sourceOf(plan: CorePlan, encode: (state: Uint8Array) => Uint8Array): Pick<Source, 'plan' | 'header' | 'snapshotBytes'> {
  const snapshot = encode(new Uint8Array(plan.stateBytes));
  return { plan, header: snapshot.subarray(0, snapshot.length - 4 - plan.stateBytes), snapshotBytes: snapshot.length };
}

/**
 * A learner in C: what the library takes, on the core that has its parts.
 * @throws RangeError for one without any label: a board can only take labels into use that have names
 */
export function learnerSource(config: ResolvedConfig, learned?: Uint8Array): Source {
  if (config.labels.length === 0) throw new RangeError('config.labels: none; a board needs one to begin with: name it, or learn it in Node and export the snapshot');
  const words = configWords(config);
  const core = learnerCores[coreOf(config)];
  const [axes, samples] = [config.window?.axes ?? 0, config.window?.samples ?? 0];
  const labels = named(config);
  return {
    ...sourceOf(corePlan(instantiate(new WebAssembly.Module(unpack(core.packed)), words)), (state) => encodeSnapshot(config, state, labels)),
    core,
    words,
    shape: {
      ONWARD_INPUTS: config.inputs, ONWARD_AXES: axes, ONWARD_SAMPLES: samples, ONWARD_VALUES: axes * samples || config.inputs, ONWARD_LABELS: labels.length,
      ONWARD_SPARE_LABELS: labels.length - config.labels.length, ONWARD_FAMILIAR: Number(config.familiar), ONWARD_MEMORY: Number(isContinual(config)),
    },
    labels,
    ...(learned ? { learned } : {}),
  };
}

/** A name for every label that there is room for: those that may come later are called after their number, unless a label is. */
export function named({ labels, labelCapacity }: ResolvedConfig): readonly string[] {
  const names = [...labels];
  for (let number = labels.length; names.length < labelCapacity; number++) if (!labels.includes(`label ${number}`)) names.push(`label ${number}`);
  return names;
}

export interface BuildOptions {
  /** Trap on every access outside the memory. */
  readonly checked?: boolean;
  readonly saveEvery?: number;
  /** Overrides the length of the linear memory: what a test of the bounds check needs. */
  readonly memoryBytes?: number;
  /** firmware/hand.h for this learner in place of the translated core: what it is measured against. */
  readonly byHand?: ResolvedConfig | undefined;
  readonly flags?: readonly string[];
  /** An image that a Pico can start: with its boot loader (firmware/boot2.c), and with the store of an exported program, whose slots share the wear. */
  readonly bootable?: boolean;
}

/** A toolchain that is not there; the message names the command that installs it. */
export class MissingTool extends Error {}

const packages: Record<string, string> = {
  'arm-none-eabi-gcc': 'gcc-arm-none-eabi',
  'arm-none-eabi-g++': 'gcc-arm-none-eabi',
  'riscv64-unknown-elf-gcc': 'gcc-riscv64-unknown-elf',
  'qemu-system-arm': 'qemu-system-arm',
  'qemu-system-riscv32': 'qemu-system-misc',
};

const found = new Set<string>();

export function requireTool(tool: string): void {
  if (found.has(tool)) return;
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
  } catch {
    throw new MissingTool(`${tool} is not installed: sudo apt-get install --no-install-recommends ${packages[tool] ?? tool}`);
  }
  found.add(tool);
}

/** config.h and data.h. */
function headers({ core, plan, words, shape, header, snapshotBytes, labels, learned }: Source, memoryBytes: number, fields?: readonly string[]): { config: string; data: string } {
  const define = (entries: Record<string, number>): string =>
    Object.entries(entries).map(([name, value]) => `#define ${name} ${value}`).join('\n');
  const bytes = (name: string, values: Uint8Array): string =>
    `static const u8 ${name}[${values.length}] CORE_CONSTANT = {\n${lines([...values].map((value) => `${value},`))}\n};`;
  return {
    config: `/* Sizes of this ${core.unit}. Written by onward: do not edit. */
#ifndef ONWARD_CONFIG_H
#define ONWARD_CONFIG_H

${define(shape)}
${fields ? comment(`The values of a ${shape['ONWARD_AXES'] ? 'reading' : 'sample'}, in their order:`, fields) : ''}
${define({ ONWARD_STATE_BYTES: plan.stateBytes, ONWARD_HEADER_BYTES: header.length, ONWARD_SNAPSHOT_BYTES: snapshotBytes, ONWARD_ARENA_BYTES: plan.arenaBytes })}

/* Linear memory of the core: what lies between these two addresses is all the RAM it has. */
${define({ CORE_LOW: plan.low, CORE_BYTES: memoryBytes })}

#endif
`,
    data: `/* Constants of this ${core.unit}. Written by onward: do not edit. */
${labels ? `const char *const onward_labels[ONWARD_LABELS] = {${labels.map(cString).join(', ')}};` : ''}

static const s32 onward_config[${words.length}] CORE_CONSTANT = {${[...words].join(', ')}};

${bytes('onward_header', header)}
${learned ? `\n#define ONWARD_LEARNED\n${bytes('onward_learned', learned)}\n` : ''}`,
  };
}

/** No name ends it early or starts another: characters that steer a compiler or a terminal become blanks. */
function comment(about: string, names: readonly string[]): string {
  return `\n/* ${about}\n${names.map((name, index) => `   ${index} ${name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\*?]/gu, ' ')}`).join('\n')}\n*/\n`;
}

/** A C string literal of UTF-8 bytes; octal escapes, which end after three digits whatever follows. */
function cString(text: string): string {
  const safe = [...Buffer.from(text, 'utf8')].map((byte) =>
    byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 && byte !== 63 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`);
  return `"${safe.join('')}"`;
}

function lines(words: string[]): string {
  const result: string[] = [];
  for (let i = 0; i < words.length; i += 24) result.push(`  ${words.slice(i, i + 24).join(' ')}`);
  return result.join('\n');
}

/** Writes the portable part, everything that does not know a board, into a folder. `name`: what its functions and constants are called after. */
export function writeSources(folder: string, source: Source, memoryBytes = source.plan.bytes, name = 'onward', fields?: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const { config, data } = headers(source, memoryBytes, fields);
  const { unit } = source.core;
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), calledAfter(name, text));
  write('core.h', coreSource(source.core));
  write('config.h', config);
  write('data.h', data);
  if (source.front) {
    write('sound-core.h', coreSource(source.front));
    for (const file of ['sound.h', 'sound.c']) write(file, readFileSync(join(sources, file), 'utf8'));
  }
  const lines = unit === 'detector' ? ['number.h'] : unit === 'regressor' ? ['kernels.h', 'number.h'] : ['kernels.h', 'earlier.h', 'lines.h', 'lines.c', 'number.h'];
  for (const file of ['wasm.h', 'state.h', 'signed.h', 'snapshot.h', `${unit}.h`, `${unit}.c`, 'crc.h', ...lines]) write(file, readFileSync(join(sources, file), 'utf8'));
}

/** The store of snapshots, for a program that gives the functions of flash.h. `place`: of one at the end of a Pico's flash, steps from there. */
export function writeStore(folder: string, at: Exclude<StorePlace, 'none'>, source: Source, name: string, place: number): void {
  for (const file of ['flash.h', 'store.h', 'store.c']) writeFileSync(join(folder, file), calledAfter(name, readFileSync(join(sources, file), 'utf8')));
  if (at === 'devicetree') return;
  const bytes = exportedStoreBytes(source.snapshotBytes);
  const write = (text: string): void => writeFileSync(join(folder, 'board-config.h'), `/* Where the store lies. Written by onward: do not edit. */\n${text}`);
  if (at !== 'end of flash') return write(flashShape(at, bytes));
  const places = Array.from({ length: bytes / STORE_STEP }, (_, step) => `onward_store_place_${place + step}`);
  write(`${flashShape(boardNamed('rp2040'), bytes)}#define FLASH_STORE_END ${place * STORE_STEP} /* bytes of flash behind it */

/* A linker that finds one of these twice has found two stores in one place: export one of them with another --place. */
#define FLASH_STORE_PLACES const char ${places.map((each) => `${each} = 0`).join(', ')};
`);
}

/** C in which all that a program can see bears another name, so that several learners and detectors fit into it; the one trap they share, and places of flash they must not. */
export function calledAfter(name: string, text: string): string {
  if (name === 'onward') return text;
  return text.replace(/\b(store|board_flash)_/g, `${name}_$1_`).replace(/\bonward_(?!trap\b|store_place_)/g, `${name}_`).replace(/\b(CONFIG_)?ONWARD_/g, `$1${name.toUpperCase()}_`).replace(/\bCORE_/g, `${name.toUpperCase()}_CORE_`);
}

function handShape({ bits, units, skipInput, selfRate, window, inputs, secondOrder, exemplars, prototypes, drift }: ResolvedConfig): string[] {
  if (units.length !== 2 || !skipInput || !selfRate || window || [...units, inputs].some((size) => size % 8 !== 0)) {
    throw new RangeError('firmware/hand.h has two layers, the skip input, the self-finding rate, no window, and sizes in multiples of 8');
  }
  if (secondOrder === 'full' || exemplars > 0 || prototypes > 0 || drift !== 'none') {
    throw new RangeError("firmware/hand.h has no memory, no drift alarms and of secondOrder at most 'input'");
  }
  return [`-DHAND_BITS=${bits}`, `-DHAND_UNITS0=${units[0]}`, `-DHAND_UNITS1=${units[1]}`];
}

/** Compiles the firmware for a board. */
export function buildFirmware(board: Board, source: Source, options: BuildOptions = {}): { elf: Uint8Array; image: Image } {
  const folder = mkdtempSync(join(tmpdir(), 'onward-firmware-'));
  try {
    writeSources(folder, source, options.memoryBytes);
    if (options.byHand) {
      copyFileSync(join(sources, 'hand.h'), join(folder, 'core.h'));
      copyFileSync(join(sources, 'formats.h'), join(folder, 'formats.h'));
    }
    writeFileSync(join(folder, 'board-config.h'), options.bootable ? flashShape(board, exportedStoreBytes(source.snapshotBytes)) : boardConfig(board, source.snapshotBytes));
    const pico = board.platform === 'rp2040';
    const { byHand, checked, saveEvery, flags = [] } = options;
    const own = [...(checked ? ['-Og', '-DCORE_CHECKED'] : ['-O2']), ...(byHand ? handShape(byHand) : []), ...flags]; // -Og compiles in 2.1 s, -O2 in 2.8, -O1 with its checks in 2.7
    return linked(board, folder, [
      ...[`${source.core.unit}.c`, ...(source.front ? ['sound.c'] : [])].map((file) => ({ file, flags: own })),
      ...[pico ? 'board-rp2040.c' : 'semihost.c', 'main.c', 'frames.c', 'store.c'].map((file) => ({ file: join(sources, file), flags: ['-O2', ...flags, ...(saveEvery && file === 'main.c' ? [`-DSAVE_EVERY=${saveEvery}`] : [])] })),
    ], pico ? ['rp2040.c', ...(options.bootable ? ['boot2.c'] : [])] : []);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** board-config.h: where the store lies, and its geometry. */
export function boardConfig(board: Board, snapshotBytes: number): string {
  return flashShape(board, storeBytes(board, snapshotBytes));
}

function flashShape({ sector, unit }: Pick<Board, 'sector' | 'unit'>, bytes: number): string {
  return `#define FLASH_STORE_BYTES ${bytes}\n#define FLASH_SECTOR ${sector}\n#define FLASH_UNIT ${unit}\n`;
}

/** gcc has a library for every Arm core; of RISC-V none with vectors, and then takes one for 64 bits. */
const libraryOf = (gcc: string): string => execFileSync(gcc, ['-march=rv32imc', '-mabi=ilp32', '-print-libgcc-file-name'], { encoding: 'utf8' }).trim();
let riscvLibrary: string | undefined;

/** The image that the compiler makes of sources, or objects that are there, in `folder`, with the board's start-up around them and nothing of a libc. `own`: sources of the board that know no learner. */
export function linked(board: Board, folder: string, given: readonly (string | { readonly file: string; readonly flags: readonly string[] })[], own: readonly string[] = []): { elf: Uint8Array; image: Image } {
  const riscv = board.platform === 'semihost-riscv';
  const [gcc, made] = [riscv ? 'riscv64-unknown-elf-gcc' : 'arm-none-eabi-gcc', join(folder, 'firmware.elf')];
  requireTool(gcc);
  // Reassociation widens a loop's expressions until a Cortex-M0+ runs out of its eight low registers: a prediction of the
  // 64-[64, 32]-4 learner costs 132,000 cycles with it and 87,000 without.
  const flags = [...board.cpu, '-fno-tree-reassoc', '-g0', '-ffreestanding', '-ffunction-sections', '-fdata-sections', '-I', '.', '-I', sources, '-std=c11', '-Wall', '-Wextra', '-Werror'];
  const around = [riscv ? 'start-riscv.c' : 'start-arm.c', 'memory.c', ...own].map((file) => ({ file: join(sources, file), flags: ['-O2'] }));
  try {
    const objects = [...given, ...around].map((each) => (typeof each === 'string' ? each : objectOf(gcc, [...flags, ...each.flags], each.file, folder)));
    run(gcc, [
      ...board.cpu, ...objects,
      ...['-nostdlib', '-nostartfiles', '-Wl,--gc-sections', '-Wl,--no-warn-rwx-segments', '-T', join(sources, 'board.ld')],
      `-Wl,--defsym=flash_origin=${board.flash.origin},--defsym=flash_bytes=${board.flash.bytes}`,
      `-Wl,--defsym=ram_origin=${board.ram.origin},--defsym=ram_bytes=${board.ram.bytes}`,
      ...[riscv ? (riscvLibrary ??= libraryOf(gcc)) : '-lgcc', '-o', made],
    ], folder);
  } catch (error) {
    const stderr = (error as { stderr?: Buffer }).stderr?.toString();
    const remedy = stderr?.includes('left for the stack') ? `; give the learner fewer units or labels, or familiar: false` : '';
    throw stderr ? new Error(`${board.name}: ${gcc} failed${remedy}\n${stderr}`) : error;
  }
  const elf = readFileSync(made);
  rmSync(made);
  return { elf, image: readElf(elf) };
}
