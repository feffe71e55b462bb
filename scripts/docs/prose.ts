// The prose linter: textlint's kernel with the word list of words.ts, over pages and over comments.

import { TextlintKernel, type TextlintRuleModule } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import { LONGEST_SENTENCE, OUT } from './words.js';

export interface Finding {
  /** Of the text that was given, from 1. */
  readonly line: number;
  readonly says: string;
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

const plain: TextlintRuleModule = (context) => {
  const { Syntax, RuleError, report, locator } = context;

  /** A node's text; code counts as one word that no rule knows. Bold words that end with a stop are a heading: "**What it costs.** Four bytes." */
  const wordsOf = (node: Node): string => {
    if (node.type === Syntax.Code) return 'x';
    const text = node.children ? node.children.map(wordsOf).join('') : (node.value ?? '');
    return node.type === Syntax.Strong && /[.:]$/.test(text) ? '' : text;
  };

  const look = (block: Node): void => {
    const text = wordsOf(block).replace(/\s+/g, ' ').trim();
    for (const sentence of text.split(/(?<=[.!?]["')]?) (?=["'(]?(?:[A-Z\d]|onward\b|x\b))/)) { // sentence-splitter takes 3 ms for each
      const at = { padding: locator.at(0) };
      for (const { found, instead } of OUT) {
        const match = found.exec(sentence);
        if (match) report(block as never, new RuleError(`"${match[0].slice(0, 60)}": write ${instead}`, at));
      }
      for (const part of sentence.replace(/\([^()]*\)/g, '').split(/[;:]\s/)) {
        const words = part.split(' ').filter((word) => /\w/.test(word)).length;
        if (words > LONGEST_SENTENCE) report(block as never, new RuleError(`${words} words without a stop ("${part.slice(0, 40)}..."): at most ${LONGEST_SENTENCE}`, at));
      }
    }
  };
  return { [Syntax.Paragraph]: look as never, [Syntax.TableCell]: look as never };
};

const kernel = new TextlintKernel();

export async function proseOf(text: string): Promise<Finding[]> {
  const { messages } = await kernel.lintText(text, {
    ext: '.md',
    plugins: [{ pluginId: 'markdown', plugin: (markdown as { default?: unknown }).default as never ?? markdown }],
    rules: [{ ruleId: 'plain', rule: plain }],
  });
  return messages.map(({ loc, message }) => ({ line: loc.start.line, says: message }));
}
