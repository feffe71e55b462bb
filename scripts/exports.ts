// package.json's `exports` is the one list of what is public: what is built, documented and tested follows from it.

import { readFileSync } from 'node:fs';

/** Sources of the entries that are scripts: `host/index.ts`, `host/sources/csv.ts`, ... */
export function sourcesOfExports(): string[] {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, { default?: string }> };
  return Object.values(exports).flatMap(({ default: file }) => file?.replace('./dist/', 'host/').replace(/js$/, 'ts') ?? []);
}
