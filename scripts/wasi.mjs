// `npm run wasi -- --inputs 3 --snapshot pump.onw < readings.csv`: the WASI command under Node, with the current folder opened for it.

import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

// npm runs scripts in the package; what was typed meant the folder it was typed in
const folder = process.env.INIT_CWD ?? process.cwd();
const wasi = new WASI({ version: 'preview1', args: ['wasi.wasm', ...process.argv.slice(2)], preopens: { '.': folder } });
const wasm = readFileSync(new URL('../build/wasi.wasm', import.meta.url));
const { instance } = await WebAssembly.instantiate(wasm, { wasi_snapshot_preview1: wasi.wasiImport });
process.exitCode = wasi.start(instance);
