// `onward export`: a learner, a detector or a regressor as C for a firmware project. Sources that know no board, one header with its functions, an example.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { isContinual, type ResolvedConfig } from '../host/config.js';
import type { ResolvedDetectorConfig } from '../host/detector/config.js';
import type { ResolvedRegressorConfig } from '../host/regressor/config.js';
import { exportedStoreBytes } from './boards.js';
import { calledAfter, learnerSource, writeSources, writeStore, type Source } from './build.js';
import type { CorePlan } from './core-plan.js';
import { detectorSource } from './detector.js';
import { EXPORT_LIST, placeExport } from './export-folder.js';
import { DETECTORS, FORMATS, SKETCH, type DetectorTarget, type ExportTarget, type Format } from './export-formats.js';
import { labelWord } from './exported.js';
import { regressorSource } from './regressor.js';
import { coreSource, type Core } from './translate.js';

const examples = fileURLToPath(new URL('../firmware-sim/export/', import.meta.url));

/** Files of a regressor are those of a generic learner, around another example. */
const REGRESSOR: Format = { ...FORMATS.generic, around: ['regressor'] };

/** Packages of an export have the version of the onward that wrote them. */
const { version } = JSON.parse(readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8')) as { version: string };

/** The names of a sample's values (of a window: of its axes) in their order, and the model's note as it is. */
export interface Named {
  readonly fields?: readonly string[];
  readonly note?: string;
}

/** The files of an export. */
export interface Exported {
  readonly files: readonly string[];
  /** Files of the example that somebody had edited: they are as they were. */
  readonly kept: readonly string[];
}

/**
 * `place`: of a Pico's store, steps from the end of flash.
 * @throws RangeError where something in the folder would be lost; nothing has changed then
 */
export function exportLearner(target: ExportTarget, folder: string, config: ResolvedConfig, learned?: Uint8Array, name = 'onward', named: Named = {}, place = 0): Exported {
  const source = learnerSource(config, learned);
  return write(folder, source, FORMATS[target], target, readme(target, config, source, name, named.fields), name, named, place);
}

/** The same of a detector: with an example for any machine with a C compiler, or as a package without one. */
export async function exportDetector(folder: string, config: ResolvedDetectorConfig, learned?: Uint8Array, name = 'onward', named: Named = {}, target: DetectorTarget = 'generic'): Promise<Exported> {
  const source = await detectorSource(config, false, learned);
  return write(folder, source, DETECTORS[target], 'detector', detectorReadme(target, config, source, name, named.fields), name, named);
}

/** The same of a regressor. `ahead`: samples from one to the one that its number comes with; 0: they come together. */
export async function exportRegressor(folder: string, config: ResolvedRegressorConfig, ahead: number, learned?: Uint8Array, name = 'onward', named: Named = {}): Promise<Exported> {
  const source = await regressorSource(config, learned, ahead);
  return write(folder, source, REGRESSOR, 'regressor', regressorReadme(config, ahead, source, named.fields), name, named);
}

function write(folder: string, source: Source, format: Format, example: ExportTarget | 'detector' | 'regressor', text: string, name: string, { fields, note = '' }: Named, place = 0): Exported {
  const scratch = mkdtempSync(join(tmpdir(), 'onward-export-'));
  try {
    writeSources(scratch, source, source.plan.bytes, name, fields);
    if (format.store !== 'none') writeStore(scratch, format.store, source, name, place);
    const learner = calledAfter(name, format.learner);
    const files = new Map(readdirSync(scratch).map((file) => [posix.join(learner, file), readFileSync(join(scratch, file), 'utf8')]));
    const own = new Map(format.around.flatMap((each) => filesIn(join(examples, each)).map((file) => [
      calledAfter(name, placeOf(file, format, folder)), calledAfter(name, filled(readFileSync(join(examples, each, file), 'utf8'), format, source, name)),
    ] as const)));
    own.set('README.md', calledAfter(name, text));
    const kept = placeExport(folder, new Map([...files, ...own]), new Set(own.keys()), { example, name, place, note });
    return { files: [...files.keys(), ...own.keys(), EXPORT_LIST].sort(), kept };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The paths of the files in a folder and in those below it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)).map((file) => posix.join(entry.name, file)) : [entry.name]));
}

function placeOf(file: string, { moved }: Format, folder: string): string {
  return moved?.[file] ?? (file === SKETCH ? `${basename(resolve(folder))}.ino` : file);
}

/** A file of export/ as this package has it: a sketch names the folder of the learner's headers, where they have one. */
function filled(text: string, { learner }: Format, { snapshotBytes }: Source, name: string): string {
  const filledIn = text.replaceAll('@NAME@', name).replaceAll('@VERSION@', version).replaceAll('@STORE_BYTES@', String(exportedStoreBytes(snapshotBytes)));
  return learner ? filledIn.replace(/(#include ")(lines\.h")/, `$1${posix.basename(learner)}/$2`) : filledIn;
}

function memoryOf({ exemplars, exemplarBits, prototypes, drift }: ResolvedConfig): string {
  const kept = exemplars > 0 ? `, ${exemplars} exemplars of ${exemplarBits} bits` : prototypes > 0 ? `, ${prototypes} prototypes a label` : '';
  return drift === 'none' ? kept : `${kept}, drift alarms (${drift})`;
}

/** As Markdown. */
function namesOf(fields: readonly string[] | undefined): string {
  return fields ? `; in this order: ${fields.map((field) => JSON.stringify(field)).join(', ')}` : '';
}

function readme(target: ExportTarget, config: ResolvedConfig, { core, plan, labels, snapshotBytes, learned }: Source, name: string, fields?: readonly string[]): string {
  const x = config.window ? `${config.window.samples} readings of ${config.window.axes} axes, one row an instant` : `${config.inputs} features`;
  return `# A learner in C

Made by \`onward export --board ${target}\`. It learns on the device, one sample at a time, and computes the same bytes as onward in
Node or a browser: a snapshot taken here loads there, and the other way round.

- a sample: ${x}${namesOf(fields)}
- labels: ${labels!.map((label, index) => `${index} ${JSON.stringify(label)}`).join(', ')}${labels!.length > config.labels.length ? `; ${config.labels.length} in use, the next comes into use when it is learned` : ''}
- layers of ${config.units.join(', ')} units, ${config.bits}-bit weights${memoryOf(config)}, ${learned ? 'learned state included' : `fresh from seed ${config.seed}`}
- RAM: ${staticBytes(core, plan)} bytes, ${target === 'micropython' ? "each learner in MicroPython's heap" : 'static'}, plus about 700 bytes of stack; snapshot ${labels!.length > config.labels.length ? 'at most ' : ''}${snapshotBytes} bytes

${target === 'micropython' ? inPython(config, labels!, name) : FORMATS[target].program === null ? FORMATS[target].start : inLines(target, config, fields)}

${FORMATS[target].learner ? `The learner is in \`${FORMATS[target].learner}\`:\n\n` : ''}| file | |
|---|---|
| \`lines.h\`, \`lines.c\`, \`number.h\` | what a line is, and the functions that read it: they can be left out |
${storeRow(FORMATS[target])}| \`learner.h\`, \`state.h\` | the functions: predict, probability, familiar, learn, adapt, add a label,${config.window ? ' push a reading,' : ''} counters${isContinual(config) ? ', sleep' : ''}; init, save, load, load what an earlier program saved (\`earlier.h\` says what is carried over) |
| \`learner.c\`, \`earlier.h\` | their code; compile this one file, it includes the rest |
| \`signed.h\` | takes snapshots of the owner of a key only; it can be left out |
| \`kernels.h\` | what takes most of the time, for Arm's DSP extension and Helium and for RISC-V's vectors; with \`-DONWARD_PLAIN_C\` it is not used |
| \`core.h\`, \`wasm.h\`, \`snapshot.h\`, \`crc.h\` | the arithmetic, translated from onward's WebAssembly ${core.title}, and what it needs of C |
| \`config.h\`, \`data.h\` | sizes and constants of this learner |
| \`export.json\` | what was exported: a later export to this folder replaces these files, keeps an example that you edited, and touches no other |

${portability()}
`;
}

/** An export whose program reads lines. */
function inLines(target: ExportTarget, config: ResolvedConfig, fields?: readonly string[]): string {
  return `${FORMATS[target].start} \`make simulate\` shows it learn, on your desk; where no \`npx onward\` is
installed, with \`ONWARD="node FOLDER/dist/cli.js"\`.${fields ? ' `onward simulate` of this folder and a table finds the columns by these names.' : ''}

It says \`ready,LABELS,VALUES\` when it has started, and learns from lines of text: \`${labelWord(config.labels, 0)},1.5,...\` is answered and learned, \`?,1.5,...\` answered only; \`save\` and \`snapshot\` do what
they say, \`ready\` asks whether it is. A label goes by its number, such as \`#0\`, too; one whose name a line cannot hold only so. A line that is wrong is answered by \`error\` and changes nothing. For a sensor of your own, call the functions of \`learner.h\` in place of \`onward_line\`.`;
}

/** The module for MicroPython, as one calls it. */
function inPython({ window, inputs }: ResolvedConfig, labels: readonly string[], name: string): string {
  const label = JSON.stringify(labels[0]);
  const use = window
    ? [`if learner.push(reading, ${Math.ceil(window.samples / 2)}):  # ${window.axes} numbers; True when a window is full`, '    label, probability, familiar = learner.predict()', `    learner.learn(None, ${label})  # that window`]
    : [`label, probability, familiar = learner.predict(x)  # ${inputs} numbers: a list, a tuple; quickest is an array("f")`, `learner.learn(x, ${label})  # None in place of x: what it has just answered`];
  const lines = [`from ${name} import Learner`, 'learner = Learner()  # any number of them', ...use, 'data = learner.save()  # bytes, for a file of the board', 'learner.load(data)  # of an earlier program, too'];
  return `${FORMATS.micropython.start}

${lines.map((line) => `    ${line}`).join('\n')}

\`onward_learner/onward_module.c\` says what the other methods do. What is wrong raises TypeError or ValueError, and nothing that was learned has changed. Where MicroPython's heap
has no room for a learner, \`Learner()\` raises MemoryError. \`main.py\` learns from lines of text and keeps a file.`;
}

function storeRow({ store }: Format): string {
  if (store === 'none') return '';
  const [where, other] = store === 'end of flash' ? ['at the end of flash', 'another place (\`onward export --place 1\`)'] : ['in a partition', 'a partition of its own'];
  return `| \`store.h\`, \`store.c\`, \`flash.h\`, \`board-config.h\` | snapshots ${where}, in turn in as many slots as fit there: a power cut or a worn cell costs none that was acknowledged, and an update of the program finds them. Another learner with a store in this firmware needs ${other} |\n`;
}

/** The linear memory from where it is used, and the core's own variables. */
function staticBytes(core: Core, { bytes, low }: CorePlan): number {
  const variables = [...coreSource(core).matchAll(/^static u(32|64) w2c_\w+;$/gm)].map(([, bits]) => Number(bits) / 8);
  return bytes - low + variables.reduce((sum, size) => sum + size, 0);
}

/** The demands on a machine and a program, for both. */
function portability(): string {
  return `There is no heap, no libc and no floating-point arithmetic in it (floats are only read, bit by bit). It is C99 and C++11, for gcc and clang, for machines of 16 bits
(AVR) and more, and says at compile time if one is not little-endian. Optimisation is chosen in the sources (\`wasm.h\`), so \`-Os\` costs a Cortex-M0+ at most a tenth. \`onward_trap\` is yours to write, once: it is
called when something that cannot happen does, and must not return. A program with several learners or detectors has each in a folder and under a name of its own
(\`--as NAME\`).`;
}

function detectorReadme(target: DetectorTarget, { channels, mode, seed }: ResolvedDetectorConfig, { core, plan, snapshotBytes, learned }: Source, name: string, fields?: readonly string[]): string {
  return `# A detector in C

Made by \`onward export\`. It learns what is normal on the device, sample by sample, and computes the same bytes as onward in Node or a browser: a snapshot
taken here loads there, and the other way round.

- a sample: ${channels} ${channels === 1 ? 'number' : 'numbers'}, one a channel; NaN is missing${namesOf(fields)}
- ${mode}, ${learned ? 'learned state included' : `fresh from seed ${seed}`}
- RAM: ${staticBytes(core, plan)} bytes, ${target === 'micropython' ? "each detector in MicroPython's heap" : 'static'}, plus about 700 bytes of stack; snapshot ${snapshotBytes} bytes

${DETECTORS[target].start.replaceAll('@NAME@', name)}

| file | |
|---|---|
| \`detector.h\`, \`state.h\` | the functions: observe, score, recent, parts, views, commission; init, save, load |
| \`detector.c\` | their code; compile this one file, it includes the rest |
| \`signed.h\` | takes snapshots of the owner of a key only; it can be left out |
| \`core.h\`, \`wasm.h\`, \`snapshot.h\`, \`crc.h\` | the arithmetic, translated from onward's WebAssembly ${core.title}, and what it needs of C |
| \`config.h\`, \`data.h\` | sizes and constants of this detector |
| \`number.h\` | how an example reads a number; it can be left out |
| \`export.json\` | what was exported: a later export to this folder replaces these files, keeps an example that you edited, and touches no other |

${portability()}
`;
}

function regressorReadme({ inputs, lags, horizon, units, bits, seed }: ResolvedRegressorConfig, ahead: number, { core, plan, snapshotBytes, learned }: Source, fields?: readonly string[]): string {
  return `# A regressor in C

Made by \`onward export\`. It predicts a number from a sample, says where it lies in four of five cases, and learns it on the device when it is known. It computes the same bytes as onward
in Node or a browser: a snapshot taken here loads there, and the other way round.

- a sample: ${inputs} ${inputs === 1 ? 'number' : 'numbers'}; NaN is missing${namesOf(fields)}${lags > 0 ? `. The last ${lags} known numbers are inputs, too` : ''}
- the number ${ahead > 0 ? `is that of ${ahead} samples later` : 'belongs to the sample itself'}${horizon > 1 ? `: \`onward_learn\` of a sample comes when ${horizon - 1} later ones have been asked about` : ''}
- layers of ${units.join(', ')} units, ${bits}-bit weights, ${learned ? 'learned state included' : `fresh from seed ${seed}`}
- RAM: ${staticBytes(core, plan)} bytes, static, plus about 800 bytes of stack; snapshot ${snapshotBytes} bytes

\`make\`, then \`./foresee out.onward < samples\`, where a line of \`samples\` is the values and then the number, \`nan\` where it is not known, with commas between them; \`./foresee later.onward out.onward < more\`
goes on from there. Each line is answered by \`VALUE,LOW,HIGH\`, one that is wrong by \`error,LINE,...\`, and it changes nothing. \`onward inspect out.onward\` reads the result.

| file | |
|---|---|
| \`regressor.h\`, \`state.h\` | the functions: predict, learn, begin, counters; init, save, load |
| \`regressor.c\` | their code; compile this one file, it includes the rest |
| \`signed.h\` | takes snapshots of the owner of a key only; it can be left out |
| \`kernels.h\` | what takes most of the time, for Arm's DSP extension and Helium and for RISC-V's vectors; with \`-DONWARD_PLAIN_C\` it is not used |
| \`core.h\`, \`wasm.h\`, \`snapshot.h\`, \`crc.h\` | the arithmetic, translated from onward's WebAssembly ${core.title}, and what it needs of C |
| \`config.h\`, \`data.h\` | sizes and constants of this regressor |
| \`number.h\` | how the example reads a number; it can be left out |
| \`export.json\` | what was exported: a later export to this folder replaces these files, keeps an example that you edited, and touches no other |

${portability()}
`;
}
