/* Zephyr: learns from lines of text on the console (lines.h says what a line is). What was learned is kept in the flash partition storage_partition (store.h): after "save",
   and by itself after every 100 learned samples; at power-on it goes on from there, after an update of the program too.
   One thread at a time calls the functions of the learner. */
#include <string.h>

#include <zephyr/console/console.h>
#include <zephyr/kernel.h>

#include "onward_learner/lines.h"

void onward_trap(int code) {
  printk("onward trap %d\n", code);
  k_panic();
  CODE_UNREACHABLE;
}

void onward_line_put(char byte) { console_putchar(byte); }

#ifdef CONFIG_ONWARD_LEARNER_STORE
#include <zephyr/storage/flash_map.h>

#include "onward_learner/flash.h"
#include "onward_learner/store.h"

static const struct flash_area *snapshots;

/* A write that fails is noticed: the store reads back what it wrote. */
void board_flash_erase(uint32_t offset) { (void)flash_area_erase(snapshots, (off_t)offset, FLASH_SECTOR); }

void board_flash_program(uint32_t offset, const uint8_t *unit) { (void)flash_area_write(snapshots, (off_t)offset, unit, FLASH_UNIT); }

void board_flash_read(uint32_t offset, void *bytes, uint32_t count) {
  if (flash_area_read(snapshots, (off_t)offset, bytes, count) != 0) memset(bytes, 0xff, count);
}

static void restore(void) {
  if (flash_area_open(FIXED_PARTITION_ID(storage_partition), &snapshots) != 0) snapshots = NULL;
  if (!snapshots) return;
  store_restore(onward_load_compatible);
  if (store_refusal()) onward_line_refused(store_refusal());
}

int onward_line_save(void) { return !snapshots || store_save() == 0; }
#else
static void restore(void) {}

int onward_line_save(void) { return 1; }
#endif

int main(void) {
  console_init();
  onward_init();
  restore();
  onward_line_ready();
  for (;;) {
    const int byte = console_getchar();
    if (byte >= 0) onward_line((char)byte);
  }
}
