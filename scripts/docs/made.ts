// The pages of the reference that are made: public names and options from the types, the command line from its help.

import { helpText } from '../../cli/arguments.js';
import { COMMANDS } from '../../cli/commands.js';
import { publicNames, type PublicName } from './public.js';

let names: PublicName[] | undefined;
const all = (): PublicName[] => (names ??= publicNames()); // 2 s

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text: string): string => `<code>${text.replaceAll('&', '&amp;').replaceAll('|', '&#124;').replaceAll('<', '&lt;').replaceAll('{', '&#123;').replaceAll('*', '&#42;').replaceAll('_', '&#95;')}</code>`;

/** The first sentence of its comment, without links to files. */
function summary({ name, comments }: PublicName): string {
  const text = comments.find(({ member }) => member === name)?.text.replace(/\s+/g, ' ') ?? '';
  return cell(/^.*?[.:;](?=\s|$)/.exec(`${text} `)?.[0].replace(/[.:;]$/, '') ?? text);
}

/** For docs/api.md: every public name by its entry. */
export function namesTable(): string {
  const entries = [...new Set(all().map(({ entry }) => entry))];
  return entries.map((entry) => {
    const own = all().filter((name) => name.entry === entry).sort((a, b) => a.kind.localeCompare(b.kind) * -1 || a.name.localeCompare(b.name, 'en'));
    return [`### ${entry}`, '', '| name | meaning |', '|---|---|', ...own.map((name) => `| \`${name.name}\`${name.kind === 'type' ? ' (type)' : ''} | ${summary(name)} |`)].join('\n');
  }).join('\n\n');
}

/** Types that are set and are not called options. */
const SET = ['Grid', 'KnownLabels', 'Limit', 'LocalLayer', 'Point', 'SoundWindow', 'WindowShape'];

/** Types whose properties somebody sets. */
export function optionTypes(): PublicName[] {
  const seen = new Set<string>();
  return all().filter(({ name, properties }) => (SET.includes(name) || /(Options|Config|Settings|\wInput|Memory|Keep)$/.test(name)) && !name.startsWith('Resolved') && properties.length > 0 && !seen.has(name) && seen.add(name));
}

/** docs/reference/options.md, but for its head. */
export function optionTables(): string {
  return optionTypes().map((type) => [
    `## ${type.name}`,
    '',
    `${summary(type)}. From \`${type.entry}\`.`,
    '',
    '| option | type | meaning |',
    '|---|---|---|',
    ...type.properties.map(({ name, type: of, optional, text }) => `| \`${name}\`${optional ? '' : ' (needed)'} | ${code(of)} | ${cell(text)} |`),
  ].join('\n')).join('\n\n');
}

const commands = await Promise.all(COMMANDS.map(({ load }) => load()));

/** docs/reference/cli.md or, with those of a fleet, docs/reference/cli-fleet.md, but for its head: each command as `onward COMMAND --help` prints it. */
export function commandTexts(of: 'one learner' | 'a fleet'): string {
  return commands.filter(({ name }) => name.startsWith('fleet ') === (of === 'a fleet')).map((command) => [`## onward ${command.name}`, '', '```text', helpText(command).trimEnd(), '```'].join('\n')).join('\n\n');
}
