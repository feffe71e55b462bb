/* A board gives the firmware time, a byte link, a sensor, flash. rp2040.c drives the chip's own registers;
   semihost.c asks the emulator; a port to another board is one more file like these. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

#include "flash.h"

void board_init(void);

/* Sleeps until the next tick (BOARD_TICK_MICROS) or the next byte of the link. */
void board_wait(void);
#define BOARD_TICK_MICROS 20000

/* A free-running count: cycles (rp2040, 24 bits), instructions (RISC-V) or SysTick ticks that stand for them (QEMU Arm).
   board_since gives what has passed, modulo the counter's width. */
uint32_t board_count(void);
uint32_t board_since(uint32_t count);

/* The next received byte, or -1. */
int board_receive(void);
void board_transmit(uint8_t byte);

/* The next reading of the sensor, ONWARD_AXES whole numbers in the sensor's steps; 0 when none is due. */
int board_sense(int16_t *reading);

_Noreturn void board_stop(int code);

#endif
