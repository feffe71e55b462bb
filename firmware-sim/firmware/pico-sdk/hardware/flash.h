#pragma once
#include <stddef.h>
#include <stdint.h>

#define FLASH_SECTOR_SIZE 4096
#define FLASH_PAGE_SIZE 256
#define PICO_FLASH_SIZE_BYTES (2 * 1024 * 1024)
#define XIP_BASE 0x10000000

void flash_range_erase(uint32_t offset, size_t count);
void flash_range_program(uint32_t offset, const uint8_t *bytes, size_t count);
