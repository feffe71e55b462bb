/* ESP-IDF: learns from lines of text on the console (lines.h says what a line is). What was learned is kept in the partition "snapshots" (partitions.csv, store.h): after "save",
   and by itself after every 100 learned samples; at power-on it goes on from there, after an update of the program too.
   One task at a time calls the functions of the learner. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_partition.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "onward_learner/flash.h"
#include "onward_learner/lines.h"
#include "onward_learner/store.h"

static const esp_partition_t *snapshots;

void onward_trap(int code) {
  printf("onward trap %d\n", code);
  abort();
}

/* A write that fails is noticed: the store reads back what it wrote. */
void board_flash_erase(uint32_t offset) { (void)esp_partition_erase_range(snapshots, offset, FLASH_SECTOR); }

void board_flash_program(uint32_t offset, const uint8_t *unit) { (void)esp_partition_write(snapshots, offset, unit, FLASH_UNIT); }

void board_flash_read(uint32_t offset, void *bytes, uint32_t count) {
  if (esp_partition_read(snapshots, offset, bytes, count) != ESP_OK) memset(bytes, 0xff, count);
}

void onward_line_put(char byte) {
  putchar(byte);
  if (byte == '\n') fflush(stdout);
}

int onward_line_save(void) { return !snapshots || store_save() == 0; }

void app_main(void) {
  snapshots = esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_ANY, "snapshots");
  if (snapshots && snapshots->size < FLASH_STORE_BYTES) snapshots = 0;
  onward_init();
  if (snapshots) {
    store_restore(onward_load_compatible);
    if (store_refusal()) onward_line_refused(store_refusal());
  }
  onward_line_ready();
  for (;;) {
    const int byte = getchar();
    if (byte >= 0) onward_line((char)byte);
    else vTaskDelay(1); /* nothing has arrived */
  }
}
