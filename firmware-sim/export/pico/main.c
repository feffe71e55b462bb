/* Raspberry Pi Pico, pico-sdk: learns from the serial console. Type a label's number and the values, separated by spaces.
   The learned state is saved to the last sectors of flash after every 100 samples and restored at power-on.
   One slot for brevity: a power cut during the save costs the snapshot. firmware-sim/firmware/store.c in onward has the
   two-slot store that survives it. */
#include <stdio.h>
#include <string.h>

#include "hardware/flash.h"
#include "hardware/sync.h"
#include "pico/stdlib.h"

#include "learner.h"

#define STORE_BYTES ((ONWARD_SNAPSHOT_BYTES + FLASH_SECTOR_SIZE - 1) / FLASH_SECTOR_SIZE * FLASH_SECTOR_SIZE)
#define STORE_OFFSET (PICO_FLASH_SIZE_BYTES - STORE_BYTES)

void onward_trap(int code) { panic("onward trap %d", code); }

static int from_flash(void *context, uint32_t offset, void *bytes, uint32_t count) {
  (void)context;
  memcpy(bytes, (const uint8_t *)XIP_BASE + STORE_OFFSET + offset, count);
  return 0;
}

struct page {
  uint32_t offset, filled;
  uint8_t bytes[FLASH_PAGE_SIZE];
};

static void program(struct page *page) {
  memset(page->bytes + page->filled, 0xff, FLASH_PAGE_SIZE - page->filled);
  const uint32_t interrupts = save_and_disable_interrupts();
  flash_range_program(page->offset, page->bytes, FLASH_PAGE_SIZE);
  restore_interrupts(interrupts);
  page->offset += FLASH_PAGE_SIZE;
  page->filled = 0;
}

static int to_flash(void *context, const void *bytes, uint32_t count) {
  struct page *page = context;
  for (const uint8_t *at = bytes; count--; at++) {
    page->bytes[page->filled++] = *at;
    if (page->filled == FLASH_PAGE_SIZE) program(page);
  }
  return 0;
}

static void save(void) {
  static struct page page;
  const uint32_t interrupts = save_and_disable_interrupts();
  flash_range_erase(STORE_OFFSET, STORE_BYTES);
  restore_interrupts(interrupts);
  page.offset = STORE_OFFSET;
  page.filled = 0;
  onward_save(to_flash, &page);
  if (page.filled) program(&page);
}

int main(void) {
  stdio_init_all();
  onward_init();
  printf(onward_load(from_flash, 0) == 0 ? "restored\n" : "fresh\n");
  for (uint32_t seen = 1;; seen++) {
    int label;
    float *x = onward_x();
    if (scanf("%d", &label) != 1) continue;
    for (int i = 0; i < ONWARD_VALUES; i++)
      if (scanf("%f", &x[i]) != 1) break;
    const int answer = onward_predict(x);
    const int familiar = onward_familiar(answer); /* one learned sample in a hundred has less than 328 */
    if (familiar >= 0 && familiar < 328) printf("unknown, most like %s\n", onward_labels[answer]);
    else printf("%s, %d %% sure\n", onward_labels[answer], (onward_probability(answer) * 100 + 16384) >> 15);
    onward_learn(0, label);
    if (seen % 100 == 0) save();
  }
}
