/* The toolchain has no libc; memory.c has this one. */
#pragma once
#include <stddef.h>

void *memcpy(void *to, const void *from, size_t count);
