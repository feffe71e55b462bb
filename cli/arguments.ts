import { parseArgs } from 'node:util';
import { nearest } from '../host/sources/columns.js';

/** One `--option`. With `value` it takes one, and `value` is how the help calls it; without, it is a switch. */
export interface Option {
  value?: string;
  help: string;
  /** In the help, a line over this option. */
  heading?: string;
}

/** Options that the help puts under one heading. */
export function section(heading: string, options: Record<string, Option>): Record<string, Option> {
  return Object.fromEntries(Object.entries(options).map(([name, option], i) => [name, i === 0 ? { ...option, heading } : option]));
}

export interface Command {
  name: string;
  /** Operands behind the command's name: `FILE`, `[FILE]` or nothing. */
  operands: string;
  about: string;
  options: Record<string, Option>;
  /** Lines under the options: units, exit codes, examples. */
  notes?: readonly string[];
  run(args: Arguments): Promise<void>;
}

/** The caller's mistake: exit code 2. */
export class UsageError extends Error {}

const COMMON: Record<string, Option> = { help: { help: 'this text' } };

/** Arguments as typed after the command, checked against its options. */
export class Arguments {
  constructor(
    readonly operands: readonly string[],
    private readonly values: ReadonlyMap<string, string | true>,
  ) {}

  /** The same with one option more. */
  with(name: string, value: string): Arguments {
    return new Arguments(this.operands, new Map([...this.values, [name, value]]));
  }

  /** Of the options that were given. */
  get names(): readonly string[] {
    return [...this.values.keys()];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string | undefined {
    return this.values.get(name) as string | undefined;
  }

  number(name: string, min: number, max: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === '' || !(value >= min && value <= max)) {
      throw new UsageError(`--${name} must be a number from ${Number(min.toPrecision(2))} to ${max}, got ${text}`);
    }
    return value;
  }

  whole(name: string, min: number, max: number): number | undefined {
    const value = this.number(name, min, max);
    if (value !== undefined && !Number.isInteger(value)) throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, got ${value}`);
    return value;
  }

  /** `64,64` */
  list(name: string, min: number, max: number): number[] | undefined {
    return this.text(name)?.split(',').map((part) => {
      const value = Number(part);
      if (part.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
        throw new UsageError(`--${name} must be whole numbers from ${min} to ${max} with commas between them, got ${this.text(name)}`);
      }
      return value;
    });
  }

  /** The one operand. */
  operand(name: string): string {
    const [operand] = this.operands;
    if (operand === undefined) throw new UsageError(`${name} is missing`);
    return operand;
  }
}

export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const options = { ...command.options, ...COMMON };
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false, // the checks below name the nearest option, which strict mode does not
    tokens: true,
    options: Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, { type: value ? ('string' as const) : ('boolean' as const) }])),
  });
  const values = new Map<string, string | true>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.rawName === '-h' ? 'help' : token.name;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option || (token.rawName.length === 2 && token.rawName !== '-h')) {
      const near = nearest(name, Object.keys(options));
      throw new UsageError(`unknown option ${token.rawName}${near ? `, did you mean --${near}?` : ''}`);
    }
    if (option.value && (token.value === undefined || token.value === '' || token.value.startsWith('--'))) throw new UsageError(`--${name} needs a value: --${name} ${option.value}`);
    if (!option.value && token.value !== undefined) throw new UsageError(`--${name} takes no value`);
    values.set(name, option.value ? token.value! : true);
  }
  const most = command.operands.split(' ').filter(Boolean).length;
  if (operands.length > most && !values.has('help')) {
    throw new UsageError(most === 0 ? `unexpected ${operands[0]}: onward ${command.name} takes options only` : `one ${command.operands.replace(/[[\]]/g, '')} at a time, got ${operands.length}: ${operands.join(' ')}`);
  }
  return new Arguments(operands, values);
}

export function helpText(command: Command): string {
  const options = Object.entries({ ...command.options, ...COMMON });
  const left = options.map(([name, { value }]) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...left.map((text) => text.length)) + 2;
  return [
    `Usage: onward ${command.name}${command.operands ? ` ${command.operands}` : ''} [options]`,
    '',
    command.about,
    '',
    ...(options[0]![1].heading ? [] : ['Options:']),
    ...options.flatMap(([, { help, heading }], i) => [...(heading ? [...(i > 0 ? [''] : []), `${heading}:`] : []), `  ${left[i]!.padEnd(width)}${help.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`]),
    ...(command.notes ? ['', ...command.notes] : []),
    '',
  ].join('\n');
}
