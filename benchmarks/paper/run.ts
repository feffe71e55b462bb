/**
 * npm run paper                      the experiments of Hinton's paper, and which have a committed result
 * npm run paper -- NAME [--quick]    runs one; progress on stderr; after SIGINT or a crash the same command goes on where it was
 * npm run paper -- table             paper | ours | settings | time, from the committed results
 *
 * A full run writes benchmarks/results/paper/NAME.json. The exit code is 1 when a target is missed (the quick target with --quick), 130 when it was
 * stopped. Each experiment is a file in experiments/, and docs/paper.md says what each is here.
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { conduct } from './harness/conduct.js';
import type { Experiment } from './harness/experiment.js';
import { met, paperTable, RESULTS, writeResult } from './harness/results.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(`${here}experiments`).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3));

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } });
const [name, ...rest] = positionals;
if (rest.length > 0) throw new RangeError(`one experiment at a time: got ${positionals.join(', ')}`);

if (name === undefined) await list();
else if (name === 'table') console.log(paperTable());
else await run(name);

async function load(name: string): Promise<Experiment> {
  return ((await import(`./experiments/${name}.js`)) as { experiment: Experiment }).experiment;
}

async function list(): Promise<void> {
  const experiments = await Promise.all(names.map(async (name) => ({ name, ...(await load(name)) })));
  for (const { name, title, figures } of experiments.sort((a, b) => a.place - b.place)) {
    const targets = figures.filter(({ target }) => target !== undefined).map(({ name, better, target }) => `${name} ${better === 'lower' ? '<=' : '>='} ${target}`);
    console.log(`${name.padEnd(24)}${title}${targets.length > 0 ? `: ${targets.join('; ')}` : ''}${existsSync(`${RESULTS}${name}.json`) ? '' : ' (no result yet)'}`);
  }
  console.log('\nnpm run paper -- NAME [--quick] runs one, npm run paper -- table prints the results');
}

async function run(name: string): Promise<void> {
  if (!names.includes(name)) throw new RangeError(`no experiment '${name}'; there are ${names.join(', ')}, and 'table'`);
  let stop = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (stop = true));
  const { quick } = options;
  const terminal = process.stderr.isTTY;
  const result = await conduct(name, await load(name), {
    quick,
    folder: `${here}checkpoints/`,
    stopped: () => stop,
    ...(!quick && { seedDone: writeResult }),
    say: (line) => process.stderr.write(`${terminal ? '\r\x1b[K' : ''}${line}\n`),
    ...(terminal && { progress: (line: string) => process.stderr.write(`\r\x1b[K${line}`) }),
  });
  if (result === undefined) {
    process.exitCode = 130;
    return;
  }
  if (!quick) {
    writeResult(result);
    process.stderr.write(`written: benchmarks/results/paper/${name}.json\n`);
  }
  let missed = false;
  for (const { name: figure, better, target, quickTarget } of result.figures) {
    const wanted = quick ? quickTarget : target;
    const verdict = met(result.means[figure], wanted, better);
    if (verdict === false) missed = true;
    const against = wanted === undefined ? '' : `, ${quick ? 'quick target' : 'target'} ${better === 'lower' ? '<=' : '>='} ${wanted}: ${verdict ? 'met' : 'MISSED'}`;
    console.log(`${result.title}: ${figure} ${result.means[figure]?.toFixed(2)}${against}`);
  }
  console.log(`${result.summary}; ${result.seeds.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0)} s`);
  process.exitCode = missed ? 1 : 0;
}
