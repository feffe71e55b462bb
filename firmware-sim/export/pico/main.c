/* Raspberry Pi Pico, pico-sdk: learns from lines of text over USB or UART (lines.h says what a line is). What was learned is kept at the end of flash (store.h): after "save",
   and by itself after every 100 learned samples; at power-on it goes on from there, after an update of the program too.
   Flash is written with interrupts off, 45 ms a sector. With a second core running, or an RTOS, call flash_range_ through the SDK's flash_safe_execute. */
#include <string.h>

#include "hardware/flash.h"
#include "hardware/sync.h"
#include "pico/stdlib.h"

#include "flash.h"
#include "lines.h"
#include "store.h"

#define STORE_OFFSET (PICO_FLASH_SIZE_BYTES - FLASH_STORE_END - FLASH_STORE_BYTES)
_Static_assert(FLASH_SECTOR == FLASH_SECTOR_SIZE && FLASH_UNIT == FLASH_PAGE_SIZE, "board-config.h is of another board");

void onward_trap(int code) { panic("onward trap %d", code); }

void board_flash_erase(uint32_t offset) {
  const uint32_t interrupts = save_and_disable_interrupts();
  flash_range_erase(STORE_OFFSET + offset, FLASH_SECTOR);
  restore_interrupts(interrupts);
}

void board_flash_program(uint32_t offset, const uint8_t *unit) {
  const uint32_t interrupts = save_and_disable_interrupts();
  flash_range_program(STORE_OFFSET + offset, unit, FLASH_UNIT);
  restore_interrupts(interrupts);
}

void board_flash_read(uint32_t offset, void *bytes, uint32_t count) { memcpy(bytes, (const uint8_t *)XIP_BASE + STORE_OFFSET + offset, count); }

void onward_line_put(char byte) { putchar_raw(byte); }

int onward_line_save(void) { return store_save() == 0; }

int main(void) {
  stdio_init_all();
  onward_init();
  store_restore(onward_load_compatible);
  if (store_refusal()) onward_line_refused(store_refusal());
  onward_line_ready();
  for (;;) {
    const int byte = getchar_timeout_us(1000000);
    if (byte >= 0) onward_line((char)byte);
  }
}
