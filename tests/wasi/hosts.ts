// Two WASI hosts that share no code, behind one function: Node's (uvwasi, in C) on real files, and @bjorn3/browser_wasi_shim on files in memory.

import { mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WASI as NodeWasi } from 'node:wasi';
import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI as ShimWasi, type Fd } from '@bjorn3/browser_wasi_shim';

const module = new WebAssembly.Module(readFileSync('build/wasi.wasm'));

export interface Run {
  code: number;
  out: string;
  err: string;
  /** What is in the folder afterwards. */
  files: Map<string, Uint8Array>;
}

export interface Job {
  args: readonly string[];
  input?: string | Uint8Array;
  files?: ReadonlyMap<string, Uint8Array>;
  /** What the command knows the folder as. Default `.` */
  folder?: string;
}

export type Host = (job: Job) => Run;

const bytesOf = (input: string | Uint8Array): Uint8Array => (typeof input === 'string' ? new TextEncoder().encode(input) : input);

export const node: Host = ({ args, input = '', files = new Map(), folder = '.' }) => {
  const dir = mkdtempSync('build/wasi-');
  try {
    const open = join(dir, 'open');
    writeFileSync(join(dir, 'in'), bytesOf(input));
    fill(open, files);
    const fds = [openSync(join(dir, 'in'), 'r'), openSync(join(dir, 'out'), 'w'), openSync(join(dir, 'err'), 'w')];
    const wasi = new NodeWasi({
      version: 'preview1', args: ['wasi.wasm', ...args], preopens: { [folder]: open }, stdin: fds[0]!, stdout: fds[1]!, stderr: fds[2]!, returnOnExit: true,
    });
    const code = wasi.start(new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport as WebAssembly.ModuleImports }));
    fds.forEach((fd) => closeSync(fd));
    return {
      code,
      out: readFileSync(join(dir, 'out'), 'utf8'),
      err: readFileSync(join(dir, 'err'), 'utf8'),
      files: new Map(readdirSync(open).map((name) => [name, new Uint8Array(readFileSync(join(open, name)))])),
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
};

/** A fresh folder with these files. */
function fill(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
}

/** `folderOf` may give a folder that fails in some way. */
export function shim({ args, input = '', files = new Map(), folder = '.' }: Job, folderOf = (name: string, contents: Map<string, File>): Fd => new PreopenDirectory(name, contents)): Run {
  const contents = new Map([...files].map(([name, bytes]) => [name, new File(bytes.slice())]));
  const text = ['', ''];
  const sink = (at: 0 | 1): Fd => new ConsoleStdout((bytes) => (text[at] += Buffer.from(bytes).toString('latin1')));
  const wasi = new ShimWasi(['wasi.wasm', ...args], [], [new OpenFile(new File(bytesOf(input))), sink(0), sink(1), folderOf(folder, contents)], { debug: false });
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport });
  const code = wasi.start(instance as unknown as Parameters<typeof wasi.start>[0]);
  const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
  return { code, out: utf8(text[0]!), err: utf8(text[1]!), files: new Map([...contents].map(([name, file]) => [name, file.data])) };
}

export const HOSTS: Readonly<Record<string, Host>> = { 'node:wasi': node, '@bjorn3/browser_wasi_shim': (job) => shim(job) };
