#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { nearest } from '../host/sources/columns.js';
import { UsageError, helpText, parseArguments, type Command } from './arguments.js';
import { COMMANDS, type Entry } from './commands.js';
import { packageFile } from './package-file.js';
import { plain } from './terminal.js';

/** Its first sentence. */
function summary({ name, operands, about }: Command): string {
  return `  ${`${name} ${operands}`.padEnd(26)}${/^.*?\.(?=\s|$)/s.exec(about)![0].replaceAll('\n', ' ')}`;
}

async function help(): Promise<string> {
  return `Usage: onward COMMAND [options]

Forward-Forward networks that learn where the data is, one sample at a time.

Commands:
${await summaries(COMMANDS)}

  onward COMMAND --help     the options of a command
  onward --version

Exit codes: 0 done, 1 the data or the run failed (one line on stderr says why), 2 the command line was wrong.
`;
}

async function summaries(entries: readonly Entry[]): Promise<string> {
  return (await Promise.all(entries.map(async ({ load }) => summary(await load())))).join('\n');
}

/** `fleet demo` is one name in two words. */
function nameOf([first, second, ...rest]: readonly string[]): readonly [string | undefined, ...string[]] {
  if (COMMANDS.some(({ name }) => name === `${first} ${second}`)) return [`${first} ${second}`, ...rest];
  return second === undefined ? [first] : [first, second, ...rest];
}

async function main(argv: readonly string[]): Promise<void> {
  const [name, ...rest] = nameOf(argv);
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${JSON.parse(readFileSync(packageFile('package.json'), 'utf8')).version}\n`);
    return;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const command = COMMANDS.find((c) => c.name === nameOf(rest)[0]);
    if (name === 'help' && rest[0] !== undefined && !command) throw unknown(rest[0]);
    process.stdout.write(command ? helpText(await command.load()) : await help());
    return;
  }
  const entry = COMMANDS.find((c) => c.name === name);
  const family = COMMANDS.filter((each) => each.name.startsWith(`${name} `));
  if (family.length > 0 && (rest[0] === '--help' || rest[0] === '-h')) {
    process.stdout.write(`Usage: onward ${name} COMMAND [options]\n\n${await summaries(family)}\n`);
    return;
  }
  if (!entry) throw unknown(name);
  const command = await entry.load();
  try {
    const args = parseArguments(command, rest);
    if (args.has('help')) process.stdout.write(helpText(command));
    else await command.run(args);
  } catch (error) {
    if (error instanceof UsageError) error.message += ` (onward ${name} --help lists the options)`;
    throw error;
  }
}

function unknown(name: string): UsageError {
  const family = COMMANDS.filter((command) => command.name.startsWith(`${name} `)).map((command) => command.name);
  if (family.length > 0) return new UsageError(`${name} is one of ${family.join(', ')} (onward --help says what they do)`);
  const near = nearest(name, COMMANDS.map((c) => c.name));
  return new UsageError(`unknown command ${name}${near ? `, did you mean ${near}?` : ''} (onward --help lists them)`);
}

// A reader that has seen enough, such as `head`, closes the pipe: nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`onward: ${plain(message.split('\n')[0]!)}\n`);
  if (process.env['ONWARD_DEBUG']) console.error(error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
