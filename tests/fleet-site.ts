// A site as docs/fleet.md tells to set it up, from the files in docs/fleet/ themselves: an authority, a certificate for each member, a Mosquitto that asks for them.

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Broker } from './mosquitto.js';
import { needs, type Need } from './suite.js';
import type { Credentials } from './fleet-lab.js';

export const OPENSSL: Need = needs('openssl', 'apt-get install openssl');

/** A file of docs/fleet/ with the places of this test in it. Each of the replaced texts must be there. */
export function example(name: string, places: Record<string, string>): string {
  return Object.entries(places).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`docs/fleet/${name} has no '${from}' any more`);
    return text.replaceAll(from, to);
  }, readFileSync(`docs/fleet/${name}`, 'utf8'));
}

/** A folder of certificates, all made while the test runs. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'onward-certificates-'));
  readonly #made = new Set<string>();

  constructor() {
    this.#run('authority');
  }

  #run(...args: string[]): void {
    execFileSync('sh', [resolve('docs/fleet/certificates.sh'), ...args], { cwd: this.folder, stdio: 'pipe' });
  }

  /** Certificate and key of a name, by their paths; made when first asked for. */
  files(kind: 'broker' | 'member', name: string): { ca: string; cert: string; key: string } {
    if (!this.#made.has(name)) this.#run(kind, name);
    this.#made.add(name);
    return { ca: join(this.folder, 'ca.crt'), cert: join(this.folder, `${name}.crt`), key: join(this.folder, `${name}.key`) };
  }

  credentials(kind: 'broker' | 'member', name: string): Required<Omit<Credentials, 'clientId'>> {
    const { ca, cert, key } = this.files(kind, name);
    return { ca: readFileSync(ca), cert: readFileSync(cert), key: readFileSync(key) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A Mosquitto for the fleet `lab` that trusts an authority. @param own what it shows for itself */
export async function guarded(authority: Authority, own = authority.files('broker', '127.0.0.1')): Promise<{ broker: Broker; url: string }> {
  const broker = await Broker.start((folder) => {
    // the broker, started by root, reads them as a user of its own
    for (const [from, to] of [[own.ca, 'ca.crt'], [own.cert, 'broker.crt'], [own.key, 'broker.key']] as const) {
      copyFileSync(from, join(folder, to));
      chmodSync(join(folder, to), 0o644);
    }
    writeFileSync(join(folder, 'acl'), example('acl', { '/pumps/': '/lab/' }));
    return [example('mosquitto.conf', { 'listener 8883\n': '', '/etc/mosquitto/fleet': folder })];
  });
  return { broker, url: broker.url.replace('mqtt:', 'mqtts:') };
}
