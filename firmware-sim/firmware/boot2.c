/* The first 256 bytes of an RP2040's flash. The chip's ROM checks them (uf2.ts adds the checksum), copies them to RAM and jumps there; they let flash be read as memory and start the
   program behind them. Reading is by command 03h, one bit at a time: every flash chip knows it, and at 125 MHz / 4 it is within its 50 MHz. */
#include "rp2040.h"

#define SSI 0x18000000
#define VTOR 0xe000ed08
#define VECTORS (RP2040_FLASH_BASE + 256)

__attribute__((section(".boot2"), used, noreturn)) void boot2(void);
void boot2(void) {
  REGISTER(SSI + 0x08) = 0;                             /* off while it is set */
  REGISTER(SSI + 0x14) = 4;                             /* clk_sys / 4 */
  REGISTER(SSI + 0x00) = 31 << 16 | 3 << 8;             /* one bit at a time, words of 32; send the command, then receive */
  REGISTER(SSI + 0x04) = 0;                             /* one word a read */
  REGISTER(SSI + 0xf4) = 0x03u << 24 | 2 << 8 | 6 << 2; /* 8 bits of command, 24 of address */
  REGISTER(SSI + 0x08) = 1;
  REGISTER(VTOR) = VECTORS;
  __asm__ volatile("ldmia %0!, {r1, r2}\n msr msp, r1\n bx r2" : : "l"(VECTORS) : "r1", "r2", "memory");
  __builtin_unreachable();
}
