/* The RP2040's registers (names as in its datasheet), and what its drivers share. */
#ifndef RP2040_H
#define RP2040_H

#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define SET 0x2000 /* alias that sets bits atomically */
#define CLEAR 0x3000
#define GPIO_CTRL(pin) (0x40014004 + 8 * (pin))

/* Clocks, UART, timer, the boot ROM's flash functions: behind it board_receive, board_transmit, board_wait and board_count of board.h work. */
void rp2040_start(void);

/* Ticks of BOARD_TICK_MICROS since then. */
uint32_t rp2040_ticks(void);

/* Programs FLASH_UNIT bytes, or erases a sector where there are none, at an offset in the whole flash. */
void rp2040_flash_write(uint32_t offset, const uint8_t *unit);
#define RP2040_FLASH_BASE 0x10000000
#define RP2040_FLASH_BYTES (2 * 1024 * 1024)

#endif
