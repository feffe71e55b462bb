/* The toolchain has no libc; sdk.c has these. */
#pragma once
#define stdout 0

int printf(const char *format, ...);
int putchar(int byte);
int getchar(void);
int fflush(int file);
