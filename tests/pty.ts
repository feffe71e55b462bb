// Two ends of a serial line that is none: a pair of pseudo-terminals, joined by socat, that can be unplugged and plugged in again.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SerialPort } from 'serialport';
import { needs } from './suite.js';

export const SOCAT = needs('socat', 'apt-get install socat');

export class SerialPair {
  readonly #folder = mkdtempSync(join(tmpdir(), 'onward-pty-'));
  /** What the program opens, and what the device is. */
  readonly host = join(this.#folder, 'host');
  readonly #device = join(this.#folder, 'device');
  #socat: ChildProcess | undefined;
  #port: SerialPort | undefined;

  /** @param take what arrives at the device */
  async plug(take: (bytes: Uint8Array) => void = () => {}): Promise<void> {
    const socat = spawn('socat', [`PTY,raw,echo=0,link=${this.#device}`, `PTY,raw,echo=0,link=${this.host}`], { stdio: 'ignore' });
    this.#socat = socat;
    for (let tries = 0; !existsSync(this.host) || !existsSync(this.#device); tries++) {
      if (socat.exitCode !== null || tries === 1500) throw new Error('socat made no pseudo-terminals');
      await sleep(10);
    }
    const port = new SerialPort({ path: this.#device, baudRate: 115200, autoOpen: false });
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    port.on('data', take);
    port.on('error', () => {});
    this.#port = port;
  }

  /** The device sends. */
  async send(bytes: Uint8Array): Promise<void> {
    this.#port!.write(Buffer.from(bytes));
    await new Promise((resolve) => this.#port!.drain(resolve));
  }

  async unplug(): Promise<void> {
    const closed = this.#port!.isOpen ? once(this.#port!, 'close') : undefined;
    const gone = this.#socat!.exitCode !== null || this.#socat!.signalCode !== null;
    const ended = gone ? undefined : once(this.#socat!, 'exit');
    this.#socat!.kill('SIGKILL');
    await Promise.all([closed, ended]);
    for (const path of [this.host, this.#device]) rmSync(path, { force: true }); // killed, socat leaves its links
    this.#socat = undefined;
  }

  async remove(): Promise<void> {
    if (this.#socat) await this.unplug();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
