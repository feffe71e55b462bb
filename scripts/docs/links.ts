// Links inside of a page and between pages: the file must be there, and the heading.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from '@textlint/markdown-to-ast';
import GithubSlugger from 'github-slugger';
import type { Finding } from './prose.js';

interface Node {
  readonly type: string;
  readonly raw: string;
  readonly value?: string;
  readonly url?: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly children?: readonly Node[];
}

/** A page is parsed once: others link to it a dozen times. */
const parsed = new Map<string, { text: string; nodes: Node[] }>();

function nodesOf(page: string): Node[] {
  const text = readFileSync(page, 'utf8');
  const kept = parsed.get(page);
  if (kept?.text === text) return kept.nodes;
  const all = nodes(parse(text) as Node);
  parsed.set(page, { text, nodes: all });
  return all;
}

const nodes = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(nodes)];
const textOf = (node: Node): string => (node.children ? node.children.map(textOf).join('') : (node.value ?? ''));

/** Anchors of a page, as GitHub makes them and as the site does. */
export function anchorsOf(page: string): Set<string> {
  const slugger = new GithubSlugger();
  const all = nodesOf(page);
  const headings = all.filter(({ type }) => type === 'Header').map((heading) => slugger.slug(textOf(heading)));
  const named = all.filter(({ type }) => type === 'Html').flatMap(({ raw }) => [...raw.matchAll(/\bid="([^"]+)"/g)].map((match) => match[1]!));
  return new Set([...headings, ...named]);
}

/** Links of a page that lead nowhere. Addresses on the web are left alone: a check that depends on others' servers fails for no reason. */
export function deadLinks(page: string): Finding[] {
  return nodesOf(page).filter(({ url }) => url !== undefined && !/^\w+:/.test(url)).flatMap(({ url, loc }): Finding[] => {
    const [path = '', anchor] = url!.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    const says = !existsSync(target) ? `there is no ${target}` : anchor !== undefined && statSync(target).isFile() && target.endsWith('.md') && !anchorsOf(target).has(anchor) ? `${target} has no heading #${anchor}` : undefined;
    return says === undefined ? [] : [{ line: loc.start.line, says: `${url}: ${says}` }];
  });
}
