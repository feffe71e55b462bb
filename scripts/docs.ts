// `npm run docs`: the pages of the API, by TypeDoc, into build/api, or where `--out` says. `npm run docs -- --check` only looks: a public name without a comment, a comment that names
// a parameter which is not there, or a link to nowhere is an error.

import { readFileSync } from 'node:fs';
import { Application, LogLevel } from 'typedoc';
import { sourcesOfExports } from './exports.js';

const app = await Application.bootstrap({
  entryPoints: sourcesOfExports(),
  tsconfig: 'tsconfig.build.json',
  name: `onward ${JSON.parse(readFileSync('package.json', 'utf8')).version}`,
  readme: 'none',
  disableSources: true, // where the sources are is for the owner to say (docs/publishing.md)
  excludeInternal: true,
  excludePrivate: true,
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  intentionallyNotExported: ['DRIFTS', 'KEEPS', 'SECOND_ORDERS'], // the names of Drift and others; values that nobody needs
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  // not properties: most say what they are by their name, or are those of another type
  requiredToBeDocumented: ['Class', 'Interface', 'Function', 'TypeAlias', 'Variable', 'Method', 'Accessor'],
  logLevel: LogLevel.Warn,
});
const project = await app.convert();
if (project !== undefined) {
  app.validate(project);
  if (process.argv[2] !== '--check') await app.generateDocs(project, process.argv[2] === '--out' ? process.argv[3]! : 'build/api');
}
const { errorCount, warningCount } = app.logger;
console.log(`${errorCount} errors, ${warningCount} warnings`);
process.exitCode = project === undefined || errorCount + warningCount > 0 ? 1 : 0;
