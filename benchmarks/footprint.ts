/**
 * npm run bench:footprint
 *
 * Bytes while training, by kind, for a grid of shapes, beside what backpropagation needs for the same layers: onward's figures are its memory plan,
 * which is what the arena really is; backpropagation's come from the formulas in backprop-bytes.ts, and from measured peers where bench:peers has
 * run. onward is taken without its normaliser and skip input, which backpropagation would have to add as well; the default is a line of its own.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bytesNeeded, createLearner, type Learner, type LearnerConfig, type MemoryPlan } from '../host/index.js';
import { backpropBytes, type Shape } from './backprop-bytes.js';
import { machine } from './machine.js';

interface Row extends Shape {
  group: string;
  bits: number;
  plan: MemoryPlan;
  total: number; // arena and tables
  backprop: { same: number; float32: number; adam: number };
}

const repeated = (count: number, depth: number): number[] => Array.from({ length: depth }, () => count);
const grid: [string, Shape[]][] = [
  ['tasks of bench:peers', [
    { inputs: 16, units: [32, 32], labels: 4 },
    { inputs: 784, units: [128], labels: 10 },
    { inputs: 784, units: [500, 500], labels: 10 },
    { inputs: 102, units: [64, 64], labels: 3 },
  ]],
  ['depth', [1, 2, 3, 4, 6, 8].map((depth) => ({ inputs: 64, units: repeated(64, depth), labels: 10 }))],
  ['width', [16, 32, 64, 128, 256, 512, 1024].map((width) => ({ inputs: 64, units: repeated(width, 2), labels: 10 }))],
  ['labels', [2, 4, 10, 32, 100, 256].map((labels) => ({ inputs: 64, units: [64, 64], labels }))],
];

function configOf({ inputs, units, labels }: Shape, bits: 8 | 16): LearnerConfig {
  return { inputs, units, labels: Array.from({ length: labels }, (_, c) => `${c}`), bits, skipInput: false, inputScale: 1 };
}

const rows: Row[] = [];
for (const [group, shapes] of grid) {
  for (const shape of shapes) {
    for (const bits of [8, 16] as const) {
      const plan = await bytesNeeded(configOf(shape, bits));
      rows.push({ group, ...shape, bits, plan, total: plan.arena + plan.tables, backprop: backpropBytes(shape, bits) });
    }
  }
}

const KINDS = ['weights', 'biases', 'gates', 'rate', 'normaliser', 'labels', 'header', 'scratch', 'tables'] as const;
for (const [group] of grid) {
  console.log(`\n${group}`.padEnd(30) + [...KINDS, 'total', 'page', 'same', 'float32', 'Adam 32'].map((head) => head.padStart(11)).join(''));
  for (const { inputs, units, labels, bits, plan, total, backprop } of rows.filter((row) => row.group === group)) {
    const depth = units.length > 2 && new Set(units).size === 1 ? [`${units[0]}x${units.length}`] : units;
    const cells = [...KINDS.map((kind) => plan[kind]), total, plan.page, ...[backprop.same, backprop.float32, backprop.adam].map((bytes) => `${(bytes / total).toFixed(2)}x`)];
    console.log(`${[inputs, ...depth, labels].join('-')} int${bits}`.padEnd(29) + cells.map((cell) => cell.toLocaleString('en').padStart(11)).join(''));
  }
}

const defaults = await bytesNeeded({ inputs: 16, units: [32, 32], labels: ['0', '1', '2', '3'] });
const code = Object.fromEntries(['simd', 'scalar'].map((build) => [build, statSync(new URL(`../build/core.${build}.wasm`, import.meta.url)).size]));
const heap = await heapBytes();
const measured = peerBytes();
console.log(`\n16-32-32-4 with every default (int8, skip input, normaliser): ${defaults.arena + defaults.tables} B`);
console.log(`wasm code: ${code.simd} B SIMD, ${code.scalar} B scalar; JavaScript heap: ${heap.first} B for the first learner, ${heap.each} B for each further one`);
console.log('stack: the core keeps none in its memory; a wasm engine has its own. Exemplars: 0, nothing of a sample is kept.');
for (const { task, peer, bytes, bytesAre } of measured) console.log(`measured, task ${task}, ${peer}: ${bytes.toLocaleString('en')} B (${bytesAre})`);

const findings = [
  'Against float32 the advantage is the width of a weight: 4 times at int8, twice at int16, less what small nets spend on gates and tables.',
  'Against Adam with batches it is that no gradient, no moments and no batch are kept: 16 bytes a parameter become 1 or 2.',
  'Against backpropagation in the same integers and in place there is hardly any: keeping the activities costs it 2 bytes a unit, which weights dwarf.',
  'Depth: scratch stays the same from 1 to 8 layers but for 64 bytes a layer; the weights grow with either method.',
  'Labels: gates cost 2 bytes a unit and label in EVERY layer; backpropagation has labels in its last layer only. With many labels and several layers onward needs more.',
];
console.log(`\n${findings.join('\n')}`);
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('footprint.json', results), JSON.stringify({ machine: machine(), code, heap, defaults, measured, findings, rows }, null, 1) + '\n');

/** What learners cost on the JavaScript side, garbage collected; their wasm memory is not part of it. */
async function heapBytes(): Promise<{ first: number; each: number }> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const config = configOf({ inputs: 16, units: [32, 32], labels: 4 }, 8);
  const before = used();
  const kept: Learner[] = [await createLearner(config)];
  const first = used() - before;
  for (let k = 0; k < 50; k++) kept.push(await createLearner(config));
  const each = Math.round((used() - before - first) / 50);
  return { first, each: kept.length > 0 ? each : 0 };
}

/** What bench:peers measured, where it has run. */
function peerBytes(): { task: string; peer: string; bytes: number; bytesAre: string }[] {
  const path = new URL('results/peers.json', import.meta.url);
  if (!existsSync(path)) return [];
  const { results } = JSON.parse(readFileSync(path, 'utf8')) as { results: { task: string; peer: string; bytes: number; settings: { bytesAre: string } }[] };
  return results.filter(({ peer, settings }) => !peer.startsWith('onward') && !settings.bytesAre.startsWith('growth')).map(({ task, peer, bytes, settings }) => ({ task, peer, bytes, bytesAre: settings.bytesAre }));
}
