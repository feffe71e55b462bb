#pragma once
#include <zephyr/kernel.h>

#define FIXED_PARTITION_ID(label) 0
#define FIXED_PARTITION_SIZE(label) PARTITION_BYTES

struct flash_area {
  size_t fa_size;
};

int flash_area_open(uint8_t id, const struct flash_area **area);
int flash_area_erase(const struct flash_area *area, off_t offset, size_t count);
int flash_area_write(const struct flash_area *area, off_t offset, const void *bytes, size_t count);
int flash_area_read(const struct flash_area *area, off_t offset, void *bytes, size_t count);
