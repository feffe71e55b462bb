// assembly/wasi/ -> build/wasi.wasm: the learner as a WASI command. One build, without vectors: small interpreters run it too.

export const compilation: string[] = ['assembly/wasi/index.ts', '--config', 'asconfig.wasi.json', '--target', 'wasi', '--outFile', 'build/wasi.wasm'];
