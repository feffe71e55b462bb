// Boards under QEMU. It knows instructions, not cycles: with -icount each instruction takes 2^shift nanoseconds of the board's clock,
// so the SysTick that the firmware reads counts instructions in disguise (RISC-V has minstret). The world goes in and comes
// out as files through semihosting, tick by tick (firmware/semihost.c); no peripheral of the chip takes part.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { storeBytes, type Board } from './boards.js';
import { requireTool } from './build.js';
import type { Device, Outcome, Session } from './device.js';
import { Flash } from './flash.js';
import { FrameReader, type Frame } from '../host/sources/slip.js';

/** 2^7 ns an instruction: SysTick then wraps after 5 to 8 million instructions, far beyond the dearest step. RISC-V reads its count as it is. */
const ARM_SHIFT = 7;

export class QemuDevice implements Device {
  readonly board: Board;
  readonly flash: Flash;
  /** Instructions in one count of the board's counter. */
  readonly countsEach: number;
  readonly #elf: Uint8Array;

  constructor(board: Board, elf: Uint8Array, snapshotBytes: number, seed = 1) {
    this.board = board;
    this.#elf = elf;
    this.flash = new Flash(storeBytes(board, snapshotBytes), board.sector, board.unit, seed);
    this.countsEach = board.platform === 'semihost-riscv' ? 1 : 1e9 / (board.hertz * 2 ** ARM_SHIFT);
  }

  /** The command that runs its image, which is put into the folder, there. */
  command(folder: string): [string, string[]] {
    const riscv = this.board.platform === 'semihost-riscv';
    const qemu = riscv ? 'qemu-system-riscv32' : 'qemu-system-arm';
    requireTool(qemu);
    writeFileSync(join(folder, 'firmware.elf'), this.#elf);
    const options = ['-M', this.board.machine!, '-nographic', '-monitor', 'none', '-serial', 'none', '-icount', `shift=${riscv ? 0 : ARM_SHIFT},align=off,sleep=off`];
    const processor = this.board.processor ? ['-cpu', this.board.processor] : [];
    return [qemu, [...options, ...processor, ...(riscv ? ['-bios', 'none'] : []), '-semihosting-config', 'enable=on,target=native', '-kernel', 'firmware.elf']];
  }

  async play(session: Session, watch?: (frame: Frame) => void): Promise<Outcome> {
    const folder = mkdtempSync(join(tmpdir(), 'onward-qemu-'));
    try {
      const [qemu, options] = this.command(folder);
      writeFileSync(join(folder, 'world.bin'), worldOf(session));
      writeFileSync(join(folder, 'flash.bin'), this.flash.bytes);
      writeFileSync(join(folder, 'link.bin'), '');
      const code = await new Promise<number | null>((resolve, reject) => {
        const child = spawn(qemu, options, { cwd: folder, stdio: 'ignore', timeout: 300_000 });
        child.on('error', reject);
        child.on('exit', resolve);
      });
      const frames: Frame[] = [];
      const reader = new FrameReader((frame) => {
        frames.push(frame);
        watch?.(frame);
      });
      for (const byte of readFileSync(join(folder, 'link.bin'))) reader.receive(byte);
      this.flash.bytes.set(readFileSync(join(folder, 'flash.bin')));
      return { end: code === 0 ? 'off' : code === 3 ? 'trap' : 'fault', frames };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** For each tick: u16 count, that many bytes of the link, one reading. */
function worldOf(session: Session): Uint8Array {
  const axes = session.recording?.axes ?? 0;
  const parts: Uint8Array[] = [];
  let message = 0;
  for (let tick = 0; tick < session.ticks; tick++) {
    const bytes: number[] = [];
    while (message < session.messages.length && session.messages[message]!.tick <= tick) bytes.push(...session.messages[message++]!.bytes);
    const part = new Uint8Array(2 + bytes.length + 2 * axes);
    const view = new DataView(part.buffer);
    view.setUint16(0, bytes.length, true);
    part.set(bytes, 2);
    for (let axis = 0; axis < axes; axis++) {
      const value = session.recording!.values[tick * axes + axis];
      if (value === undefined) return Buffer.concat(parts);
      view.setInt16(2 + bytes.length + 2 * axis, value, true);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
