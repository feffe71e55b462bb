// Boards that live beside a program instead of playing a session: bytes in, bytes out, and the power can go. Their time runs faster than ours, or
// slower, as the machine allows.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Session } from './device.js';
import type { QemuDevice } from './qemu.js';
import type { Rp2040Device } from './rp2040.js';

export interface Living {
  /** To its UART. */
  send(bytes: Uint8Array): void;
  /** Takes the power away. Its flash keeps what it wrote. */
  off(): Promise<void>;
  /** The bytes that its flash holds now. */
  flash(): Uint8Array;
}

/** Simulated time that passes between two looks at the line. */
const SLICE_NANOS = 5e6;

/**
 * @param onCut told when the flash model has cut the power (Flash.cutAt)
 * @param recording what its sensor plays
 */
export function liveRp2040(device: Rp2040Device, transmit: (bytes: Uint8Array) => void, onCut: () => void = () => {}, recording: Session['recording'] = null): Living {
  const sent: number[] = [];
  const board = device.boot((byte) => sent.push(byte), recording);
  const life = setInterval(() => {
    const end = board.live(board.clock.nanos + SLICE_NANOS);
    if (sent.length > 0) transmit(Uint8Array.from(sent.splice(0)));
    if (end === 'off') return;
    clearInterval(life);
    onCut();
  }, 1);
  return { send: (bytes) => board.line.send(bytes), off: async () => clearInterval(life), flash: () => device.flash.bytes };
}

/** Bytes that a tick of 20 ms carries at 115,200 baud. */
const TICK_BYTES = 230;

/** QEMU with its world and its link as pipes: a tick for each millisecond. To take its power away is to kill it. */
export function liveQemu(device: QemuDevice, transmit: (bytes: Uint8Array) => void): Living {
  const folder = mkdtempSync(join(tmpdir(), 'onward-qemu-'));
  const at = (name: string): string => join(folder, name);
  execFileSync('mkfifo', [at('world.bin'), at('link.bin')]);
  writeFileSync(at('flash.bin'), device.flash.bytes);
  // both ways and without waiting: the open of a pipe waits for its other end
  const [world, link] = ['world.bin', 'link.bin'].map((name) => openSync(at(name), constants.O_RDWR | constants.O_NONBLOCK)) as [number, number];
  const [qemu, options] = device.command(folder);
  const child = spawn(qemu, options, { cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const waiting: number[] = [];
  let life: ReturnType<typeof setInterval> | undefined;
  const tick = (): void => {
    const bytes = waiting.slice(0, TICK_BYTES);
    try {
      writeSync(world, Uint8Array.of(bytes.length, 0, ...bytes));
      waiting.splice(0, bytes.length);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error; // it is busy: later
    }
  };
  const reader = new Socket({ fd: link, readable: true, writable: false });
  reader.on('data', (bytes) => {
    life ??= setInterval(tick, 1); // it has booted: what came before would have piled up
    transmit(bytes);
  });
  return {
    send: (bytes) => void waiting.push(...bytes),
    flash: () => readFileSync(at('flash.bin')),
    async off() {
      clearInterval(life);
      child.kill('SIGKILL');
      await ended;
      reader.destroy();
      closeSync(world);
      device.flash.bytes.set(readFileSync(at('flash.bin')));
      rmSync(folder, { recursive: true });
    },
  };
}
