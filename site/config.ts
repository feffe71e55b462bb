// The site of the documentation: VitePress over the same Markdown files that GitHub shows. scripts/site.ts copies them into build/site/pages first.

import GithubSlugger from 'github-slugger';
import { defineConfig, type DefaultTheme } from 'vitepress';

type Item = DefaultTheme.SidebarItem;
const page = (text: string, link: string): Item => ({ text, link: `/docs/${link}` });

const SIDEBAR: Item[] = [
  { text: 'Tutorials', items: [page('Node', 'tutorials/node'), page('Browser', 'tutorials/browser'), page('Node-RED', 'tutorials/node-red'), page('MQTT gateway', 'tutorials/mqtt-gateway'), page('Raspberry Pi Pico', 'tutorials/pico'), page('Detector', 'tutorials/detector'), page('Fleet', 'tutorials/fleet')] },
  {
    text: 'How to',
    items: [
      page('Late labels', 'how-to/late-labels'), page('New labels', 'how-to/new-labels'), page('Drift', 'how-to/drift'), page('Choose a memory', 'how-to/choose-a-memory'), page('Missing values', 'how-to/missing-values'),
      page('An odd CSV', 'how-to/odd-csv'), page('Deploy to a board', 'how-to/deploy-to-a-board'), page('Update in the field', 'how-to/update-in-the-field'), page('Containers', 'how-to/containers'), page('TLS', 'how-to/tls'), page('Predict a number', 'how-to/predict-a-number'), page('Several cores', 'how-to/share-among-threads'),
      page('A service', 'service'), page('Keep state', 'state'), page('Sources and sinks', 'sources'), page('In the browser', 'web'), page('Node-RED', 'node-red'), page('Fleets', 'fleet'), page('Sums under masks', 'fleet-masks'), page('Private fleets', 'fleet-private'), page('WASI', 'wasi'), page('The detector', 'detector'),
    ],
  },
  {
    text: 'Reference',
    items: [
      page('API', 'api'), page('Options', 'reference/options'), page('Command line', 'command-line'), page('Every command', 'reference/cli'), page("A fleet's commands", 'reference/cli-fleet'), page('Metrics', 'reference/metrics'), page('Topics', 'reference/topics'), page('Errors', 'reference/errors'),
      page('Parts that go together', 'parts'), page('Words', 'words'), { text: 'Formats', link: '/FORMAT' }, page('Arithmetic', 'arithmetic'), page('Other arithmetic', 'arithmetic-others'), { text: 'Types', link: '/types/index.html', target: '_self' },
    ],
  },
  {
    text: 'Explanation',
    items: [
      page('How it learns', 'how-it-learns'), page('What integers cost', 'explanation/what-integers-cost'), page('What a memory costs', 'memory'), page('When not to use it', 'limits'), page('Beside other tools', 'explanation/comparison'), { text: 'Benchmarks', link: '/BENCHMARKS' },
      page('Everyday use', 'everyday'), page('Streams', 'streams'), page('Whole streams', 'whole-streams'), page("Hinton's experiments", 'paper'), page('Two passes', 'two-pass'), page('Recurrent', 'recurrent'), page('Numbers', 'regression'), page('Local fields', 'fields'), page('Sound', 'sound'), page('Why it is so', 'decisions'), { text: 'Changes', link: '/CHANGELOG' },
    ],
  },
];

export default defineConfig({
  title: 'onward',
  description: 'A small neural network that learns where the data is',
  srcDir: 'pages',
  outDir: '../public',
  cacheDir: 'cache',
  // the folder of the server that it lies in
  base: process.env['ONWARD_SITE_BASE'] ?? '/',
  cleanUrls: false,
  lastUpdated: false,
  ignoreDeadLinks: [/^http:\/\/localhost/], // what a tutorial tells you to open
  vite: { logLevel: 'warn', build: { chunkSizeWarningLimit: 1000 } },
  markdown: {
    html: true,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: {
      // the anchors that GitHub makes, so that one link is right in both places
      getTokensText: (tokens) => tokens.map(({ content }) => content).join(''),
      slugify: (text: string) => new GithubSlugger().slug(text),
    },
    config: (md) => {
      // the corner of a table, where nothing stands, is no header
      md.core.ruler.push('empty-corners', ({ tokens }) => {
        for (const [i, { type, content }] of tokens.entries()) {
          if (type !== 'inline' || content !== '' || tokens[i - 1]!.type !== 'th_open') continue;
          tokens[i - 1]!.tag = tokens[i + 1]!.tag = 'td';
        }
      });
    },
  },
  themeConfig: {
    nav: [
      { text: 'Begin', link: '/docs/tutorials/node' },
      { text: 'Reference', link: '/docs/api' },
      { text: 'Teach one here', link: '/teach/index.html', target: '_self' },
    ],
    sidebar: SIDEBAR,
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: false, next: false },
  },
});
