// Each how-to page does what it says, from an empty folder with the packed package (tests/walk.ts).

import { readdirSync } from 'node:fs';
import { freePort } from './free-port.js';
import { MOSQUITTO } from './mosquitto.js';
import { needs, suite, type Need } from './suite.js';
import { Walk } from './walk.js';

/** Beside Node, by page; and the port that it names. */
const NEEDS: Readonly<Record<string, { readonly needs: readonly Need[]; readonly port?: number }>> = {
  containers: { needs: [needs('curl', 'apt-get install curl')], port: 8080 },
  'deploy-to-a-board': { needs: [needs('gcc', 'apt-get install gcc make'), needs('make', 'apt-get install gcc make')] },
  tls: { needs: [...MOSQUITTO, needs('openssl', 'apt-get install openssl')], port: 8883 },
};

for (const page of readdirSync('docs/how-to').map((file) => file.replace('.md', ''))) {
  const { needs: needed = [], port } = NEEDS[page] ?? {};
  const test = suite(`how to: ${page}`, ...needed);
  test('every example does what the page says', async () => {
    const walk = new Walk({ installed: true, ...(port === undefined ? {} : { ports: { [port]: await freePort() } }) });
    try {
      await walk.through(`docs/how-to/${page}.md`);
    } finally {
      await walk.end();
    }
  });
  test.run();
}
