import { part } from './page.js';

/**
 * Stands in for host/compile-wasm.ts: a core is a file beside the page, and only one that is used is fetched. Not compileStreaming: it refuses what a plain file server sends
 * without the type application/wasm.
 */
export async function compileWasm(address: string): Promise<WebAssembly.Module> {
  const response = await part(fetch(address));
  if (!response.ok) throw new Error(`${address} could not be read (${response.status}): reload the page`);
  return WebAssembly.compile(await response.arrayBuffer());
}
