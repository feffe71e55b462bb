// The shipped WASI command on a runtime that has node:wasi: argument 1 is the folder that it may open.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WASI } from 'node:wasi';

const wasi = new WASI({ version: 'preview1', args: ['wasi.wasm', '--inputs', '2', '--snapshot', 'wasi.onw'], preopens: { '.': process.argv[2] } });
const wasm = readFileSync(fileURLToPath(import.meta.resolve('onward/wasi.wasm')));
const { instance } = await WebAssembly.instantiate(wasm, { wasi_snapshot_preview1: wasi.wasiImport });
process.exitCode = wasi.start(instance);
