// `npm run docs:site`: the pages as a site, into build/public: the same Markdown files, a search that needs no server, the types by TypeDoc in types/, and in
// teach/ the page that `onward serve` gives. ONWARD_SITE_BASE is the folder that it is served from, /onward/ for a project's own page.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'vitepress';
import { PAGES, PAGES_OF_WORK } from './docs/pages.js';

const SITE = 'build/site';
const PUBLIC = 'build/public';
const ALL = new Set([...PAGES, ...PAGES_OF_WORK]);

/** Path of a page on the site: README.md is the first page of its folder. */
const placeOf = (page: string): string => page.replace(/README\.md$/, 'index.md');

/** A page as the site wants it: links to other pages follow them, links to files that are no pages are text, pictures come along. */
function forSite(page: string): string {
  const folder = dirname(placeOf(page));
  const text = readFileSync(page, 'utf8');
  const bring = (target: string): void => {
    mkdirSync(dirname(join(SITE, 'pages', target)), { recursive: true });
    cpSync(target, join(SITE, 'pages', target));
  };
  for (const [, path] of text.matchAll(/ (?:src|srcset)="\.\/([^"]+)"/g)) bring(join(dirname(page), path!)); // one by day, one by night
  return text.replace(/(!?)\[([^\]\n]*)\]\((?!\w+:|#)([^)#\s]*)(#[^)\s]*)?\)/g, (whole, picture: string, words: string, path: string, anchor = '') => {
    const target = join(dirname(page), path);
    if (ALL.has(target)) return `[${words}](${relative(folder, placeOf(target)).replace(/^(?!\.)/, './')}${anchor})`;
    if (picture) {
      bring(target);
      return whole;
    }
    return words.startsWith('`') ? words : `\`${target}\``;
  });
}

/** Builds it, and says where. */
export async function buildSite(): Promise<string> {
  for (const folder of [SITE, PUBLIC]) rmSync(folder, { recursive: true, force: true });
  for (const page of ALL) {
    const to = join(SITE, 'pages', placeOf(page));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, forSite(page));
  }
  mkdirSync(join(SITE, '.vitepress/theme'), { recursive: true });
  cpSync('site/config.ts', join(SITE, '.vitepress/config.ts'));
  cpSync('site/theme.ts', join(SITE, '.vitepress/theme/index.ts'));
  cpSync('site/theme.css', join(SITE, '.vitepress/theme/theme.css'));
  await build(SITE);
  execFileSync(process.execPath, ['dist/cli.js', 'serve', '--out', join(PUBLIC, 'teach')], { stdio: ['ignore', 'ignore', 'inherit'] });
  return PUBLIC;
}

if (process.argv[1]?.endsWith('site.ts')) {
  if (!existsSync('dist/cli.js')) throw new Error('dist/ is not there: npm run build');
  await buildSite();
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/docs.ts', '--out', join(PUBLIC, 'types')], { stdio: 'inherit' });
  console.log(`${PUBLIC}: put it on any server, or look at it with \`npx vite preview --outDir ${PUBLIC}\``);
}
