// A Pico's flash as its boot loader takes it by USB: UF2, blocks of 512 bytes that say where their 256 go (github.com/microsoft/uf2).

import type { Image } from './elf.js';

export const FLASH_BASE = 0x10000000;
/** The boot loader of firmware/boot2.c, with the checksum that the chip's ROM asks for at its end. */
export const BOOT_BYTES = 256;
const PAYLOAD = 256;
const BLOCK = 512;
const RP2040_FAMILY = 0xe48bff56;
const HAS_FAMILY = 0x2000;

/** The bytes of flash from its beginning. */
export function flashBytes({ segments, symbols }: Image): Uint8Array {
  const parts = segments.map(({ address, bytes }) => ({ at: address - FLASH_BASE, bytes }));
  const flash = new Uint8Array(Math.max(...parts.map(({ at, bytes }) => at + bytes.length))).fill(0xff);
  for (const { at, bytes } of parts) flash.set(bytes, at);
  if (symbols.some(({ name }) => name === 'boot2')) new DataView(flash.buffer).setUint32(BOOT_BYTES - 4, bootChecksum(flash), true);
  return flash;
}

/** CRC-32, the most significant bit first, of a boot loader. */
export function bootChecksum(flash: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of flash.subarray(0, BOOT_BYTES - 4)) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

export function uf2Of(image: Image): Uint8Array {
  const flash = flashBytes(image);
  const blocks = Math.ceil(flash.length / PAYLOAD);
  const file = new Uint8Array(blocks * BLOCK);
  for (let index = 0; index < blocks; index++) {
    const view = new DataView(file.buffer, index * BLOCK, BLOCK);
    const words = [0x0a324655, 0x9e5d5157, HAS_FAMILY, FLASH_BASE + index * PAYLOAD, PAYLOAD, index, blocks, RP2040_FAMILY];
    words.forEach((word, at) => view.setUint32(at * 4, word, true));
    file.fill(0xff, index * BLOCK + 32, index * BLOCK + 32 + PAYLOAD);
    file.set(flash.subarray(index * PAYLOAD, (index + 1) * PAYLOAD), index * BLOCK + 32);
    view.setUint32(BLOCK - 4, 0x0ab16f30, true);
  }
  return file;
}
