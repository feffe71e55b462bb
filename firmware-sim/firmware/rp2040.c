/* The RP2040 itself, register by register: clocks, UART0 on GPIO 0 and 1, the timer, and flash through the boot ROM's functions. */
#include "rp2040.h"

#include "board.h"

#define RESETS_RESET 0x4000c000
#define RESETS_DONE 0x4000c008
#define CLOCKS 0x40008000
#define XOSC 0x40024000
#define PLL_SYS 0x40028000
#define UART0 0x40034000
#define TIMER 0x40054000
#define WATCHDOG_TICK 0x4005802c
#define SYSTICK 0xe000e010
#define NVIC_ISER 0xe000e100

static void clocks(void) {
  REGISTER(XOSC + 0x0c) = 47;                         /* start-up delay: 1 ms */
  REGISTER(XOSC) = 0xfab << 12 | 0xaa0;               /* enable, 1 to 15 MHz */
  while (!(REGISTER(XOSC + 0x04) & 1u << 31)) {}      /* stable */
  REGISTER(CLOCKS + 0x30) = 2;                        /* clk_ref from the 12 MHz crystal */
  while (!(REGISTER(CLOCKS + 0x38) & 1 << 2)) {}
  REGISTER(RESETS_RESET + CLEAR) = 1 << 12;           /* PLL_SYS: 12 MHz x 125 / 6 / 2 = 125 MHz */
  while (!(REGISTER(RESETS_DONE) & 1 << 12)) {}
  REGISTER(PLL_SYS) = 1;
  REGISTER(PLL_SYS + 0x08) = 125;
  REGISTER(PLL_SYS + 0x04 + CLEAR) = 1 << 0 | 1 << 5; /* power, VCO */
  while (!(REGISTER(PLL_SYS) & 1u << 31)) {}          /* locked */
  REGISTER(PLL_SYS + 0x0c) = 6 << 16 | 2 << 12;
  REGISTER(PLL_SYS + 0x04 + CLEAR) = 1 << 3;          /* post dividers */
  REGISTER(CLOCKS + 0x3c) = 0;                        /* clk_sys: the auxiliary source is the PLL ... */
  REGISTER(CLOCKS + 0x3c) = 1;                        /* ... then glitch-free over to it */
  while (!(REGISTER(CLOCKS + 0x44) & 1 << 1)) {}
  REGISTER(CLOCKS + 0x48) = 1 << 11;                  /* clk_peri from clk_sys */
  REGISTER(WATCHDOG_TICK) = 12 | 1 << 9;              /* 1 MHz for the timer */
}

/* ---- UART0, 115200 baud: receive by interrupt into a ring, so that nothing is lost while the learner works ---- */

static volatile uint8_t ring[64];
static volatile uint32_t ring_in, ring_out;

void uart0_interrupt(void);
void uart0_interrupt(void) {
  while (!(REGISTER(UART0 + 0x18) & 1 << 4)) ring[ring_in++ % sizeof ring] = (uint8_t)REGISTER(UART0);
}

static void uart(void) {
  REGISTER(GPIO_CTRL(0)) = 2;
  REGISTER(GPIO_CTRL(1)) = 2;
  REGISTER(UART0 + 0x24) = 67;    /* 125 MHz / 16 / 115200 = 67 + 52/64 */
  REGISTER(UART0 + 0x28) = 52;
  REGISTER(UART0 + 0x2c) = 0x70;  /* 8 bits, FIFOs */
  REGISTER(UART0 + 0x30) = 0x301; /* on, transmit, receive */
  REGISTER(UART0 + 0x38) = 1 << 4 | 1 << 6; /* receive and receive-timeout interrupts */
  REGISTER(NVIC_ISER) = 1 << 20;
}

int board_receive(void) { return ring_out == ring_in ? -1 : ring[ring_out++ % sizeof ring]; }

void board_transmit(uint8_t byte) {
  while (REGISTER(UART0 + 0x18) & 1 << 5) {}
  REGISTER(UART0) = byte;
}

/* ---- time ---- */

static volatile uint32_t ticks;
static uint32_t next_tick, seen_ticks;

void timer0_interrupt(void);
void timer0_interrupt(void) {
  REGISTER(TIMER + 0x34) = 1;
  /* An alarm set in the past comes 71 minutes late: ticks that an erase of flash has swallowed are passed over. */
  do REGISTER(TIMER + 0x10) = next_tick += BOARD_TICK_MICROS;
  while ((int32_t)(next_tick - REGISTER(TIMER + 0x28)) <= 0);
  ticks++;
}

static void timer(void) {
  REGISTER(TIMER + 0x38) = 1;
  REGISTER(NVIC_ISER) = 1;
  next_tick = REGISTER(TIMER + 0x28) + BOARD_TICK_MICROS;
  REGISTER(TIMER + 0x10) = next_tick;
  REGISTER(SYSTICK + 4) = 0xffffff;
  REGISTER(SYSTICK + 8) = 0;
  REGISTER(SYSTICK) = 5;
}

void board_wait(void) {
  /* Interrupts are held back between the question and the sleep; a pending one still ends the sleep. */
  __asm__ volatile("cpsid i" ::: "memory");
  while (ticks == seen_ticks && ring_in == ring_out) __asm__ volatile("wfi\n cpsie i\n isb\n cpsid i" ::: "memory");
  seen_ticks = ticks;
  __asm__ volatile("cpsie i" ::: "memory");
}

uint32_t rp2040_ticks(void) { return ticks; }
uint32_t board_count(void) { return REGISTER(SYSTICK + 8); }
uint32_t board_since(uint32_t count) { return (count - REGISTER(SYSTICK + 8)) & 0xffffff; }

/* ---- flash: while the ROM writes, nothing may run from flash ---- */

#define IN_RAM __attribute__((section(".ramcode"), noinline))

static uintptr_t rom_half(uintptr_t at) {
  __asm__("" : "+r"(at)); /* gcc takes small constant addresses for null pointers */
  return *(const volatile uint16_t *)at;
}

static void *rom(char a, char b) {
  void *(*const lookup)(uintptr_t, uint32_t) = (void *(*)(uintptr_t, uint32_t))rom_half(0x18);
  return lookup(rom_half(0x14), (uint32_t)(b << 8 | a));
}

static struct {
  void (*connect)(void), (*exit_xip)(void), (*flush)(void), (*enter_xip)(void);
  void (*erase)(uint32_t offset, uint32_t count, uint32_t block, uint8_t command);
  void (*program)(uint32_t offset, const uint8_t *bytes, uint32_t count);
} flash;

static void flash_functions(void) {
  flash.connect = (void (*)(void))rom('I', 'F');
  flash.exit_xip = (void (*)(void))rom('E', 'X');
  flash.flush = (void (*)(void))rom('F', 'C');
  flash.enter_xip = (void (*)(void))rom('C', 'X');
  flash.erase = (void (*)(uint32_t, uint32_t, uint32_t, uint8_t))rom('R', 'E');
  flash.program = (void (*)(uint32_t, const uint8_t *, uint32_t))rom('R', 'P');
}

IN_RAM void rp2040_flash_write(uint32_t offset, const uint8_t *unit) {
  __asm__ volatile("cpsid i" ::: "memory");
  flash.connect();
  flash.exit_xip();
  if (unit) flash.program(offset, unit, FLASH_UNIT);
  else flash.erase(offset, FLASH_SECTOR, 1 << 16, 0xd8);
  flash.flush();
  flash.enter_xip();
  __asm__ volatile("cpsie i" ::: "memory");
}

void rp2040_start(void) {
  clocks();
  const uint32_t used = 1 << 5 | 1 << 8 | 1 << 21 | 1 << 22; /* IO, PADS, TIMER, UART0 */
  REGISTER(RESETS_RESET + CLEAR) = used;
  while ((REGISTER(RESETS_DONE) & used) != used) {}
  flash_functions();
  uart();
  timer();
}

_Noreturn void board_stop(int code) {
  (void)code;
  for (;;) __asm__ volatile("cpsid i\n wfi");
}
