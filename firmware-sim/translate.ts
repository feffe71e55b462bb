// A core without vectors as C: a learner's or a regressor's scalar build, or the detector. wabt's wasm2c does the work; this file keeps its function bodies and data and leaves out everything
// around them (its runtime wants malloc, setjmp, tables and 64 KiB pages): firmware/wasm.h takes their place in 150 lines.
//
// An address in wasm counts from the start of the linear memory, so plain C adds the memory's base to every access: too
// much for the eight low registers of a Cortex-M0+ (126,000 cycles a prediction against 103,000). To have real pointers
// instead, the core is compiled a second time with its static data SHIFT bytes higher. Where the two texts of C differ, by SHIFT
// exactly, stands an address; it becomes CORE_ADDRESS(...), which wasm.h makes the true one on 32-bit machines.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';

import type { CoreName } from '../host/config.js';
import { unpack } from '../host/packed.js';
import { wasm as continual } from '../host/wasm.continual.generated.js';
import { wasm as core } from '../host/wasm.core-scalar.generated.js';
import { fingerprint, packed as packedDetector } from '../host/wasm.detector.generated.js';
import { wasm as fields } from '../host/wasm.fields.generated.js';
import { wasm as regressor } from '../host/wasm.regressor.generated.js';
import { wasm as vision } from '../host/wasm.vision.generated.js';
import { CORES } from '../scripts/build-wasm.js';

/** A core that can become firmware. */
export interface Core {
  /** Its name in the C that it becomes, and the name of that file. */
  readonly title: string;
  readonly file: string;
  /** The functions of firmware/ that go around it. */
  readonly unit: 'learner' | 'detector' | 'regressor' | 'sound';
  readonly fingerprint: string;
  readonly packed: string;
  /** How asc makes it. */
  readonly compilation: readonly string[];
}

function learnerCore(title: string, name: CoreName, { scalar }: { scalar: { fingerprint: string; packed: string } }): Core {
  return { title, file: `${name}.h`, unit: 'learner', ...scalar, compilation: [...CORES[name]!, '--target', 'scalar'] };
}

/** The learner's, by their parts. */
export const learnerCores: Readonly<Record<CoreName, Core>> = {
  core: learnerCore('scalar core', 'core', core),
  continual: learnerCore('scalar core with a memory', 'continual', continual),
  fields: learnerCore('scalar core with local fields', 'fields', fields),
  vision: learnerCore('scalar core with a memory and local fields', 'vision', vision),
};

export const regressorCore: Core = { title: 'scalar core of numbers', file: 'regressor.h', unit: 'regressor', ...regressor.scalar, compilation: [...CORES['regressor']!, '--target', 'scalar'] };

export const detectorCore: Core = { title: 'detector', file: 'detector.h', unit: 'detector', fingerprint, packed: packedDetector, compilation: ['--config', 'asconfig.detector.json', '--target', 'detector'] };

/** Cores whose C the package carries: those that can be exported. */
export const shippedCores: readonly Core[] = [...Object.values(learnerCores), regressorCore, detectorCore];

/** How much higher the second compilation puts its static data: whole pages, so that no alignment changes. */
const SHIFT = 65536;
/** Static data begins here under asc's --lowMemoryLimit. */
const BASE = 16;
const root = fileURLToPath(new URL('..', import.meta.url));
/** The part of a core that the package ships: 17 to 39 kB in place of 204 to 548; gzip would take 23 to 59. */
export const shippedCore = ({ file }: Core): string => join(root, 'firmware-sim', 'images', `${file}.br`);

/** Raised where this file makes other C of the same core. */
const TRANSLATION = 3;
const markOf = ({ title, fingerprint }: Core): string => `/* The ${title} ${fingerprint}, translation ${TRANSLATION},`;
const marked = (core: Core, path: string): string | null => {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const text = (path.endsWith('.br') && bytes.length > 0 ? brotliDecompressSync(bytes) : bytes).toString();
  return text.startsWith(markOf(core)) ? text : null;
};

/** True if images/ was made from this core; in a checkout the core may have changed since. */
export const shippedIsCurrent = (core = learnerCores.core): boolean => marked(core, shippedCore(core)) !== null;

/** The translation as images/ has it. */
export const packed = (source: string): Uint8Array => brotliCompressSync(source);

const cachedCore = ({ file }: Core): string => join(root, 'build', file);

/** The next `translation` is a new one. */
export function forget(core: Core): void {
  for (const path of [shippedCore(core), cachedCore(core)]) rmSync(path, { force: true });
}

/** A core as C, for one or several. */
export const coreSource = (core: Core): string => oneOrSeveral(translation(core));

/** Its translation: what the package ships, or, in a checkout whose core has changed, a fresh one (5 s, then cached). */
export function translation(core: Core): string {
  const cached = cachedCore(core);
  const found = marked(core, shippedCore(core)) ?? marked(core, cached);
  if (found !== null) return found;
  const text = `${markOf(core)} by wabt wasm2c and firmware-sim/translate.ts: do not edit. */\n${translateCore(core)}`;
  mkdirSync(join(root, 'build'), { recursive: true });
  const written = `${cached}.${process.pid}`; // whole or not at all: several processes may do this at once
  writeFileSync(written, text);
  renameSync(written, cached);
  return text;
}

/** With its addresses marked. Needs the AssemblyScript sources. */
function translateCore({ packed, compilation, title }: Core): string {
  const wasm = unpack(packed);
  const compiler = join(root, 'scripts/compile.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'onward-asc-'));
  const compile = (...options: string[]): Uint8Array => {
    const out = join(folder, 'core.wasm');
    const given = [...compilation, '--textFile', join(folder, 'core.wat'), '--outFile', out, ...options];
    execFileSync(process.execPath, [compiler, JSON.stringify([given])], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    return readFileSync(out);
  };
  try {
    if (Buffer.compare(compile(), wasm) !== 0) throw new Error(`the ${title} in host/ is not what assembly/ gives: npm run build`);
    const here = translate(wasm).split('\n');
    const shifted = ['--memoryBase', `${BASE + SHIFT}`, '--lowMemoryLimit', `${2 * SHIFT}`, '--initialMemory', '3'];
    const there = translate(compile(...shifted)).split('\n');
    if (here.length !== there.length) throw new Error('the core compiles to other code at another base address');
    const marked = here.map((line, index) => markAddresses(line, there[index]!)).join('\n');
    return giveKernelsWay(named(marked, namesIn(wasm, compile('--debug'))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function markAddresses(here: string, there: string): string {
  if (here === there) return here;
  const other = there.matchAll(/\b\d+u\b/g);
  const marked = here.replace(/\b(\d+)u\b/g, (literal, value: string) => {
    const moved = other.next().value![0];
    if (moved === literal) return literal;
    if (parseInt(moved) !== Number(value) + SHIFT) throw new Error(`neither an address nor a constant: ${here.trim()}`);
    return `CORE_ADDRESS(${value})`;
  });
  if (marked === here) throw new Error(`the core compiles to other code at another base address: ${here.trim()}`);
  return marked;
}

/** Names of functions and globals, by their numbers. */
interface Names {
  readonly functions: ReadonlyMap<number, string>;
  readonly globals: ReadonlyMap<number, string>;
}

/** The names that assembly/ has for the parts of a wasm: from the same one with its name section. */
function namesIn(wasm: Uint8Array, withNames: Uint8Array): Names {
  const [without, module] = [wasm, withNames].map((bytes) => new WebAssembly.Module(new Uint8Array(bytes)));
  const bare = (bytes: Uint8Array): string => Buffer.from(sectionOf(bytes, 10)).toString('latin1');
  if (bare(wasm) !== bare(withNames) || WebAssembly.Module.exports(without!).length !== WebAssembly.Module.exports(module!).length) {
    throw new Error('the core compiles to other code with names');
  }
  const section = new Uint8Array(WebAssembly.Module.customSections(module!, 'name')[0]!);
  const names = { functions: new Map<number, string>(), globals: new Map<number, string>() };
  for (let at = 0; at < section.length;) {
    const kind = section[at]!;
    const [size, from] = leb(section, at + 1);
    const into = kind === 1 ? names.functions : kind === 7 ? names.globals : null;
    at = from + size;
    if (!into) continue;
    let [count, next] = leb(section, from);
    for (; count > 0; count--) {
      const [index, after] = leb(section, next);
      const [length, start] = leb(section, after);
      next = start + length;
      into.set(index, Buffer.from(section.subarray(start, next)).toString());
    }
  }
  return names;
}

function leb(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function sectionOf(wasm: Uint8Array, wanted: number): Uint8Array {
  for (let at = 8; at < wasm.length;) {
    const id = wasm[at]!;
    const [size, from] = leb(wasm, at + 1);
    if (id === wanted) return wasm.subarray(from, from + size);
    at = from + size;
  }
  throw new Error(`a wasm without section ${wanted}`);
}

/** Functions and globals get the names that they have in assembly/, with the file's before it where two are called the same. */
function named(source: string, { functions, globals }: Names): string {
  const renamed = (all: ReadonlyMap<number, string>, taken: ReadonlySet<string>): ReadonlyMap<string, string> => {
    const short = (name: string): string => name.split('/').at(-1)!.replace(/\W/g, '_');
    const counts = new Map<string, number>();
    for (const name of all.values()) counts.set(short(name), (counts.get(short(name)) ?? 0) + 1);
    return new Map([...all].map(([index, name]) => {
      const own = short(name);
      return [`${index}`, counts.get(own) === 1 && !taken.has(own) ? own : name.split('/').slice(-2).join('_').replace(/\W/g, '_')];
    }));
  };
  const exported = new Set([...source.matchAll(/\bcore_(?!f\d)(\w+)\(/g)].map(([, name]) => name!));
  const [byFunction, byGlobal] = [renamed(functions, exported), renamed(globals, new Set())];
  return source
    .replace(/\bcore_f(\d+)\b/g, (same, index: string) => (byFunction.has(index) ? `core_${byFunction.get(index)}` : same))
    .replace(/\bw2c_g(\d+)\b/g, (same, index: string) => (byGlobal.has(index) ? `w2c_${byGlobal.get(index)}` : same));
}

/** With ONWARD_SEVERAL the core's variables are those of the learner or detector in use (state.h). */
function oneOrSeveral(source: string): string {
  const declared = /(?:^static u(?:32|64) w2c_\w+;\n)+/m;
  const variables = [...declared.exec(source)![0].matchAll(/(u32|u64) w2c_(\w+);/g)].map(([, type, name]) => ({ type: type!, name: name! }));
  return source.replace(declared, (one) => [
    '#ifdef ONWARD_SEVERAL',
    `struct core_variables {\n  u32 pushed;\n${variables.map(({ type, name }) => `  ${type} ${name};`).join('\n')}\n};`,
    'static struct core_variables *core_in_use;',
    ...variables.map(({ name }) => `#define w2c_${name} (core_in_use->${name})`),
    '#else',
    `${one}#endif`,
    '',
  ].join('\n'));
}

/** Functions that firmware/kernels.h has for some targets: there its own are used. */
const KERNELS = ['preactivate', 'sense', 'handOn'];

function giveKernelsWay(source: string): string {
  const lines = source.split('\n');
  const bodies = lines.findIndex((line) => /^CORE_FUNCTION .*\{$/.test(line));
  if (!lines.some((line) => line.includes('core_preactivate('))) return source; // the detector's
  const guarded = lines.slice(bodies).join('\n').replace(/^CORE_FUNCTION \w+ core_(\w+)\(.*\{\n[^]*?^\}$/gm, (text: string, name: string) =>
    KERNELS.includes(name) ? `#ifndef KERNEL_${name.toUpperCase()}\n${text}\n#endif` : text);
  const fields = source.includes('core_gatherWindow(') ? ['#define CORE_LOCAL_FIELDS'] : [];
  return [...lines.slice(0, bodies), ...fields, '#include "kernels.h"', '', guarded].join('\n');
}

/** C for an import-free wasm module without floats, tables or calls through tables. */
function translate(wasm: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'onward-wasm2c-'));
  try {
    const wasm2c = createRequire(import.meta.url).resolve('wabt/bin/wasm2c');
    writeFileSync(join(folder, 'core.wasm'), wasm);
    execFileSync(process.execPath, [wasm2c, 'core.wasm', '-n', 'core', '-o', 'core.c'], { cwd: folder });
    return rewrite(readFileSync(join(folder, 'core.c'), 'utf8'), readFileSync(join(folder, 'core.h'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rewrite(source: string, header: string): string {
  const lines = source.split('\n');
  const block = (start: RegExp): string[] => {
    const from = lines.findIndex((line) => start.test(line));
    if (from < 0) return [];
    const to = lines.findIndex((line, index) => index > from && line.startsWith('}'));
    return lines.slice(from + 1, to);
  };

  const data = source.match(/^static const u8 data_segment_data_[^]*?^};$/gm) ?? [];
  const copies = block(/^static void init_memories/).flatMap((line) => {
    const found = /LOAD_DATA\(instance->w2c_memory, (\d+)u, (\w+), (\d+)\)/.exec(line);
    return found ? [`  CORE_COPY_CONSTANT(CORE_AT(${found[1]}u), ${found[2]}, ${found[3]});`] : [];
  });
  const globals = [...header.matchAll(/^ {2}(u32|u64) (w2c_\w+);$/gm)].map(([, type, name]) => `static ${type} ${name};`);
  const initial = block(/^static void init_globals/).map((line) => line.replaceAll('instance->', ''));

  const prototypes = lines.filter((line) => /^static \w+ w2c_core_\w+\(w2c_core\*.*\);$/.test(line));
  const first = lines.findIndex((line, index) => /^\w+ w2c_core_\w+\(w2c_core\* instance.*{$/.test(line) && index > lines.lastIndexOf('  return NULL;'));
  const bodies = lines.slice(first);

  const code = [...prototypes, '', ...bodies].join('\n')
    .replace(/\(w2c_core\*(?: instance)?(?:, )?(.*?)\)/g, (_, rest: string) => `(${rest || 'void'})`)
    .replace(/\(instance(?:, )?/g, '(')
    .replace(/_default32\(&instance->w2c_memory, \(u64\)\((\w+)\)(?: \+ (\d+u))?/g, (_, base: string, offset = '0u') => `(${base}, ${offset}`)
    .replace(/(memory_fill\()&instance->w2c_memory, /g, '$1')
    .replace(/(memory_copy\()&instance->w2c_memory, &instance->w2c_memory, /g, '$1')
    .replaceAll('instance->', '')
    .replace(/^ *FUNC_(PRO|EPI)LOGUE;\n/gm, '')
    .replace(/w2c_core_(\w+)_0\b/g, 'core_$1')
    .replace(/w2c_core_/g, 'core_')
    .replace(/^(?:static )?(\w+ core_\w+\(.*[{;])$/gm, 'CORE_FUNCTION $1')
    // asc writes x + 64 as x - -64, a byte less: back, or 64 would not be seen to be an address
    .replace(/(var_i\d+) = (\d{10})u;\n( *var_i\d+) -= \1;/g, (line, constant: string, value: string, sum: string) =>
      Number(value) < 2 ** 31 ? line : `${constant} = ${2 ** 32 - Number(value)}u;\n${sum} += ${constant};`);
  const left = /instance|wasm_rt|_default32|\bf(32|64)\b|w2c_memory/.exec(code);
  if (left) throw new Error(`the core uses what firmware/wasm.h does not have: "${left[0]}". Keep floats, tables and memory.grow out of it`);

  return [
    '#include "wasm.h"',
    '',
    '#pragma GCC diagnostic push',
    '#pragma GCC diagnostic ignored "-Wconversion"',
    '#pragma GCC diagnostic ignored "-Wunused-function"',
    '#pragma GCC diagnostic ignored "-Wunused-but-set-variable"',
    '#pragma GCC diagnostic ignored "-Wunused-variable"',
    '#pragma GCC diagnostic ignored "-Wunused-value"',
    '#pragma GCC diagnostic ignored "-Wunused-label"',
    '#pragma GCC diagnostic ignored "-Wunused-parameter"',
    '',
    ...globals,
    '',
    ...data.map((segment) => segment.replace('[] =', '[] CORE_CONSTANT =')),
    '',
    code.trim(),
    '',
    '/* Does what instantiating the module does: globals and static data. */',
    'static void core_start(void) {',
    ...initial,
    ...copies,
    '}',
    '',
    '#pragma GCC diagnostic pop',
    '',
  ].join('\n');
}
