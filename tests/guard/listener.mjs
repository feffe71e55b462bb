// A process that a fixture starts and never ends: it tells its port, and holds the output that it was given for a minute.
import { createServer } from 'node:net';

const server = createServer().listen(0, '127.0.0.1', () => process.send(server.address().port));
setTimeout(() => process.exit(), 60_000);
