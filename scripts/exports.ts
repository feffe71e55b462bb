// package.json's `exports` is the one list of what is public: what is built, documented and tested follows from it.
// `npm run exports` completes it: every script entry gets its types and its build for workerd.

import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export type Exports = Record<string, string | { types: string; workerd: string; default: string }>;

/** Sources of the entries that are scripts: `host/index.ts`, `host/sources/csv.ts`, ... */
export function sourcesOfExports(): string[] {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Exports };
  return Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.default.replace('./dist/', 'host/').replace(/js$/, 'ts')]));
}

/** The same, each script entry with the three conditions in the order in which they must be tried. */
export function completeExports(exports: Exports): Exports {
  return Object.fromEntries(Object.entries(exports).map(([name, entry]) => {
    if (typeof entry === 'string') return [name, entry];
    const script = entry.default;
    return [name, { types: script.replace(/\.js$/, '.d.ts'), workerd: script.replace('./dist/', './dist/workerd/'), default: script }];
  }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const pkg = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Exports };
  writeFileSync('package.json', `${JSON.stringify({ ...pkg, exports: completeExports(pkg.exports) }, undefined, 2)}\n`);
}
