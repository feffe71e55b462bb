import { existsSync } from 'node:fs';

/** A file of this package: this runs from dist/cli.js or from cli/, both one folder below it. */
export function packageFile(path: string): URL {
  const url = new URL(`../${path}`, import.meta.url);
  if (!existsSync(url)) throw new Error(`${path} is missing from this installation: install onward again`);
  return url;
}
