// Examples in Markdown: fenced blocks, and what tests know of them.

import { readFileSync } from 'node:fs';

export interface Example {
  /** `README.md`, `docs/state.md` */
  file: string;
  /** Line of the fence. */
  line: number;
  language: string;
  /** What follows the language: `name=load`. */
  info: string;
  code: string;
}

export function examplesIn(file: string): Example[] {
  const examples: Example[] = [];
  let open: Example | undefined;
  readFileSync(file, 'utf8').split('\n').forEach((text, index) => {
    const fence = /^```(\S*)\s*(.*)$/.exec(text);
    if (open === undefined) {
      if (fence) open = { file, line: index + 1, language: fence[1]!, info: fence[2]!, code: '' };
    } else if (fence) {
      examples.push(open);
      open = undefined;
    } else open.code += `${text}\n`;
  });
  if (open !== undefined) throw new Error(`${file}:${(open as Example).line}: the block has no end`);
  return examples;
}

/** The first JavaScript of a page. */
export function exampleOf(file: string): string {
  const example = examplesIn(file).find(({ language }) => language === 'js');
  if (example === undefined) throw new Error(`${file} has no js block`);
  return example.code;
}
