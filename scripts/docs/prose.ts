// The prose linter: textlint's kernel with the word list of words.ts, over pages and over comments.

import { TextlintKernel, type TextlintRuleModule } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import { SentenceSplitterSyntax, splitAST } from 'sentence-splitter';
import { LONGEST_SENTENCE, OUT } from './words.js';

export interface Finding {
  /** Of the text that was given, from 1. */
  readonly line: number;
  readonly says: string;
}

const plain: TextlintRuleModule = (context) => {
  const { Syntax, RuleError, report, locator } = context;
  const look = (block: Parameters<typeof splitAST>[0]): void => {
    if (!/[a-z]+[^a-z]+[a-z]+[^a-z]+[a-z]+/i.test(block.raw)) return; // cells of numbers: thousands, at 2 ms each
    for (const sentence of splitAST(block).children) {
      if (sentence.type !== SentenceSplitterSyntax.Sentence) continue;
      const text = wordsOf(sentence, Syntax).replace(/\s+/g, ' ').trim();
      const at = { padding: locator.at(0) };
      for (const { found, instead } of OUT) {
        const match = found.exec(text);
        if (match) report(sentence as never, new RuleError(`"${match[0].slice(0, 60)}": write ${instead}`, at));
      }
      for (const part of text.replace(/\([^()]*\)/g, '').split(/[;:]\s/)) {
        const words = part.split(' ').filter((word) => /\w/.test(word)).length;
        if (words > LONGEST_SENTENCE) report(sentence as never, new RuleError(`${words} words without a stop ("${part.slice(0, 40)}..."): at most ${LONGEST_SENTENCE}`, at));
      }
    }
  };
  return { [Syntax.Paragraph]: look as never, [Syntax.TableCell]: look as never };
};

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** A node's text; code counts as one word that no rule knows. Bold words at its start are a heading: "**What it costs.** Four bytes." */
function wordsOf(node: Node, kinds: { Code: string; Strong: string }): string {
  if (node.type === kinds.Code) return 'x';
  const [first, ...rest] = node.children ?? [];
  const body = first?.type === kinds.Strong ? rest : node.children;
  return body ? body.map((child) => wordsOf(child, kinds)).join('') : (node.value ?? '');
}

const kernel = new TextlintKernel();

export async function proseOf(text: string): Promise<Finding[]> {
  const { messages } = await kernel.lintText(text, {
    ext: '.md',
    plugins: [{ pluginId: 'markdown', plugin: (markdown as { default?: unknown }).default as never ?? markdown }],
    rules: [{ ruleId: 'plain', rule: plain }],
  });
  return messages.map(({ loc, message }) => ({ line: loc.start.line, says: message }));
}
