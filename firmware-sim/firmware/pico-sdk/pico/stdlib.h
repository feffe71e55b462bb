/* Of the pico-sdk what an exported program asks for, over rp2040.c: for simulated boards. */
#pragma once
#include <stdint.h>

void stdio_init_all(void);
int getchar_timeout_us(uint32_t timeout);
int putchar_raw(int byte);
_Noreturn void panic(const char *format, ...);
