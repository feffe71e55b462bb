// web/ -> dist/web/: static files that work from any folder of any server, and from `onward serve`.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';
import { WORKLET } from '../host/sources/listening.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Files of host/ that are made for Node, or for pages without a policy, and what stands in for them here, whichever file of host/ asks. */
function standIns(): Plugin {
  const found = new Map(
    Object.entries({ 'core.ts': 'core.ts', 'compile-wasm.ts': 'compile-wasm.ts', 'share.ts': 'share.ts', 'sources/listening.ts': 'listening.ts', 'stores/fault.ts': 'fault.ts', 'wasm.detector.generated.ts': 'wasm.detector.ts', 'wasm.sound.generated.ts': 'wasm.sound.ts' }).map(
      ([of, by]) => [here(`../host/${of}`), here(by)],
    ),
  );
  return {
    name: 'stand-ins',
    enforce: 'pre',
    resolveId: (source, importer) => (importer?.includes('/host/') && source.startsWith('.') ? found.get(resolve(dirname(importer), source).replace(/\.js$/, '.ts')) : undefined),
  };
}

/** Of papaparse its parser, which is all that host/sources/rows.ts uses: its readers, writer and workers are 5 kB packed, and hang together. */
function parserAlone(): Plugin {
  const id = '\0papaparse';
  const parts = [/^\tPapa\.(BYTE_ORDER_MARK|BAD_DELIMITERS) = .*$/gm, /^\tfunction (escapeRegExp|Parser|isFunction)\([^]*?^\t}$/gm];
  return {
    name: 'parser-alone',
    enforce: 'pre',
    resolveId: (source) => (source === 'papaparse' ? id : undefined),
    load(asked) {
      if (asked !== id) return undefined;
      const source = readFileSync(here('../node_modules/papaparse/papaparse.js'), 'utf8');
      const found = parts.flatMap((part) => source.match(part) ?? []);
      if (found.length !== 5) throw new Error(`papaparse: ${found.length} of 5 parts found; its source has changed, so parserAlone has to`);
      return `const Papa = {};\n${found.join('\n')}\nexport default { Parser };`;
    },
  };
}

/** Parts of the page have no styles of their own to fetch first, so an import is an import: 0.6 kB less. */
const noPreload: Plugin = { name: 'no-preload', enforce: 'pre', load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined) };

/** The part of the microphone that runs beside the page's thread, as a file. */
function listening(): Plugin {
  return {
    name: 'listening',
    configureServer: ({ middlewares }) => {
      middlewares.use('/listening.js', (_, response) => response.setHeader('content-type', 'text/javascript').end(WORKLET));
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'listening.js', source: WORKLET });
    },
  };
}

/** Files of the page's texts, by language. */
const WORDS = /assets\/(en|de)-[^/]*\.js$/;

/** Nothing packs the letters of a hash: six of them tell two versions apart. */
const NAMES = { entryFileNames: 'assets/[name]-[hash:6].js', chunkFileNames: 'assets/[name]-[hash:6].js', assetFileNames: 'assets/[name]-[hash:6][extname]' };

/** The service worker, told what there is. Recordings and what only some signals need are kept when they were used. */
function offline(): Plugin {
  return {
    name: 'offline',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => !/basic-v4|core\.simd|csv-|fan-order|window-|microphone-|sound|listening|camera-|media-|bluetooth-|phone-|watch-|use-|actions-|single-|dreams-|detector-/.test(fileName) && !WORDS.test(fileName));
      const words = Object.fromEntries(Object.keys(bundle).flatMap((name) => (WORDS.test(name) ? [[WORDS.exec(name)![1], name]] : [])));
      const assets = ['icon.svg', 'onward.webmanifest', 'gestures.bin'];
      const hash = createHash('sha256');
      for (const file of files) hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source);
      for (const name of Object.values(words)) hash.update(name as string);
      for (const name of assets) hash.update(readFileSync(here(`public/${name}`)));
      const list = ['./', ...assets, ...files.map(({ fileName }) => fileName).filter((name) => name !== 'index.html')];
      const source = readFileSync(here('sw.js'), 'utf8')
        .replace(/^\/\/.*\n| \/\/ .*$|^ +/gm, '')
        .replace('self.ONWARD_FILES', JSON.stringify(list))
        .replace('self.ONWARD_WORDS', JSON.stringify(words))
        .replace('self.ONWARD_CACHE', JSON.stringify(`onward-page-${hash.digest('hex').slice(0, 12)}`));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

/** index.html without the spaces that its lines begin with. */
const flushLeft: Plugin = { name: 'flush-left', transformIndexHtml: (html) => html.replace(/\n\s+/g, '\n') };

/** `vite web` for working on the page: the fan's recording is not one of its files. */
function recordings(): Plugin {
  return {
    name: 'recordings',
    configureServer: ({ middlewares }) => {
      middlewares.use('/fan.csv.gz', (_, response) => createReadStream(here('../data/accelerometer_fan.csv.gz')).pipe(response));
    },
  };
}

interface Modules {
  getModuleInfo(id: string): { isEntry: boolean; importers: readonly string[] } | null;
}

/** Is this module there from the start? Others are parts that only `import()` asks for. */
function fromTheStart(id: string, modules: Modules, seen = new Set<string>()): boolean {
  const module = seen.has(id) ? null : modules.getModuleInfo(id);
  seen.add(id);
  return module !== null && (module.isEntry || module.importers.some((importer) => fromTheStart(importer, modules, seen)));
}

/** One file: cut into what later parts share and what they do not, it is 2 kB more as it is sent. */
const visit = { name: (id: string, modules: Modules) => (fromTheStart(id, modules) ? 'page' : null), debugName: 'page' };

export default {
  root: here('.'),
  base: './',
  plugins: [standIns(), parserAlone(), noPreload, listening(), offline(), recordings(), flushLeft],
  build: { outDir: here('../dist/web'), emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', modulePreload: false, rolldownOptions: { checks: { bundlerTimings: false }, output: { codeSplitting: { groups: [visit] }, ...NAMES } }, reportCompressedSize: false },
  logLevel: 'warn',
} satisfies UserConfig;
