// The library once more, for workerd (Cloudflare's Workers): it forbids to compile WebAssembly from bytes and wants it imported as a module. Same sources;
// only the inlined strings become imports of the shipped files, what compiles them hands them on, and nothing is asked of the processor.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { unpack } from '../host/packed.js';

/** First 8 hex digits of a file's SHA-256, which the generated sources carry, to the file. */
export function shippedWasm(folder = 'dist'): Map<string, string> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  return new Map(files.map((name) => [createHash('sha256').update(readFileSync(`${folder}/${name}`)).digest('hex').slice(0, 8), name]));
}

export const wasmAsModules: Plugin = {
  name: 'wasm as modules',
  setup({ onLoad, onResolve }) {
    const shipped = shippedWasm();
    onLoad({ filter: /\/host\/compile-wasm\.ts$/ }, () => ({ contents: 'export const compileWasm = (module) => Promise.resolve(module);' }));
    onLoad({ filter: /\/host\/dots-at-once\.ts$/ }, () => ({ contents: 'export const dotsAtOnce = () => false;' }));
    onLoad({ filter: /\/host\/wasm\.[\w-]+\.generated\.ts$/ }, ({ path }) => {
      const imports: string[] = [];
      const contents = readFileSync(path, 'utf8').replace(/\b(packed(?:: string =|:)) '([^']*)'/g, (_, name: string, packed: string) => {
        const fingerprint = createHash('sha256').update(unpack(packed)).digest('hex').slice(0, 8);
        const file = shipped.get(fingerprint);
        if (file === undefined) throw new Error(`build: ${path} inlines a wasm that dist/ does not have; copy it there in scripts/build.ts`);
        imports.push(`import module${imports.length} from 'shipped:${file}';`);
        return `${name.replace(': string', '')} module${imports.length - 1}`;
      });
      return { contents: [...imports, contents].join('\n'), loader: 'ts' };
    });
    // as seen from dist/workerd/, where what several entries share lies
    onResolve({ filter: /^shipped:/ }, ({ path }) => ({ path: `../${path.slice('shipped:'.length)}`, external: true }));
  },
};
