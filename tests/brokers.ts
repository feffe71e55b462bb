// The other two brokers that a fleet runs on, in the shape of tests/mosquitto.ts.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedBroker } from '../cli/embedded-broker.js';
import { example } from './fleet-site.js';
import { freePort } from './free-port.js';
import { Broker } from './mosquitto.js';
import { needs, type Need } from './suite.js';

export const NATS: Need = needs('nats-server', 'apt-get install nats-server');

export interface AnyBroker {
  readonly url: string;
  stop(): Promise<void>;
}

/** NATS with JetStream and its MQTT listener; what it keeps outlives a kill. */
export class NatsBroker implements AnyBroker {
  readonly url: string;
  /** For NATS's own clients. */
  readonly server: string;
  readonly #folder: string;
  readonly #ports: readonly number[];
  #process: ChildProcess | undefined;

  private constructor(folder: string, ports: readonly number[]) {
    this.#folder = folder;
    this.#ports = ports;
    this.server = `nats://127.0.0.1:${ports[0]}`;
    this.url = `mqtt://127.0.0.1:${ports[1]}`;
  }

  static async start(): Promise<NatsBroker> {
    const folder = mkdtempSync(join(tmpdir(), 'onward-nats-'));
    const ports = [await freePort(), await freePort()];
    const config = example('nats.conf', { '127.0.0.1:4222': `127.0.0.1:${ports[0]}`, '0.0.0.0:1883': `127.0.0.1:${ports[1]}`, '/var/lib/nats': join(folder, 'store') });
    writeFileSync(join(folder, 'nats.conf'), config);
    const broker = new NatsBroker(folder, ports);
    await broker.run();
    return broker;
  }

  async run(): Promise<void> {
    const child = spawn('nats-server', ['-c', join(this.#folder, 'nats.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    for (let tries = 0; ; tries++) {
      if (child.exitCode !== null || tries === 800) throw new Error(`nats-server did not start: ${said}`);
      const socket = connect(this.#ports[1]!, '127.0.0.1');
      const open = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
      socket.destroy();
      if (open) return;
      await sleep(25);
    }
  }

  async kill(): Promise<void> {
    const closed = once(this.#process!, 'exit');
    this.#process!.kill('SIGKILL');
    await closed;
  }

  async stop(): Promise<void> {
    if (this.#process!.exitCode === null && this.#process!.signalCode === null) await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export const BROKERS: Record<'mosquitto' | 'nats' | 'aedes', () => Promise<AnyBroker>> = {
  mosquitto: () => Broker.start(),
  nats: () => NatsBroker.start(),
  aedes: startEmbeddedBroker,
};
