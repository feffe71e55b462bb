/* The functions of these headers over the chip's registers (rp2040.c, partition.c). */
#include <zephyr/console/console.h>
#include <zephyr/kernel.h>
#include <zephyr/storage/flash_map.h>

#include "board.h"
#include "partition.h"
#include "rp2040.h"

static const struct flash_area area = {PARTITION_BYTES};

int flash_area_open(uint8_t id, const struct flash_area **opened) {
  *opened = &area;
  return id == 0 ? 0 : -1;
}

int flash_area_erase(const struct flash_area *at, off_t offset, size_t count) { return at == &area ? partition_erase((size_t)offset, count) : -1; }
int flash_area_write(const struct flash_area *at, off_t offset, const void *bytes, size_t count) { return at == &area ? partition_write((size_t)offset, bytes, count) : -1; }
int flash_area_read(const struct flash_area *at, off_t offset, void *bytes, size_t count) { return at == &area ? partition_read((size_t)offset, bytes, count) : -1; }

/* main begins when the system has. */
int console_init(void) {
  rp2040_start();
  return 0;
}

int console_getchar(void) {
  for (;;) {
    const int byte = board_receive();
    if (byte >= 0) return byte;
    board_wait();
  }
}

int console_putchar(char byte) {
  board_transmit((uint8_t)byte);
  return 0;
}

void printk(const char *format, ...) {
  while (*format) console_putchar(*format++);
}

void k_panic(void) { board_stop(3); }
