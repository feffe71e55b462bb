/* The functions of these headers over the chip's registers (rp2040.c, partition.c). */
#include "board.h"
#include "esp_partition.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "partition.h"
#include "rp2040.h"
#include "stdio.h"
#include "stdlib.h"

static const esp_partition_t partition = {PARTITION_BYTES};

const esp_partition_t *esp_partition_find_first(int type, int subtype, const char *label) {
  (void)label;
  return type == ESP_PARTITION_TYPE_DATA && subtype == ESP_PARTITION_SUBTYPE_ANY ? &partition : 0;
}

esp_err_t esp_partition_erase_range(const esp_partition_t *at, size_t offset, size_t size) { return at == &partition ? partition_erase(offset, size) : -1; }
esp_err_t esp_partition_write(const esp_partition_t *at, size_t offset, const void *bytes, size_t size) { return at == &partition ? partition_write(offset, bytes, size) : -1; }
esp_err_t esp_partition_read(const esp_partition_t *at, size_t offset, void *bytes, size_t size) { return at == &partition ? partition_read(offset, bytes, size) : -1; }

void vTaskDelay(TickType_t ticks) {
  (void)ticks;
  board_wait();
}

int getchar(void) { return board_receive(); }

int putchar(int byte) {
  board_transmit((uint8_t)byte);
  return byte;
}

int fflush(int file) { return file; }

int printf(const char *format, ...) {
  while (*format) putchar(*format++);
  return 0;
}

_Noreturn void abort(void) { board_stop(3); }

void app_main(void);

int main(void) {
  rp2040_start();
  app_main();
  board_stop(0);
}
