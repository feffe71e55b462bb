/**
 * npm run bench:continual [-- --quick] [--only digits,wand] [--seeds N] [--config JSON]
 *
 * --config runs onward alone with those learner options on top of each protocol's own and writes nothing: for trying settings.
 */
import { parseArgs } from 'node:util';
import { mean } from '../streams/prequential.js';
import { onward, type Options } from './onward.js';
import { protocols } from './protocols.js';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, seeds: { type: 'string' }, config: { type: 'string' } },
});
const config: Options = JSON.parse(options.config ?? '{}');
const only = options.only?.split(',');
for (const name of only ?? []) {
  if (!protocols.some((protocol) => protocol.name === name)) throw new RangeError(`--only: no protocol '${name}'; there are ${protocols.map((p) => p.name).join(', ')}`);
}
for (const protocol of protocols.filter(({ name }) => only?.includes(name) ?? true)) {
  const measure = await protocol.prepare(options.quick);
  const figures: number[] = [];
  const start = performance.now();
  for (let seed = 1; seed <= Number(options.seeds ?? protocol.seeds); seed++) {
    const { figure, parts } = await measure((shape, seed) => onward(merged(protocol.memory(shape.labels)))(shape, seed), seed);
    figures.push(figure);
    process.stderr.write(`  ${protocol.name}, seed ${seed}: ${figure.toFixed(2)} ${parts ? JSON.stringify(parts, rounded) : ''}\n`);
  }
  console.log(`${protocol.title}: ${mean(figures).toFixed(2)} +- ${deviation(figures).toFixed(2)}, target ${JSON.stringify(protocol.target)}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** null takes a field of the protocol away. */
function merged(memory: Options): Options {
  return Object.fromEntries(Object.entries({ ...memory, ...config }).filter(([, value]) => value !== null));
}

function deviation(values: number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / Math.max(1, values.length - 1));
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(1)) : value;
}
