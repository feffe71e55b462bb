// The boards: one row each. Supply currents are typical figures, good for an estimate of energy and no more; null where QEMU's
// machine is no part that one can buy.

export interface Board {
  readonly name: string;
  readonly title: string;
  /** The files of firmware/ that drive it. */
  readonly platform: 'rp2040' | 'semihost-arm' | 'semihost-riscv';
  /** gcc flags that name the core. */
  readonly cpu: readonly string[];
  /** QEMU's machine name; null when the board runs in rp2040js. */
  readonly machine: string | null;
  /** QEMU's processor where it is not the machine's own. */
  readonly processor?: string;
  readonly flash: { readonly origin: number; readonly bytes: number };
  readonly ram: { readonly origin: number; readonly bytes: number };
  readonly hertz: number;
  /** The kernels of firmware/kernels.h that it gets; plain C without. */
  readonly kernels?: 'DSP' | 'Helium' | 'V';
  /** The board that it stands beside for its kernels' sake: nothing else of it is of interest. */
  readonly like?: string;
  /** The unit that the simulator counts in. Only rp2040js knows cycles. */
  readonly counts: 'cycles' | 'instructions';
  /** Flash geometry of the snapshot store: erase sector and program unit, bytes. */
  readonly sector: number;
  readonly unit: number;
  /** Typical supply current while the core runs, and the voltage. */
  readonly supply: { readonly milliamperes: number; readonly volts: number; readonly source: string } | null;
}

const KB = 1024;

export const boards: readonly Board[] = [
  {
    name: 'rp2040',
    title: 'RP2040, Cortex-M0+',
    platform: 'rp2040',
    cpu: ['-mcpu=cortex-m0plus', '-mthumb'],
    machine: null,
    flash: { origin: 0x10000000, bytes: 2048 * KB },
    ram: { origin: 0x20000000, bytes: 264 * KB },
    hertz: 125e6,
    counts: 'cycles',
    sector: 4096,
    unit: 256,
    supply: { milliamperes: 25, volts: 3.3, source: 'RP2040, one core busy at 125 MHz, about' },
  },
  {
    name: 'microbit',
    title: 'nRF51822, Cortex-M0',
    platform: 'semihost-arm',
    cpu: ['-mcpu=cortex-m0plus', '-mthumb'], // of a Cortex-M0 gcc makes the same, byte for byte, and so objects are shared
    machine: 'microbit',
    flash: { origin: 0, bytes: 256 * KB },
    ram: { origin: 0x20000000, bytes: 16 * KB },
    hertz: 16e6,
    counts: 'instructions',
    sector: 1024,
    unit: 16,
    supply: { milliamperes: 4.1, volts: 3, source: 'nRF51822 product specification, CPU running from flash' },
  },
  {
    name: 'mps2-an386',
    title: 'MPS2, Cortex-M4',
    platform: 'semihost-arm',
    cpu: ['-mcpu=cortex-m4', '-mthumb'],
    machine: 'mps2-an386',
    kernels: 'DSP',
    flash: { origin: 0, bytes: 4096 * KB },
    ram: { origin: 0x20000000, bytes: 64 * KB },
    hertz: 25e6,
    counts: 'instructions',
    sector: 4096,
    unit: 16,
    supply: null,
  },
  {
    name: 'mps2-an505',
    title: 'MPS2, Cortex-M33',
    platform: 'semihost-arm',
    cpu: ['-mcpu=cortex-m33', '-mthumb', '-mfloat-abi=soft'],
    machine: 'mps2-an505',
    kernels: 'DSP',
    like: 'mps2-an386',
    flash: { origin: 0x10000000, bytes: 4096 * KB },
    ram: { origin: 0x38000000, bytes: 64 * KB },
    hertz: 20e6,
    counts: 'instructions',
    sector: 4096,
    unit: 16,
    supply: null,
  },
  {
    name: 'mps3-an547',
    title: 'MPS3, Cortex-M55',
    platform: 'semihost-arm',
    cpu: ['-mcpu=cortex-m55', '-mthumb', '-mfloat-abi=hard'],
    machine: 'mps3-an547',
    kernels: 'Helium',
    like: 'mps2-an386',
    flash: { origin: 0, bytes: 512 * KB },
    ram: { origin: 0x20000000, bytes: 64 * KB },
    hertz: 32e6,
    counts: 'instructions',
    sector: 4096,
    unit: 16,
    supply: null,
  },
  {
    name: 'stm32vldiscovery',
    title: 'STM32F100, Cortex-M3',
    platform: 'semihost-arm',
    cpu: ['-mcpu=cortex-m3', '-mthumb'],
    machine: 'stm32vldiscovery',
    flash: { origin: 0x08000000, bytes: 128 * KB },
    ram: { origin: 0x20000000, bytes: 8 * KB },
    hertz: 24e6,
    counts: 'instructions',
    sector: 1024,
    unit: 16,
    supply: { milliamperes: 9.3, volts: 3.3, source: 'STM32F100 datasheet, run mode at 24 MHz, peripherals off' },
  },
  {
    name: 'riscv',
    title: 'RV32IMC (QEMU virt)',
    platform: 'semihost-riscv',
    cpu: ['-march=rv32imc', '-misa-spec=2.2', '-mabi=ilp32', '-mcmodel=medany'],
    machine: 'virt',
    flash: { origin: 0x80000000, bytes: 256 * KB },
    ram: { origin: 0x80100000, bytes: 64 * KB },
    hertz: 100e6,
    counts: 'instructions',
    sector: 4096,
    unit: 16,
    supply: null,
  },
  {
    name: 'riscv-v',
    title: 'RV32IMC with vectors of 128 bits (QEMU virt)',
    platform: 'semihost-riscv',
    cpu: ['-march=rv32imcv', '-misa-spec=2.2', '-mabi=ilp32', '-mcmodel=medany'],
    machine: 'virt',
    processor: 'rv32,v=true,vlen=128',
    kernels: 'V',
    like: 'riscv',
    flash: { origin: 0x80000000, bytes: 256 * KB },
    ram: { origin: 0x80100000, bytes: 64 * KB },
    hertz: 100e6,
    counts: 'instructions',
    sector: 4096,
    unit: 16,
    supply: null,
  },
];

export function boardNamed(name: string): Board {
  const board = boards.find((row) => row.name === name);
  if (!board) throw new RangeError(`"board" must be one of ${boards.map((row) => row.name).join(', ')}; got "${name}"`);
  return board;
}

/** Erases that a sector of NOR flash bears, by the data sheets of the usual chips. */
const SECTOR_ERASES = 100_000;

/** Bytes of a slot: a snapshot with a program unit in front, in whole sectors. */
const slotBytes = ({ unit, sector }: Board, snapshotBytes: number): number => Math.ceil((unit + snapshotBytes) / sector) * sector;

/** Bytes of flash that the snapshot slots take: three, so that one may be worn out. */
export function storeBytes(board: Board, snapshotBytes: number): number {
  return 3 * slotBytes(board, snapshotBytes);
}

/** An exported program's store takes whole steps of flash, counted from its end, so that an update whose snapshots are longer or shorter still finds it. 64 sectors of a Pico
 * share the wear: saved every 100 samples at 50 Hz they last 64 times as long as one. */
export const STORE_STEP = 256 * KB;

export function exportedStoreBytes(snapshotBytes: number): number {
  return Math.ceil(storeBytes(boardNamed('rp2040'), snapshotBytes) / STORE_STEP) * STORE_STEP;
}

/** Slots of an exported program's store, which are written in turn, and the saves that they bear. */
export function storeLife(snapshotBytes: number): { slots: number; saves: number } {
  const slots = Math.floor(exportedStoreBytes(snapshotBytes) / slotBytes(boardNamed('rp2040'), snapshotBytes));
  return { slots, saves: slots * SECTOR_ERASES };
}
