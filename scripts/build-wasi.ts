// assembly/wasi/ -> build/wasi.wasm: the learner as a WASI command. One build, without vectors: small interpreters run it too.

import { runTool } from './run-tool.js';

export async function compileWasiCommand(): Promise<void> {
  await runTool('node_modules/assemblyscript/bin/asc.js', ['assembly/wasi/index.ts', '--config', 'asconfig.wasi.json', '--target', 'wasi', '--outFile', 'build/wasi.wasm']);
}
