// A port for a server that is told its number: below those that the system hands out by itself (on Linux from 32768 on), so that nobody gets it while
// that server is away, least of all a client that looks for it.

import { once } from 'node:events';
import { createServer } from 'node:net';

const [LOWEST, HIGHEST] = [20_000, 32_000];

export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
