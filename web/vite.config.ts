// web/ -> dist/web/: static files that work from any folder of any server, and from `onward serve`.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Files of host/ that are made for Node, and what stands in for them in a browser, whichever file of host/ asks. */
function standIns(): Plugin {
  const found: Record<string, string> = { './core.js': here('core.ts') };
  return {
    name: 'stand-ins',
    enforce: 'pre',
    resolveId: (source, importer) => (importer !== undefined && /\/host\/[^/]+\.ts$/.test(importer) ? found[source] : undefined),
  };
}

/** The service worker, told what there is. Recordings and what only MQTT needs are kept when they were used. */
function offline(): Plugin {
  return {
    name: 'offline',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => !/mqtt|basic-v4|scalar/.test(fileName));
      const assets = ['icon.svg', 'onward.webmanifest', 'gestures.bin'];
      const hash = createHash('sha256');
      for (const file of files) hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source);
      for (const name of assets) hash.update(readFileSync(here(`public/${name}`)));
      const list = ['./', ...assets, ...files.map(({ fileName }) => fileName).filter((name) => name !== 'index.html')];
      const source = readFileSync(here('sw.js'), 'utf8')
        .replace('self.ONWARD_FILES', JSON.stringify(list))
        .replace('self.ONWARD_CACHE', JSON.stringify(`onward-page-${hash.digest('hex').slice(0, 12)}`));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

/** `vite web` for working on the page: the fan's recording is not one of its files. */
function recordings(): Plugin {
  return {
    name: 'recordings',
    configureServer: ({ middlewares }) => {
      middlewares.use('/fan.csv.gz', (_, response) => createReadStream(here('../data/accelerometer_fan.csv.gz')).pipe(response));
    },
  };
}

export default {
  root: here('.'),
  base: './',
  plugins: [standIns(), offline(), recordings()],
  define: { PAPA_BROWSER_CONTEXT: 'true' },
  build: { outDir: here('../dist/web'), emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', modulePreload: { polyfill: false }, reportCompressedSize: false },
  logLevel: 'warn',
} satisfies UserConfig;
