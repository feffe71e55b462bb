/* Of Zephyr what an exported program asks for, over rp2040.c: for simulated boards (sdk.c). */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef long off_t;
#define CODE_UNREACHABLE __builtin_unreachable()

void printk(const char *format, ...);
void k_panic(void);
