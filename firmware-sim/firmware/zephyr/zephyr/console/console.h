#pragma once
int console_init(void);
int console_getchar(void);
int console_putchar(char byte);
