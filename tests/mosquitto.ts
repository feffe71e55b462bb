// A real broker for tests: Mosquitto on a free port, which can be killed and come back on the same one.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { needs, type Need } from './suite.js';

const INSTALL = 'apt-get install mosquitto mosquitto-clients';
// Debian keeps the broker in sbin, which is on root's PATH only
process.env['PATH'] += ':/usr/sbin';
export const MOSQUITTO: Need[] = [needs('mosquitto', INSTALL), needs('mosquitto_pub', INSTALL)];

/** What it says by itself, and who subscribes. */
const LOGGED = ['error', 'warning', 'notice', 'information', 'subscribe'].map((type) => `log_type ${type}`);

export class Broker {
  readonly port: number;
  readonly folder: string;
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(port: number, folder: string) {
    this.port = port;
    this.folder = folder;
  }

  /** @param settings lines of mosquitto.conf, beside the port */
  static async start(settings: (folder: string) => string[] = () => ['allow_anonymous true']): Promise<Broker> {
    const folder = mkdtempSync(join(tmpdir(), 'onward-mosquitto-'));
    chmodSync(folder, 0o755); // started by root, the broker becomes a user of its own
    const port = await freePort();
    writeFileSync(join(folder, 'broker.conf'), [`listener ${port} 127.0.0.1`, 'max_queued_messages 0', ...LOGGED, ...settings(folder), ''].join('\n'));
    const broker = new Broker(port, folder);
    await broker.run();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  async run(): Promise<void> {
    const child = spawn('mosquitto', ['-c', join(this.folder, 'broker.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    this.#said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    for (let tries = 0; ; tries++) {
      if (child.exitCode !== null || tries === 800) throw new Error(`mosquitto did not start: ${this.#said}`);
      const socket = connect(this.port, '127.0.0.1');
      const open = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
      socket.destroy();
      if (open) return;
      await sleep(25);
    }
  }

  async kill(): Promise<void> {
    const child = this.#process!;
    const closed = once(child, 'exit');
    child.kill('SIGKILL');
    await closed;
  }

  /** It hangs meanwhile: connections stay, and nothing is answered. */
  async pausedDuring(task: () => Promise<void>): Promise<void> {
    this.#process!.kill('SIGSTOP');
    try {
      await task();
    } finally {
      this.#process!.kill('SIGCONT');
    }
  }

  /** Each line is a message of its own. */
  publish(topic: string, lines: readonly string[], ...options: string[]): void {
    execFileSync('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(this.port), '-q', '1', '-t', topic, '-l', ...options], { input: lines.map((line) => `${line}\n`).join('') });
  }

  /** One message of any bytes. */
  publishBytes(topic: string, bytes: string | Uint8Array, ...options: string[]): void {
    execFileSync('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(this.port), '-q', '1', '-t', topic, '-s', ...options], { input: bytes });
  }

  /** Starts a `mosquitto_sub`, and waits until it has subscribed. `lines` come when it has heard as many messages, or after 20 s. */
  async hear(topic: string, messages: number): Promise<{ lines: Promise<string[]> }> {
    const subscribed = (): number => this.#said.split(` ${topic}\n`).length;
    const before = subscribed();
    const child = spawn('mosquitto_sub', ['-h', '127.0.0.1', '-p', String(this.port), '-t', topic, '-C', String(messages), '-W', '20'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let heard = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (heard += text));
    const lines = once(child, 'close').then(() => heard.trim().split('\n'));
    while (subscribed() === before) {
      if (child.exitCode !== null) throw new Error(`mosquitto_sub did not subscribe to ${topic}: ${this.#said}`);
      await sleep(10);
    }
    return { lines };
  }

  async stop(): Promise<void> {
    if (this.#process!.exitCode === null && this.#process!.signalCode === null) await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
