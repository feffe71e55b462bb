// The pages that people read: README.md, what it links to at the root, and docs/.

import { readdirSync } from 'node:fs';

/** Paths from the root, sorted; pages that a build makes are not among them. */
export const PAGES: readonly string[] = [
  'README.md',
  'BENCHMARKS.md',
  'CHANGELOG.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`).sort(),
];

/** Read by people who work on onward, and linked to; not held to the word list. */
export const PAGES_OF_WORK: readonly string[] = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'FORMAT.md', 'SECURITY.md', 'firmware-sim/README.md', 'node-red/README.md'];
