/** One stream, walked by learners one after the other: each answers a sample, then learns it, once. */
import { persistence, prequential } from '../streams/prequential.js';
import type { Stream } from '../streams/data.js';
import type { Contender } from './learners.js';
import type { Measured, WholeResult } from './table.js';

export const SEED = 1;

export const say = (text: string): void => void process.stderr.write(`${text}\n`);

export const asText = (result: object): string => `${JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value), 1)}\n`;

export async function walk(stream: Stream, isGenerated: boolean, contenders: readonly Contender[]): Promise<WholeResult> {
  const repeated = persistence(stream);
  say(`${stream.name}: ${stream.samples} samples, ${stream.inputs} inputs, ${stream.labels.length} labels, repeat ${repeated.toFixed(1)}`);
  const learners: Measured[] = [];
  for (const { name, make } of contenders) {
    const learner = await make(stream, SEED);
    const start = process.cpuUsage();
    const accuracy = prequential(stream, {
      step(x, y) {
        const answer = learner.answer(x);
        learner.teach(x, y);
        return answer;
      },
    });
    const { user, system } = process.cpuUsage(start);
    const measured = { name, accuracy, kappaTemporal: (accuracy - repeated) / (100 - repeated), bytes: learner.bytes(), microseconds: (user + system) / stream.samples };
    say(`  ${name} ${accuracy.toFixed(2)} (${measured.bytes} bytes, ${measured.microseconds.toFixed(1)} us)`);
    learners.push(measured);
  }
  const { name, samples, inputs, labels } = stream;
  return { stream: name, generated: isGenerated, samples, inputs, labels: labels.length, persistence: repeated, learners };
}
