import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A broker in this process, on a free port of the loopback interface: MQTT 3.1.1, nothing kept on disk. For demonstrations and tests. */
export async function startEmbeddedBroker(): Promise<{ url: string; stop(): Promise<void> }> {
  const { Aedes } = await import('aedes');
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      await new Promise<void>((resolve) => broker.close(resolve));
      server.close();
    },
  };
}
