import { readFileSync } from 'node:fs';
import { nearest } from '../host/sources/columns.js';
import { UsageError, helpText, parseArguments, type Command } from './arguments.js';
import { detect } from './detect.js';
import { evaluate } from './eval.js';
import { exportFirmware } from './export.js';
import { packageFile } from './package-file.js';
import { fleetAggregate } from './fleet/aggregate.js';
import { fleetBoard } from './fleet/board.js';
import { fleetDemo } from './fleet/demo.js';
import { fleetDevice } from './fleet/device.js';
import { fleetCanary, fleetExpel, fleetReadmit, fleetRollback } from './fleet/operate.js';
import { fleetWatch } from './fleet/watch.js';
import { inspect } from './inspect.js';
import { labels } from './labels.js';
import { learn } from './learn.js';
import { plan } from './plan.js';
import { predict } from './predict.js';
import { run } from './run.js';
import { serve } from './serve.js';
import { simulate } from './simulate.js';
import { plain } from './terminal.js';
import { watch } from './watch.js';

const COMMANDS: readonly Command[] = [run, evaluate, predict, learn, watch, detect, serve, plan, inspect, labels, simulate, exportFirmware, fleetDemo, fleetAggregate, fleetDevice, fleetBoard, fleetWatch, fleetRollback, fleetExpel, fleetReadmit, fleetCanary];

/** Its first sentence. */
function summary({ name, operands, about }: Command): string {
  return `  ${`${name} ${operands}`.padEnd(26)}${/^.*?\.(?=\s|$)/s.exec(about)![0].replaceAll('\n', ' ')}`;
}

const HELP = `Usage: onward COMMAND [options]

Forward-Forward networks that learn where the data is, one sample at a time.

Commands:
${COMMANDS.map(summary).join('\n')}

  onward COMMAND --help     the options of a command
  onward --version

Exit codes: 0 done, 1 the data or the run failed (one line on stderr says why), 2 the command line was wrong.
`;

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
    process.stdout.write(command ? helpText(command) : HELP);
    return;
  }
  const command = COMMANDS.find((c) => c.name === name);
  const family = COMMANDS.filter((each) => each.name.startsWith(`${name} `));
  if (family.length > 0 && (rest[0] === '--help' || rest[0] === '-h')) {
    process.stdout.write(`Usage: onward ${name} COMMAND [options]\n\n${family.map(summary).join('\n')}\n`);
    return;
  }
  if (!command) throw unknown(name);
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
