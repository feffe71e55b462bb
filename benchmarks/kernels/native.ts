/**
 * npm run bench:native [-- --quick] [-- --candidate NAME]
 *
 * The sweeps of a learning step, compiled from the core's own sources to SIMD WebAssembly, beside the same step in C with 128-bit vectors (step.c, gcc -O3
 * -march=native): both must end with the same weights, then they are timed in turns. Ratios are wasm over C, tenth percentiles
 * (the neighbour on a shared core only adds time); 1 is equal.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { configWords, resolveConfig } from '../../host/config.js';
import { generator } from '../../tests/random.js';
import { machine } from '../machine.js';
import { candidates } from './candidates.js';
import { compileChanged } from './compile.js';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, candidate: { type: 'string', default: 'nothing' } } });
const ROUNDS = options.quick ? 101 : 401;
const SLICE_MS = 0.5;
const FACTOR = 400;
const START = 12345;
const shapes = [[64, 64], [256, 256], [784, 504]] as const;

interface Kernels {
  memory: WebAssembly.Memory;
  steps(count: number, factor: number, start: number, part: number): void;
  [name: string]: any;
}

const folder = mkdtempSync(join(tmpdir(), 'onward-native-'));
try {
  const program = join(folder, 'step');
  try {
    execFileSync('gcc', ['-O3', '-march=native', '-Wall', '-o', program, fileURLToPath(new URL('step.c', import.meta.url))], { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch {
    console.error('gcc is not here: apt-get install gcc libc6-dev');
    process.exit(0);
  }
  const candidate = candidates.find(({ name }) => name === options.candidate);
  if (!candidate) throw new RangeError(`--candidate: got '${options.candidate}'; there are ${candidates.map(({ name }) => `'${name}'`).join(', ')}`);
  const bytes = compileChanged(folder, 'native', candidate.changes, { entry: fileURLToPath(new URL('entry.ts', import.meta.url)) });
  if (!bytes) throw new Error(`${candidate.name}: the core no longer has the text that it changes`);
  const module = new WebAssembly.Module(bytes);
  const steps = [];
  for (const [inputs, rows] of shapes) for (const bits of [16, 8] as const) steps.push(await compare(module, program, inputs, rows, bits));
  console.table(steps);
  if (options.candidate === 'nothing') {
    const results = new URL('../results/', import.meta.url);
    mkdirSync(results, { recursive: true });
    writeFileSync(new URL('native-step.json', results), JSON.stringify({ machine: machine(), quick: options.quick, rounds: ROUNDS, steps }, null, 1) + '\n');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(module: WebAssembly.Module, program: string, inputs: number, rows: number, bits: 8 | 16) {
  const core = new WebAssembly.Instance(module).exports as unknown as Kernels;
  const config = resolveConfig({ inputs, units: [rows], labels: ['0', '1'], bits, inputScale: 1 });
  const words = configWords(config);
  new Int32Array(core.memory.buffer, core.config(), words.length).set(words);
  const missing = core.plan() - core.memory.buffer.byteLength;
  if (missing > 0) core.memory.grow(Math.ceil(missing / 65536));
  core.create();
  const random = generator(1);
  new Float32Array(core.memory.buffer, core.input(), inputs).set(Float32Array.from({ length: inputs }, () => random() * 4 - 2));
  core.predict(); // makes the inputs
  // strong pulls of either sign: no row is at rest
  new Int16Array(core.memory.buffer, core.pulls(), rows).set(Int16Array.from({ length: rows }, () => (random() < 0.5 ? -1 : 1) * (4096 + Math.floor(random() * 4000))));
  const stride: number = core.stride();
  const part = (at: number, bytes: number): Uint8Array => new Uint8Array(core.memory.buffer, at, bytes).slice();
  const learned = (): Buffer => Buffer.concat([part(core.biases(), 4 * rows), part(core.weights(), (rows * stride * bits) / 8)]);
  const layer = join(folder, 'layer');
  writeFileSync(layer, Buffer.concat([Buffer.from(Int32Array.of(rows, stride, bits, core.shift(), core.fraction()).buffer), part(core.inputs(), 2 * stride), part(core.pulls(), 2 * rows), learned()]));

  const child = spawn(program, [layer], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<number> => {
    child.stdin.write(`${line}\n`);
    return Number((await lines.next()).value);
  };
  const wasm = (count: number, part: number): number => {
    const start = performance.now();
    core.steps(count, FACTOR, START, part);
    return (performance.now() - start) / count;
  };
  const native = async (count: number, part: number): Promise<number> => (1000 * (await ask(`${count} ${FACTOR} ${START} ${part}`))) / count;

  const ratios: Record<string, number> = {};
  const times = { wasm: [] as number[], native: [] as number[] };
  for (const [name, part] of [['forward', 1], ['update', 2], ['ratio', 3]] as const) {
    for (let k = 0; k < 20; k++) {
      wasm(50, part); // past the tier-up
      await native(50, part); // the same calls: the weights must stay equal
    }
    const count = Math.ceil(SLICE_MS / wasm(50, part));
    await native(50, part);
    times.wasm = [];
    times.native = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.wasm.push(wasm(count, part));
      times.native.push(await native(count, part));
    }
    ratios[name] = Number((low(times.wasm) / low(times.native)).toFixed(3));
  }
  const dump = join(folder, 'dump');
  await ask(`dump ${dump}`);
  child.stdin.end();
  const same = learned().equals(readFileSync(dump));
  if (!same) throw new Error(`${inputs}x${rows} int${bits}: C has learned other bytes; step.c no longer does what assembly/kernels do`);
  const micro = (values: number[]): number => Number((1000 * low(values)).toPrecision(4));
  return { shape: `${inputs}x${rows}`, bits, wasm: micro(times.wasm), c: micro(times.native), ...ratios } as { shape: string; bits: number; wasm: number; c: number; ratio: number };
}

function low(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 10)]!;
}
