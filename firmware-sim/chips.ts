// The microcontrollers that `plan` and `export` name, and the RAM that a learner may have there.

export interface Chip {
  readonly name: string;
  /** Bytes for static variables. */
  readonly ram: number;
}

/**
 * From the makers' data sheets; of Espressif's chips what ESP-IDF lets static variables take (its guide "Memory Types", and the segment dram0_0 of its linker scripts: 0x4e710 bytes of an
 * ESP32-C3, 0x53700 of an ESP32-S3, there less the code that a program runs from RAM). The rest of their 520, 400 and 512 kB is heap, cache and code.
 */
export const CHIPS: readonly Chip[] = [
  { name: 'ATmega2560 (Arduino Mega)', ram: 8 * 1024 },
  { name: 'STM32F100 (value line)', ram: 8 * 1024 },
  { name: 'nRF51822 (micro:bit v1)', ram: 16 * 1024 },
  { name: 'STM32F411 (Black Pill)', ram: 128 * 1024 },
  { name: 'ESP32', ram: 160 * 1024 },
  { name: 'nRF52840', ram: 256 * 1024 },
  { name: 'RP2040 (Pico)', ram: 264 * 1024 },
  { name: 'ESP32-C3', ram: 313 * 1024 },
  { name: 'ESP32-S3', ram: 333 * 1024 },
  { name: 'RP2350 (Pico 2)', ram: 520 * 1024 },
];

export const espressif = CHIPS.filter(({ name }) => name.startsWith('ESP32'));
