// A board by name, ready to play: its firmware built for a learner, in the simulator that runs it.

import { storeBytes, type Board } from './boards.js';
import { buildFirmware, type BuildOptions, type Source } from './build.js';
import type { Device } from './device.js';
import type { Image } from './elf.js';
import type { Flash } from './flash.js';
import { QemuDevice } from './qemu.js';
import { Rp2040Device } from './rp2040.js';

export interface SimulatedDevice extends Device {
  readonly flash: Flash;
}

export function buildDevice(board: Board, source: Source, options: BuildOptions = {}): { device: SimulatedDevice; image: Image } {
  const { elf, image } = buildFirmware(board, source, options);
  const device = board.machine === null ? new Rp2040Device(image, storeBytes(board, source.snapshotBytes)) : new QemuDevice(board, elf, source.snapshotBytes);
  return { device, image };
}
