/** What a large forest has on some of the whole streams, in a sentence of docs/whole-streams.md. */
import type { WholeResult } from './table.js';

export interface ForestResult {
  readonly seed: number;
  readonly trees: number;
  readonly results: readonly WholeResult[];
}

export function forestSentence({ seed, trees, results }: ForestResult, whole: readonly WholeResult[]): string {
  const own = (stream: string): number => whole.find((other) => other.stream === stream)!.learners.find(({ name }) => name === 'onward')!.accuracy;
  const shares = results.map(({ stream, learners }) => `${stream} ${learners[0]!.accuracy.toFixed(1)} (${own(stream).toFixed(1)})`);
  const bytes = results.map(({ learners }) => learners[0]!.bytes / 1e6);
  const milliseconds = results.map(({ learners }) => learners[0]!.microseconds / 1000);
  const span = (values: readonly number[]): string => `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;
  return `A forest of ${trees} trees, seed ${seed} (\`npm run bench:forest\`), in brackets onward with its defaults, in %: ${shares.join(', ')}. It takes ${span(bytes)} MB and ${span(milliseconds)} ms a sample.`;
}
