/**
 * The module that an inlined core stands for. Every core goes through here: the build for workerd, which may not compile bytes, puts modules in
 * the place of the strings and an identity in the place of this file (scripts/build-workerd.ts).
 */
export function compileWasm(base64: string): Promise<WebAssembly.Module> {
  // a loop over charCodeAt takes a tenth of the time of Uint8Array.from with a function (cold, Node 20: 0.6 ms against 3 and more)
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return WebAssembly.compile(bytes);
}
