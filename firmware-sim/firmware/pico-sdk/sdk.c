/* The functions of these headers over the chip's registers (rp2040.c). */
#include "board.h"
#include "hardware/flash.h"
#include "hardware/sync.h"
#include "pico/stdlib.h"
#include "rp2040.h"

void stdio_init_all(void) { rp2040_start(); }

/* Waits until the next tick, whatever the timeout. */
int getchar_timeout_us(uint32_t timeout) {
  (void)timeout;
  const int byte = board_receive();
  if (byte >= 0) return byte;
  board_wait();
  return board_receive();
}

int putchar_raw(int byte) {
  board_transmit((uint8_t)byte);
  return byte;
}

_Noreturn void panic(const char *format, ...) {
  while (*format) putchar_raw(*format++);
  board_stop(3);
}

void flash_range_erase(uint32_t offset, size_t count) {
  for (size_t at = 0; at < count; at += FLASH_SECTOR_SIZE) rp2040_flash_write(offset + at, 0);
}

void flash_range_program(uint32_t offset, const uint8_t *bytes, size_t count) {
  for (size_t at = 0; at < count; at += FLASH_PAGE_SIZE) rp2040_flash_write(offset + at, bytes + at);
}

/* rp2040_flash_write does it itself. */
uint32_t save_and_disable_interrupts(void) { return 0; }
void restore_interrupts(uint32_t status) { (void)status; }
