/* The store asks of a board a piece of its flash, of FLASH_STORE_BYTES, in which nothing else is kept. */
#ifndef ONWARD_FLASH_H
#define ONWARD_FLASH_H

#include <stdint.h>

#include "board-config.h" /* FLASH_STORE_BYTES, FLASH_SECTOR, FLASH_UNIT */

/* Sets all bits of the sector (FLASH_SECTOR bytes) at `offset`. */
void board_flash_erase(uint32_t offset);
/* Clears bits of one unit (FLASH_UNIT bytes). */
void board_flash_program(uint32_t offset, const uint8_t *unit);
void board_flash_read(uint32_t offset, void *bytes, uint32_t count);

#endif
