/* Boards under QEMU, Arm and RISC-V alike: the world comes through semihosting calls, in ticks.
   world.bin holds, for each tick, u16 count, that many bytes for the link, and one reading of the sensor; its end is the end of
   the run. Bytes sent go to link.bin, the store is flash.bin. All of it is modelled: no peripheral of the chip is used. */
#include "board.h"
#include "state.h"

#define SYS_OPEN 0x01
#define SYS_WRITE 0x05
#define SYS_READ 0x06
#define SYS_SEEK 0x0a
#define SYS_EXIT_EXTENDED 0x20

static uintptr_t semihost(uintptr_t call, const void *arguments) {
#ifdef __riscv
  register uintptr_t a0 __asm__("a0") = call;
  register const void *a1 __asm__("a1") = arguments;
  __asm__ volatile(".balign 16\n .option push\n .option norvc\n slli x0, x0, 0x1f\n ebreak\n srai x0, x0, 7\n .option pop" : "+r"(a0) : "r"(a1) : "memory");
  return a0;
#else
  register uintptr_t r0 __asm__("r0") = call;
  register const void *r1 __asm__("r1") = arguments;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
#endif
}

static uintptr_t open(const char *name, uint32_t length, uintptr_t mode) {
  const uintptr_t arguments[3] = {(uintptr_t)name, mode, length};
  return semihost(SYS_OPEN, arguments);
}
#define OPEN(name, mode) open(name, sizeof name - 1, mode)

static uintptr_t world, link, flash;

/* Gives 1 when all the bytes were there. */
static int read(uintptr_t file, void *bytes, uint32_t count) {
  const uintptr_t arguments[3] = {file, (uintptr_t)bytes, count};
  return semihost(SYS_READ, arguments) == 0;
}

static void write(uintptr_t file, const void *bytes, uint32_t count) {
  const uintptr_t arguments[3] = {file, (uintptr_t)bytes, count};
  semihost(SYS_WRITE, arguments);
}

static void seek(uintptr_t file, uint32_t offset) {
  const uintptr_t arguments[2] = {file, offset};
  semihost(SYS_SEEK, arguments);
}

static uint32_t waiting; /* bytes of the link in this tick that have not been received */
static int due;          /* this tick's reading has not been taken */

void board_wait(void) {
  uint16_t count;
  if (!read(world, &count, sizeof count)) board_stop(0);
  waiting = count;
  due = 1;
}

int board_receive(void) {
  uint8_t byte;
  if (!waiting) return -1;
  waiting--;
  if (!read(world, &byte, 1)) board_stop(0);
  return byte;
}

void board_transmit(uint8_t byte) { write(link, &byte, 1); }

int board_sense(int16_t *reading) {
  if (!due) return 0;
  due = 0;
  return read(world, reading, ONWARD_AXES * sizeof *reading);
}

/* The store, with the rule of flash: programming clears bits, only erasing sets them. */
void board_flash_read(uint32_t offset, void *bytes, uint32_t count) {
  seek(flash, offset);
  read(flash, bytes, count);
}
void board_flash_program(uint32_t offset, const uint8_t *unit) {
  for (uint32_t i = 0; i < FLASH_UNIT; i++) {
    uint8_t byte;
    board_flash_read(offset + i, &byte, 1);
    byte &= unit[i];
    seek(flash, offset + i);
    write(flash, &byte, 1);
  }
}
void board_flash_erase(uint32_t offset) {
  const uint32_t blank = 0xffffffff;
  seek(flash, offset);
  for (uint32_t i = 0; i < FLASH_SECTOR; i += 4) write(flash, &blank, 4);
}

#ifdef __riscv
uint32_t board_count(void) {
  uint32_t count;
  __asm__ volatile("csrr %0, minstret" : "=r"(count));
  return count;
}
uint32_t board_since(uint32_t count) { return board_count() - count; }
static void counter(void) {}
#else
#define SYSTICK ((volatile uint32_t *)0xe000e010)
uint32_t board_count(void) { return SYSTICK[2]; }
uint32_t board_since(uint32_t count) { return (count - SYSTICK[2]) & 0xffffff; }
static void counter(void) {
  SYSTICK[1] = 0xffffff;
  SYSTICK[2] = 0;
  SYSTICK[0] = 5;
}
#endif

void board_init(void) {
  counter();
  world = OPEN("world.bin", 1); /* rb */
  link = OPEN("link.bin", 5);   /* wb */
  flash = OPEN("flash.bin", 3); /* r+b */
}

_Noreturn void board_stop(int code) {
  const uintptr_t arguments[2] = {0x20026, (uintptr_t)code};
  semihost(SYS_EXIT_EXTENDED, arguments);
  for (;;) {}
}
