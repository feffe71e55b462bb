/** Who takes part, how each is started, and what to install where one is missing. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed } from './install.js';
import { BRAIN_ACTIVATION, RATES, RULE } from './settings.js';

export interface Peer {
  name: string;
  bytesAre: string;
  settings(task: string): object;
  /** Command and arguments that serve turns of a task on stdin. */
  command(task: string, path: string): [string, string[]];
  /** What to install, where it is missing. */
  missing?: string;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const GCC = 'apt-get install gcc libc6-dev';
const FANN = 'apt-get install libfann-dev';
const SKLEARN = 'apt-get install python3-sklearn';
const NPM = 'npm ci --prefix benchmarks --ignore-scripts';
const PYTHON = '/usr/bin/python3'; // Debian's own: the one that apt installs for
const FLAGS = ['-O3', '-march=native', '-ffast-math'];
const ALLOCATED = 'its arrays';
const GROWTH = 'growth of the process';
const loader = createRequire(import.meta.url).resolve('tsx');

/** Compiles the C peers into `folder` and looks for the others. */
export function findPeers(folder: string): Peer[] {
  return [
    ...(['simd', 'scalar'] as const).flatMap((build) => [8, 16].map((bits) => ours(build, bits))),
    compiled('C float32, our rule', 'rule', folder, () => RULE.rate, RULE.margin),
    compiled('C float32, backprop', 'backprop', folder, (task) => RATES.backprop![task]!, 0),
    compiled('C float32, backprop, confident samples skipped', 'backprop', folder, (task) => RATES.backprop![task]!, RULE.margin),
    compiled('FANN 2.2', 'fann', folder, (task) => RATES.fann![task]!, 0),
    script('JS Float32Array, our rule', 'its arrays', () => RULE.rate),
    script('JS Float32Array, backprop', 'its arrays', (task) => RATES.backprop![task]!),
    { ...script('brain.js 1.6.1', GROWTH, (task) => RATES.brain![task]!, (task) => ({ activation: BRAIN_ACTIVATION[task]! })), ...lacks(installed('brain.js'), NPM) },
    ...['cpu', 'wasm'].map((backend) => ({ ...script(`tfjs 4.22.0 ${backend}`, GROWTH, (task) => RATES.backprop![task]!), ...lacks(installed('@tensorflow/tfjs'), NPM) })),
    {
      name: 'scikit-learn MLPClassifier',
      bytesAre: GROWTH,
      settings: (task) => ({ rate: RATES.sklearn![task]! }),
      command: (task, path) => [PYTHON, [here('sklearn_peer.py'), path, `${RATES.sklearn![task]!}`]],
      ...lacks(spawnSync(PYTHON, ['-c', 'import sklearn']).status === 0, SKLEARN),
    },
  ];
}

function lacks(present: boolean, line: string): { missing?: string } {
  return present ? {} : { missing: line };
}

function ours(build: string, bits: number): Peer {
  const settings = () => ({ skipInput: false, inputScale: 1, everythingElse: 'default' });
  return { ...script(`onward ${build} int${bits}`, 'arena and tables', () => RULE.rate), settings };
}

function script(name: string, bytesAre: string, rate: (task: string) => number, more: (task: string) => Record<string, string> = () => ({})): Peer {
  return {
    name,
    bytesAre,
    settings: (task) => ({ rate: rate(task), ...more(task) }),
    command: (task, path) => [process.execPath, ['--import', loader, here('serve.ts'), name, path, `${rate(task)}`, ...Object.values(more(task))]],
  };
}

function compiled(name: string, source: string, folder: string, rate: (task: string) => number, margin: number): Peer {
  const libraries = source === 'fann' ? ['-lfloatfann', '-lm'] : ['-lm'];
  const program = join(folder, source);
  return {
    name,
    bytesAre: source === 'fann' ? 'its heap' : ALLOCATED,
    settings: (task) => ({ rate: rate(task), margin, flags: FLAGS.join(' ') }),
    command: (task, path) => [program, [path, `${rate(task)}`, `${margin}`]],
    ...lacks(compile([...FLAGS, '-o', program, here(`c/${source}.c`), ...libraries]), source === 'fann' ? `${GCC} && ${FANN}` : GCC),
  };
}

function compile(flags: string[]): boolean {
  try {
    execFileSync('gcc', flags, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
