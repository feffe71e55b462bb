// What the boards need besides npm, for `suite(name, ...needs)`.

import { boardNamed } from '../../firmware-sim/boards.js';
import { needs, type Need } from '../suite.js';

const arm = needs('arm-none-eabi-gcc', 'sudo apt-get install --no-install-recommends gcc-arm-none-eabi');
const riscv = needs('riscv64-unknown-elf-gcc', 'sudo apt-get install --no-install-recommends gcc-riscv64-unknown-elf');
const qemuArm = needs('qemu-system-arm', 'sudo apt-get install --no-install-recommends qemu-system-arm');
const qemuRiscv = needs('qemu-system-riscv32', 'sudo apt-get install --no-install-recommends qemu-system-misc');

export function toolsOf(board: string): Need[] {
  const { platform } = boardNamed(board);
  if (platform === 'rp2040') return [arm];
  return platform === 'semihost-arm' ? [arm, qemuArm] : [riscv, qemuRiscv];
}
